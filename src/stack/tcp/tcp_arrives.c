/**
 * A segment arrives (RFC 9293 3.10.7).
 *
 * In the synchronized states the RFC's numbered checks are small functions, asked in order until one gives
 * a verdict.  Nothing of the connection changes before all checks that could reject the segment have
 * passed.  Text that is next on an established connection passes them by definition and takes a short path.
 */
#include "tcp_engine.h"

#include "../base/random.h"
#include "tcp_dsack.h"
#include "tcp_ecn.h"
#include "tcp_size.h"
#include "tcp_tfo.h"

#if LWIP_TCP

/* ---- the options of a SYN ---- */

/* The peer's MSS option, or the default; never so small that a byte of ours costs them (and us) a packet. */
static u16_t peer_mss(const struct tcp_pcb *pcb, const struct tcp_repr *syn)
{
  u16_t mss = tcp_is_v6(pcb) ? TCP_MSS_DEFAULT6 : TCP_MSS_DEFAULT4;

  if (syn->opts & TCP_O_MSS) {
    mss = LWIP_MAX(syn->mss, LWIP_X_TCP_MSS_MIN);
  }
  return mss;
}

static void negotiate_scale(struct tcp_pcb *pcb, const struct tcp_repr *syn)
{
#if LWIP_WND_SCALE
  if (syn->opts & TCP_O_WSCALE) {
    pcb->snd_scale = syn->wscale;
    pcb->rcv_scale = TCP_RCV_SCALE;
    pcb->flags |= TF_WND_SCALE;
    pcb->rcv_wnd = pcb->rcv_ann_wnd = (tcpwnd_size_t)tcp_size_scaled(
      pcb); /* the SYN could not tell all of it: the next ACK, whenever it is due, will */
  }
#else
  (void)pcb, (void)syn;
#endif
}

static void negotiate_timestamps(struct tcp_pcb *pcb, const struct tcp_repr *syn)
{
#if LWIP_TCP_TIMESTAMPS
  if (syn->opts & TCP_O_TS) {
    pcb->flags |= TF_TIMESTAMP;
    pcb->ts_recent = syn->tsval;
    pcb->ts_lastacksent = pcb->rcv_nxt;
  }
#else
  (void)pcb, (void)syn;
#endif
}

void tcp_negotiate(struct tcp_pcb *pcb, const struct tcp_repr *syn)
{
  u16_t mss = peer_mss(pcb, syn);

  pcb->mss = LWIP_MIN(pcb->mss, mss);
  negotiate_scale(pcb, syn);
  negotiate_timestamps(pcb, syn);
  if (TCP_WIRE_SACK && (syn->opts & TCP_O_SACK_PERM)) {
    pcb->flags |= TF_SACK;
  }
  tcp_cc_init(pcb);
}

void tcp_opened_by_peer(struct tcp_pcb *pcb, u32_t iss, u32_t irs)
{
  pcb->lastack = pcb->rto_end = iss;
  pcb->snd_nxt = iss + 1;
  pcb->rcv_nxt = irs + 1;
  pcb->snd_wl1 = irs;
}

/* ---- SYN-SENT, 3.10.7.3 ---- */

static enum tcp_verdict syn_sent_reset(const struct tcp_repr *seg, bool acks_us, struct tcp_events *ev)
{
  if (acks_us) {
    return TCP_RESET;
  }
  ev->reason = DROP_TCP_ACK; /* a stranger's guess */
  (void)seg;
  return TCP_DROP;
}

/* Our SYN is acknowledged. */
static void opened(struct tcp_pcb *pcb, u32_t now_ms)
{
  pcb->lastack++;
  pcb->nrtx = 0;
  tcp_enter(pcb, ESTABLISHED, now_ms);
  tcp_timer_restart(pcb, now_ms);
}

static void syn_sent_opened(struct tcp_pcb *pcb, u32_t now_ms)
{
  if (pcb->nrtx == 0) { /* Karn: only if the SYN went out once */
    tcp_rtt_sample(pcb, now_ms - (pcb->tmr - TCP_RTO_INITIAL));
  }
  opened(pcb, now_ms);
}

/* Does SEG.ACK acknowledge our SYN, and perhaps text that went with it? */
static bool acks_our_syn(const struct tcp_pcb *pcb, const struct tcp_repr *seg)
{
  return (seg->flags & TCP_F_ACK) && tcp_in_flight(pcb) && seq_gt(seg->ack, pcb->lastack) &&
         seq_leq(seg->ack, pcb->snd_nxt);
}

