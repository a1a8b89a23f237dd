/**
 * IPv4 input: from octets to a struct ip_rx, and the decision what becomes of the packet.
 *
 * A chain whose first pbuf is short is made contiguous as far as headers can reach, once, so that
 * everybody above reads headers in place.  Then: header checks, addresses that cannot be, for whom it
 * is; in the end delivery, reassembly, forwarding or drop().  Nothing is written to the packet.
 */
#include "ip4_in.h"

#include "../base/core.h"
#include "../base/hooks.h"
#include "../link/netif_recent.h"
#include "../mem/drop.h"
#include "../mem/pbuf_pull.h"
#include "../wire/wire_ip4.h"
#include "../wire/wire_udp.h"
#include "icmp_error.h"
#include "igmp_host.h"
#include "ip4_forward.h"
#include "ip_reass.h"
#include "ip_chksum.h"
#include "ip_deliver.h"
#include "lwip/ip.h"
#include "lwip/stats.h"

#if LWIP_IPV4

/** As far as headers reach: IPv4 with options, ICMP, a quoted IPv4 header with options and 8 octets of what it carried. */
#define HEADERS_MAX (60 + 8 + 60 + 8)

/** First octets of addresses. */
enum { LOOPBACK = 127, FIRST_GROUP = 224, LAST_GROUP = 239 };

static u8_t first_octet(u32_t network_order)
{
  return ((const u8_t *)&network_order)[0];
}

static bool is_up(const struct netif *nif)
{
  return netif_is_up(nif) && netif_ip4_addr(nif)->addr != 0;
}

/** Where the broadcast address of the interface's network would be. */
static u32_t last_of_net(const struct netif *nif)
{
  return netif_ip4_addr(nif)->addr | ~netif_ip4_netmask(nif)->addr;
}

/** Is there a broadcast address?  Not without an address, on a line to one peer, or with a mask of 31 or 32 bits (RFC 3021). */
static bool has_broadcast(const struct netif *nif)
{
  return (nif->flags & NETIF_FLAG_BROADCAST) != 0 && netif_ip4_addr(nif)->addr != 0 &&
         (netif_ip4_netmask(nif)->addr | PP_HTONL(1)) != 0xffffffffu;
}

/** The interface that has the address @p addr, if any. */
static struct netif *owner(u32_t addr)
{
  struct netif *nif;

  NETIF_FOREACH(nif)
  {
    if (netif_ip4_addr(nif)->addr == addr) {
      return nif;
    }
  }
  return NULL;
}

/**
 * Can the packet have this source (RFC 1122 3.2.1.3)?  Groups, broadcasts and our own addresses
 * cannot, 127/8 only on the loop, 0.0.0.0 only from somebody who has no address yet.
 */
static bool source_possible(const struct netif *nif, const struct ip_rx *rx, u32_t src)
{
  const u8_t first = first_octet(src);

  if (first >= FIRST_GROUP || (src == last_of_net(nif) && has_broadcast(nif))) {
    return false;
  }
  if (first == 0) {
    return src == 0 && (rx->flags & (IP_RX_BROADCAST | IP_RX_MULTICAST)) != 0;
  }
  if (first == LOOPBACK) {
    return first_octet(netif_ip4_addr(nif)->addr) == LOOPBACK;
  }
  return owner(src) == NULL;
}

#if LWIP_IGMP
static bool is_member(struct netif *nif, const ip4_addr_t *group)
{
  return igmp_lookfor_group(nif, group) != NULL;
}
#else
/** Without IGMP nobody keeps a list of groups: whoever bound a pcb decides. */
static bool is_member(struct netif *nif, const ip4_addr_t *group)
{
  (void)group;
  return is_up(nif);
}
#endif

#ifdef LWIP_IP_ACCEPT_UDP_PORT
#define ACCEPT_PORT(port) (LWIP_IP_ACCEPT_UDP_PORT(lwip_htons(port)))
#else
#define ACCEPT_PORT(port) ((void)(port), 0)
#endif

/**
 * DHCP answers may come to an address we do not have yet (RFC 2131 4.1), and a program may want the
 * same for ports of its own.
 */
static bool is_for_unconfigured(const struct pbuf *p, const struct ip_rx *rx)
{
  u16_t port;

  if (rx->proto != IP4_WIRE_UDP || p->len < rx->hlen + UDP_WIRE_HLEN || ip4_wire_offset(rx->hdr) != 0) {
    return false;
  }
  port = udp_wire_dport(rx->hdr + rx->hlen);
  return (LWIP_DHCP && port == 68) || ACCEPT_PORT(port);
}

/** Any destination but the interface's own address: the kind it is goes to rx->flags.  @return rx->nif */
static struct netif *classify(struct netif *nif, struct ip_rx *rx, u32_t dst)
{
  const u8_t first = first_octet(dst);
  struct netif *other;

