/**
 * What may be sent now: the window, Nagle, silly windows, the congestion window, probes.
 *
 * With pacing (tcp_pace.c) text may have to wait for its time.
 *
 * tcp_next() answers with one segment at a time, in this order: SYN; a segment to be sent again; new text that both
 * windows allow and Nagle does not hold back; FIN; a probe; an ACK that is due.
 */
#include "tcp_engine.h"

#include "tcp_ecn.h"
#include "tcp_pace.h"
#include "tcp_progress.h"
#include "tcp_size.h"
#include "tcp_tfo.h"

#if LWIP_TCP

tcpwnd_size_t tcp_announce(struct tcp_pcb *pcb)
{
  u32_t more = (u32_t)pcb->rcv_wnd - pcb->rcv_ann_wnd; /* never less than 0: the right edge does not move back */

  if (more >= LWIP_MIN((u32_t)TCP_WND / 2, (u32_t)TCP_MSS)) {
    pcb->rcv_ann_wnd = pcb->rcv_wnd;
  }
  return pcb->rcv_ann_wnd;
}

bool tcp_window_opened(struct tcp_pcb *pcb, u16_t len)
{
  u32_t wnd = (u32_t)pcb->rcv_wnd + len;
  u32_t more;

  pcb->rcv_wnd = (tcpwnd_size_t)LWIP_MIN(wnd, (u32_t)TCP_WND_MAX(pcb));
  more = (u32_t)pcb->rcv_wnd - pcb->rcv_ann_wnd;
  if (more < tcp_size_update(pcb)) {
    return false;
  }
  /* An ACK that is due anyway will tell, unless the peer may be waiting for room. */
  return !(pcb->flags & TF_ACK_DELAY) || more >= 2u * TCP_MSS || pcb->rcv_ann_wnd < TCP_MSS;
}

int lwip_x_tcp_nagle(const struct tcp_pcb *pcb)
{
  const struct tcp_seg *seg = pcb->unsent;

  return !tcp_in_flight(pcb) || (tcp_tfo_is_open(pcb) && pcb->unacked == NULL) ||
         (pcb->flags & (TF_NODELAY | TF_INFR | TF_FIN | TF_NAGLEMEMERR)) ||
         (seg != NULL && (seg->next != NULL || seg->len >= tcp_text_max(pcb) || seq_lt(seg->seq, pcb->snd_nxt))) ||
         pcb->snd_buf == 0 || pcb->snd_queuelen >= TCP_SND_QUEUELEN;
}

static void start_persist(struct tcp_pcb *pcb, u32_t now_ms)
{
  if (!tcp_in_flight(pcb) && pcb->persist_backoff == 0) {
    pcb->persist_backoff = 1;
    pcb->nrtx = 0;
    tcp_user_progress(pcb, now_ms);
    pcb->tmr = now_ms + LWIP_MIN(tcp_rto(pcb), (u32_t)TCP_PERSIST_MAX); /* RFC 9293 SHLD-29 */
    tcp_due(pcb, pcb->tmr);
  }
}

static bool sending_fin(const struct tcp_pcb *pcb)
{
  return (pcb->flags & TF_FIN) && (pcb->state == FIN_WAIT_1 || pcb->state == CLOSING || pcb->state == LAST_ACK);
}

static void plan(struct tcp_send *s, u32_t seq, u8_t flags)
{
  s->r.seq = seq;
  s->r.flags = flags;
}

static void plan_text(const struct tcp_pcb *pcb, struct tcp_seg *seg, struct tcp_send *s)
{
  u8_t flags = TCP_F_ACK;

  if (seg->flags & TF_SEG_PSH) {
    flags |= TCP_F_PSH;
  }
  if (seg == pcb->x_last && sending_fin(pcb)) {
    flags |= TCP_F_FIN | TCP_F_PSH;
  }
  s->seg = seg;
  s->r.len = seg->len;
  plan(s, seg->seq, flags);
}

/* Does the peer's window, or Nagle, hold back seg, which was never sent? */
static bool held_back(struct tcp_pcb *pcb, const struct tcp_seg *seg, u32_t now_ms)
{
  if (!lwip_x_tcp_nagle(pcb)) {
    return true;
  }
  if (seg->seq + seg->len - pcb->lastack > pcb->snd_wnd) {
    start_persist(pcb, now_ms);
    return true;
  }
  return false;
}

