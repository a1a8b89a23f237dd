/**
 * The states of a connection and the arrows between them (RFC 9293 figure 5).
 */
#include "tcp_tfo.h"

#include "lwip/debug.h"

#if LWIP_TCP

#define TO(state) (1u << (state))

/* clang-format off */
/** Where each state may go.  CLOSED can be entered from anywhere. */
static const u16_t arrows[] = {
  [CLOSED]      = TO(SYN_SENT) | TO(SYN_RCVD),
  [LISTEN]      = 0,                                   /* a listener stays one; what it accepts is born in SYN-RECEIVED */
  [SYN_SENT]    = TO(SYN_RCVD) | TO(ESTABLISHED),
  [SYN_RCVD]    = TO(ESTABLISHED),                     /* closed here, it goes on to FIN-WAIT-1 when it is established */
  [ESTABLISHED] = TO(FIN_WAIT_1) | TO(CLOSE_WAIT),
  [FIN_WAIT_1]  = TO(FIN_WAIT_2) | TO(CLOSING),        /* FIN and its ACK in one segment: over FIN-WAIT-2 */
  [FIN_WAIT_2]  = TO(TIME_WAIT),
  [CLOSE_WAIT]  = TO(LAST_ACK),
  [CLOSING]     = TO(TIME_WAIT),
  [LAST_ACK]    = 0,
  [TIME_WAIT]   = 0
};
/* clang-format on */

void tcp_enter(struct tcp_pcb *pcb, enum tcp_state state, u32_t now_ms)
{
  LWIP_ASSERT("tcp_enter: no such arrow", state == CLOSED || (arrows[pcb->state] & TO(state)) != 0);
  (void)arrows;
  if (state != SYN_RCVD) {
    tcp_tfo_leave(pcb);
  }
  pcb->state = state;
  if (state == FIN_WAIT_2 || state == TIME_WAIT) {
    pcb->tmr = now_ms;
    if (state == TIME_WAIT || (pcb->flags & TF_X_ORPHAN)) {
      tcp_due(pcb, now_ms + tcp_timer_next(pcb, now_ms));
    }
  }
}

void tcp_heard(struct tcp_pcb *pcb, u32_t now_ms)
{
  pcb->keep_cnt_sent = 0;
  if (!tcp_in_flight(pcb) && pcb->persist_backoff == 0 && pcb->state != TIME_WAIT && pcb->state != FIN_WAIT_2) {
    pcb->tmr = now_ms;
  }
}

#endif
