/**
 * Large sends: one packet for an interface that cuts it into segments, and doing that in software.
 *
 * The text is not copied: each pbuf of the queue is referred to by a custom pbuf that holds it until the driver is through with
 * it.  The queue sees a segment that somebody holds, as when it is sent alone.
 */
#include "tcp_tso.h"

#include "../base/checksum.h"
#include "../mem/pbuf_make.h"
#include "../mem/pbuf_tag.h"
#include "../wire/wire_ip4.h"
#include "../wire/wire_ip6.h"
#include "lwip/mem.h"
#include "lwip/x_netif.h"

#include <string.h>

#if LWIP_TCP && LWIP_X_TCP_TSO

enum { HEADERS_MAX = 120 }; /* octets; the length of a packet has 16 bits */

void tcp_tso_plan(const struct tcp_pcb *pcb, struct tcp_send *s, const struct netif *nif)
{
  s->more = 0;
  if (s->seg != NULL && !s->probe && !(s->r.flags & TCP_F_SYN) && nif != NULL && nif->x_tso_max > s->r.len) {
    tcp_burst_plan(pcb, s, LWIP_MIN(nif->x_tso_max, 0xffffu - HEADERS_MAX));
  }
}

/** A piece of text, and whose it is. */
struct piece {
  struct pbuf_custom custom;
  struct pbuf *of;
};

static void free_piece(struct pbuf *p)
{
  struct piece *piece = (struct piece *)(void *)p;

  pbuf_free(piece->of);
  mem_free(piece);
}

/* Append the text of seg to p.  @return false: no memory */
static bool refer_to(struct pbuf *p, struct tcp_seg *seg)
{
  struct pbuf *q;

  tcp_seg_strip(seg);
  for (q = seg->p; q != NULL; q = q->next) {
    struct piece *piece;

    if (q->len == 0) {
      continue; /* the head in front of lent text */
    }
    piece = (struct piece *)mem_malloc(sizeof *piece);
    if (piece == NULL) {
      return false;
    }
    piece->custom.custom_free_function = free_piece;
    pbuf_make(&piece->custom.pbuf, q->payload, q->len, q->len, PBUF_ROM);
    piece->custom.pbuf.flags = PBUF_FLAG_IS_CUSTOM;
    piece->of = seg->p;
    pbuf_ref(seg->p);
    pbuf_cat(p, &piece->custom.pbuf);
  }
  return true;
}

/* Append the text of all of them. */
static bool refer_to_all(struct pbuf *p, const struct tcp_send *s)
{
  struct tcp_seg *seg = s->seg;
  u16_t n;

  for (n = 0; n <= s->more; n++) {
    if (!refer_to(p, seg)) {
      return false;
    }
    seg = seg->next;
  }
  return true;
}

struct pbuf *tcp_tso_packet(struct tcp_send *s, u8_t hlen)
{
  struct pbuf *p = pbuf_alloc(PBUF_IP, hlen, PBUF_RAM);

  if (p != NULL && refer_to_all(p, s)) {
    p->x_seg_len = s->seg->len;
    return p;
  }
  if (p != NULL) {
    pbuf_free(p);
  }
  s->more = 0;
  return NULL;
}

/* ---- in software ---- */

/* The headers of a packet: where each begins. */
struct layout {
  u16_t ip, tcp, text; /* octets from its start */
  bool v6;
};

static bool parse(const struct pbuf *p, u16_t link_len, struct layout *l)
{
  const u8_t *h = (const u8_t *)p->payload;

  if (p->len < link_len + IP4_WIRE_HLEN || p->x_seg_len == 0) {
    return false;
  }
  l->ip = link_len;
  l->v6 = ip4_wire_version(h + link_len) == 6;
  l->tcp = (u16_t)(link_len + (l->v6 ? IP6_WIRE_HLEN : ip4_wire_hlen(h + link_len)));
  l->text = p->len;
  return l->tcp + TCP_WIRE_HLEN <= p->len && l->tcp + tcp_wire_hlen(h + l->tcp) == p->len;
}

static void addresses(const u8_t *ip, const struct layout *l, ip_addr_t *src, ip_addr_t *dst)
{
  memset(src, 0, sizeof *src);
  memset(dst, 0, sizeof *dst);
#if LWIP_IPV6
  if (l->v6) {
    IP_SET_TYPE(src, IPADDR_TYPE_V6);
    IP_SET_TYPE(dst, IPADDR_TYPE_V6);
    ip6_wire_src(ip, ip_2_ip6(src)->addr);
    ip6_wire_dst(ip, ip_2_ip6(dst)->addr);
    return;
  }
#endif
#if LWIP_IPV4
  ip_2_ip4(src)->addr = ip4_wire_src(ip);
  ip_2_ip4(dst)->addr = ip4_wire_dst(ip);
#endif
  (void)ip, (void)l;
}

/* The headers in front of len octets of text that begin at octet at of all of it, for the frame q. */
static void fit_headers(struct pbuf *q, const struct layout *l, u16_t at, bool last)
{
  u8_t *h = (u8_t *)q->payload, *ip = h + l->ip, *tcp = h + l->tcp;
  u16_t ip_len = (u16_t)(q->tot_len - l->ip), sum;
  ip_addr_t src, dst;

  be32_put(tcp + 4, be32_get(tcp + 4) + at);
  if (!last) {
    tcp[13] &= (u8_t) ~(TCP_F_FIN | TCP_F_PSH);
  }
  if (l->v6) {
    ip6_wire_plen_put(ip, (u16_t)(ip_len - IP6_WIRE_HLEN));
  } else {
    ip4_wire_refit(ip, ip_len, ip4_wire_frag(ip));
    ip4_wire_chksum_put(ip, ip4_wire_hlen(ip));
  }
  be16_put(tcp + TCP_WIRE_CHKSUM, 0);
  addresses(ip, l, &src, &dst);
  q->payload = tcp;
  q->len = q->tot_len = (u16_t)(q->len - l->tcp);
  sum = checksum_pseudo(q, &src, &dst, IP4_WIRE_TCP, q->tot_len);
  q->payload = h;
  q->len = q->tot_len = (u16_t)(q->len + l->tcp);
  memcpy(tcp + TCP_WIRE_CHKSUM, &sum, sizeof sum);
}

err_t lwip_x_tso_split(struct netif *nif, struct pbuf *p, u16_t link_len, netif_linkoutput_fn output)
{
  struct layout l;
  u16_t text, at;
  err_t err = ERR_OK;

  if (p == NULL || output == NULL || !parse(p, link_len, &l)) {
    return ERR_ARG;
  }
  text = (u16_t)(p->tot_len - l.text);
  for (at = 0; at < text && err == ERR_OK;) {
    u16_t len = LWIP_MIN(p->x_seg_len, (u16_t)(text - at));
    struct pbuf *q = pbuf_alloc(PBUF_RAW, (u16_t)(l.text + len), PBUF_RAM);

    if (q == NULL) {
      return ERR_MEM;
    }
    memcpy(q->payload, p->payload, l.text);
    pbuf_copy_partial(p, (u8_t *)q->payload + l.text, len, (u16_t)(l.text + at));
    pbuf_set_tag(q, pbuf_tag(p));
    fit_headers(q, &l, at, at + len == text);
    err = output(nif, q);
    pbuf_free(q);
    at = (u16_t)(at + len);
  }
  return err;
}

#endif
