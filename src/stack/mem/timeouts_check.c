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
  /* Mostly there is nothing to do.  Who looks while another context is inside may see what is just changing, and looks again soon. */
  if (timers_sleep(sys_now()) != 0 && !pbuf_pool_ran_dry()) {
    return;
  }
  if (core_busy()) {
    core_defer_timers();
  } else if (core_enter()) {
    ooseq_check();
    timers_run(sys_now());
    core_leave();
  }
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
  LWIP_ASSERT_CORE_LOCKED();
  return pbuf_pool_ran_dry() ? 0 : timers_sleep(sys_now());
}

#endif
