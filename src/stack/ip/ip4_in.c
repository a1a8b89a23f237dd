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
#include "../mem/drop.h"
#include "../mem/pbuf_pull.h"
#include "../wire/wire_ip4.h"
#include "../wire/wire_udp.h"
#include "icmp_error.h"
#include "igmp_host.h"
#include "ip4_forward.h"
#include "ip4_reass.h"
#include "ip_chksum.h"
#include "ip_deliver.h"
#include "lwip/ip.h"
#include "lwip/stats.h"

#if LWIP_IPV4

/** As far as headers reach: IPv4 with options, ICMP, a quoted IPv4 header with options and 8 octets of what it carried. */
#define HEADERS_MAX (60 + 8 + 60 + 8)

/** All groups, class E and 255.255.255.255 begin here, host order. */
#define FIRST_NOT_UNICAST 0xe0000000u
#define IS_GROUP(host_order) (((host_order) >> 28) == 0xeu)
#define IS_LOOPBACK(network_order) (((network_order) & PP_HTONL(0xff000000u)) == PP_HTONL(0x7f000000u))

static bool is_up(const struct netif *nif)
{
  return netif_is_up(nif) && netif_ip4_addr(nif)->addr != 0;
}

/** The broadcast address of the interface's network; 0 if it has none: no address, no broadcasts, or a mask of 31 or 32 bits (RFC 3021). */
static u32_t net_broadcast(const struct netif *nif)
{
  const u32_t mask = netif_ip4_netmask(nif)->addr;

  if ((nif->flags & NETIF_FLAG_BROADCAST) == 0 || netif_ip4_addr(nif)->addr == 0 ||
      (mask | PP_HTONL(1)) == 0xffffffffu) {
    return 0;
  }
  return netif_ip4_addr(nif)->addr | ~mask;
}

/** The interface that has the address @p addr, if any. */
static struct netif *owner(u32_t addr)
{
  struct netif *nif;