static enum tcp_verdict arrives_syn_sent(struct tcp_pcb *pcb, const struct tcp_repr *seg, struct tcp_events *ev,
                                         u32_t now_ms)
{
  bool acks_us = acks_our_syn(pcb, seg);

  if ((seg->flags & TCP_F_ACK) && !acks_us && !(seg->flags & TCP_F_RST)) {
    ev->reason = DROP_TCP_ACK;
    return TCP_REFUSE;
  }
  if (seg->flags & TCP_F_RST) {
    return syn_sent_reset(seg, acks_us, ev);
  }
  if (!(seg->flags & TCP_F_SYN)) {
    ev->reason = DROP_TCP_FLAGS;
    return TCP_DROP;
  }
  pcb->rcv_nxt = seg->seq + 1;
  pcb->snd_wl1 = seg->seq;
  pcb->snd_wnd = pcb->snd_wnd_max = seg->wnd; /* a SYN's window is never scaled */
  pcb->flags |= TF_ACK_NOW;
  if (acks_us) {
    syn_sent_opened(pcb, now_ms);
    ev->what |= TCP_EV_CONNECTED;
  } else {
    tcp_enter(pcb, SYN_RCVD, now_ms); /* simultaneous open */
  }
  tcp_negotiate(pcb, seg);
  tcp_ecn_answered(pcb, seg);
  tcp_tfo_answered(pcb, seg, acks_us, ev, now_ms);
  return TCP_OK; /* text and FIN of a SYN are not acknowledged, and so come again */
}

/* ---- the numbered checks of 3.10.7.4 ---- */

bool tcp_challenge(struct tcp_pcb *pcb, u32_t now_ms)
{
  u8_t second = (u8_t)((now_ms >> 10) & 0x0f);

  if (pcb->x_challenge >> 4 != second) {
    /* some are given away at random, so that counting ours tells nobody anything */
    pcb->x_challenge = (u8_t)((u32_t)second << 4 | (random_u32() & 3));
  }
  if ((pcb->x_challenge & 0x0f) >= LWIP_X_TCP_CHALLENGES) {
    return false;
  }
  pcb->x_challenge++;
  return true;
}

static enum tcp_verdict challenge(struct tcp_pcb *pcb, struct tcp_events *ev, u8_t reason, u32_t now_ms)
{
  if (!tcp_challenge(pcb, now_ms)) {
    ev->reason = DROP_TCP_RATE;
    return TCP_DROP;
  }
  ev->reason = reason;
  pcb->flags |= TF_ACK_NOW;
  return TCP_DROP_ACK;
}

static bool paws_ok(const struct tcp_pcb *pcb, const struct tcp_repr *seg)
{
#if LWIP_TCP_TIMESTAMPS
  return !(pcb->flags & TF_TIMESTAMP) || ((seg->opts & TCP_O_TS) && seq_geq(seg->tsval, pcb->ts_recent));
#else
  (void)pcb, (void)seg;
  return true;
#endif
}

/* Before all: an old duplicate by its timestamp (RFC 7323 5.3 R1); one without (3.2) is dropped too. */
static enum tcp_verdict check_paws(struct tcp_pcb *pcb, const struct tcp_repr *seg, struct tcp_events *ev, u32_t now_ms)
{
  if (paws_ok(pcb, seg) || (seg->flags & TCP_F_RST)) {
    return TCP_GO;
  }
#if LWIP_TCP_TIMESTAMPS
  if (!(seg->opts & TCP_O_TS)) {
    ev->reason = DROP_TCP_PAWS;
    return TCP_DROP;
  }
  if (!tcp_in_flight(pcb) && now_ms - pcb->tmr > 24u * 24 * 3600 * 1000) {
    return TCP_GO; /* 5.5: idle for 24 days, their clock may have wrapped */
  }
#endif
  tcp_dsack_old(pcb, seg);
  return challenge(pcb, ev, DROP_TCP_PAWS, now_ms);
}

/* Does any of the segment lie in the receive window?  (3.4, table 6.) */
static bool in_window(const struct tcp_pcb *pcb, const struct tcp_repr *seg)
{
  u32_t len = (u32_t)seg->len + ((seg->flags & TCP_F_SYN) != 0) + ((seg->flags & TCP_F_FIN) != 0);
  u32_t wnd = pcb->rcv_wnd;

  if (seg->seq == pcb->rcv_nxt) {
    return true; /* with a closed window only its ACK, RST and URG count: tcp_text() */
  }
  return (seg->seq - pcb->rcv_nxt < wnd) || (len > 0 && seg->seq + len - 1 - pcb->rcv_nxt < wnd);
}

