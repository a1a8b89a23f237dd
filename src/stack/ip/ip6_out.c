/**
 * IPv6 output: header in front, then the link, the loop or the fragmenter.
 *
 * The flow label (RFC 6437) is a keyed function of addresses, protocol and ports, so that routers can spread
 * flows without looking behind the header, and nobody outside can choose it.
 */
#include "ip6_out.h"

#include "../base/random.h"
#include "../mem/drop.h"
#include "../wire/wire_ip6.h"
#include "ip_header.h"
#include "ip_zone.h"
#include "lwip/ip.h"
#include "lwip/ip6_frag.h"
#include "lwip/nd6.h"
#include "lwip/stats.h"

#if LWIP_IPV6

#if ENABLE_LOOPBACK
/** Does the packet stay here? */
static bool is_for_ourselves(const ip6_addr_t *dest, const struct netif *nif)
{
  return ip6_owns(nif, dest) || ip6_addr_isloopback(dest);
}

static err_t loop(struct pbuf *p, struct netif *nif)
{
  return netif_loop_output(nif, p);
}

/** A group this host may be in itself, when the sender asked for it; the loopback interface gives back all anyway. */
static bool wants_copy(const struct pbuf *p, const struct netif *nif)
{
  return LWIP_MULTICAST_TX_OPTIONS && (p->flags & PBUF_FLAG_MCASTLOOP) != 0 &&
         !ip6_addr_isloopback(netif_ip6_addr(nif, 0));
}

/** Groups that do not leave the interface (RFC 4291 2.7.1). */
static bool stays(const ip6_addr_t *dest)
{
  return ip6_addr_ismulticast(dest) && ip6_addr_multicast_scope(dest) == IP6_MULTICAST_SCOPE_INTERFACE_LOCAL;
}
#else
#define is_for_ourselves(dest, nif) false
#define wants_copy(p, nif) false
#define stays(dest) false
#define loop(p, nif) ERR_RTE
#endif

#if LWIP_IPV6_FRAG
static err_t fragment(struct pbuf *p, struct netif *nif, const ip6_addr_t *dest)
{
  return ip6_frag(p, nif, dest);
}
#else
static err_t fragment(struct pbuf *p, struct netif *nif, const ip6_addr_t *dest)
{
  return nif->output_ip6(nif, p, dest);
}
#endif

/** Does the path to @p dest take the packet only in pieces?  (What fits everywhere need not be looked up.) */
static bool is_too_big(const struct pbuf *p, const ip6_addr_t *dest, struct netif *nif)
{
  return p->tot_len > IP6_WIRE_MIN_MTU && netif_mtu6(nif) != 0 && !pbuf_is_cut_below(p) &&
         p->tot_len > nd6_get_destination_mtu(dest, nif);
}

err_t ip6_transmit(struct pbuf *p, const ip6_addr_t *dest, struct netif *nif)
{
  if (is_for_ourselves(dest, nif) || stays(dest)) {
    return loop(p, nif);
  }
  if (wants_copy(p, nif)) {
    (void)loop(p, nif);
  }
  if (is_too_big(p, dest, nif)) {
    return fragment(p, nif, dest);
  }
  return nif->output_ip6(nif, p, dest);
}

/** A destination without its zone gets that of the interface (RFC 4007 section 6). */
static const ip6_addr_t *with_zone(const ip6_addr_t *dest, ip6_addr_t *copy, const struct netif *nif)
{
  if (!ip6_zone_maybe(dest) || !ip6_zone_lacks(dest)) {
    return dest;
  }
  ip6_addr_copy(*copy, *dest);
  ip6_zone_assign(copy, nif);
  return copy;
}

#if LWIP_X_IP6_FLOW_LABEL
static u32_t mix(u32_t h, u32_t v)
{
  h = (h ^ v) * 0x9e3779b1u;
  return h ^ (h >> 15);
}

/** 20 bits, the same for all packets of a flow (RFC 6437 section 3). */
static u32_t flow_label(const struct pbuf *p, const ip6_addr_t *src, const ip6_addr_t *dest, u8_t nexth)
{
  static u32_t key;
  u32_t h;

  if (key == 0) {
    key = random_u32() | 1;
  }
  h = mix(mix(key, src->addr[1] ^ src->addr[3]), dest->addr[1] ^ dest->addr[3]);
  if ((nexth == IP6_WIRE_TCP || nexth == IP6_WIRE_UDP) && p->len >= 4) {
    h ^= ne32_get((const u8_t *)p->payload);
  }
  return mix(h, nexth ^ key) >> 12;
}
#else
#define flow_label(p, src, dest, nexth) 0
#endif

