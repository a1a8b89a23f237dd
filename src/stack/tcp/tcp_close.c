/**
 * The program has no more to send (RFC 9293 3.10.4).
 */
#include "tcp_engine.h"

#if LWIP_TCP

enum tcp_verdict tcp_finish(struct tcp_pcb *pcb, u32_t now_ms)
{
  switch (pcb->state) {
    case SYN_RCVD: /* the FIN goes out when the connection is established */
      pcb->flags |= TF_FIN;
      return TCP_OK;
    case ESTABLISHED:
      pcb->flags |= TF_FIN;
      tcp_enter(pcb, FIN_WAIT_1, now_ms);
      return TCP_OK;
    case CLOSE_WAIT:
      pcb->flags |= TF_FIN;
      tcp_enter(pcb, LAST_ACK, now_ms);
      return TCP_OK;
    case FIN_WAIT_1:
    case CLOSING:
    case LAST_ACK:
      return TCP_OK;
    case FIN_WAIT_2: /* shut down before, closed now: from now on there is a limit */
      pcb->tmr = now_ms;
      tcp_due(pcb, now_ms + tcp_timer_next(pcb, now_ms));
      return TCP_OK;
    case TIME_WAIT:
      return TCP_LINGER;
    default:
      return TCP_DONE;
  }
}

#endif
