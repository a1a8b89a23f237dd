/**
 * The next hop of a packet (RFC 4861 section 5.2), and what is special about a destination.
 *
 * The next hop is found anew for a packet, in this order: what the program says (LWIP_HOOK_ND6_GET_GW), a redirect, the link
 * itself, a route, a router.  Only the last answer is remembered, with the neighbour it led to; whatever changes one of the
 * tables forgets it.  So the destination cache holds nothing but what was learned about single destinations, redirects and MTUs,
 * and no number of peers wears it out.
 */
#include "nd6_internal.h"

#if LWIP_IPV6

#include "../base/core.h"
#include "../base/hooks.h"
#include "../mem/drop.h"
#include "lwip/ip6.h"

/** A learned MTU is tried again after this (RFC 8201 section 4), s. */
#define MTU_LIFE_S 600u

struct nd6_destination_cache_entry destination_cache[LWIP_ND6_NUM_DESTINATIONS];

static struct {
  nd6_neighbor *to; /**< NULL: nothing is remembered */
  struct {
    u32_t addr[4];
  } dest;
#if LWIP_X_ND6_ROUTES
  ip6_addr_t src;
#endif
  u8_t next_dest; /**< of destination_cache: what is used again next */
  bool any_dest;  /**< is there anything in it? */
} last;

#if LWIP_X_ND6_ROUTES
static void last_src_set(const ip6_addr_t *src)
{
  last.src = *src;
}
/** Where routes depend on the source, another one may go another way. */
static bool is_last_src(const u8_t *src)
{
  return memcmp(last.src.addr, src, 16) == 0;
}
#else
static void last_src_set(const ip6_addr_t *src)
{
  LWIP_UNUSED_ARG(src);
}
static bool is_last_src(const u8_t *src)
{
  LWIP_UNUSED_ARG(src);
  return true;
}
#endif

void nd6_hop_changed(void)
{
  last.to = NULL;
}

/* --- destinations --- */

static bool is_on(const nd6_dest *d, const struct netif *nif)
{
  return nif != NULL && d->x_netif_idx == netif_get_index(nif);
}

static nd6_dest *dest_find(const struct netif *nif, const ip6_addr_t *dest)
{
  nd6_dest *d;

  for (d = destination_cache; last.any_dest && d < destination_cache + LWIP_ND6_NUM_DESTINATIONS; d++) {
    if (is_on(d, nif) && lwip_x_ip6_same(&d->destination_addr, dest)) {
      return d;
    }
  }
  return NULL;
}

/** The entry of @p dest, or a new one in place of the oldest. */
static nd6_dest *dest_make(struct netif *nif, const ip6_addr_t *dest)
{
  nd6_dest *d = dest_find(nif, dest);

  if (d != NULL) {
    return d;
  }
  d = &destination_cache[last.next_dest];
  last.next_dest = (u8_t)((last.next_dest + 1) % LWIP_ND6_NUM_DESTINATIONS);
  memset(d, 0, sizeof *d);
  d->destination_addr = *dest;
  d->x_netif_idx = netif_get_index(nif);
  last.any_dest = true;
  return d;
}

static void dest_free(nd6_dest *d)
{
  memset(d, 0, sizeof *d);
  nd6_hop_changed();
}

void nd6_forget_dests(const struct netif *nif)
{
  nd6_dest *d;

  for (d = destination_cache; d < destination_cache + LWIP_ND6_NUM_DESTINATIONS; d++) {
    if (nif == NULL || is_on(d, nif)) {
      dest_free(d);
    }
  }
}

void nd6_dest_reroute(const struct netif *nif, const ip6_addr_t *router)
{
  nd6_dest *d;

  for (d = destination_cache; d < destination_cache + LWIP_ND6_NUM_DESTINATIONS; d++) {
    if (is_on(d, nif) && lwip_x_ip6_same(&d->next_hop_addr, router)) {
      ip6_addr_set_any(&d->next_hop_addr);
    }
  }
  nd6_hop_changed();
}

u32_t nd6_dest_expire(u32_t now_s)
{
  u32_t next = ND6_X_FOREVER;
  nd6_dest *d;

  for (d = destination_cache; d < destination_cache + LWIP_ND6_NUM_DESTINATIONS; d++) {
    if (d->pmtu != 0 && d->x_mtu_until_s <= now_s) {
      d->pmtu = 0;
    }
    if (d->pmtu != 0) {
      next = LWIP_MIN(next, d->x_mtu_until_s - now_s);
    }
  }
  return next;
}

void nd6_clear_destination_cache(void)
{
  if (core_enter()) {
    nd6_forget_dests(NULL);
    core_leave();
  }
}

void nd6_learn_mtu(const ip6_addr_t *dest, struct netif *nif, u32_t mtu)
{
  nd6_dest *d;

  if (nif == NULL || mtu < IP6_WIRE_MIN_MTU || mtu >= nd6_get_destination_mtu(dest, nif)) {
    return;
  }
  d = dest_make(nif, dest);
  d->pmtu = (u16_t)mtu;
  d->x_mtu_until_s = nd6_until(MTU_LIFE_S);
  nd6_wake();
}

