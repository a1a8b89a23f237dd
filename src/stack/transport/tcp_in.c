/**
 * A TCP segment comes in: checksum, parse, whose is it; then the engine's verdict is carried out.
 */
#include "tcp_in.h"

#include "../base/checksum.h"
#include "../base/tcp_hooks.h"
#include "../ip/ip_chksum.h"
#include "../mem/drop.h"
#include "../mem/memp_scarce.h"
#include "../mem/pbuf_pull.h"
#include "../mem/pbuf_push.h"
#include "lwip/ip.h"
#include "lwip/stats.h"
#include "../tcp/tcp_ecn.h"
#include "tcp_core.h"
#include "tcp_fastopen.h"

#if LWIP_TCP

LWIP_MEMPOOL_PROTOTYPE(PBUF_POOL);

/* RFC 9293 MUST-3.  Hardware saw no fragments; nothing can have happened to what never left. */
static inline bool checksum_ok(const struct pbuf *p, const struct ip_rx *rx)
{
  if (ip_rx_is_trusted(rx) || (!ip_chksum_on(rx->inp, CHECK_TCP) && !(rx->flags & IP_RX_REASSEMBLED))) {
    return true;
  }
  return checksum_pseudo(p, &rx->src, &rx->dst, IP_PROTO_TCP, rx->len) == 0;
}

static void tell_and_push(struct tcp_pcb *pcb, struct tcp_events *ev, struct tcp_pcb_listen *listener,
                          enum tcp_verdict v, u32_t now_ms)
{
  tcp_tell(pcb, ev, listener);
  tcp_tell_more(pcb, now_ms);
  if (v == TCP_DONE && !tcp_is_dead(pcb)) {
    tcp_pcb_end(pcb, ERR_CLSD);
  } else {
    tcp_settle(pcb, now_ms);
  }
}

/* Carry out a verdict.  Takes ev->p. */
static void act(struct tcp_pcb *pcb, enum tcp_verdict v, struct tcp_events *ev, struct tcp_pcb_listen *listener,
                const struct tcp_repr *seg, u32_t now_ms)
{
  struct tcp_ends e;

  switch (v) {
    case TCP_RESET:
      tcp_pcb_end(pcb, ERR_RST);
      break;
    case TCP_KILL:
      tcp_abandon_now(pcb, true);
      break;
    case TCP_REFUSE:
      tcp_ends_of(pcb, &e);
      tcp_rst_for(&e, seg, NULL);
      break;
    case TCP_DROP:
      break;
    case TCP_DROP_ACK:
      (void)tcp_push(pcb, now_ms);
      break;
    default:
      tell_and_push(pcb, ev, listener, v, now_ms);
      break;
  }
  if (ev->p != NULL) {
    if (ev->reason != DROP_NONE) {
      drop(ev->p, (enum lwip_x_drop)ev->reason);
    } else {
      pbuf_free(ev->p);
    }
  }
}

/* What was refused goes first; then the segment.  Takes p. */
static void process(struct tcp_pcb *pcb, struct pbuf *p, const struct tcp_repr *seg, struct tcp_pcb_listen *listener,
                    u32_t now_ms)
{
  struct tcp_events ev = { p, 0, 0, DROP_NONE };

  if (pcb->refused_data != NULL) {
    tcp_tell_refused(pcb);
    if (tcp_is_dead(pcb)) {
      pbuf_free(p);
      return;
    }
  }
  tcp_fastopen_learn(pcb, seg);
  act(pcb, tcp_arrives(pcb, seg, &ev, now_ms), &ev, listener, seg, now_ms);
}

/* A segment for a connection.  Takes p: payload at its text. */
static void for_pcb(struct tcp_pcb *pcb, struct pbuf *p, const struct tcp_repr *seg, struct tcp_pcb_listen *listener,
                    u32_t now_ms)
{
  tcp_pin(pcb);
  if (pcb->refused_data == NULL && tcp_arrives_as_text(pcb, seg, now_ms)) {
    tcp_tell_text(pcb, p);
    if (pcb->unsent != NULL || (pcb->flags & (TF_ACK_NOW | TF_FIN))) {
      tcp_settle(pcb, now_ms);
    }
  } else {
    process(pcb, p, seg, listener, now_ms);
  }
  if (tcp_unpin(pcb) && (pcb->so_options & SOF_KEEPALIVE) && !tcp_in_flight(pcb)) {
    tcp_due(pcb, pcb->tmr + pcb->keep_idle); /* the program may have asked for it just now */
  }
}

