/** ICMP errors out: who may be told, and the message. */
#include "icmp_error.h"

#include "../mem/drop.h"
#include "../mem/pbuf_ctrl.h"
#include "../wire/wire_icmp.h"
#include "../wire/wire_ip4.h"
#include "icmp_rate.h"
#include "ip4_in.h"
#include "ip4_out.h"
#include "ip_chksum.h"
#include "lwip/icmp.h"
#include "lwip/inet_chksum.h"
#include "lwip/ip.h"
#include "lwip/stats.h"
#include "lwip/sys.h"

#if LWIP_IPV4 && LWIP_ICMP

/** Octets quoted behind the IP header (RFC 792). */
#define QUOTE 8

/** Is its source a single host that can be told (RFC 1122 3.2.2)?  Ourselves, too. */
static bool is_from_host(const struct ip_rx *rx)
{
  const u32_t a = lwip_ntohl(ip4_wire_src(rx->hdr));

  return (a >> 24) != 0 && ((a >> 24) != 127 || (rx->flags & IP_RX_LOOPED)) && a < 0xe0000000u;
}

/** RFC 1122 3.2.2: nothing about an ICMP error, a group, a broadcast or a fragment other than the first. */
static bool may_tell(const struct ip_rx *rx)
{
  if ((rx->flags & (IP_RX_BROADCAST | IP_RX_MULTICAST | IP_RX_LINK_GROUP | IP_RX_V6)) != 0) {
    return false;
  }
  if (ip4_wire_offset(rx->hdr) != 0 || !is_from_host(rx)) {
    return false;
  }
  return rx->proto != IP4_WIRE_ICMP || (rx->len > 0 && icmp_wire_is_query(rx->hdr[rx->hlen]));
}

/** Make the message about @p rx and send it; @p src is what it comes from. */
static void tell(const struct ip_rx *rx, const ip4_addr_t *src, u8_t type, u8_t code, u32_t rest)
{
  const u16_t quote = (u16_t)(rx->hlen + LWIP_MIN(rx->len, QUOTE));
  struct pbuf *q;
  ip4_addr_t dst;
  u8_t *h;

  if (!may_tell(rx) || !icmp_rate_take()) {
    return;
  }
  q = pbuf_alloc_ctrl(PBUF_IP, (u16_t)(ICMP_WIRE_HLEN + quote));
  if (q == NULL) {
    drop_count(DROP_ICMP_MEM);
    return;
  }
  h = (u8_t *)q->payload;
  icmp_wire_emit(h, type, code, rest);
  MEMCPY(h + ICMP_WIRE_HLEN, rx->hdr, quote);
  if (ip_chksum_on(rx->inp, GEN_ICMP)) {
    const u16_t sum = inet_chksum(h, q->len);
    memcpy(h + 2, &sum, sizeof sum);
  }
  ICMP_STATS_INC(icmp.xmit);
  MIB2_STATS_INC(mib2.icmpoutmsgs);
  dst.addr = ip4_wire_src(rx->hdr);
  (void)ip4_output_inside(q, src, &dst, ICMP_TTL, 0, IP4_WIRE_ICMP);
  pbuf_free(q);
}

void icmp4_send_unreach(const struct pbuf *p, const struct ip_rx *rx, u8_t code)
{
  (void)p;
  if (!ip4_addr_eq(ip_2_ip4(&rx->dst), netif_ip4_addr(rx->nif)) && (rx->flags & IP_RX_LOOPED) == 0) {
    return; /* taken for a port of DHCP's, but not ours to answer from */
  }
  MIB2_STATS_INC(mib2.icmpoutdestunreachs);
  tell(rx, ip_2_ip4(&rx->dst), ICMP_WIRE_UNREACH, code, 0);
}

void icmp_error_forward(const struct ip_rx *rx, u8_t type, u8_t code, u32_t rest)
{
  tell(rx, netif_ip4_addr(rx->inp), type, code, rest);
}

/** About a packet somebody else still has: parse it again. */
static void tell_about(const struct pbuf *p, u8_t type, u8_t code)
{
  struct ip_rx rx;
  struct netif *nif = netif_get_by_index(p->if_idx);

  if (nif == NULL) {
    nif = netif_default;
  }
  if (nif == NULL || ip4_rx_parse(p, nif, &rx) != DROP_NONE || p->len < rx.hlen + LWIP_MIN(rx.len, QUOTE)) {
    return;
  }
  tell(&rx, rx.nif != NULL ? ip_2_ip4(&rx.dst) : netif_ip4_addr(nif), type, code, 0);
}

void icmp_error_reassembly(const struct pbuf *p)
{
  tell_about(p, ICMP_WIRE_TIME, ICMP_TE_FRAG);
}

void icmp_dest_unreach(struct pbuf *p, enum icmp_dur_type t)
{
  tell_about(p, ICMP_WIRE_UNREACH, (u8_t)t);
}

void icmp_time_exceeded(struct pbuf *p, enum icmp_te_type t)
{
  tell_about(p, ICMP_WIRE_TIME, (u8_t)t);
}

#endif
