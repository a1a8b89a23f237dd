/** IPv4 fragmentation and reassembly (RFC 791, 815, 5722 applied to IPv4). */
#ifndef LWIP_HDR_IP4_FRAG_H
#define LWIP_HDR_IP4_FRAG_H

#include "lwip/opt.h"
#include "lwip/err.h"
#include "lwip/pbuf.h"
#include "lwip/netif.h"
#include "lwip/ip_addr.h"
#include "lwip/ip.h"

#if LWIP_IPV4

#ifdef __cplusplus
extern "C" {
#endif

#if IP_REASSEMBLY
/** Milliseconds between calls of ip_reass_tmr(), for programs that still call it. */
#define IP_TMR_INTERVAL 1000

/** A datagram being put together. */
struct ip_reassdata {
  struct ip_reassdata *next; /**< younger one */
  struct pbuf *p;      /**< fragments, each with its IP header, the highest offset first; one packet after the other */
  struct ip_hdr iphdr; /**< header of the fragment that came first, as received: id, addresses, protocol */
  u16_t datagram_len;  /**< octets of payload in the whole datagram, 0: last fragment not seen */
  u8_t flags;          /**< internal */
  u8_t timer;          /**< seconds it was given */
  /* ours from here */
  u32_t due;   /**< given up then, ms */
  u16_t got;   /**< octets of payload there are */
  u16_t pbufs; /**< length of the chain */
};

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
 * the pieces refer to its memory.
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
