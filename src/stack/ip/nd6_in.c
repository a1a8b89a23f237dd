/**
 * Messages of neighbour discovery in: solicitations and advertisements of neighbours, redirects.  That they come from the
 * link itself and in one piece icmp6_in.c has seen to.
 */
#include "nd6_internal.h"

#if LWIP_IPV6

#include "../mem/drop.h"
#include "ip_zone.h"
#include "lwip/icmp6.h"

void nd6_addr_get(ip6_addr_t *to, const u8_t *from, const struct netif *nif)
{
  ip6_wire_addr_get(to->addr, from);
  ip6_zone_assign(to, nif);
}

const u8_t *nd6_lladdr(const u8_t *o, const u8_t *end, u8_t type, const struct netif *nif)
{
  const u8_t *a = nd6_wire_lladdr(o, end, type, nif->hwaddr_len);

  return a != NULL && memcmp(a, nif->hwaddr, nif->hwaddr_len) != 0 ? a : NULL;
}

/** A solicitation for @p slot, which is ours. */
static void solicited(const u8_t *m, const u8_t *end, const struct ip_rx *rx, s8_t slot, const u8_t *lladdr)
{
  const ip6_addr_t *src = ip_2_ip6(&rx->src);
  const u8_t *nonce = nd6_wire_find(m + ND6_WIRE_NS_LEN, end, ND6_OPT_NONCE);
  struct netif *nif = rx->inp;

  if (ip6_addr_isany(src)) {
    if (nd6_dad_runs(nif, slot)) {
      nd6_dad_seen(nif, slot, nonce != NULL && nd6_wire_opt_len(nonce) == ND6_WIRE_NONCE_LEN ? nonce + 2 : NULL);
    } else if (ip6_addr_isvalid(netif_ip6_addr_state(nif, slot))) {
      nd6_send_na(nif, slot, NULL, ND6_NA_OVERRIDE); /* he probes for what is ours */
    }
    return;
  }
  if (!ip6_addr_isvalid(netif_ip6_addr_state(nif, slot))) {
    return; /* asked for what may not be ours: silence (RFC 4862 section 5.4.3) */
  }
  (void)nd6_heard(nif, src, lladdr);
  nd6_send_na(nif, slot, src, ND6_NA_SOLICITED | ND6_NA_OVERRIDE);
}

/** A neighbour solicitation (section 7.1.1, 7.2.3). */
static enum lwip_x_drop on_ns(const u8_t *m, const u8_t *end, const struct ip_rx *rx, const ip6_addr_t *target,
                              const u8_t *lladdr)
{
  const s8_t slot = netif_get_ip6_addr_match(rx->inp, target);

  if (ip6_addr_ismulticast(target)) {
    return DROP_ND6_TARGET;
  }
  /* Who has no address yet asks the group, and does not say where he is. */
  if (lwip_x_ip6_isany(ip_2_ip6(&rx->src)) && (!ip6_addr_issolicitednode(ip_2_ip6(&rx->dst)) ||
                                               nd6_wire_find(m + ND6_WIRE_NS_LEN, end, ND6_OPT_SOURCE) != NULL)) {
    return DROP_ND6_FORMAT;
  }
  if (slot < 0) {
    return DROP_ND6_TARGET;
  }
  solicited(m, end, rx, slot, lladdr);
  return DROP_NONE;
}

/** A neighbour advertisement (section 7.1.2, 7.2.5). */
static enum lwip_x_drop on_na(const u8_t *m, const struct ip_rx *rx, const ip6_addr_t *target, const u8_t *lladdr)
{
  const s8_t slot = netif_get_ip6_addr_match(rx->inp, target);
  nd6_neighbor *e = nd6_find(rx->inp, target);
  const u8_t flags = nd6_wire_na_flags(m);

