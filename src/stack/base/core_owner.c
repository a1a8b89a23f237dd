/**
 * Who is inside, with threads: who holds the core lock, or the stack's thread when there is no lock.
 *
 * Until the stack's thread runs nobody is checked: programs set up their interfaces before they start the scheduler.
 */
#include "core.h"

#if CORE_GUARDED && !NO_SYS

#include "trace.h"
#include "lwip/tcpip.h"
#include "lwip/x_drop.h"

static volatile bool owned;

#if LWIP_TCPIP_CORE_LOCKING

static bool mine(void)
{
  return LWIP_X_MUTEX_HELD(&lock_tcpip_core);
}

void core_owned(void)
{
  owned = true;
}

#else

static LWIP_X_THREAD_T owner;

static bool mine(void)
{
  return owner == LWIP_X_THREAD_SELF();
}

void core_owned(void)
{
  owner = LWIP_X_THREAD_SELF();
  owned = true;
}

#endif

#if LWIP_X_CORE_AUTOLOCK

/* The lock may be taken again by who has it, so that these nest like calls. */
bool core_enter(void)
{
  if (owned) {
    LOCK_TCPIP_CORE();
  }
  return true;
}

void core_leave(void)
{
  if (owned) {
    UNLOCK_TCPIP_CORE();
  }
}

bool core_busy(void)
{
  return false;
}

#else

bool core_enter(void)
{
  if (mine() || !owned) {
    return true;
  }
  lwip_x_drops[DROP_WRONG_CONTEXT]++;
  TRACE(TRACE_REFUSED, NULL, 0);
  return false;
}

void core_leave(void)
{
}

bool core_busy(void)
{
  return owned && !mine();
}

#endif

bool core_inside(void)
{
  return mine();
}

#endif
