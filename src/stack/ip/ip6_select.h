/** Choice of addresses (RFC 6724). */
#ifndef LWIP_STACK_IP_IP6_SELECT_H
#define LWIP_STACK_IP_IP6_SELECT_H

#include "lwip/netif.h"
#include <stdbool.h>

#if LWIP_IPV6

/** Is address @p i of @p nif a temporary one (RFC 8981)? */
static inline bool ip6_is_temporary(const struct netif *nif, int i)
{
  return nif->x_nd6.origin[i] == LWIP_X_IP6_TEMPORARY;
}

#endif

#endif
