/**
 * The timer of a connection rang.
 */
#include "tcp_core.h"

#include "../base/core.h"
#include "../mem/timeouts_run.h"
#include "tcp_report.h"

#if LWIP_TCP

/* What the engine made of it; the pcb is pinned. */
static void act(struct tcp_pcb *pcb, enum tcp_verdict v, struct tcp_events *ev, u32_t now_ms)
{
  switch (v) {
    case TCP_KILL:
      tcp_abandon_now(pcb, pcb->state > SYN_RCVD);
      return;
    case TCP_DONE: /* FIN-WAIT-2 or TIME-WAIT took too long */
      tcp_pcb_end(pcb, ERR_CLSD);
      return;
    default:
      tcp_tell(pcb, ev, NULL);
      tcp_tell_more(pcb, now_ms);
      tcp_settle(pcb, now_ms);
  }
}

void tcp_rang(struct timer *t)
{
  struct tcp_pcb *pcb = container_of(t, struct tcp_pcb, timer);
  struct tcp_events ev = { NULL, 0, 0, DROP_NONE };
  u32_t now_ms = sys_now();
  u8_t before = pcb->nrtx;
  u32_t next;

  tcp_pin(pcb);
  act(pcb, tcp_timer_ring(pcb, now_ms, &ev), &ev, now_ms);
  tcp_report_slow(pcb, before);
  if (!tcp_unpin(pcb)) {
    return;
  }
  next = tcp_timer_next(pcb, now_ms);
  if (next != TCP_NEVER) {
    tcp_due(pcb, now_ms + next);
  }
}

void tcp_tmr(void)
{
  timeouts_poll_by_hand();
}

void tcp_slowtmr(void)
{
  timeouts_poll_by_hand();
}

void tcp_fasttmr(void)
{
  timeouts_poll_by_hand();
}

#endif
