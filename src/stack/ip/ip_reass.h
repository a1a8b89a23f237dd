/** Reassembly, as the IP floor uses it. */
#ifndef LWIP_STACK_IP_IP_REASS_H
#define LWIP_STACK_IP_IP_REASS_H

#include "../wire/wire_ip6.h"
#include "ip_rx.h"

#define IP4_REASS_ON (LWIP_IPV4 && IP_REASSEMBLY)
#define IP6_REASS_ON (LWIP_IPV6 && LWIP_IPV6_REASS)

#if !IP4_REASS_ON || !IP6_REASS_ON
#include "../mem/drop.h"
#endif

#if IP4_REASS_ON

/**
 * Add the fragment @p p, payload at the IP header, about which *@p rx is.  Takes @p p.
 * @return the whole datagram with *@p rx about it (its header in the first pbuf), or NULL while parts are missing
 */
struct pbuf *ip4_reass_add(struct pbuf *p, struct ip_rx *rx);

#else

static inline struct pbuf *ip4_reass_add(struct pbuf *p, struct ip_rx *rx)
{
  (void)rx;
  drop(p, DROP_FRAG_MEM);
  return 0;
}

#endif

#if IP6_REASS_ON

/**
 * The same for IPv6, with *@p c about the headers, among which is a Fragment header.
 * @return the whole packet without that header, or NULL while parts are missing
 */
struct pbuf *ip6_reass_add(struct pbuf *p, struct ip_rx *rx, const struct ip6_chain *c);

#elif LWIP_IPV6

static inline struct pbuf *ip6_reass_add(struct pbuf *p, struct ip_rx *rx, const struct ip6_chain *c)
{
  (void)rx;
  (void)c;
  drop(p, DROP_FRAG_MEM);
  return 0;
}

#endif

#endif
