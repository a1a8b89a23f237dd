/** DNS servers that IPv6 tells us of: router advertisements and DHCPv6. */
#ifndef LWIP_STACK_SERVICE_DNS_FROM6_H
#define LWIP_STACK_SERVICE_DNS_FROM6_H

#include "lwip/ip6_addr.h"
#include <stdbool.h>

/** Can anybody tell us? */
#define DNS_FROM6 (LWIP_ND6_RDNSS_MAX_DNS_SERVERS > 0 || LWIP_IPV6_DHCP6)

#if LWIP_IPV6 && LWIP_DNS && DNS_FROM6
/**
 * Use @p server, or use it no longer.  It goes into the first free place of the resolver's list; when there is none, in that of an
 * IPv6 server that was told of earlier.  Servers that IPv4 brought stay.
 */
void dns_from6(const ip6_addr_t *server, bool use);
#elif LWIP_IPV6
static inline void dns_from6(const ip6_addr_t *server, bool use)
{
  (void)server;
  (void)use;
}
#endif

#endif
