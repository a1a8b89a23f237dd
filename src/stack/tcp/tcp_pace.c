/**
 * Pacing: text leaves at a rate a little above one window in a round trip, instead of in the bursts in which ACKs arrive or
 * programs write, so that short queues on the way do not overflow.
 *
 * pcb->x_pace_at is when the next segment is due if each takes its share of the round trip: len * srtt / (f * cwnd), where f is 2
 * in slow start, which has to be able to double, and 1.25 afterwards.  What falls due within a millisecond, the clock's step, goes
 * at once; time that went by unused is not made up for, but for one such step.  A connection with nothing in flight begins with
 * up to an initial window at once (RFC 6928): pcb->x_pace_free octets need not wait.
 */
#include "tcp_pace.h"

#if LWIP_TCP && LWIP_X_TCP_PACING

enum { UNIT = 32, BURST_SEGMENTS = 10 }; /* of x_pace_at: in a ms */

static bool is_paced(const struct tcp_pcb *pcb)
{
  return (LWIP_X_TCP_PACING > 1 || pcb->x_pace) && pcb->sa != 0;
}

/* f * cwnd / 16 */
static u32_t share(const struct tcp_pcb *pcb)
{
  u32_t n = pcb->cwnd < pcb->ssthresh ? (u32_t)pcb->cwnd / 8 : (u32_t)pcb->cwnd / 16 + (u32_t)pcb->cwnd / 64;

  return n != 0 ? n : 1;
}

/* How long len octets take.  pcb->sa is in half milliseconds: a 16th of UNIT. */
static u32_t duration(const struct tcp_pcb *pcb, u32_t len)
{
  u32_t rtt = (u32_t)pcb->sa, window = share(pcb);

  return len * rtt / window;
}

static s32_t ahead(const struct tcp_pcb *pcb, u32_t now_ms)
{
  return (s32_t)(pcb->x_pace_at - now_ms * UNIT);
}

s32_t tcp_pace_left(const struct tcp_pcb *pcb, u32_t now_ms)
{
  bool waits =
    is_paced(pcb) && tcp_in_flight(pcb) && pcb->x_pace_free == 0 && (pcb->unsent != NULL || pcb->x_lost != 0);
  s32_t units = waits ? ahead(pcb, now_ms) : 0;

  return units > 0 ? (units + UNIT - 1) / UNIT : TCP_NEVER;
}

bool tcp_pace_holds(struct tcp_pcb *pcb, u32_t now_ms)
{
  s32_t left = tcp_pace_left(pcb, now_ms);

  if (left != TCP_NEVER) {
    tcp_due(pcb, now_ms + (u32_t)left);
  }
  return left != TCP_NEVER;
}

void tcp_pace_sent(struct tcp_pcb *pcb, u32_t len, bool idle, u32_t now_ms)
{
  if (!is_paced(pcb)) {
    return;
  }
  if (idle) {
    pcb->x_pace_free = (u16_t)LWIP_MIN(LWIP_MIN((u32_t)pcb->cwnd, (u32_t)BURST_SEGMENTS * pcb->mss), 0xffffu);
  }
  if (idle || ahead(pcb, now_ms) < -UNIT) {
    pcb->x_pace_at = now_ms * UNIT - UNIT;
  }
  pcb->x_pace_at += duration(pcb, len);
  pcb->x_pace_free = (u16_t)(pcb->x_pace_free - LWIP_MIN(len, (u32_t)pcb->x_pace_free));
}

u32_t tcp_pace_quantum(const struct tcp_pcb *pcb)
{
  u32_t least = 2u * pcb->mss, rtt = (u32_t)pcb->sa, ms;

  if (!is_paced(pcb)) {
    return 0xffffffffu;
  }
  ms = share(pcb) * UNIT / rtt;
  return LWIP_MAX(ms, least);
}

#endif