/* First: the sequence number. */
static enum tcp_verdict check_seq(struct tcp_pcb *pcb, const struct tcp_repr *seg, struct tcp_events *ev, u32_t now_ms)
{
  if (in_window(pcb, seg)) {
    return TCP_GO;
  }
  ev->reason = DROP_TCP_SEQ;
  if (seg->flags & TCP_F_RST) {
    return TCP_DROP;
  }
  if (pcb->state == TIME_WAIT && (seg->flags & TCP_F_FIN)) {
    pcb->tmr = now_ms; /* 3.10.7.4: the FIN again: wait anew */
  }
  tcp_dsack_old(pcb, seg);
  return challenge(pcb, ev, DROP_TCP_SEQ, now_ms);
}

/* Second: a reset counts only at RCV.NXT; elsewhere in the window it is challenged (RFC 5961 3.2). */
static enum tcp_verdict check_rst(struct tcp_pcb *pcb, const struct tcp_repr *seg, struct tcp_events *ev, u32_t now_ms)
{
  if (!(seg->flags & TCP_F_RST)) {
    return TCP_GO;
  }
  if (pcb->state == TIME_WAIT) { /* RFC 1337 */
    ev->reason = DROP_TCP_FLAGS;
    return TCP_DROP;
  }
  if (seg->seq != pcb->rcv_nxt) {
    return challenge(pcb, ev, DROP_TCP_SEQ, now_ms);
  }
  return TCP_RESET;
}

/* Fourth: a SYN is always challenged (RFC 5961 4.2). */
static enum tcp_verdict check_syn(struct tcp_pcb *pcb, const struct tcp_repr *seg, struct tcp_events *ev, u32_t now_ms)
{
  return (seg->flags & TCP_F_SYN) ? challenge(pcb, ev, DROP_TCP_FLAGS, now_ms) : TCP_GO;
}

/* Fifth: the acknowledgement must be one for what was sent, and not absurdly old (RFC 5961 5.2). */
static enum tcp_verdict check_ack(struct tcp_pcb *pcb, const struct tcp_repr *seg, struct tcp_events *ev, u32_t now_ms)
{
  if (!(seg->flags & TCP_F_ACK)) {
    ev->reason = DROP_TCP_FLAGS;
    return TCP_DROP;
  }
  if (pcb->state == SYN_RCVD && !(seq_gt(seg->ack, pcb->lastack) && seq_leq(seg->ack, pcb->snd_nxt))) {
    ev->reason = DROP_TCP_ACK;
    return TCP_REFUSE;
  }
  if (seq_gt(seg->ack, pcb->snd_nxt) || seq_lt(seg->ack, pcb->lastack - pcb->snd_wnd_max)) {
    return challenge(pcb, ev, DROP_TCP_ACK, now_ms);
  }
  return TCP_GO;
}

/* All of them, in the RFC's order; the first that has something to say decides.  (Third, security, is for nobody.) */
static enum tcp_verdict run_checks(struct tcp_pcb *pcb, const struct tcp_repr *seg, struct tcp_events *ev, u32_t now_ms)
{
  enum tcp_verdict v = check_paws(pcb, seg, ev, now_ms);

  v = v != TCP_GO ? v : check_seq(pcb, seg, ev, now_ms);
  v = v != TCP_GO ? v : check_rst(pcb, seg, ev, now_ms);
  v = v != TCP_GO ? v : check_syn(pcb, seg, ev, now_ms);
  return v != TCP_GO ? v : check_ack(pcb, seg, ev, now_ms);
}

/* The same, and nothing but text: no news of what was sent or of the window, nothing waiting for a gap. */
static bool only_text(const struct tcp_pcb *pcb, const struct tcp_repr *seg)
{
#if TCP_QUEUE_OOSEQ
  if (pcb->ooseq != NULL) {
    return false;
  }
#endif
  return pcb->state == ESTABLISHED && seg->seq == pcb->rcv_nxt && (seg->flags & ~(u8_t)TCP_F_PSH) == TCP_F_ACK &&
         seg->ack == pcb->lastack && SND_WND_SCALE(pcb, (u32_t)seg->wnd) == pcb->snd_wnd && seg->len != 0 &&
         seg->len <= pcb->rcv_wnd && !tcp_ecn_is_marked(seg) && pcb->persist_backoff == 0 &&
         !(pcb->flags & (TF_RXCLOSED | TF_TIMESTAMP));
}

bool tcp_arrives_as_text(struct tcp_pcb *pcb, const struct tcp_repr *seg, u32_t now_ms)
{
  if (!only_text(pcb, seg)) {
    return false;
  }
  pcb->snd_wl1 = seg->seq;
  pcb->keep_cnt_sent = 0;
  if (!tcp_in_flight(pcb)) {
    pcb->tmr = now_ms;
  }
  tcp_text_account(pcb, seg->len);
  tcp_ack_soon(pcb, now_ms);
  return true;
}

/* ---- acting on it ---- */