  if (first >= FIRST_GROUP && first <= LAST_GROUP) {
    rx->flags |= IP_RX_MULTICAST;
    return is_member(nif, ip_2_ip4(&rx->dst)) ? nif : NULL;
  }
  if (dst == 0xffffffffu || (dst == last_of_net(nif) && has_broadcast(nif))) {
    rx->flags |= IP_RX_BROADCAST;
    return is_up(nif) ? nif : NULL;
  }
  if (dst == 0 || (first == LOOPBACK && (rx->flags & IP_RX_LOOPED) == 0)) {
    return NULL;
  }
  other = owner(dst);
  if (other != NULL && is_up(other)) {
    return other;
  }
  return first == LOOPBACK ? nif : NULL;
}

/** A header that does not begin with 0x45: wrong, or with options. */
static enum lwip_x_drop check_unusual(const struct pbuf *p, const u8_t *h)
{
  const u8_t hlen = ip4_wire_hlen(h);

  if (ip4_wire_version(h) != 4) {
    return DROP_IP4_VERSION;
  }
  if (hlen < IP4_WIRE_HLEN || hlen > p->len) {
    return DROP_IP4_HLEN;
  }
  if (!IP_OPTIONS_ALLOWED || !ip4_wire_options_ok(h + IP4_WIRE_HLEN, hlen - (size_t)IP4_WIRE_HLEN)) {
    return DROP_IP4_OPTIONS;
  }
  return DROP_NONE;
}

/** Of a pbuf: nobody has to check its checksums. */
#define TRUSTED ((ENABLE_LOOPBACK ? PBUF_FLAG_X_LOOPED : 0) | (LWIP_X_RX_CHECKED ? PBUF_FLAG_X_CHECKED : 0))

/** IP_RX_* for the flags of a pbuf. */
static u16_t rx_flags(u8_t pbuf_flags)
{
  if ((pbuf_flags & (TRUSTED | PBUF_FLAG_LLBCAST | PBUF_FLAG_LLMCAST)) == 0) {
    return 0;
  }
  return (u16_t)(((pbuf_flags & PBUF_FLAG_X_LOOPED) != 0 ? IP_RX_LOOPED : 0) |
                 (LWIP_X_RX_CHECKED && (pbuf_flags & PBUF_FLAG_X_CHECKED) != 0 ? IP_RX_CHECKED : 0) |
                 ((pbuf_flags & (PBUF_FLAG_LLBCAST | PBUF_FLAG_LLMCAST)) != 0 ? IP_RX_LINK_GROUP : 0));
}

/**
 * An impossible source, or a unicast packet in a broadcast frame, which is somebody's trick (RFC 1122
 * 3.3.6) unless DHCP sends it.
 */
static enum lwip_x_drop check_addresses(const struct pbuf *p, const struct ip_rx *rx, u32_t src)
{
  if ((rx->flags & IP_RX_LOOPED) == 0 && !source_possible(rx->inp, rx, src)) {
    return DROP_IP4_SOURCE;
  }
  if ((rx->flags & (IP_RX_LINK_GROUP | IP_RX_BROADCAST | IP_RX_MULTICAST)) == IP_RX_LINK_GROUP &&
      !is_for_unconfigured(p, rx)) {
    return DROP_IP4_DEST;
  }
  if (rx->flags == 0) {
    netif_recent.src = src;
    netif_recent.in = rx->inp;
  }
  return DROP_NONE;
}

enum lwip_x_drop ip4_rx_parse(const struct pbuf *p, struct netif *nif, struct ip_rx *rx)
{
  const u8_t *h = (const u8_t *)p->payload;
  u8_t hlen = IP4_WIRE_HLEN;
  u16_t len, flags;
  u32_t src, dst;

  if (p->len < IP4_WIRE_HLEN) {
    return DROP_IP4_SHORT;
  }
  if (h[0] != 0x45) {
    const enum lwip_x_drop why = check_unusual(p, h);
    if (why != DROP_NONE) {
      return why;
    }
    hlen = ip4_wire_hlen(h);
  }
  len = ip4_wire_len(h);
  if (len < hlen || len > p->tot_len) {
    return DROP_IP4_LEN;
  }
  if (ip_chksum_on(nif, CHECK_IP) && (p->flags & TRUSTED) == 0 && ip4_wire_sum(h, hlen) != 0xffffu) {
    return DROP_IP4_CHKSUM;
  }
  rx->nif = nif;
  rx->inp = nif;
  rx->hdr = h;
  rx->hlen = hlen;
  rx->len = (u16_t)(len - hlen);
  flags = rx_flags(p->flags);
  rx->flags = flags;
  rx->tos = ip4_wire_tos(h);
  rx->ttl = ip4_wire_ttl(h);
  rx->proto = ip4_wire_proto(h);
  src = ip4_wire_src(h);
  dst = ip4_wire_dst(h);
  ip_addr_set_ip4_u32_val(rx->src, src);
  ip_addr_set_ip4_u32_val(rx->dst, dst);
  if (dst != netif_ip4_addr(nif)->addr || !is_up(nif)) {
    rx->nif = classify(nif, rx, dst);
  } else if (flags == 0 && src == netif_recent.src && nif == netif_recent.in) {
    return DROP_NONE; /* as the packet before */
  }
  return check_addresses(p, rx, src);
}

