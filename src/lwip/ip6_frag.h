/** IPv6 fragments: cut and put together (RFC 8200 section 4.5). */
#ifndef LWIP_HDR_IP6_FRAG_H
#define LWIP_HDR_IP6_FRAG_H

#include "lwip/opt.h"

#if LWIP_IPV6

#include "lwip/pbuf.h"
#include "lwip/ip6_addr.h"
#include "lwip/ip6.h"
#include "lwip/netif.h"
#include "lwip/x_reass.h"

#ifdef __cplusplus
extern "C" {
#endif

#if LWIP_IPV6_REASS

/** Kept for programs that call it: ms between calls of ip6_reass_tmr(). */
#define IP6_REASS_TMR_INTERVAL 1000

/** Both versions share it. */
#define ip6_reassdata ip_reassdata

/** Nothing to set up. */
#define ip6_reass_init()
/** Harmless: the stack has its own timer. */
void ip6_reass_tmr(void);
/** Add a fragment.  Takes @p p, payload at the IPv6 header, headers contiguous.  @return the whole packet, or NULL: more are missing, or dropped */
struct pbuf *ip6_reass(struct pbuf *p);

#endif

#if LWIP_IPV6_FRAG

#ifndef LWIP_PBUF_CUSTOM_REF_DEFINED
#define LWIP_PBUF_CUSTOM_REF_DEFINED
/** A pbuf whose payload lies in another one, which it keeps alive. */
struct pbuf_custom_ref {
  struct pbuf_custom pc;
  struct pbuf *original;
};
#endif

/** Send @p p, bigger than the path's MTU, in fragments.  Borrows @p p. */
err_t ip6_frag(struct pbuf *p, struct netif *netif, const ip6_addr_t *dest);

#endif

#ifdef __cplusplus
}
#endif

#endif
#endif
