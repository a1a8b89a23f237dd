/**
 * Segments on their way out: what tcp_next() yields gets a header, a checksum and a route.
 *
 * The header goes into the room in front of the segment's text.  What the layers below put in front of it
 * stays there until the segment is sent again; while one of them still holds the pbuf (a driver's DMA,
 * the ARP queue) it is not touched.
 */
#include "tcp_core.h"

#include "../base/checksum.h"
#include "../base/core.h"
#include "../base/tcp_hooks.h"
#include "../ip/ip_chksum.h"
#include "../mem/drop.h"
#include "../mem/pbuf_ctrl.h"
#include "../mem/pbuf_push.h"
#include "lwip/inet_chksum.h"
#include "lwip/ip.h"
#include "lwip/stats.h"

#include "../tcp/tcp_dsack.h"
#include "../tcp/tcp_ecn.h"
#include "lwip/nd6.h"
#include "tcp_fastopen.h"
#include "tcp_tso.h"
#include <string.h>

#if LWIP_TCP

struct netif *tcp_route(const struct tcp_pcb *pcb)
{
  if (pcb->netif_idx != NETIF_NO_INDEX) {
    return netif_get_by_index(pcb->netif_idx);
  }
  return ip_route(&pcb->local_ip, &pcb->remote_ip);
}

u16_t tcp_eff_send_mss_netif(u16_t sendmss, struct netif *outif, const ip_addr_t *dest)
{
  u16_t headers = (u16_t)((IP_IS_V6(dest) ? 40 : 20) + TCP_WIRE_HLEN);
  u16_t mtu = outif != NULL ? outif->mtu : 0;

  (void)dest;
#if LWIP_IPV6
  if (outif != NULL && IP_IS_V6(dest)) {
    mtu = nd6_get_destination_mtu(ip_2_ip6(dest), outif);
  }
#endif
  if (!TCP_CALCULATE_EFF_SEND_MSS || mtu <= headers) {
    return sendmss;
  }
  return LWIP_MIN(sendmss, (u16_t)(mtu - headers));
}

void tcp_syn_options(struct tcp_repr *r, u16_t mss)
{
  r->opts = TCP_O_MSS;
  r->mss = mss;
  if (LWIP_WND_SCALE) {
    r->opts |= TCP_O_WSCALE;
    r->wscale = TCP_RCV_SCALE;
  }
  if (TCP_WIRE_SACK) {
    r->opts |= TCP_O_SACK_PERM;
  }
  if (LWIP_TCP_TIMESTAMPS) {
    r->opts |= TCP_O_TS;
  }
}

/* p begins with its TCP header. */
static err_t send(struct pbuf *p, const ip_addr_t *local_ip, const ip_addr_t *remote_ip, struct netif *nif, u8_t ttl,
                  u8_t tos)
{
  TCP_STATS_INC(tcp.xmit);
  MIB2_STATS_INC(mib2.tcpoutsegs);
  if (ip_chksum_on(nif, GEN_TCP) && !pbuf_is_cut_below(p)) {
    u16_t sum = checksum_pseudo(p, local_ip, remote_ip, IP_PROTO_TCP, p->tot_len);

    memcpy((u8_t *)p->payload + TCP_WIRE_CHKSUM, &sum, sizeof sum); /* it has the order of the wire already */
  }
  return ip_output_if_src(p, local_ip, remote_ip, ttl, tos, IP_PROTO_TCP, nif); /* the source is chosen already */
}

err_t tcp_send_control(const struct tcp_ends *e, struct netif *nif, u8_t ttl, u8_t tos, struct tcp_repr *r)
{
  struct pbuf *p;
  err_t err;

  if (nif == NULL) {
    nif = ip_route(e->local_ip, e->remote_ip);
  }
  p = nif != NULL ? pbuf_ctrl_take(tcp_wire_len(r)) : NULL;
  if (p == NULL) {
    drop_count(DROP_TCP_MEM);
    return ERR_MEM;
  }
  r->sport = e->local_port;
  r->dport = e->remote_port;
  (void)tcp_wire_emit((u8_t *)p->payload, r);
  err = send(p, e->local_ip, e->remote_ip, nif, ttl, tos);
  pbuf_ctrl_done(p);
  return err;
}

