/** The last step of input: raw pcbs first, then the protocol's handler, then an ICMP error. */
#ifndef LWIP_STACK_IP_IP_DELIVER_H
#define LWIP_STACK_IP_IP_DELIVER_H

#include "ip_rx.h"

/**
 * Deliver a whole packet for this host.  Takes @p p: payload at the network header, trimmed to hlen + len.
 * The only place that writes ip_data (for the ip_current_*() macros of applications).
 */
void ip_deliver(struct pbuf *p, const struct ip_rx *rx);

#endif
