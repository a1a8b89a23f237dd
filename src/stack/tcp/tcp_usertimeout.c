/**
 * How long a connection may wait for its peer (RFC 9293 3.8.3, RFC 5482 3.1).
 */
#include "tcp_progress.h"

#if LWIP_TCP && LWIP_X_TCP_USER_TIMEOUT

s32_t tcp_user_left(const struct tcp_pcb *pcb, u32_t now_ms)
{
  u32_t since = pcb->x_progress;

  if (pcb->x_user_timeout == 0) {
    return TCP_NEVER;
  }
  if (!tcp_in_flight(pcb) && pcb->persist_backoff == 0) {
    if (pcb->keep_cnt_sent == 0) {
      return TCP_NEVER;
    }
    since = pcb->tmr; /* heard last */
  }
  return (s32_t)(since + pcb->x_user_timeout - now_ms);
}

#endif
