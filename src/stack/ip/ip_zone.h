/** Zones for the addresses a program gives (RFC 4007 section 6): a link-local one without a zone means the link that is routed to. */
#ifndef LWIP_STACK_IP_IP_ZONE_H
#define LWIP_STACK_IP_IP_ZONE_H

#include "lwip/ip.h"

#if LWIP_IPV6 && LWIP_IPV6_SCOPES

/**
 * @p ip, or *@p copy of it with the zone it needs: that of interface @p netif_idx, or of the one that packets from @p src take if
 * that is NETIF_NO_INDEX.
 */
const ip_addr_t *ip_zoned(const ip_addr_t *ip, ip_addr_t *copy, u8_t netif_idx, const ip_addr_t *src);

#else

#define ip_zoned(ip, copy, netif_idx, src) ((void)(copy), (ip))

#endif

#endif
