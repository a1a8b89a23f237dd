/**
 * IPv4 output: header in front, then the link, the loop or the fragmenter.
 *
 * A datagram that fits its path is sent with Don't Fragment and id 0 (RFC 6864: the id of an atomic
 * datagram means nothing, so there is nothing to guess or count in it).  One that does not, or whose
 * path was found narrower than the link (ip4_pmtu.h), gets an id and may be fragmented.
 */
#include "ip4_out.h"

#include "../base/core.h"
#include "../base/random.h"
#include "../mem/drop.h"
#include "../wire/wire_ip4.h"
#include "ip4_pmtu.h"
#include "ip_chksum.h"
#include "ip_header.h"
#include "lwip/ip.h"
#include "lwip/ip4_frag.h"
#include "lwip/stats.h"

#if LWIP_IPV4

u16_t ip4_id_next(void)
{
  return (u16_t)random_u32();
}

#if ENABLE_LOOPBACK
/** Does the packet stay here? */
static bool is_for_ourselves(const ip4_addr_t *dest, const struct netif *nif)
{
  return ip4_addr_eq(dest, netif_ip4_addr(nif)) || ip4_addr_isloopback(dest);
}

static err_t loop(struct pbuf *p, struct netif *nif)
{
  return netif_loop_output(nif, p);
}

/** A group this host may be in itself, when the sender asked for it; the loopback interface gives back all anyway. */
static bool wants_copy(const struct pbuf *p, const struct netif *nif)
{
  return LWIP_MULTICAST_TX_OPTIONS && (p->flags & PBUF_FLAG_MCASTLOOP) != 0 &&
         !ip4_addr_isloopback(netif_ip4_addr(nif));
}
#else
#define is_for_ourselves(dest, nif) false
#define wants_copy(p, nif) false
#define loop(p, nif) ERR_RTE
#endif

#if IP_FRAG
static err_t fragment(struct pbuf *p, struct netif *nif, const ip4_addr_t *dest)
{
  return ip4_frag(p, nif, dest);
}
#else
static err_t fragment(struct pbuf *p, struct netif *nif, const ip4_addr_t *dest)
{
  return nif->output(nif, p, dest);
}
#endif

/** Does @p p have to be fragmented, here or on the way? */
static inline bool is_too_big(const struct pbuf *p, const struct netif *nif)
{
  const u16_t len = p->tot_len;

  return (len - 1u > (u16_t)(nif->mtu - 1u) || ip4_pmtu_exceeds(len)) && !pbuf_is_cut_below(p); /* an MTU of 0: none */
}

/** A packet of ours that cannot go in one piece after all: its id means something now. */
static err_t send_pieces(struct pbuf *p, const ip4_addr_t *dest, struct netif *nif)
{
  u8_t *h = (u8_t *)p->payload;

  ip4_wire_id_put(h, ip4_id_next(), 0);
  if (!IP_FRAG && ip_chksum_on(nif, GEN_IP)) {
    ip4_wire_chksum_put(h, ip4_wire_hlen(h));
  }
  return fragment(p, nif, dest);
}

/** To the loop, the fragmenter or the link.  @p ours: the header is one that send_with() wrote */
static err_t transmit(struct pbuf *p, const ip4_addr_t *dest, struct netif *nif, bool ours)
{
  if (is_for_ourselves(dest, nif)) {
    return loop(p, nif);
  }
  if (wants_copy(p, nif)) {
    (void)loop(p, nif);
  }
  if (is_too_big(p, nif)) {
    return ours ? send_pieces(p, dest, nif) : fragment(p, nif, dest);
  }
  return nif->output(nif, p, dest);
}

err_t ip4_transmit(struct pbuf *p, const ip4_addr_t *dest, struct netif *nif)
{
  return transmit(p, dest, nif, false);
}

/** The caller built the header: only the checksum is looked after. */
static err_t send_hdrincl(struct pbuf *p, struct netif *nif)
{
  const u8_t *h = (const u8_t *)p->payload;
  ip4_addr_t dest;

  if (p->len < IP4_WIRE_HLEN) {
    return ERR_BUF;
  }
  dest.addr = ip4_wire_dst(h);
  return ip4_transmit(p, &dest, nif);
}

/** Write the header of @p hlen octets, whose options are in place, and send. */
static inline err_t send_with(struct pbuf *p, const ip4_addr_t *src, const ip4_addr_t *dest, u8_t ttl, u8_t tos,
                              u8_t proto, struct netif *nif, u8_t hlen)
{
  const bool may_be_cut = LWIP_X_IP4_PMTU == 0 && proto != IP4_WIRE_TCP;
  u8_t *h = (u8_t *)p->payload;

  ip4_wire_emit(h, hlen, tos, p->tot_len, may_be_cut ? ip4_id_next() : 0, may_be_cut ? 0 : IP4_WIRE_DF, ttl, proto,
                src != NULL ? src->addr : 0, dest->addr);
  if (ip_chksum_on(nif, GEN_IP)) {
    ip4_wire_chksum_put(h, hlen);
  }
  return transmit(p, dest, nif, true);
}