static void describe_syn(const struct tcp_pcb *pcb, struct tcp_repr *r, struct netif *nif)
{
  tcp_syn_options(r, tcp_eff_send_mss_netif(TCP_MSS, nif, &pcb->remote_ip));
#if LWIP_WND_SCALE
  if (pcb->state == SYN_RCVD && !(pcb->flags & TF_WND_SCALE)) {
    r->opts &= (u8_t)~TCP_O_WSCALE;
  }
#endif
}

static void describe_timestamps(const struct tcp_pcb *pcb, struct tcp_repr *r, u32_t now_ms)
{
#if LWIP_TCP_TIMESTAMPS
  r->opts &= (u8_t)~TCP_O_TS;
  if (pcb->state == SYN_SENT || (pcb->flags & TF_TIMESTAMP)) {
    r->opts |= TCP_O_TS;
    r->tsval = tcp_ts_now(pcb, now_ms);
    r->tsecr = pcb->ts_recent;
  }
#else
  (void)pcb, (void)r, (void)now_ms;
#endif
}

static void describe_sack(struct tcp_pcb *pcb, struct tcp_repr *r, u8_t *blocks)
{
  u8_t n = tcp_dsack_emit(pcb, blocks);

  r->nsack = (u8_t)(n + tcp_sack_emit(pcb, blocks + 8 * n));
  if (r->nsack > 0) {
    r->opts |= TCP_O_SACK;
    r->sack = blocks;
  }
}

static u16_t window_field(struct tcp_pcb *pcb, u8_t flags)
{
  u32_t wnd = tcp_announce(pcb);

  if (!(flags & TCP_F_SYN)) { /* never scaled in a SYN: RFC 7323 2.2 */
    wnd = RCV_WND_SCALE(pcb, wnd);
  }
  return (u16_t)LWIP_MIN(wnd, 0xffffu);
}

/* A segment without text of the queue, or with an octet of it. */
static struct pbuf *small_packet(const struct tcp_send *s, u8_t hlen)
{
  struct pbuf *p = pbuf_ctrl_take((u16_t)(hlen + s->r.len));

  if (p != NULL && s->r.len > 0) {
    struct pbuf *text = s->seg->p;
    u16_t before = (u16_t)(text->tot_len - s->seg->len);

    pbuf_copy_partial(text, (u8_t *)p->payload + hlen, s->r.len, (u16_t)(before + s->probe_at));
  }
  return p;
}

static bool is_small(const struct tcp_send *s)
{
  return s->seg == NULL || s->probe || (s->r.flags & TCP_F_SYN);
}

/* The pbuf of a segment of the queue, with hlen octets of header in front; NULL: somebody below still holds it. */
static struct pbuf *text_packet(struct tcp_seg *seg, u8_t hlen)
{
  if (seg->p->ref != 1) {
    return NULL;
  }
  tcp_seg_strip(seg);
  return pbuf_push(seg->p, hlen) ? seg->p : NULL;
}

static void add_hook_options(struct pbuf *p, struct tcp_pcb *pcb, u8_t ours, u8_t hlen)
{
  u8_t *h = (u8_t *)p->payload;

  if (hlen > ours) {
    memset(h + ours, LWIP_TCP_OPT_NOP, (size_t)(hlen - ours));
    h[12] = (u8_t)(hlen << 2);
  }
  (void)pcb;
  (void)hook_tcp_add_options(p, (struct tcp_hdr *)(void *)h, pcb, (u32_t *)(void *)(h + ours));
}

/* The packet for s, with room for hlen octets of header at its payload. */
static struct pbuf *packet(struct tcp_send *s, u8_t hlen, bool small)
{
  struct pbuf *p;

  if (small) {
    return small_packet(s, hlen);
  }
  p = tcp_tso_is_large(s) ? tcp_tso_packet(s, hlen) : NULL;
  return p != NULL ? p : text_packet(s->seg, hlen);
}

