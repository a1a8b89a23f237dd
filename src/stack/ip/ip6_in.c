/**
 * IPv6 input: from octets to a struct ip_rx, and the decision what becomes of the packet.
 *
 * As in ip4_in.c a chain whose first pbuf is short is made contiguous as far as headers can reach.  Then:
 * the header, addresses that cannot be, for whom it is, and only for ourselves the chain of extension
 * headers (RFC 8200 section 4); in the end delivery, reassembly, forwarding or drop().  Nothing is written to
 * the packet.
 */
#include "ip6_in.h"

#include "../base/core.h"
#include "../base/hooks.h"
#include "../mem/drop.h"
#include "../mem/pbuf_pull.h"
#include "icmp6_error.h"
#include "ip6_forward.h"
#include "ip6_out.h"
#include "ip_deliver.h"
#include "ip_reass.h"
#include "ip_zone.h"
#include "lwip/ip.h"
#include "lwip/mld6.h"
#include "lwip/stats.h"

#if LWIP_IPV6

/** As far as the headers of a TCP segment or a UDP datagram reach; and of what has extension headers, or quotes a packet. */
enum { HEADERS_PLAIN = IP6_WIRE_HLEN + 60, HEADERS_MAX = PBUF_PULL_MAX };

static bool is_up(const struct netif *nif)
{
  return netif_is_up(nif);
}

/** The interface that has the address @p addr, if any; what is link-local has a zone and is found on its own link only. */
static struct netif *owner(const ip6_addr_t *addr)
{
  struct netif *nif;

  NETIF_FOREACH(nif)
  {
    if (is_up(nif) && ip6_owns(nif, addr)) {
      return nif;
    }
  }
  return NULL;
}

/** Is @p group the solicited-node group of an address of @p nif, be it still tentative (RFC 4291 2.7.1)? */
static bool is_solicited(const struct netif *nif, const ip6_addr_t *group)
{
  int i;

  for (i = 0; i < LWIP_IPV6_NUM_ADDRESSES; i++) {
    if (!ip6_addr_isinvalid(netif_ip6_addr_state(nif, i)) && ip6_addr_solicitednode_eq(group, netif_ip6_addr(nif, i))) {
      return true;
    }
  }
  return false;
}

#if LWIP_IPV6_MLD
static bool has_joined(struct netif *nif, const ip6_addr_t *group)
{
  return mld6_lookfor_group(nif, group) != NULL;
}
#else
static bool has_joined(struct netif *nif, const ip6_addr_t *group)
{
  (void)nif;
  (void)group;
  return false;
}
#endif

/** RFC 4291 2.8: the groups every node is in, and those it joined. */
static bool is_member(struct netif *nif, const ip6_addr_t *group)
{
  if (ip6_addr_isallnodes_linklocal(group) || ip6_addr_isallnodes_iflocal(group) || is_solicited(nif, group)) {
    return true;
  }
  return (LWIP_IPV6_FORWARD && ip6_addr_isallrouters_linklocal(group)) || has_joined(nif, group);
}

/** Can a packet be sent to this group over a link (RFC 4291 2.7)? */
static bool group_possible(const ip6_addr_t *group, const struct ip_rx *rx)
{
  const u8_t scope = (u8_t)ip6_addr_multicast_scope(group);

  return scope != IP6_MULTICAST_SCOPE_RESERVED0 &&
         (scope != IP6_MULTICAST_SCOPE_INTERFACE_LOCAL || (rx->flags & IP_RX_LOOPED) != 0);
}

/** Any destination but an address of the interface's own: the kind it is goes to rx->flags.  @return rx->nif */
static struct netif *classify(struct netif *nif, struct ip_rx *rx, const ip6_addr_t *dst)
{
  if (ip6_addr_ismulticast(dst)) {
    rx->flags |= IP_RX_MULTICAST;
    return is_up(nif) && group_possible(dst, rx) && is_member(nif, dst) ? nif : NULL;
  }
  if (ip6_addr_isloopback(dst)) {
    return (rx->flags & IP_RX_LOOPED) != 0 ? nif : NULL;
  }
  return owner(dst);
}

/**
 * Addresses no packet on a link has: a group or the loopback address as source (RFC 4291 2.7, 2.5.3), nobody as
 * destination, and IPv4 addresses mapped to IPv6 at either end, which would pass filters in disguise.
 */
static bool addresses_possible(const struct ip_rx *rx, const ip6_addr_t *src, const ip6_addr_t *dst)
{
  if (src->addr[0] != 0 && dst->addr[0] != 0) {
    return !ip6_addr_ismulticast(src); /* none of the others */
  }
  if (ip6_addr_ismulticast(src) || lwip_x_ip6_isany(dst) || ip6_addr_isipv4mappedipv6(src) ||
      ip6_addr_isipv4mappedipv6(dst)) {
    return false;
  }
  return (rx->flags & IP_RX_LOOPED) != 0 || (!ip6_addr_isloopback(src) && !ip6_addr_isloopback(dst));
}

