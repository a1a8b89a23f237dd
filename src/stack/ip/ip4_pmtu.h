/**
 * Path MTU discovery (RFC 1191) for everything but TCP, which keeps its own per connection: the few
 * destinations whose path was found narrower than the link.  Entries fade after ten minutes.
 */
#ifndef LWIP_STACK_IP_IP4_PMTU_H
#define LWIP_STACK_IP_IP4_PMTU_H

#include "lwip/opt.h"
#include "lwip/arch.h"

/** No path is narrower (RFC 1191 section 3 would allow 68; forged messages must not make us send crumbs). */
#define IP4_PMTU_MIN 552

#if LWIP_IPV4 && LWIP_X_IP4_PMTU

/** How many entries there are; 0 nearly always, so that senders ask for nothing. */
extern u8_t ip4_pmtu_known;
u16_t ip4_pmtu_find(u32_t dest);

/** A router says that its next hop towards @p dest (network order) takes packets of @p mtu octets, 0 if it does not tell. */
void ip4_pmtu_learn(u32_t dest, u16_t mtu);

/** Octets of the largest packet known to reach @p dest unfragmented; 65535: nothing known. */
static inline u16_t ip4_pmtu(u32_t dest)
{
  return ip4_pmtu_known == 0 ? 0xffff : ip4_pmtu_find(dest);
}

#else

static inline void ip4_pmtu_learn(u32_t dest, u16_t mtu)
{
  (void)dest;
  (void)mtu;
}
static inline u16_t ip4_pmtu(u32_t dest)
{
  (void)dest;
  return 0xffff;
}

#endif

#endif
