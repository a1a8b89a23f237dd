/** ICMPv6 errors out: who may be told, how often, and the message (RFC 4443 section 2.4). */
#include "icmp6_error.h"

#include "../mem/drop.h"
#include "../wire/wire_icmp6.h"
#include "../wire/wire_ip6.h"
#include "icmp6_send.h"
#include "icmp_rate.h"
#include "ip6_in.h"
#include "lwip/icmp.h"
#include "lwip/icmp6.h"
#include "lwip/ip.h"
#include "lwip/stats.h"

#if LWIP_IPV6 && LWIP_ICMP6

/** Octets quoted: as many as fit the minimum MTU (2.4 c), or fewer if the program says so. */
#define QUOTE_FITS (IP6_WIRE_MIN_MTU - IP6_WIRE_HLEN - ICMP6_WIRE_HLEN)
#define QUOTE_MAX (LWIP_ICMP6_DATASIZE != 0 && LWIP_ICMP6_DATASIZE < QUOTE_FITS ? LWIP_ICMP6_DATASIZE : QUOTE_FITS)

/** What lies in front of @p p's payload already, counted from the IPv6 header. */
static u16_t passed(const struct pbuf *p, const struct ip_rx *rx)
{
  return (u16_t)((const u8_t *)p->payload - rx->hdr);
}

/** Is @p rx an error itself, or a redirect?  The problem may lie in a header in front of it: go on from there to its end. */
static bool is_error(const struct pbuf *p, const struct ip_rx *rx)
{
  u32_t at = (u32_t)(rx->hlen - passed(p, rx));
  u8_t proto = rx->proto;
  u8_t h[4] = { 0, 0, 0, 0 };
  u8_t i;

  for (i = 0; ip6_wire_is_ext(proto) && i < IP6_WIRE_EXT_COUNT && at < p->tot_len; i++) {
    (void)pbuf_copy_partial(p, h, 4, (u16_t)at);
    if (proto == IP6_WIRE_FRAGMENT && ip6_wire_frag(h) > IP6_WIRE_MF) {
      return false; /* what it begins with is no header */
    }
    at += proto == IP6_WIRE_FRAGMENT ? IP6_WIRE_FRAG_HLEN : (h[1] + 1u) * 8;
    proto = h[0];
  }
  if (proto != IP6_WIRE_ICMP6) {
    return false;
  }
  if (at >= p->tot_len) {
    return true; /* who knows */
  }
  (void)pbuf_copy_partial(p, h, 1, (u16_t)at);
  return icmp6_wire_is_error(h[0]) || h[0] == ICMP6_WIRE_REDIRECT;
}

/** 2.4 e: nothing about an error, to whom is nobody or many, or about what came to many. */
static bool may_tell(const struct pbuf *p, const struct ip_rx *rx, bool to_group)
{
  const ip6_addr_t *src = ip_2_ip6(&rx->src);

  if (!to_group && (rx->flags & (IP_RX_MULTICAST | IP_RX_LINK_GROUP)) != 0) {
    return false;
  }
  return !lwip_x_ip6_isany(src) && !ip6_addr_ismulticast(src) && !is_error(p, rx);
}

/** Where the message comes from: the address that was spoken to, or else the best (2.2). */
static const ip6_addr_t *from(const struct ip_rx *rx, struct netif *out)
{
  const ip_addr_t *best;

  if (rx->nif != NULL && (rx->flags & IP_RX_MULTICAST) == 0) {
    return ip_2_ip6(&rx->dst);
  }
  best = ip6_select_source_address(out, ip_2_ip6(&rx->src));
  return best != NULL ? ip_2_ip6(best) : NULL;
}

/** The first @p n octets of the packet: its headers lie in one piece, in front of the payload or at it. */
static void quote(u8_t *to, u16_t n, const struct pbuf *p, const struct ip_rx *rx)
{
  const u16_t gone = LWIP_MIN(passed(p, rx), n);

  memcpy(to, rx->hdr, gone);
  (void)pbuf_copy_partial(p, to + gone, (u16_t)(n - gone), 0);
}

