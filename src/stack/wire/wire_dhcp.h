/**
 * DHCP on the wire (RFC 2131 section 2, RFC 2132, RFC 3396): octets only, no state.
 *  0    1       2      3      4     8      10      12       16       20       24       28
 *  | op | htype | hlen | hops | xid | secs | flags | ciaddr | yiaddr | siaddr | giaddr |
 *  28       44      108    236      240
 *  | chaddr | sname | file | cookie | options
 */
#ifndef LWIP_STACK_WIRE_WIRE_DHCP_H
#define LWIP_STACK_WIRE_WIRE_DHCP_H

#include "../base/bytes.h"
#include <stdbool.h>
#include <stddef.h>

/* clang-format off */
enum {
  DHCP_WIRE_SNAME   = 44,
  DHCP_WIRE_FILE    = 108,
  DHCP_WIRE_OPTIONS = 240, /**< octets in front of the options */
  DHCP_WIRE_LEN_MIN = 300, /**< octets a relay agent may insist on (RFC 951 section 3) */
  DHCP_WIRE_FILE_LEN = 128,

  DHCP_OPT_PAD = 0, DHCP_OPT_MASK = 1, DHCP_OPT_ROUTER = 3, DHCP_OPT_DNS = 6, DHCP_OPT_HOSTNAME = 12,
  DHCP_OPT_BROADCAST = 28, DHCP_OPT_NTP = 42, DHCP_OPT_REQUESTED_IP = 50, DHCP_OPT_LEASE = 51, DHCP_OPT_OVERLOAD = 52,
  DHCP_OPT_TYPE = 53, DHCP_OPT_SERVER_ID = 54, DHCP_OPT_PARAMETERS = 55, DHCP_OPT_MAX_SIZE = 57, DHCP_OPT_T1 = 58,
  DHCP_OPT_T2 = 59, DHCP_OPT_CLIENT_ID = 61, DHCP_OPT_BOOT_FILE = 67, DHCP_OPT_END = 255,

  DHCP_WIRE_DISCOVER = 1, DHCP_WIRE_OFFER, DHCP_WIRE_REQUEST, DHCP_WIRE_DECLINE, DHCP_WIRE_ACK, DHCP_WIRE_NAK,
  DHCP_WIRE_RELEASE, DHCP_WIRE_INFORM
};
/* clang-format on */

/** Options of one word. */
enum dhcp_word { DHCP_SERVER_ID, DHCP_MASK, DHCP_ROUTER, DHCP_LEASE, DHCP_T1, DHCP_T2, DHCP_WORDS };

/** A server's message, checked.  Addresses in network order, 0: not told. */
struct dhcp_repr {
  const u8_t *m;
  size_t len;
  u32_t xid;
  u32_t yiaddr, siaddr;
  u32_t word[DHCP_WORDS]; /**< as on the wire; 0: not told */
  u8_t type;              /**< DHCP_WIRE_OFFER ... */
  u8_t overload;          /**< bit 0: options in file too, bit 1: in sname too */
};

/** A walk over the options; all zero to begin with. */
struct dhcp_opt {
  const u8_t *data;
  size_t at, end;
  u8_t area; /**< 0: not begun, 1: options, 2: file, 3: sname */
  u8_t code, len;
};

/** Check the @p len octets at @p m, a reply to a client on Ethernet-like hardware, and read it.
 *  @return false: malformed, or an option reaches out of its field, or a field lacks its end */
bool dhcp_wire_parse(const u8_t *m, size_t len, struct dhcp_repr *r);

/** Is the message for the station @p hwaddr of @p hwaddr_len octets? */
bool dhcp_wire_is_for(const struct dhcp_repr *r, const u8_t *hwaddr, u8_t hwaddr_len);

enum dhcp_wire_step { DHCP_WIRE_LAST, DHCP_WIRE_OPTION, DHCP_WIRE_BAD };
/** Go to the next option, in the order of RFC 3396 section 5: options, file, sname. */
enum dhcp_wire_step dhcp_wire_next(const struct dhcp_repr *r, struct dhcp_opt *o);

/** Copy the data of option @p code, put together from its parts (RFC 3396), at most @p size octets of it.
 *  @return octets there are in all, 0: no such option */
size_t dhcp_wire_get(const struct dhcp_repr *r, u8_t code, u8_t *to, size_t size);

/** Write the fixed part of a request: DHCP_WIRE_OPTIONS octets at @p m, which are zero; @p ciaddr in network order. */
void dhcp_wire_put(u8_t *m, u32_t xid, u16_t secs, u32_t ciaddr, const u8_t *hwaddr, u8_t hwaddr_len);

/** Write an option of @p len octets.  @return position behind it */
u8_t *dhcp_wire_put_opt(u8_t *at, u8_t code, const void *data, u8_t len);

/** Write the client identifier made of a hardware address of @p len octets (RFC 2132 section 9.14).  @return position behind it */
u8_t *dhcp_wire_put_client_id(u8_t *at, const u8_t *hwaddr, u8_t len);

#endif
