/**
 * Explicit congestion notification (RFC 3168), answered as RFC 8511 says: a mark comes from a short queue, so that the window
 * shrinks less than after a loss.
 *
 * Only text that is sent for the first time is ECN-capable, no SYN, no pure ACK, no probe, nothing sent again (6.1.4 to 6.1.6).
 */
#include "tcp_ecn.h"

#if LWIP_TCP && LWIP_X_TCP_ECN

u8_t tcp_ecn_offer(struct tcp_pcb *pcb)
{
  bool wanted = LWIP_X_TCP_ECN > 1 || (pcb->x_ecn & (TCP_ECN_WANTED | TCP_ECN_ASKED));

  if (!wanted || pcb->state != SYN_SENT || pcb->nrtx != 0) {
    pcb->x_ecn = 0;
    return 0;
  }
  pcb->x_ecn = TCP_ECN_ASKED;
  return TCP_F_ECE | TCP_F_CWR;
}

void tcp_ecn_answered(struct tcp_pcb *pcb, const struct tcp_repr *synack)
{
  if (pcb->x_ecn == TCP_ECN_ASKED && (synack->flags & (TCP_F_ACK | TCP_F_ECE | TCP_F_CWR)) == (TCP_F_ACK | TCP_F_ECE)) {
    tcp_ecn_begin(pcb); /* both flags: a broken peer that returns what it was sent (6.1.1) */
  } else {
    pcb->x_ecn = 0;
  }
}

void tcp_ecn_begin(struct tcp_pcb *pcb)
{
  pcb->x_ecn = TCP_ECN_ON;
  pcb->rto_end = pcb->lastack;
}

void tcp_ecn_received(struct tcp_pcb *pcb, const struct tcp_repr *seg)
{
  if (!(pcb->x_ecn & TCP_ECN_ON)) {
    return;
  }
  if (seg->flags & TCP_F_CWR) {
    pcb->x_ecn &= (u8_t)~TCP_ECN_ECHO;
  }
  if (tcp_ecn_is_marked(seg) && seg->len != 0) {
    pcb->x_ecn |= TCP_ECN_ECHO;
    pcb->flags |= TF_ACK_NOW;
  }
}

void tcp_ecn_reduced(struct tcp_pcb *pcb)
{
  if (pcb->x_ecn & TCP_ECN_ON) {
    pcb->x_ecn |= TCP_ECN_CWR;
    pcb->rto_end = pcb->snd_nxt;
  }
}

/* Once a window of data, and not if a loss has reduced it already (6.1.2). */
void tcp_ecn_acked(struct tcp_pcb *pcb, const struct tcp_repr *seg)
{
  if ((pcb->flags & (TF_INFR | TF_RTO)) || seq_lt(seg->ack, pcb->rto_end)) {
    return;
  }
  pcb->rto_end = seg->ack; /* or it would be ahead again two gigabytes later */
  if (tcp_ecn_heard(pcb) && tcp_in_flight(pcb)) {
    tcp_cc_marked(pcb);
    tcp_ecn_reduced(pcb);
  }
}

u8_t tcp_ecn_mark(const struct tcp_pcb *pcb, struct tcp_send *s)
{
  bool fresh = s->seg != NULL && !s->probe && seq_geq(s->r.seq, pcb->snd_nxt);

  if (!(pcb->x_ecn & TCP_ECN_ON) || (s->r.flags & TCP_F_SYN)) {
    return 0;
  }
  if (pcb->x_ecn & TCP_ECN_ECHO) {
    s->r.flags |= TCP_F_ECE;
  }
  if (fresh && (pcb->x_ecn & TCP_ECN_CWR)) {
    s->r.flags |= TCP_F_CWR;
  }
  return fresh ? IP_ECN_ECT0 : 0;
}

void tcp_ecn_sent(struct tcp_pcb *pcb, const struct tcp_send *s)
{
  if ((s->r.flags & (TCP_F_SYN | TCP_F_CWR)) == TCP_F_CWR) {
    pcb->x_ecn &= (u8_t)~TCP_ECN_CWR;
  }
}

#endif
