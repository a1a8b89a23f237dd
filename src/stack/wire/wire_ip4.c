/** IPv4: a checksum made anew, and options, which nobody sends but the curious (RFC 791 section 3.1, RFC 7126). */
#include "wire_ip4.h"

enum {
  OPT_END = 0,
  OPT_NOP = 1,
  OPT_RECORD_ROUTE = 7,
  OPT_TIMESTAMP = 68,
  OPT_LSRR = 131,
  OPT_SSRR = 137,
  OPT_COPIED = 0x80
};

/** Length of the option at @p o with @p left octets to the end of the header, 0 if it is malformed. */
static u8_t option_len(const u8_t *o, size_t left)
{
  if (o[0] == OPT_NOP) {
    return 1;
  }
  if (left < 2 || o[1] < 2 || o[1] > left) {
    return 0;
  }
  return o[1];
}

/** The pointer of a route or timestamp option counts from 1 and has to lie behind the fixed octets. */
static bool option_allowed(const u8_t *o, u8_t len)
{
  if (o[0] == OPT_LSRR || o[0] == OPT_SSRR) {
    return false;
  }
  if (o[0] == OPT_RECORD_ROUTE) {
    return len >= 3 && o[2] >= 4;
  }
  if (o[0] == OPT_TIMESTAMP) {
    return len >= 4 && o[2] >= 5;
  }
  return true;
}

bool ip4_wire_options_ok(const u8_t *opt, size_t len)
{
  while (len > 0 && opt[0] != OPT_END) {
    const u8_t n = option_len(opt, len);
    if (n == 0 || !option_allowed(opt, n)) {
      return false;
    }
    opt += n;
    len -= n;
  }
  return true;
}

u8_t ip4_wire_options_copy(const u8_t *opt, u8_t len, u8_t *to)
{
  u8_t put = 0;

  while (len > 0 && opt[0] != OPT_END) {
    const u8_t n = option_len(opt, len);
    if (n == 0) {
      break;
    }
    const bool keep = (opt[0] & OPT_COPIED) != 0;
    u8_t i;
    for (i = 0; i < n && keep; i++) {
      to[put++] = opt[i];
    }
    opt += n;
    len = (u8_t)(len - n);
  }
  while (put % 4 != 0) {
    to[put++] = OPT_END;
  }
  return put;
}

void ip4_wire_chksum_renew(u8_t *h, u8_t hlen)
{
  ip4_wire_chksum_put(h, hlen);
}
