/**
 * Segments that are too large for the path (RFC 4821, RFC 8899 4.3: black holes; RFC 1191 6.3: ageing).
 *
 * After two timeouts in a row the next smaller size is tried.  Ten minutes later, with something acknowledged, the
 * full size is: if it still does not get through, that costs the same two timeouts, every ten minutes at most.
 */
#include "tcp_progress.h"

#if LWIP_TCP && LWIP_X_TCP_PLPMTUD

enum { TIMEOUTS = 2, AGE = 10 * 60 * 1000 / 1024 };

/* Path MTUs worth trying: what tunnels leave, and what every path carries. */
static u16_t next_smaller(const struct tcp_pcb *pcb)
{
  if (tcp_is_v6(pcb)) {
    return TCP_MSS_DEFAULT6;
  }
  return pcb->mss > 1200 - 40 ? 1200 - 40 : TCP_MSS_DEFAULT4;
}

void tcp_mss_lower(struct tcp_pcb *pcb, u16_t mss, u32_t now_ms)
{
  if (pcb->x_mss_full == 0) {
    pcb->x_mss_full = pcb->mss;
  }
  pcb->x_mss_since = (u16_t)(now_ms >> 10);
  pcb->mss = mss;
}

void tcp_black_hole(struct tcp_pcb *pcb, u32_t now_ms)
{
  u16_t smaller = next_smaller(pcb);

  if (pcb->nrtx >= TIMEOUTS && smaller < pcb->mss && pcb->unacked != NULL && pcb->unacked->len > smaller) {
    tcp_mss_lower(pcb, smaller, now_ms);
  }
}

void tcp_mss_raise(struct tcp_pcb *pcb, u32_t now_ms)
{
  if (pcb->x_mss_full != 0 && (u16_t)((u16_t)(now_ms >> 10) - pcb->x_mss_since) >= AGE) {
    pcb->mss = pcb->x_mss_full;
    pcb->x_mss_full = 0;
  }
}

#endif