/* The packet was sent; a segment keeps its own. */
static void done(struct pbuf *p, const struct tcp_send *s, bool small)
{
  if (small) {
    pbuf_ctrl_done(p);
  } else if (tcp_tso_is_large(s)) {
    pbuf_free(p);
  }
}

/* The octet with Diffserv field and ECN; without ECN all of it is the program's. */
static u8_t tcp_tos(u8_t tos, u8_t ecn)
{
  return LWIP_X_TCP_ECN ? (u8_t)((tos & ~IP_ECN_MASK) | ecn) : tos;
}

static err_t transmit(struct tcp_pcb *pcb, struct tcp_send *s, struct netif *nif, u32_t now_ms)
{
  u8_t blocks[8 * (LWIP_TCP_MAX_SACK_NUM + LWIP_X_TCP_DSACK)];
  struct pbuf *p;
  u8_t ours = TCP_WIRE_HLEN, hlen;
  u8_t ecn = tcp_ecn_mark(pcb, s);
  bool small = is_small(s);
  err_t err;

  s->r.sport = pcb->local_port;
  s->r.dport = pcb->remote_port;
  s->r.ack = (s->r.flags & TCP_F_ACK) ? pcb->rcv_nxt : 0;
  s->r.wnd = window_field(pcb, s->r.flags);
  s->r.opts = 0;
  if (s->r.flags & TCP_F_SYN) {
    describe_syn(pcb, &s->r, nif);
    s->r.flags |= tcp_ecn_offer(pcb);
    tcp_fastopen_describe(pcb, &s->r);
  } else if (small) {
    describe_sack(pcb, &s->r, blocks);
  }
  describe_timestamps(pcb, &s->r, now_ms);
  if (s->r.opts != 0) {
    ours = tcp_wire_len(&s->r);
  }
  hlen = (u8_t)(TCP_WIRE_HLEN + hook_tcp_option_len(pcb, ours - TCP_WIRE_HLEN));
  p = packet(s, hlen, small);
  if (p == NULL) {
    return ERR_MEM;
  }
  (void)tcp_wire_emit((u8_t *)p->payload, &s->r);
  if (TCP_HAS_OPTION_HOOK) {
    add_hook_options(p, pcb, ours, hlen);
  }
  NETIF_SET_HINTS(nif, &pcb->netif_hints);
  err = send(p, &pcb->local_ip, &pcb->remote_ip, nif, pcb->ttl, tcp_tos(pcb->tos, ecn));
  NETIF_RESET_HINTS(nif);
  done(p, s, small);
  return err;
}

/* No buffer, here or in the driver: again soon.  Anything else is as good as lost on the way: retransmission takes care. */
static bool again_soon(err_t err)
{
  return err == ERR_MEM || err == ERR_BUF;
}

err_t tcp_push(struct tcp_pcb *pcb, u32_t now_ms)
{
  struct netif *nif = NULL;
  struct tcp_send s;
  err_t err = ERR_OK;

  while (tcp_next(pcb, now_ms, &s)) {
    if (nif == NULL) {
      nif = tcp_route(pcb);
    }
    tcp_tso_plan(pcb, &s, nif);
    err = nif != NULL ? transmit(pcb, &s, nif, now_ms) : ERR_RTE;
    if (again_soon(err)) {
      drop_count(DROP_TCP_MEM);
      pcb->flags |= TF_NAGLEMEMERR;
      tcp_due(pcb, now_ms + TCP_NO_MEMORY_RETRY);
      return err;
    }
    tcp_sent_it(pcb, &s, now_ms);
    tcp_tso_sent(pcb, &s, now_ms);
    if (s.seg == NULL) {
      break; /* an ACK or the like comes last */
    }
  }
  if (!tcp_starves(pcb)) {
    pcb->flags &= (tcpflags_t)~TF_NAGLEMEMERR;
  }
  return err;
}

err_t tcp_output(struct tcp_pcb *pcb)
{
  err_t err = tcp_enter_api(pcb);

  if (err != ERR_OK) {
    return err;
  }
  if (pcb->state != LISTEN && !(pcb->flags & TF_X_PINNED)) { /* pinned: everything goes out after the callbacks */
    err = tcp_push(pcb, sys_now());
  }
  core_leave();
  return err;
}

#endif
