/** Messages and options of neighbour discovery. */
#include "wire_nd6.h"
#include <string.h>

u8_t nd6_wire_fixed_len(u8_t type)
{
  static const u8_t len[] = { ND6_WIRE_RS_LEN, ND6_WIRE_RA_LEN, ND6_WIRE_NS_LEN, ND6_WIRE_NA_LEN, ND6_WIRE_RD_LEN };

  return type >= ICMP6_WIRE_RS && type <= ICMP6_WIRE_REDIRECT ? len[type - ICMP6_WIRE_RS] : 0;
}

bool nd6_wire_check(const u8_t *m, size_t len)
{
  size_t at;

  if (len < ICMP6_WIRE_HLEN || m[1] != 0) {
    return false;
  }
  at = nd6_wire_fixed_len(m[0]);
  if (at == 0) {
    return false;
  }
  while (at + 2 <= len && m[at + 1] != 0) {
    at += nd6_wire_opt_len(m + at);
  }
  return at == len;
}

const u8_t *nd6_wire_find(const u8_t *o, const u8_t *end, u8_t type)
{
  while (o < end) {
    if (o[0] == type) {
      return o;
    }
    o += nd6_wire_opt_len(o);
  }
  return NULL;
}

const u8_t *nd6_wire_lladdr(const u8_t *o, const u8_t *end, u8_t type, size_t hwlen)
{
  static const u8_t none[6];

  o = nd6_wire_find(o, end, type);
  if (hwlen == 0 || o == NULL || nd6_wire_opt_len(o) != nd6_wire_lladdr_len(hwlen)) {
    return NULL;
  }
  o += 2;
  /* Ethernet: a station, not a group (RFC 4861 allows what its link allows). */
  return hwlen == sizeof none && ((o[0] & 1) != 0 || memcmp(o, none, sizeof none) == 0) ? NULL : o;
}

u8_t *nd6_wire_put_lladdr(u8_t *o, u8_t type, const u8_t *hwaddr, size_t hwlen)
{
  const size_t len = nd6_wire_lladdr_len(hwlen);

  if (hwlen == 0) {
    return o;
  }
  memset(o, 0, len);
  o[0] = type;
  o[1] = (u8_t)(len / 8);
  memcpy(o + 2, hwaddr, hwlen);
  return o + len;
}
