/**
 * Fragmentation for both versions of IP (RFC 791; RFC 8200 section 4.5).  Each piece is a small pbuf with the header,
 * and pbufs that refer to the original's memory; only with LWIP_NETIF_TX_SINGLE_PBUF is the payload copied.
 *
 * IPv4: the first piece has the header's options, the others those that are to be copied.  IPv6: each piece has the headers
 * routers look at, and a Fragment header.
 */
#include "lwip/ip4_frag.h"
#include "lwip/ip6_frag.h"

#include "../base/random.h"
#include "../mem/drop.h"
#include "../wire/wire_ip4.h"
#include "../wire/wire_ip6.h"
#include "ip4_pmtu.h"
#include "ip_chksum.h"
#include "lwip/memp.h"
#include "lwip/nd6.h"
#include "lwip/stats.h"

#define IP4_FRAG_ON (LWIP_IPV4 && IP_FRAG)
#define IP6_FRAG_ON (LWIP_IPV6 && LWIP_IPV6_FRAG)

#if IP4_FRAG_ON || IP6_FRAG_ON

/** How far the original has been sent. */
struct cursor {
  struct pbuf *p; /**< here... */
  u16_t at;       /**< ...at this octet of it */
};

#if LWIP_NETIF_TX_SINGLE_PBUF

static struct pbuf *piece_alloc(u8_t hlen, u16_t len)
{
  return pbuf_alloc(PBUF_LINK, (u16_t)(hlen + len), PBUF_RAM);
}

/** Copy the next @p len octets behind the header. */
static bool piece_fill(struct pbuf *q, u8_t hlen, struct cursor *c, u16_t len)
{
  u8_t *to = (u8_t *)q->payload + hlen;

  while (len > 0) {
    const u16_t n = (u16_t)LWIP_MIN(len, c->p->len - c->at);
    memcpy(to, (const u8_t *)c->p->payload + c->at, n);
    to += n;
    len = (u16_t)(len - n);
    c->at = (u16_t)(c->at + n);
    if (c->at == c->p->len && len > 0) {
      c->p = c->p->next;
      c->at = 0;
    }
  }
  return true;
}

#else

static struct pbuf *piece_alloc(u8_t hlen, u16_t len)
{
  (void)len;
  return pbuf_alloc(PBUF_LINK, hlen, PBUF_RAM);
}

static void ref_free(struct pbuf *p)
{
  struct pbuf_custom_ref *r = (struct pbuf_custom_ref *)(void *)p;

  pbuf_free(r->original);
  memp_free(MEMP_FRAG_PBUF, r);
}

/** A pbuf that shows @p len octets at @p c.  @return NULL: no memory */
static struct pbuf *ref_new(const struct cursor *c, u16_t len)
{
  struct pbuf_custom_ref *r = (struct pbuf_custom_ref *)memp_malloc(MEMP_FRAG_PBUF);

  if (r == NULL) {
    return NULL;
  }
  r->pc.custom_free_function = ref_free;
  r->original = c->p;
  pbuf_ref(c->p);
  return pbuf_alloced_custom(PBUF_RAW, len, PBUF_REF, &r->pc, (u8_t *)c->p->payload + c->at, len);
}

/** Chain the next @p len octets behind the header. */
static bool piece_fill(struct pbuf *q, u8_t hlen, struct cursor *c, u16_t len)
{
  (void)hlen;
  while (len > 0) {
    const u16_t n = (u16_t)LWIP_MIN(len, c->p->len - c->at);
    if (n > 0) {
      struct pbuf *ref = ref_new(c, n);
      if (ref == NULL) {
        return false;
      }
      pbuf_cat(q, ref);
    }
    len = (u16_t)(len - n);
    c->at = (u16_t)(c->at + n);
    if (c->at == c->p->len && len > 0) {
      c->p = c->p->next;
      c->at = 0;
    }
  }
  return true;
}

#endif

#if IP4_FRAG_ON

/** Can anything we fragment have options?  What this host makes itself has none but IGMP's. */
#define HAS_OPTIONS (IP_FORWARD || LWIP_RAW || IP_OPTIONS_SEND)

/** Write the header @p from of the original, as this piece needs it. */
static void piece_header(struct pbuf *q, const u8_t *from, u8_t hlen, u16_t frag, const struct netif *nif)
{
  u8_t *h = (u8_t *)q->payload;

  memcpy(h, from, hlen);
  h[0] = (u8_t)(0x40 | hlen / 4);
  ip4_wire_refit(h, q->tot_len, frag);
  h[10] = 0;
  h[11] = 0;
  if (ip_chksum_on(nif, GEN_IP)) {
    ip4_wire_chksum_put(h, hlen);
  }
}

/** Make the piece of @p len octets at @p c and send it. */
static err_t piece_send(struct cursor *c, u16_t len, const u8_t *h, u8_t hlen, u16_t frag, struct netif *nif,
                        const ip4_addr_t *dest)
{
  struct pbuf *q = piece_alloc(hlen, len);
  err_t err;

  if (q == NULL) {
    return ERR_MEM;
  }
  if (!piece_fill(q, hlen, c, len)) {
    pbuf_free(q);
    return ERR_MEM;
  }
  piece_header(q, h, hlen, frag, nif);
  err = nif->output(nif, q, dest);
  pbuf_free(q);
  IPFRAG_STATS_INC(ip_frag.xmit);
  MIB2_STATS_INC(mib2.ipfragcreates);
  return err;
}

