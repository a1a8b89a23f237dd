/**
 * What arrived twice, told to the peer (RFC 2883): it learns that sending it again was needless.
 *
 * Only the newest duplicate is kept, until the next ACK has told of it once.
 */
#include "tcp_dsack.h"

#if LWIP_TCP && LWIP_X_TCP_DSACK

void tcp_dsack_note(struct tcp_pcb *pcb, u32_t left, u32_t right)
{
  if ((pcb->flags & TF_SACK) && seq_lt(left, right)) {
    pcb->x_dsack_left = left;
    pcb->x_dsack_len = (u16_t)(right - left); /* part of a segment */
  }
}

void tcp_dsack_old(struct tcp_pcb *pcb, const struct tcp_repr *seg)
{
  u32_t right = seg->seq + seg->len;

  if (seg->len != 0 && seq_lt(seg->seq, pcb->rcv_nxt)) {
    tcp_dsack_note(pcb, seg->seq, seq_lt(right, pcb->rcv_nxt) ? right : pcb->rcv_nxt);
  }
}

u8_t tcp_dsack_emit(struct tcp_pcb *pcb, u8_t *o)
{
  if (pcb->x_dsack_len == 0) {
    return 0;
  }
  be32_put(o, pcb->x_dsack_left);
  be32_put(o + 4, pcb->x_dsack_left + pcb->x_dsack_len);
  pcb->x_dsack_len = 0;
  return 1;
}

#endif
