/** Forwarding of IPv6 packets between interfaces. */
#ifndef LWIP_STACK_IP_IP6_FORWARD_H
#define LWIP_STACK_IP_IP6_FORWARD_H

#include "ip_rx.h"

#if LWIP_IPV6 && LWIP_IPV6_FORWARD

/** Forward @p p: payload at the IPv6 header, unicast, not for this host.  Takes @p p. */
void ip6_forward(struct pbuf *p, const struct ip_rx *rx);

#else

static inline void ip6_forward(struct pbuf *p, const struct ip_rx *rx)
{
  (void)rx;
  pbuf_free(p);
}

#endif

#endif
