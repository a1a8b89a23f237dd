/**
 * ICMPv6 input (RFC 4443): the checksum for all, echo, errors about packets of ours; ND and MLD go to their own files,
 * ND only from the link itself and in one piece (RFC 4861 section 6.1 and 7.1, RFC 6980).
 */
#include "icmp6_in.h"

#include "../mem/drop.h"
#include "../wire/wire_icmp6.h"
#include "../wire/wire_ip6.h"
#include "icmp6_send.h"
#include "icmp_rate.h"
#include "ip6_in.h"
#include "ip_chksum.h"
#include "ip_header.h"
#include "lwip/icmp6.h"
#include "lwip/inet_chksum.h"
#include "lwip/ip.h"
#include "lwip/stats.h"
#include "mld6_host.h"
#include "nd6_host.h"

#if LWIP_IPV6 && LWIP_ICMP6

/** Octets of the transport header a quotation has to have. */
enum { QUOTE = 8 };

static bool is_intact(struct pbuf *p, const struct ip_rx *rx)
{
  if (ip_rx_is_trusted(rx) || (!ip_chksum_on(rx->inp, CHECK_ICMP6) && (rx->flags & IP_RX_REASSEMBLED) == 0)) {
    return true;
  }
  return ip6_chksum_pseudo(p, IP6_WIRE_ICMP6, p->tot_len, ip_2_ip6(&rx->src), ip_2_ip6(&rx->dst)) == 0;
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

/** The address the reply comes from: the one that was asked, or the best for a group (4.2). */
static const ip6_addr_t *replier(const struct ip_rx *rx)
{
  const ip_addr_t *best;

  if ((rx->flags & IP_RX_MULTICAST) == 0) {
    return ip_2_ip6(&rx->dst);
  }
  best = ip6_select_source_address(rx->inp, ip_2_ip6(&rx->src));
  return best != NULL ? ip_2_ip6(best) : NULL;
}

/** Takes @p p. */
static void echo(struct pbuf *p, const struct ip_rx *rx)
{
  const ip6_addr_t *src = replier(rx);
  ip6_addr_t from, to;
  u8_t *h;

  if (((rx->flags & IP_RX_MULTICAST) != 0 && !LWIP_MULTICAST_PING) || lwip_x_ip6_isany(ip_2_ip6(&rx->src))) {
    drop(p, DROP_ICMP_GROUP);
    return;
  }
  if (src == NULL || !icmp_rate_echo()) {
    drop(p, DROP_ICMP_RATE);
    return;
  }
  ip6_addr_copy(from, *src);
  ip6_addr_copy(to, *ip_2_ip6(&rx->src));
  p = writable(p);
  if (p == NULL) {
    return;
  }
  h = (u8_t *)p->payload;
  icmp6_wire_emit(h, ICMP6_WIRE_ECHO_REPLY, 0, icmp6_wire_rest(h));
  p->flags &= (u8_t) ~(PBUF_FLAG_LLBCAST | PBUF_FLAG_LLMCAST | PBUF_FLAG_MCASTLOOP);
  ICMP6_STATS_INC(icmp6.xmit);
  icmp6_send(p, &from, &to, LWIP_ICMP6_HL, rx->tos, rx->inp);
}

/** In the words of struct ip_error. */
static enum ip_error_what meaning(u8_t type, u8_t code)
{
  static const u8_t unreach[] = { IP_ERR_UNREACH_NET,  IP_ERR_ADMIN, IP_ERR_UNREACH_HOST, IP_ERR_UNREACH_HOST,
                                  IP_ERR_UNREACH_PORT, IP_ERR_ADMIN, IP_ERR_UNREACH_NET };

  if (type == ICMP6_WIRE_TOO_BIG) {
    return IP_ERR_TOO_BIG;
  }
  if (type == ICMP6_WIRE_TIME) {
    return IP_ERR_TIME;
  }
  if (type == ICMP6_WIRE_PARAM) {
    return code == ICMP6_WIRE_CODE_NEXTH ? IP_ERR_UNREACH_PROTO : IP_ERR_OTHER;
  }
  return type == ICMP6_WIRE_UNREACH && code < sizeof unreach ? (enum ip_error_what)unreach[code] : IP_ERR_OTHER;
}

/** A packet of ours as an error quotes it. */
struct quotation {
  ip_addr_t local, remote;
  struct ip6_chain chain;
};

/** Do the @p len octets at @p q begin with the headers of a packet we may have sent, and QUOTE octets more? */
static bool parse_quotation(const u8_t *q, u16_t len, const struct ip_rx *rx, struct quotation *to)
{
  enum ip6_wire_chain what;

  if (len < IP6_WIRE_HLEN + QUOTE || ip6_wire_version(q) != 6) {
    return false;
  }
  IP_SET_TYPE(&to->local, IPADDR_TYPE_V6);
  IP_SET_TYPE(&to->remote, IPADDR_TYPE_V6);
  nd6_addr_get(ip_2_ip6(&to->local), q + 8, rx->inp);
  nd6_addr_get(ip_2_ip6(&to->remote), q + 24, rx->inp);
  what = ip6_wire_walk(q, len, len, &to->chain);
  if (what != IP6_CHAIN_WHOLE && (what != IP6_CHAIN_FRAGMENT || ip6_wire_frag(q + to->chain.frag) > IP6_WIRE_MF)) {
    return false;
  }
  return len >= to->chain.hlen + QUOTE && lwip_x_ip6_eq(ip_2_ip6(&to->local), ip_2_ip6(&rx->dst));
}

/** TCP and UDP know better whether they sent such a packet; what others did has to be believed. */
static void learn_mtu(const struct ip_error *what, struct netif *nif)
{
  if (what->what == IP_ERR_TOO_BIG && what->proto != IP6_WIRE_TCP && what->proto != IP6_WIRE_UDP) {
    nd6_learn_mtu(ip_2_ip6(what->remote), nif, what->mtu);
  }
}

/** An error about a packet of ours.  Lends @p p. */
static enum lwip_x_drop error(const struct pbuf *p, const struct ip_rx *rx)
{
  const u8_t *h = (const u8_t *)p->payload;
  const u8_t *q = h + ICMP6_WIRE_HLEN;
  const u16_t len = (u16_t)(p->len - ICMP6_WIRE_HLEN);
  struct quotation quoted;
  struct ip_error what;

  if ((rx->flags & IP_RX_MULTICAST) != 0 || !parse_quotation(q, len, rx, &quoted)) {
    return DROP_ICMP_EMBEDDED;
  }
  if (icmp6_wire_type(h) == ICMP6_WIRE_TOO_BIG && icmp6_wire_rest(h) < IP6_WIRE_MIN_MTU) {
    return DROP_ICMP_EMBEDDED; /* no link is that narrow (RFC 8201 section 4) */
  }
  memset(&what, 0, sizeof what);
  what.what = meaning(icmp6_wire_type(h), icmp6_wire_code(h));
  what.local = &quoted.local;
  what.remote = &quoted.remote;
  what.quoted = q + quoted.chain.hlen;
  what.quoted_len = (u16_t)(len - quoted.chain.hlen);
  what.mtu = what.what == IP_ERR_TOO_BIG ? (u16_t)LWIP_MIN(icmp6_wire_rest(h), 0xffffu) : 0;
  what.proto = quoted.chain.nexth;
  learn_mtu(&what, rx->inp);
  ip_tell_error(&what);
  return DROP_NONE;
}

/** RFC 4861 6.1, 7.1, 8.1: from a neighbour, not through a router; RFC 6980: in one piece. */
static bool is_for_nd(const struct pbuf *p, const struct ip_rx *rx)
{
  return rx->ttl == 255 && icmp6_wire_code((const u8_t *)p->payload) == 0 && (rx->flags & IP_RX_FRAGMENT) == 0;
}

/** RFC 2710 3, RFC 3810 5 and 6.2: from the link, and with the Router Alert all of them have. */
static bool is_for_mld(const struct ip_rx *rx)
{
  const ip6_addr_t *src = ip_2_ip6(&rx->src);

  return rx->ttl == 1 && (rx->flags & (IP_RX_FRAGMENT | IP_RX_ALERT)) == IP_RX_ALERT &&
         (ip6_addr_islinklocal(src) || lwip_x_ip6_isany(src));
}

void icmp6_rx(struct pbuf *p, const struct ip_rx *rx)
{
  u8_t type;

  ICMP6_STATS_INC(icmp6.recv);
  if (p->len < ICMP6_WIRE_HLEN) {
    drop(p, DROP_ICMP_SHORT);
    return;
  }
  if (!is_intact(p, rx)) {
    drop(p, DROP_ICMP_CHKSUM);
    return;
  }
  type = icmp6_wire_type((const u8_t *)p->payload);
  switch (type) {
    case ICMP6_WIRE_RS:
    case ICMP6_WIRE_RA:
    case ICMP6_WIRE_NS:
    case ICMP6_WIRE_NA:
    case ICMP6_WIRE_REDIRECT:
      if (is_for_nd(p, rx)) {
        nd6_rx(p, rx);
      } else {
        drop(p, DROP_ND6_ORIGIN);
      }
      break;
    case ICMP6_WIRE_MLD_QUERY:
    case ICMP6_WIRE_MLD_REPORT:
    case ICMP6_WIRE_MLD_DONE:
    case ICMP6_WIRE_MLD2_REPORT:
      if (is_for_mld(rx)) {
        mld6_rx(p, rx);
      } else {
        drop(p, DROP_MLD6_ORIGIN);
      }
      break;
    case ICMP6_WIRE_ECHO:
      echo(p, rx);
      break;
    case ICMP6_WIRE_ECHO_REPLY:
      drop(p, DROP_NONE);
      break;
    case ICMP6_WIRE_UNREACH:
    case ICMP6_WIRE_TOO_BIG:
    case ICMP6_WIRE_TIME:
    case ICMP6_WIRE_PARAM:
      drop(p, error(p, rx));
      break;
    default:
      drop(p, DROP_ICMP_TYPE);
      break;
  }
}

void icmp6_input(struct pbuf *p, struct netif *inp)
{
  struct ip_rx rx;
  struct ip6_chain c;
  const u16_t hlen = ip_data.current_ip_header_tot_len;

  if (pbuf_add_header_force(p, hlen) != 0) {
    pbuf_free(p);
    return;
  }
  if (ip6_rx_parse(p, inp, &rx) != DROP_NONE || rx.nif == NULL ||
      ip6_wire_walk(rx.hdr, p->tot_len, p->len, &c) != IP6_CHAIN_WHOLE || c.hlen != hlen) {
    drop(p, DROP_IP6_EXT);
    return;
  }
  rx.hlen = hlen;
  rx.len = (u16_t)(p->tot_len - hlen);
  rx.proto = c.nexth;
  rx.flags |= (u8_t)((c.alert ? IP_RX_ALERT : 0) | (c.frag != 0 ? IP_RX_FRAGMENT : 0));
  (void)pbuf_remove_header(p, hlen);
  icmp6_rx(p, &rx);
}

#endif
