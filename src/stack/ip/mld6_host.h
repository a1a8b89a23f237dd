/** Multicast listener discovery: messages in. */
#ifndef LWIP_STACK_IP_MLD6_HOST_H
#define LWIP_STACK_IP_MLD6_HOST_H

#include "../link/link_up.h"
#include "ip_rx.h"

#if LWIP_IPV6 && LWIP_IPV6_MLD

/**
 * A message of types 130 to 132 or 143: its checksum is right, hop limit 1, with a Router Alert, from a link-local or no address.
 * Takes @p p, payload at the ICMPv6 header, of which 8 octets are contiguous.
 */
void mld6_rx(struct pbuf *p, const struct ip_rx *rx);

/** Report anew, stop (link_observers[]). */
void mld6_netif_changed(const struct link_change *c);

#else

#include "../mem/drop.h"

static inline void mld6_rx(struct pbuf *p, const struct ip_rx *rx)
{
  (void)rx;
  drop(p, DROP_ICMP_TYPE);
}

#endif

#endif
