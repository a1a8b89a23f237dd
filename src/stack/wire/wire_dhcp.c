/** DHCP messages and their options (RFC 2131, 2132, 3396). */
#include "wire_dhcp.h"
#include <string.h>

#define COOKIE 0x63825363u
#define BOOTREQUEST 1
#define BOOTREPLY 2
#define HTYPE_ETHERNET 1

enum step { OPTION, LAST, BAD };

/** Go on within the area @p o is in. */
static enum step step(const u8_t *m, struct dhcp_opt *o)
{
  while (o->at < o->end) {
    u8_t code = m[o->at++];

    if (code == DHCP_OPT_PAD) {
      continue;
    }
    if (code == DHCP_OPT_END) {
      o->at = o->end;
      return LAST;
    }
    if (o->at >= o->end || m[o->at] >= o->end - o->at) {
      return BAD;
    }
    o->code = code;
    o->len = m[o->at];
    o->data = m + o->at + 1;
    o->at += o->len + 1u;
    return OPTION;
  }
  return BAD; /* no end (RFC 2132 section 3.2) */
}

/** Enter the next area that holds options.  @return false: there is none */
static bool next_area(const struct dhcp_repr *r, struct dhcp_opt *o)
{
  while (++o->area <= 3) {
    if (o->area == 1) {
      o->at = DHCP_WIRE_OPTIONS;
      o->end = r->len;
      return true;
    }
    if (r->overload & (o->area - 1)) {
      o->at = o->area == 2 ? DHCP_WIRE_FILE : DHCP_WIRE_SNAME;
      o->end = o->area == 2 ? DHCP_WIRE_OPTIONS - 4 : DHCP_WIRE_FILE;
      return true;
    }
  }
  return false;
}

bool dhcp_wire_next(const struct dhcp_repr *r, struct dhcp_opt *o)
{
  for (;;) {
    if (o->area != 0 && step(r->m, o) == OPTION) {
      return true;
    }
    if (!next_area(r, o)) {
      return false;
    }
  }
}

/** Does every area end well?  Learn on the way, from the first one alone, which there are. */
static bool check_options(struct dhcp_repr *r)
{
  struct dhcp_opt o = { NULL, 0, 0, 0, 0, 0 };

  r->overload = 0;
  while (next_area(r, &o)) {
    enum step s;

    while ((s = step(r->m, &o)) == OPTION) {
      if (o.area == 1 && o.code == DHCP_OPT_OVERLOAD && o.len == 1) {
        r->overload = o.data[0] & 3;
      }
    }
    if (s == BAD) {
      return false;
    }
  }
  return true;
}

size_t dhcp_wire_get(const struct dhcp_repr *r, u8_t code, u8_t *to, size_t size)
{
  struct dhcp_opt o = { NULL, 0, 0, 0, 0, 0 };
  size_t total = 0;

  while (dhcp_wire_next(r, &o)) {
    if (o.code != code) {
      continue;
    }
    if (total < size) {
      memcpy(to + total, o.data, o.len < size - total ? o.len : size - total);
    }
    total += o.len;
  }
  return total;
}

/** The first four octets of option @p code as they lie there; 0: no such option, or shorter. */
static u32_t get_word(const struct dhcp_repr *r, u8_t code)
{
  u8_t b[4];

  return dhcp_wire_get(r, code, b, 4) >= 4 ? ne32_get(b) : 0;
}

static u32_t get_number(const struct dhcp_repr *r, u8_t code)
{
  u32_t word = get_word(r, code);
  return be32_get((const u8_t *)&word);
}

bool dhcp_wire_parse(const u8_t *m, size_t len, struct dhcp_repr *r)
{
  if (len < DHCP_WIRE_OPTIONS || m[0] != BOOTREPLY || m[1] != HTYPE_ETHERNET ||
      be32_get(m + DHCP_WIRE_OPTIONS - 4) != COOKIE) {
    return false;
  }
  r->m = m;
  r->len = len;
  if (!check_options(r) || dhcp_wire_get(r, DHCP_OPT_TYPE, &r->type, 1) != 1) {
    return false;
  }
  r->xid = be32_get(m + 4);
  r->yiaddr = ne32_get(m + 16);
  r->siaddr = ne32_get(m + 20);
  r->server_id = get_word(r, DHCP_OPT_SERVER_ID);
  r->mask = get_word(r, DHCP_OPT_MASK);
  r->router = get_word(r, DHCP_OPT_ROUTER);
  r->lease_s = get_number(r, DHCP_OPT_LEASE);
  r->t1_s = get_number(r, DHCP_OPT_T1);
  r->t2_s = get_number(r, DHCP_OPT_T2);
  return true;
}

bool dhcp_wire_is_for(const struct dhcp_repr *r, const u8_t *hwaddr, u8_t hwaddr_len)
{
  return r->m[2] == hwaddr_len && memcmp(r->m + 28, hwaddr, hwaddr_len) == 0;
}

void dhcp_wire_put(u8_t *m, u32_t xid, u16_t secs, u32_t ciaddr, const u8_t *hwaddr, u8_t hwaddr_len)
{
  memset(m, 0, DHCP_WIRE_OPTIONS);
  m[0] = BOOTREQUEST;
  m[1] = HTYPE_ETHERNET;
  m[2] = hwaddr_len;
  be32_put(m + 4, xid);
  be16_put(m + 8, secs);
  ne32_put(m + 12, ciaddr);
  memcpy(m + 28, hwaddr, hwaddr_len);
  be32_put(m + DHCP_WIRE_OPTIONS - 4, COOKIE);
}

u8_t *dhcp_wire_put_opt(u8_t *at, u8_t code, const void *data, u8_t len)
{
  *at++ = code;
  *at++ = len;
  memcpy(at, data, len);
  return at + len;
}
