/** Neighbour discovery without any: groups only. */
#include "../mem/drop.h"
#include "mld6_host.h"
#include "nd6_host.h"
#include "lwip/mld6.h"

#if LWIP_IPV6

void nd6_rx(struct pbuf *p, const struct ip_rx *rx)
{
  (void)rx;
  drop(p, DROP_ICMP_TYPE);
}

void nd6_learn_mtu(const ip6_addr_t *dest, struct netif *nif, u32_t mtu)
{
  (void)dest;
  (void)nif;
  (void)mtu;
}

bool nd6_next_hop_advertised(struct netif *nif, const ip6_addr_t *dest, const ip6_addr_t *src)
{
  (void)nif;
  (void)dest;
  (void)src;
  return false;
}

struct netif *nd6_find_route(const ip6_addr_t *ip6addr)
{
  (void)ip6addr;
  return NULL;
}

err_t nd6_get_next_hop_addr_or_queue(struct netif *netif, struct pbuf *q, const ip6_addr_t *ip6addr,
                                     const u8_t **hwaddrp)
{
  (void)netif;
  (void)q;
  (void)ip6addr;
  *hwaddrp = NULL;
  return ERR_RTE;
}

u16_t nd6_get_destination_mtu(const ip6_addr_t *ip6addr, struct netif *netif)
{
  (void)ip6addr;
  return netif_mtu6(netif);
}

#if LWIP_IPV6_MLD
void mld6_rx(struct pbuf *p, const struct ip_rx *rx)
{
  (void)rx;
  drop(p, DROP_ICMP_TYPE);
}

struct mld_group *mld6_lookfor_group(struct netif *ifp, const ip6_addr_t *addr)
{
  (void)ifp;
  (void)addr;
  return NULL;
}
#endif

#endif
