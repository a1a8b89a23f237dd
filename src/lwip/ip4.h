/** IPv4 (RFC 791): input from drivers, output for the protocols above, routing. */
#ifndef LWIP_HDR_IP4_H
#define LWIP_HDR_IP4_H

#include "lwip/opt.h"

#if LWIP_IPV4

#include "lwip/def.h"
#include "lwip/pbuf.h"
#include "lwip/ip4_addr.h"
#include "lwip/err.h"
#include "lwip/netif.h"
#include "lwip/prot/ip4.h"

#ifdef __cplusplus
extern "C" {
#endif

#ifdef LWIP_HOOK_IP4_ROUTE_SRC
#define LWIP_IPV4_SRC_ROUTING 1
#else
#define LWIP_IPV4_SRC_ROUTING 0
#endif

/** IP options are sent only by IGMP (router alert). */
#define IP_OPTIONS_SEND (LWIP_IPV4 && LWIP_IGMP)

/** Nothing to set up; kept for programs that call it. */
#define ip_init()

/**
 * The interface to send to @p dest by: the group's default, an attached network, a point-to-point
 * peer, LWIP_HOOK_IP4_ROUTE(), then the default interface.  Only interfaces that are up, have a
 * carrier and an address count.  @return NULL: no way there
 */
struct netif *ip4_route(const ip4_addr_t *dest);

#if LWIP_IPV4_SRC_ROUTING
/** As ip4_route(), after asking LWIP_HOOK_IP4_ROUTE_SRC().  @p src may be NULL */
struct netif *ip4_route_src(const ip4_addr_t *src, const ip4_addr_t *dest);
#else
#define ip4_route_src(src, dest) ip4_route(dest)
#endif

/**
 * Receive an IPv4 packet: what drivers without a link layer set as netif->input.
 * Takes @p p (payload at the IP header) always, and always returns ERR_OK.
 * Context: anywhere input may be called; put aside while the core is busy.
 */
err_t ip4_input(struct pbuf *p, struct netif *inp);

/**
 * Send @p p to @p dest.  Lends @p p: the IP header is put in front of the payload, in the room the
 * pbuf has there; link and driver may keep a reference.
 *
 * @param p     payload at the transport header; with LWIP_IP_HDRINCL as @p dest, at the IP header
 * @param src   local address; NULL or 0.0.0.0: that of the interface
 * @param ttl   time to live
 * @param tos   type of service octet (DSCP and ECN)
 * @param proto protocol number above IP
 * @retval ERR_RTE no route or an impossible destination
 * @retval ERR_BUF no room for the header in front of the payload, or longer than 65535
 * @retval ERR_MEM no memory to fragment or to loop back
 *
 * Context: core.
 */
err_t ip4_output(struct pbuf *p, const ip4_addr_t *src, const ip4_addr_t *dest, u8_t ttl, u8_t tos, u8_t proto);

/** As ip4_output(), by the interface @p netif. */
err_t ip4_output_if(struct pbuf *p, const ip4_addr_t *src, const ip4_addr_t *dest, u8_t ttl, u8_t tos, u8_t proto,
                    struct netif *netif);

/** As ip4_output_if(); a source of 0.0.0.0 is sent as it is (DHCP). */
err_t ip4_output_if_src(struct pbuf *p, const ip4_addr_t *src, const ip4_addr_t *dest, u8_t ttl, u8_t tos, u8_t proto,
                        struct netif *netif);

#if LWIP_NETIF_USE_HINTS
/** As ip4_output(), with a hint for the link layer (where the address was found last time). */
err_t ip4_output_hinted(struct pbuf *p, const ip4_addr_t *src, const ip4_addr_t *dest, u8_t ttl, u8_t tos, u8_t proto,
                        struct netif_hint *netif_hint);
#endif

#if IP_OPTIONS_SEND
/** As ip4_output_if(), with @p optlen (<= 40) octets of IP options, padded to a multiple of four. */
err_t ip4_output_if_opt(struct pbuf *p, const ip4_addr_t *src, const ip4_addr_t *dest, u8_t ttl, u8_t tos, u8_t proto,
                        struct netif *netif, void *ip_options, u16_t optlen);
/** As ip4_output_if_src(), with options as in ip4_output_if_opt(). */
err_t ip4_output_if_opt_src(struct pbuf *p, const ip4_addr_t *src, const ip4_addr_t *dest, u8_t ttl, u8_t tos,
                            u8_t proto, struct netif *netif, void *ip_options, u16_t optlen);
#endif

#if LWIP_MULTICAST_TX_OPTIONS
/** Where datagrams to groups go when nothing else decides; NULL: by the routing rules. */
void ip4_set_default_multicast_netif(struct netif *default_multicast_netif);
#endif

/** The address of @p netif, or NULL. */
#define ip4_netif_get_local_ip(netif) (((netif) != NULL) ? netif_ip_addr4(netif) : NULL)

#if IP_DEBUG
/** Print the IP header at @p p's payload. */
void ip4_debug_print(struct pbuf *p);
#else
#define ip4_debug_print(p)
#endif

#ifdef __cplusplus
}
#endif

#endif /* LWIP_IPV4 */

#endif
