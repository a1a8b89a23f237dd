/**
 * What is lost, and recovering from it: fast retransmit (RFC 5681 3.2), limited transmit (RFC 3042), NewReno (RFC 6582).
 *
 * Segments that count as lost are marked; tcp_next() sends them again, in order, before anything new, as the congestion
 * window allows for what is still on its way (tcp_pipe()).  A duplicate ACK takes one segment off the way: so the first two
 * of them let new text out, the later ones keep the flow going, and no window has to be inflated and deflated for it.
 *
 *   TF_INFR   three duplicate ACKs named the first segment; each ACK short of rto_end names the next
 *   TF_RTO    a timeout: everything in flight was lost, until rto_end is acknowledged
 */
#include "tcp_engine.h"

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

void tcp_recover_dupack(struct tcp_pcb *pcb)
{
  if (pcb->dupacks < 255 && tcp_pipe(pcb) > 0) { /* more than there are segments in flight say nothing */
    pcb->dupacks++;
  }
  if (pcb->dupacks != DUPACKS || (pcb->flags & (TF_INFR | TF_RTO))) {
    return; /* RFC 6582 3.2: not again for what was in flight at the last loss */
  }
  pcb->rto_end = pcb->snd_nxt;
  pcb->flags |= TF_INFR;
  tcp_cc_lost(pcb);
  first_is_lost(pcb);
}

/* RFC 6582 3.2 step 5: the next one is lost too.  Of the segments that duplicate ACKs told of, all but the retransmitted
 * one are acknowledged now. */
static void partial_ack(struct tcp_pcb *pcb, u32_t octets)
{
  u32_t told = octets > pcb->mss ? (octets - 1) / pcb->mss : 0;

  pcb->dupacks = (u8_t)(pcb->dupacks > told ? pcb->dupacks - told : 0);
  first_is_lost(pcb);
}

void tcp_recover_acked(struct tcp_pcb *pcb, u32_t octets)
{
  bool past_end = seq_geq(pcb->lastack, pcb->rto_end);

  if ((pcb->flags & TF_INFR) && !past_end) {
    partial_ack(pcb, octets);
    return;
  }
  pcb->dupacks = 0;
  if (pcb->flags & TF_INFR) {
    tcp_cc_recovered(pcb);
  } else {
    tcp_cc_acked(pcb, octets);
  }
  if (past_end) {
    pcb->flags &= (tcpflags_t) ~(TF_INFR | TF_RTO);
  }
}

#endif
