/**
 * The timeouts of the program: elements of MEMP_SYS_TIMEOUT, each a struct sys_timeo and a timer.  They wait in the heap of all
 * timers; a small hash table finds them again by handler and argument.
 */
#include "timeouts_run.h"

#if TIMEOUTS_OURS && !LWIP_TESTMODE

#include "../base/core.h"
#include "../base/seq.h"
#include "lwip/def.h"
#include "lwip/memp.h"
#include "lwip/sys.h"

/** Chains: about one to two elements, a power of two. */
#define CHAINS \
  (MEMP_NUM_SYS_TIMEOUT <= 16 ? 4 : MEMP_NUM_SYS_TIMEOUT <= 64 ? 32 : MEMP_NUM_SYS_TIMEOUT <= 1024 ? 256 : 4096)

struct timeout {
  struct sys_timeo pub; /**< next: the chain */
  struct timer timer;
};

/* Does not compile if the public header leaves too little room. */
typedef char timeout_fits[sizeof(struct timeout) <= LWIP_X_SYS_TIMEOUT_SIZE ? 1 : -1];

static struct sys_timeo *chains[CHAINS];

static struct sys_timeo **chain_of(sys_timeout_handler handler, const void *arg)
{
  u32_t h = (u32_t)(mem_ptr_t)handler + (u32_t)(mem_ptr_t)arg;

  return &chains[((h * 0x9E3779B1u) >> 16) % CHAINS];
}

static void forget(struct sys_timeo **link)
{
  struct sys_timeo *t = *link;

  *link = t->next;
  memp_free(MEMP_SYS_TIMEOUT, t);
}

static void ring(struct timer *timer)
{
  struct timeout *t = container_of(timer, struct timeout, timer);
  sys_timeout_handler handler = t->pub.h;
  void *arg = t->pub.arg;
  struct sys_timeo **link = chain_of(handler, arg);

  while (*link != &t->pub) {
    link = &(*link)->next;
  }
  forget(link);
  handler(arg);
}

static struct timeout *add(u32_t msecs, sys_timeout_handler handler, void *arg)
{
  struct timeout *t;
  struct sys_timeo **chain = chain_of(handler, arg);

  LWIP_ASSERT_CORE_LOCKED();
  if (!core_enter()) {
    return NULL;
  }
  t = (struct timeout *)memp_malloc(MEMP_SYS_TIMEOUT);
  LWIP_ASSERT("sys_timeout: MEMP_NUM_SYS_TIMEOUT is too small", t != NULL);
  if (t != NULL) {
    t->pub.time = sys_now() + LWIP_MIN(msecs, 0x7FFFFFFFu);
    t->pub.h = handler;
    t->pub.arg = arg;
    t->pub.next = *chain;
    *chain = &t->pub;
    t->timer.prev = NULL;
    t->timer.next = t->timer.child = NULL;
    timer_set_at(&t->timer, t->pub.time, ring);
  }
  core_leave();
  return t;
}

#if LWIP_DEBUG_TIMERNAMES

void sys_timeout_debug(u32_t msecs, sys_timeout_handler handler, void *arg, const char *handler_name)
{
  struct timeout *t = add(msecs, handler, arg);

  if (t != NULL) {
    t->pub.handler_name = handler_name;
  }
}

#else

void sys_timeout(u32_t msecs, sys_timeout_handler handler, void *arg)
{
  add(msecs, handler, arg);
}

#endif

void sys_untimeout(sys_timeout_handler handler, void *arg)
{
  struct sys_timeo **link, **first = NULL;

  LWIP_ASSERT_CORE_LOCKED();
  if (!core_enter()) {
    return;
  }
  for (link = chain_of(handler, arg); *link != NULL; link = &(*link)->next) {
    if ((*link)->h == handler && (*link)->arg == arg && (first == NULL || seq_leq((*link)->time, (*first)->time))) {
      first = link;
    }
  }
  if (first != NULL) {
    timer_stop(&container_of(*first, struct timeout, pub)->timer);
    forget(first);
  }
  core_leave();
}

#endif