  NETIF_FOREACH(nif) {
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
  if ((rx->flags & IP_RX_LOOPED) != 0) {
    return true;
  }
  if (src == 0) {
    return (rx->flags & (IP_RX_BROADCAST | IP_RX_MULTICAST)) != 0;
  }
  if (lwip_ntohl(src) >= FIRST_NOT_UNICAST || owner(src) != NULL) {
    return false;
  }
  if (IS_LOOPBACK(src)) {
    return IS_LOOPBACK(netif_ip4_addr(nif)->addr);
  }
  return src != net_broadcast(nif);
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

/** Find rx->nif and the kind of address @p dst is. */
static void classify(struct netif *nif, struct ip_rx *rx, u32_t dst)
{
  rx->nif = NULL;
  if (dst == netif_ip4_addr(nif)->addr && dst != 0) {
    rx->nif = is_up(nif) ? nif : NULL;
  } else if (IS_GROUP(lwip_ntohl(dst))) {
    rx->flags |= IP_RX_MULTICAST;
    rx->nif = is_member(nif, ip_2_ip4(&rx->dst)) ? nif : NULL;
  } else if (dst == 0xffffffffu || (dst == net_broadcast(nif) && dst != 0)) {
    rx->flags |= IP_RX_BROADCAST;
    rx->nif = is_up(nif) ? nif : NULL;
  } else if (!IS_LOOPBACK(dst) || (rx->flags & IP_RX_LOOPED) != 0) {
    struct netif *other = dst == 0 ? NULL : owner(dst);
    rx->nif = other != NULL && is_up(other) ? other : NULL;
    if (rx->nif == NULL && IS_LOOPBACK(dst)) {
      rx->nif = nif;
    }
  }
}

static enum lwip_x_drop check_header(const struct pbuf *p, const struct netif *nif, const u8_t *h)
{
  const u8_t hlen = ip4_wire_hlen(h);

  if (ip4_wire_version(h) != 4) {
    return DROP_IP4_VERSION;
  }
  if (hlen < IP4_WIRE_HLEN || hlen > p->len) {
    return DROP_IP4_HLEN;
  }
  if (ip4_wire_len(h) < hlen || ip4_wire_len(h) > p->tot_len) {
    return DROP_IP4_LEN;
  }
  if (ip_chksum_on(nif, CHECK_IP) && (p->flags & PBUF_FLAG_X_LOOPED) == 0 && ip4_wire_sum(h, hlen) != 0xffffu) {
    return DROP_IP4_CHKSUM;
  }
  if (hlen > IP4_WIRE_HLEN &&
      (!IP_OPTIONS_ALLOWED || !ip4_wire_options_ok(h + IP4_WIRE_HLEN, hlen - (size_t)IP4_WIRE_HLEN))) {
    return DROP_IP4_OPTIONS;
  }
  return DROP_NONE;
}

enum lwip_x_drop ip4_rx_parse(const struct pbuf *p, struct netif *nif, struct ip_rx *rx)
{
  const u8_t *h = (const u8_t *)p->payload;
  enum lwip_x_drop why;

  if (p->len < IP4_WIRE_HLEN) {
    return DROP_IP4_SHORT;
  }
  why = check_header(p, nif, h);
  if (why != DROP_NONE) {
    return why;
  }
  rx->inp = nif;
  rx->hdr = h;
  rx->hlen = ip4_wire_hlen(h);
  rx->len = (u16_t)(ip4_wire_len(h) - rx->hlen);
  rx->proto = ip4_wire_proto(h);
  rx->ttl = ip4_wire_ttl(h);
  rx->tos = ip4_wire_tos(h);
  rx->flags = (p->flags & PBUF_FLAG_X_LOOPED) != 0 ? IP_RX_LOOPED : 0;
  if ((p->flags & (PBUF_FLAG_LLBCAST | PBUF_FLAG_LLMCAST)) != 0) {
    rx->flags |= IP_RX_LINK_GROUP;
  }
  ip_addr_set_ip4_u32_val(rx->src, ip4_wire_src(h));
  ip_addr_set_ip4_u32_val(rx->dst, ip4_wire_dst(h));
  classify(nif, rx, ip4_wire_dst(h));
  return DROP_NONE;
}

/** For a packet of nobody here: to a port that takes it nevertheless, to another host, or into the bin.  Takes @p p unless it returns true. */
static bool adopt(struct pbuf *p, struct ip_rx *rx)
{
  if (is_for_unconfigured(p, rx)) {
    rx->nif = rx->inp;
    return true;
  }
  if (!IP_FORWARD || (rx->flags & (IP_RX_BROADCAST | IP_RX_MULTICAST | IP_RX_LINK_GROUP)) != 0) {
    drop(p, DROP_IP4_DEST);
  } else if (!source_possible(rx->inp, rx, ip_2_ip4(&rx->src)->addr)) {
    drop(p, DROP_IP4_SOURCE);
  } else {
    ip4_forward(p, rx);
  }
  return false;
}

/** A unicast packet in a broadcast frame is somebody's trick (RFC 1122 3.3.6), unless DHCP sends it. */
static bool is_smuggled(const struct pbuf *p, const struct ip_rx *rx)
{
  return (rx->flags & (IP_RX_LINK_GROUP | IP_RX_BROADCAST | IP_RX_MULTICAST)) == IP_RX_LINK_GROUP &&
         !is_for_unconfigured(p, rx);
}

/** The datagram @p p completes, *@p rx about it.  Takes @p p.  @return NULL: parts are missing */
static struct pbuf *reassemble(struct pbuf *p, struct ip_rx *rx)
{
  p = ip4_reass_add(p, rx);
  if (p == NULL || p->next == NULL) {
    return p;
  }
  p = pbuf_pull(p, (u16_t)LWIP_MIN(p->tot_len, HEADERS_MAX));
  if (p != NULL) {
    rx->hdr = (const u8_t *)p->payload;
  }
  return p;
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
    p = pbuf_pull(p, (u16_t)LWIP_MIN(p->tot_len, HEADERS_MAX));
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
  if (!source_possible(nif, &rx, ip_2_ip4(&rx.src)->addr)) {
    drop(p, DROP_IP4_SOURCE);
    return;
  }
  if (is_smuggled(p, &rx)) {
    drop(p, DROP_IP4_DEST);
    return;
  }
  if (ip4_wire_is_fragment(rx.hdr)) {
    p = reassemble(p, &rx);
    if (p == NULL) {
      return;
    }
  }
  ip_deliver(p, &rx);
}

err_t ip4_input(struct pbuf *p, struct netif *inp)
{
  if (core_busy()) {
    core_defer_input(p, inp, ip4_rx);
    return ERR_OK;
  }
  if (!core_enter()) {
    drop(p, DROP_CORE_BUSY);
    return ERR_OK;
  }
  ip4_rx(p, inp);
  core_leave();
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

  LWIP_DEBUGF(IP_DEBUG, ("IPv4 header: version %" U16_F ", %" U16_F " octets, tos %" U16_F ", total %" U16_F "\n",
                         (u16_t)ip4_wire_version(h), (u16_t)ip4_wire_hlen(h), (u16_t)ip4_wire_tos(h), ip4_wire_len(h)));
  LWIP_DEBUGF(IP_DEBUG, ("  id %" U16_F ", fragment field 0x%" X16_F ", ttl %" U16_F ", protocol %" U16_F "\n",
                         ip4_wire_id(h), ip4_wire_frag(h), (u16_t)ip4_wire_ttl(h), (u16_t)ip4_wire_proto(h)));
  LWIP_DEBUGF(IP_DEBUG, ("  from 0x%" X32_F " to 0x%" X32_F "\n", be32_get(h + 12), be32_get(h + 16)));
}
#endif

#endif
