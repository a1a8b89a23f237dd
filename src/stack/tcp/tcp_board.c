/**
 * The scoreboard: what the peer reported to have received out of order (SACK, RFC 2018), kept as marks on the segments of the
 * queue; and what must be lost by it (RFC 6675, where tcp_rack.c does not know better by time).
 *
 * A stranger's blocks say nothing: they must lie in what is in flight.
 */
#include "tcp_engine.h"

#if LWIP_TCP && LWIP_X_TCP_SACK

static void mark(struct tcp_pcb *pcb, struct tcp_seg *seg, u32_t now_ms)
{
  u32_t end = seg->seq + seg->len;

  tcp_undo_delivered(pcb, seg, now_ms);
  tcp_rack_delivered(pcb, seg, now_ms);
  tcp_queue_found(pcb, seg);
  seg->flags |= TF_SEG_SACKED;
  pcb->x_sacked += seg->len;
  if (seq_gt(end, tcp_board_end(pcb))) {
    pcb->x_far = seg;
  }
}

/* All segments that lie in [left, right) were received.  The usual block makes the farthest one longer, or lies beyond it: what is
 * in front of its end need not be looked at. */
static void note_block(struct tcp_pcb *pcb, u32_t left, u32_t right, u32_t now_ms)
{
  u32_t end = tcp_board_end(pcb);
  bool far = pcb->x_far != NULL && seq_geq(left, pcb->x_far_left);
  struct tcp_seg *seg = far ? pcb->x_far->next : pcb->unacked;

  for (; seg != pcb->unsent && seg != NULL && seq_leq(seg->seq + seg->len, right); seg = seg->next) {
    if (seq_geq(seg->seq, left) && !(seg->flags & TF_SEG_SACKED)) {
      mark(pcb, seg, now_ms);
    }
  }
  if (tcp_board_end(pcb) != end && !(far && seq_leq(left, end))) {
    pcb->x_far_left = left;
  }
}

/* RFC 2883 4: the first block is below what was acknowledged, or inside the second one. */
static bool is_dsack(const struct tcp_repr *seg)
{
  u32_t left = tcp_wire_sack_left(seg, 0), right = tcp_wire_sack_right(seg, 0);

  if (seq_leq(right, seg->ack)) {
    return true;
  }
  return seg->nsack > 1 && seq_geq(left, tcp_wire_sack_left(seg, 1)) && seq_leq(right, tcp_wire_sack_right(seg, 1));
}

bool tcp_board_note(struct tcp_pcb *pcb, const struct tcp_repr *seg, u32_t old_una, u32_t now_ms)
{
  bool dsack = is_dsack(seg);
  u8_t i;

  for (i = dsack; i < seg->nsack; i++) {
    u32_t left = tcp_wire_sack_left(seg, i), right = tcp_wire_sack_right(seg, i);

    if (seq_geq(left, pcb->lastack) && seq_lt(left, right) && seq_leq(right, pcb->snd_nxt)) {
      note_block(pcb, left, right, now_ms);
    }
  }
  (void)old_una;
  return dsack && seq_lt(tcp_wire_sack_left(seg, 0), tcp_wire_sack_right(seg, 0)) &&
         seq_geq(tcp_wire_sack_left(seg, 0), old_una - pcb->snd_wnd_max);
}

#if LWIP_X_TCP_RACK

bool tcp_board_lost(struct tcp_pcb *pcb, u32_t now_ms)
{
  return tcp_rack_lost(pcb, now_ms);
}

#else

/* RFC 6675 4, IsLost(): more than two segments beyond it were received. */
bool tcp_board_lost(struct tcp_pcb *pcb, u32_t now_ms)
{
  struct tcp_seg *seg = pcb->unacked;
  u32_t beyond = pcb->x_sacked;
  bool any = false;

  (void)now_ms;
  for (; seg != pcb->unsent && beyond > 2u * pcb->mss; seg = seg->next) {
    if (seg->flags & TF_SEG_SACKED) {
      beyond -= seg->len;
    } else if (!(seg->flags & TF_SEG_LOST) && seg->nrtx == 0) {
      tcp_queue_lost(pcb, seg);
      any = true;
    }
  }
  return any;
}

#endif

void tcp_board_timeout(struct tcp_pcb *pcb)
{
  struct tcp_seg *seg;

  if (pcb->unacked == NULL || !(pcb->unacked->flags & TF_SEG_SACKED)) {
    return; /* RFC 6675 5.1: what was reported is used after a timeout too */
  }
  for (seg = pcb->unacked; seg != pcb->unsent && seg != NULL; seg = seg->next) {
    seg->flags &= (u8_t)~TF_SEG_SACKED;
  }
  pcb->x_sacked = 0;
  pcb->x_far = NULL;
}

#endif
