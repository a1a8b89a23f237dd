/**
 * Time passes.  The deadlines of a connection are listed in tcp_engine.h; this file finds the earliest, and does what
 * is due.
 */
#include "tcp_engine.h"

#include "tcp_pace.h"
#include "tcp_progress.h"
#include "tcp_tfo.h"

#if LWIP_TCP

void tcp_due(struct tcp_pcb *pcb, u32_t at_ms)
{
  struct timer *t = tcp_timer_of(pcb);

  timer_set_by(t, at_ms, t->ring);
}

static void arm_rto(struct tcp_pcb *pcb, u32_t now_ms)
{
  tcp_timer_is(pcb, TCP_TIMER_RTO);
  pcb->tmr = now_ms + tcp_backoff(tcp_rto(pcb), pcb->nrtx, TCP_RTO_MAX);
}

/* A loss probe, if it is sooner than the timeout. */
static void arm_probe(struct tcp_pcb *pcb, u32_t now_ms)
{
  if (tcp_may_probe(pcb)) {
    u32_t at = now_ms + tcp_pto(pcb);

    if (seq_lt(at, pcb->tmr)) {
      pcb->tmr = at;
      tcp_timer_is(pcb, TCP_TIMER_PROBE);
    }
  }
}

#if LWIP_X_TCP_RACK
void tcp_timer_hasten(struct tcp_pcb *pcb, u32_t now_ms)
{
  arm_probe(pcb, now_ms);
  tcp_due(pcb, pcb->tmr);
}
#endif

void tcp_timer_restart(struct tcp_pcb *pcb, u32_t now_ms)
{
  pcb->tmr = now_ms;
  if (pcb->nrtx == 0) {
    tcp_progress(pcb, now_ms);
  }
  if (!tcp_in_flight(pcb)) {
    return;
  }
  arm_rto(pcb, now_ms);
  arm_probe(pcb, now_ms);
  tcp_due(pcb, pcb->tmr);
}

/* Is tmr a deadline, and not when the peer was heard last? */
static bool waits_for_ack(const struct tcp_pcb *pcb)
{
  return tcp_in_flight(pcb) || pcb->persist_backoff != 0;
}

s32_t tcp_keepalive_left(const struct tcp_pcb *pcb, u32_t now_ms)
{
  if (!(pcb->so_options & SOF_KEEPALIVE) || (pcb->state != ESTABLISHED && pcb->state != CLOSE_WAIT)) {
    return TCP_NEVER;
  }
  return (s32_t)(pcb->tmr + pcb->keep_idle + pcb->keep_cnt_sent * tcp_keep_intvl(pcb) - now_ms);
}

static s32_t peer_left(const struct tcp_pcb *pcb, u32_t now_ms)
{
  s32_t since = (s32_t)(pcb->tmr - now_ms);

  if (waits_for_ack(pcb)) {
    return since;
  }
  if (pcb->state == FIN_WAIT_2 && (pcb->flags & TF_X_ORPHAN)) {
    return since + TCP_FIN_WAIT_TIMEOUT;
  }
  if (pcb->state == TIME_WAIT) {
    return since + 2 * (s32_t)TCP_MSL;
  }
  return tcp_keepalive_left(pcb, now_ms);
}

static s32_t poll_left(const struct tcp_pcb *pcb, u32_t now_ms)
{
  return (s16_t)(pcb->polltmr - (u16_t)(now_ms >> 3)) * 8 - (s32_t)(now_ms & 7);
}

/** What there is to do, and when. */
enum { DUE_PEER = 1, DUE_ACK = 2, DUE_POLL = 4, DUE_OOSEQ = 8 };
struct agenda {
  s32_t next; /* ms */
  u8_t due;   /* DUE_*: now */
};

static void note(struct agenda *a, s32_t left, u8_t what)
{
  if (left <= 0) {
    left = 0;
    a->due |= what;
  }
  if (left < a->next) {
    a->next = left;
  }
}

