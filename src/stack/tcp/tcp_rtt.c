/**
 * The round trip and the retransmission timeout (RFC 6298), in half milliseconds so that 16 bits hold 16 s.
 */
#include "tcp_engine.h"

#if LWIP_TCP

enum { PTO_DELACK = 200 }; /* ms that a peer may keep the ACK of a single segment back: RFC 8985 7.2 */
enum { RTT_MAX = 16000 };  /* ms; a longer one counts as this */

void tcp_rtt_sample(struct tcp_pcb *pcb, u32_t rtt_ms)
{
  s32_t r = (s32_t)LWIP_MIN(rtt_ms, (u32_t)RTT_MAX) * 2;
  s32_t err;

  tcp_hystart_rtt(pcb, rtt_ms);
  tcp_tlp_measured(pcb);
  if (r == 0) {
    r = 1; /* 0 means: never measured */
  }
  if (pcb->sa == 0) { /* 2.2 */
    pcb->sa = (s16_t)r;
    pcb->sv = (s16_t)(r / 2);
    return;
  }
  err = r - pcb->sa; /* 2.3: the variation first, with the old mean */
  pcb->sv = (s16_t)(pcb->sv + ((err < 0 ? -err : err) - pcb->sv) / 4);
  pcb->sa = (s16_t)(pcb->sa + err / 8);
  if (pcb->sa <= 0) {
    pcb->sa = 1;
  }
}

/* Without the lower limit. */
static u32_t unclamped(const struct tcp_pcb *pcb)
{
  return ((u32_t)pcb->sa + LWIP_MAX(4u * (u32_t)pcb->sv, 2u)) / 2;
}

static u32_t least(const struct tcp_pcb *pcb)
{
  bool cheap = (pcb->flags & TF_TIMESTAMP) || (LWIP_X_TCP_RACK && tcp_has_board(pcb));

  return cheap ? LWIP_X_TCP_RTO_MIN : LWIP_X_TCP_RTO_MIN_PLAIN;
}

u32_t tcp_rto(const struct tcp_pcb *pcb)
{
  if (pcb->sa == 0) {
    return pcb->sv != 0 && pcb->state > SYN_RCVD ? TCP_RTO_AFTER_SYN_LOSS : TCP_RTO_INITIAL; /* RFC 6298 5.7 */
  }
  return LWIP_MAX(unclamped(pcb), least(pcb));
}

u32_t tcp_pto(const struct tcp_pcb *pcb)
{
  u32_t pto = LWIP_MAX((u32_t)pcb->sa, tcp_has_board(pcb) ? 0 : unclamped(pcb)) + 1;

  return pcb->snd_nxt - pcb->lastack > pcb->mss ? pto : pto + PTO_DELACK;
}

u32_t tcp_backoff(u32_t ms, u8_t times, u32_t max)
{
  while (times > 0 && ms < max) {
    ms *= 2;
    times--;
  }
  return LWIP_MIN(ms, max);
}

#endif