/* RFC 7323 4.3: the newest timestamp of a segment that reaches back to what was acknowledged last. */
static void note_timestamp(struct tcp_pcb *pcb, const struct tcp_repr *seg)
{
#if LWIP_TCP_TIMESTAMPS
  if ((pcb->flags & TF_TIMESTAMP) && (seg->opts & TCP_O_TS) && seq_leq(seg->seq, pcb->ts_lastacksent)) {
    pcb->ts_recent = seg->tsval;
  }
#else
  (void)pcb, (void)seg;
#endif
}

/* Our SYN is acknowledged, in SYN-RECEIVED. */
static void syn_acked(struct tcp_pcb *pcb, const struct tcp_repr *seg, struct tcp_events *ev, u32_t now_ms)
{
  pcb->snd_wl1 = seg->seq;
  pcb->snd_wnd = (tcpwnd_size_t)SND_WND_SCALE(pcb, (u32_t)seg->wnd);
  pcb->snd_wnd_max = pcb->snd_wnd;
  pcb->flags &= (tcpflags_t)~TF_ACK_NOW;
  if (!tcp_tfo_is_open(pcb)) { /* else it was told already */
    ev->what |= TCP_EV_CONNECTED;
  }
  opened(pcb, now_ms);
  if (pcb->flags & TF_FIN) {
    tcp_enter(pcb, FIN_WAIT_1, now_ms);
  }
}

/* Our FIN is acknowledged. */
static enum tcp_verdict fin_acked(struct tcp_pcb *pcb, u32_t now_ms)
{
  switch (pcb->state) {
    case FIN_WAIT_1:
      tcp_enter(pcb, FIN_WAIT_2, now_ms);
      return TCP_GO;
    case CLOSING:
      tcp_enter(pcb, TIME_WAIT, now_ms);
      return TCP_LINGER;
    case LAST_ACK:
      return TCP_DONE;
    default:
      return TCP_GO;
  }
}

static enum tcp_verdict act_on_ack(struct tcp_pcb *pcb, const struct tcp_repr *seg, struct tcp_events *ev, u32_t now_ms)
{
  if (pcb->state == SYN_RCVD) {
    syn_acked(pcb, seg, ev, now_ms);
  }
  return tcp_acked(pcb, seg, ev, now_ms) ? fin_acked(pcb, now_ms) : TCP_GO;
}

static enum tcp_verdict arrives_synchronized(struct tcp_pcb *pcb, const struct tcp_repr *seg, struct tcp_events *ev,
                                             u32_t now_ms)
{
  enum tcp_verdict v = run_checks(pcb, seg, ev, now_ms);

  if (v == TCP_GO) {
    note_timestamp(pcb, seg);
    tcp_ecn_received(pcb, seg);
    v = act_on_ack(pcb, seg, ev, now_ms);
    tcp_heard(pcb, now_ms);
  } else if (v == TCP_DROP_ACK) {
    tcp_heard(pcb, now_ms);
  }
  if (v != TCP_GO) {
    return v;
  }
  if (seg->len == 0 && !(seg->flags & TCP_F_FIN)) {
    return TCP_OK;
  }
  return tcp_text(pcb, seg, ev, now_ms);
}

/* Simultaneous open (3.5, figure 8): the peer's SYN+ACK, whose SYN is here already.  What is left of it is an ACK. */
static enum tcp_verdict arrives_crossed(struct tcp_pcb *pcb, const struct tcp_repr *seg, struct tcp_events *ev,
                                        u32_t now_ms)
{
  if (seg->ack != pcb->snd_nxt) {
    return TCP_REFUSE;
  }
  syn_acked(pcb, seg, ev, now_ms);
  pcb->snd_wnd = pcb->snd_wnd_max = seg->wnd; /* a SYN's is never scaled */
  pcb->flags |= TF_ACK_NOW;
  return TCP_OK;
}

enum tcp_verdict tcp_arrives(struct tcp_pcb *pcb, const struct tcp_repr *seg, struct tcp_events *ev, u32_t now_ms)
{
  if (tcp_tfo_is_fresh(pcb)) {
    return tcp_tfo_arrives(pcb, seg, ev, now_ms);
  }
  if (pcb->state == SYN_SENT) {
    return arrives_syn_sent(pcb, seg, ev, now_ms);
  }
  if (pcb->state == SYN_RCVD && (seg->flags & (TCP_F_SYN | TCP_F_ACK)) == (TCP_F_SYN | TCP_F_ACK) &&
      seg->seq + 1 == pcb->rcv_nxt) {
    return arrives_crossed(pcb, seg, ev, now_ms);
  }
  return arrives_synchronized(pcb, seg, ev, now_ms);
}

#endif
