/**
 * Second thoughts: what looked like loss was delay or reordering, and the reduction of the window is taken back
 * (Eifel, RFC 3522 and 4015; F-RTO, RFC 5682; D-SACK, RFC 3708).
 *
 * Every segment that was sent again is counted, and counted off when it proves to have been needless:
 *   its ACK came much sooner than a round trip after it was sent again: it was for the first copy
 *   the peer reported that it got something twice
 * With none left, all is as it was.  After a timeout it is enough that a segment arrives that was given up and not sent again.
 */
#include "tcp_engine.h"

#if LWIP_TCP && LWIP_X_TCP_UNDO

enum { FOR_NOTHING = 0xffff }; /* x_undo_left */

void tcp_undo_begin(struct tcp_pcb *pcb)
{
  if (pcb->x_undo_cwnd != 0 && (pcb->flags & (TF_INFR | TF_RTO))) {
    return; /* it goes on */
  }
  pcb->x_undo_cwnd = pcb->cwnd;
  pcb->x_undo_ssthresh = pcb->ssthresh;
  pcb->x_undo_left = 0;
#if LWIP_TCP_TIMESTAMPS
  pcb->x_undo_ts = 0;
#endif
}

static void undo(struct tcp_pcb *pcb)
{
  struct tcp_seg *seg;

  tcp_recover_end(pcb);
  for (seg = pcb->unacked; seg != pcb->unsent && seg != NULL && pcb->x_lost != 0; seg = seg->next) {
    tcp_queue_found(pcb, seg);
  }
  pcb->cwnd = LWIP_MAX(pcb->cwnd, pcb->x_undo_cwnd);
  pcb->ssthresh = LWIP_MAX(pcb->ssthresh, pcb->x_undo_ssthresh);
  if (pcb->ssthresh == (tcpwnd_size_t)-1) {
    tcp_cc_forget(pcb); /* slow start goes on */
  }
  pcb->x_undo_cwnd = 0;
  pcb->x_undo_left = 0;
}

void tcp_undo_delivered(struct tcp_pcb *pcb, const struct tcp_seg *seg, u32_t now_ms)
{
  if (pcb->x_undo_cwnd == 0) {
    return;
  }
  if (seg->nrtx == 1 && 2 * (now_ms - seg->sent_ms) < pcb->x_rtt_min) {
    tcp_undo_dsack(pcb);
    tcp_rack_round(pcb, true);
  } else if (seg->nrtx == 0 && (pcb->flags & TF_RTO) && (seg->flags & TF_SEG_LOST) && tcp_has_board(pcb)) {
    pcb->x_undo_left = FOR_NOTHING;
  }
}

void tcp_undo_dsack(struct tcp_pcb *pcb)
{
  if (pcb->x_undo_left != 0 && pcb->x_undo_left != FOR_NOTHING && --pcb->x_undo_left == 0) {
    pcb->x_undo_left = FOR_NOTHING;
  }
}

#if LWIP_TCP_TIMESTAMPS

void tcp_undo_sent_at(struct tcp_pcb *pcb, u32_t seq, u32_t now_ms)
{
  if (pcb->x_undo_left == 1 && pcb->x_undo_ts == 0 &&
      seq_leq(seq, pcb->lastack)) {               /* whatever is acknowledged next is of it */
    pcb->x_undo_ts = tcp_ts_now(pcb, now_ms) | 1; /* half of them a millisecond later: 0 means none */
  }
}

/* RFC 3522 3.2: does the first ACK of what was sent again echo a timestamp from before?  When more was sent again meanwhile,
 * that one was needless says nothing of the others, unless it was a timeout that made us do it. */
void tcp_undo_echo(struct tcp_pcb *pcb, const struct tcp_repr *seg)
{
  if (pcb->x_undo_ts == 0 || pcb->x_undo_cwnd == 0) {
    return;
  }
  if ((pcb->flags & TF_TIMESTAMP) && (seg->opts & TCP_O_TS) && seq_lt(seg->tsecr, pcb->x_undo_ts - 1) &&
      (pcb->x_undo_left == 1 || (pcb->flags & TF_RTO))) {
    pcb->x_undo_left = FOR_NOTHING;
  }
  pcb->x_undo_ts = 0;
}

#endif

void tcp_undo_check(struct tcp_pcb *pcb)
{
  if (pcb->x_undo_cwnd != 0 && pcb->x_undo_left == FOR_NOTHING) {
    undo(pcb);
  }
}

#endif
