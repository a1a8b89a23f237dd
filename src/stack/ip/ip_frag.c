/**
 * Fragmentation for both versions of IP (RFC 791; RFC 8200 section 4.5).  Each piece is a copy in buffers of its own: the
 * original may go when the call returns, however long the driver needs for the pieces.
 *
 * IPv4: the first piece has the header's options, the others those that are to be copied.  IPv6: each piece has the headers
 * routers look at, and a Fragment header.
 */
#include "lwip/ip4_frag.h"
#include "lwip/ip6_frag.h"

#include "../base/random.h"
#include "../mem/drop.h"
#include "../mem/pbuf_fill.h"
#include "../wire/wire_ip4.h"
#include "../wire/wire_ip6.h"
#include "ip4_pmtu.h"
#include "ip_chksum.h"
#include "lwip/nd6.h"
#include "lwip/stats.h"

#define IP4_FRAG_ON (LWIP_IPV4 && IP_FRAG)
#define IP6_FRAG_ON (LWIP_IPV6 && LWIP_IPV6_FRAG)

#if IP4_FRAG_ON || IP6_FRAG_ON

/** Heap memory for drivers that want one piece, otherwise buffers of the pool, chained where they are small. */
#define PIECE_TYPE (LWIP_NETIF_TX_SINGLE_PBUF ? PBUF_RAM : PBUF_POOL)

/** A packet of @p hlen octets that are still to be written, and behind them a copy of @p len octets of @p p from @p at on.
 *  @return NULL: no memory, counted */
static struct pbuf *piece_new(const struct pbuf *p, u16_t at, u16_t len, u8_t hlen)
{
  struct pbuf *piece = pbuf_alloc(PBUF_LINK, (u16_t)(hlen + len), PIECE_TYPE);

  if (piece == NULL || piece->len < hlen) {
    drop(piece, DROP_IP_MEM);
    return NULL;
  }
  pbuf_fill(piece, hlen, p, at);
  return piece;
}

#if IP4_FRAG_ON

/** Can anything we fragment have options?  What this host makes itself has none but IGMP's. */
#define HAS_OPTIONS (IP_FORWARD || LWIP_RAW || IP_OPTIONS_SEND)
#define HEADER_ROOM (HAS_OPTIONS ? IP4_WIRE_HLEN_MAX : IP4_WIRE_HLEN)

/** Send the piece with header @p h that holds @p len octets of @p p from @p at on. */
static err_t piece_send(const struct pbuf *p, u16_t at, u16_t len, u8_t *h, struct netif *nif, const ip4_addr_t *dest)
{
  const u8_t hlen = ip4_wire_hlen(h);
  struct pbuf *q = piece_new(p, at, len, hlen);
  err_t err;

  if (q == NULL) {
    return ERR_MEM;
  }
  if (ip_chksum_on(nif, GEN_IP)) {
    ip4_wire_chksum_renew(h, hlen);
  }
  MEMCPY(q->payload, h, hlen);
  err = nif->output(nif, q, dest);
  pbuf_free(q);
  IPFRAG_STATS_INC(ip_frag.xmit);
  MIB2_STATS_INC(mib2.ipfragcreates);
  return err;
}

/** @p h becomes the header of all pieces but the first: only the options that are to be copied stay. */
static void header_for_others(u8_t *h, u8_t hlen)
{
  const u8_t kept = ip4_wire_options_copy(h + IP4_WIRE_HLEN, (u8_t)(hlen - IP4_WIRE_HLEN), h + IP4_WIRE_HLEN);

  h[0] = (u8_t)(0x40 | (IP4_WIRE_HLEN + kept) / 4);
}

static bool has_header(const struct pbuf *p)
{
  const u8_t *h = (const u8_t *)p->payload;

  return p->len >= IP4_WIRE_HLEN && p->len >= ip4_wire_hlen(h) && ip4_wire_hlen(h) >= IP4_WIRE_HLEN &&
         ip4_wire_hlen(h) <= HEADER_ROOM;
}

