/**
 * ICMPv6 on the wire (RFC 4443).  Octets only.
 *
 *  0      1      2        4            8
 *  | type | code | chksum | rest       | data       echo: rest is id and sequence number; too big: the MTU;
 *                                                   parameter problem: the offset of the octet
 */
#ifndef LWIP_STACK_WIRE_WIRE_ICMP6_H
#define LWIP_STACK_WIRE_WIRE_ICMP6_H

#include "../base/bytes.h"
#include <stdbool.h>

enum {
  ICMP6_WIRE_HLEN = 8,
  ICMP6_WIRE_UNREACH = 1,
  ICMP6_WIRE_TOO_BIG = 2,
  ICMP6_WIRE_TIME = 3,
  ICMP6_WIRE_PARAM = 4,
  ICMP6_WIRE_ECHO = 128,
  ICMP6_WIRE_ECHO_REPLY = 129,
  ICMP6_WIRE_MLD_QUERY = 130,
  ICMP6_WIRE_MLD_REPORT = 131,
  ICMP6_WIRE_MLD_DONE = 132,
  ICMP6_WIRE_RS = 133,
  ICMP6_WIRE_RA = 134,
  ICMP6_WIRE_NS = 135,
  ICMP6_WIRE_NA = 136,
  ICMP6_WIRE_REDIRECT = 137,
  ICMP6_WIRE_MLD2_REPORT = 143
};

/** Codes. */
enum {
  ICMP6_WIRE_CODE_NO_ROUTE = 0, /**< of Destination Unreachable */
  ICMP6_WIRE_CODE_ADMIN = 1,
  ICMP6_WIRE_CODE_SCOPE = 2,
  ICMP6_WIRE_CODE_ADDRESS = 3,
  ICMP6_WIRE_CODE_PORT = 4,
  ICMP6_WIRE_CODE_POLICY = 5,
  ICMP6_WIRE_CODE_REJECT = 6,
  ICMP6_WIRE_CODE_HOPS = 0, /**< of Time Exceeded */
  ICMP6_WIRE_CODE_REASS = 1,
  ICMP6_WIRE_CODE_FIELD = 0, /**< of Parameter Problem */
  ICMP6_WIRE_CODE_NEXTH = 1,
  ICMP6_WIRE_CODE_OPTION = 2,
  ICMP6_WIRE_CODE_CHAIN = 3 /**< RFC 7112 */
};

static inline u8_t icmp6_wire_type(const u8_t *h)
{
  return h[0];
}

static inline u8_t icmp6_wire_code(const u8_t *h)
{
  return h[1];
}

/** What the type makes of the four octets behind the checksum. */
static inline u32_t icmp6_wire_rest(const u8_t *h)
{
  return be32_get(h + 4);
}

/** Is it an error message, about which nobody may be told? */
static inline bool icmp6_wire_is_error(u8_t type)
{
  return type < 128;
}

/** Write the header, checksum 0. */
static inline void icmp6_wire_emit(u8_t *h, u8_t type, u8_t code, u32_t rest)
{
  be32_put(h, ((u32_t)type << 24) | ((u32_t)code << 16));
  be32_put(h + 4, rest);
}

/** Fill in the checksum, as the checksum functions give it. */
static inline void icmp6_wire_chksum_put(u8_t *h, u16_t sum)
{
  __builtin_memcpy(h + 2, &sum, sizeof sum);
}

#endif
