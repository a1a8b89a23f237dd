/** Neighbour discovery, as the rest of the stack uses it. */
#ifndef LWIP_STACK_IP_ND6_HOST_H
#define LWIP_STACK_IP_ND6_HOST_H

#include "ip_rx.h"
#include "lwip/nd6.h"

#if LWIP_IPV6

/** Process a message of neighbour discovery (types 133 to 137): its checksum is right, hop limit 255, code 0, no Fragment header.
 *  Takes @p p: payload at the ICMPv6 header. */
void nd6_rx(struct pbuf *p, const struct ip_rx *rx);

/** A router said that packets of more than @p mtu octets do not reach @p dest by @p nif (RFC 8201).  Values that would grow or are under 1280 are ignored. */
void nd6_learn_mtu(const ip6_addr_t *dest, struct netif *nif, u32_t mtu);

/** The hop limit routers on @p nif want (RFC 4861 section 6.3.4), or @p otherwise. */
static inline u8_t nd6_hop_limit(const struct netif *nif, u8_t otherwise)
{
  (void)nif;
  return otherwise;
}

/** Did the router that packets from @p nif to @p dest would take advertise the prefix of @p src (RFC 6724 rule 5.5)? */
bool nd6_next_hop_advertised(struct netif *nif, const ip6_addr_t *dest, const ip6_addr_t *src);

#endif

#endif
