/**
 * Parse and emit TCP headers.  Options that this build does not use are skipped like unknown ones.
 */
#include "wire_tcp.h"

#include "lwip/opt.h"

#include <string.h>

enum {
  OPT_END = 0,
  OPT_NOP = 1,
  OPT_MSS = 2,
  OPT_WSCALE = 3,
  OPT_SACK_PERM = 4,
  OPT_SACK = 5,
  OPT_TS = 8,
  OPT_FASTOPEN = 34
};

enum { WSCALE_MAX = 14 }; /* RFC 7323 2.3: more means 14 */

#if LWIP_X_TCP_FASTOPEN

/* RFC 7413 4.1.1: a cookie of another length is no cookie. */
static void parse_fastopen(const u8_t *o, u8_t olen, struct tcp_repr *r)
{
  if (olen == 2 || (olen >= 6 && olen <= 18 && olen % 2 == 0)) {
    r->opts |= TCP_O_FASTOPEN;
    r->cookie_len = (u8_t)(olen - 2);
    r->cookie = o + 2;
  }
}

/* Behind so many octets of header; 0: there is none, or no room. */
static u8_t fastopen_len(const struct tcp_repr *r, size_t before)
{
  u8_t len = (u8_t)((2 + r->cookie_len + 3) & ~3);

  return (r->opts & TCP_O_FASTOPEN) && before + len <= TCP_WIRE_HLEN_MAX ? len : 0;
}

static u8_t *emit_fastopen(u8_t *o, const struct tcp_repr *r, size_t before)
{
  u8_t len = (r->opts & TCP_O_FASTOPEN) ? fastopen_len(r, before) : 0, olen = (u8_t)(2 + r->cookie_len);

  if (len == 0) {
    return o;
  }
  memset(o, OPT_NOP, (size_t)(len - olen));
  o += len - olen;
  o[0] = OPT_FASTOPEN;
  o[1] = olen;
  if (r->cookie_len != 0) { /* a request for one points nowhere */
    MEMCPY(o + 2, r->cookie, r->cookie_len);
  }
  return o + olen;
}

#else

static void parse_fastopen(const u8_t *o, u8_t olen, struct tcp_repr *r)
{
  (void)o, (void)olen, (void)r;
}

static u8_t fastopen_len(const struct tcp_repr *r, size_t before)
{
  (void)r, (void)before;
  return 0;
}

static u8_t *emit_fastopen(u8_t *o, const struct tcp_repr *r, size_t before)
{
  (void)r, (void)before;
  return o;
}

#endif

/* Decode one option whose length octet was checked to lie inside the header; false: its length is wrong for its kind. */
static bool parse_option(const u8_t *o, u8_t olen, struct tcp_repr *r)
{
  if (o[0] == OPT_MSS) {
    if (olen != 4) {
      return false;
    }
    r->opts |= TCP_O_MSS;
    r->mss = be16_get(o + 2);
  } else if (LWIP_WND_SCALE && o[0] == OPT_WSCALE) {
    if (olen != 3) {
      return false;
    }
    r->opts |= TCP_O_WSCALE;
    r->wscale = o[2] > WSCALE_MAX ? WSCALE_MAX : o[2];
  } else if (TCP_WIRE_SACK && o[0] == OPT_SACK_PERM) {
    r->opts |= TCP_O_SACK_PERM;
    return olen == 2;
  } else if (TCP_WIRE_SACK && o[0] == OPT_SACK) {
    r->opts |= TCP_O_SACK;
    r->nsack = (u8_t)((olen - 2) / 8);
    r->sack = o + 2;
    return olen >= 10 && (olen - 2) % 8 == 0;
  } else if (LWIP_TCP_TIMESTAMPS && o[0] == OPT_TS) {
    if (olen != 10) {
      return false;
    }
    r->opts |= TCP_O_TS;
    r->tsval = be32_get(o + 2);
    r->tsecr = be32_get(o + 6);
  } else if (LWIP_X_TCP_FASTOPEN && o[0] == OPT_FASTOPEN) {
    parse_fastopen(o, olen, r);
  }
  return true; /* RFC 9293 MUST-6: unknown ones are skipped by their length */
}

static bool parse_options(const u8_t *o, const u8_t *end, struct tcp_repr *r)
{
  while (o < end && o[0] != OPT_END) {
    if (o[0] == OPT_NOP) {
      o++;
    } else if (end - o < 2 || o[1] < 2 || o[1] > end - o || !parse_option(o, o[1], r)) {
      return false;
    } else {
      o += o[1];
    }
  }
  return true;
}

