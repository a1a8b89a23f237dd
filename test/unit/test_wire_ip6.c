/** The chain of IPv6 extension headers (RFC 8200 section 4) as tables.  LINK: wire/wire_ip6.c */
#include "wire/wire_ip6.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

/** A header in a table: what it is called in the one before it, and its octets; Next Header is filled in. */
struct part {
  u8_t type;
  u8_t len;
  u8_t octets[24];
};

#define PAD 1, 4, 0, 0, 0, 0
#define TCP \
  {         \
    6, 20,  \
    {       \
      0     \
    }       \
  }
#define TCP_CUT \
  {             \
    6, 16,      \
    {           \
      0         \
    }           \
  }
#define UDP \
  {         \
    17, 8,  \
    {       \
      0     \
    }       \
  }
#define HBH     \
  {             \
    0, 8,       \
    {           \
      0, 0, PAD \
    }           \
  }
#define DEST    \
  {             \
    60, 8,      \
    {           \
      0, 0, PAD \
    }           \
  }
#define FRAG(offset_m)                                  \
  {                                                     \
    44, 8,                                              \
    {                                                   \
      0, 0, (offset_m) >> 8, (offset_m)&255, 1, 2, 3, 4 \
    }                                                   \
  }

struct row {
  const char *what;
  struct part parts[12];
  enum ip6_wire_chain is;
  u16_t hlen; /**< if it is whole or a fragment */
  u16_t at;   /**< of the problem */
};

static const struct row rows[] = {
  /* clang-format off */
  { "TCP alone",                            { TCP },                                             IP6_CHAIN_WHOLE, 40, 0 },
  { "no next header",                       { { 59, 0, { 0 } } },                                IP6_CHAIN_WHOLE, 40, 0 },
  { "hop-by-hop options first",             { HBH, UDP },                                        IP6_CHAIN_WHOLE, 48, 0 },
  { "hop-by-hop, destination, routing done",{ HBH, DEST, { 43, 8, { 0, 0, 0, 0 } }, DEST, TCP }, IP6_CHAIN_WHOLE, 72, 0 },
  { "hop-by-hop options second",            { DEST, HBH, UDP },                                  IP6_CHAIN_ORDER, 0, 40 },
  { "hop-by-hop options twice",             { HBH, HBH, UDP },                                   IP6_CHAIN_ORDER, 0, 40 },
  { "routing type 0 with segments left",    { { 43, 24, { 0, 2, 0, 1 } }, TCP },                 IP6_CHAIN_ROUTING, 0, 42 },
  { "routing type 0 without any left",      { { 43, 24, { 0, 2, 0, 0 } }, TCP },                 IP6_CHAIN_WHOLE, 64, 0 },
  { "unknown routing type, segments left",  { { 43, 8, { 0, 0, 77, 1 } }, TCP },                 IP6_CHAIN_ROUTING, 0, 42 },
  { "unknown option 00: skip",              { { 60, 8, { 0, 0, 0x1e, 4 } }, UDP },               IP6_CHAIN_WHOLE, 48, 0 },
  { "unknown option 01: discard",           { { 60, 8, { 0, 0, 0x5e, 4 } }, UDP },               IP6_CHAIN_DISCARD, 0, 42 },
  { "unknown option 10: tell everybody",    { { 60, 8, { 0, 0, 0x9e, 4 } }, UDP },               IP6_CHAIN_OPTION_ANY, 0, 42 },
  { "unknown option 11: tell if unicast",   { { 60, 8, { 0, 0, 0xde, 4 } }, UDP },               IP6_CHAIN_OPTION, 0, 42 },
  { "the pointer is at the option",         { { 60, 8, { 0, 0, 1, 0, 0xde, 2 } }, UDP },         IP6_CHAIN_OPTION, 0, 44 },
  { "jumbo payload is unknown here",        { { 0, 8, { 0, 0, 0xc2, 4, 0, 1, 0, 0 } }, UDP },    IP6_CHAIN_OPTION, 0, 42 },
  { "an option past its header",            { { 60, 8, { 0, 0, 0x1e, 5 } }, UDP },               IP6_CHAIN_CUT, 0, 42 },
  { "an option cut after its type",         { { 60, 8, { 0, 0, 1, 3, 0, 0, 0, 0x1e } }, UDP },   IP6_CHAIN_CUT, 0, 47 },
  { "a header past the packet",             { { 60, 8, { 0, 9, PAD } } },                        IP6_CHAIN_CUT, 0, 0 },
  { "a header cut after four octets",       { { 60, 4, { 0, 0, 1, 0 } } },                       IP6_CHAIN_CUT, 0, 0 },
  { "padding of eight octets",              { { 60, 16, { 0, 1, 1, 6, [10] = 1, [11] = 4 } }, UDP }, IP6_CHAIN_LIMIT, 0, 0 },
  { "nine options",                         { { 60, 24, { 0, 2, 0x1e, 0, 0x1e, 0, 0x1e, 0, 0x1e, 0, 0x1e, 0, 0x1e, 0, 0x1e, 0, 0x1e, 0, 0x1e, 0 } }, UDP },
                                                                                                 IP6_CHAIN_LIMIT, 0, 0 },
  { "nine headers",                         { DEST, DEST, DEST, DEST, DEST, DEST, DEST, DEST, DEST, UDP }, IP6_CHAIN_LIMIT, 0, 0 },
  { "eight headers",                        { DEST, DEST, DEST, DEST, DEST, DEST, DEST, DEST, UDP }, IP6_CHAIN_WHOLE, 104, 0 },
  { "a first fragment",                     { FRAG(1), TCP },                                    IP6_CHAIN_FRAGMENT, 48, 0 },
  { "a first fragment with all headers",    { HBH, FRAG(1), DEST, TCP },                         IP6_CHAIN_FRAGMENT, 64, 0 },
  { "a later fragment: its octets are none of ours", { FRAG(8), { 0, 8, { 0xff, 0xff, 0xff } } },  IP6_CHAIN_FRAGMENT, 48, 0 },
  { "the last fragment",                    { FRAG(1480), { 6, 3, { 0 } } },                     IP6_CHAIN_FRAGMENT, 48, 0 },
  { "an atomic fragment is whole",          { FRAG(0), UDP },                                    IP6_CHAIN_WHOLE, 48, 0 },
  { "a first fragment without the whole TCP header", { FRAG(1), TCP_CUT },                       IP6_CHAIN_FIRST, 0, 0 },
  { "a first fragment that ends in an option", { FRAG(1), { 60, 8, { 0, 1, PAD } } },            IP6_CHAIN_FIRST, 0, 0 },
  { "a fragment of a fragment",             { FRAG(0), FRAG(0), UDP },                           IP6_CHAIN_LIMIT, 0, 0 },
  /* clang-format on */
};

