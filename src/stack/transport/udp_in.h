/** UDP input. */
#ifndef LWIP_STACK_TRANSPORT_UDP_IN_H
#define LWIP_STACK_TRANSPORT_UDP_IN_H

#include "../ip/ip_rx.h"

#if LWIP_UDP

/** Process a datagram of UDP or UDP-Lite (ip_protos[]).  Takes @p p. */
void udp_rx(struct pbuf *p, const struct ip_rx *rx);

/** An ICMP error about one of our datagrams (ip_protos[]). */
void udp_ip_error(const struct ip_error *e);

#endif

#endif
