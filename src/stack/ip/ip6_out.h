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

/** RFC 4007: are packets to @p dest, which may have a zone, sent by @p nif? */
static inline bool ip6_zone_fits(const ip6_addr_t *dest, const struct netif *nif)
{
  return !ip6_addr_has_zone(dest) || ip6_addr_test_zone(dest, nif);
}

/** Can packets flow by @p nif? */
static inline bool ip6_netif_usable(const struct netif *nif)
{
  return (nif->flags & (NETIF_FLAG_UP | NETIF_FLAG_LINK_UP)) == (NETIF_FLAG_UP | NETIF_FLAG_LINK_UP);
}

#endif

#endif
