/** IPv6 forwarding (RFC 8200; RFC 4443 for what is told when it cannot be; RFC 4007 section 9 for scopes). */
#include "ip6_forward.h"

#include "../mem/drop.h"
#include "../wire/wire_icmp6.h"
#include "../wire/wire_ip6.h"
#include "icmp6_error.h"
#include "ip6_out.h"
#include "lwip/ip.h"
#include "lwip/stats.h"

#if LWIP_IPV6 && LWIP_IPV6_FORWARD

/** Nothing from nobody, nor to or from one link alone: that does not make sense on another. */
static bool may_forward(const ip6_addr_t *src, const ip6_addr_t *dst)
{
  return !lwip_x_ip6_isany(src) && !ip6_addr_isloopback(src) && !ip6_addr_isloopback(dst) && !ip6_addr_islinklocal(dst);
}

/** A packet whose header can be written to.  Takes @p p.  @return NULL: no memory */
static struct pbuf *make_own(struct pbuf *p)
{
  struct pbuf *q;

  if (p->ref == 1 && (p->type_internal & PBUF_TYPE_FLAG_STRUCT_DATA_CONTIGUOUS) != 0) {
    return p;
  }
  q = pbuf_clone(PBUF_LINK, PBUF_RAM, p);
  drop(p, q == NULL ? DROP_IP_MEM : DROP_NONE);
  return q;
}

/** Tell the sender why not.  Takes @p p. */
static void refuse(struct pbuf *p, const struct ip_rx *rx, u8_t type, u8_t code, u32_t rest, enum lwip_x_drop why)
{
  icmp6_error(p, rx, type, code, rest, false);
  drop(p, why);
}

void ip6_forward(struct pbuf *p, const struct ip_rx *rx)
{
  const ip6_addr_t *src = ip_2_ip6(&rx->src);
  const ip6_addr_t *dst = ip_2_ip6(&rx->dst);
  struct netif *out;

  if (!may_forward(src, dst)) {
    drop(p, DROP_IP6_NO_FORWARD);
    return;
  }
  out = ip6_route(IP6_ADDR_ANY6, dst);
  if (out == NULL || out == rx->inp) { /* back where it came from it would go in a circle: we send no redirects */
    refuse(p, rx, ICMP6_WIRE_UNREACH, ICMP6_WIRE_CODE_NO_ROUTE, 0, DROP_IP6_NO_ROUTE);
    return;
  }
  if (ip6_addr_islinklocal(src)) {
    refuse(p, rx, ICMP6_WIRE_UNREACH, ICMP6_WIRE_CODE_SCOPE, 0, DROP_IP6_NO_FORWARD);
    return;
  }
  if (rx->ttl <= 1) {
    refuse(p, rx, ICMP6_WIRE_TIME, ICMP6_WIRE_CODE_HOPS, 0, DROP_IP6_HOPS);
    return;
  }
  if (netif_mtu6(out) != 0 && p->tot_len > netif_mtu6(out)) {
    refuse(p, rx, ICMP6_WIRE_TOO_BIG, 0, netif_mtu6(out), DROP_IP6_TOO_BIG);
    return;
  }
  p = make_own(p);
  if (p != NULL) {
    ((u8_t *)p->payload)[IP6_WIRE_HOPLIM_AT]--;
    p->flags &= (u8_t) ~(PBUF_FLAG_LLBCAST | PBUF_FLAG_LLMCAST | PBUF_FLAG_MCASTLOOP);
    IP6_STATS_INC(ip6.fw);
    IP6_STATS_INC(ip6.xmit);
    (void)out->output_ip6(out, p, dst);
    pbuf_free(p);
  }
}

#endif
