/** Milliseconds and a kernel's ticks, for the sys_arch ports. */
#ifndef LWIP_STACK_PORT_PORT_TICKS_H
#define LWIP_STACK_PORT_PORT_TICKS_H

#include "lwip/arch.h"

/** What 0 stands for: octets of a thread's stack, messages in a mailbox. */
#ifndef LWIP_X_THREAD_STACKSIZE
#define LWIP_X_THREAD_STACKSIZE 3072
#endif
#ifndef LWIP_X_MBOX_SIZE
#define LWIP_X_MBOX_SIZE 16
#endif

/** Ticks in which at least @p ms pass, at @p hz ticks a second; 1 to @p most. */
static inline u32_t port_ms_to_ticks(u32_t ms, u32_t hz, u32_t most)
{
  u64_t ticks = ((u64_t)ms * hz + 999) / 1000;

  if (ticks >= most) {
    return most;
  }
  return ticks == 0 ? 1 : (u32_t)ticks;
}

/** How long @p ticks last, ms. */
static inline u32_t port_ticks_to_ms(u32_t ticks, u32_t hz)
{
  return (u32_t)((u64_t)ticks * 1000 / hz);
}

/** The same for the running count of ticks: the result goes on evenly when the count wraps.  Asked at least twice a wrap. */
u32_t port_tick_clock(u32_t ticks, u32_t hz);

#endif
