/**
 * UDP on the wire (RFC 768).  Octets only.
 *
 *  0       2       4     6        8
 *  | sport | dport | len | chksum |       UDP-Lite (RFC 3828): len is the octets the checksum covers, 0: all
 */
#ifndef LWIP_STACK_WIRE_WIRE_UDP_H
#define LWIP_STACK_WIRE_WIRE_UDP_H

#include "../base/bytes.h"

enum { UDP_WIRE_HLEN = 8 };

static inline u16_t udp_wire_sport(const u8_t *h)
{
  return be16_get(h);
}

static inline u16_t udp_wire_dport(const u8_t *h)
{
  return be16_get(h + 2);
}

/** Octets of the datagram, header included: not checked. */
static inline u16_t udp_wire_len(const u8_t *h)
{
  return be16_get(h + 4);
}

/** 0: the sender made none. */
static inline u16_t udp_wire_chksum(const u8_t *h)
{
  return be16_get(h + 6);
}

/** Write the header, checksum 0. */
static inline void udp_wire_emit(u8_t *h, u16_t sport, u16_t dport, u16_t len)
{
  be32_put(h, ((u32_t)sport << 16) | dport);
  be32_put(h + 4, (u32_t)len << 16);
}

/** @p sum is in network order, as the inet_chksum() family gives it; a sum of 0 is sent as 0xffff. */
static inline void udp_wire_chksum_put(u8_t *h, u16_t sum)
{
  if (sum == 0) {
    sum = 0xffff;
  }
  __builtin_memcpy(h + 6, &sum, sizeof sum);
}

#endif
