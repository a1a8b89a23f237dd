/** IPv4 reassembly, as the IP floor uses it. */
#ifndef LWIP_STACK_IP_IP4_REASS_H
#define LWIP_STACK_IP_IP4_REASS_H

#include "../link/link_up.h"
#include "ip_rx.h"

#if LWIP_IPV4 && IP_REASSEMBLY

/**
 * Add the fragment @p p, payload at the IP header, about which *@p rx is.  Takes @p p.
 * @return the whole datagram with *@p rx about it (its header in the first pbuf), or NULL while parts are missing
 */
struct pbuf *ip4_reass_add(struct pbuf *p, struct ip_rx *rx);

#else

#include "../mem/drop.h"

static inline struct pbuf *ip4_reass_add(struct pbuf *p, struct ip_rx *rx)
{
  (void)rx;
  drop(p, DROP_FRAG_MEM);
  return 0;
}

#endif

#endif