#if IP_FORWARD
static void pass_on(struct pbuf *p, const struct ip_rx *rx)
{
  if ((rx->flags & (IP_RX_BROADCAST | IP_RX_MULTICAST)) != 0) {
    drop(p, DROP_IP4_DEST);
  } else {
    ip4_forward(p, rx);
  }
}
#else
static void pass_on(struct pbuf *p, const struct ip_rx *rx)
{
  (void)rx;
  drop(p, DROP_IP4_DEST);
}
#endif

/** For a packet of nobody here: to a port that takes it nevertheless, to another host, or into the bin.  Takes @p p unless it returns true. */
static bool adopt(struct pbuf *p, struct ip_rx *rx)
{
  if (is_for_unconfigured(p, rx)) {
    rx->nif = rx->inp;
    return true;
  }
  pass_on(p, rx);
  return false;
}

/** The headers of a chain in one piece.  Takes @p p.  @return NULL: no memory */
static struct pbuf *gather(struct pbuf *p)
{
  return pbuf_pull(p, (u16_t)LWIP_MIN(p->tot_len, HEADERS_MAX));
}

/** Deliver the datagram @p p completes, if it does.  Takes @p p. */
static void reassemble(struct pbuf *p, struct ip_rx *rx)
{
  p = ip4_reass_add(p, rx);
  if (p != NULL) {
    p = gather(p);
  }
  if (p != NULL) {
    rx->hdr = (const u8_t *)p->payload;
    ip_deliver(p, rx);
  }
}

void ip4_rx(struct pbuf *p, struct netif *nif)
{
  struct ip_rx rx;
  enum lwip_x_drop why;

  IP_STATS_INC(ip.recv);
  MIB2_STATS_INC(mib2.ipinreceives);
  if (hook_ip4_input(p, nif)) {
    return;
  }
  if (p->next != NULL) {
    p = gather(p);
    if (p == NULL) {
      return;
    }
  }
  why = ip4_rx_parse(p, nif, &rx);
  if (why != DROP_NONE) {
    drop(p, why);
    return;
  }
  if (p->tot_len != rx.hlen + rx.len) {
    pbuf_realloc(p, (u16_t)(rx.hlen + rx.len));
  }
  if (rx.nif == NULL && !adopt(p, &rx)) {
    return;
  }
  if (ip4_wire_is_fragment(rx.hdr)) {
    reassemble(p, &rx);
  } else {
    ip_deliver(p, &rx);
  }
}

err_t ip4_input(struct pbuf *p, struct netif *inp)
{
  core_input(p, inp, ip4_rx);
  return ERR_OK;
}

#if LWIP_IPV6
err_t ip_input(struct pbuf *p, struct netif *inp)
{
  if (p->len > 0 && ip4_wire_version((const u8_t *)p->payload) == 4) {
    return ip4_input(p, inp);
  }
  return ip6_input(p, inp);
}
#endif

#if IP_DEBUG
void ip4_debug_print(struct pbuf *p)
{
  const u8_t *h = (const u8_t *)p->payload;

  LWIP_UNUSED_ARG(h); /* where nothing is printed */
  LWIP_DEBUGF(IP_DEBUG, ("IPv4 header: version %" U16_F ", %" U16_F " octets, tos %" U16_F ", total %" U16_F "\n",
                         (u16_t)ip4_wire_version(h), (u16_t)ip4_wire_hlen(h), (u16_t)ip4_wire_tos(h), ip4_wire_len(h)));
  LWIP_DEBUGF(IP_DEBUG, ("  id %" U16_F ", fragment field 0x%" X16_F ", ttl %" U16_F ", protocol %" U16_F "\n",
                         ip4_wire_id(h), ip4_wire_frag(h), (u16_t)ip4_wire_ttl(h), (u16_t)ip4_wire_proto(h)));
  LWIP_DEBUGF(IP_DEBUG, ("  from 0x%" X32_F " to 0x%" X32_F "\n", be32_get(h + 12), be32_get(h + 16)));
}
#endif

#endif