u16_t nd6_get_destination_mtu(const ip6_addr_t *ip6addr, struct netif *netif)
{
  const nd6_dest *d = dest_find(netif, ip6addr);

  if (d != NULL && d->pmtu != 0) {
    return d->pmtu;
  }
  return netif != NULL && netif_mtu6(netif) != 0 ? netif_mtu6(netif) : IP6_WIRE_MIN_MTU;
}

bool nd6_redirected(struct netif *nif, const ip6_addr_t *router, const ip6_addr_t *dest, const ip6_addr_t *target)
{
  const ip6_addr_t *hop = nd6_next_hop(nif, dest, NULL);

  /* Only he who is asked to carry it may say so (RFC 4861 section 8.1). */
  if (hop == NULL || !lwip_x_ip6_same(hop, router) || nd6_router_find(nif, router) == NULL) {
    return false;
  }
  dest_make(nif, dest)->next_hop_addr = *target;
  nd6_hop_changed();
  return true;
}

/* --- the next hop --- */

/** An address of ours that has no lifetime came without a prefix: 64 bits are taken to be on the link. */
static bool is_on_link(const struct netif *nif, const ip6_addr_t *dest)
{
  s8_t i;

  for (i = 1; i < LWIP_IPV6_NUM_ADDRESSES; i++) {
    if (ip6_addr_isvalid(netif_ip6_addr_state(nif, i)) && nif->x_nd6.origin[i] == LWIP_X_IP6_MANUAL &&
        ip6_addr_net_zoneless_eq(netif_ip6_addr(nif, i), dest)) {
      return true;
    }
  }
  return false;
}

const ip6_addr_t *nd6_next_hop(struct netif *nif, const ip6_addr_t *dest, const ip6_addr_t *src)
{
  const ip6_addr_t *hop = hook_nd6_gw(nif, dest);
  const nd6_dest *d = dest_find(nif, dest);
  const nd6_prefix *p;
  const nd6_router *r;

  if (hop != NULL) {
    return hop;
  }
  if (d != NULL && !lwip_x_ip6_isany(&d->next_hop_addr)) {
    return &d->next_hop_addr;
  }
  if (ip6_addr_islinklocal(dest)) {
    return dest;
  }
  p = nd6_prefix_match(nif, dest, ND6_PREFIX_ON_LINK | ND6_PREFIX_ROUTE);
  if (p != NULL && nd6_is_route(p->x_kind)) {
    return &nd6_prefix_router(p)->x_addr;
  }
  if (p != NULL || is_on_link(nif, dest)) {
    return dest;
  }
  r = nd6_router_choose(nif, src);
  return r != NULL ? &r->x_addr : NULL;
}

struct netif *nd6_find_route(const ip6_addr_t *ip6addr)
{
  struct netif *nif, *by_router = NULL;

  NETIF_FOREACH(nif)
  {
    if (!nd6_is_ready(nif)) {
      continue;
    }
    if (nd6_prefix_match(nif, ip6addr, ND6_PREFIX_ON_LINK | ND6_PREFIX_ROUTE) != NULL) {
      return nif;
    }
    if (by_router == NULL && nd6_router_choose(nif, NULL) != NULL) {
      by_router = nif;
    }
  }
  return by_router;
}

nd6_neighbor *nd6_hop_last(const ip6_addr_t *dest)
{
  return last.to != NULL && ip6_addr_zoneless_eq(&last.dest, dest) ? last.to : NULL; /* for each packet */
}

/** The neighbour for @p q to @p dest, whose entry may be new.  @return NULL: no route or no room, as *@p err says */
static nd6_neighbor *neighbor_for(struct netif *nif, const ip6_addr_t *dest, const struct pbuf *q, err_t *err)
{
  const ip6_addr_t *hop;
  nd6_neighbor *e;
  ip6_addr_t src;

  nd6_addr_get(&src, (const u8_t *)q->payload + 8, nif);
  hop = nd6_next_hop(nif, dest, &src);
  if (hop == NULL) {
    *err = ERR_RTE;
    return NULL;
  }
  e = nd6_find(nif, hop);
  if (e == NULL) {
    e = nd6_make(nif, hop, ND6_CLAIM_OWN);
  }
  *err = ERR_MEM;
  if (e != NULL) {
    memcpy(last.dest.addr, dest->addr, sizeof last.dest.addr);
    last_src_set(&src);
    last.to = e;
  }
  return e;
}

err_t nd6_get_next_hop_addr_or_queue(struct netif *netif, struct pbuf *q, const ip6_addr_t *ip6addr,
                                     const u8_t **hwaddrp)
{
  nd6_neighbor *e = nd6_hop_last(ip6addr);
  err_t err;

  if (e == NULL || e->netif != netif || !is_last_src((const u8_t *)q->payload + 8)) {
    e = neighbor_for(netif, ip6addr, q, &err);
    if (e == NULL) {
      drop_count(err == ERR_RTE ? DROP_IP6_NO_ROUTE : DROP_ND6_TABLE);
      return err;
    }
  }
  *hwaddrp = NULL;
  if (nd6_use(e)) {
    *hwaddrp = e->lladdr;
    return ERR_OK;
  }
  err = nd6_enqueue(e, q);
  if (e->x_probes == 0) {
    nd6_enter(e, ND6_INCOMPLETE); /* asks, now that there is something to send to the answer */
  }
  return err;
}

#endif
