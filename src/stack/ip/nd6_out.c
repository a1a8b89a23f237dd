/** Messages of neighbour discovery out.  One that cannot be sent for want of memory is lost; whoever needs it asks again. */
#include "nd6_internal.h"

#if LWIP_IPV6

#include "../mem/pbuf_ctrl.h"
#include "icmp6_send.h"

/** Octets of the longest message: a solicitation with an address and a nonce. */
#define MESSAGE_MAX (ND6_WIRE_NS_LEN + 8 + (NETIF_MAX_HWADDR_LEN > 6 ? 8 : 0) + ND6_WIRE_NONCE_LEN)

/** A message, as its parts. */
struct message {
  u8_t type, option;                     /**< option: 0 none, ND6_OPT_NONCE, or with our link-layer address */
  u8_t flags;                            /**< of an advertisement */
  s8_t slot;                             /**< of the nonce */
  const ip6_addr_t *src, *dest, *target; /**< target: NULL: none */
};

static u8_t *put_option(u8_t *o, const struct message *m, const struct netif *nif)
{
  if (m->option != ND6_OPT_NONCE) {
    return m->option != 0 ? nd6_wire_put_lladdr(o, m->option, nif->hwaddr, nif->hwaddr_len) : o;
  }
  o[0] = ND6_OPT_NONCE;
  o[1] = 1;
  nd6_dad_nonce(nif, m->slot, nif->x_nd6.dad_nonce[m->slot], o + 2);
  return o + ND6_WIRE_NONCE_LEN;
}

static void send(struct netif *nif, const struct message *m)
{
  struct pbuf *p = pbuf_alloc_ctrl(PBUF_IP, MESSAGE_MAX);
  u8_t *h, *o;

  if (p == NULL) {
    ND6_STATS_INC(nd6.memerr);
    return;
  }
  h = (u8_t *)p->payload;
  icmp6_wire_emit(h, m->type, 0, (u32_t)m->flags << 24);
  o = h + ND6_WIRE_RS_LEN;
  if (m->target != NULL) {
    ip6_wire_addr_put(o, m->target->addr);
    o = h + ND6_WIRE_NS_LEN;
  }
  pbuf_realloc(p, (u16_t)(put_option(o, m, nif) - h));
  ND6_STATS_INC(nd6.xmit);
  icmp6_send(p, m->src, m->dest, ND6_WIRE_HOPLIM, 0, nif);
}

/** Our link-layer address, unless the message is from an address that is not surely ours (RFC 4429 section 3.2). */
static u8_t own_option(const struct netif *nif, s8_t slot)
{
  return slot < 0 || nd6_dad_runs(nif, slot) ? 0 : ND6_OPT_SOURCE;
}

void nd6_link_group(ip6_addr_t *group, u32_t w2, u32_t w3, const struct netif *nif)
{
  LWIP_UNUSED_ARG(nif);
  IP6_ADDR(group, PP_HTONL(0xff020000UL), 0, w2, w3);
  ip6_addr_set_zone(group, netif_get_index(nif));
}

void nd6_send_ns(nd6_neighbor *e, bool to_it)
{
  struct netif *nif = e->netif;
  const ip_addr_t *src = ip6_select_source_address(nif, &e->next_hop_address);
  struct message m = { ICMP6_WIRE_NS, 0, 0, 0, NULL, &e->next_hop_address, &e->next_hop_address };
  ip6_addr_t group;
  s8_t slot;

  if (src == NULL) {
    return;
  }
  slot = (s8_t)(src - nif->ip6_addr);
  /* Nobody is asked from an address that is not surely ours, if there is another one (RFC 4429 section 3.3). */
  if (nd6_dad_runs(nif, slot) && ip6_addr_isvalid(netif_ip6_addr_state(nif, 0))) {
    slot = 0;
  }
  m.src = netif_ip6_addr(nif, slot);
  m.option = own_option(nif, slot);
  if (!to_it) {
    nd6_solicited_group(&group, m.target, nif);
    m.dest = &group;
  }
  send(nif, &m);
}

void nd6_send_probe(struct netif *nif, s8_t slot)
{
  const ip6_addr_t *target = netif_ip6_addr(nif, slot);
  ip6_addr_t group;
  const struct message m = { ICMP6_WIRE_NS, ND6_OPT_NONCE, 0, slot, IP6_ADDR_ANY6, &group, target };

  nd6_solicited_group(&group, target, nif);
  send(nif, &m);
}

void nd6_send_na(struct netif *nif, s8_t slot, const ip6_addr_t *dest, u8_t flags)
{
  const ip6_addr_t *own = netif_ip6_addr(nif, slot);
  struct message m = { ICMP6_WIRE_NA, ND6_OPT_TARGET, flags, 0, own, dest, own };
  ip6_addr_t all;

  if (dest == NULL) {
    nd6_link_group(&all, 0, PP_HTONL(1UL), nif);
    m.dest = &all;
  }
  if (nd6_dad_runs(nif, slot)) {
    m.flags &= (u8_t)~ND6_NA_OVERRIDE; /* not surely ours */
  }
  if (LWIP_IPV6_FORWARD) {
    m.flags |= ND6_NA_ROUTER;
  }
  send(nif, &m);
}

void nd6_send_rs(struct netif *nif)
{
  ip6_addr_t routers;
  const struct message m = { ICMP6_WIRE_RS, own_option(nif, 0), 0, 0, netif_ip6_addr(nif, 0), &routers, NULL };

  nd6_link_group(&routers, 0, PP_HTONL(2UL), nif);
  send(nif, &m);
}

#endif
