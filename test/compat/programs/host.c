#include "host.h"
#include "lwip/netif.h"
#include "lwip/sys.h"
#include "lwip/timeouts.h"

uint32_t host_ms = 1000;

u32_t sys_now(void)
{
  return host_ms;
}

u32_t sys_jiffies(void)
{
  return host_ms;
}

uint32_t host_random(void)
{
  static uint32_t x = 2463534242u;
  x ^= x << 13;
  x ^= x >> 17;
  x ^= x << 5;
  return x;
}

void host_turn(void)
{
  host_ms++;
  netif_poll_all();
#if LWIP_TIMERS
  sys_check_timeouts();
#endif
}