  if (ip6_addr_ismulticast(target) || ((flags & ND6_NA_SOLICITED) != 0 && (rx->flags & IP_RX_MULTICAST) != 0)) {
    return DROP_ND6_FORMAT;
  }
  if (slot >= 0) {
    if (nd6_dad_runs(rx->inp, slot)) {
      nd6_dad_seen(rx->inp, slot, NULL);
      return DROP_NONE;
    }
    return DROP_ND6_CONFLICT;
  }
  if (e == NULL && LWIP_IPV6_FORWARD) {
    e = nd6_heard(rx->inp, target, lladdr);
    return e != NULL ? DROP_NONE : DROP_ND6_TARGET; /* routers take note (RFC 9131 section 6.1.1) */
  }
  if (e == NULL) {
    return DROP_ND6_TARGET; /* nobody asked */
  }
  nd6_advertised(e, lladdr, flags);
  return DROP_NONE;
}

/** A redirect (section 8.1, 8.3). */
static enum lwip_x_drop on_redirect(const u8_t *m, const struct ip_rx *rx, const ip6_addr_t *target, const u8_t *lladdr)
{
  struct netif *nif = rx->inp;
  nd6_neighbor *e;
  ip6_addr_t dest;

  nd6_addr_get(&dest, nd6_wire_rd_dest(m), nif);
  /* To a router, which has a link-local address, or to the destination itself. */
  if (!ip6_addr_islinklocal(ip_2_ip6(&rx->src)) || ip6_addr_ismulticast(&dest) || lwip_x_ip6_isany(&dest) ||
      ip6_addr_isloopback(&dest) || netif_get_ip6_addr_match(nif, target) >= 0 ||
      (!ip6_addr_islinklocal(target) && !lwip_x_ip6_same(target, &dest))) {
    return DROP_ND6_FORMAT;
  }
  if (!nd6_redirected(nif, ip_2_ip6(&rx->src), &dest, target)) {
    return DROP_ND6_SOURCE;
  }
  e = nd6_heard(nif, target, lladdr);
  if (e != NULL && !lwip_x_ip6_same(target, &dest)) {
    e->isrouter = 1;
  }
  return DROP_NONE;
}

static enum lwip_x_drop process(const struct pbuf *p, const struct ip_rx *rx)
{
  const u8_t *m = (const u8_t *)p->payload;
  const u8_t *end = m + p->len;
  const u8_t type = icmp6_wire_type(m);
  const u8_t *lladdr;
  ip6_addr_t target;

  if (!nd6_wire_check(m, p->len)) {
    return DROP_ND6_FORMAT;
  }
  if (type == ICMP6_WIRE_RA) {
    return nd6_ra(m, end, rx);
  }
  if (type == ICMP6_WIRE_RS) {
    return DROP_ND6_ROUTER; /* we are none */
  }
  nd6_addr_get(&target, nd6_wire_target(m), rx->inp);
  lladdr = nd6_lladdr(m + (type == ICMP6_WIRE_REDIRECT ? ND6_WIRE_RD_LEN : ND6_WIRE_NS_LEN), end,
                      type == ICMP6_WIRE_NS ? ND6_OPT_SOURCE : ND6_OPT_TARGET, rx->inp);
  if (type == ICMP6_WIRE_NS) {
    return on_ns(m, end, rx, &target, lladdr);
  }
  if (type == ICMP6_WIRE_NA) {
    return on_na(m, rx, &target, lladdr);
  }
  return LWIP_X_ND6_REDIRECTS ? on_redirect(m, rx, &target, lladdr) : DROP_ND6_SOURCE;
}

void nd6_rx(struct pbuf *p, const struct ip_rx *rx)
{
  enum lwip_x_drop why = DROP_ND6_FORMAT;

  ND6_STATS_INC(nd6.recv);
  if (p->next != NULL) {
    p = pbuf_coalesce(p, PBUF_RAW);
  }
  if (p->next == NULL) {
    why = process(p, rx);
  }
  drop(p, why);
}

void nd6_input(struct pbuf *p, struct netif *inp)
{
  icmp6_input(p, inp);
}

#endif
