/** IPv6: input, output, routing and choice of the source address (RFC 8200, RFC 6724). */
#ifndef LWIP_HDR_IP6_H
#define LWIP_HDR_IP6_H

#include "lwip/opt.h"

#if LWIP_IPV6

#include "lwip/ip6_addr.h"
#include "lwip/prot/ip6.h"
#include "lwip/def.h"
#include "lwip/pbuf.h"
#include "lwip/netif.h"
#include "lwip/err.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * The interface for packets from @p src to @p dest.
 * @param src  may be any (unspecified)
 * @return NULL: no route
 */
struct netif *ip6_route(const ip6_addr_t *src, const ip6_addr_t *dest);

/** The best of @p netif's addresses to talk to @p dest from.  @return NULL: none fits */
const ip_addr_t *ip6_select_source_address(struct netif *netif, const ip6_addr_t *dest);

/** A packet came in by @p inp, payload at the IPv6 header.  Takes @p p.  @return ERR_OK always */
err_t ip6_input(struct pbuf *p, struct netif *inp);

/**
 * Send @p p (payload behind the IPv6 header to be added), routed by @p dest.  Borrows @p p.
 * @param src    NULL: chosen
 * @param dest   LWIP_IP_HDRINCL: @p p begins with its IPv6 header
 * @param hl     hop limit
 * @param tc     traffic class
 * @param nexth  IP6_NEXTH_*
 * @retval ERR_RTE no route
 */
err_t ip6_output(struct pbuf *p, const ip6_addr_t *src, const ip6_addr_t *dest, u8_t hl, u8_t tc, u8_t nexth);

/** The same through @p netif. */
err_t ip6_output_if(struct pbuf *p, const ip6_addr_t *src, const ip6_addr_t *dest, u8_t hl, u8_t tc, u8_t nexth,
                    struct netif *netif);

/** The same, and @p src is used as it is, even unspecified. */
err_t ip6_output_if_src(struct pbuf *p, const ip6_addr_t *src, const ip6_addr_t *dest, u8_t hl, u8_t tc, u8_t nexth,
                        struct netif *netif);

#if LWIP_NETIF_USE_HINTS
/** ip6_output() with a place to remember the neighbour's table entry. */
err_t ip6_output_hinted(struct pbuf *p, const ip6_addr_t *src, const ip6_addr_t *dest, u8_t hl, u8_t tc, u8_t nexth,
                        struct netif_hint *netif_hint);
#endif

#if LWIP_IPV6_MLD
/** Put a hop-by-hop header with a router alert of @p value in front of @p p.  @retval ERR_BUF no room */
err_t ip6_options_add_hbh_ra(struct pbuf *p, u8_t nexth, u8_t value);
#endif

/** ip6_output_if() takes its source from here when none is given. */
#define ip6_netif_get_local_ip(netif, dest) (((netif) != NULL) ? ip6_select_source_address(netif, dest) : NULL)

#if IP6_DEBUG
void ip6_debug_print(struct pbuf *p);
#else
#define ip6_debug_print(p)
#endif

#ifdef __cplusplus
}
#endif

#endif
#endif
