/**
 * DNS on the wire (RFC 1035 section 4): octets only, no state.
 *  0    2       4         6         8         10        12
 *  | id | flags | QDCOUNT | ANCOUNT | NSCOUNT | ARCOUNT | questions, records...
 * A position is an offset into the message; position 0 (the header) stands for "malformed".
 */
#ifndef LWIP_STACK_WIRE_WIRE_DNS_H
#define LWIP_STACK_WIRE_WIRE_DNS_H

#include "../base/bytes.h"
#include <stdbool.h>

enum {
  DNS_WIRE_HDR = 12,       /**< octets of header; the first question begins here */
  DNS_WIRE_NAME_MAX = 253, /**< octets of a name as text without the last dot (RFC 1035 section 3.1: 255 on the wire) */
  DNS_WIRE_LABEL_MAX = 63,

  DNS_WIRE_A = 1,
  DNS_WIRE_CNAME = 5,
  DNS_WIRE_SOA = 6,
  DNS_WIRE_AAAA = 28,
  DNS_WIRE_IN = 1,
  DNS_WIRE_FLUSH = 0x8000, /**< in the class of a multicast answer (RFC 6762 section 10.2) */

  DNS_WIRE_NO_SUCH_NAME = 3 /**< RCODE */
};

/** A message as received; @c len octets at @c m. */
struct dns_wire {
  const u8_t *m;
  u32_t len;
};

/** A resource record; @c name and @c data are positions.  (Words: Cortex-M reaches those on the stack with shorter instructions.) */
struct dns_wire_rr {
  u32_t ttl; /**< seconds */
  u32_t name, type, klass, data, data_len;
};

/* clang-format off */
static inline u16_t dns_wire_id(const struct dns_wire *w)      { return be16_get(w->m); }
static inline u8_t dns_wire_rcode(const struct dns_wire *w)    { return w->m[3] & 0x0F; }
static inline bool dns_wire_truncated(const struct dns_wire *w)   { return (w->m[2] & 2) != 0; }
static inline u16_t dns_wire_ancount(const struct dns_wire *w) { return be16_get(w->m + 6); }
static inline u16_t dns_wire_nscount(const struct dns_wire *w) { return be16_get(w->m + 8); }
/* clang-format on */

/** Is it a response to a standard query with exactly one question? */
static inline bool dns_wire_is_answer(const struct dns_wire *w)
{
  return w->len >= DNS_WIRE_HDR && (w->m[2] & 0xF8) == 0x80 && be16_get(w->m + 4) == 1;
}

/** Octets of the query about @p name. */
static inline u16_t dns_wire_query_len(size_t name_len)
{
  return (u16_t)(DNS_WIRE_HDR + name_len + 2 + 4);
}

/** Is the text @p name, of @p len octets, a name of labels of 1 to 63 octets, 253 in all? */
bool dns_wire_name_ok(const char *name, size_t len);

/**
 * Write a query with one question of class IN to the dns_wire_query_len() octets at @p m.
 * @param name  dns_wire_name_ok() holds
 * @param mix   bit n flips the case of the letter at offset n (mod 32) (LWIP_X_DNS_0X20), 0: as given
 */
void dns_wire_put_query(u8_t *m, u16_t id, bool recurse, const char *name, u32_t mix, u32_t type);

/** @return position behind the first question if it is the one dns_wire_put_query() wrote, case included; else 0 */
u32_t dns_wire_same_question(const struct dns_wire *w, const char *name, u32_t mix, u32_t type);

/** Read the record at @p pos.  @return position behind it, 0 if it is malformed or not all there */
u32_t dns_wire_get_rr(const struct dns_wire *w, u32_t pos, struct dns_wire_rr *rr);

/** @return position behind the name at @p pos, 0 if it is malformed: each pointer must lead to before the labels that
 *  led to it, so that every walk ends, and the whole may not exceed 255 octets */
u32_t dns_wire_skip_name(const struct dns_wire *w, u32_t pos);

/** Are the names at @p a and @p b, both well-formed, the same but for case? */
bool dns_wire_same_name(const struct dns_wire *w, u32_t a, u32_t b);

#endif
