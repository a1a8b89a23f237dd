/** What came while the core was busy: a ring of received packets and a note that the timers want to run. */
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

static struct deferred ring[LWIP_X_DEFER_QUEUE_LEN];
static u8_t ring_first, ring_len;
static volatile bool timers_wanted;

static u8_t ring_at(unsigned i)
{
  return (u8_t)((ring_first + i) % LWIP_X_DEFER_QUEUE_LEN);
}

void core_defer_input(struct pbuf *p, struct netif *nif, void (*input)(struct pbuf *, struct netif *))
{
  bool full;
  SYS_ARCH_DECL_PROTECT(lev);

  TRACE(TRACE_DEFERRED, p, LWIP_X_CONTEXT());
  SYS_ARCH_PROTECT(lev);
  full = ring_len == LWIP_X_DEFER_QUEUE_LEN;
  if (!full) {
    struct deferred *d = &ring[ring_at(ring_len)];

    d->p = p;
    d->nif = nif;
    d->input = input;
    ring_len++;
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
  timers_wanted = true;
  core_deferred = 1;
}

/** Take the oldest packet; nothing left: core_deferred says so, unless an interrupt has just asked for the timers. */
static bool ring_take(struct deferred *d)
{
  bool some;
  SYS_ARCH_DECL_PROTECT(lev);

  SYS_ARCH_PROTECT(lev);
  some = ring_len > 0;
  if (some) {
    *d = ring[ring_first];
    ring_first = ring_at(1);
    ring_len--;
  } else {
    core_deferred = timers_wanted;
  }
  SYS_ARCH_UNPROTECT(lev);
  return some;
}

void core_run_deferred(void)
{
  struct deferred d;

  if (timers_wanted) {
    timers_wanted = false;
    timers_run(sys_now());
  }
  while (ring_take(&d)) {
    d.input(d.p, d.nif);
  }
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
