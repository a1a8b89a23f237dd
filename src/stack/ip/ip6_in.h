/** IPv6 input. */
#ifndef LWIP_STACK_IP_IP6_IN_H
#define LWIP_STACK_IP_IP6_IN_H

#include "../wire/wire_ip6.h"
#include "ip_rx.h"
#include "lwip/x_drop.h"

#if LWIP_IPV6

/** Receive an IPv6 packet.  Takes @p p: payload at the IPv6 header. */
void ip6_rx(struct pbuf *p, struct netif *nif);

/**
 * Parse the header at @p p's payload: lengths and addresses, not yet what follows it; then tell what kind of address
 * it is for.  Lends @p p, whose first pbuf holds the header.
 * @return DROP_NONE and *@p rx complete as if nothing but the header were in front of the payload, except that rx->nif is
 *         NULL when the packet is for another host; or why it cannot be a packet
 */
enum lwip_x_drop ip6_rx_parse(const struct pbuf *p, struct netif *nif, struct ip_rx *rx);

#endif

#endif