/** The unspecified address; hardly any packet has another one that begins with zeros. */
static bool is_nobody(const ip6_addr_t *addr)
{
  return addr->addr[0] == 0 && lwip_x_ip6_isany(addr);
}

/** IP_RX_* for the flags of a pbuf. */
static u16_t rx_flags(u8_t pbuf_flags)
{
  return (u16_t)(IP_RX_V6 | ((pbuf_flags & PBUF_FLAG_X_LOOPED) != 0 ? IP_RX_LOOPED : 0) |
                 (LWIP_X_RX_CHECKED && (pbuf_flags & PBUF_FLAG_X_CHECKED) != 0 ? IP_RX_CHECKED : 0) |
                 ((pbuf_flags & (PBUF_FLAG_LLBCAST | PBUF_FLAG_LLMCAST)) != 0 ? IP_RX_LINK_GROUP : 0));
}

static void get_address(ip_addr_t *to, const u8_t *from)
{
  u32_t *w = ip_2_ip6(to)->addr;

  w[0] = ne32_get(from); /* for each packet: no loop */
  w[1] = ne32_get(from + 4);
  w[2] = ne32_get(from + 8);
  w[3] = ne32_get(from + 12);
  IP_SET_TYPE(to, IPADDR_TYPE_V6);
}

enum lwip_x_drop ip6_rx_parse(const struct pbuf *p, struct netif *nif, struct ip_rx *rx)
{
  const u8_t *h = (const u8_t *)p->payload;
  ip6_addr_t *dst = ip_2_ip6(&rx->dst);
  unsigned owns;

  if (p->len < IP6_WIRE_HLEN) {
    return DROP_IP6_SHORT;
  }
  if (ip6_wire_version(h) != 6) {
    return DROP_IP6_VERSION;
  }
  rx->len = ip6_wire_plen(h);
  if (rx->len > p->tot_len - IP6_WIRE_HLEN) {
    return DROP_IP6_LEN;
  }
  rx->nif = nif;
  rx->inp = nif;
  rx->hdr = h;
  rx->hlen = IP6_WIRE_HLEN;
  rx->flags = rx_flags(p->flags);
  rx->tos = ip6_wire_class(h);
  rx->ttl = ip6_wire_hoplim(h);
  rx->proto = ip6_wire_nexth(h);
  rx->nexth_at = IP6_WIRE_NEXTH_AT;
  get_address(&rx->src, h + 8);
  get_address(&rx->dst, h + 24);
  ip6_zone_assign_fast(ip_2_ip6(&rx->src), nif);
  ip6_zone_assign_fast(dst, nif);
  if (!addresses_possible(rx, ip_2_ip6(&rx->src), dst)) {
    return DROP_IP6_SOURCE;
  }
  owns = ip6_owns_which(nif, ip_2_ip6(&rx->src), dst);
  if ((owns & IP6_OWNS_SRC) != 0 || is_nobody(ip_2_ip6(&rx->src))) {
    rx->flags |= IP_RX_ODD_SOURCE;
  }
  if ((owns & IP6_OWNS_DST) == 0 || !is_up(nif)) {
    rx->nif = classify(nif, rx, dst);
  }
  return DROP_NONE;
}

/** Tell the sender what is wrong with the headers, if he is to be told (RFC 8200 section 4).  Takes @p p. */
static void refuse(struct pbuf *p, const struct ip_rx *rx, enum ip6_wire_chain what, const struct ip6_chain *c)
{
  static const struct {
    u8_t code; /**< of Parameter Problem, 255: silence */
    u8_t why;
  } answers[] = {
    [IP6_CHAIN_CUT] = { 255, DROP_IP6_EXT },         [IP6_CHAIN_LIMIT] = { 255, DROP_IP6_EXT },
    [IP6_CHAIN_DISCARD] = { 255, DROP_IP6_OPTION },  [IP6_CHAIN_ROUTING] = { 0, DROP_IP6_ROUTING },
    [IP6_CHAIN_ORDER] = { 1, DROP_IP6_EXT },         [IP6_CHAIN_OPTION] = { 2, DROP_IP6_OPTION },
    [IP6_CHAIN_OPTION_ANY] = { 2, DROP_IP6_OPTION }, [IP6_CHAIN_FIRST] = { 3, DROP_IP6_EXT },
  };

  if (answers[what].code != 255) {
    icmp6_error_param(p, rx, answers[what].code, c->at, what == IP6_CHAIN_OPTION_ANY);
  }
  drop(p, (enum lwip_x_drop)answers[what].why);
}

/** Nobody may speak without an address but ND and MLD; and nobody but them in our name. */
static bool source_possible(const struct ip_rx *rx)
{
  return (rx->flags & IP_RX_ODD_SOURCE) == 0 || rx->proto == IP6_WIRE_ICMP6 || (rx->flags & IP_RX_LOOPED) != 0;
}

/** All headers are known.  Takes @p p. */
static void deliver(struct pbuf *p, struct ip_rx *rx)
{
  if (!source_possible(rx)) {
    drop(p, DROP_IP6_SOURCE);
  } else if (rx->proto == IP6_WIRE_NONE) {
    drop(p, DROP_NONE); /* RFC 8200 section 4.7 */
  } else {
    ip_deliver(p, rx);
  }
}

