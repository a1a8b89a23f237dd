/**
 * DHCPv6 on the wire (RFC 8415 sections 8 and 21): octets only, no state.
 *  0      1     4
 *  | type | xid | options...        an option: | code, 2 | length, 2 | ... |
 *  IA_NA:  | IAID, 4 | T1, 4 | T2, 4 | options...        IAADDR:  | address, 16 | preferred, 4 | valid, 4 | options...
 */
#ifndef LWIP_STACK_WIRE_WIRE_DHCP6_H
#define LWIP_STACK_WIRE_WIRE_DHCP6_H

#include "../base/bytes.h"
#include <stdbool.h>
#include <stddef.h>

/* clang-format off */
enum {
  DHCP6_WIRE_HLEN = 4, DHCP6_WIRE_OPT_HLEN = 4,
  DHCP6_WIRE_IA_LEN = 12, DHCP6_WIRE_ADDR_LEN = 24, /**< without the options in them */
  DHCP6_WIRE_DUID_MAX = 130,

  DHCP6_WIRE_SOLICIT = 1, DHCP6_WIRE_ADVERTISE, DHCP6_WIRE_REQUEST, DHCP6_WIRE_CONFIRM, DHCP6_WIRE_RENEW, DHCP6_WIRE_REBIND,
  DHCP6_WIRE_REPLY, DHCP6_WIRE_RELEASE, DHCP6_WIRE_DECLINE, DHCP6_WIRE_RECONFIGURE, DHCP6_WIRE_INFORMATION,

  DHCP6_OPT_CLIENT_ID = 1, DHCP6_OPT_SERVER_ID = 2, DHCP6_OPT_IA_NA = 3, DHCP6_OPT_ADDR = 5, DHCP6_OPT_ORO = 6,
  DHCP6_OPT_PREFERENCE = 7, DHCP6_OPT_ELAPSED = 8, DHCP6_OPT_STATUS = 13, DHCP6_OPT_RAPID = 14, DHCP6_OPT_DNS = 23,
  DHCP6_OPT_SNTP = 31, DHCP6_OPT_REFRESH = 32, DHCP6_OPT_NTP = 56, DHCP6_OPT_SOL_MAX_RT = 82, DHCP6_OPT_INF_MAX_RT = 83,

  DHCP6_WIRE_SUCCESS = 0, DHCP6_WIRE_UNSPEC_FAIL, DHCP6_WIRE_NO_ADDRS, DHCP6_WIRE_NO_BINDING, DHCP6_WIRE_NOT_ON_LINK,
  DHCP6_WIRE_USE_MULTICAST
};
/* clang-format on */

/** Some octets of a message: options, or the data of one. */
struct dhcp6_span {
  const u8_t *at; /**< NULL: there is no such option */
  size_t len;
};

/** A server's message, checked. */
struct dhcp6_repr {
  u32_t xid;
  struct dhcp6_span options;
  struct dhcp6_span client, server; /**< DUIDs */
  u16_t status;                     /**< DHCP6_WIRE_SUCCESS if not told */
  u8_t type;
  u8_t preference;
  bool rapid;
};

/** What is in an IA_NA. */
struct dhcp6_ia {
  u32_t iaid, t1_s, t2_s;
  u16_t status;
  struct dhcp6_span options;
};

/** An address in it. */
struct dhcp6_lease {
  const u8_t *addr;
  u32_t preferred_s, valid_s;
};

/** Read the @p len octets at @p m, a message to a client.  @return false: malformed at any depth, or without the identifiers all must have */
bool dhcp6_wire_parse(const u8_t *m, size_t len, struct dhcp6_repr *r);

/** The data of the first option @p code of at least @p least octets in @p options. */
struct dhcp6_span dhcp6_wire_find(struct dhcp6_span options, u16_t code, size_t least);

/** Take the next option off @p rest, all of which was checked.  @return false: there is none */
bool dhcp6_wire_next(struct dhcp6_span *rest, u16_t *code, struct dhcp6_span *data);

/** Read the data of an IA_NA.  @return false: malformed, or T1 is behind T2 */
bool dhcp6_wire_ia(struct dhcp6_span data, struct dhcp6_ia *ia);

/** Read the data of an address.  @return false: malformed, preferred for longer than valid, or with a status that is no success */
bool dhcp6_wire_lease(struct dhcp6_span data, struct dhcp6_lease *l);

/** Write the header.  @return position behind it */
u8_t *dhcp6_wire_put(u8_t *m, u8_t type, u32_t xid);

/** Write an option.  @return position behind it */
u8_t *dhcp6_wire_put_opt(u8_t *at, u16_t code, const void *data, size_t len);

/** Write the beginning of an option, its length to be set by dhcp6_wire_end().  @return where its data go */
u8_t *dhcp6_wire_begin(u8_t *at, u16_t code);

/** The option whose data begin at @p data ends at @p end. */
static inline void dhcp6_wire_end(u8_t *data, const u8_t *end)
{
  be16_put(data - 2, (u16_t)(end - data));
}

#endif
