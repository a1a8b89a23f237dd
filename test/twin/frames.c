/** Frames of chance. */
#include "frames.h"
#include <string.h>

enum { FRAME_MAX = 1514, TAG = 4 };

static uint32_t serial;

static void put16(uint8_t *p, unsigned v)
{
  p[0] = (uint8_t)(v >> 8);
  p[1] = (uint8_t)v;
}

static unsigned get16(const uint8_t *p)
{
  return (unsigned)p[0] << 8 | p[1];
}

unsigned frame_sum(unsigned sum, const uint8_t *p, size_t len)
{
  for (; len > 1; len -= 2, p += 2) {
    sum += get16(p);
    sum = (sum & 0xFFFF) + (sum >> 16);
  }
  if (len > 0) {
    sum += (unsigned)p[0] << 8;
    sum = (sum & 0xFFFF) + (sum >> 16);
  }
  return sum;
}

static void fill(uint8_t *p, size_t len)
{
  uint32_t x = ++serial * 2654435761u + 12345u;
  size_t i;

  for (i = 0; i < len; i++) {
    x = x * 1664525u + 1013904223u;
    p[i] = (uint8_t)(x >> 24);
  }
  if (len >= 4) {
    memcpy(p + len - 4, &serial, 4); /* no two are the same */
  }
}

static unsigned field_of(unsigned proto)
{
  return proto == 17 ? 6 : proto == 6 ? 16 : proto == 1 || proto == 58 ? 2 : 0;
}

/** Behind @p at: an IPv4 packet to the end of the frame. */
static void make_ip4(struct twin_frame *f, size_t at, bool fragment)
{
  static const uint8_t protos[] = { 17, 6, 1, 2 };
  uint8_t *h = f->octets + at;
  const size_t hlen = twin_chance(8) == 0 ? 24 : 20, len = f->len - at - hlen;
  const unsigned proto = protos[twin_chance(4)], field = field_of(proto);
  unsigned sum;

  memset(h, 0, hlen);
  h[0] = (uint8_t)(0x40 | hlen / 4);
  put16(h + 2, (unsigned)(hlen + len));
  h[8] = 64;
  h[9] = (uint8_t)proto;
  memcpy(h + 12, "\x0A\x07\x00\x02\x0A\x07\x00\x01", 8);
  put16(h + 6, fragment ? 0x2000u | twin_chance(100) : 0x4000);
  put16(h + 10, ~frame_sum(0, h, hlen) & 0xFFFF);
  if (field == 0 || fragment) {
    return;
  }
  put16(h + hlen + field, 0);
  sum = proto == 1 ? 0 : frame_sum(proto + (unsigned)len, h + 12, 8);
  sum = ~frame_sum(sum, h + hlen, len) & 0xFFFF;
  put16(h + hlen + field, sum == 0 && proto == 17 ? 0xFFFF : sum);
}

static void make_ip6(struct twin_frame *f, size_t at)
{
  static const uint8_t protos[] = { 17, 6, 58, 59 };
  uint8_t *h = f->octets + at;
  const size_t len = f->len - at - 40;
  const unsigned proto = protos[twin_chance(4)], field = field_of(proto);
  unsigned sum;

  h[0] = 0x60;
  put16(h + 4, (unsigned)len);
  h[6] = (uint8_t)proto;
  if (field == 0) {
    return;
  }
  put16(h + 40 + field, 0);
  sum = ~frame_sum(frame_sum(proto + (unsigned)len, h + 8, 32), h + 40, len) & 0xFFFF;
  put16(h + 40 + field, sum == 0 && proto == 17 ? 0xFFFF : sum);
}

static void spoil_sum(struct twin_frame *f, size_t at, bool v6)
{
  const size_t where = v6 ? at + 41 : at + (twin_chance(2) == 0 ? 8 : 30);

  f->octets[where] = (uint8_t)(f->octets[where] ^ (1u << twin_chance(8)));
  f->bad_sum = true;
}

/** A tag does not make the packet shorter: the longest frame is longer by it. */
static void tag(struct twin_frame *f)
{
  memmove(f->octets + 12 + TAG, f->octets + 12, f->len - 12u);
  put16(f->octets + 12, 0x8100);
  f->len = (uint16_t)(f->len + TAG);
}

void frame_random(struct twin_frame *f, const uint8_t mac[6], bool received)
{
  const unsigned kind = twin_chance(8);
  const unsigned least = received ? 60 : kind < 4 ? 80 : 20;
  size_t at = 14;

  f->bad_sum = false;
  f->len = (uint16_t)(twin_chance(3) == 0 ? FRAME_MAX - twin_chance(4) : least + twin_chance(FRAME_MAX - least));
  if (kind < 4 && f->len < 100) {
    f->len = 100;
  }
  fill(f->octets, f->len);
  memcpy(f->octets + (received ? 0 : 6), mac, 6);
  memcpy(f->octets + (received ? 6 : 0), "\x02\x00\x00\x00\x00\x01", 6);
  if (twin_chance(6) == 0) {
    tag(f);
    at = 18;
  }
  if (kind < 3) {
    put16(f->octets + at - 2, 0x0800);
    make_ip4(f, at, kind == 2 && twin_chance(2) == 0);
  } else if (kind == 3) {
    put16(f->octets + at - 2, 0x86DD);
    make_ip6(f, at);
  } else {
    put16(f->octets + at - 2, kind == 4 && at == 14 ? 0x0100 : 0x88B5);
  }
  if (received && kind < 4 && twin_chance(4) == 0) {
    spoil_sum(f, at, kind == 3);
  }
}

void frame_open_sums(struct twin_frame *f)
{
  const struct twin_sum_status s = twin_sum_check(f->octets, f->len);
  const size_t at = get16(f->octets + 12) == 0x8100 ? 18 : 14;
  uint8_t *h = f->octets + at;
  const size_t hlen = s.v6 ? 40 : (h[0] & 15u) * 4u;

  if (s.verdict == SUM_NOT_IP || twin_chance(8) == 0) {
    return; /* a forwarded packet keeps its checksums */
  }
  if (!s.v6) {
    put16(h + 10, 0);
  }
  if (s.type != 0 && twin_chance(8) != 0) {
    put16(h + hlen + field_of(s.v6 ? h[6] : h[9]), 0);
  }
}
