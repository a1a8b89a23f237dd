/** IPv4 output, as the IP floor itself uses it. */
#ifndef LWIP_STACK_IP_IP4_OUT_H
#define LWIP_STACK_IP_IP4_OUT_H

#include "../link/link_up.h"
#include "lwip/netif.h"
#include "lwip/pbuf.h"
#include <stdbool.h>

#if LWIP_IPV4

/** As ip4_route(); @p src (may be NULL) is for LWIP_HOOK_IP4_ROUTE_SRC() only. */
struct netif *ip4_route_from(const ip4_addr_t *src, const ip4_addr_t *dest);

#if LWIP_MULTICAST_TX_OPTIONS
/** Forget an interface that goes (link_observers[]). */
void ip4_route_netif_changed(const struct link_change *c);
#endif

/** As ip4_output(), inside the core. */
err_t ip4_output_inside(struct pbuf *p, const ip4_addr_t *src, const ip4_addr_t *dest, u8_t ttl, u8_t tos, u8_t proto);

/** Send @p p, complete with its header, in pieces if it has to be.  Lends @p p. */
err_t ip4_transmit(struct pbuf *p, const ip4_addr_t *dest, struct netif *nif);

/** An id for a datagram that may be fragmented: by chance, so that nobody guesses it or counts our packets (RFC 7739 section 5.2). */
u16_t ip4_id_next(void);

#endif

#endif
