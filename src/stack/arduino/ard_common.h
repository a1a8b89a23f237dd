/**
 * What the files of Arduino's face share.  They use the public API only, and are compiled where there is an Arduino core
 * and a stack without threads (LWIP_X_ARDUINO).
 */
#ifndef LWIP_STACK_ARDUINO_COMMON_H
#define LWIP_STACK_ARDUINO_COMMON_H

#include "lwip/opt.h"

#if defined(ARDUINO) && defined(__cplusplus) && NO_SYS && LWIP_TCP && LWIP_UDP && LWIP_IPV4
#define LWIP_X_ARDUINO 1
#else
#define LWIP_X_ARDUINO 0
#endif

/** The face brings the driver itself. */
#if LWIP_X_ARDUINO && LWIP_X_STM32_ETH && defined(ARDUINO_ARCH_STM32)
#define LWIP_X_ARDUINO_STM32 1
#else
#define LWIP_X_ARDUINO_STM32 0
#endif

#if LWIP_X_ARDUINO

#include "LwIPEthernet.h"

static inline ip_addr_t ard_ip(const IPAddress &ip)
{
  ip_addr_t to;
  IP_ADDR4(&to, ip[0], ip[1], ip[2], ip[3]);
  return to;
}

/** 0.0.0.0 for an IPv6 address, which the core's IPAddress does not hold. */
static inline IPAddress ard_ip(const ip_addr_t &ip)
{
  if (!IP_IS_V4_VAL(ip)) {
    return IPAddress(0, 0, 0, 0);
  }
  const ip4_addr_t *a = ip_2_ip4(&ip);
  return IPAddress(ip4_addr1(a), ip4_addr2(a), ip4_addr3(a), ip4_addr4(a));
}

/** Does the random number generator work?  (ard_port.cpp) */
bool ard_has_entropy();

/** Move the network on until @p done(arg) or @p timeout_ms have passed.  @return done(arg) */
template <typename Done> static inline bool ard_wait(uint32_t timeout_ms, Done done)
{
  uint32_t begun = millis();

  while (!done()) {
    if ((uint32_t)(millis() - begun) >= timeout_ms) {
      return false;
    }
    LwIPEthernet.loop();
  }
  return true;
}

#endif

#endif
