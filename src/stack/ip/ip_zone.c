/** Zones for the addresses a program gives. */
#include "ip_zone.h"

#if LWIP_IPV6 && LWIP_IPV6_SCOPES

void ip6_zone_assign(ip6_addr_t *a, const struct netif *nif)
{
  ip6_addr_assign_zone(a, IP6_UNKNOWN, nif);
}

bool ip6_zone_lacks(const ip6_addr_t *a)
{
  return ip6_addr_lacks_zone(a, IP6_UNKNOWN);
}

const ip_addr_t *ip_zoned(const ip_addr_t *ip, ip_addr_t *copy, u8_t netif_idx, const ip_addr_t *src)
{
  struct netif *nif;

  if (!IP_IS_V6(ip) || !ip6_zone_lacks(ip_2_ip6(ip))) {
    return ip;
  }
  nif = netif_idx != NETIF_NO_INDEX ? netif_get_by_index(netif_idx) : ip6_route(ip_2_ip6(src), ip_2_ip6(ip));
  if (nif == NULL) {
    return ip;
  }
  ip_addr_copy(*copy, *ip);
  ip6_zone_assign(ip_2_ip6(copy), nif);
  return copy;
}

#endif
