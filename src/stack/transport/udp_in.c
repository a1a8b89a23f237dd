/**
 * UDP input (RFC 768, RFC 1122 4.1, RFC 3828): the header, who listens, the checksum, delivery.
 *
 * Of the pcbs that match the most particular one gets the datagram: connected before not connected, bound to
 * the address before bound to any.  A datagram to a group or a broadcast address goes to all that match if they share the port
 * (SOF_REUSEADDR with SO_REUSE_RXTOALL).
 */
#include "udp_in.h"

#include "../ip/icmp_error.h"
#include "../ip/nd6_host.h"
#include "../ip/ip4_pmtu.h"
#include "../ip/ip_chksum.h"
#include "../ip/ip_header.h"
#include "../mem/drop.h"
#include "../wire/wire_udp.h"
#include "lwip/icmp.h"
#include "lwip/inet_chksum.h"
#include "lwip/ip.h"
#include "lwip/stats.h"
#include "udp_pcb.h"

#if LWIP_UDP

static bool is_group(const struct ip_rx *rx)
{
  return (rx->flags & (IP_RX_BROADCAST | IP_RX_MULTICAST)) != 0;
}

/** A broadcast is for pcbs that are bound to any address or to one of the interface it is for. */
static bool takes_broadcast(const struct udp_pcb *pcb, const struct ip_rx *rx)
{
  if (IP_SOF_BROADCAST_RECV && !ip_get_option(pcb, SOF_BROADCAST)) {
    return false;
  }
  LWIP_UNUSED_ARG(rx);
#if LWIP_IPV4 /* no broadcasts otherwise */
  if (!ip_addr_isany(&pcb->local_ip)) {
    return ip_addr_eq(&pcb->local_ip, &rx->dst) ||
           ip4_addr_net_eq(ip_2_ip4(&pcb->local_ip), netif_ip4_addr(rx->nif), netif_ip4_netmask(rx->nif));
  }
#endif
  return true;
}

static bool is_local_match(const struct udp_pcb *pcb, const struct ip_rx *rx)
{
  if (pcb->netif_idx != NETIF_NO_INDEX && pcb->netif_idx != netif_get_index(rx->inp)) {
    return false;
  }
  if (IP_IS_ANY_TYPE_VAL(pcb->local_ip)) {
    return !IP_SOF_BROADCAST_RECV || (rx->flags & IP_RX_BROADCAST) == 0 || ip_get_option(pcb, SOF_BROADCAST);
  }
  if (!IP_ADDR_PCB_VERSION_MATCH_EXACT(pcb, &rx->dst)) {
    return false;
  }
  if ((rx->flags & IP_RX_BROADCAST) != 0) {
    return takes_broadcast(pcb, rx);
  }
  return ip_addr_isany(&pcb->local_ip) || ip_addr_eq(&pcb->local_ip, &rx->dst);
}

static bool is_remote_match(const struct udp_pcb *pcb, const struct ip_rx *rx, u16_t sport)
{
  if ((pcb->flags & UDP_FLAGS_CONNECTED) == 0) {
    return true;
  }
  return pcb->remote_port == sport && (ip_addr_isany(&pcb->remote_ip) || ip_addr_eq(&pcb->remote_ip, &rx->src));
}

static bool is_match(const struct udp_pcb *pcb, const struct ip_rx *rx, u16_t sport, u16_t dport)
{
  return pcb->local_port == dport && is_local_match(pcb, rx) && is_remote_match(pcb, rx, sport);
}

/** How particular the pcb is. */
static unsigned rank(const struct udp_pcb *pcb)
{
  return ((pcb->flags & UDP_FLAGS_CONNECTED) != 0 ? 2u : 0u) + (ip_addr_isany(&pcb->local_ip) ? 0u : 1u);
}

static struct udp_pcb *find(const struct ip_rx *rx, u16_t sport, u16_t dport)
{
  struct udp_pcb *best = NULL;
  struct udp_pcb *pcb;

  for (pcb = udp_bucket_first(dport); pcb != NULL; pcb = udp_bucket_next(pcb)) {
    if (is_match(pcb, rx, sport, dport) && (best == NULL || rank(pcb) > rank(best))) {
      best = pcb;
    }
  }
  return best;
}

