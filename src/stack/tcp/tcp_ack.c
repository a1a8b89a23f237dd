/**
 * What an acknowledgement does: octets leave the queue, the timers and the congestion window move, the
 * peer's window changes.
 */
#include "tcp_ecn.h"
#include "tcp_progress.h"
#include "tcp_size.h"

#if LWIP_TCP

static void take_rtt(struct tcp_pcb *pcb, const struct tcp_repr *seg, s32_t by_segment, u32_t now_ms)
{
#if LWIP_TCP_TIMESTAMPS
  if ((pcb->flags & TF_TIMESTAMP) && (seg->opts & TCP_O_TS)) {
    u32_t rtt = tcp_ts_now(pcb, now_ms) - seg->tsecr; /* RFC 7323 4.1; an echo we never sent is out of any range */

    if (rtt < 2 * TCP_RTO_MAX) {
      tcp_rtt_sample(pcb, rtt);
      return;
    }
  }
#endif
  (void)seg, (void)now_ms;
  if (by_segment >= 0 && !(pcb->flags & (TF_RTO | TF_INFR))) { /* else it waited for a gap to be filled */
    tcp_rtt_sample(pcb, (u32_t)by_segment);
  }
}

/* All text is there, and only the FIN, which went out before, to be sent again. */
static void rewind_fin(struct tcp_pcb *pcb)
{
  if (pcb->x_last == NULL) {
    pcb->snd_nxt = pcb->lastack;
  }
}

/* @return does it acknowledge our FIN? */
static bool advance(struct tcp_pcb *pcb, const struct tcp_repr *seg, struct tcp_events *ev, u32_t now_ms)
{
  u32_t octets = seg->ack - pcb->lastack;
  bool fin = (pcb->flags & TF_FIN) && seg->ack == tcp_fin_seq(pcb) + 1;
  u32_t text = octets - fin;
  s32_t rtt = tcp_queue_acked(pcb, seg->ack, now_ms);
  u32_t room = tcp_size_acked(pcb, text);

  pcb->lastack = seg->ack;
  pcb->snd_buf = (tcpwnd_size_t)(pcb->snd_buf + room);
  ev->acked += text;
  pcb->nrtx = 0;
  pcb->persist_backoff = 0;
  take_rtt(pcb, seg, rtt, now_ms);
  return fin;
}

/* Has the peer told of anything new?  Then recovery goes on, and the timer is set anew (RFC 6298 5.3; RFC 8985 7.2). */
static void digest(struct tcp_pcb *pcb, u32_t octets, u32_t delivered, bool dsack, u32_t now_ms)
{
  if (delivered != 0) {
    tcp_rate_delivered(pcb, delivered, now_ms);
    tcp_timer_is(pcb, TCP_TIMER_RTO);
    tcp_recover_acked(pcb, octets, delivered, now_ms);
  }
  if (dsack && !tcp_tlp_repeats(pcb)) { /* what a loss probe sent twice was meant to be */
    tcp_undo_dsack(pcb);
    tcp_rack_round(pcb, true);
  }
  tcp_undo_check(pcb);
  tcp_tlp_acked(pcb, delivered != 0, dsack, now_ms);
  if (octets != 0 && (pcb->flags & TF_RTO)) {
    rewind_fin(pcb);
  }
  if (delivered != 0 && !tcp_timer_waits_for_reordering(pcb)) {
    tcp_timer_restart(pcb, now_ms);
  }
}

/* RFC 5681 section 2. */
static bool is_duplicate(const struct tcp_pcb *pcb, const struct tcp_repr *seg, u32_t wnd)
{
  return tcp_in_flight(pcb) && seg->len == 0 && !(seg->flags & (TCP_F_SYN | TCP_F_FIN)) && wnd == pcb->snd_wnd &&
         pcb->persist_backoff == 0;
}

/* RFC 9293 3.10.7.4: the peer's window, from a segment that is not older than the last that told it.  SND.WL2 is never
 * beyond SND.UNA, so that of its rule only SEG.ACK >= SND.UNA is left. */
static void update_window(struct tcp_pcb *pcb, const struct tcp_repr *seg, u32_t wnd)
{
  if (seq_gt(pcb->snd_wl1, seg->seq)) {
    return;
  }
  pcb->snd_wl1 = seg->seq;
  if (wnd > pcb->snd_wnd) {
    pcb->persist_backoff = 0;
  }
  pcb->snd_wnd = (tcpwnd_size_t)wnd;
  if (wnd > pcb->snd_wnd_max) {
    pcb->snd_wnd_max = (tcpwnd_size_t)wnd;
  }
}

bool tcp_acked(struct tcp_pcb *pcb, const struct tcp_repr *seg, struct tcp_events *ev, u32_t now_ms)
{
  u32_t wnd = SND_WND_SCALE(pcb, (u32_t)seg->wnd);
  u32_t una = pcb->lastack, had = una + tcp_sacked(pcb);
  bool probing = pcb->persist_backoff != 0, dsack = false, fin = false;

  if (probing) {
    pcb->nrtx = 0; /* the peer lives: it may keep its window closed for ever (RFC 9293 MUST-37) */
  }
  tcp_ecn_hear(pcb, seg);
  if (seq_gt(seg->ack, una)) {
    fin = advance(pcb, seg, ev, now_ms);
  } else if (seg->ack != una) {
    return false; /* an old one */
  }
  if (LWIP_X_TCP_SACK && (seg->opts & TCP_O_SACK) && tcp_has_board(pcb)) {
    dsack = tcp_board_note(pcb, seg, una, now_ms);
  }
  if (seg->ack != una) {
    tcp_undo_echo(pcb, seg);
  }
  if (tcp_has_board(pcb) || seg->ack != una) {
    digest(pcb, seg->ack - una, pcb->lastack + tcp_sacked(pcb) - had, dsack, now_ms);
  } else if (is_duplicate(pcb, seg, wnd)) {
    tcp_recover_dupack(pcb, now_ms);
  }
  tcp_ecn_acked(pcb, seg);
  update_window(pcb, seg, wnd);
  if (probing && pcb->persist_backoff == 0) {
    rewind_fin(pcb);
    tcp_timer_restart(pcb, now_ms); /* the window opened: a probe's octet may be in flight, as data */
  }
  return fin;
}

#endif
