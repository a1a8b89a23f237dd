/**
 * Prefixes and what they say about addresses: on the link (RFC 4861 section 6.3.4), behind a certain router (RFC 4191),
 * as a source at home with certain routers (RFC 8028).  One table for all, the longest match wins.
 */
#include "nd6_internal.h"

#if LWIP_IPV6

struct nd6_prefix_list_entry prefix_list[LWIP_ND6_NUM_PREFIXES];

static u8_t router_bit(const nd6_router *r)
{
  return (u8_t)(r != NULL ? 1u << (r - default_router_list) : 0);
}

#if LWIP_X_ND6_ROUTES
const nd6_router *nd6_prefix_router(const nd6_prefix *p)
{
  const nd6_router *r = default_router_list;

  while (router_bit(r) != p->x_routers) {
    r++;
  }
  return r;
}
#endif

bool nd6_prefix_eq(const ip6_addr_t *a, const ip6_addr_t *b, u8_t bits)
{
  unsigned i;

  for (i = 0; bits >= 32; i++, bits = (u8_t)(bits - 32)) {
    if (a->addr[i] != b->addr[i]) {
      return false;
    }
  }
  return bits == 0 || (lwip_ntohl(a->addr[i] ^ b->addr[i]) >> (32 - bits)) == 0;
}

/** Is @p p of use now?  A route is while its router answers. */
static bool is_good(const nd6_prefix *p)
{
  return !nd6_is_route(p->x_kind) || !nd6_prefix_router(p)->x_failed;
}

const nd6_prefix *nd6_prefix_match(const struct netif *nif, const ip6_addr_t *addr, u8_t kinds)
{
  const nd6_prefix *best = NULL, *p;

  for (p = prefix_list; p < prefix_list + LWIP_ND6_NUM_PREFIXES; p++) {
    if (p->netif != nif || (p->x_kind & kinds) == 0 || !nd6_prefix_eq(&p->prefix, addr, p->x_len) || !is_good(p)) {
      continue;
    }
    if (best == NULL || p->x_len > best->x_len || (p->x_len == best->x_len && p->x_preference > best->x_preference)) {
      best = p;
    }
  }
  return best;
}

static void free_prefix(nd6_prefix *p)
{
  p->netif = NULL;
  nd6_hop_changed();
}

/** A route is one router's own; other prefixes are the same whoever advertises them. */
static bool is_same(const nd6_prefix *p, const struct netif *nif, const ip6_addr_t *addr, u8_t len, u8_t kind,
                    u8_t router)
{
  return p->netif == nif && p->x_len == len && nd6_is_route(p->x_kind) == nd6_is_route(kind) &&
         (!nd6_is_route(kind) || p->x_routers == router) && nd6_prefix_eq(&p->prefix, addr, len);
}

void nd6_prefix_set(struct netif *nif, const ip6_addr_t *addr, u8_t len, u8_t kind, s8_t preference, nd6_router *router,
                    u32_t life_s)
{
  const u8_t bit = router_bit(router);
  nd6_prefix *at = NULL, *p;

  for (p = prefix_list; p < prefix_list + LWIP_ND6_NUM_PREFIXES; p++) {
    if (is_same(p, nif, addr, len, kind, bit)) {
      at = p;
      break;
    }
    at = p->netif == NULL ? p : at;
  }
  if (at == NULL) {
    return; /* a full table: what was there first stays */
  }
  if (life_s == 0) {
    /* Who does not speak of the link does not end what is on it (RFC 4861 section 6.3.4). */
    if (at->netif != NULL && (at->x_kind & (u8_t)~kind & ND6_PREFIX_ON_LINK) == 0) {
      free_prefix(at);
    }
    return;
  }
  if (at->netif == NULL) {
    at->netif = nif;
    at->x_len = len;
    at->x_routers = 0;
    at->x_kind = 0;
    at->prefix = *addr;
  }
  at->x_kind |= kind;
  at->x_preference = preference;
  at->x_routers |= bit;
  at->x_until_s = nd6_until(life_s);
  nd6_hop_changed();
  nd6_wake();
}

#if LWIP_X_ND6_ROUTES

bool nd6_prefix_has_route(const nd6_router *r)
{
  const nd6_prefix *p;

  for (p = prefix_list; p < prefix_list + LWIP_ND6_NUM_PREFIXES; p++) {
    if (p->netif != NULL && nd6_is_route(p->x_kind) && p->x_routers == router_bit(r)) {
      return true;
    }
  }
  return false;
}

void nd6_prefix_router_gone(const nd6_router *r)
{
  nd6_prefix *p;

  for (p = prefix_list; p < prefix_list + LWIP_ND6_NUM_PREFIXES; p++) {
    p->x_routers &= (u8_t)~router_bit(r);
    if (nd6_is_route(p->x_kind) && p->x_routers == 0) {
      free_prefix(p);
    }
  }
}

#endif

void nd6_forget_prefixes(const struct netif *nif)
{
  nd6_prefix *p;

  for (p = prefix_list; p < prefix_list + LWIP_ND6_NUM_PREFIXES; p++) {
    if (p->netif == nif) {
      free_prefix(p);
    }
  }
}

u32_t nd6_prefix_expire(u32_t now_s)
{
  u32_t next = ND6_X_FOREVER;
  nd6_prefix *p;

  for (p = prefix_list; p < prefix_list + LWIP_ND6_NUM_PREFIXES; p++) {
    if (p->netif == NULL || p->x_until_s == ND6_X_FOREVER) {
      continue;
    }
    if (p->x_until_s <= now_s) {
      free_prefix(p);
    } else {
      next = LWIP_MIN(next, p->x_until_s - now_s);
    }
  }
  return next;
}

#endif
