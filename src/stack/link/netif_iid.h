/** Opaque interface identifiers. */
#ifndef LWIP_STACK_LINK_NETIF_IID_H
#define LWIP_STACK_LINK_NETIF_IID_H

#include "lwip/netif.h"

#if LWIP_IPV6

/**
 * The identifier of @p nif for the 64 bits at @p prefix: the same there whenever we come back, unlike any elsewhere (RFC 7217).
 * @param taken  how many of them were found to be somebody else's
 */
void netif_iid_stable(const struct netif *nif, const u32_t prefix[2], u8_t taken, u8_t id[8]);

#endif

#endif
