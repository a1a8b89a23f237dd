/** UDP input. */
#ifndef LWIP_STACK_TRANSPORT_UDP_IN_H
#define LWIP_STACK_TRANSPORT_UDP_IN_H

#include "../ip/ip_rx.h"
#include "lwip/udp.h"

#if LWIP_UDP

/** Process a datagram of UDP or UDP-Lite (ip_protos[]).  Takes @p p. */
void udp_rx(struct pbuf *p, const struct ip_rx *rx);

/** An ICMP error about one of our datagrams (ip_protos[]). */
void udp_ip_error(const struct ip_error *e);

#if LWIP_NETCONN
/** Its case of a port that nobody listens at. */
void udp_refused(const struct ip_error *e);
/** What to do about it; init/wiring.c. */
extern void (*const udp_refused_hook)(struct udp_pcb *pcb);
#else
static inline void udp_refused(const struct ip_error *e)
{
  LWIP_UNUSED_ARG(e);
}
#endif

#endif

#endif
