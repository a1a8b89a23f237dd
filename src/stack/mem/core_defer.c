/** What came while the core was busy: received packets and a note that the timers want to run. */
#include "../base/core.h"

#if CORE_GUARDED && NO_SYS

#include "drop.h"
#include "../base/timer.h"
#include "../base/trace.h"
#include "lwip/sys.h"

struct deferred {
  struct pbuf *p;
  struct netif *nif;
  void (*input)(struct pbuf *, struct netif *);
};

volatile u8_t core_deferred;

/* Filled from the front until it was emptied. */
static struct {
  volatile bool timers_wanted;
  u8_t taken, filled;
  struct deferred waiting[LWIP_X_DEFER_QUEUE_LEN];
} queue;

void core_defer_input(struct pbuf *p, struct netif *nif, void (*input)(struct pbuf *, struct netif *))
{
  bool full;
  SYS_ARCH_DECL_PROTECT(lev);

  TRACE(TRACE_DEFERRED, p, LWIP_X_CONTEXT());
  SYS_ARCH_PROTECT(lev);
  full = queue.filled == LWIP_X_DEFER_QUEUE_LEN;
  if (!full) {
    struct deferred *d = &queue.waiting[queue.filled++];

    d->p = p;
    d->nif = nif;
    d->input = input;
    core_deferred = 1;
  }
  SYS_ARCH_UNPROTECT(lev);
  if (full) {
    drop(p, DROP_CORE_BUSY);
  }
}

void core_defer_timers(void)
{
  TRACE(TRACE_DEFERRED, NULL, LWIP_X_CONTEXT());
  queue.timers_wanted = true;
  core_deferred = 1;
}

/** The oldest packet; NULL: none is left, and core_deferred says so, unless an interrupt has just asked for the timers. */
static const struct deferred *take(void)
{
  const struct deferred *d = NULL;
  SYS_ARCH_DECL_PROTECT(lev);

  SYS_ARCH_PROTECT(lev);
  if (queue.taken < queue.filled) {
    d = &queue.waiting[queue.taken++];
  } else {
    queue.taken = queue.filled = 0;
    core_deferred = queue.timers_wanted;
  }
  SYS_ARCH_UNPROTECT(lev);
  return d;
}

void core_run_deferred(u32_t inside)
{
  const struct deferred *d;

  do {
    core_word = inside;
    if (queue.timers_wanted) {
      queue.timers_wanted = false;
      timers_run(sys_now());
    }
    while ((d = take()) != NULL) {
      d->input(d->p, d->nif);
    }
    core_word = 0;
  } while (core_deferred != 0);
}

#elif CORE_GUARDED

#include "drop.h"

void core_input(struct pbuf *p, struct netif *nif, void (*input)(struct pbuf *, struct netif *))
{
  if (core_busy()) {
    core_defer_input(p, nif, input);
    return;
  }
  input(p, nif);
}

void core_defer_input(struct pbuf *p, struct netif *nif, void (*input)(struct pbuf *, struct netif *))
{
  LWIP_UNUSED_ARG(nif);
  LWIP_UNUSED_ARG(input);
  drop(p, DROP_WRONG_CONTEXT);
}

void core_defer_timers(void)
{
  drop_count(DROP_WRONG_CONTEXT);
}

#endif
