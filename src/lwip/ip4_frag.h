/** IPv4 fragmentation and reassembly (RFC 791, 815, 5722 applied to IPv4). */
#ifndef LWIP_HDR_IP4_FRAG_H
#define LWIP_HDR_IP4_FRAG_H

#include "lwip/opt.h"
#include "lwip/err.h"
#include "lwip/pbuf.h"
#include "lwip/netif.h"
#include "lwip/ip_addr.h"
#include "lwip/ip.h"
#include "lwip/x_reass.h"

#if LWIP_IPV4

#ifdef __cplusplus
extern "C" {
#endif

#if IP_REASSEMBLY
/** Milliseconds between calls of ip_reass_tmr(), for programs that still call it. */
#define IP_TMR_INTERVAL 1000

/** Nothing to set up. */
void ip_reass_init(void);

/** Harmless: reassembly times out by itself. */
void ip_reass_tmr(void);

/**
 * Add a fragment.  Takes @p p, payload at the IP header, header contiguous.
 * @return the whole datagram (given to the caller, payload at the IP header) or NULL while parts are missing
 * Context: core.
 */
struct pbuf *ip4_reass(struct pbuf *p);
#endif

#if IP_FRAG
#if !LWIP_NETIF_TX_SINGLE_PBUF
#ifndef LWIP_PBUF_CUSTOM_REF_DEFINED
#define LWIP_PBUF_CUSTOM_REF_DEFINED
/** A pbuf that shows a part of another one. */
struct pbuf_custom_ref {
  struct pbuf_custom pc;
  struct pbuf *original; /**< freed with it */
};
#endif
#endif

/**
 * Send @p p, an IPv4 packet with its header, in pieces that fit the MTU of @p netif.  Lends @p p;
 * the pieces are copies, made one after the other in buffers of PBUF_POOL (of the heap with LWIP_NETIF_TX_SINGLE_PBUF).
 * @retval ERR_MEM no memory for a piece; those before it are on their way
 * @retval ERR_VAL the MTU leaves no room for payload
 * Context: core.
 */
err_t ip4_frag(struct pbuf *p, struct netif *netif, const ip4_addr_t *dest);
#endif

#ifdef __cplusplus
}
#endif

#endif /* LWIP_IPV4 */

#endif
