/** How the timers of the stack run without sys_check_timeouts(). */
#ifndef LWIP_STACK_MEM_TIMEOUTS_RUN_H
#define LWIP_STACK_MEM_TIMEOUTS_RUN_H

#include "../base/timer.h"
#include "lwip/timeouts.h"

#define TIMEOUTS_OURS (LWIP_TIMERS && !LWIP_TIMERS_CUSTOM)

/** Run what is due, of the stack and of the program; put off if the core is busy.  What sys_check_timeouts() does. */
void timeouts_poll(void);

/**
 * tcp_tmr(), dhcp_fine_tmr() and their sisters, which programs without LWIP_TIMERS call in turns, do this: there is nobody else
 * to do it.  Elsewhere they do nothing.
 */
static inline void timeouts_poll_by_hand(void)
{
  if (!TIMEOUTS_OURS) {
    timeouts_poll();
  }
}

#endif