/** Room for @p n octets in front of the payload of a packet that stays short enough? */
static bool prepend(struct pbuf *p, u16_t n)
{
  return p->tot_len <= 0xffffu - n && ip_header_push(p, n);
}

err_t ip4_output_if_src(struct pbuf *p, const ip4_addr_t *src, const ip4_addr_t *dest, u8_t ttl, u8_t tos, u8_t proto,
                        struct netif *netif)
{
  LWIP_IP_CHECK_PBUF_REF_COUNT_FOR_TX(p);
  IP_STATS_INC(ip.xmit);
  MIB2_STATS_INC(mib2.ipoutrequests);
  if (dest == LWIP_IP_HDRINCL) {
    return send_hdrincl(p, netif);
  }
  if (!prepend(p, IP4_WIRE_HLEN)) {
    return ERR_BUF;
  }
  return send_with(p, src, dest, ttl, tos, proto, netif, IP4_WIRE_HLEN);
}

/** A source of 0.0.0.0 means: the interface's. */
static const ip4_addr_t *source(const ip4_addr_t *src, const struct netif *nif)
{
  return ip4_addr_isany(src) ? netif_ip4_addr(nif) : src;
}

err_t ip4_output_if(struct pbuf *p, const ip4_addr_t *src, const ip4_addr_t *dest, u8_t ttl, u8_t tos, u8_t proto,
                    struct netif *netif)
{
  return ip4_output_if_src(p, source(src, netif), dest, ttl, tos, proto, netif);
}

err_t ip4_output_inside(struct pbuf *p, const ip4_addr_t *src, const ip4_addr_t *dest, u8_t ttl, u8_t tos, u8_t proto)
{
  ip4_addr_t to;
  struct netif *nif;

  if (dest != LWIP_IP_HDRINCL) {
    to = *dest;
  } else if (p->len >= IP4_WIRE_HLEN) {
    to.addr = ip4_wire_dst((const u8_t *)p->payload);
  } else {
    return ERR_BUF;
  }
  nif = ip4_route_from(src, &to);
  if (nif == NULL) {
    drop_count(DROP_IP4_NO_ROUTE);
    return ERR_RTE;
  }
  return ip4_output_if(p, src, dest, ttl, tos, proto, nif);
}

err_t ip4_output(struct pbuf *p, const ip4_addr_t *src, const ip4_addr_t *dest, u8_t ttl, u8_t tos, u8_t proto)
{
  err_t err;

  if (!core_enter()) {
    return ERR_INPROGRESS;
  }
  err = ip4_output_inside(p, src, dest, ttl, tos, proto);
  core_leave();
  return err;
}

#if LWIP_NETIF_USE_HINTS
err_t ip4_output_hinted(struct pbuf *p, const ip4_addr_t *src, const ip4_addr_t *dest, u8_t ttl, u8_t tos, u8_t proto,
                        struct netif_hint *netif_hint)
{
  struct netif *nif = ip4_route_from(src, dest);
  err_t err;

  if (nif == NULL) {
    drop_count(DROP_IP4_NO_ROUTE);
    return ERR_RTE;
  }
  NETIF_SET_HINTS(nif, netif_hint);
  err = ip4_output_if(p, src, dest, ttl, tos, proto, nif);
  NETIF_RESET_HINTS(nif);
  return err;
}
#endif

#if IP_OPTIONS_SEND
err_t ip4_output_if_opt_src(struct pbuf *p, const ip4_addr_t *src, const ip4_addr_t *dest, u8_t ttl, u8_t tos,
                            u8_t proto, struct netif *netif, void *ip_options, u16_t optlen)
{
  const u16_t padded = (u16_t)((optlen + 3u) & ~3u);
  u8_t *h;

  if (optlen == 0 || dest == LWIP_IP_HDRINCL) {
    return ip4_output_if_src(p, src, dest, ttl, tos, proto, netif);
  }
  if (padded > IP4_WIRE_HLEN_MAX - IP4_WIRE_HLEN) {
    return ERR_VAL;
  }
  LWIP_IP_CHECK_PBUF_REF_COUNT_FOR_TX(p);
  IP_STATS_INC(ip.xmit);
  MIB2_STATS_INC(mib2.ipoutrequests);
  if (!prepend(p, (u16_t)(IP4_WIRE_HLEN + padded))) {
    return ERR_BUF;
  }
  h = (u8_t *)p->payload + IP4_WIRE_HLEN;
  memset(h + optlen, 0, (size_t)(padded - optlen));
  memcpy(h, ip_options, optlen);
  return send_with(p, src, dest, ttl, tos, proto, netif, (u8_t)(IP4_WIRE_HLEN + padded));
}

err_t ip4_output_if_opt(struct pbuf *p, const ip4_addr_t *src, const ip4_addr_t *dest, u8_t ttl, u8_t tos, u8_t proto,
                        struct netif *netif, void *ip_options, u16_t optlen)
{
  return ip4_output_if_opt_src(p, source(src, netif), dest, ttl, tos, proto, netif, ip_options, optlen);
}
#endif

#endif
