/** Choice of addresses (RFC 6724). */
#ifndef LWIP_STACK_IP_IP6_SELECT_H
#define LWIP_STACK_IP_IP6_SELECT_H

#include "lwip/netif.h"
#include <stdbool.h>

#if LWIP_IPV6

/** Is address @p i of @p nif a temporary one (RFC 8981)? */
static inline bool ip6_is_temporary(const struct netif *nif, int i)
{
  (void)nif;
  (void)i;
  return false;
}

#endif

#endif
