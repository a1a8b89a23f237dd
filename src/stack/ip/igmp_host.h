/** IGMP, as the stack uses it. */
#ifndef LWIP_STACK_IP_IGMP_HOST_H
#define LWIP_STACK_IP_IGMP_HOST_H

#include "../link/link_up.h"
#include "ip_rx.h"
#include "lwip/igmp.h"

#if LWIP_IPV4 && LWIP_IGMP

/** Process an IGMP message (ip_protos[]).  Takes @p p. */
void igmp_rx(struct pbuf *p, const struct ip_rx *rx);

/** Start, report anew, stop (link_observers[]). */
void igmp_netif_changed(const struct link_change *c);

#endif

#endif