/* What is lost goes before what is new.  Three need not fit into the congestion window: a segment with nothing else on its way,
 * the first one, lost (RFC 6675 5, step 4.3), and a loss probe. */
static bool next_text(struct tcp_pcb *pcb, u32_t now_ms, struct tcp_send *s)
{
  struct tcp_seg *seg = pcb->x_lost != 0 ? tcp_queue_first_lost(pcb) : pcb->unsent;
  u32_t pipe;

  if (seg == NULL) {
    return false;
  }
  if (seg->len > tcp_text_max(pcb) && !tcp_queue_split(pcb, seg, tcp_text_max(pcb))) {
    pcb->flags |= TF_NAGLEMEMERR; /* the path became narrower; try again when there is memory */
    return false;
  }
  if (pcb->x_lost != 0 ? pcb->snd_wnd == 0 : held_back(pcb, seg, now_ms)) {
    return false;
  }
  pipe = tcp_pipe(pcb);
  if (pipe != 0 && pipe + seg->len > pcb->cwnd && seg != pcb->unacked && !tcp_tlp_wanted(pcb)) {
    return false;
  }
  if (tcp_pace_holds(pcb, now_ms) && seg != pcb->unacked && !tcp_tlp_wanted(pcb)) {
    return false;
  }
  plan_text(pcb, seg, s);
  return true;
}

static bool next_fin(struct tcp_pcb *pcb, u32_t now_ms, struct tcp_send *s)
{
  u32_t seq = tcp_fin_seq(pcb);

  if (!sending_fin(pcb) || pcb->unsent != NULL || seq_gt(pcb->snd_nxt, seq)) {
    return false;
  }
  if (seq + 1 - pcb->lastack > pcb->snd_wnd) {
    start_persist(pcb, now_ms);
    return false;
  }
  plan(s, seq, TCP_F_FIN | TCP_F_ACK);
  return true;
}

/* The window is closed: one octet that it does not allow, to learn when that changes (RFC 9293 3.8.6.1). */
static bool next_probe(struct tcp_pcb *pcb, u32_t now_ms, struct tcp_send *s)
{
  struct tcp_seg *seg = tcp_queue_first(pcb);

  if (pcb->persist_backoff == 0 || !time_reached(now_ms, pcb->tmr)) {
    return false;
  }
  s->probe = true;
  if (seg == NULL) {
    plan(s, pcb->lastack, TCP_F_ACK | TCP_F_FIN);
    return true;
  }
  plan(s, pcb->lastack, TCP_F_ACK);
  s->seg = seg;
  s->r.len = 1;
  s->probe_at = (u16_t)(pcb->lastack - seg->seq);
  return true;
}

static bool keepalive_due(const struct tcp_pcb *pcb, u32_t now_ms)
{
  return !tcp_in_flight(pcb) && pcb->persist_backoff == 0 && tcp_keepalive_left(pcb, now_ms) <= 0;
}

/* RFC 9293 3.8.4: no text, and a sequence number that the peer has to answer. */
static bool next_keepalive(struct tcp_pcb *pcb, u32_t now_ms, struct tcp_send *s)
{
  if (!keepalive_due(pcb, now_ms)) {
    return false;
  }
  s->probe = true;
  plan(s, pcb->snd_nxt - 1, TCP_F_ACK);
  return true;
}

static bool next_ack(struct tcp_pcb *pcb, struct tcp_send *s)
{
  plan(s, pcb->snd_nxt, TCP_F_ACK);
  return (pcb->flags & TF_ACK_NOW) != 0;
}

static bool next_opening(struct tcp_pcb *pcb, struct tcp_send *s)
{
  bool again = !tcp_in_flight(pcb);

  if (pcb->state == SYN_SENT) {
    if (tcp_tfo_holds(pcb)) {
      return false;
    }
    plan(s, pcb->lastack, TCP_F_SYN);
    tcp_tfo_plan(pcb, s);
    return again || (tcp_tfo_has_sent(pcb) && (pcb->flags & TF_ACK_NOW));
  }
  plan(s, pcb->lastack, TCP_F_SYN | TCP_F_ACK); /* simultaneous open */
  return again || (pcb->flags & TF_ACK_NOW);
}

