/**
 * Who is inside the stack.  One context at a time: every public function that touches shared state
 * opens with core_enter() and closes with core_leave(); they nest within one context.
 *
 * On bare metal the input and the timers may run in an interrupt while the main loop is inside a
 * call.  Then a received packet is put aside (core_defer_input()), the timers are noted
 * (core_defer_timers()), and the leaving main loop does both.  Any other call from a context that
 * finds another one inside is refused and counted: the caller returns ERR_INPROGRESS or NULL.
 *
 * The context is LWIP_X_CONTEXT(): the exception number on Cortex-M, overridable by the port; with
 * LWIP_X_CORE_GUARD 0 all of this compiles to nothing.
 *
 * With threads the same calls ask whether the caller holds the core lock, or is the stack's thread: nobody else gets in.
 * There is nothing to put off then; what another thread calls is refused and counted.
 */
#ifndef LWIP_STACK_BASE_CORE_H
#define LWIP_STACK_BASE_CORE_H

#include "lwip/opt.h"
#include "lwip/arch.h"
#include <stdbool.h>

struct pbuf;
struct netif;

#if !NO_SYS
#include "lwip/sys.h"
#endif

/* The port can tell who holds the lock, or which thread is running. */
#if LWIP_X_CORE_GUARD && \
  (NO_SYS || (LWIP_TCPIP_CORE_LOCKING ? defined(LWIP_X_MUTEX_HELD) : defined(LWIP_X_THREAD_SELF)))
#define CORE_GUARDED 1
#else
#define CORE_GUARDED 0
#endif

#if CORE_GUARDED

/** @return false: another context is inside; touch nothing */
bool core_enter(void);
/** Undo one core_enter(); the outermost one runs what was deferred meanwhile. */
void core_leave(void);
/** Is a context other than the caller's inside?  (For input and timers, which defer instead of failing.) */
bool core_busy(void);
/** Is any context inside, the caller's included? */
bool core_inside(void);
/** A packet came in: @p input it now, or when the core is free.  Takes @p p. */
void core_input(struct pbuf *p, struct netif *nif, void (*input)(struct pbuf *, struct netif *));
/** Keep @p p, received by @p nif, until the core is free; @p input is what will be called.  Takes @p p (a full queue drops it, counted). */
void core_defer_input(struct pbuf *p, struct netif *nif, void (*input)(struct pbuf *, struct netif *));
/** Run the timers when the core is free. */
void core_defer_timers(void);

#if !NO_SYS
/** The stack's thread runs, and from now on every call is checked.  Context: that thread. */
void core_owned(void);
#endif

/* Between core.c and the queue, which needs pbufs and therefore lives in mem/core_defer.c. */
/** Something was deferred and not run yet. */
extern volatile u8_t core_deferred;
/** Run it, inside again as @p inside says, until there is nothing left and nobody inside. */
void core_run_deferred(u32_t inside);
/** Who is inside (core.c). */
extern volatile u32_t core_word;

#else

static inline bool core_enter(void)
{
  return true;
}
static inline void core_leave(void)
{
}
static inline bool core_busy(void)
{
  return false;
}
static inline bool core_inside(void)
{
  return false;
}
static inline void core_input(struct pbuf *p, struct netif *nif, void (*input)(struct pbuf *, struct netif *))
{
  input(p, nif);
}
static inline void core_defer_input(struct pbuf *p, struct netif *nif, void (*input)(struct pbuf *, struct netif *))
{
  input(p, nif);
}
static inline void core_defer_timers(void)
{
}
static inline void core_owned(void)
{
}

#endif

#endif
