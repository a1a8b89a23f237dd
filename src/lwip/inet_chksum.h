/**
 * The Internet checksum (RFC 1071): over memory, over pbuf chains, with the pseudo headers of IPv4 and IPv6.
 * All results are complemented and in network order: store them as they are.
 */
#ifndef LWIP_INET_CHKSUM_H
#define LWIP_INET_CHKSUM_H

#include "lwip/opt.h"
#include "lwip/pbuf.h"
#include "lwip/ip_addr.h"

/** Exchange the octets of a 16-bit value. */
#ifndef SWAP_BYTES_IN_WORD
#define SWAP_BYTES_IN_WORD(w) ((((w)&0xff) << 8) | (((w)&0xff00) >> 8))
#endif

/** Add the upper half of a 32-bit sum to its lower half (the result may still have a carry). */
#ifndef FOLD_U32T
#define FOLD_U32T(u) ((u32_t)(((u) >> 16) + ((u)&0x0000ffffUL)))
#endif

/* LWIP_CHKSUM_COPY(dst, src, len): copy and return the sum of what was copied; a port may have its own. */
#if LWIP_CHECKSUM_ON_COPY && !defined(LWIP_CHKSUM_COPY)
#define LWIP_CHKSUM_COPY(dst, src, len) lwip_chksum_copy(dst, src, len)
#ifndef LWIP_CHKSUM_COPY_ALGORITHM
#define LWIP_CHKSUM_COPY_ALGORITHM 1
#endif
#else
#define LWIP_CHKSUM_COPY_ALGORITHM 0
#endif

#ifdef __cplusplus
extern "C" {
#endif

/** Of @p len octets at @p dataptr, which may be odd.  0: a header that contains its checksum is right. */
u16_t inet_chksum(const void *dataptr, u16_t len);

/** Of all octets of a chain. */
u16_t inet_chksum_pbuf(struct pbuf *p);

#if LWIP_CHKSUM_COPY_ALGORITHM
/** Copy @p len octets and give their sum, folded to 16 bits, network order, NOT complemented. */
u16_t lwip_chksum_copy(void *dst, const void *src, u16_t len);
#endif

/*
 * With pseudo header.  proto_len is the length that goes into it (octets); the _partial forms sum only the first
 * chksum_len octets of the chain (UDP-Lite, RFC 3828).
 */
#if LWIP_IPV4
u16_t inet_chksum_pseudo(struct pbuf *p, u8_t proto, u16_t proto_len, const ip4_addr_t *src, const ip4_addr_t *dest);
u16_t inet_chksum_pseudo_partial(struct pbuf *p, u8_t proto, u16_t proto_len, u16_t chksum_len, const ip4_addr_t *src,
                                 const ip4_addr_t *dest);
#endif
#if LWIP_IPV6
u16_t ip6_chksum_pseudo(struct pbuf *p, u8_t proto, u16_t proto_len, const ip6_addr_t *src, const ip6_addr_t *dest);
u16_t ip6_chksum_pseudo_partial(struct pbuf *p, u8_t proto, u16_t proto_len, u16_t chksum_len, const ip6_addr_t *src,
                                const ip6_addr_t *dest);
#endif
u16_t ip_chksum_pseudo(struct pbuf *p, u8_t proto, u16_t proto_len, const ip_addr_t *src, const ip_addr_t *dest);
u16_t ip_chksum_pseudo_partial(struct pbuf *p, u8_t proto, u16_t proto_len, u16_t chksum_len, const ip_addr_t *src,
                               const ip_addr_t *dest);

#ifdef __cplusplus
}
#endif
#endif
