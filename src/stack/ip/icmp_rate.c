/**
 * The limits of ICMP.
 *
 * How full the bucket is after a refill varies by chance, so that nobody learns from our silence whether
 * somebody else's probe was answered (SAD DNS, CVE-2020-25705).
 */
#include "icmp_rate.h"

#include "../base/random.h"
#include "../mem/drop.h"
#include "lwip/sys.h"

#if (LWIP_IPV4 && LWIP_ICMP) || (LWIP_IPV6 && LWIP_ICMP6)

static u32_t filled_ms;
static u8_t spent;

bool icmp_rate_take(void)
{
  const u32_t now = sys_now();

  if (now - filled_ms >= 1000) {
    filled_ms = now;
    spent = (u8_t)random_below(1 + LWIP_X_ICMP_ERROR_RATE / 4);
  }
  if (spent >= LWIP_X_ICMP_ERROR_RATE) {
    drop_count(DROP_ICMP_RATE);
    return false;
  }
  spent++;
  return true;
}

#if LWIP_X_ICMP_ECHO_RATE
bool icmp_rate_echo(void)
{
  static u32_t since_ms;
  static u16_t sent;
  const u32_t now = sys_now();

  if (now - since_ms >= 1000) {
    since_ms = now;
    sent = 0;
  }
  return sent++ < LWIP_X_ICMP_ECHO_RATE;
}
#endif

#endif
