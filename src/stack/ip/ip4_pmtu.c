/** The narrowest path of the last ten minutes. */
#include "ip4_pmtu.h"

#include "../base/seq.h"
#include "lwip/sys.h"

#if LWIP_IPV4 && LWIP_X_IP4_PMTU

#define LIFETIME_MS (10u * 60u * 1000u)

u16_t ip4_pmtu = 0xffff;
static u32_t until_ms;

bool ip4_pmtu_holds(void)
{
  if (time_reached(sys_now(), until_ms)) {
    ip4_pmtu = 0xffff;
  }
  return ip4_pmtu != 0xffff;
}

void ip4_pmtu_learn(u16_t mtu)
{
  if (mtu < IP4_PMTU_MIN) {
    mtu = IP4_PMTU_MIN;
  }
  if (mtu <= ip4_pmtu || !ip4_pmtu_holds()) {
    ip4_pmtu = mtu;
    until_ms = sys_now() + LIFETIME_MS;
  }
}

#endif
