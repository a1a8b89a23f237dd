/**
 * What is lost, and recovering from it: fast retransmit (RFC 5681 3.2), limited transmit (RFC 3042), NewReno (RFC 6582), and the
 * frame in which reports of the peer (tcp_board.c), time (tcp_rack.c) and rate (tcp_prr.c) do better.
 *
 * Segments that count as lost are marked; tcp_next() sends them again, in order, before anything new, as the congestion
 * window allows for what is still on its way (tcp_pipe()).  A duplicate ACK takes one segment off the way: so the first two
 * of them let new text out, the later ones keep the flow going, and no window has to be inflated and deflated for it.
 *
 *   TF_INFR   something was lost: three duplicate ACKs (or the board) told; until rto_end is acknowledged
 *   TF_RTO    a timeout: everything in flight counts as lost, until rto_end is acknowledged
 */
#include "tcp_ecn.h"

#if LWIP_TCP

enum { DUPACKS = 3 }; /* RFC 5681 3.2 */

static void first_is_lost(struct tcp_pcb *pcb)
{
  if (pcb->unacked != NULL) {
    tcp_queue_lost(pcb, pcb->unacked);
  }
}

void tcp_recover_all(struct tcp_pcb *pcb)
{
  struct tcp_seg *seg;

  for (seg = pcb->unacked; seg != pcb->unsent && seg != NULL; seg = seg->next) {
    tcp_queue_lost(pcb, seg);
  }
  if (pcb->x_last == NULL) {
    pcb->snd_nxt = pcb->lastack; /* only the FIN is left */
  }
}

void tcp_recover_begin(struct tcp_pcb *pcb, u32_t now_ms)
{
  tcp_undo_begin(pcb);
  pcb->rto_end = pcb->snd_nxt;
  pcb->flags |= TF_INFR;
  tcp_cc_lost(pcb);
  tcp_prr_begin(pcb);
  tcp_ecn_reduced(pcb);
  tcp_rack_round(pcb, false);
  (void)now_ms;
}

void tcp_recover_end(struct tcp_pcb *pcb)
{
  if (pcb->flags & TF_INFR) {
    tcp_prr_end(pcb);
  }
  pcb->flags &= (tcpflags_t) ~(TF_INFR | TF_RTO);
  pcb->dupacks = 0;
}

void tcp_recover_dupack(struct tcp_pcb *pcb, u32_t now_ms)
{
  if (pcb->dupacks < 255 && tcp_pipe(pcb) > 0) { /* more than there are segments in flight say nothing */
    pcb->dupacks++;
  }
  if (pcb->dupacks != DUPACKS || (pcb->flags & (TF_INFR | TF_RTO))) {
    return; /* RFC 6582 3.2: not again for what was in flight at the last loss */
  }
  first_is_lost(pcb);
  tcp_recover_begin(pcb, now_ms);
}

void tcp_recover_timeout(struct tcp_pcb *pcb)
{
  tcp_undo_begin(pcb);
  tcp_cc_timeout(pcb);
  tcp_ecn_reduced(pcb);
  pcb->rto_end = pcb->snd_nxt;
  tcp_recover_end(pcb);
  pcb->flags |= TF_RTO;
  tcp_board_timeout(pcb);
  tcp_recover_all(pcb);
}

void tcp_recover_probe(struct tcp_pcb *pcb, u32_t now_ms)
{
  if (tcp_has_board(pcb)) {
    tcp_tlp_probe(pcb, now_ms);
  } else {
    first_is_lost(pcb);
    tcp_recover_begin(pcb, now_ms);
  }
}

/* RFC 6582 3.2 step 5: the next one is lost too.  Of the segments that duplicate ACKs told of, all but the retransmitted
 * one are acknowledged now. */
static void partial_ack(struct tcp_pcb *pcb, u32_t octets)
{
  u32_t told = octets > pcb->mss ? (octets - 1) / pcb->mss : 0;

  pcb->dupacks = (u8_t)(pcb->dupacks > told ? pcb->dupacks - told : 0);
  first_is_lost(pcb);
}

void tcp_recover_acked(struct tcp_pcb *pcb, u32_t octets, u32_t delivered, u32_t now_ms)
{
  bool more = tcp_has_board(pcb) && tcp_board_lost(pcb, now_ms);

  if ((pcb->flags & (TF_INFR | TF_RTO)) && octets > 0 && seq_geq(pcb->lastack, pcb->rto_end)) {
    bool timeout = (pcb->flags & TF_RTO) != 0; /* what was in flight when it began has arrived */

    tcp_recover_end(pcb);
    if (timeout) {
      tcp_cc_acked(pcb, octets, now_ms);
    } else {
      tcp_cc_recovered(pcb);
    }
  } else if (pcb->flags & TF_INFR) {
    if (tcp_has_board(pcb)) {
      tcp_prr_acked(pcb, delivered, octets > 0 && !more);
    } else {
      partial_ack(pcb, octets);
    }
    return;
  } else if (octets > 0) {
    pcb->dupacks = 0;
    tcp_cc_acked(pcb, octets, now_ms);
  }
  if (more && !(pcb->flags & TF_RTO)) {
    tcp_recover_begin(pcb, now_ms);
  }
}

#endif
