/**
 * Fast Open (RFC 7413): text in SYNs.
 *
 * Client: the SYN carries the beginning of the first segment of the queue, which stays there as never sent, like the octet of a
 * window probe.  What the SYN+ACK does not acknowledge goes out as ever.  A SYN that is sent again has neither cookie nor text.
 *
 * Server: the connection has a pcb while it is still half-open, is told to the program, and may send.
 */
#include "tcp_tfo.h"

#if LWIP_TCP && LWIP_X_TCP_FASTOPEN

void tcp_tfo_plan(struct tcp_pcb *pcb, struct tcp_send *s)
{
  struct tcp_seg *seg = pcb->unsent;

  if (pcb->x_tfo == TCP_TFO_TEXT && pcb->nrtx == 0 && seg != NULL) {
    s->seg = seg;
    s->probe_at = 0;
    s->r.len = (u16_t)LWIP_MIN(seg->len, pcb->x_tfo_room);
  }
}

bool tcp_tfo_holds(struct tcp_pcb *pcb)
{
  if (pcb->x_tfo != TCP_TFO_HOLD || pcb->unsent == NULL) {
    return pcb->x_tfo == TCP_TFO_HOLD;
  }
  pcb->x_tfo = TCP_TFO_TEXT;
  return false;
}

enum tcp_verdict tcp_tfo_arrives(struct tcp_pcb *pcb, const struct tcp_repr *syn, struct tcp_events *ev, u32_t now_ms)
{
  struct tcp_repr text = *syn;

  pcb->x_tfo = TCP_TFO_OPEN;
  pcb->snd_nxt = pcb->lastack; /* the SYN+ACK is still to be sent */
  pcb->snd_wnd = pcb->snd_wnd_max = syn->wnd;
  pcb->tmr = now_ms;
  ev->what |= TCP_EV_CONNECTED;
  text.seq++;
  text.flags = TCP_F_ACK; /* a FIN has to come again */
  return text.len != 0 ? tcp_text(pcb, &text, ev, now_ms) : TCP_OK;
}

void tcp_tfo_answered(struct tcp_pcb *pcb, const struct tcp_repr *synack, bool acked, struct tcp_events *ev,
                      u32_t now_ms)
{
  struct tcp_repr ack = *synack;

  if (pcb->x_tfo == TCP_TFO_TEXT && acked && synack->ack != pcb->lastack) {
    ack.opts &= (u8_t)~TCP_O_SACK;
    (void)tcp_acked(pcb, &ack, ev, now_ms);
    pcb->snd_wnd = pcb->snd_wnd_max = synack->wnd; /* never scaled */
  }
  if (pcb->x_tfo == TCP_TFO_TEXT) {
    pcb->snd_nxt = pcb->lastack + !acked; /* the rest was never sent */
  }
  pcb->x_tfo = TCP_TFO_NONE;
}

void tcp_tfo_leave(struct tcp_pcb *pcb)
{
  if (pcb->x_tfo >= TCP_TFO_FRESH) {
    if (pcb->listener != NULL) {
      pcb->listener->x_fast_waiting--;
    }
    pcb->x_tfo = TCP_TFO_NONE;
  }
}

#endif
