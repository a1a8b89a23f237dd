/** What netif.c asks of the address files.  A family that is switched off answers with nothing. */
#ifndef LWIP_STACK_LINK_NETIF_ADDR_H
#define LWIP_STACK_LINK_NETIF_ADDR_H

#include "lwip/netif.h"

#if LWIP_IPV4
/** Set the three addresses of an interface nobody knows yet; NULL: any. */
void netif_ip4_init(struct netif *nif, const ip4_addr_t *ip, const ip4_addr_t *mask, const ip4_addr_t *gw);
/** The address is about to go: tell the observers. */
void netif_ip4_leave(struct netif *nif);
/** Report LINK_EV_READY if packets can flow and there is an address. */
void netif_ip4_ready(struct netif *nif);
#else
static inline void netif_ip4_leave(struct netif *nif)
{
  (void)nif;
}
static inline void netif_ip4_ready(struct netif *nif)
{
  (void)nif;
}
#endif

#if LWIP_IPV6
/** No addresses. */
void netif_ip6_init(struct netif *nif);
/** The addresses are about to go: tell the observers. */
void netif_ip6_leave(struct netif *nif);
#else
static inline void netif_ip6_init(struct netif *nif)
{
  (void)nif;
}
static inline void netif_ip6_leave(struct netif *nif)
{
  (void)nif;
}
#endif

#endif