static bool polls(const struct tcp_pcb *pcb)
{
  return pcb->pollinterval != 0 && pcb->state >= SYN_SENT && !(pcb->flags & TF_X_ORPHAN);
}

static struct agenda look(const struct tcp_pcb *pcb, u32_t now_ms)
{
  struct agenda a = { TCP_NEVER, 0 };

  note(&a, peer_left(pcb, now_ms), DUE_PEER);
  note(&a, tcp_user_left(pcb, now_ms), DUE_PEER);
  if ((pcb->flags & (TF_ACK_DELAY | TF_ACK_NOW)) == TF_ACK_DELAY) { /* one that is due and cannot be sent waits below */
    note(&a, (s16_t)(pcb->ack_at - (u16_t)now_ms), DUE_ACK);
  }
  if (pcb->flags & (TF_ACK_NOW | TF_NAGLEMEMERR)) {
    note(&a, TCP_NO_MEMORY_RETRY, 0);
  }
  if (pcb->refused_data != NULL) {
    note(&a, TCP_REFUSED_RETRY, 0);
  }
  note(&a, tcp_pace_left(pcb, now_ms), 0);
  if (polls(pcb)) {
    note(&a, poll_left(pcb, now_ms), DUE_POLL);
  }
#if TCP_QUEUE_OOSEQ
  if (pcb->ooseq != NULL) {
    note(&a, (s32_t)(pcb->ooseq->sent_ms + TCP_OOSEQ_TIMEOUT * tcp_rto(pcb) - now_ms), DUE_OOSEQ);
  }
#endif
  return a;
}

u32_t tcp_timer_next(const struct tcp_pcb *pcb, u32_t now_ms)
{
  return (u32_t)look(pcb, now_ms).next;
}

static bool opening(const struct tcp_pcb *pcb)
{
  return pcb->state == SYN_SENT || pcb->state == SYN_RCVD;
}

/* Has the peer had all the time it gets, or all @p tries? */
static bool gives_up(const struct tcp_pcb *pcb, u32_t tries, u32_t max, u32_t now_ms)
{
  return tcp_user_limits(pcb) ? tcp_user_left(pcb, now_ms) <= 0 : tries >= max;
}

static enum tcp_timer_kind timer_kind(const struct tcp_pcb *pcb)
{
#if LWIP_X_TCP_RACK
  return (enum tcp_timer_kind)pcb->x_timer;
#else
  return tcp_may_probe(pcb) && tcp_pto(pcb) < tcp_rto(pcb) ? TCP_TIMER_PROBE : TCP_TIMER_RTO;
#endif
}

/* RFC 6298 5.4 to 5.7. */
static enum tcp_verdict retransmit(struct tcp_pcb *pcb, u32_t now_ms)
{
  if (gives_up(pcb, pcb->nrtx, opening(pcb) ? TCP_SYNMAXRTX : TCP_MAXRTX, now_ms)) {
    return TCP_KILL;
  }
  pcb->nrtx++;
  if (opening(pcb)) {
    if (tcp_tfo_has_sent(pcb)) {
      pcb->flags |= TF_ACK_NOW; /* the SYN again; its text may be there, and be acknowledged */
    } else {
      pcb->snd_nxt = pcb->lastack;
    }
    pcb->sv = 1; /* with sa 0: RFC 6298 5.7 */
    pcb->tmr = now_ms + tcp_backoff(TCP_RTO_INITIAL, pcb->nrtx, TCP_RTO_MAX);
    return TCP_OK;
  }
  if (pcb->snd_wnd == 0 &&
      pcb->x_last != NULL) { /* the peer took its window back: probe, do not give up (3.8.6, SHLD-17) */
    tcp_recover_all(pcb);
    pcb->persist_backoff = 1;
    return TCP_OK;
  }
  tcp_black_hole(pcb, now_ms);
  tcp_recover_timeout(pcb);
  arm_rto(pcb, now_ms);
  return TCP_OK;
}

