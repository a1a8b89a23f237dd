/** DHCP messages and their options (RFC 2131, 2132, 3396). */
#include "wire_dhcp.h"
#include "lwip/opt.h"
#include <string.h>

#define COOKIE 0x63825363u
#define BOOTREQUEST 1
#define BOOTREPLY 2
#define HTYPE_ETHERNET 1

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

enum dhcp_wire_step dhcp_wire_next(const struct dhcp_repr *r, struct dhcp_opt *o)
{
  for (;;) {
    if (o->at >= o->end) {
      if (o->area != 0 && o->code != DHCP_OPT_END) {
        return DHCP_WIRE_BAD; /* no end (RFC 2132 section 3.2) */
      }
      o->code = DHCP_OPT_PAD;
      if (!next_area(r, o)) {
        return DHCP_WIRE_LAST;
      }
      continue;
    }
    o->code = r->m[o->at++];
    if (o->code == DHCP_OPT_END) {
      o->at = o->end;
    } else if (o->code != DHCP_OPT_PAD) {
      break;
    }
  }
  if (o->at >= o->end || r->m[o->at] >= o->end - o->at) {
    return DHCP_WIRE_BAD;
  }
  o->len = r->m[o->at++];
  o->data = r->m + o->at;
  o->at += o->len;
  return DHCP_WIRE_OPTION;
}

/** Does every area end well?  Learn on the way, from the first one alone, which there are. */
static bool check_options(struct dhcp_repr *r)
{
  struct dhcp_opt o = { NULL, 0, 0, 0, 0, 0 };
  enum dhcp_wire_step s;

  r->overload = 0;
  while ((s = dhcp_wire_next(r, &o)) == DHCP_WIRE_OPTION) {
    if (o.area == 1 && o.code == DHCP_OPT_OVERLOAD && o.len == 1) {
      r->overload = o.data[0] & 3;
    }
  }
  return s == DHCP_WIRE_LAST;
}

size_t dhcp_wire_get(const struct dhcp_repr *r, u8_t code, u8_t *to, size_t size)
{
  struct dhcp_opt o = { NULL, 0, 0, 0, 0, 0 };
  size_t total = 0;

  while (dhcp_wire_next(r, &o) == DHCP_WIRE_OPTION) {
    if (o.code != code) {
      continue;
    }
    if (total < size) {
      MEMCPY(to + total, o.data, o.len < size - total ? o.len : size - total);
    }
    total += o.len;
  }
  return total;
}

bool dhcp_wire_parse(const u8_t *m, size_t len, struct dhcp_repr *r)
{
  static const u8_t words[DHCP_WORDS] = {
    [DHCP_SERVER_ID] = DHCP_OPT_SERVER_ID, [DHCP_MASK] = DHCP_OPT_MASK, [DHCP_ROUTER] = DHCP_OPT_ROUTER,
    [DHCP_LEASE] = DHCP_OPT_LEASE,         [DHCP_T1] = DHCP_OPT_T1,     [DHCP_T2] = DHCP_OPT_T2,
  };
  unsigned i;

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
  for (i = 0; i < DHCP_WORDS; i++) {
    u8_t b[4];

    r->word[i] = dhcp_wire_get(r, words[i], b, 4) >= 4 ? ne32_get(b) : 0;
  }
  return true;
}

bool dhcp_wire_is_for(const struct dhcp_repr *r, const u8_t *hwaddr, u8_t hwaddr_len)
{
  u8_t same = 0;

  while (same < hwaddr_len && r->m[28 + same] == hwaddr[same]) {
    same++;
  }
  return r->m[2] == hwaddr_len && same == hwaddr_len;
}

void dhcp_wire_put(u8_t *m, u32_t xid, u16_t secs, u32_t ciaddr, const u8_t *hwaddr, u8_t hwaddr_len)
{
  m[0] = BOOTREQUEST;
  m[1] = HTYPE_ETHERNET;
  m[2] = hwaddr_len;
  be32_put(m + 4, xid);
  be16_put(m + 8, secs);
  ne32_put(m + 12, ciaddr);
  MEMCPY(m + 28, hwaddr, hwaddr_len);
  be32_put(m + DHCP_WIRE_OPTIONS - 4, COOKIE);
}

u8_t *dhcp_wire_put_client_id(u8_t *at, const u8_t *hwaddr, u8_t len)
{
  at[0] = DHCP_OPT_CLIENT_ID;
  at[1] = (u8_t)(1 + len);
  at[2] = HTYPE_ETHERNET;
  MEMCPY(at + 3, hwaddr, len);
  return at + 3 + len;
}

u8_t *dhcp_wire_put_opt(u8_t *at, u8_t code, const void *data, u8_t len)
{
  *at++ = code;
  *at++ = len;
  MEMCPY(at, data, len);
  return at + len;
}
