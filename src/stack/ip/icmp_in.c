/**
 * ICMP input (RFC 792, RFC 1122 3.2.2).
 *
 * An echo request is turned into its reply where it lies, when nobody else refers to the pbuf and the
 * headers fit in front again; otherwise it is copied.  Errors are handed to the protocol whose packet
 * they quote.  Everything else is dropped: redirects (a stranger shall not bend routes), source quench
 * (RFC 6633), router advertisements, timestamps and address masks.
 */
#include "icmp_in.h"

#include "../mem/drop.h"
#include "../wire/wire_icmp.h"
#include "../wire/wire_ip4.h"
#include "icmp_rate.h"
#include "ip4_in.h"
#include "ip_chksum.h"
#include "lwip/icmp.h"
#include "lwip/inet_chksum.h"
#include "lwip/ip.h"
#include "lwip/stats.h"

#if LWIP_IPV4 && LWIP_ICMP

/** Octets of the transport header a quotation has to have. */
#define QUOTE 8

static bool is_intact(struct pbuf *p, const struct ip_rx *rx)
{
  if (ip_rx_is_trusted(rx)) {
    return true;
  }
  if (!ip_chksum_on(rx->inp, CHECK_ICMP) && (rx->flags & IP_RX_REASSEMBLED) == 0) {
    return true;
  }
  return inet_chksum_pbuf(p) == 0;
}

/** May this kind of destination be pinged?  The reply to a group comes from the interface's address. */
static bool may_ping(const struct ip_rx *rx)
{
  if ((rx->flags & IP_RX_MULTICAST) != 0) {
    return LWIP_MULTICAST_PING;
  }
  if ((rx->flags & IP_RX_BROADCAST) != 0) {
    return LWIP_BROADCAST_PING;
  }
  return true;
}

/** The request where the reply can be written: itself, as the header it came with leaves room for another, or a copy.  Takes @p p. */
static struct pbuf *writable(struct pbuf *p)
{
  struct pbuf *q;

  if (p->ref == 1 && (p->type_internal & PBUF_TYPE_FLAG_STRUCT_DATA_CONTIGUOUS) != 0) {
    return p;
  }
  q = pbuf_clone(PBUF_IP, PBUF_RAM, p);
  drop(p, q == NULL ? DROP_ICMP_MEM : DROP_NONE);
  return q;
}

/** Will the reply be cut in pieces, so that no hardware can make its checksum? */
static bool is_fragmented(const struct pbuf *p, const struct netif *nif)
{
  return IP_FRAG && nif->mtu != 0 && p->tot_len > nif->mtu - IP4_WIRE_HLEN;
}

static void echo(struct pbuf *p, const struct ip_rx *rx)
{
  const bool to_group = (rx->flags & (IP_RX_BROADCAST | IP_RX_MULTICAST)) != 0;
  const ip4_addr_t *from = to_group ? netif_ip4_addr(rx->nif) : ip_2_ip4(&rx->dst);
  u8_t *h;

  MIB2_STATS_INC(mib2.icmpinechos);
  if (!may_ping(rx)) {
    drop(p, DROP_ICMP_GROUP);
    return;
  }
  if (!icmp_rate_echo()) {
    drop(p, DROP_ICMP_RATE);
    return;
  }
  if (!is_intact(p, rx)) {
    drop(p, DROP_ICMP_CHKSUM);
    return;
  }
  p = writable(p);
  if (p == NULL) {
    return;
  }
  h = (u8_t *)p->payload;
  icmp_wire_echo_turn(h);
  if (!ip_chksum_on(rx->inp, GEN_ICMP) && !is_fragmented(p, rx->inp)) {
    be16_put(h + 2, 0);
  }
  p->flags &= (u8_t) ~(PBUF_FLAG_LLBCAST | PBUF_FLAG_LLMCAST | PBUF_FLAG_MCASTLOOP);
  ICMP_STATS_INC(icmp.xmit);
  MIB2_STATS_INC(mib2.icmpoutmsgs);
  MIB2_STATS_INC(mib2.icmpoutechoreps);
  (void)ip4_output_if_src(p, from, ip_2_ip4(&rx->src), ICMP_TTL, rx->tos, IP4_WIRE_ICMP, rx->inp);
  pbuf_free(p);
}

