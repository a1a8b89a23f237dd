/** IPv4 addresses and masks: what cannot be said in a macro. */
#include "lwip/ip4_addr.h"
#include "lwip/netif.h"

#if LWIP_IPV4

u8_t ip4_addr_isbroadcast_u32(u32_t addr, const struct netif *netif)
{
  u32_t own, mask;

  if (addr == IPADDR_BROADCAST || addr == IPADDR_ANY) {
    return 1;
  }
  own = netif_ip4_addr(netif)->addr;
  mask = netif_ip4_netmask(netif)->addr;
  /* A link that cannot broadcast has no broadcast address, and our own address is none. */
  if (!(netif->flags & NETIF_FLAG_BROADCAST) || addr == own || ((addr ^ own) & mask) != 0) {
    return 0;
  }
  /* Networks of one or two addresses have none either (RFC 3021). */
  return (addr | mask) == IPADDR_BROADCAST && (~mask & PP_HTONL(0xfffffffeUL)) != 0;
}

u8_t ip4_addr_netmask_valid(u32_t netmask)
{
  u32_t host = ~lwip_ntohl(netmask);

  return (host & (host + 1)) == 0;
}

#endif
