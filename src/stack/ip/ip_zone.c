/** Zones for the addresses a program gives. */
#include "ip_zone.h"

#if LWIP_IPV6 && LWIP_IPV6_SCOPES

const ip_addr_t *ip_zoned(const ip_addr_t *ip, ip_addr_t *copy, u8_t netif_idx, const ip_addr_t *src)
{
  struct netif *nif;

  if (!IP_IS_V6(ip) || !ip6_addr_lacks_zone(ip_2_ip6(ip), IP6_UNKNOWN)) {
    return ip;
  }
  nif = netif_idx != NETIF_NO_INDEX ? netif_get_by_index(netif_idx) : ip6_route(ip_2_ip6(src), ip_2_ip6(ip));
  if (nif == NULL) {
    return ip;
  }
  ip_addr_copy(*copy, *ip);
  ip6_addr_assign_zone(ip_2_ip6(copy), IP6_UNKNOWN, nif);
  return copy;
}

#endif
