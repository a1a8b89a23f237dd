/** Where the timeouts of the program wait, and how the timers of the stack run without sys_check_timeouts(). */
#ifndef LWIP_STACK_MEM_TIMEOUTS_RUN_H
#define LWIP_STACK_MEM_TIMEOUTS_RUN_H

#include "../base/timer.h"
#include "lwip/timeouts.h"

#define TIMEOUTS_OURS (LWIP_TIMERS && !LWIP_TIMERS_CUSTOM)

#if TIMEOUTS_OURS && LWIP_TESTMODE
/* timeouts_list.c: beside the heap of timers. */
void timeouts_list_run(u32_t now_ms);
/** @return as timers_sleep() */
u32_t timeouts_list_sleep(u32_t now_ms);
void timeouts_list_catch_up(u32_t now_ms);
#else
/* timeouts.c: in the heap of timers. */
static inline void timeouts_list_run(u32_t now_ms)
{
  LWIP_UNUSED_ARG(now_ms);
}
static inline u32_t timeouts_list_sleep(u32_t now_ms)
{
  LWIP_UNUSED_ARG(now_ms);
  return TIMERS_NEVER;
}
static inline void timeouts_list_catch_up(u32_t now_ms)
{
  LWIP_UNUSED_ARG(now_ms);
}
#endif

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
