/**
 * UDP output: every udp_send*() comes down to one function.
 *
 * The header goes into the headroom of the pbuf if it has some, otherwise into a pbuf chained before it
 * for the time of the call.
 */
#include "../ip/ip_chksum.h"
#include "../ip/ip_header.h"
#include "../mem/drop.h"
#include "../wire/wire_udp.h"
#include "lwip/inet_chksum.h"
#include "lwip/ip.h"
#include "lwip/stats.h"
#include "udp_pcb.h"

#if LWIP_UDP

/** A sum over the payload that was made while it was copied (LWIP_CHECKSUM_ON_COPY). */
struct sum {
  bool known;
  u16_t value;
};

#if LWIP_CHECKSUM_ON_COPY && CHECKSUM_GEN_UDP
typedef const struct sum *sum_t;
#define NO_SUM NULL
/** Header and pseudo header are summed here, the payload's sum is added. */
static u16_t chksum(struct pbuf *q, u8_t proto, u16_t covered, const ip_addr_t *src, const ip_addr_t *dst, sum_t sum)
{
  u32_t acc;

  if (sum == NULL || !sum->known || covered != q->tot_len) {
    return ip_chksum_pseudo_partial(q, proto, q->tot_len, covered, src, dst);
  }
  acc = (u16_t)~ip_chksum_pseudo_partial(q, proto, q->tot_len, UDP_WIRE_HLEN, src, dst);
  acc += sum->value;
  return (u16_t)~FOLD_U32T(acc);
}
#else
typedef int sum_t;
#define NO_SUM 0
static u16_t chksum(struct pbuf *q, u8_t proto, u16_t covered, const ip_addr_t *src, const ip_addr_t *dst, sum_t sum)
{
  (void)sum;
  if (LWIP_UDPLITE && covered != q->tot_len) {
    return ip_chksum_pseudo_partial(q, proto, q->tot_len, covered, src, dst);
  }
  return ip_chksum_pseudo(q, proto, q->tot_len, src, dst);
}
#endif

#if LWIP_UDPLITE
#define IS_LITE(pcb) (((pcb)->flags & UDP_FLAGS_UDPLITE) != 0)
static u16_t covered_by(const struct udp_pcb *pcb, const struct pbuf *q)
{
  return pcb->chksum_len_tx < UDP_WIRE_HLEN || pcb->chksum_len_tx > q->tot_len ? q->tot_len : pcb->chksum_len_tx;
}
#else
#define IS_LITE(pcb) false
#define covered_by(pcb, q) ((q)->tot_len)
#endif

#if LWIP_MULTICAST_TX_OPTIONS
static u8_t ttl_for(const struct udp_pcb *pcb, const ip_addr_t *dst)
{
  return ip_addr_ismulticast(dst) ? udp_get_multicast_ttl(pcb) : pcb->ttl;
}

/** A member of the group on this host may want it too. */
static void mark_loop(const struct udp_pcb *pcb, const ip_addr_t *dst, struct pbuf *q)
{
  if ((pcb->flags & UDP_FLAGS_MULTICAST_LOOP) != 0 && ip_addr_ismulticast(dst)) {
    q->flags |= PBUF_FLAG_MCASTLOOP;
  }
}

/** The interface the program chose for groups.  @return NULL: by route */
static struct netif *group_netif(const struct udp_pcb *pcb, const ip_addr_t *dst)
{
  if (!ip_addr_ismulticast(dst)) {
    return NULL;
  }
  if (pcb->mcast_ifindex != NETIF_NO_INDEX) {
    return netif_get_by_index(pcb->mcast_ifindex);
  }
#if LWIP_IPV4 /* the member exists only then */
  if (IP_IS_V4(dst) && pcb->mcast_ip4.addr != 0 && pcb->mcast_ip4.addr != IPADDR_BROADCAST) {
    return ip4_route_src(&pcb->mcast_ip4, &pcb->mcast_ip4);
  }
#endif
  return NULL;
}
#else
#define ttl_for(pcb, dst) ((pcb)->ttl)
#define mark_loop(pcb, dst, q) ((void)0)
#define group_netif(pcb, dst) ((struct netif *)NULL)
#endif

/** @p p with room for the UDP header at its payload; a pbuf of its own in front where @p p has no room.  @return NULL: no memory */
static struct pbuf *with_header(struct pbuf *p)
{
  struct pbuf *q;

  if (ip_header_push(p, UDP_WIRE_HLEN)) {
    return p;
  }
  q = pbuf_alloc(PBUF_IP, UDP_WIRE_HLEN, PBUF_RAM);
  if (q != NULL && p->tot_len != 0) {
    pbuf_chain(q, p);
  }
  return q;
}

