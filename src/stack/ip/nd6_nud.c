/**
 * The states of a neighbour (RFC 4861 section 7.3.3).
 *
 *                packet                  advertisement, solicited
 *   (none) ------------------> INCOMPLETE -----------------------> REACHABLE <-- hint of the upper layers, in any state
 *     |          no answer         |   |                            |     ^
 *     |   (none) <-----------------+   | advertisement, unsolicited |     | advertisement, solicited
 *     |                                v                            v     |
 *     +-- somebody makes himself --> STALE <------- time is over ---+     |
 *         known                        |                                  |
 *                                      +-- packet --> DELAY --- 5 s ---> PROBE --- no answer ---> (none)
 *
 * States with a link-layer address are those from REACHABLE on, and packets are sent by it in all of them.
 */
#include "nd6_internal.h"

#if LWIP_IPV6

/** Ask, and again after a while. */
static void solicit(nd6_neighbor *e)
{
  e->x_probes++;
  e->x_due_ms = sys_now() + e->netif->x_nd6.retrans_ms;
  nd6_send_ns(e, e->state == ND6_PROBE);
}

void nd6_enter(nd6_neighbor *e, u8_t state)
{
  const u8_t old = e->state;

  e->state = state;
  e->x_probes = 0;
  switch (state) {
    case ND6_REACHABLE:
      e->x_due_ms = sys_now() + e->netif->x_nd6.reachable_ms;
      break;
    case ND6_DELAY:
      e->x_due_ms = sys_now() + LWIP_ND6_DELAY_FIRST_PROBE_TIME;
      break;
    case ND6_INCOMPLETE:
    case ND6_PROBE:
      solicit(e);
      break;
    case ND6_NO_ENTRY:
      nd6_hop_changed();
      if (old == ND6_INCOMPLETE) {
        nd6_queue_drop(e);
      }
      return;
    default: /* ND6_STALE: nothing is due */
      return;
  }
  nd6_wake_at(e->x_due_ms);
}

static bool asked_enough(const nd6_neighbor *e)
{
  return e->x_probes >= (e->state == ND6_PROBE ? LWIP_ND6_MAX_UNICAST_SOLICIT : LWIP_ND6_MAX_MULTICAST_SOLICIT);
}

/** Does @p e wait for something? */
static bool waits(const nd6_neighbor *e)
{
  return e->state != ND6_NO_ENTRY && e->state != ND6_STALE;
}

static void due(nd6_neighbor *e)
{
  if (e->state == ND6_REACHABLE) {
    nd6_enter(e, ND6_STALE);
  } else if (e->state == ND6_DELAY) {
    nd6_enter(e, ND6_PROBE);
  } else if (!asked_enough(e)) {
    solicit(e);
  } else {
    nd6_router_answers(e, false);
    nd6_enter(e, ND6_NO_ENTRY);
  }
}

u32_t nd6_nud_run(u32_t now_ms)
{
  u32_t next = TIMERS_NEVER;
  nd6_neighbor *e;

  for (e = neighbor_cache; e < neighbor_cache + ND6_NEIGHBORS; e++) {
    if (waits(e) && time_reached(now_ms, e->x_due_ms)) {
      due(e);
    }
    if (waits(e)) {
      next = LWIP_MIN(next, nd6_ms_to(e->x_due_ms, now_ms));
    }
  }
  return next;
}

bool nd6_use(nd6_neighbor *e)
{
  e->x_used = nd6_used_stamp(sys_now());
  if (e->state == ND6_STALE) {
    nd6_enter(e, ND6_DELAY);
  }
  return e->state >= ND6_REACHABLE;
}

static void set_lladdr(nd6_neighbor *e, const u8_t *lladdr)
{
  memcpy(e->lladdr, lladdr, e->netif->hwaddr_len);
}

static bool has_lladdr(const nd6_neighbor *e, const u8_t *lladdr)
{
  return memcmp(e->lladdr, lladdr, e->netif->hwaddr_len) == 0;
}

/** It is known now, in @p state. */
static void resolved(nd6_neighbor *e, const u8_t *lladdr, u8_t state)
{
  set_lladdr(e, lladdr);
  nd6_enter(e, state);
  nd6_queue_send(e);
}

nd6_neighbor *nd6_heard(struct netif *nif, const ip6_addr_t *addr, const u8_t *lladdr)
{
  nd6_neighbor *e = nd6_find(nif, addr);

  if (lladdr == NULL) {
    return e;
  }
  if (e == NULL) {
    e = nd6_make(nif, addr, ND6_CLAIM_STRANGER);
  }
  if (e != NULL && (e->state == ND6_INCOMPLETE || !has_lladdr(e, lladdr))) {
    resolved(e, lladdr, ND6_STALE);
  }
  return e;
}

void nd6_advertised(nd6_neighbor *e, const u8_t *lladdr, u8_t flags)
{
  const bool same = lladdr == NULL || (e->state != ND6_INCOMPLETE && has_lladdr(e, lladdr));

  if (e->state == ND6_INCOMPLETE) {
    if (lladdr == NULL) {
      return;
    }
    resolved(e, lladdr, (flags & ND6_NA_SOLICITED) != 0 ? ND6_REACHABLE : ND6_STALE);
  } else if (!same && (flags & ND6_NA_OVERRIDE) == 0) {
    /* Somebody else claims it and does not insist: nothing changes but our trust. */
    if (e->state == ND6_REACHABLE) {
      nd6_enter(e, ND6_STALE);
    }
    return;
  } else if (!same) {
    resolved(e, lladdr, (flags & ND6_NA_SOLICITED) != 0 ? ND6_REACHABLE : ND6_STALE);
  } else if ((flags & ND6_NA_SOLICITED) != 0) {
    nd6_enter(e, ND6_REACHABLE);
  }
  nd6_router_answers(e, true);
  if (e->isrouter && (flags & ND6_NA_ROUTER) == 0) {
    nd6_router *r = nd6_router_find(e->netif, &e->next_hop_address);
    if (r != NULL) {
      nd6_router_free(r);
    }
  }
  e->isrouter = (flags & ND6_NA_ROUTER) != 0;
}

#if LWIP_ND6_TCP_REACHABILITY_HINTS
void nd6_reachability_hint(const ip6_addr_t *ip6addr)
{
  nd6_neighbor *e = nd6_hop_last(ip6addr);

  if (e == NULL || e->state < ND6_REACHABLE) {
    return;
  }
  if (e->state == ND6_REACHABLE) {
    e->x_due_ms = sys_now() + e->netif->x_nd6.reachable_ms;
  } else {
    nd6_enter(e, ND6_REACHABLE);
  }
}
#endif

#endif
