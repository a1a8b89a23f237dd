/** The checksum engines, by sums over whole headers: nothing of the stack's arithmetic. */
#include "twin.h"
#include <string.h>

static unsigned get16(const uint8_t *p)
{
  return (unsigned)p[0] << 8 | p[1];
}

static uint32_t add(uint32_t sum, const uint8_t *p, size_t len)
{
  size_t i;

  for (i = 0; i + 1 < len; i += 2) {
    sum += get16(p + i);
  }
  if (i < len) {
    sum += (uint32_t)p[i] << 8;
  }
  return sum;
}

static unsigned fold(uint32_t sum)
{
  while (sum >> 16 != 0) {
    sum = (sum & 0xFFFF) + (sum >> 16);
  }
  return sum;
}

/** Where things are in a frame the engine understands. */
struct view {
  bool ip, v6, fragment;
  const uint8_t *h;
  size_t hlen, l4len;
  unsigned proto, type, field;
};

static bool look(struct view *v, const uint8_t *f, size_t len)
{
  size_t at = 14, total;
  unsigned ethertype;

  memset(v, 0, sizeof *v);
  if (len < 34) {
    return false;
  }
  ethertype = get16(f + 12);
  if (ethertype == 0x8100) {
    ethertype = get16(f + 16);
    at = 18;
  }
  v->h = f + at;
  if (ethertype == 0x0800 && len >= at + 20 && f[at] >> 4 == 4) {
    v->hlen = (f[at] & 15u) * 4u;
    total = get16(v->h + 2);
    v->fragment = (get16(v->h + 6) & 0x3FFF) != 0;
    v->proto = v->h[9];
  } else if (ethertype == 0x86DD && len >= at + 40 && f[at] >> 4 == 6) {
    v->v6 = true;
    v->hlen = 40;
    total = 40 + get16(v->h + 4);
    v->proto = v->h[6];
  } else {
    return false;
  }
  if (v->hlen < 20 || total < v->hlen || at + total > len) {
    return false;
  }
  v->ip = true;
  v->l4len = total - v->hlen;
  v->type = v->proto == 17 ? 1 : v->proto == 6 ? 2 : v->proto == (v->v6 ? 58u : 1u) ? 3 : 0;
  v->field = v->type == 1 ? 6 : v->type == 2 ? 16 : 2;
  if (v->type != 0 && v->l4len < v->field + 2u) {
    v->type = 0;
  }
  return true;
}

static unsigned payload_sum(const struct view *v)
{
  uint32_t sum = 0;

  if (v->v6) {
    sum = add(sum, v->h + 8, 32) + v->proto + (uint32_t)v->l4len;
  } else if (v->type != 3) {
    sum = add(sum, v->h + 12, 8) + v->proto + (uint32_t)v->l4len;
  }
  return fold(add(sum, v->h + v->hlen, v->l4len));
}

struct twin_sum_status twin_sum_check(const uint8_t *f, size_t len)
{
  struct view v;
  struct twin_sum_status s = { SUM_NOT_IP, false, 0 };

  if (!look(&v, f, len)) {
    return s;
  }
  s.v6 = v.v6;
  s.type = v.fragment ? 0 : v.type;
  if (!v.v6 && fold(add(0, v.h, v.hlen)) != 0xFFFF) {
    s.verdict = SUM_BAD_HEADER;
  } else if (v.fragment || v.type == 0) {
    s.verdict = SUM_BYPASSED;
  } else if (v.type == 1 && !v.v6 && get16(v.h + v.hlen + 6) == 0) {
    s.verdict = SUM_GOOD; /* a datagram without a checksum */
  } else {
    s.verdict = payload_sum(&v) == 0xFFFF ? SUM_GOOD : SUM_BAD_PAYLOAD;
  }
  return s;
}

static void put16(uint8_t *p, unsigned value)
{
  p[0] = (uint8_t)(value >> 8);
  p[1] = (uint8_t)value;
}

void twin_sum_insert(uint8_t *f, size_t len, unsigned mode)
{
  struct view v;
  uint8_t *h, *field;
  unsigned sum;

  if (mode == 0 || !look(&v, f, len)) {
    return;
  }
  h = f + (v.h - f);
  if (!v.v6) {
    if (get16(h + 10) != 0) {
      twin_fault("checksum insertion over an IP header whose checksum is not 0");
    }
    put16(h + 10, ~fold(add(0, h, v.hlen)) & 0xFFFF);
  }
  if (mode == 1 || v.fragment) {
    return;
  }
  if (v.type == 0) {
    if (v.v6) {
      twin_fault("checksum insertion for IPv6 without UDP, TCP or ICMPv6 (erratum)");
    }
    return;
  }
  if (mode == 2) {
    twin_fault("checksum insertion without pseudo-header: nobody makes that here");
  }
  field = h + v.hlen + v.field;
  if (get16(field) != 0) {
    put16(field, 0); /* what silicon does */
    return;
  }
  sum = ~payload_sum(&v) & 0xFFFF;
  put16(field, sum == 0 && v.type == 1 ? 0xFFFF : sum);
}