static bool wanted_by_hook(struct tcp_pcb *pcb, struct pbuf *p, u8_t hlen)
{
  struct tcp_hdr *hdr = (struct tcp_hdr *)p->payload;
  u16_t optlen = (u16_t)(hlen - TCP_WIRE_HLEN);

  (void)pcb, (void)hdr, (void)optlen;
  return hook_tcp_inpacket(pcb, hdr, optlen, optlen, NULL,
                           p); /* the header is in one piece: all options are behind it */
}

/*
 * The programs and our queues hold nearly all of the driver's buffers.  One more text kept, and none is left for the
 * acknowledgements by which some come back: take the segment as if it had none, the peer sends it again.
 */
static void spare_buffers(const struct pbuf *p, struct tcp_repr *seg)
{
  if (PBUF_POOL_SIZE >= 4 && seg->len != 0 && memp_scarce(&memp_PBUF_POOL) && pbuf_match_type(p, PBUF_POOL)) {
    seg->len = 0;
    seg->flags &= (u8_t) ~(TCP_F_FIN | TCP_F_PSH);
    drop_count(DROP_TCP_MEM);
  }
}

/* Segments come in runs: whose the last one was, this one usually is too.  Else *e is filled in. */
static struct tcp_pcb *connection(const struct ip_rx *rx, const struct tcp_repr *seg, struct tcp_ends *e)
{
  struct tcp_pcb *pcb = tcp_last_found;

  if (pcb == NULL || pcb->remote_port != seg->sport || pcb->local_port != seg->dport ||
      !ip_addr_eq(&pcb->remote_ip, &rx->src) || !ip_addr_eq(&pcb->local_ip, &rx->dst) ||
      pcb->netif_idx != NETIF_NO_INDEX) {
    e->local_ip = &rx->dst;
    e->remote_ip = &rx->src;
    e->local_port = seg->dport;
    e->remote_port = seg->sport;
    pcb = tcp_active_find(e);
  }
  return pcb != NULL && pcb->netif_idx != NETIF_NO_INDEX && pcb->netif_idx != netif_get_index(rx->inp) ? NULL : pcb;
}

/* A segment in order of form.  Takes p: payload at its header of hlen octets. */
static void dispatch(struct pbuf *p, const struct ip_rx *rx, struct tcp_repr *seg, u8_t hlen)
{
  struct tcp_pcb_listen *listener = NULL;
  struct tcp_ends e;
  struct tcp_pcb *pcb;
  u32_t now_ms = sys_now();

  seg->len = (u16_t)(rx->len - hlen);
  spare_buffers(p, seg);
  pcb = connection(rx, seg, &e);
  if (pcb != NULL && !wanted_by_hook(pcb, p, hlen)) {
    drop(p, DROP_TCP_OPTIONS);
    return;
  }
  if (p->len > hlen || seg->len == 0) {
    pbuf_step_over(p, hlen);
  } else {
    p = pbuf_free_header(p, hlen); /* no empty pbuf in front of the text */
  }
  if (pcb == NULL) {
    pcb = tcp_closed(p, &e, seg, rx->inp, now_ms, &listener);
  }
  if (pcb != NULL) {
    for_pcb(pcb, p, seg, listener, now_ms);
  }
}

/* What is wrong with a segment, whatever its header says? */
static enum lwip_x_drop check(const struct pbuf *p, const struct ip_rx *rx)
{
  if (rx->flags & (IP_RX_BROADCAST | IP_RX_MULTICAST | IP_RX_LINK_GROUP)) {
    return DROP_TCP_GROUP;
  }
  return checksum_ok(p, rx) ? DROP_NONE : DROP_TCP_CHKSUM;
}

void tcp_rx(struct pbuf *p, const struct ip_rx *rx)
{
  struct tcp_repr seg;
  enum lwip_x_drop why;
  u8_t hlen;

  TCP_STATS_INC(tcp.recv);
  MIB2_STATS_INC(mib2.tcpinsegs);
  if (rx->len < TCP_WIRE_HLEN) {
    drop(p, DROP_TCP_SHORT);
    return;
  }
  why = rx->flags != 0 || ip_chksum_on(rx->inp, CHECK_TCP) ? check(p, rx) : DROP_NONE;
  if (why != DROP_NONE) {
    drop(p, why);
    return;
  }
  if (p->len < TCP_WIRE_HLEN_MAX && p->next != NULL) {
    p = pbuf_pull(p, (u16_t)LWIP_MIN(rx->len, (u16_t)TCP_WIRE_HLEN_MAX));
    if (p == NULL) {
      return;
    }
  }
  hlen = tcp_wire_parse((const u8_t *)p->payload, p->len, &seg);
  if (hlen == 0) {
    drop(p, DROP_TCP_OPTIONS);
    return;
  }
#if LWIP_X_TCP_ECN
  seg.ecn = rx->tos & IP_ECN_MASK;
#endif
  dispatch(p, rx, &seg, hlen);
}

#endif