/** In the words of struct ip_error. */
static enum ip_error_what meaning(u8_t type, u8_t code)
{
  static const u8_t unreach[] = { IP_ERR_UNREACH_NET,  IP_ERR_UNREACH_HOST, IP_ERR_UNREACH_PROTO,
                                  IP_ERR_UNREACH_PORT, IP_ERR_TOO_BIG,      IP_ERR_UNREACH_HOST };

  if (type == ICMP_WIRE_TIME) {
    return IP_ERR_TIME;
  }
  if (type != ICMP_WIRE_UNREACH) {
    return IP_ERR_OTHER;
  }
  if (code < sizeof unreach) {
    return unreach[code];
  }
  if (code == ICMP_WIRE_CODE_NET_ADMIN || code == ICMP_WIRE_CODE_HOST_ADMIN || code == ICMP_WIRE_CODE_ADMIN) {
    return IP_ERR_ADMIN;
  }
  return IP_ERR_OTHER;
}

/**
 * Does the quotation behind the ICMP header begin with an IPv4 header we may have sent, and QUOTE octets more?
 * @return the length of that header, 0: no
 */
static u8_t quoted_hlen(const u8_t *q, u16_t len, const struct ip_rx *rx)
{
  u8_t hlen;

  if (len < IP4_WIRE_HLEN + QUOTE || ip4_wire_version(q) != 4) {
    return 0;
  }
  hlen = ip4_wire_hlen(q);
  return hlen >= IP4_WIRE_HLEN && len >= hlen + QUOTE && ip4_wire_len(q) >= hlen + QUOTE && ip4_wire_offset(q) == 0 &&
             ip4_wire_src(q) == ip_2_ip4(&rx->dst)->addr
           ? hlen
           : 0;
}

/** Lends @p p. */
static enum lwip_x_drop error(const struct pbuf *p, const struct ip_rx *rx)
{
  const u8_t *h = (const u8_t *)p->payload;
  const u8_t *q = h + ICMP_WIRE_HLEN;
  const u16_t len = (u16_t)(p->len - ICMP_WIRE_HLEN);
  const u8_t hlen = quoted_hlen(q, len, rx);
  struct ip_error what;
  ip_addr_t local, remote;

  if ((rx->flags & (IP_RX_BROADCAST | IP_RX_MULTICAST)) != 0 || hlen == 0) {
    return DROP_ICMP_EMBEDDED;
  }
  ip_addr_set_ip4_u32_val(local, ip4_wire_src(q));
  ip_addr_set_ip4_u32_val(remote, ip4_wire_dst(q));
  what.what = meaning(icmp_wire_type(h), icmp_wire_code(h));
  what.local = &local;
  what.remote = &remote;
  what.quoted = q + hlen;
  what.quoted_len = (u16_t)(len - hlen);
  what.mtu = what.what == IP_ERR_TOO_BIG ? icmp_wire_mtu(h) : 0;
  what.proto = ip4_wire_proto(q);
  ip_tell_error(&what);
  return DROP_NONE;
}

void icmp_rx(struct pbuf *p, const struct ip_rx *rx)
{
  u8_t type;

  ICMP_STATS_INC(icmp.recv);
  MIB2_STATS_INC(mib2.icmpinmsgs);
  if (p->len < ICMP_WIRE_HLEN) {
    drop(p, DROP_ICMP_SHORT);
    return;
  }
  type = icmp_wire_type((const u8_t *)p->payload);
  if (type == ICMP_WIRE_ECHO) {
    echo(p, rx);
  } else if (type != ICMP_WIRE_UNREACH && type != ICMP_WIRE_TIME && type != ICMP_WIRE_PARAM) {
    drop(p, type == ICMP_WIRE_ECHO_REPLY ? DROP_NONE : DROP_ICMP_TYPE);
  } else if (!is_intact(p, rx)) {
    drop(p, DROP_ICMP_CHKSUM);
  } else {
    drop(p, error(p, rx));
  }
}

void icmp_input(struct pbuf *p, struct netif *inp)
{
  struct ip_rx rx;
  const u16_t hlen = ip_data.current_ip_header_tot_len;

  if (pbuf_add_header_force(p, hlen) != 0) {
    pbuf_free(p);
    return;
  }
  if (ip4_rx_parse(p, inp, &rx) != DROP_NONE || rx.nif == NULL || rx.hlen != hlen) {
    drop(p, DROP_IP4_HLEN);
    return;
  }
  (void)pbuf_remove_header(p, hlen);
  icmp_rx(p, &rx);
}

#endif
