/** IPv6 output, as the IP floor itself uses it. */
#ifndef LWIP_STACK_IP_IP6_OUT_H
#define LWIP_STACK_IP_IP6_OUT_H

#include "lwip/ip6.h"
#include "lwip/netif.h"
#include "lwip/pbuf.h"
#include <stdbool.h>

#if LWIP_IPV6

/** Send @p p, complete with its header, in pieces if it has to be.  Lends @p p. */
err_t ip6_transmit(struct pbuf *p, const ip6_addr_t *dest, struct netif *nif);

/** Has @p nif the address @p addr, in use?  A link-local one without a zone may be of any link. */
bool ip6_owns(const struct netif *nif, const ip6_addr_t *addr);
/** ...and the same for both ends of a packet in one look at the addresses: IP6_OWNS_*. */
enum { IP6_OWNS_SRC = 1, IP6_OWNS_DST = 2 };
unsigned ip6_owns_which(const struct netif *nif, const ip6_addr_t *src, const ip6_addr_t *dst);

/** Can packets flow by @p nif? */
static inline bool ip6_netif_usable(const struct netif *nif)
{
  return (nif->flags & (NETIF_FLAG_UP | NETIF_FLAG_LINK_UP)) == (NETIF_FLAG_UP | NETIF_FLAG_LINK_UP);
}

#endif

#endif
