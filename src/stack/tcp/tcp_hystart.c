/**
 * HyStart++ (RFC 9406): the first slow start ends when round trips grow longer, not when the queue on the way overflows.
 *
 * A round is the time until what was sent last when it began is acknowledged.  If the shortest round trip of a round is
 * noticeably longer than that of the round before, growth slows to a quarter; if it stays so for five rounds, slow start is over.
 */
#include "tcp_engine.h"

#if LWIP_TCP && LWIP_X_TCP_HYSTART

enum {
  THRESH_MIN = 4,  /* ms: MIN_RTT_THRESH */
  THRESH_MAX = 16, /* ms: MAX_RTT_THRESH */
  SAMPLES = 8,     /* N_RTT_SAMPLE */
  ROUNDS = 5,      /* CSS_ROUNDS */
  SLOWER = 4       /* CSS_GROWTH_DIVISOR */
};

/* Only the first: later ones end at an ssthresh that was found. */
static bool first_slow_start(const struct tcp_pcb *pcb)
{
  return pcb->ssthresh == (tcpwnd_size_t)-1;
}

/* Slow start is over; the state is the algorithm's from now on. */
static void leave(struct tcp_pcb *pcb)
{
  pcb->ssthresh = pcb->cwnd;
  tcp_cc_forget(pcb);
}

static void begin_round(struct tcp_pcb *pcb)
{
  struct lwip_x_tcp_hystart_state *h = &pcb->x_cc_state.hystart;

  h->round_end = pcb->snd_nxt;
  h->last_ms = h->this_ms;
  h->this_ms = 0;
  h->samples = 0;
  if (h->slow_rounds > 0 && --h->slow_rounds == 0) {
    leave(pcb);
  }
}

void tcp_hystart_rtt(struct tcp_pcb *pcb, u32_t rtt_ms)
{
  struct lwip_x_tcp_hystart_state *h = &pcb->x_cc_state.hystart;
  u16_t ms = (u16_t)LWIP_MIN(LWIP_MAX(rtt_ms, 1u), 0xffffu), slack;

  if (!first_slow_start(pcb)) {
    return;
  }
  if (h->this_ms == 0 || ms < h->this_ms) {
    h->this_ms = ms;
  }
  if (h->samples < SAMPLES && ++h->samples < SAMPLES) {
    return;
  }
  slack = (u16_t)LWIP_MIN(LWIP_MAX(h->last_ms / 8, THRESH_MIN), THRESH_MAX);
  if (h->slow_rounds == 0) {
    if (h->last_ms != 0 && h->this_ms >= h->last_ms + slack) {
      h->slow_rounds = ROUNDS;
      h->base_ms = h->this_ms;
    }
  } else if (h->this_ms < h->base_ms) {
    h->slow_rounds = 0; /* a false alarm */
  }
}

u32_t tcp_hystart_growth(struct tcp_pcb *pcb, u32_t octets)
{
  struct lwip_x_tcp_hystart_state *h = &pcb->x_cc_state.hystart;

  if (!first_slow_start(pcb)) {
    return octets;
  }
  if (h->round_end == 0 || seq_geq(pcb->lastack, h->round_end)) {
    begin_round(pcb);
  }
  return first_slow_start(pcb) && h->slow_rounds > 0 ? octets / SLOWER : octets;
}

#endif
