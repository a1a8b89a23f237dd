/** IPv6 fragments: cut and put together (RFC 8200 section 4.5). */
#ifndef LWIP_HDR_IP6_FRAG_H
#define LWIP_HDR_IP6_FRAG_H

#include "lwip/opt.h"

#if LWIP_IPV6

#include "lwip/pbuf.h"
#include "lwip/ip6_addr.h"
#include "lwip/ip6.h"
#include "lwip/netif.h"

#ifdef __cplusplus
extern "C" {
#endif

#if LWIP_IPV6_REASS

/** 1: struct ip6_reassdata keeps a copy of the header; lwIP needs it when pointers are wider than 32 bits. */
#ifndef IPV6_FRAG_COPYHEADER
#define IPV6_FRAG_COPYHEADER 0
#endif

/** Kept for programs that call it: ms between calls of ip6_reass_tmr(). */
#define IP6_REASS_TMR_INTERVAL 1000

/** A packet in reassembly. */
struct ip6_reassdata {
  struct ip6_reassdata *next;
  struct pbuf *p;
  struct ip6_hdr *iphdr;
#if IPV6_FRAG_COPYHEADER
  ip6_addr_p_t src;
  ip6_addr_p_t dest;
  u8_t orig_hdr[sizeof(struct ip6_frag_hdr) + sizeof(void *)];
#else
  u8_t orig_hdr[sizeof(struct ip6_frag_hdr)];
#endif
  u32_t identification;
  u16_t datagram_len;
  u8_t nexth;
  u8_t timer;
#if LWIP_IPV6_SCOPES
  u8_t src_zone;
  u8_t dest_zone;
#endif
};

#if IPV6_FRAG_COPYHEADER
#define IPV6_FRAG_SRC(ipr) ((ipr)->src)
#define IPV6_FRAG_DEST(ipr) ((ipr)->dest)
#else
#define IPV6_FRAG_SRC(ipr) ((ipr)->iphdr->src)
#define IPV6_FRAG_DEST(ipr) ((ipr)->iphdr->dest)
#endif

#define ip6_reass_init()
/** Harmless: the stack has its own timer. */
void ip6_reass_tmr(void);
/** Add a fragment.  Takes @p p.  @return the whole packet, or NULL: more are missing, or dropped */
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
