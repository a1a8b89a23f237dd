/** TCP headers on the wire (RFC 9293 3.1, 3.2).
 *  LINK: wire/wire_tcp.c */
#include "wire/wire_tcp.h"
#include <check.h>
#include <stdlib.h>
#include <string.h>

/* A header with @p n octets of options at its end, in memory of exactly its size, so that reading past it is seen. */
static u8_t *header(const void *options, size_t n)
{
  u8_t *h = (u8_t *)calloc(1, 20 + n);

  be16_put(h, 0x1234);
  be16_put(h + 2, 80);
  be32_put(h + 4, 0x01020304);
  be32_put(h + 8, 0xfffefdfc);
  h[12] = (u8_t)((20 + n) << 2);
  h[13] = TCP_F_ACK | TCP_F_PSH;
  be16_put(h + 14, 0xffff);
  if (n > 0) {
    memcpy(h + 20, options, n);
  }
  return h;
}

START_TEST(fields_are_read)
{
  u8_t *h = header(NULL, 0);
  struct tcp_repr r;

  ck_assert_uint_eq(tcp_wire_parse(h, 20, &r), 20);
  ck_assert_uint_eq(r.sport, 0x1234);
  ck_assert_uint_eq(r.dport, 80);
  ck_assert_uint_eq(r.seq, 0x01020304);
  ck_assert_uint_eq(r.ack, 0xfffefdfc);
  ck_assert_uint_eq(r.flags, TCP_F_ACK | TCP_F_PSH);
  ck_assert_uint_eq(r.wnd, 0xffff); /* MUST-1: unsigned */
  ck_assert_uint_eq(r.opts, 0);
  free(h);
}
END_TEST

/* TCP-01: truncated; the data offset outside the segment. */
START_TEST(short_ones_are_refused)
{
  static const u8_t nops[40] = { 1, 1, 1, 1 };
  u8_t *h = header(nops, 40);
  struct tcp_repr r;
  size_t len;
  u8_t off;

  for (len = 0; len < 60; len++) {
    ck_assert_uint_eq(tcp_wire_parse(h, len, &r), 0);
  }
  ck_assert_uint_eq(tcp_wire_parse(h, 60, &r), 60);
  for (off = 0; off < 5; off++) {
    h[12] = (u8_t)(off << 4);
    ck_assert_uint_eq(tcp_wire_parse(h, 60, &r), 0);
  }
  free(h);
}
END_TEST

struct option_row {
  const char *what;
  u8_t n, ok, opts;
  u8_t o[40];
};

/* clang-format off */
static const struct option_row rows[] = {
  { "MSS (MUST-14)",                          4, 1, TCP_O_MSS, { 2, 4, 5, 0xb4 } },
  { "not on a word boundary (MUST-64)",       8, 1, TCP_O_MSS, { 1, 2, 4, 5, 0xb4, 1, 1, 1 } },
  { "an unknown one is skipped (MUST-6)",     8, 1, TCP_O_MSS, { 77, 4, 9, 9, 2, 4, 5, 0xb4 } },
  { "unknown of two octets",                  4, 1, 0,         { 77, 2, 77, 2 } },
  { "after the end nothing counts (MUST-69)", 8, 1, 0,         { 0, 9, 9, 9, 2, 99, 0, 0 } },
  { "window scale",                           4, 1, TCP_O_WSCALE, { 1, 3, 3, 7 } },
  { "SACK permitted",                         4, 1, TCP_O_SACK_PERM, { 1, 1, 4, 2 } },
  { "timestamps",                            12, 1, TCP_O_TS,  { 1, 1, 8, 10, 0, 0, 0, 1, 0, 0, 0, 2 } },
  { "one SACK block",                        12, 1, TCP_O_SACK, { 1, 1, 5, 10, 0, 0, 0, 1, 0, 0, 0, 2 } },
  { "MSS cut at the end (TCP-06)",            4, 0, 0,         { 1, 1, 1, 2 } },
  { "MSS without its value (TCP-06)",         4, 0, 0,         { 1, 1, 2, 4 } },
  { "a kind octet behind 39 NOPs (TCP-06)",  40, 0, 0,         { 1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,8 } },
  { "length 0 (MUST-7)",                      4, 0, 0,         { 2, 0, 0, 0 } },
  { "length 1",                               4, 0, 0,         { 77, 1, 0, 0 } },
  { "length past the header",                 4, 0, 0,         { 77, 40, 0, 0 } },
  { "MSS of length 3",                        4, 0, 0,         { 2, 3, 5, 1 } },
  { "window scale of length 2 at the end",    4, 0, 0,         { 1, 1, 3, 2 } },
  { "SACK permitted of length 3",             4, 0, 0,         { 4, 3, 0, 0 } },
  { "timestamps of length 9 (TCP-27)",       12, 0, 0,         { 1, 1, 8, 9, 0, 0, 0, 1, 0, 0, 0, 1 } },
  { "SACK not of 8n + 2 (TCP-09)",           12, 0, 0,         { 1, 1, 5, 9, 0, 0, 0, 1, 0, 0, 0, 1 } },
  { "SACK without a block (TCP-09)",          4, 0, 0,         { 1, 1, 5, 2 } },
};
/* clang-format on */

