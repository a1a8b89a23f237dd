/**
 * Proportional rate reduction (RFC 9937): during recovery the window comes down to ssthresh as evenly as ACKs come in,
 * and does not stay below it when much was lost.
 */
#include "tcp_engine.h"

#if LWIP_TCP && LWIP_X_TCP_PRR

static struct lwip_x_tcp_prr_state *state(struct tcp_pcb *pcb)
{
  return &pcb->x_cc_state.prr;
}

/* Of RecoverFS, what was reported before is no part: it will not arrive again. */
void tcp_prr_begin(struct tcp_pcb *pcb)
{
  u32_t flight = LWIP_MAX(pcb->snd_nxt - pcb->lastack - tcp_sacked(pcb), 1u);
  u32_t share = ((u32_t)pcb->ssthresh * 256 + flight - 1) / flight;

  pcb->x_prr_share = (u16_t)LWIP_MIN(share, 0xffffu);
  tcp_prr_end(pcb);
}

void tcp_prr_end(struct tcp_pcb *pcb)
{
  state(pcb)->delivered = state(pcb)->out = 0;
}

/* What arrived and let nothing out yet.  When the send buffer or the peer's window was in the way for a while, that is much, and
 * no longer true: sent all at once it would be a burst that overflows the queue on the way again, a second loss.  The rest is
 * left to slow start, after recovery. */
static u32_t owed(struct tcp_pcb *pcb, u32_t delivered)
{
  struct lwip_x_tcp_prr_state *prr = state(pcb);
  s32_t owe = (s32_t)(prr->delivered - prr->out);
  s32_t most = (s32_t)(delivered + 2u * pcb->mss);

  if (owe > most) {
    prr->out = prr->delivered - (u32_t)most;
    return (u32_t)most;
  }
  return owe > 0 ? (u32_t)owe : 0;
}

void tcp_prr_acked(struct tcp_pcb *pcb, u32_t delivered, bool safe)
{
  struct lwip_x_tcp_prr_state *prr = state(pcb);
  u32_t pipe = tcp_pipe(pcb), may;

  prr->delivered += delivered;
  if (pipe > pcb->ssthresh) {
    u32_t due = (prr->delivered >> 4) * pcb->x_prr_share >> 4;

    may = due > prr->out ? due - prr->out : 0;
  } else {
    u32_t limit = LWIP_MAX(owed(pcb, delivered), delivered) + (safe ? pcb->mss : 0u);

    may = LWIP_MIN(pcb->ssthresh - pipe, limit);
  }
  pcb->cwnd = (tcpwnd_size_t)LWIP_MAX(pipe + may, (u32_t)pcb->mss);
}

#endif
