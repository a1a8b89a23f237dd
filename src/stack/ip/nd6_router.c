/**
 * Routers: who they are (RFC 4861 section 6.3.4), which one is taken (section 6.3.6, RFC 4191, RFC 8028), and how they are
 * asked for (RFC 7559: until one answers, ever more slowly).
 *
 * A router that did not answer when it was probed is passed over as long as there is another one; when all have
 * failed they take turns.  A router that is not in the list pushes out another one only if it is preferred to it.
 */
#include "nd6_internal.h"

#if LWIP_IPV6

#include "../base/random.h"

/** The longest wait between solicitations (RFC 7559 section 2), ms. */
#define RS_MAX_MS 3600000u

struct nd6_router_list_entry default_router_list[LWIP_ND6_NUM_ROUTERS];

nd6_router *nd6_router_find(const struct netif *nif, const ip6_addr_t *addr)
{
  nd6_router *r;

  for (r = default_router_list; r < default_router_list + LWIP_ND6_NUM_ROUTERS; r++) {
    if (r->netif == nif && lwip_x_ip6_same(&r->x_addr, addr)) {
      return r;
    }
  }
  return NULL;
}

void nd6_router_free(nd6_router *r)
{
  nd6_dest_reroute(r->netif, &r->x_addr);
  nd6_prefix_router_gone(r);
  r->netif = NULL;
}

static void set_isrouter(const struct netif *nif, const ip6_addr_t *addr)
{
  nd6_neighbor *e = nd6_find(nif, addr);

  if (e != NULL) {
    e->isrouter = 1;
  }
}

/** A free entry, or that of a router less preferred. */
static nd6_router *make(s8_t preference)
{
  nd6_router *worst = NULL, *r;

  for (r = default_router_list; r < default_router_list + LWIP_ND6_NUM_ROUTERS; r++) {
    if (r->netif == NULL) {
      return r;
    }
    if (nd6_wire_preference(r->flags) < preference) {
      preference = nd6_wire_preference(r->flags);
      worst = r;
    }
  }
  if (worst != NULL) {
    nd6_router_free(worst);
  }
  return worst;
}

static nd6_router *add(struct netif *nif, const ip6_addr_t *addr, u8_t flags)
{
  nd6_router *r = make(nd6_wire_preference(flags));

  if (r != NULL) {
    r->netif = nif;
    r->x_until_s = 0;
    r->x_failed = 0;
    r->x_addr = *addr;
    set_isrouter(nif, addr);
  }
  return r;
}

nd6_router *nd6_router_heard(struct netif *nif, const ip6_addr_t *addr, u8_t flags, u16_t life_s, bool has_routes)
{
  nd6_router *r = nd6_router_find(nif, addr);

  if (r == NULL && (life_s != 0 || has_routes)) {
    r = add(nif, addr, flags);
  }
  if (r == NULL) {
    return NULL;
  }
  r->flags = flags;
  r->x_until_s = life_s != 0 ? nd6_until(life_s) : 0;
  if (life_s == 0) {
    nd6_dest_reroute(nif, addr);
  }
  nd6_hop_changed();
  nd6_wake();
  return r;
}

/** The better, the larger; 0: no default router of @p nif. */
static int score(const nd6_router *r, const struct netif *nif, u8_t at_home)
{
  int s;

  if (r->netif != nif || r->x_until_s == 0) {
    return 0;
  }
  s = 2 + nd6_wire_preference(r->flags);
  if (!r->x_failed) {
    s += 8;
  }
  return (at_home & (1u << (r - default_router_list))) != 0 ? s + 4 : s;
}

const nd6_router *nd6_router_choose(const struct netif *nif, const ip6_addr_t *src)
{
  const nd6_prefix *home = LWIP_X_ND6_ROUTES && src != NULL ? nd6_prefix_match(nif, src, ND6_PREFIX_SOURCE) : NULL;
  const nd6_router *best = NULL, *r;
  int best_score = 0;

  for (r = default_router_list; r < default_router_list + LWIP_ND6_NUM_ROUTERS; r++) {
    const int s = score(r, nif, home != NULL ? home->x_routers : 0);
    if (s > best_score) {
      best = r;
      best_score = s;
    }
  }
  return best;
}