/** The header of all pieces but the first: the options that are copied.  @return its length */
static u8_t later_header(const u8_t *h, u8_t hlen, u8_t *to)
{
  memcpy(to, h, IP4_WIRE_HLEN);
  return (u8_t)(IP4_WIRE_HLEN +
                ip4_wire_options_copy(h + IP4_WIRE_HLEN, (u8_t)(hlen - IP4_WIRE_HLEN), to + IP4_WIRE_HLEN));
}

static bool has_header(const struct pbuf *p)
{
  return p->len >= IP4_WIRE_HLEN && p->len >= ip4_wire_hlen((const u8_t *)p->payload) &&
         ip4_wire_hlen((const u8_t *)p->payload) >= IP4_WIRE_HLEN;
}

err_t ip4_frag(struct pbuf *p, struct netif *netif, const ip4_addr_t *dest)
{
  u8_t later[HAS_OPTIONS ? IP4_WIRE_HLEN_MAX : 1];
  const u8_t *h = (const u8_t *)p->payload;
  const u16_t mtu = netif->mtu != 0 && netif->mtu < ip4_pmtu ? netif->mtu : ip4_pmtu;
  struct cursor c = { p, 0 };
  u16_t frag, left, room;
  u8_t hlen;
  err_t err = ERR_OK;

  if (!has_header(p) || mtu < ip4_wire_hlen(h) + 8) {
    return ERR_VAL;
  }
  hlen = ip4_wire_hlen(h);
  room = (u16_t)((mtu - hlen) & ~7);
  frag = (u16_t)(ip4_wire_frag(h) & (IP4_WIRE_MF | IP4_WIRE_OFFSET));
  left = (u16_t)(p->tot_len - hlen);
  c.at = hlen;
  while (left > 0 && err == ERR_OK) {
    const u16_t n = (u16_t)LWIP_MIN(left, room);
    const u16_t more = n < left ? IP4_WIRE_MF : 0;
    err = piece_send(&c, n, h, hlen, (u16_t)(frag | more), netif, dest);
    if (HAS_OPTIONS && hlen > IP4_WIRE_HLEN && h != later) {
      hlen = later_header(h, hlen, later);
      h = later;
    }
    frag = (u16_t)(frag + n / 8);
    left = (u16_t)(left - n);
  }
  if (err != ERR_OK) {
    drop_count(DROP_IP_MEM);
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

/** Make the piece of @p len octets at @p c and send it. */
static err_t piece6_send(const struct pieces *f, struct cursor *c, u16_t len, u16_t offset_and_more)
{
  struct pbuf *q = piece_alloc((u8_t)(f->hlen + IP6_WIRE_FRAG_HLEN), len);
  err_t err;
  u8_t *h;

  if (q == NULL) {
    return ERR_MEM;
  }
  if (!piece_fill(q, (u8_t)(f->hlen + IP6_WIRE_FRAG_HLEN), c, len)) {
    pbuf_free(q);
    return ERR_MEM;
  }
  h = (u8_t *)q->payload;
  memcpy(h, f->h, f->hlen);
  ip6_wire_plen_put(h, (u16_t)(q->tot_len - IP6_WIRE_HLEN));
  h[f->nexth_at] = IP6_WIRE_FRAGMENT;
  ip6_wire_frag_emit(h + f->hlen, f->nexth, offset_and_more, f->id);
  err = f->nif->output_ip6(f->nif, q, f->dest);
  pbuf_free(q);
  IP6_FRAG_STATS_INC(ip6_frag.xmit);
  return err;
}

err_t ip6_frag(struct pbuf *p, struct netif *netif, const ip6_addr_t *dest)
{
  const u16_t mtu = nd6_get_destination_mtu(dest, netif);
  struct pieces f = { (const u8_t *)p->payload, netif, dest, random_u32(), 0, 0, 0 };
  struct cursor c = { p, 0 };
  u16_t offset = 0;
  u16_t left, room;
  err_t err = ERR_OK;

  f.hlen = per_fragment(p, &f);
  if (f.hlen == 0 || mtu < f.hlen + IP6_WIRE_FRAG_HLEN + 8) {
    return ERR_VAL;
  }
  room = (u16_t)((mtu - f.hlen - IP6_WIRE_FRAG_HLEN) & ~7);
  left = (u16_t)(p->tot_len - f.hlen);
  c.at = f.hlen;
  while (left > 0 && err == ERR_OK) {
    const u16_t n = (u16_t)LWIP_MIN(left, room);
    err = piece6_send(&f, &c, n, (u16_t)(offset | (n < left ? IP6_WIRE_MF : 0)));
    offset = (u16_t)(offset + n);
    left = (u16_t)(left - n);
  }
  if (err != ERR_OK) {
    drop_count(DROP_IP_MEM);
  }
  return err;
}

#endif

#endif
