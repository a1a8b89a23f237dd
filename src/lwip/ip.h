/**
 * What both versions of IP share: the members common to all pcbs, socket options, the packet being
 * delivered, and macros that pick ip4_*() or ip6_*() by the type of the destination.
 */
#ifndef LWIP_HDR_IP_H
#define LWIP_HDR_IP_H

#include "lwip/opt.h"

#include "lwip/def.h"
#include "lwip/pbuf.h"
#include "lwip/ip_addr.h"
#include "lwip/err.h"
#include "lwip/netif.h"
#include "lwip/ip4.h"
#include "lwip/ip6.h"
#include "lwip/prot/ip.h"

#ifdef __cplusplus
extern "C" {
#endif

/** As destination of ip4_output_if() and ip6_output_if(): the packet brings its own IP header. */
#define LWIP_IP_HDRINCL NULL

/** Checked for each packet given to IP for sending; a port may redefine it, for instance to nothing. */
#ifndef LWIP_IP_CHECK_PBUF_REF_COUNT_FOR_TX
#define LWIP_IP_CHECK_PBUF_REF_COUNT_FOR_TX(p) LWIP_ASSERT("p->ref == 1", (p)->ref == 1)
#endif

#if LWIP_NETIF_USE_HINTS
#define IP_PCB_NETIFHINT \
  ;                      \
  struct netif_hint netif_hints
#else
#define IP_PCB_NETIFHINT
#endif

/**
 * The first members of every pcb: addresses in network order, index of the interface the pcb is
 * bound to (NETIF_NO_INDEX: any), SOF_* options, type of service and time to live of what it sends.
 */
#define IP_PCB         \
  ip_addr_t local_ip;  \
  ip_addr_t remote_ip; \
  u8_t netif_idx;      \
  u8_t so_options;     \
  u8_t tos;            \
  u8_t ttl IP_PCB_NETIFHINT

/** What all pcbs begin with. */
struct ip_pcb {
  IP_PCB;
};

/* Options kept in ip_pcb.so_options; the numbers are those of the BSD sockets. */
#define SOF_REUSEADDR 0x04U /**< the local address may be shared */
#define SOF_KEEPALIVE 0x08U /**< probe an idle connection */
#define SOF_BROADCAST 0x20U /**< broadcasts may be sent and received (IP_SOF_BROADCAST, IP_SOF_BROADCAST_RECV) */

/** Handed down from a listening pcb to the connections it accepts. */
#define SOF_INHERITED (SOF_REUSEADDR | SOF_KEEPALIVE)

/** The packet being delivered; meaningful only inside a receive callback, through the ip_current_*() macros. */
struct ip_globals {
  struct netif *current_netif;       /**< whose address the packet is for */
  struct netif *current_input_netif; /**< where it came in */
#if LWIP_IPV4
  const struct ip_hdr *current_ip4_header; /**< NULL unless it is an IPv4 packet */
#endif
#if LWIP_IPV6
  struct ip6_hdr *current_ip6_header; /**< NULL unless it is an IPv6 packet */
#endif
  u16_t current_ip_header_tot_len; /**< octets in front of the transport header */
  ip_addr_t current_iphdr_src;
  ip_addr_t current_iphdr_dest;
};
extern struct ip_globals ip_data;

/** The interface whose address the current packet is for. */
#define ip_current_netif() (ip_data.current_netif)
/** The interface the current packet came in by. */
#define ip_current_input_netif() (ip_data.current_input_netif)
/** Octets of IP header, options or extension headers included. */
#define ip_current_header_tot_len() (ip_data.current_ip_header_tot_len)
/** Source address of the current packet: const ip_addr_t *. */
#define ip_current_src_addr() (&ip_data.current_iphdr_src)
/** Destination address of the current packet: const ip_addr_t *. */
#define ip_current_dest_addr() (&ip_data.current_iphdr_dest)

#if LWIP_IPV4 && LWIP_IPV6
#define ip4_current_header() ip_data.current_ip4_header
#define ip6_current_header() ((const struct ip6_hdr *)(ip_data.current_ip6_header))
#define ip_current_is_v6() (ip6_current_header() != NULL)
#define ip_current_header_proto() \
  (ip_current_is_v6() ? IP6H_NEXTH(ip6_current_header()) : IPH_PROTO(ip4_current_header()))
#define ip_next_header_ptr()                                                                                       \
  ((const void *)((ip_current_is_v6() ? (const u8_t *)ip6_current_header() : (const u8_t *)ip4_current_header()) + \
                  ip_current_header_tot_len()))
#define ip4_current_src_addr() (ip_2_ip4(&ip_data.current_iphdr_src))
#define ip4_current_dest_addr() (ip_2_ip4(&ip_data.current_iphdr_dest))
#define ip6_current_src_addr() (ip_2_ip6(&ip_data.current_iphdr_src))
#define ip6_current_dest_addr() (ip_2_ip6(&ip_data.current_iphdr_dest))
#elif LWIP_IPV4
#define ip4_current_header() ip_data.current_ip4_header
#define ip_current_is_v6() 0
#define ip_current_header_proto() IPH_PROTO(ip4_current_header())
#define ip_next_header_ptr() ((const void *)((const u8_t *)ip4_current_header() + ip_current_header_tot_len()))
#define ip4_current_src_addr() (&ip_data.current_iphdr_src)
#define ip4_current_dest_addr() (&ip_data.current_iphdr_dest)
#elif LWIP_IPV6
#define ip6_current_header() ((const struct ip6_hdr *)(ip_data.current_ip6_header))
#define ip_current_is_v6() 1
#define ip_current_header_proto() IP6H_NEXTH(ip6_current_header())
#define ip_next_header_ptr() ((const void *)(((const u8_t *)ip6_current_header()) + ip_current_header_tot_len()))
#define ip6_current_src_addr() (&ip_data.current_iphdr_src)
#define ip6_current_dest_addr() (&ip_data.current_iphdr_dest)
#endif

/** Is the SOF_* option @p opt set?  Works for every pcb. */
#define ip_get_option(pcb, opt) ((pcb)->so_options & (opt))
/** Set the SOF_* option @p opt. */
#if LWIP_TCP
#define ip_set_option(pcb, opt)                           \
  ((pcb)->so_options = (u8_t)((pcb)->so_options | (opt)), \
   ((opt)&SOF_KEEPALIVE) != 0 ? lwip_x_keepalive_set(pcb) : (void)0)
/** Keepalive of @p pcb (of any kind) was switched on, or its times have changed: if it is an idle connection, its timer follows.
 *  Context: core. */
void lwip_x_keepalive_set(const void *pcb);
#else
#define ip_set_option(pcb, opt) ((pcb)->so_options = (u8_t)((pcb)->so_options | (opt)))
#endif
/** Clear the SOF_* option @p opt. */
#define ip_reset_option(pcb, opt) ((pcb)->so_options = (u8_t)((pcb)->so_options & ~(opt)))

#if LWIP_IPV4 && LWIP_IPV6
#define ip_output(p, src, dest, ttl, tos, proto)                                  \
  (IP_IS_V6(dest) ? ip6_output(p, ip_2_ip6(src), ip_2_ip6(dest), ttl, tos, proto) \
                  : ip4_output(p, ip_2_ip4(src), ip_2_ip4(dest), ttl, tos, proto))
#define ip_output_if(p, src, dest, ttl, tos, proto, netif)                                  \
  (IP_IS_V6(dest) ? ip6_output_if(p, ip_2_ip6(src), ip_2_ip6(dest), ttl, tos, proto, netif) \
                  : ip4_output_if(p, ip_2_ip4(src), ip_2_ip4(dest), ttl, tos, proto, netif))
#define ip_output_if_src(p, src, dest, ttl, tos, proto, netif)                                  \
  (IP_IS_V6(dest) ? ip6_output_if_src(p, ip_2_ip6(src), ip_2_ip6(dest), ttl, tos, proto, netif) \
                  : ip4_output_if_src(p, ip_2_ip4(src), ip_2_ip4(dest), ttl, tos, proto, netif))
#define ip_output_if_hdrincl(p, src, dest, netif)                                    \
  (IP_IS_V6(dest) ? ip6_output_if(p, ip_2_ip6(src), LWIP_IP_HDRINCL, 0, 0, 0, netif) \
                  : ip4_output_if(p, ip_2_ip4(src), LWIP_IP_HDRINCL, 0, 0, 0, netif))
#define ip_output_hinted(p, src, dest, ttl, tos, proto, netif_hint)                                  \
  (IP_IS_V6(dest) ? ip6_output_hinted(p, ip_2_ip6(src), ip_2_ip6(dest), ttl, tos, proto, netif_hint) \
                  : ip4_output_hinted(p, ip_2_ip4(src), ip_2_ip4(dest), ttl, tos, proto, netif_hint))
#define ip_route(src, dest) \
  (IP_IS_V6(dest) ? ip6_route(ip_2_ip6(src), ip_2_ip6(dest)) : ip4_route_src(ip_2_ip4(src), ip_2_ip4(dest)))
#define ip_netif_get_local_ip(netif, dest) \
  (IP_IS_V6(dest) ? ip6_netif_get_local_ip(netif, ip_2_ip6(dest)) : ip4_netif_get_local_ip(netif))
#define ip_debug_print(is_ipv6, p) ((is_ipv6) ? ip6_debug_print(p) : ip4_debug_print(p))
/** Input of either version, told apart by the first four bits.  As ip4_input(). */
err_t ip_input(struct pbuf *p, struct netif *inp);
#elif LWIP_IPV4
#define ip_output(p, src, dest, ttl, tos, proto) ip4_output(p, src, dest, ttl, tos, proto)
#define ip_output_if(p, src, dest, ttl, tos, proto, netif) ip4_output_if(p, src, dest, ttl, tos, proto, netif)
#define ip_output_if_src(p, src, dest, ttl, tos, proto, netif) ip4_output_if_src(p, src, dest, ttl, tos, proto, netif)
#define ip_output_hinted(p, src, dest, ttl, tos, proto, netif_hint) \
  ip4_output_hinted(p, src, dest, ttl, tos, proto, netif_hint)
#define ip_output_if_hdrincl(p, src, dest, netif) ip4_output_if(p, src, LWIP_IP_HDRINCL, 0, 0, 0, netif)
#define ip_route(src, dest) ip4_route_src(src, dest)
#define ip_netif_get_local_ip(netif, dest) ip4_netif_get_local_ip(netif)
#define ip_debug_print(is_ipv6, p) ip4_debug_print(p)
#define ip_input ip4_input
#elif LWIP_IPV6
#define ip_output(p, src, dest, ttl, tos, proto) ip6_output(p, src, dest, ttl, tos, proto)
#define ip_output_if(p, src, dest, ttl, tos, proto, netif) ip6_output_if(p, src, dest, ttl, tos, proto, netif)
#define ip_output_if_src(p, src, dest, ttl, tos, proto, netif) ip6_output_if_src(p, src, dest, ttl, tos, proto, netif)
#define ip_output_hinted(p, src, dest, ttl, tos, proto, netif_hint) \
  ip6_output_hinted(p, src, dest, ttl, tos, proto, netif_hint)
#define ip_output_if_hdrincl(p, src, dest, netif) ip6_output_if(p, src, LWIP_IP_HDRINCL, 0, 0, 0, netif)
#define ip_route(src, dest) ip6_route(src, dest)
#define ip_netif_get_local_ip(netif, dest) ip6_netif_get_local_ip(netif, dest)
#define ip_debug_print(is_ipv6, p) ip6_debug_print(p)
#define ip_input ip6_input
#endif

/** Find the interface towards @p dest and the local address used there; both are set, maybe to NULL. */
#define ip_route_get_local_ip(src, dest, netif, ipaddr) \
  do {                                                  \
    (netif) = ip_route(src, dest);                      \
    (ipaddr) = ip_netif_get_local_ip(netif, dest);      \
  } while (0)

#ifdef __cplusplus
}
#endif

#endif
