/** ICMPv6 input. */
#ifndef LWIP_STACK_IP_ICMP6_IN_H
#define LWIP_STACK_IP_ICMP6_IN_H

#include "ip_rx.h"

#if LWIP_IPV6 && LWIP_ICMP6

/** Process an ICMPv6 message (ip_protos[]); those of ND and MLD go on to nd6_rx() and mld6_rx().  Takes @p p. */
void icmp6_rx(struct pbuf *p, const struct ip_rx *rx);

#endif

#endif
