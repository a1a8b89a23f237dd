/**
 * How much arrives, and how fast: for lwip_x_tcp_info().
 *
 * A measurement lasts a round trip, as long as something is in flight all the time; it begins with an ACK, so that both ends
 * of it are arrivals.
 */
#include "tcp_progress.h"

#if LWIP_TCP && LWIP_X_TCP_INFO

void tcp_rate_delivered(struct tcp_pcb *pcb, u32_t octets, u32_t now_ms)
{
  u32_t ms = now_ms - pcb->x_rate_at, got;

  pcb->x_delivered += octets;
  if (pcb->x_rate_at != 0 && ms < LWIP_MAX((u32_t)pcb->sa / 2, 1u)) {
    return;
  }
  got = pcb->x_delivered - pcb->x_rate_from;
  if (pcb->x_rate_at != 0) {
    pcb->x_rate = got < 0xffffffffu / 1000 ? got * 1000 / ms : got / ms * 1000;
  }
  pcb->x_rate_from = pcb->x_delivered;
  pcb->x_rate_at = now_ms | 1;
}

#endif