/** UDP's length field: octets of datagram, and anything behind them is no part of it. */
static bool trim(struct pbuf *p, const u8_t *h)
{
  const u16_t len = udp_wire_len(h);

  if (len < UDP_WIRE_HLEN || len > p->tot_len) {
    return false;
  }
  if (len != p->tot_len) {
    pbuf_realloc(p, len);
  }
  return true;
}

static bool is_checked(const struct ip_rx *rx)
{
  if (ip_rx_is_trusted(rx)) {
    return false;
  }
  return ip_chksum_on(rx->inp, CHECK_UDP) || (rx->flags & IP_RX_REASSEMBLED) != 0;
}

/** A datagram without checksum is allowed over IPv4 only (RFC 8200 8.1). */
static bool needs_chksum(const struct ip_rx *rx)
{
  return (rx->flags & IP_RX_V6) != 0 && (rx->flags & IP_RX_LOOPED) == 0;
}

/** RFC 768. */
static enum lwip_x_drop check(struct pbuf *p, const struct ip_rx *rx, const u8_t *h)
{
  if (!trim(p, h)) {
    return DROP_UDP_LEN;
  }
  if (!is_checked(rx) && !needs_chksum(rx)) {
    return DROP_NONE;
  }
  if (udp_wire_chksum(h) == 0) {
    return (rx->flags & IP_RX_V6) != 0 ? DROP_UDP_CHKSUM : DROP_NONE;
  }
  if (is_checked(rx) && ip_chksum_pseudo(p, rx->proto, p->tot_len, &rx->src, &rx->dst) != 0) {
    return DROP_UDP_CHKSUM;
  }
  return DROP_NONE;
}

#if LWIP_UDPLITE
/** RFC 3828: the length field is what the checksum covers, 0: all; a checksum there has to be, and the header in it. */
static enum lwip_x_drop check_lite(struct pbuf *p, const struct ip_rx *rx, const u8_t *h, const struct udp_pcb *pcb)
{
  u16_t covered = udp_wire_len(h);

  if (covered == 0) {
    covered = p->tot_len;
  }
  if (covered < UDP_WIRE_HLEN || covered > p->tot_len || (pcb != NULL && covered < pcb->chksum_len_rx)) {
    return DROP_UDP_LEN;
  }
  if (udp_wire_chksum(h) == 0) {
    return DROP_UDP_CHKSUM;
  }
  if (is_checked(rx) && ip_chksum_pseudo_partial(p, rx->proto, p->tot_len, covered, &rx->src, &rx->dst) != 0) {
    return DROP_UDP_CHKSUM;
  }
  return DROP_NONE;
}
#define IS_LITE(rx) ((rx)->proto == IP_PROTO_UDPLITE)
#else
#define check_lite(p, rx, h, pcb) DROP_NONE
#define IS_LITE(rx) false
#endif

#if SO_REUSE && SO_REUSE_RXTOALL
#define SHARES true
/** Copies for all who share the port with @p best.  Lends @p p, payload behind the UDP header. */
static void deliver_copies(struct pbuf *p, const struct ip_rx *rx, u16_t sport, u16_t dport, const struct udp_pcb *best)
{
  struct udp_walk w;
  struct udp_pcb *pcb;

  udp_walk_begin(&w, udp_bucket_first(dport));
  while ((pcb = udp_walk_next(&w)) != NULL) {
    if (pcb != best && pcb->recv != NULL && is_match(pcb, rx, sport, dport)) {
      struct pbuf *q = pbuf_clone(PBUF_RAW, PBUF_POOL, p);
      if (q != NULL) {
        pcb->recv(pcb->recv_arg, pcb, q, &rx->src, sport);
      }
    }
  }
  udp_walk_end(&w);
}

static void share(struct pbuf *p, const struct ip_rx *rx, u16_t sport, u16_t dport, const struct udp_pcb *best)
{
  if (is_group(rx) && ip_get_option(best, SOF_REUSEADDR)) {
    deliver_copies(p, rx, sport, dport, best);
  }
}
#else
#define SHARES false
#define share(p, rx, sport, dport, best) ((void)(dport))
#endif

/** Nobody listens: say so to whom that may be said.  Takes @p p. */
static void refuse(struct pbuf *p, const struct ip_rx *rx, u16_t sport, u16_t dport)
{
  if (!is_group(rx) && sport != 0 && dport != 0) {
    icmp_send_unreach(p, rx, ICMP_DUR_PORT);
  }
  MIB2_STATS_INC(mib2.udpnoports);
  drop(p, DROP_UDP_NO_PORT);
}