bool tcp_next(struct tcp_pcb *pcb, u32_t now_ms, struct tcp_send *s)
{
  s->seg = NULL;
  s->r.len = 0;
  s->probe = false;
  if (pcb->state < ESTABLISHED) {
    if (pcb->state < SYN_SENT || next_opening(pcb, s)) {
      return pcb->state >= SYN_SENT;
    }
    return tcp_tfo_is_open(pcb) && next_text(pcb, now_ms, s);
  }
  if (next_text(pcb, now_ms, s)) {
    return true;
  }
  if ((pcb->flags & TF_FIN) || pcb->persist_backoff != 0 || (pcb->so_options & SOF_KEEPALIVE)) {
    if (next_fin(pcb, now_ms, s) || next_probe(pcb, now_ms, s) || next_keepalive(pcb, now_ms, s)) {
      return true;
    }
  }
  return next_ack(pcb, s);
}

/* A segment of text left: it is in flight. */
static void moved(struct tcp_pcb *pcb, struct tcp_seg *seg, u32_t now_ms)
{
  if (seq_lt(seg->seq, pcb->snd_nxt)) {
    seg->nrtx = (u8_t)(seg->nrtx + (seg->nrtx < 255));
    tcp_queue_found(pcb, seg);
    tcp_undo_sent(pcb, seg->seq, now_ms);
    tcp_rate_resent(pcb);
#if LWIP_X_TCP_SACK
    pcb->x_retx = seg;
#endif
  }
#if LWIP_X_TCP_RACK
  if (pcb->x_tlp == TCP_TLP_WANTED) {
    pcb->x_tlp = TCP_TLP_NEW;
    pcb->x_tlp_end = seg->seq + seg->len;
  }
#endif
  tcp_prr_sent(pcb, seg->len);
  seg->sent_ms = now_ms;
  if (seg == pcb->unsent) {
    pcb->unsent = seg->next;
    if (pcb->unacked == NULL) {
      pcb->unacked = seg;
    }
  }
}

/* A probe left: of a closed window, or a keepalive. */
static void probed(struct tcp_pcb *pcb, const struct tcp_send *s, u32_t now_ms)
{
  if (pcb->persist_backoff == 0) {
    pcb->keep_cnt_sent++;
    return;
  }
  pcb->nrtx++;
  pcb->tmr = now_ms + tcp_backoff(tcp_rto(pcb), pcb->persist_backoff, TCP_PERSIST_MAX);
  if (pcb->persist_backoff < 255) {
    pcb->persist_backoff++;
  }
  if (seq_gt(s->r.seq + 1, pcb->snd_nxt)) {
    pcb->snd_nxt = s->r.seq + 1;
  }
}

void tcp_sent_it(struct tcp_pcb *pcb, const struct tcp_send *s, u32_t now_ms)
{
  u32_t end = s->r.seq + s->r.len + ((s->r.flags & (TCP_F_SYN | TCP_F_FIN)) != 0); /* no SYN of ours has a FIN */
  bool idle = !tcp_in_flight(pcb) || pcb->persist_backoff != 0;

  tcp_ecn_sent(pcb, s);
  pcb->flags &= (tcpflags_t) ~(TF_ACK_DELAY | TF_ACK_NOW);
#if LWIP_TCP_TIMESTAMPS
  pcb->ts_lastacksent = pcb->rcv_nxt;
#endif
  if (s->probe) {
    probed(pcb, s, now_ms);
    return;
  }
  if (end == s->r.seq) {
    return; /* an ACK */
  }
  if (s->seg != NULL && !(s->r.flags & TCP_F_SYN)) {
    moved(pcb, s->seg, now_ms);
    tcp_pace_sent(pcb, s->r.len, idle, now_ms);
  }
  if (seq_gt(end, pcb->snd_nxt)) {
    pcb->snd_nxt = end;
  }
  if (idle) {
    if (pcb->persist_backoff == 0 && now_ms - pcb->tmr > tcp_rto(pcb)) {
      tcp_cc_idle(pcb);
    }
    pcb->persist_backoff = 0;
    tcp_rate_restart(pcb);
    tcp_timer_restart(pcb, now_ms);
  } else if (LWIP_X_TCP_RACK && tcp_has_board(pcb) && s->seg != NULL && pcb->unacked->next == s->seg) {
    tcp_timer_hasten(pcb, now_ms);
  }
}

#endif
