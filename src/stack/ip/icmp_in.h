/** ICMP input: echo, and errors about what we sent. */
#ifndef LWIP_STACK_IP_ICMP_IN_H
#define LWIP_STACK_IP_ICMP_IN_H

#include "ip_rx.h"

#if LWIP_IPV4 && LWIP_ICMP

/** Process an ICMP message (ip_protos[]).  Takes @p p. */
void icmp_rx(struct pbuf *p, const struct ip_rx *rx);

#endif

#endif