u8_t tcp_wire_parse(const u8_t *h, size_t len, struct tcp_repr *r)
{
  u8_t hlen;

  if (len < TCP_WIRE_HLEN) {
    return 0;
  }
  hlen = tcp_wire_hlen(h);
  if (hlen < TCP_WIRE_HLEN || hlen > len) {
    return 0;
  }
  r->sport = be16_get(h);
  r->dport = be16_get(h + 2);
  r->seq = be32_get(h + 4);
  r->ack = be32_get(h + 8);
  r->flags = h[13];
  r->wnd = be16_get(h + 14);
  r->opts = 0;
  r->nsack = 0;
  if (hlen > TCP_WIRE_HLEN && !parse_options(h + TCP_WIRE_HLEN, h + hlen, r)) {
    return 0;
  }
  return hlen;
}

/* How many SACK blocks fit behind the other options. */
static u8_t sack_blocks(const struct tcp_repr *r, u8_t before)
{
  u8_t room = (u8_t)((TCP_WIRE_HLEN_MAX - before - 4) / 8);

  return r->nsack < room ? r->nsack : room;
}

static u8_t len_without_sack(const struct tcp_repr *r)
{
  unsigned n = TCP_WIRE_HLEN;

  n += (r->opts & TCP_O_MSS) ? 4 : 0;
  n += (LWIP_WND_SCALE && (r->opts & TCP_O_WSCALE)) ? 4 : 0;
  n += (TCP_WIRE_SACK && (r->opts & TCP_O_SACK_PERM)) ? 4 : 0;
  n += (LWIP_TCP_TIMESTAMPS && (r->opts & TCP_O_TS)) ? TCP_WIRE_TS_LEN : 0;
  n += fastopen_len(r, n);
  return (u8_t)n;
}

u8_t tcp_wire_len(const struct tcp_repr *r)
{
  u8_t n = len_without_sack(r);

  if (LWIP_TCP_SACK_OUT && (r->opts & TCP_O_SACK) && sack_blocks(r, n) > 0) {
    n = (u8_t)(n + 4 + 8 * sack_blocks(r, n));
  }
  return n;
}

/* Each option is padded in front with NOP to 32 bits, so that its numbers are aligned. */
static u8_t *emit_options(u8_t *o, const struct tcp_repr *r)
{
  const u8_t *begin = o - TCP_WIRE_HLEN;

  if (r->opts & TCP_O_MSS) {
    be32_put(o, (u32_t)OPT_MSS << 24 | 4u << 16 | r->mss);
    o += 4;
  }
  if (LWIP_WND_SCALE && (r->opts & TCP_O_WSCALE)) {
    be32_put(o, (u32_t)OPT_NOP << 24 | (u32_t)OPT_WSCALE << 16 | 3u << 8 | r->wscale);
    o += 4;
  }
  if (TCP_WIRE_SACK && (r->opts & TCP_O_SACK_PERM)) {
    be32_put(o, (u32_t)OPT_NOP << 24 | (u32_t)OPT_NOP << 16 | (u32_t)OPT_SACK_PERM << 8 | 2u);
    o += 4;
  }
  if (LWIP_TCP_TIMESTAMPS && (r->opts & TCP_O_TS)) {
    be32_put(o, (u32_t)OPT_NOP << 24 | (u32_t)OPT_NOP << 16 | (u32_t)OPT_TS << 8 | 10u);
    be32_put(o + 4, r->tsval);
    be32_put(o + 8, r->tsecr);
    o += TCP_WIRE_TS_LEN;
  }
  return emit_fastopen(o, r, (size_t)(o - begin));
}

static void emit_sack(u8_t *o, const struct tcp_repr *r, u8_t blocks)
{
  u8_t i;

  if (blocks == 0) {
    return;
  }
  be32_put(o, (u32_t)OPT_NOP << 24 | (u32_t)OPT_NOP << 16 | (u32_t)OPT_SACK << 8 | (2u + 8u * blocks));
  for (i = 0; i < 2 * blocks; i++) {
    be32_put(o + 4 + 4 * i, be32_get(r->sack + 4 * i));
  }
}

u8_t tcp_wire_emit(u8_t *h, const struct tcp_repr *r)
{
  u8_t hlen = r->opts == 0 ? TCP_WIRE_HLEN : tcp_wire_len(r);

  be16_put(h, r->sport);
  be16_put(h + 2, r->dport);
  be32_put(h + 4, r->seq);
  be32_put(h + 8, r->ack);
  h[12] = (u8_t)(hlen << 2);
  h[13] = r->flags;
  be16_put(h + 14, r->wnd);
  be32_put(h + TCP_WIRE_CHKSUM, 0);
  if (r->opts != 0) {
    u8_t *o = emit_options(h + TCP_WIRE_HLEN, r);

    if (LWIP_TCP_SACK_OUT && (r->opts & TCP_O_SACK)) {
      emit_sack(o, r, sack_blocks(r, (u8_t)(o - h)));
    }
  }
  return hlen;
}
