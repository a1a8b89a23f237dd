/**
 * ICMP on the wire (RFC 792).  Octets only.
 *
 *  0      1      2        4            8
 *  | type | code | chksum | rest       | data       echo: rest is id and sequence number
 *                                                   too big (RFC 1191): rest is 0 and the next hop's MTU
 */
#ifndef LWIP_STACK_WIRE_WIRE_ICMP_H
#define LWIP_STACK_WIRE_WIRE_ICMP_H

#include "../base/bytes.h"
#include <stdbool.h>

enum {
  ICMP_WIRE_HLEN = 8,
  ICMP_WIRE_ECHO_REPLY = 0,
  ICMP_WIRE_UNREACH = 3,
  ICMP_WIRE_ECHO = 8,
  ICMP_WIRE_TIME = 11,
  ICMP_WIRE_PARAM = 12
};

/** Codes of Destination Unreachable. */
enum {
  ICMP_WIRE_CODE_NET = 0,
  ICMP_WIRE_CODE_HOST = 1,
  ICMP_WIRE_CODE_PROTO = 2,
  ICMP_WIRE_CODE_PORT = 3,
  ICMP_WIRE_CODE_FRAG = 4,
  ICMP_WIRE_CODE_SR = 5,
  ICMP_WIRE_CODE_NET_ADMIN = 9,
  ICMP_WIRE_CODE_HOST_ADMIN = 10,
  ICMP_WIRE_CODE_ADMIN = 13
};

static inline u8_t icmp_wire_type(const u8_t *h)
{
  return h[0];
}

static inline u8_t icmp_wire_code(const u8_t *h)
{
  return h[1];
}

/** The next hop's MTU in Destination Unreachable, code 4; 0 from old routers. */
static inline u16_t icmp_wire_mtu(const u8_t *h)
{
  return be16_get(h + 6);
}

/** Is a message of this type a query or its answer?  All else counts as an error: nobody may be told about it (RFC 1122 3.2.2). */
static inline bool icmp_wire_is_query(u8_t type)
{
  return type == ICMP_WIRE_ECHO_REPLY || type == ICMP_WIRE_ECHO || (type >= 13 && type <= 18);
}

/** Write the header, checksum 0. */
static inline void icmp_wire_emit(u8_t *h, u8_t type, u8_t code, u32_t rest)
{
  be32_put(h, ((u32_t)type << 24) | ((u32_t)code << 16));
  be32_put(h + 4, rest);
}

/** Make the echo request at @p h the reply to it; the checksum is corrected, not made anew (RFC 1624). */
static inline void icmp_wire_echo_turn(u8_t *h)
{
  const u32_t sum = (u32_t)be16_get(h + 2) + ((u32_t)ICMP_WIRE_ECHO << 8);

  h[0] = ICMP_WIRE_ECHO_REPLY;
  be16_put(h + 2, (u16_t)(sum + (sum >> 16)));
}

#endif
