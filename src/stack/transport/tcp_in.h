/** TCP as IP and the interfaces see it; called through the tables of init/wiring.c. */
#ifndef LWIP_STACK_TRANSPORT_TCP_IN_H
#define LWIP_STACK_TRANSPORT_TCP_IN_H

#include "../ip/ip_rx.h"
#include "../link/link_up.h"

#if LWIP_TCP

/** A TCP segment.  Takes @p p: payload at its header. */
void tcp_rx(struct pbuf *p, const struct ip_rx *rx);

/** An ICMP error about a segment of ours. */
void tcp_ip_error(const struct ip_error *e);

/** An address went away, or changed. */
void tcp_netif_changed(const struct link_change *c);

/** Buffers ran out: give up what one connection received out of order. */
void tcp_shed_ooseq(void);

#endif
#endif
