/**
 * IPv4 on the wire (RFC 791 section 3.1).  This header knows octets only: no pbuf, no netif.
 *
 *  0       1     2       4    6         8     9       10       12    16    20
 *  | v|hl  | tos | len   | id | flg|off | ttl | proto | chksum | src | dst | options...
 *
 * Addresses stay in network order, all else is in host order.
 */
#ifndef LWIP_STACK_WIRE_WIRE_IP4_H
#define LWIP_STACK_WIRE_WIRE_IP4_H

#include "../base/bytes.h"
#include <stdbool.h>
#include <stddef.h>

enum {
  IP4_WIRE_HLEN = 20, /**< without options */
  IP4_WIRE_HLEN_MAX = 60,
  IP4_WIRE_DF = 0x4000,    /**< of ip4_wire_frag(): don't fragment */
  IP4_WIRE_MF = 0x2000,    /**< more fragments follow */
  IP4_WIRE_OFFSET = 0x1fff /**< offset in units of eight octets */
};

/** Protocol numbers (IANA) the IP floor itself knows. */
enum { IP4_WIRE_ICMP = 1, IP4_WIRE_IGMP = 2, IP4_WIRE_TCP = 6, IP4_WIRE_UDP = 17, IP4_WIRE_UDPLITE = 136 };

static inline u8_t ip4_wire_version(const u8_t *h)
{
  return (u8_t)(h[0] >> 4);
}

/** Header length in octets, 0 to 60: not checked. */
static inline u8_t ip4_wire_hlen(const u8_t *h)
{
  return (u8_t)((h[0] & 15) * 4);
}

static inline u8_t ip4_wire_tos(const u8_t *h)
{
  return h[1];
}

/** Octets of the packet, header included. */
static inline u16_t ip4_wire_len(const u8_t *h)
{
  return be16_get(h + 2);
}

static inline u16_t ip4_wire_id(const u8_t *h)
{
  return be16_get(h + 4);
}

/** IP4_WIRE_DF, IP4_WIRE_MF and the offset in one. */
static inline u16_t ip4_wire_frag(const u8_t *h)
{
  return be16_get(h + 6);
}

/** Is it part of a datagram only? */
static inline bool ip4_wire_is_fragment(const u8_t *h)
{
  return (ip4_wire_frag(h) & (IP4_WIRE_MF | IP4_WIRE_OFFSET)) != 0;
}

/** Where the payload lies in the datagram, octets. */
static inline u32_t ip4_wire_offset(const u8_t *h)
{
  return (u32_t)(ip4_wire_frag(h) & IP4_WIRE_OFFSET) * 8u;
}

static inline u8_t ip4_wire_ttl(const u8_t *h)
{
  return h[8];
}

static inline u8_t ip4_wire_proto(const u8_t *h)
{
  return h[9];
}

static inline u32_t ip4_wire_src(const u8_t *h)
{
  return ne32_get(h + 12);
}

static inline u32_t ip4_wire_dst(const u8_t *h)
{
  return ne32_get(h + 16);
}

/** Sum of the header's @p hlen octets (a multiple of four) as 16-bit words of the machine's order, folded: 0xffff if the checksum is right. */
static inline u16_t ip4_wire_sum(const u8_t *h, u8_t hlen)
{
  const u8_t *end = h + hlen;
  u32_t sum = 0;

  do {
    const u32_t w = ne32_get(h);
    sum += (w & 0xffffu) + (w >> 16);
    h += 4;
  } while (h != end);
  sum = (sum & 0xffffu) + (sum >> 16);
  return (u16_t)(sum + (sum >> 16));
}

/** Fill in the checksum over @p hlen octets. */
static inline void ip4_wire_chksum_put(u8_t *h, u8_t hlen)
{
  u16_t sum;

  h[10] = 0;
  h[11] = 0;
  sum = (u16_t)~ip4_wire_sum(h, hlen);
  __builtin_memcpy(h + 10, &sum, sizeof sum); /* in the machine's order already */
}

/** The same out of line, where it is no matter of every packet. */
void ip4_wire_chksum_renew(u8_t *h, u8_t hlen);

/** One hop less, the checksum corrected without summing again (RFC 1624). */
static inline void ip4_wire_ttl_dec(u8_t *h)
{
  const u32_t sum = (u32_t)be16_get(h + 10) + 0x0100u;

  h[8]--;
  be16_put(h + 10, (u16_t)(sum + (sum >> 16)));
}

/** Id and fragment field of an existing header replaced; the checksum is left to ip4_wire_chksum_put(). */
static inline void ip4_wire_id_put(u8_t *h, u16_t id, u16_t frag)
{
  be32_put(h + 4, ((u32_t)id << 16) | frag);
}

/** Length and fragment field of an existing header replaced; the checksum is left to ip4_wire_chksum_put(). */
static inline void ip4_wire_refit(u8_t *h, u16_t len, u16_t frag)
{
  be16_put(h + 2, len);
  be16_put(h + 6, frag);
}

/** Write the first 20 octets, checksum 0. */
static inline void ip4_wire_emit(u8_t *h, u8_t hlen, u8_t tos, u16_t len, u16_t id, u16_t frag, u8_t ttl, u8_t proto,
                                 u32_t src, u32_t dst)
{
  be32_put(h, ((u32_t)(0x40u | hlen / 4u) << 24) | ((u32_t)tos << 16) | len);
  ip4_wire_id_put(h, id, frag);
  be32_put(h + 8, ((u32_t)ttl << 24) | ((u32_t)proto << 16));
  ne32_put(h + 12, src);
  ne32_put(h + 16, dst);
}

/**
 * May a packet with these @p len octets of options be processed?  Malformed options and source
 * routes (RFC 7126) are a reason to drop it; all others are skipped.
 */
bool ip4_wire_options_ok(const u8_t *opt, size_t len);

/**
 * Copy from the options at @p opt those that every fragment carries (RFC 791: the copied flag) to
 * @p to (which may be @p opt), padded with ends of list to a multiple of four.  @p opt was found well formed.
 * @return octets written, at most @p len
 */
u8_t ip4_wire_options_copy(const u8_t *opt, u8_t len, u8_t *to);

#endif
