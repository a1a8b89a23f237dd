/**
 * Proportional rate reduction (RFC 9937): during recovery the window comes down to ssthresh as evenly as ACKs come in,
 * and does not stay below it when much was lost.
 */
#include "tcp_engine.h"

#if LWIP_TCP && LWIP_X_TCP_PRR

void tcp_prr_begin(struct tcp_pcb *pcb)
{
  pcb->x_prr_flight = (tcpwnd_size_t)LWIP_MAX(pcb->snd_nxt - pcb->lastack, 1u);
  pcb->x_prr_delivered = pcb->x_prr_out = 0;
}

/* delivered * ssthresh / flight, rounded up to what 8 bits of fraction leave. */
static u32_t share(const struct tcp_pcb *pcb)
{
  u32_t ratio = ((u32_t)pcb->ssthresh * 256 + pcb->x_prr_flight - 1) / pcb->x_prr_flight;

  return (pcb->x_prr_delivered >> 4) * ratio >> 4;
}

void tcp_prr_acked(struct tcp_pcb *pcb, u32_t delivered, bool safe)
{
  u32_t pipe = tcp_pipe(pcb), may;

  pcb->x_prr_delivered += delivered;
  if (pipe > pcb->ssthresh) {
    u32_t due = share(pcb);

    may = due > pcb->x_prr_out ? due - pcb->x_prr_out : 0;
  } else {
    u32_t limit = pcb->x_prr_delivered > pcb->x_prr_out ? pcb->x_prr_delivered - pcb->x_prr_out : 0;

    limit = LWIP_MAX(limit, delivered) + (safe ? pcb->mss : 0u);
    may = LWIP_MIN(pcb->ssthresh - pipe, limit);
  }
  pcb->cwnd = (tcpwnd_size_t)LWIP_MAX(pipe + may, (u32_t)pcb->mss);
}

#endif
