/** Forwarding of IPv4 packets between interfaces (RFC 1812 as far as a small router needs it).  Redirects are never sent. */
#include "ip4_forward.h"

#include "../base/hooks.h"
#include "../mem/drop.h"
#include "../wire/wire_icmp.h"
#include "../wire/wire_ip4.h"
#include "icmp_error.h"
#include "ip4_out.h"
#include "lwip/ip.h"
#include "lwip/ip4_frag.h"
#include "lwip/stats.h"

#if LWIP_IPV4 && IP_FORWARD

/** Addresses that mean something on one link only, or nothing at all (RFC 1812 5.3.7, RFC 3927 7). */
static bool is_routable(u32_t network_order)
{
  const u32_t a = lwip_ntohl(network_order);
  const u32_t first = a >> 24;

  return first != 0 && first != 127 && first < 224 && (a >> 16) != 0xa9fe;
}

static bool may_forward(struct pbuf *p, const struct ip_rx *rx)
{
  const u32_t dst = ip4_wire_dst(rx->hdr);
  const int asked = hook_ip4_canforward(p, lwip_ntohl(dst));

  (void)p;
  if (asked >= 0) {
    return asked == 1;
  }
  return is_routable(dst) && is_routable(ip4_wire_src(rx->hdr));
}

/** The packet in memory that is ours alone, with room for the next link's header: the header is about to change.  Takes @p p. */
static struct pbuf *make_own(struct pbuf *p)
{
  struct pbuf *q;

  if (p->ref == 1 && pbuf_add_header(p, PBUF_LINK) == 0) {
    (void)pbuf_remove_header(p, PBUF_LINK);
    return p;
  }
  q = pbuf_clone(PBUF_LINK, PBUF_RAM, p);
  if (q == NULL) {
    drop_count(DROP_IP_MEM);
  }
  pbuf_free(p);
  return q;
}

/** On with it, in pieces if the next link wants that.  Takes @p p. */
static void send_on(struct pbuf *p, const ip4_addr_t *dst, struct netif *out)
{
  IP_STATS_INC(ip.fw);
  IP_STATS_INC(ip.xmit);
  MIB2_STATS_INC(mib2.ipforwdatagrams);
  ip4_wire_ttl_dec((u8_t *)p->payload);
  p->flags &= (u8_t) ~(PBUF_FLAG_LLBCAST | PBUF_FLAG_LLMCAST | PBUF_FLAG_MCASTLOOP);
  (void)ip4_transmit(p, dst, out);
  pbuf_free(p);
}

static bool is_too_big(const struct pbuf *p, const struct netif *out)
{
  return out->mtu != 0 && p->tot_len > out->mtu;
}

void ip4_forward(struct pbuf *p, const struct ip_rx *rx)
{
  ip4_addr_t dst;
  ip4_addr_t src;
  struct netif *out;

  if (!may_forward(p, rx)) {
    drop(p, DROP_IP4_NO_FORWARD);
    return;
  }
  dst.addr = ip4_wire_dst(rx->hdr);
  src.addr = ip4_wire_src(rx->hdr);
  out = ip4_route_from(&src, &dst);
  if (out == NULL || (!IP_FORWARD_ALLOW_TX_ON_RX_NETIF && out == rx->inp)) {
    if (out == NULL) {
      icmp_error_forward(rx, ICMP_WIRE_UNREACH, ICMP_WIRE_CODE_NET, 0);
    }
    drop(p, out == NULL ? DROP_IP4_NO_ROUTE : DROP_IP4_NO_FORWARD);
    return;
  }
  if (rx->ttl <= 1) {
    icmp_error_forward(rx, ICMP_WIRE_TIME, 0, 0);
    drop(p, DROP_IP4_TTL);
    return;
  }
  if (is_too_big(p, out) && (!IP_FRAG || (ip4_wire_frag(rx->hdr) & IP4_WIRE_DF) != 0)) {
    icmp_error_forward(rx, ICMP_WIRE_UNREACH, ICMP_WIRE_CODE_FRAG, out->mtu);
    drop(p, DROP_IP4_DF);
    return;
  }
  p = make_own(p);
  if (p != NULL) {
    send_on(p, &dst, out);
  }
}

#endif
