/** ICMP for IPv4 (RFC 792, RFC 1122 section 3.2.2): echo, and errors about packets that cannot be delivered. */
#ifndef LWIP_HDR_ICMP_H
#define LWIP_HDR_ICMP_H

#include "lwip/opt.h"
#include "lwip/pbuf.h"
#include "lwip/ip_addr.h"
#include "lwip/netif.h"
#include "lwip/prot/icmp.h"

#if LWIP_IPV6 && LWIP_ICMP6
#include "lwip/icmp6.h"
#endif

#ifdef __cplusplus
extern "C" {
#endif

/** Codes of Destination Unreachable. */
enum icmp_dur_type {
  ICMP_DUR_NET = 0,   /**< network unreachable */
  ICMP_DUR_HOST = 1,  /**< host unreachable */
  ICMP_DUR_PROTO = 2, /**< protocol not spoken */
  ICMP_DUR_PORT = 3,  /**< nobody at the port */
  ICMP_DUR_FRAG = 4,  /**< too big and Don't Fragment set */
  ICMP_DUR_SR = 5     /**< source route failed */
};

/** Codes of Time Exceeded. */
enum icmp_te_type {
  ICMP_TE_TTL = 0, /**< hops used up */
  ICMP_TE_FRAG = 1 /**< fragments did not all come in time */
};

#if LWIP_IPV4 && LWIP_ICMP

/** Process an ICMP message: payload at its header, IP header in front of it.  Takes @p p.  Context: core. */
void icmp_input(struct pbuf *p, struct netif *inp);

/**
 * Tell the source of @p p that it could not be delivered, if RFC 1122 allows an error about it and
 * the rate limit does (10 a second).  Lends @p p: payload at the IP header.  Context: core.
 */
void icmp_dest_unreach(struct pbuf *p, enum icmp_dur_type t);

/** As icmp_dest_unreach(): the packet lived too long. */
void icmp_time_exceeded(struct pbuf *p, enum icmp_te_type t);

#endif

/* Port unreachable in the version of IP the packet came by. */
#if LWIP_IPV4 && LWIP_IPV6
#if LWIP_ICMP && LWIP_ICMP6
#define icmp_port_unreach(isipv6, pbuf) \
  ((isipv6) ? icmp6_dest_unreach(pbuf, ICMP6_DUR_PORT) : icmp_dest_unreach(pbuf, ICMP_DUR_PORT))
#elif LWIP_ICMP
#define icmp_port_unreach(isipv6, pbuf)       \
  do {                                        \
    if (!(isipv6)) {                          \
      icmp_dest_unreach(pbuf, ICMP_DUR_PORT); \
    }                                         \
  } while (0)
#elif LWIP_ICMP6
#define icmp_port_unreach(isipv6, pbuf)         \
  do {                                          \
    if (isipv6) {                               \
      icmp6_dest_unreach(pbuf, ICMP6_DUR_PORT); \
    }                                           \
  } while (0)
#else
#define icmp_port_unreach(isipv6, pbuf)
#endif
#elif LWIP_IPV6 && LWIP_ICMP6
#define icmp_port_unreach(isipv6, pbuf) icmp6_dest_unreach(pbuf, ICMP6_DUR_PORT)
#elif LWIP_IPV4 && LWIP_ICMP
#define icmp_port_unreach(isipv6, pbuf) icmp_dest_unreach(pbuf, ICMP_DUR_PORT)
#else
#define icmp_port_unreach(isipv6, pbuf)
#endif

#ifdef __cplusplus
}
#endif

#endif
