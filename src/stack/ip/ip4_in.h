/** IPv4 input. */
#ifndef LWIP_STACK_IP_IP4_IN_H
#define LWIP_STACK_IP_IP4_IN_H

#include "ip_rx.h"
#include "lwip/x_drop.h"

#if LWIP_IPV4

/** Receive an IPv4 packet.  Takes @p p: payload at the IP header. */
void ip4_rx(struct pbuf *p, struct netif *nif);

/**
 * Parse the header at @p p's payload: lengths, checksum, options, addresses; then tell what kind of
 * address it is for.  Lends @p p, whose first pbuf holds the header.
 * @return DROP_NONE and *@p rx complete, except that rx->nif is NULL when the packet is for another host;
 *         or why it cannot be a packet
 */
enum lwip_x_drop ip4_rx_parse(const struct pbuf *p, struct netif *nif, struct ip_rx *rx);

#endif

#endif
