/** Messages of neighbour discovery out.  One that cannot be sent for want of memory is lost; whoever needs it asks again. */
#include "nd6_internal.h"

#if LWIP_IPV6

#include "../mem/pbuf_ctrl.h"
#include "lwip/inet_chksum.h"
#include "lwip/ip6.h"

/** Octets of the longest message: a solicitation with an address and a nonce. */
#define MESSAGE_MAX (ND6_WIRE_NS_LEN + 8 + (NETIF_MAX_HWADDR_LEN > 6 ? 8 : 0) + ND6_WIRE_NONCE_LEN)

/** Send the message from @p m to @p end. */
static void send(struct netif *nif, const u8_t *m, const u8_t *end, const ip6_addr_t *src, const ip6_addr_t *dest)
{
  const u16_t len = (u16_t)(end - m);
  struct pbuf *p = pbuf_alloc_ctrl(PBUF_IP, len);

  if (p == NULL) {
    ND6_STATS_INC(nd6.memerr);
    return;
  }
  memcpy(p->payload, m, len);
  icmp6_wire_chksum_put((u8_t *)p->payload, ip6_chksum_pseudo(p, IP6_WIRE_ICMP6, len, src, dest));
  ND6_STATS_INC(nd6.xmit);
  (void)ip6_output_if_src(p, src, dest, ND6_WIRE_HOPLIM, 0, IP6_WIRE_ICMP6, nif);
  pbuf_free(p);
}

/** Our link-layer address, unless the message is from an address that is not surely ours (RFC 4429 section 3.2). */
static u8_t *put_own(u8_t *o, u8_t type, struct netif *nif, const ip6_addr_t *src)
{
  const s8_t slot = netif_get_ip6_addr_match(nif, src);

  return slot < 0 || nd6_dad_runs(nif, slot) ? o : nd6_wire_put_lladdr(o, type, nif->hwaddr, nif->hwaddr_len);
}

static u8_t *begin(u8_t *m, u8_t type, u32_t flags, const ip6_addr_t *target)
{
  icmp6_wire_emit(m, type, 0, flags << 24);
  ip6_wire_addr_put(m + 8, target->addr);
  return m + ND6_WIRE_NS_LEN;
}

void nd6_link_group(ip6_addr_t *group, u32_t w2, u32_t w3, const struct netif *nif)
{
  LWIP_UNUSED_ARG(nif);
  IP6_ADDR(group, PP_HTONL(0xff020000UL), 0, w2, w3);
  ip6_addr_set_zone(group, netif_get_index(nif));
}

/** Nobody is asked from an address that is not surely ours, if there is another one (RFC 4429 section 3.3). */
static const ip_addr_t *asker(struct netif *nif, const ip6_addr_t *dest)
{
  const ip_addr_t *src = ip6_select_source_address(nif, dest);

  if (src != NULL && nd6_dad_runs(nif, netif_get_ip6_addr_match(nif, ip_2_ip6(src))) &&
      ip6_addr_isvalid(netif_ip6_addr_state(nif, 0))) {
    return netif_ip_addr6(nif, 0);
  }
  return src;
}

void nd6_send_ns(nd6_neighbor *e, bool to_it)
{
  const ip_addr_t *src = asker(e->netif, &e->next_hop_address);
  u8_t m[MESSAGE_MAX];
  ip6_addr_t group;
  u8_t *end = begin(m, ICMP6_WIRE_NS, 0, &e->next_hop_address);

  if (src == NULL) {
    return;
  }
  nd6_solicited_group(&group, &e->next_hop_address, e->netif);
  end = put_own(end, ND6_OPT_SOURCE, e->netif, ip_2_ip6(src));
  send(e->netif, m, end, ip_2_ip6(src), to_it ? &e->next_hop_address : &group);
}

void nd6_send_probe(struct netif *nif, s8_t slot)
{
  const ip6_addr_t *target = netif_ip6_addr(nif, slot);
  u8_t m[MESSAGE_MAX];
  ip6_addr_t group, none;
  u8_t *end = begin(m, ICMP6_WIRE_NS, 0, target);

  nd6_solicited_group(&group, target, nif);
  ip6_addr_set_any(&none);
  end[0] = ND6_OPT_NONCE;
  end[1] = 1;
  nd6_dad_nonce(nif, slot, nif->x_nd6.dad_nonce[slot], end + 2);
  send(nif, m, end + ND6_WIRE_NONCE_LEN, &none, &group);
}

void nd6_send_na(struct netif *nif, s8_t slot, const ip6_addr_t *dest, u8_t flags)
{
  const ip6_addr_t *target = netif_ip6_addr(nif, slot);
  u8_t m[MESSAGE_MAX];
  ip6_addr_t all;
  u8_t *end;

  if (dest == NULL) {
    nd6_link_group(&all, 0, PP_HTONL(1UL), nif);
    dest = &all;
  }
  if (nd6_dad_runs(nif, slot)) {
    flags &= (u8_t)~ND6_NA_OVERRIDE; /* not surely ours */
  }
  if (LWIP_IPV6_FORWARD) {
    flags |= ND6_NA_ROUTER;
  }
  end = begin(m, ICMP6_WIRE_NA, flags, target);
  end = nd6_wire_put_lladdr(end, ND6_OPT_TARGET, nif->hwaddr, nif->hwaddr_len);
  send(nif, m, end, target, dest);
}

void nd6_send_rs(struct netif *nif)
{
  const ip6_addr_t *src = netif_ip6_addr(nif, 0);
  u8_t m[MESSAGE_MAX];
  ip6_addr_t routers;

  icmp6_wire_emit(m, ICMP6_WIRE_RS, 0, 0);
  nd6_link_group(&routers, 0, PP_HTONL(2UL), nif);
  send(nif, m, put_own(m + ND6_WIRE_RS_LEN, ND6_OPT_SOURCE, nif, src), src, &routers);
}

#endif