START_TEST(options)
{
  const struct option_row *row = &rows[_i];
  u8_t *h = header(row->o, row->n);
  struct tcp_repr r;
  u8_t hlen = tcp_wire_parse(h, 20u + row->n, &r);

  ck_assert_msg(hlen == (row->ok ? 20 + row->n : 0), "%s", row->what);
  ck_assert_msg(!row->ok || r.opts == row->opts, "%s", row->what);
  free(h);
}
END_TEST

/* RFC 7323 2.3: a shift count above 14 counts as 14. */
START_TEST(scale_is_limited)
{
  u8_t *h = header("\1\3\3\377", 4);
  struct tcp_repr r;

  ck_assert_uint_eq(tcp_wire_parse(h, 24, &r), 24);
  ck_assert_uint_eq(r.wscale, 14);
  free(h);
}
END_TEST

START_TEST(emit_is_the_inverse)
{
  static const u8_t blocks[32] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 };
  unsigned opts;

  for (opts = 0; opts < 64; opts++) {
    struct tcp_repr r = {
      .seq = 0x11223344, .ack = 0x55667788, .sport = 1, .dport = 65535, .wnd = 4711, .flags = TCP_F_ACK
    };
    struct tcp_repr back;
    u8_t h[60];
    u8_t n;

    r.opts = (u8_t)opts;
    r.mss = 1460;
    r.wscale = 7;
    r.tsval = 0xdeadbeef;
    r.tsecr = 0xcafe0000;
    r.sack = blocks;
    r.nsack = 4;
    r.cookie = blocks;
    r.cookie_len = (u8_t)((opts & TCP_O_SACK) ? 0 : 4 + 2 * (opts & 3)); /* a SYN has no SACK */
    memset(h, 0xee, sizeof h);
    n = tcp_wire_emit(h, &r);
    ck_assert_uint_eq(n, tcp_wire_len(&r));
    ck_assert_uint_le(n, 60);
    ck_assert_uint_eq(tcp_wire_parse(h, n, &back), n);
    ck_assert_uint_eq(back.opts, r.opts);
    ck_assert_uint_eq(back.seq, r.seq);
    ck_assert_uint_eq(back.ack, r.ack);
    ck_assert_uint_eq(back.sport, 1);
    ck_assert_uint_eq(back.dport, 65535);
    ck_assert_uint_eq(back.wnd, 4711);
    if (opts & TCP_O_FASTOPEN) {
      ck_assert_uint_eq(back.cookie_len, r.cookie_len);
      ck_assert_int_eq(memcmp(back.cookie, r.cookie, r.cookie_len), 0);
    }
    if (opts & TCP_O_MSS) {
      ck_assert_uint_eq(back.mss, 1460);
    }
    if (opts & TCP_O_TS) {
      ck_assert_uint_eq(back.tsval, r.tsval);
      ck_assert_uint_eq(back.tsecr, r.tsecr);
    }
    if (opts & TCP_O_SACK) {
      ck_assert_uint_ge(back.nsack, 1);
      ck_assert_uint_eq(tcp_wire_sack_left(&back, 0), 0x01020304);
      ck_assert_uint_eq(tcp_wire_sack_right(&back, 0), 0x05060708);
    }
  }
}
END_TEST

/* A cookie that does not fit behind the other options is left out, and one of a wrong length is none. */
START_TEST(fastopen_limits)
{
  static const u8_t blocks[16];
  struct tcp_repr r = { .flags = TCP_F_SYN, .opts = 0x2f, .cookie = blocks, .cookie_len = 16 };
  u8_t h[60];
  u8_t n, len;

  n = tcp_wire_emit(h, &r);
  ck_assert_uint_eq(n, 44);
  ck_assert_uint_eq(tcp_wire_parse(h, n, &r), n);
  ck_assert_uint_eq(r.opts, 0x0f);
  for (len = 2; len < 40; len++) {
    memset(h, 0, sizeof h);
    h[12] = 60 << 2;
    h[20] = 34;
    h[21] = len;
    ck_assert_uint_eq(tcp_wire_parse(h, 60, &r), 60);
    ck_assert_uint_eq((r.opts & TCP_O_FASTOPEN) != 0, len == 2 || (len >= 6 && len <= 18 && len % 2 == 0));
  }
}
END_TEST

int main(void)
{
  Suite *s = suite_create("wire_tcp");
  TCase *c = tcase_create("wire_tcp");
  SRunner *r;
  int failed;

  tcase_add_test(c, fields_are_read);
  tcase_add_test(c, short_ones_are_refused);
  tcase_add_loop_test(c, options, 0, (int)(sizeof rows / sizeof rows[0]));
  tcase_add_test(c, scale_is_limited);
  tcase_add_test(c, emit_is_the_inverse);
  tcase_add_test(c, fastopen_limits);
  suite_add_tcase(s, c);
  r = srunner_create(s);
  srunner_run_all(r, CK_ENV);
  failed = srunner_ntests_failed(r);
  srunner_free(r);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
