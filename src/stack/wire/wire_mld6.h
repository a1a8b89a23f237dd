/**
 * Multicast listener discovery on the wire (RFC 2710 section 3, RFC 3810 section 5): octets only.
 *  0      1      2        4           6          8       24                  26
 *  | type | code | chksum | max delay | reserved | group                       version 1, 24
 *  | type | code | chksum | max code  | reserved | group | flags, QRV | QQIC | sources | ...   version 2 query
 *  | 143  | code | chksum | reserved  | records  | mode | 0 | sources | group | ...            version 2 report
 */
#ifndef LWIP_STACK_WIRE_WIRE_MLD6_H
#define LWIP_STACK_WIRE_WIRE_MLD6_H

#include "wire_icmp6.h"
#include <stddef.h>

enum {
  MLD6_WIRE_LEN = 24,        /**< of all messages of version 1 */
  MLD6_WIRE_QUERY2_LEN = 28, /**< of a query of version 2 without sources */
  MLD6_WIRE_RECORD_LEN = 20  /**< of a record without sources; the report's header is ICMP6_WIRE_HLEN */
};

/** Modes of a record. */
enum { MLD6_WIRE_IS_EXCLUDE = 2, MLD6_WIRE_TO_INCLUDE = 3, MLD6_WIRE_TO_EXCLUDE = 4 };

/** A query, understood. */
struct mld6_query {
  u32_t max_ms; /**< longest delay of an answer */
  u8_t version; /**< 1 or 2 */
};

/** Parse the @p len octets at @p m.  @return false: malformed */
bool mld6_wire_query_parse(const u8_t *m, size_t len, struct mld6_query *q);

/** The group of all messages but version 2 reports. */
static inline const u8_t *mld6_wire_group(const u8_t *m)
{
  return m + 8;
}

/** Write a message of version 1, checksum 0. */
static inline void mld6_wire_emit(u8_t *m, u8_t type, const u32_t group[4])
{
  icmp6_wire_emit(m, type, 0, 0);
  __builtin_memcpy(m + 8, group, 16);
}

/** Write a record, without the @p sources that follow it, 16 octets each. */
static inline void mld6_wire_record_emit(u8_t *r, u8_t mode, u16_t sources, const u32_t group[4])
{
  be32_put(r, (u32_t)mode << 24 | sources);
  __builtin_memcpy(r + 4, group, 16);
}

#endif
