/** Neighbour discovery for IPv6 (RFC 4861) and address configuration (RFC 4862). */
#ifndef LWIP_HDR_ND6_H
#define LWIP_HDR_ND6_H

#include "lwip/opt.h"

#if LWIP_IPV6

#include "lwip/ip6_addr.h"
#include "lwip/err.h"
#include "lwip/netif.h"
#include "lwip/pbuf.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Kept for programs that call it: ms between calls of nd6_tmr(). */
#define ND6_TMR_INTERVAL 1000

/** ms between router solicitations (RFC 4861 section 10). */
#ifndef ND6_RTR_SOLICITATION_INTERVAL
#define ND6_RTR_SOLICITATION_INTERVAL 4000
#endif

/** Harmless: the stack has its own timer. */
void nd6_tmr(void);
/** A message came in.  Takes @p p, payload at the ICMPv6 header. */
void nd6_input(struct pbuf *p, struct netif *inp);
/** Forget every path, after routes changed. */
void nd6_clear_destination_cache(void);
/** The interface for @p ip6addr by the routers and prefixes known.  @return NULL: none */
struct netif *nd6_find_route(const ip6_addr_t *ip6addr);
/**
 * Where to send @p q for @p ip6addr.
 * @param hwaddrp  set to the hardware address, or NULL if @p q was queued (a reference is kept)
 */
err_t nd6_get_next_hop_addr_or_queue(struct netif *netif, struct pbuf *q, const ip6_addr_t *ip6addr,
                                     const u8_t **hwaddrp);
/** Octets that reach @p ip6addr in one packet. */
u16_t nd6_get_destination_mtu(const ip6_addr_t *ip6addr, struct netif *netif);
#if LWIP_ND6_TCP_REACHABILITY_HINTS
/** The neighbour on the way to @p ip6addr is surely there. */
void nd6_reachability_hint(const ip6_addr_t *ip6addr);
#endif
/** Forget what is known about @p netif. */
void nd6_cleanup_netif(struct netif *netif);
#if LWIP_IPV6_MLD
/** An address changes its state: join or leave its solicited-node group. */
void nd6_adjust_mld_membership(struct netif *netif, s8_t addr_idx, u8_t new_state);
#endif
/** Begin again after the link was lost. */
void nd6_restart_netif(struct netif *netif);

#ifdef __cplusplus
}
#endif

#endif
#endif
