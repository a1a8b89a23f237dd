/** Router advertisements in (RFC 4861 section 6.3.4, RFC 4191, RFC 8106): every value has its bounds, since anybody on the link can send one. */
#include "nd6_internal.h"

#if LWIP_IPV6

#include "../base/random.h"
#include "lwip/ip.h"

enum {
  HOP_LIMIT_MIN = 32,         /**< less would cut us off (RFC 4861 wants none, the registry says 64) */
  REACHABLE_MAX_MS = 3600000, /**< section 6.2.1 */
  RETRANS_MIN_MS = 100,       /**< faster would be a flood */
  RETRANS_MAX_MS = 60000
};

#if LWIP_ND6_ALLOW_RA_UPDATES

static void take_mtu(struct netif *nif, const u8_t *o)
{
  const u32_t mtu = be32_get(o + 4);

  if (nd6_wire_opt_len(o) == ND6_WIRE_MTU_LEN && mtu >= IP6_WIRE_MIN_MTU && mtu <= nif->mtu) {
    nif->mtu6 = (u16_t)mtu;
  }
}

static void take_parameters(struct netif *nif, const u8_t *m)
{
  struct lwip_x_nd6 *d = &nif->x_nd6;
  const u32_t reachable = nd6_wire_ra_reachable(m), retrans = nd6_wire_ra_retrans(m);

  if (nd6_wire_ra_hoplim(m) >= HOP_LIMIT_MIN) {
    d->hop_limit = nd6_wire_ra_hoplim(m);
  }
  if (reachable != 0 && reachable <= REACHABLE_MAX_MS && reachable != d->base_reachable_ms) {
    nd6_set_reachable(nif, reachable);
  }
  if (retrans >= RETRANS_MIN_MS && retrans <= RETRANS_MAX_MS) {
    d->retrans_ms = retrans;
  }
}

#else

static void take_mtu(struct netif *nif, const u8_t *o)
{
  LWIP_UNUSED_ARG(nif);
  LWIP_UNUSED_ARG(o);
}

static void take_parameters(struct netif *nif, const u8_t *m)
{
  LWIP_UNUSED_ARG(nif);
  LWIP_UNUSED_ARG(m);
}

#endif

void nd6_set_reachable(struct netif *nif, u32_t base_ms)
{
  nif->x_nd6.base_reachable_ms = base_ms;
  nif->x_nd6.reachable_ms = base_ms / 2 + random_below(base_ms); /* section 6.3.2 */
}

/** Where the link-local addresses and the groups are nobody has to tell us. */
static bool is_prefix(const ip6_addr_t *addr)
{
  return !ip6_addr_islinklocal(addr) && !ip6_addr_ismulticast(addr);
}

static void take_prefix(struct netif *nif, const u8_t *o, nd6_router *r)
{
  const u8_t len = o[2], flags = o[3];
  const u32_t valid_s = be32_get(o + 4), preferred_s = be32_get(o + 8);
  u8_t kind = 0;
  ip6_addr_t prefix;

  if (nd6_wire_opt_len(o) != ND6_WIRE_PREFIX_LEN || len == 0 || len > 128 || preferred_s > valid_s) {
    return;
  }
  nd6_addr_get(&prefix, o + 16, nif);
  if (!is_prefix(&prefix) || (prefix.addr[0] | prefix.addr[1]) == 0) {
    return;
  }
  if ((flags & ND6_PREFIX_ONLINK) != 0) {
    kind = ND6_PREFIX_ON_LINK | ND6_PREFIX_SOURCE;
  } else if (LWIP_X_ND6_ROUTES && (flags & ND6_PREFIX_AUTO) != 0) {
    kind = ND6_PREFIX_SOURCE;
  }
  if (kind != 0) {
    nd6_prefix_set(nif, &prefix, len, kind, 0, r, valid_s);
  }
  if ((flags & ND6_PREFIX_AUTO) != 0 && len == 64) {
    nd6_slaac(nif, &prefix, valid_s, preferred_s);
  }
}

/** A route (RFC 4191 section 2.3); bits of the prefix beyond the option are zero. */
static void take_route(struct netif *nif, const u8_t *o, nd6_router *r)
{
  const size_t octets = nd6_wire_opt_len(o) - 8;
  u8_t prefix[16] = { 0 };
  ip6_addr_t addr;

  if (r == NULL || octets > sizeof prefix || o[2] > octets * 8 || nd6_wire_preference_is_reserved(o[3])) {
    return;
  }
  memcpy(prefix, o + 8, octets);
  nd6_addr_get(&addr, prefix, nif);
  if (!is_prefix(&addr)) {
    return;
  }
  nd6_prefix_set(nif, &addr, o[2], ND6_PREFIX_ROUTE, nd6_wire_preference(o[3]), r, be32_get(o + 4));
}

static void take_option(struct netif *nif, const u8_t *o, nd6_router *r)
{
  switch (o[0]) {
    case ND6_OPT_MTU:
      take_mtu(nif, o);
      break;
    case ND6_OPT_PREFIX:
      take_prefix(nif, o, r);
      break;
    case ND6_OPT_ROUTE:
      if (LWIP_X_ND6_ROUTES) {
        take_route(nif, o, r);
      }
      break;
    case ND6_OPT_RDNSS:
      nd6_dns_option(nif, o);
      break;
    case ND6_OPT_DNSSL:
      nd6_dnssl_option(nif, o);
      break;
    default: /* not for us, or looked for by name */
      break;
  }
}

enum lwip_x_drop nd6_ra(const u8_t *m, const u8_t *end, const struct ip_rx *rx)
{
  const u8_t *o = m + ND6_WIRE_RA_LEN;
  const ip6_addr_t *src = ip_2_ip6(&rx->src);
  const u8_t flags = nd6_wire_ra_flags(m);
  struct netif *nif = rx->inp;
  nd6_neighbor *e;
  nd6_router *r;

  if (!ip6_addr_islinklocal(src)) {
    return DROP_ND6_SOURCE;
  }
  e = nd6_heard(nif, src, nd6_lladdr(o, end, ND6_OPT_SOURCE, nif));
  if (e != NULL) {
    e->isrouter = 1;
  }
  r = nd6_router_heard(nif, src, flags, nd6_wire_ra_lifetime(m),
                       LWIP_X_ND6_ROUTES && nd6_wire_find(o, end, ND6_OPT_ROUTE) != NULL);
  if (nd6_wire_ra_lifetime(m) != 0) {
    nd6_rs_stop(nif);
  }
  take_parameters(nif, m);
  for (; o < end; o += nd6_wire_opt_len(o)) {
    take_option(nif, o, r);
  }
  nd6_news.flags(nif, (flags & ND6_RA_MANAGED) != 0, (flags & ND6_RA_OTHER) != 0);
  return DROP_NONE;
}

#endif