/** Lay the parts of @p r behind an IPv6 header.  @return octets */
static size_t build(const struct row *r, u8_t *h)
{
  const struct part *p = r->parts;
  u8_t *nexth = h + IP6_WIRE_NEXTH_AT;
  size_t n = IP6_WIRE_HLEN;

  memset(h, 0, n);
  h[0] = 0x60;
  for (; p == r->parts || p->len != 0; p++) {
    memcpy(h + n, p->octets, p->len);
    *nexth = p->type;
    nexth = h + n;
    n += p->len;
  }
  return n;
}

START_TEST(chains)
{
  const struct row *r = &rows[_i];
  u8_t h[400];
  struct ip6_chain c;
  size_t n = build(r, h);
  enum ip6_wire_chain is = ip6_wire_walk(h, n, n, &c);

  ck_assert_msg(is == r->is, "%s: %d instead of %d", r->what, is, r->is);
  if (is == IP6_CHAIN_WHOLE || is == IP6_CHAIN_FRAGMENT) {
    ck_assert_msg(c.hlen == r->hlen, "%s: %u octets of headers", r->what, c.hlen);
    ck_assert_msg(h[c.nexth_at] == c.nexth, "%s: what follows is named elsewhere", r->what);
  } else if (r->at != 0) {
    ck_assert_msg(c.at == r->at, "%s: pointer %u", r->what, c.at);
  }
}
END_TEST

/** Whatever is cut off: never past the end, and never whole when the headers are not. */
START_TEST(every_length)
{
  const struct row *r = &rows[_i];
  u8_t whole[400];
  const size_t n = build(r, whole);
  size_t len;

  for (len = IP6_WIRE_HLEN; len <= n; len++) {
    u8_t *h = malloc(len); /* its end is where the sanitizer looks */
    struct ip6_chain c;
    memcpy(h, whole, len);
    (void)ip6_wire_walk(h, len, len, &c);
    ck_assert_uint_le(c.hlen, len);
    free(h);
  }
}
END_TEST

START_TEST(emit_and_read)
{
  const u32_t src[4] = { 1, 2, 3, 4 }, dst[4] = { 5, 6, 7, 8 };
  u32_t got[4];
  u8_t h[IP6_WIRE_HLEN + 1];

  ip6_wire_emit(h + 1, 0xa5, 0x12345, 1400, 17, 64, src, dst);
  ck_assert_uint_eq(ip6_wire_version(h + 1), 6);
  ck_assert_uint_eq(ip6_wire_class(h + 1), 0xa5);
  ck_assert_uint_eq(ip6_wire_flow(h + 1), 0x12345);
  ck_assert_uint_eq(ip6_wire_plen(h + 1), 1400);
  ck_assert_uint_eq(ip6_wire_nexth(h + 1), 17);
  ck_assert_uint_eq(ip6_wire_hoplim(h + 1), 64);
  ip6_wire_src(h + 1, got);
  ck_assert_mem_eq(got, src, 16);
  ip6_wire_dst(h + 1, got);
  ck_assert_mem_eq(got, dst, 16);
}
END_TEST

START_TEST(router_alert_is_seen)
{
  static const struct row r = {
    "MLD", { { 0, 8, { 0, 0, 5, 2, 0, 0, 1, 0 } }, { 58, 8, { 0 } } }, IP6_CHAIN_WHOLE, 48, 0
  };
  u8_t h[100];
  struct ip6_chain c;
  const size_t n = build(&r, h);

  ck_assert_int_eq(ip6_wire_walk(h, n, n, &c), IP6_CHAIN_WHOLE);
  ck_assert(c.alert);
  ck_assert_uint_eq(c.nexth, 58);
}
END_TEST

int main(void)
{
  Suite *s = suite_create("wire_ip6");
  TCase *t = tcase_create("chain");
  SRunner *r;
  int failed;

  tcase_add_loop_test(t, chains, 0, sizeof rows / sizeof *rows);
  tcase_add_loop_test(t, every_length, 0, sizeof rows / sizeof *rows);
  tcase_add_test(t, emit_and_read);
  tcase_add_test(t, router_alert_is_seen);
  suite_add_tcase(s, t);
  r = srunner_create(s);
  srunner_run_all(r, CK_ENV);
  failed = srunner_ntests_failed(r);
  srunner_free(r);
  return failed != 0;
}
