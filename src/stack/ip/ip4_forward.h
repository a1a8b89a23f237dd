/** Forwarding of IPv4 packets between interfaces. */
#ifndef LWIP_STACK_IP_IP4_FORWARD_H
#define LWIP_STACK_IP_IP4_FORWARD_H

#include "ip_rx.h"

#if LWIP_IPV4 && IP_FORWARD

/** Forward @p p: payload at the IP header, unicast, not for this host.  Takes @p p. */
void ip4_forward(struct pbuf *p, const struct ip_rx *rx);

#else

static inline void ip4_forward(struct pbuf *p, const struct ip_rx *rx)
{
  (void)rx;
  pbuf_free(p);
}

#endif

#endif