/* What is due of a peer that does not answer.  Without RACK, the first timeout of a flight is for a loss probe, as long as that is
 * sooner. */
static enum tcp_verdict unanswered(struct tcp_pcb *pcb, u32_t now_ms)
{
  switch (timer_kind(pcb)) {
    case TCP_TIMER_PROBE:
      tcp_recover_probe(pcb, now_ms);
      arm_rto(pcb, now_ms);
      return TCP_OK;
    case TCP_TIMER_REORDER:
      tcp_timer_is(pcb, TCP_TIMER_RTO);
      tcp_recover_acked(pcb, 0, 0, now_ms);
      if (!tcp_timer_waits_for_reordering(pcb)) {
        arm_rto(pcb, now_ms);
      }
      return TCP_OK;
    default:
      return retransmit(pcb, now_ms);
  }
}

enum { ORPHAN_PROBES = 8 }; /* with the window closed and nobody here to care any more: RFC 6429 */

static enum tcp_verdict probe(struct tcp_pcb *pcb, u32_t now_ms)
{
  u32_t fits;

  if (gives_up(pcb, pcb->nrtx, TCP_MAXRTX, now_ms) ||
      ((pcb->flags & TF_X_ORPHAN) && pcb->persist_backoff > ORPHAN_PROBES)) {
    return TCP_KILL;
  }
  fits = pcb->snd_wnd;
  if (fits > 0 && pcb->unacked == NULL &&
      pcb->unsent != NULL) { /* a window smaller than the segment, for so long: RFC 9293 3.8.6.2.1 (4) */
    fits += pcb->lastack - pcb->unsent->seq;
    if (fits < pcb->unsent->len && tcp_queue_split(pcb, pcb->unsent, (u16_t)fits)) {
      pcb->persist_backoff = 0;
    }
  }
  return TCP_OK; /* tcp_next() does the rest */
}

static enum tcp_verdict quiet_ring(struct tcp_pcb *pcb, u32_t now_ms)
{
  if (pcb->state == FIN_WAIT_2 || pcb->state == TIME_WAIT) {
    return TCP_DONE;
  }
  return gives_up(pcb, pcb->keep_cnt_sent, tcp_keep_cnt(pcb), now_ms) ? TCP_KILL : TCP_OK;
}

/* The peer has not done what it should have. */
static enum tcp_verdict ring_peer(struct tcp_pcb *pcb, u32_t now_ms)
{
  if (!waits_for_ack(pcb)) {
    return quiet_ring(pcb, now_ms);
  }
  return pcb->persist_backoff != 0 ? probe(pcb, now_ms) : unanswered(pcb, now_ms);
}

enum tcp_verdict tcp_timer_ring(struct tcp_pcb *pcb, u32_t now_ms, struct tcp_events *ev)
{
  u8_t due = look(pcb, now_ms).due;
  enum tcp_verdict v = (due & DUE_PEER) ? ring_peer(pcb, now_ms) : TCP_OK;

  if (v != TCP_OK) {
    return v;
  }
  if (due & DUE_ACK) {
    pcb->flags |= TF_ACK_NOW;
  }
  if (pcb->refused_data != NULL) {
    ev->what |= TCP_EV_RETRY;
  }
  if (tcp_starves(pcb) && tcp_queue_room(pcb) > 0) {
    pcb->flags &= (tcpflags_t)~TF_NAGLEMEMERR;
    ev->what |= TCP_EV_ROOM;
  }
  if (due & DUE_POLL) {
    pcb->polltmr = (u16_t)((now_ms + 500u * pcb->pollinterval) >> 3);
    ev->what |= TCP_EV_POLL;
  }
#if TCP_QUEUE_OOSEQ
  if (due & DUE_OOSEQ) {
    tcp_free_ooseq(pcb);
  }
#endif
  return TCP_OK;
}

#endif