/** Has the stack to make the checksum?  Hardware cannot for a datagram that will be fragmented. */
static bool makes_chksum(const struct udp_pcb *pcb, const struct pbuf *q, const struct netif *nif, bool v6)
{
  if ((pcb->flags & UDP_FLAGS_NOCHKSUM) != 0 && !v6 && !IS_LITE(pcb)) {
    return false; /* IPv6 never does without (RFC 8200 8.1) */
  }
  return ip_chksum_on(nif, GEN_UDP) ||
         ((v6 ? LWIP_IPV6_FRAG : IP_FRAG) && nif->mtu != 0 && q->tot_len > nif->mtu - PBUF_IP_HLEN);
}

/** Everything is decided: write the header and send. */
static err_t emit(struct udp_pcb *pcb, struct pbuf *q, const ip_addr_t *dst, u16_t dst_port, struct netif *nif,
                  const ip_addr_t *src, sum_t sum)
{
  const u8_t proto = IS_LITE(pcb) ? IP_PROTO_UDPLITE : IP_PROTO_UDP;
  const u16_t covered = IS_LITE(pcb) ? covered_by(pcb, q) : q->tot_len;
  u8_t *h = (u8_t *)q->payload;
  err_t err;

  udp_wire_emit(h, pcb->local_port, dst_port, IS_LITE(pcb) && covered == q->tot_len ? 0 : covered);
  if (makes_chksum(pcb, q, nif, IP_IS_V6(dst))) {
    udp_wire_chksum_put(h, chksum(q, proto, covered, src, dst, sum));
  }
  mark_loop(pcb, dst, q);
  UDP_STATS_INC(udp.xmit);
  MIB2_STATS_INC(mib2.udpoutdatagrams);
  NETIF_SET_HINTS(nif, &pcb->netif_hints);
  err = ip_output_if_src(q, src, dst, ttl_for(pcb, dst), pcb->tos, proto, nif);
  NETIF_RESET_HINTS(nif);
  return err;
}

static err_t send(struct udp_pcb *pcb, struct pbuf *p, const ip_addr_t *dst, u16_t dst_port, struct netif *nif,
                  const ip_addr_t *src, sum_t sum)
{
  struct pbuf *q;
  err_t err;

  if (IP_SOF_BROADCAST && !ip_get_option(pcb, SOF_BROADCAST) && ip_addr_isbroadcast(dst, nif)) {
    return ERR_VAL;
  }
  if (p->tot_len > 0xffffu - UDP_WIRE_HLEN - PBUF_IP_HLEN) {
    return ERR_MEM;
  }
  if (!udp_is_listed(pcb)) { /* here, too: the usual case needs no call */
    err = udp_pcb_ensure_port(pcb);
    if (err != ERR_OK) {
      return err;
    }
  }
  q = with_header(p);
  if (q == NULL) {
    return ERR_MEM;
  }
  err = emit(pcb, q, dst, dst_port, nif, src, sum);
  if (q != p) {
    pbuf_free(q);
  }
  return err;
}

/** The interface for @p dst.  @return NULL: no way there */
static struct netif *route(const struct udp_pcb *pcb, const ip_addr_t *dst)
{
  struct netif *nif;

  if (pcb->netif_idx != NETIF_NO_INDEX) {
    return netif_get_by_index(pcb->netif_idx);
  }
  nif = group_netif(pcb, dst);
  return nif != NULL ? nif : ip_route(&pcb->local_ip, dst);
}

/** The source towards @p dst.  @return NULL: the pcb's address is not the interface's */
static const ip_addr_t *source(const struct udp_pcb *pcb, const ip_addr_t *dst, struct netif *nif)
{
#if LWIP_IPV6
  if (IP_IS_V6(dst)) {
    if (!ip_addr_isany(&pcb->local_ip) && !ip_addr_ismulticast(&pcb->local_ip)) {
      return netif_get_ip6_addr_match(nif, ip_2_ip6(&pcb->local_ip)) >= 0 ? &pcb->local_ip : NULL;
    }
    return ip6_select_source_address(nif, ip_2_ip6(dst));
  }
#endif
#if LWIP_IPV4
  (void)dst;
  if (ip_addr_isany(&pcb->local_ip) || ip_addr_ismulticast(&pcb->local_ip)) {
    return netif_ip_addr4(nif);
  }
  return ip4_addr_eq(ip_2_ip4(&pcb->local_ip), netif_ip4_addr(nif)) ? &pcb->local_ip : NULL;
#else
  return NULL;
#endif
}