/** The caller built the header. */
static err_t send_hdrincl(struct pbuf *p, struct netif *nif)
{
  const u8_t *h = (const u8_t *)p->payload;
  ip6_addr_t dest;

  if (p->len < IP6_WIRE_HLEN) {
    return ERR_BUF;
  }
  ip6_wire_dst(h, dest.addr);
  ip6_zone_assign(&dest, nif);
  return ip6_transmit(p, &dest, nif);
}

err_t ip6_output_if_src(struct pbuf *p, const ip6_addr_t *src, const ip6_addr_t *dest, u8_t hl, u8_t tc, u8_t nexth,
                        struct netif *netif)
{
  ip6_addr_t copy;
  u32_t flow;

  LWIP_IP_CHECK_PBUF_REF_COUNT_FOR_TX(p);
  IP6_STATS_INC(ip6.xmit);
  if (dest == LWIP_IP_HDRINCL) {
    return send_hdrincl(p, netif);
  }
  if (src == NULL) {
    src = IP6_ADDR_ANY6;
  }
  dest = with_zone(dest, &copy, netif);
  flow = flow_label(p, src, dest, nexth);
  if (p->tot_len > 0xffffu - IP6_WIRE_HLEN || !ip_header_push(p, IP6_WIRE_HLEN)) {
    return ERR_BUF;
  }
  ip6_wire_emit((u8_t *)p->payload, tc, flow, (u16_t)(p->tot_len - IP6_WIRE_HLEN), nexth, hl, src->addr, dest->addr);
  return ip6_transmit(p, dest, netif);
}

/** No source, or the unspecified one, means: the best the interface has.  @return NULL: it has none */
static const ip6_addr_t *source(const ip6_addr_t *src, const ip6_addr_t *dest, struct netif *nif)
{
  const ip_addr_t *best;

  if (!ip6_addr_isany(src)) {
    return src;
  }
  best = ip6_select_source_address(nif, dest);
  return best != NULL ? ip_2_ip6(best) : NULL;
}

err_t ip6_output_if(struct pbuf *p, const ip6_addr_t *src, const ip6_addr_t *dest, u8_t hl, u8_t tc, u8_t nexth,
                    struct netif *netif)
{
  if (dest != LWIP_IP_HDRINCL) {
    src = source(src, dest, netif);
    if (src == NULL) {
      drop_count(DROP_IP6_NO_ROUTE);
      return ERR_RTE;
    }
  }
  return ip6_output_if_src(p, src, dest, hl, tc, nexth, netif);
}

/** The interface for @p dest, counted if there is none. */
static struct netif *route(const ip6_addr_t *src, const ip6_addr_t *dest)
{
  struct netif *nif = ip6_route(src, dest);

  if (nif == NULL) {
    drop_count(DROP_IP6_NO_ROUTE);
  }
  return nif;
}

err_t ip6_output(struct pbuf *p, const ip6_addr_t *src, const ip6_addr_t *dest, u8_t hl, u8_t tc, u8_t nexth)
{
  ip6_addr_t from, to;
  struct netif *nif;

  if (dest != LWIP_IP_HDRINCL) {
    nif = route(src, dest);
  } else if (p->len >= IP6_WIRE_HLEN) {
    ip6_wire_src((const u8_t *)p->payload, from.addr);
    ip6_wire_dst((const u8_t *)p->payload, to.addr);
    ip6_addr_clear_zone(&from);
    ip6_addr_clear_zone(&to);
    nif = route(&from, &to);
  } else {
    return ERR_BUF;
  }
  return nif != NULL ? ip6_output_if(p, src, dest, hl, tc, nexth, nif) : ERR_RTE;
}

#if LWIP_NETIF_USE_HINTS
err_t ip6_output_hinted(struct pbuf *p, const ip6_addr_t *src, const ip6_addr_t *dest, u8_t hl, u8_t tc, u8_t nexth,
                        struct netif_hint *netif_hint)
{
  struct netif *nif = route(src, dest);
  err_t err;

  if (nif == NULL) {
    return ERR_RTE;
  }
  NETIF_SET_HINTS(nif, netif_hint);
  err = ip6_output_if(p, src, dest, hl, tc, nexth, nif);
  NETIF_RESET_HINTS(nif);
  return err;
}
#endif

#if LWIP_IPV6_MLD
err_t ip6_options_add_hbh_ra(struct pbuf *p, u8_t nexth, u8_t value)
{
  u8_t *h;

  if (!ip_header_push(p, 8)) {
    return ERR_BUF;
  }
  h = (u8_t *)p->payload;
  be32_put(h, ((u32_t)nexth << 24) | 0x0502u);     /* Router Alert of 2 octets (RFC 2711) */
  be32_put(h + 4, ((u32_t)value << 16) | 0x0100u); /* PadN of 0 octets */
  return ERR_OK;
}
#endif

#endif
