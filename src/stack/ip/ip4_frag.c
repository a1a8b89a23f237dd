/**
 * IPv4 fragmentation (RFC 791).  Each piece is a small pbuf with the header, and pbufs that refer to
 * the original's memory; only with LWIP_NETIF_TX_SINGLE_PBUF is the payload copied.  The first piece has
 * the header's options, the others those that are to be copied.
 */
#include "lwip/ip4_frag.h"

#include "../mem/drop.h"
#include "../wire/wire_ip4.h"
#include "ip4_pmtu.h"
#include "ip_chksum.h"
#include "lwip/memp.h"
#include "lwip/stats.h"

#if LWIP_IPV4 && IP_FRAG

/** Can anything we fragment have options?  What this host makes itself has none but IGMP's. */
#define HAS_OPTIONS (IP_FORWARD || LWIP_RAW || IP_OPTIONS_SEND)

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