err_t ip4_frag(struct pbuf *p, struct netif *netif, const ip4_addr_t *dest)
{
  const u16_t mtu = netif->mtu != 0 && netif->mtu < ip4_pmtu ? netif->mtu : ip4_pmtu;
  u8_t h[HEADER_ROOM];
  u16_t at, frag, room;
  err_t err = ERR_OK;

  if (!has_header(p) || mtu < ip4_wire_hlen((const u8_t *)p->payload) + 8) {
    return ERR_VAL;
  }
  at = ip4_wire_hlen((const u8_t *)p->payload);
  MEMCPY(h, p->payload, at);
  room = (u16_t)((mtu - at) & ~7);
  frag = (u16_t)(ip4_wire_frag(h) & (IP4_WIRE_MF | IP4_WIRE_OFFSET));
  while (at < p->tot_len && err == ERR_OK) {
    const u16_t n = (u16_t)LWIP_MIN(p->tot_len - at, room);
    const u16_t more = at + n < p->tot_len ? IP4_WIRE_MF : 0;

    ip4_wire_refit(h, (u16_t)(ip4_wire_hlen(h) + n), (u16_t)(frag | more));
    err = piece_send(p, at, n, h, netif, dest);
    if (HAS_OPTIONS) {
      header_for_others(h, ip4_wire_hlen(h));
    }
    frag = (u16_t)(frag + n / 8);
    at = (u16_t)(at + n);
  }
  return err;
}

#endif

#if IP6_FRAG_ON

/** What all pieces of a packet share. */
struct pieces {
  const u8_t *h; /**< the original's headers */
  struct netif *nif;
  const ip6_addr_t *dest;
  u32_t id;
  u8_t hlen;            /**< octets of headers each piece has */
  u8_t nexth_at, nexth; /**< where they say what follows them, and what they said */
};

/** Octets of the headers that routers on the way look at (RFC 8200 4.5: the Per-Fragment headers); 0: none that make sense. */
static u8_t per_fragment(const struct pbuf *p, struct pieces *f)
{
  const u8_t *h = (const u8_t *)p->payload;
  u16_t hlen = IP6_WIRE_HLEN;

  if (p->len < IP6_WIRE_HLEN) {
    return 0;
  }
  f->nexth_at = IP6_WIRE_NEXTH_AT;
  while ((h[f->nexth_at] == IP6_WIRE_HBH || h[f->nexth_at] == IP6_WIRE_ROUTING) && hlen + 8 <= p->len) {
    f->nexth_at = (u8_t)hlen;
    hlen = (u16_t)(hlen + (h[hlen + 1] + 1) * 8);
    if (hlen > p->len || hlen > IP6_WIRE_HLEN + IP6_WIRE_EXT_MAX) {
      return 0;
    }
  }
  f->nexth = h[f->nexth_at];
  return (u8_t)hlen;
}

/** Send the piece that holds @p len octets of @p p from @p at on. */
static err_t piece6_send(const struct pieces *f, const struct pbuf *p, u16_t at, u16_t len, u16_t more)
{
  struct pbuf *q = piece_new(p, at, len, (u8_t)(f->hlen + IP6_WIRE_FRAG_HLEN));
  err_t err;
  u8_t *h;

  if (q == NULL) {
    return ERR_MEM;
  }
  h = (u8_t *)q->payload;
  MEMCPY(h, f->h, f->hlen);
  ip6_wire_plen_put(h, (u16_t)(q->tot_len - IP6_WIRE_HLEN));
  h[f->nexth_at] = IP6_WIRE_FRAGMENT;
  ip6_wire_frag_emit(h + f->hlen, f->nexth, (u16_t)((at - f->hlen) | more), f->id);
  err = f->nif->output_ip6(f->nif, q, f->dest);
  pbuf_free(q);
  IP6_FRAG_STATS_INC(ip6_frag.xmit);
  return err;
}

err_t ip6_frag(struct pbuf *p, struct netif *netif, const ip6_addr_t *dest)
{
  const u16_t mtu = nd6_get_destination_mtu(dest, netif);
  struct pieces f = { (const u8_t *)p->payload, netif, dest, random_u32(), 0, 0, 0 };
  u16_t at, n, room;
  err_t err = ERR_OK;

  f.hlen = per_fragment(p, &f);
  if (f.hlen == 0 || mtu < f.hlen + IP6_WIRE_FRAG_HLEN + 8) {
    return ERR_VAL;
  }
  room = (u16_t)((mtu - f.hlen - IP6_WIRE_FRAG_HLEN) & ~7);
  for (at = f.hlen; at < p->tot_len && err == ERR_OK; at = (u16_t)(at + n)) {
    const u16_t left = (u16_t)(p->tot_len - at);
    n = LWIP_MIN(left, room);
    err = piece6_send(&f, p, at, n, n < left ? IP6_WIRE_MF : 0);
  }
  return err;
}

#endif

#endif