/** The headers of a chain in one piece.  Takes @p p.  @return NULL: no memory */
static struct pbuf *gather(struct pbuf *p, u16_t most)
{
  return pbuf_pull(p, (u16_t)LWIP_MIN(p->tot_len, most));
}

/** Walk the extension headers and tell *@p rx.  Takes @p p unless it is whole or a fragment. */
static enum ip6_wire_chain examine(struct pbuf *p, struct ip_rx *rx, struct ip6_chain *c)
{
  const enum ip6_wire_chain what = ip6_wire_walk(rx->hdr, p->tot_len, p->len, c);

  rx->len = (u16_t)(p->tot_len - c->hlen);
  rx->hlen = c->hlen;
  rx->proto = c->nexth;
  rx->nexth_at = (u8_t)c->nexth_at;
  if (what != IP6_CHAIN_WHOLE && what != IP6_CHAIN_FRAGMENT) {
    refuse(p, rx, what, c);
    return what;
  }
  rx->flags |= (u8_t)((c->alert ? IP_RX_ALERT : 0) | (c->frag != 0 ? IP_RX_FRAGMENT : 0));
  return what;
}

/** The packet @p p completes, its headers in one piece; NULL if it does not.  Takes @p p. */
static struct pbuf *reassemble(struct pbuf *p, struct ip_rx *rx, const struct ip6_chain *c)
{
  p = ip6_reass_add(p, rx, c);
  if (p != NULL) {
    p = gather(p, HEADERS_MAX);
  }
  if (p != NULL) {
    rx->hdr = (const u8_t *)p->payload;
  }
  return p;
}

/** A packet for us with extension headers.  Those of a reassembled one are all in one piece only now.  Takes @p p. */
static void process(struct pbuf *p, struct ip_rx *rx)
{
  struct ip6_chain c;
  enum ip6_wire_chain what = examine(p, rx, &c);

  if (what == IP6_CHAIN_FRAGMENT) {
    p = reassemble(p, rx, &c);
    if (p == NULL) {
      return;
    }
    what = examine(p, rx, &c);
  }
  if (what == IP6_CHAIN_WHOLE) {
    deliver(p, rx);
  }
}

/** For another host.  Takes @p p. */
static void pass_on(struct pbuf *p, const struct ip_rx *rx)
{
  if (!LWIP_IPV6_FORWARD || (rx->flags & (IP_RX_MULTICAST | IP_RX_LINK_GROUP)) != 0) {
    drop(p, DROP_IP6_DEST);
  } else {
    ip6_forward(p, rx);
  }
}

void ip6_rx(struct pbuf *p, struct netif *nif)
{
  struct ip_rx rx;
  enum lwip_x_drop why;

  IP6_STATS_INC(ip6.recv);
  if (hook_ip6_input(p, nif)) {
    return;
  }
  if (p->next != NULL) {
    const u8_t nexth = p->len > IP6_WIRE_NEXTH_AT ? ip6_wire_nexth((const u8_t *)p->payload) : 0;
    p = gather(p, nexth == IP6_WIRE_TCP || nexth == IP6_WIRE_UDP ? HEADERS_PLAIN : HEADERS_MAX);
    if (p == NULL) {
      return;
    }
  }
  why = ip6_rx_parse(p, nif, &rx);
  if (why != DROP_NONE) {
    drop(p, why);
    return;
  }
  if (p->tot_len != IP6_WIRE_HLEN + rx.len) {
    pbuf_realloc(p, (u16_t)(IP6_WIRE_HLEN + rx.len));
  }
  if (rx.nif == NULL) {
    pass_on(p, &rx);
  } else if (ip6_wire_is_ext(rx.proto)) {
    process(p, &rx);
  } else {
    deliver(p, &rx);
  }
}

err_t ip6_input(struct pbuf *p, struct netif *inp)
{
  if (core_busy()) {
    core_defer_input(p, inp, ip6_rx);
    return ERR_OK;
  }
  if (!core_enter()) {
    drop(p, DROP_CORE_BUSY);
    return ERR_OK;
  }
  ip6_rx(p, inp);
  core_leave();
  return ERR_OK;
}

#if IP6_DEBUG
void ip6_debug_print(struct pbuf *p)
{
  const u8_t *h = (const u8_t *)p->payload;

  LWIP_UNUSED_ARG(h); /* where nothing is printed */
  LWIP_DEBUGF(IP6_DEBUG, ("IPv6 header: version %" U16_F ", class %" U16_F ", flow 0x%" X32_F ", %" U16_F " octets\n",
                          (u16_t)ip6_wire_version(h), (u16_t)ip6_wire_class(h), ip6_wire_flow(h), ip6_wire_plen(h)));
  LWIP_DEBUGF(IP6_DEBUG, ("  next header %" U16_F ", hop limit %" U16_F "\n", (u16_t)ip6_wire_nexth(h),
                          (u16_t)ip6_wire_hoplim(h)));
}
#endif

#endif