void icmp6_error(const struct pbuf *p, const struct ip_rx *rx, u8_t type, u8_t code, u32_t rest, bool to_group)
{
  const u16_t n = (u16_t)LWIP_MIN(p->tot_len + passed(p, rx), QUOTE_MAX);
  struct netif *out = ip6_route(NULL, ip_2_ip6(&rx->src));
  const ip6_addr_t *src;
  struct pbuf *q;
  u8_t *h;

  if (out == NULL || !may_tell(p, rx, to_group) || !icmp_rate_take()) {
    return;
  }
  src = from(rx, out);
  q = src != NULL ? pbuf_alloc(PBUF_IP, (u16_t)(ICMP6_WIRE_HLEN + n), PBUF_RAM) : NULL;
  if (q == NULL) {
    drop_count(DROP_ICMP_MEM);
    return;
  }
  h = (u8_t *)q->payload;
  icmp6_wire_emit(h, type, code, rest);
  quote(h + ICMP6_WIRE_HLEN, n, p, rx);
  ICMP6_STATS_INC(icmp6.xmit);
  icmp6_send(q, src, ip_2_ip6(&rx->src), LWIP_ICMP6_HL, 0, out);
}

void icmp6_error_param(const struct pbuf *p, const struct ip_rx *rx, u8_t code, u32_t at, bool to_group)
{
  icmp6_error(p, rx, ICMP6_WIRE_PARAM, code, at, to_group);
}

void icmp6_send_unreach(const struct pbuf *p, const struct ip_rx *rx, u8_t code4)
{
  if (code4 == ICMP_DUR_PROTO) {
    icmp6_error_param(p, rx, ICMP6_WIRE_CODE_NEXTH, rx->nexth_at, false);
  } else {
    icmp6_error(p, rx, ICMP6_WIRE_UNREACH, ICMP6_WIRE_CODE_PORT, 0, false);
  }
}

/** About a packet somebody else still has, payload at its IPv6 header: parse it again. */
static void tell_about(const struct pbuf *p, u8_t type, u8_t code, u32_t rest, bool to_group)
{
  struct netif *nif = netif_get_by_index(p->if_idx);
  struct ip6_chain c;
  struct ip_rx rx;

  if (nif == NULL) {
    nif = netif_default;
  }
  if (nif != NULL && ip6_rx_parse(p, nif, &rx) == DROP_NONE) {
    (void)ip6_wire_walk(rx.hdr, p->tot_len, p->len, &c);
    rx.hlen = c.hlen;
    rx.proto = c.nexth;
    icmp6_error(p, &rx, type, code, rest, to_group);
  }
}

void icmp6_error_reassembly(const struct pbuf *p)
{
  tell_about(p, ICMP6_WIRE_TIME, ICMP6_TE_FRAG, 0, false);
}

/** Undo and redo the headers passed so far, as the functions of lwIP's API have it. */
static void tell_current(struct pbuf *p, u8_t type, u8_t code, u32_t rest)
{
  const u16_t hlen = ip_data.current_ip_header_tot_len;

  if (ip_data.current_ip6_header != NULL && pbuf_add_header_force(p, hlen) == 0) {
    tell_about(p, type, code, rest, type == ICMP6_WIRE_TOO_BIG);
    (void)pbuf_remove_header(p, hlen);
  }
}

void icmp6_dest_unreach(struct pbuf *p, enum icmp6_dur_code c)
{
  tell_current(p, ICMP6_WIRE_UNREACH, (u8_t)c, 0);
}

void icmp6_packet_too_big(struct pbuf *p, u32_t mtu)
{
  tell_current(p, ICMP6_WIRE_TOO_BIG, 0, mtu);
}

void icmp6_time_exceeded(struct pbuf *p, enum icmp6_te_code c)
{
  tell_current(p, ICMP6_WIRE_TIME, (u8_t)c, 0);
}

void icmp6_time_exceeded_with_addrs(struct pbuf *p, enum icmp6_te_code c, const ip6_addr_t *src_addr,
                                    const ip6_addr_t *dest_addr)
{
  (void)src_addr; /* those in the packet's own header */
  (void)dest_addr;
  tell_about(p, ICMP6_WIRE_TIME, (u8_t)c, 0, false);
}

void icmp6_param_problem(struct pbuf *p, enum icmp6_pp_code c, const void *pointer)
{
  const u8_t *hdr = (const u8_t *)ip_data.current_ip6_header;

  tell_current(p, ICMP6_WIRE_PARAM, (u8_t)c, hdr != NULL ? (u32_t)((const u8_t *)pointer - hdr) : 0);
}

#endif
