/**
 * IGMP on the wire (RFC 1112, RFC 2236, RFC 3376 section 4).  Octets only.
 *
 *  0      1          2        4       8        9      10        12
 *  | type | max resp | chksum | group | S, QRV | QQIC | sources | 4 octets a source      a query, versions 1 and 2 end at 8
 *
 *  0      1   2        4   6         8
 *  | 0x22 | 0 | chksum | 0 | records | records...         a version 3 report
 *
 *  0      1     2         4
 *  | mode | aux | sources | group | sources...            a record of it
 */
#ifndef LWIP_STACK_WIRE_WIRE_IGMP_H
#define LWIP_STACK_WIRE_WIRE_IGMP_H

#include "../base/bytes.h"
#include <stdbool.h>
#include <stddef.h>

enum {
  IGMP_WIRE_LEN = 8, /**< versions 1 and 2, header of a version 3 report, a record without sources */
  IGMP_WIRE_V3_QUERY = 12,
  IGMP_WIRE_QUERY = 0x11,
  IGMP_WIRE_V1_REPORT = 0x12,
  IGMP_WIRE_V2_REPORT = 0x16,
  IGMP_WIRE_LEAVE = 0x17,
  IGMP_WIRE_V3_REPORT = 0x22
};

/** Modes of a record in a version 3 report. */
enum { IGMP_WIRE_IS_INCLUDE = 1, IGMP_WIRE_IS_EXCLUDE = 2, IGMP_WIRE_TO_INCLUDE = 3, IGMP_WIRE_TO_EXCLUDE = 4 };

/** A query, understood. */
struct igmp_query {
  u32_t group;      /**< network order, 0: general */
  u32_t max_ms;     /**< longest delay of an answer, milliseconds */
  u8_t version;     /**< 1, 2 or 3 */
  bool has_sources; /**< about some sources of the group only */
};

/** Parse the @p len octets at @p h, a message of type 0x11.  @return false: malformed */
bool igmp_wire_query_parse(const u8_t *h, size_t len, struct igmp_query *q);

static inline u8_t igmp_wire_type(const u8_t *h)
{
  return h[0];
}

/** Group of all messages but version 3 reports, network order. */
static inline u32_t igmp_wire_group(const u8_t *h)
{
  return ne32_get(h + 4);
}

/** Write a version 1 or 2 message, checksum 0. */
static inline void igmp_wire_emit(u8_t *h, u8_t type, u32_t group)
{
  be32_put(h, (u32_t)type << 24);
  ne32_put(h + 4, group);
}

/** Write the header of a version 3 report, checksum 0. */
static inline void igmp_wire_report_emit(u8_t *h, u16_t records)
{
  be32_put(h, (u32_t)IGMP_WIRE_V3_REPORT << 24);
  be32_put(h + 4, records);
}

/** Write a record, without the @p sources that follow it, 4 octets each. */
static inline void igmp_wire_record_emit(u8_t *h, u8_t mode, u16_t sources, u32_t group)
{
  be32_put(h, (u32_t)mode << 24 | sources);
  ne32_put(h + 4, group);
}

#endif
