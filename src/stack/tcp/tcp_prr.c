/**
 * Proportional rate reduction (RFC 9937): during recovery the window comes down to ssthresh as evenly as ACKs come in,
 * and does not stay below it when much was lost.
 */
#include "tcp_engine.h"

#if LWIP_TCP && LWIP_X_TCP_PRR

/* What was reported before will not arrive again. */
void tcp_prr_begin(struct tcp_pcb *pcb)
{
  pcb->x_prr_flight = LWIP_MAX(pcb->snd_nxt - pcb->lastack - tcp_sacked(pcb), 1u);
  pcb->x_prr_delivered = pcb->x_prr_out = 0;
}

/* delivered * ssthresh / flight, rounded up to what 8 bits of fraction leave. */
static u32_t share(const struct tcp_pcb *pcb)
{
  u32_t ratio = ((u32_t)pcb->ssthresh * 256 + pcb->x_prr_flight - 1) / pcb->x_prr_flight;

  return (pcb->x_prr_delivered >> 4) * ratio >> 4;
}

/* What arrived and let nothing out yet.  When the send buffer or the peer's window was in the way for a while, that is much, and
 * no longer true: sent all at once it would be a burst that overflows the queue on the way again, a second loss.  The rest is
 * left to slow start, after recovery. */
static u32_t owed(struct tcp_pcb *pcb, u32_t delivered)
{
  s32_t owe = (s32_t)(pcb->x_prr_delivered - pcb->x_prr_out);
  s32_t most = (s32_t)(delivered + 2u * pcb->mss);

  if (owe > most) {
    pcb->x_prr_out = pcb->x_prr_delivered - (u32_t)most;
    return (u32_t)most;
  }
  return owe > 0 ? (u32_t)owe : 0;
}

void tcp_prr_acked(struct tcp_pcb *pcb, u32_t delivered, bool safe)
{
  u32_t pipe = tcp_pipe(pcb), may;

  pcb->x_prr_delivered += delivered;
  if (pipe > pcb->ssthresh) {
    u32_t due = share(pcb);

    may = due > pcb->x_prr_out ? due - pcb->x_prr_out : 0;
  } else {
    u32_t limit = LWIP_MAX(owed(pcb, delivered), delivered) + (safe ? pcb->mss : 0u);

    may = LWIP_MIN(pcb->ssthresh - pipe, limit);
  }
  pcb->cwnd = (tcpwnd_size_t)LWIP_MAX(pipe + may, (u32_t)pcb->mss);
}

#endif
