/** Zones for the addresses a program gives (RFC 4007 section 6): a link-local one without a zone means the link that is routed to. */
#ifndef LWIP_STACK_IP_IP_ZONE_H
#define LWIP_STACK_IP_IP_ZONE_H

#include "lwip/ip.h"
#include <stdbool.h>

#if LWIP_IPV6 && LWIP_IPV6_SCOPES

/**
 * @p ip, or *@p copy of it with the zone it needs: that of interface @p netif_idx, or of the one that packets from @p src take if
 * that is NETIF_NO_INDEX.
 */
const ip_addr_t *ip_zoned(const ip_addr_t *ip, ip_addr_t *copy, u8_t netif_idx, const ip_addr_t *src);

/** Give @p a the zone of @p nif if it needs one, else none. */
void ip6_zone_assign(ip6_addr_t *a, const struct netif *nif);
/** May it need a zone?  What does not begin with fe or ff needs none. */
static inline bool ip6_zone_maybe(const ip6_addr_t *a)
{
  return IPV6_CUSTOM_SCOPES || (a->addr[0] & PP_HTONL(0xfe000000UL)) == PP_HTONL(0xfe000000UL);
}
/** The same for each packet. */
static inline void ip6_zone_assign_fast(ip6_addr_t *a, const struct netif *nif)
{
  if (ip6_zone_maybe(a)) {
    ip6_zone_assign(a, nif);
  } else {
    ip6_addr_clear_zone(a);
  }
}

/** Does @p a need a zone and have none? */
bool ip6_zone_lacks(const ip6_addr_t *a);

#else

#define ip_zoned(ip, copy, netif_idx, src) ((void)(copy), (ip))
#define ip6_zone_assign(a, nif) ((void)(nif))
#define ip6_zone_assign_fast(a, nif) ((void)(nif))
#define ip6_zone_lacks(a) false
#define ip6_zone_maybe(a) false

#endif

#endif
