/**
 * Neighbour discovery on the wire (RFC 4861 section 4; RFC 4191, 7527, 8106): octets only, no state.  A message begins at its ICMPv6 header.
 *  0      1      2        4         8        24            40
 *  | type | code | chksum | reserved                                  RS
 *  | type | code | chksum | hl | flags | lifetime | reachable | retrans   RA, 16
 *  | type | code | chksum | flags   | target                          NS, NA
 *  | type | code | chksum | reserved| target | destination            redirect
 * Options follow: | type | length in eights of octets | ...
 */
#ifndef LWIP_STACK_WIRE_WIRE_ND6_H
#define LWIP_STACK_WIRE_WIRE_ND6_H

#include "../base/bytes.h"
#include "wire_icmp6.h"
#include <stdbool.h>
#include <stddef.h>

/* clang-format off */
enum {
  ND6_WIRE_HOPLIM = 255, /**< what no packet from behind a router can have */

  ND6_WIRE_RS_LEN = 8, ND6_WIRE_RA_LEN = 16, ND6_WIRE_NS_LEN = 24, ND6_WIRE_NA_LEN = 24, ND6_WIRE_RD_LEN = 40,

  ND6_OPT_SOURCE = 1, ND6_OPT_TARGET = 2, ND6_OPT_PREFIX = 3, ND6_OPT_MTU = 5, ND6_OPT_NONCE = 14, ND6_OPT_ROUTE = 24,
  ND6_OPT_RDNSS = 25, ND6_OPT_DNSSL = 31,

  ND6_NA_ROUTER = 0x80, ND6_NA_SOLICITED = 0x40, ND6_NA_OVERRIDE = 0x20,
  ND6_RA_MANAGED = 0x80, ND6_RA_OTHER = 0x40,
  ND6_PREFIX_ONLINK = 0x80, ND6_PREFIX_AUTO = 0x40,

  ND6_WIRE_PREFIX_LEN = 32, ND6_WIRE_MTU_LEN = 8, ND6_WIRE_NONCE_LEN = 8, ND6_WIRE_NONCE = 6 /**< octets of the number itself */
};
/* clang-format on */

#define ND6_WIRE_FOREVER 0xFFFFFFFFu /**< a lifetime without end, s */

/** Octets of the message without its options, by type; 0: no message of neighbour discovery. */
u8_t nd6_wire_fixed_len(u8_t type);

/** Is the message @p m of @p len octets whole, its code 0, and each of its options whole and not empty (RFC 4861 section 4.6)? */
bool nd6_wire_check(const u8_t *m, size_t len);

/* An option @p o of a message that was checked. */

static inline size_t nd6_wire_opt_len(const u8_t *o)
{
  return (size_t)o[1] * 8;
}

/** The first option of @p type at or behind @p o and in front of @p end, or NULL. */
const u8_t *nd6_wire_find(const u8_t *o, const u8_t *end, u8_t type);

/** Octets of an option that carries a link-layer address of @p hwlen octets. */
static inline size_t nd6_wire_lladdr_len(size_t hwlen)
{
  return (2 + hwlen + 7) / 8 * 8;
}

/**
 * The link-layer address of @p hwlen octets in an option of @p type, or NULL: there is none, or its length is another, or it is
 * a group's or zero.
 */
const u8_t *nd6_wire_lladdr(const u8_t *o, const u8_t *end, u8_t type, size_t hwlen);

/** Write one.  @return position behind it; @p o itself if @p hwlen is 0 */
u8_t *nd6_wire_put_lladdr(u8_t *o, u8_t type, const u8_t *hwaddr, size_t hwlen);

/* Fields. */

static inline const u8_t *nd6_wire_target(const u8_t *m)
{
  return m + 8;
}
static inline const u8_t *nd6_wire_rd_dest(const u8_t *m)
{
  return m + 24;
}
static inline u8_t nd6_wire_na_flags(const u8_t *m)
{
  return m[4];
}
static inline u8_t nd6_wire_ra_hoplim(const u8_t *m)
{
  return m[4];
}
static inline u8_t nd6_wire_ra_flags(const u8_t *m)
{
  return m[5];
}
/** Seconds. */
static inline u16_t nd6_wire_ra_lifetime(const u8_t *m)
{
  return be16_get(m + 6);
}
/** Ms. */
static inline u32_t nd6_wire_ra_reachable(const u8_t *m)
{
  return be32_get(m + 8);
}
static inline u32_t nd6_wire_ra_retrans(const u8_t *m)
{
  return be32_get(m + 12);
}

/** A router's preference (RFC 4191 section 2.1) in the flags of an advertisement or a route: 1 high, 0 medium, -1 low; the reserved value is medium. */
static inline s8_t nd6_wire_preference(u8_t flags)
{
  const u8_t prf = (flags >> 3) & 3;

  return (s8_t)(prf == 1 ? 1 : prf == 3 ? -1 : 0);
}

/** A route with it is ignored (RFC 4191 section 2.3). */
static inline bool nd6_wire_preference_is_reserved(u8_t flags)
{
  return ((flags >> 3) & 3) == 2;
}

#endif