/** What all variants end in.  @p nif and @p src may be NULL: found here */
static err_t send_checked(struct udp_pcb *pcb, struct pbuf *p, const ip_addr_t *dst, u16_t dst_port, struct netif *nif,
                          const ip_addr_t *src, sum_t sum)
{
  if (!IP_ADDR_PCB_VERSION_MATCH(pcb, dst)) {
    return ERR_VAL;
  }
  if (nif == NULL) {
    nif = route(pcb, dst);
  }
  if (nif == NULL) {
    UDP_STATS_INC(udp.rterr);
    return ERR_RTE;
  }
  if (src == NULL) {
    src = source(pcb, dst, nif);
  }
  if (src == NULL) {
    UDP_STATS_INC(udp.rterr);
    return ERR_RTE;
  }
  return send(pcb, p, dst, dst_port, nif, src, sum);
}

static err_t guarded(struct udp_pcb *pcb, struct pbuf *p, const ip_addr_t *dst, u16_t dst_port, struct netif *nif,
                     const ip_addr_t *src, sum_t sum)
{
  err_t err = ERR_ARG;

  LWIP_ASSERT_CORE_LOCKED();
  if (!core_enter()) {
    return ERR_INPROGRESS;
  }
  if (!udp_is_live(pcb)) {
    drop_count(DROP_STALE_PCB);
  } else if (p != NULL && dst != NULL) {
    err = send_checked(pcb, p, dst, dst_port, nif, src, sum);
  }
  core_leave();
  return err;
}

err_t udp_sendto(struct udp_pcb *pcb, struct pbuf *p, const ip_addr_t *dst_ip, u16_t dst_port)
{
  return guarded(pcb, p, dst_ip, dst_port, NULL, NULL, NO_SUM);
}

err_t udp_send(struct udp_pcb *pcb, struct pbuf *p)
{
  if (pcb == NULL) {
    return ERR_ARG;
  }
  if (IP_IS_ANY_TYPE_VAL(pcb->remote_ip)) {
    return ERR_VAL;
  }
  return guarded(pcb, p, &pcb->remote_ip, pcb->remote_port, NULL, NULL, NO_SUM);
}

err_t udp_sendto_if(struct udp_pcb *pcb, struct pbuf *p, const ip_addr_t *dst_ip, u16_t dst_port, struct netif *netif)
{
  return netif == NULL ? ERR_ARG : guarded(pcb, p, dst_ip, dst_port, netif, NULL, NO_SUM);
}

err_t udp_sendto_if_src(struct udp_pcb *pcb, struct pbuf *p, const ip_addr_t *dst_ip, u16_t dst_port,
                        struct netif *netif, const ip_addr_t *src_ip)
{
  return netif == NULL || src_ip == NULL ? ERR_ARG : guarded(pcb, p, dst_ip, dst_port, netif, src_ip, NO_SUM);
}

#if LWIP_CHECKSUM_ON_COPY && CHECKSUM_GEN_UDP

err_t udp_sendto_if_src_chksum(struct udp_pcb *pcb, struct pbuf *p, const ip_addr_t *dst_ip, u16_t dst_port,
                               struct netif *netif, u8_t have_chksum, u16_t sum, const ip_addr_t *src_ip)
{
  const struct sum s = { have_chksum != 0, sum };

  return netif == NULL || src_ip == NULL ? ERR_ARG : guarded(pcb, p, dst_ip, dst_port, netif, src_ip, &s);
}

err_t udp_sendto_if_chksum(struct udp_pcb *pcb, struct pbuf *p, const ip_addr_t *dst_ip, u16_t dst_port,
                           struct netif *netif, u8_t have_chksum, u16_t sum)
{
  const struct sum s = { have_chksum != 0, sum };

  return netif == NULL ? ERR_ARG : guarded(pcb, p, dst_ip, dst_port, netif, NULL, &s);
}

err_t udp_sendto_chksum(struct udp_pcb *pcb, struct pbuf *p, const ip_addr_t *dst_ip, u16_t dst_port, u8_t have_chksum,
                        u16_t sum)
{
  const struct sum s = { have_chksum != 0, sum };

  return guarded(pcb, p, dst_ip, dst_port, NULL, NULL, &s);
}

err_t udp_send_chksum(struct udp_pcb *pcb, struct pbuf *p, u8_t have_chksum, u16_t sum)
{
  if (pcb == NULL) {
    return ERR_ARG;
  }
  return udp_sendto_chksum(pcb, p, &pcb->remote_ip, pcb->remote_port, have_chksum, sum);
}

#endif

#endif
