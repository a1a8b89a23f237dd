/** A clock of milliseconds from a counter of ticks. */
#include "port_ticks.h"
#include "lwip/sys.h"

#if LWIP_X_PORT_FREERTOS || LWIP_X_PORT_CMSIS_RTOS2

/** How often the count has wrapped.  Who was interrupted after reading it may bring an older count, even from before a wrap. */
static u32_t wraps_before(u32_t ticks)
{
  static u32_t newest, wraps;
  u32_t n;
  SYS_ARCH_DECL_PROTECT(lev);

  SYS_ARCH_PROTECT(lev);
  if (ticks < newest && newest - ticks > 0x80000000u) {
    wraps++;
    newest = ticks;
  } else if (ticks > newest && ticks - newest <= 0x80000000u) {
    newest = ticks;
  }
  n = wraps - (ticks > newest ? 1u : 0u);
  SYS_ARCH_UNPROTECT(lev);
  return n;
}

u32_t port_tick_clock(u32_t ticks, u32_t hz)
{
  if (1000 % hz == 0) {
    return ticks * (1000 / hz); /* wraps evenly by itself */
  }
  return (u32_t)((((u64_t)wraps_before(ticks) << 32) + ticks) * 1000 / hz);
}

#endif