void nd6_router_answers(const nd6_neighbor *e, bool yes)
{
  nd6_router *r = e->isrouter ? nd6_router_find(e->netif, &e->next_hop_address) : NULL;
  nd6_router *other;

  if (r == NULL || r->x_failed == !yes) {
    return;
  }
  r->x_failed = !yes;
  nd6_dest_reroute(r->netif, &r->x_addr);
  if (yes) {
    return;
  }
  for (other = default_router_list; other < default_router_list + LWIP_ND6_NUM_ROUTERS; other++) {
    if (other->netif == r->netif && !other->x_failed) {
      return;
    }
  }
  /* All have failed: the others' turn again. */
  for (other = default_router_list; other < default_router_list + LWIP_ND6_NUM_ROUTERS; other++) {
    other->x_failed = other == r;
  }
}

void nd6_forget_routers(const struct netif *nif)
{
  nd6_router *r;

  for (r = default_router_list; r < default_router_list + LWIP_ND6_NUM_ROUTERS; r++) {
    if (r->netif == nif) {
      nd6_router_free(r);
    }
  }
}

u32_t nd6_router_expire(u32_t now_s)
{
  u32_t next = ND6_X_FOREVER;
  nd6_router *r;

  for (r = default_router_list; r < default_router_list + LWIP_ND6_NUM_ROUTERS; r++) {
    if (r->netif == NULL) {
      continue;
    }
    if (r->x_until_s != 0 && r->x_until_s <= now_s) {
      r->x_until_s = 0;
      nd6_dest_reroute(r->netif, &r->x_addr);
      nd6_rs_start(r->netif, random_below(ND6_START_DELAY_MS)); /* whoever is there now */
    }
    if (r->x_until_s != 0) {
      next = LWIP_MIN(next, r->x_until_s - now_s);
    } else if (!nd6_prefix_has_route(r)) {
      nd6_router_free(r);
    }
  }
  return next;
}

/* --- asking for them --- */

#if LWIP_IPV6_SEND_ROUTER_SOLICIT

void nd6_rs_start(struct netif *nif, u32_t delay_ms)
{
  struct lwip_x_nd6 *d = &nif->x_nd6;

  nif->rs_count = LWIP_ND6_MAX_MULTICAST_SOLICIT;
  d->rs_wait_ms = ND6_RTR_SOLICITATION_INTERVAL;
  d->rs_at_ms = sys_now() + delay_ms;
  nd6_wake_at(d->rs_at_ms);
}

void nd6_rs_stop(struct netif *nif)
{
  nif->rs_count = 0;
  nif->x_nd6.rs_wait_ms = 0;
}

u32_t nd6_rs_run(struct netif *nif, u32_t now_ms)
{
  struct lwip_x_nd6 *d = &nif->x_nd6;

  /* Without an address to ask from, or a link, there is nothing to do; it begins again when they come. */
  if (d->rs_wait_ms == 0 || !nd6_is_ready(nif) || !ip6_addr_isvalid(netif_ip6_addr_state(nif, 0))) {
    return TIMERS_NEVER;
  }
  if (time_reached(now_ms, d->rs_at_ms)) {
    nd6_send_rs(nif);
    nif->rs_count = (u8_t)(nif->rs_count > 1 ? nif->rs_count - 1 : 1);
    /* A tenth more or less (RFC 8415 section 15), and doubled. */
    d->rs_at_ms = now_ms + d->rs_wait_ms - d->rs_wait_ms / 10 + random_below(d->rs_wait_ms / 5);
    d->rs_wait_ms = LWIP_MIN(d->rs_wait_ms * 2, RS_MAX_MS);
  }
  return nd6_ms_to(d->rs_at_ms, now_ms);
}

#else

void nd6_rs_start(struct netif *nif, u32_t delay_ms)
{
  LWIP_UNUSED_ARG(nif);
  LWIP_UNUSED_ARG(delay_ms);
}

void nd6_rs_stop(struct netif *nif)
{
  LWIP_UNUSED_ARG(nif);
}

u32_t nd6_rs_run(struct netif *nif, u32_t now_ms)
{
  LWIP_UNUSED_ARG(nif);
  LWIP_UNUSED_ARG(now_ms);
  return TIMERS_NEVER;
}

#endif

#endif
