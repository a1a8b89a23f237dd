/** From a link up to the network protocols. */
#ifndef LWIP_STACK_LINK_NETIF_INPUT_H
#define LWIP_STACK_LINK_NETIF_INPUT_H

#include "link_up.h"

/** The protocol for @p ethertype (host order), or NULL. */
const struct link_proto *link_proto_find(u16_t ethertype);

/** Hand up an IP packet that came without a link header, by its version.  Takes @p p. */
void link_rx_ip(struct pbuf *p, struct netif *nif);

#endif
