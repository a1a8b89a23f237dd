/** Who makes the timers run: sys_check_timeouts(), or a program that does it by hand. */
#include "timeouts_run.h"
#include "pbuf_hook.h"
#include "../base/core.h"
#include "../base/timer.h"
#include "lwip/sys.h"

static void ooseq_check(void)
{
  PBUF_CHECK_FREE_OOSEQ();
}

void timeouts_poll(void)
{
  u32_t now;

  if (core_busy()) {
    core_defer_timers();
    return;
  }
  if (!core_enter()) {
    return;
  }
  ooseq_check();
  now = sys_now();
  timeouts_list_run(now);
  timers_run(now);
  core_leave();
}

#if LWIP_TIMERS_CUSTOM || !LWIP_TIMERS

/* The program has its own clockwork: this is what it has to call. */
const struct lwip_cyclic_timer lwip_cyclic_timers[] = {
#if LWIP_DEBUG_TIMERNAMES
  { LWIP_X_POLL_INTERVAL_MS, timeouts_poll, "timeouts_poll" },
#else
  { LWIP_X_POLL_INTERVAL_MS, timeouts_poll },
#endif
};
const int lwip_num_cyclic_timers = 1;

#else

/* An array has at least one element; it is not counted. */
const struct lwip_cyclic_timer lwip_cyclic_timers[1] = { { 0 } };
const int lwip_num_cyclic_timers = 0;

#endif

#if TIMEOUTS_OURS

void sys_timeouts_init(void)
{
}

void sys_check_timeouts(void)
{
  LWIP_ASSERT_CORE_LOCKED();
  timeouts_poll();
}

u32_t sys_timeouts_sleeptime(void)
{
  u32_t now, list_ms, heap_ms;

  LWIP_ASSERT_CORE_LOCKED();
  if (pbuf_pool_ran_dry()) {
    return 0;
  }
  now = sys_now();
  list_ms = timeouts_list_sleep(now);
  heap_ms = timers_sleep(now);
  return list_ms < heap_ms ? list_ms : heap_ms;
}

void sys_restart_timeouts(void)
{
  u32_t now = sys_now();

  if (core_enter()) {
    timeouts_list_catch_up(now);
    timers_catch_up(now);
    core_leave();
  }
}

#endif
