/**
 * Path MTU discovery (RFC 1191) for everything but TCP, which keeps its own per connection: the
 * narrowest path a router has told us of lately counts for all destinations.  (What is narrow is
 * nearly always our own way out.)  Larger datagrams are then sent in fragments, without Don't Fragment.
 */
#ifndef LWIP_STACK_IP_IP4_PMTU_H
#define LWIP_STACK_IP_IP4_PMTU_H

#include "lwip/opt.h"
#include "lwip/arch.h"
#include <stdbool.h>

/** No path is taken to be narrower: forged messages must not make us send crumbs. */
#define IP4_PMTU_MIN 552

#if LWIP_IPV4 && LWIP_X_IP4_PMTU

/** Octets; 65535: no narrow path known.  Only ip4_pmtu_exceeds() looks whether it still holds. */
extern u16_t ip4_pmtu;
bool ip4_pmtu_holds(void);

/** A router says that its next hop takes packets of @p mtu octets, 0 if it does not tell. */
void ip4_pmtu_learn(u16_t mtu);

/** Is a packet of @p len octets too big for the narrowest path? */
static inline bool ip4_pmtu_exceeds(u16_t len)
{
  return len > ip4_pmtu && ip4_pmtu_holds();
}

#else

#define ip4_pmtu 0xffff

static inline void ip4_pmtu_learn(u16_t mtu)
{
  (void)mtu;
}
static inline bool ip4_pmtu_exceeds(u16_t len)
{
  (void)len;
  return false;
}

#endif

#endif