/** Hand it over.  Takes @p p. */
static void deliver(struct pbuf *p, const struct ip_rx *rx, u16_t sport, u16_t dport, struct udp_pcb *pcb)
{
  ip_header_pop(p, UDP_WIRE_HLEN);
  MIB2_STATS_INC(mib2.udpindatagrams);
  share(p, rx, sport, dport, pcb);
  if ((SHARES && !udp_is_live(pcb)) || pcb->recv == NULL) {
    drop(p, DROP_UDP_NO_RECV);
    return;
  }
  pcb->recv(pcb->recv_arg, pcb, p, &rx->src, sport);
}

void udp_rx(struct pbuf *p, const struct ip_rx *rx)
{
  const u8_t *h = (const u8_t *)p->payload;
  struct udp_pcb *pcb;
  enum lwip_x_drop why;
  u16_t sport, dport;

  UDP_STATS_INC(udp.recv);
  if (p->len < UDP_WIRE_HLEN) {
    drop(p, DROP_UDP_SHORT);
    return;
  }
  sport = udp_wire_sport(h);
  dport = udp_wire_dport(h);
  pcb = find(rx, sport, dport);
  if (pcb == NULL && is_group(rx)) {
    drop(p, DROP_UDP_NO_PORT);
    return;
  }
  why = IS_LITE(rx) ? check_lite(p, rx, h, pcb) : check(p, rx, h);
  if (why != DROP_NONE) {
    drop(p, why);
  } else if (pcb == NULL) {
    refuse(p, rx, sport, dport);
  } else {
    deliver(p, rx, sport, dport, pcb);
  }
}

static void path_narrowed(const struct ip_error *e)
{
  if (!IP_IS_V6(e->remote)) {
    ip4_pmtu_learn(e->mtu);
    return;
  }
#if LWIP_IPV6
  nd6_learn_mtu(ip_2_ip6(e->remote), ip6_route(ip_2_ip6(e->local), ip_2_ip6(e->remote)), e->mtu);
#endif
}

/** The raw API has no place for such news; netconns and sockets do.  And the path is narrower than thought, if it is ours. */
void udp_ip_error(const struct ip_error *e)
{
  const u16_t lport = udp_wire_sport(e->quoted);
  const struct udp_pcb *pcb;

  if (e->what == IP_ERR_UNREACH_PORT) {
    udp_refused(e);
    return;
  }
  if (e->what != IP_ERR_TOO_BIG) {
    return;
  }
  for (pcb = udp_bucket_first(lport); pcb != NULL; pcb = udp_bucket_next(pcb)) {
    if (pcb->local_port == lport) {
      path_narrowed(e);
      return;
    }
  }
}

void udp_input(struct pbuf *p, struct netif *inp)
{
  struct ip_rx rx;

  memset(&rx, 0, sizeof rx);
  rx.nif = ip_data.current_netif != NULL ? ip_data.current_netif : inp;
  rx.inp = inp;
  rx.hlen = ip_data.current_ip_header_tot_len;
  rx.hdr = (const u8_t *)p->payload - rx.hlen;
  rx.len = p->tot_len;
  rx.proto = IP_PROTO_UDP;
  ip_addr_copy(rx.src, ip_data.current_iphdr_src);
  ip_addr_copy(rx.dst, ip_data.current_iphdr_dest);
  if (ip_addr_isbroadcast(&rx.dst, inp)) {
    rx.flags |= IP_RX_BROADCAST;
  } else if (ip_addr_ismulticast(&rx.dst)) {
    rx.flags |= IP_RX_MULTICAST;
  }
  if (IP_IS_V6(&rx.dst)) {
    rx.flags |= IP_RX_V6;
  }
  udp_rx(p, &rx);
}

#if UDP_DEBUG
void udp_debug_print(struct udp_hdr *udphdr)
{
  const u8_t *h = (const u8_t *)udphdr;

  LWIP_UNUSED_ARG(h); /* where nothing is printed */
  LWIP_DEBUGF(UDP_DEBUG, ("UDP header: from port %" U16_F " to %" U16_F ", %" U16_F " octets, checksum 0x%" X16_F "\n",
                          udp_wire_sport(h), udp_wire_dport(h), udp_wire_len(h), udp_wire_chksum(h)));
}
#endif

#endif
