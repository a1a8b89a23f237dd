/**
 * The Internet checksum (RFC 1071), in parts.  A sum is 32 bits, counts modulo 2^32 - 1 and adds the octets as they lie in
 * memory, so that the result is right on machines of either byte order when it is stored as it is.
 */
#ifndef LWIP_STACK_BASE_CHECKSUM_H
#define LWIP_STACK_BASE_CHECKSUM_H

#include "lwip/arch.h"
#include "lwip/ip_addr.h"

struct pbuf;

/** Add the @p len octets at @p data, of any alignment, whose first is in an even place of the message.  An odd one at the end is padded with 0. */
u32_t checksum_add(u32_t sum, const void *data, size_t len);

/** Copy @p len octets and add them to @p sum on the way. */
u32_t checksum_copy(u32_t sum, void *to, const void *from, size_t len);

/** Add a value of up to 32 bits that is in network order, or another sum. */
static inline u32_t checksum_add32(u32_t sum, u32_t v)
{
  sum += v;
  return sum + (sum < v);
}

/** After an odd number of octets: what is added next is in an odd place.  Twice is nothing. */
static inline u32_t checksum_odd(u32_t sum)
{
  return (sum << 8) | (sum >> 24);
}

/** To 16 bits, not complemented. */
static inline u16_t checksum_fold(u32_t sum)
{
  sum = (sum >> 16) + (sum & 0xFFFFu);
  return (u16_t)(sum + (sum >> 16));
}

/** The checksum as it goes into a header. */
static inline u16_t checksum_finish(u32_t sum)
{
  return (u16_t)~checksum_fold(sum);
}

/** Add the first @p len octets of the chain @p p (all of it if it is shorter).  mem/inet_chksum.c. */
u32_t checksum_add_pbuf(u32_t sum, const struct pbuf *p, u16_t len);

/**
 * The checksum of the @p len octets of transport packet in @p p with the pseudo header of either family; 0 for a received
 * packet that is right.  mem/inet_chksum.c.
 */
u16_t checksum_pseudo(const struct pbuf *p, const ip_addr_t *src, const ip_addr_t *dst, u8_t proto, u16_t len);

#endif
