/** The IPv4 header and its options on the wire.
 *  LINK: wire/wire_ip4.c */
#include "wire/wire_ip4.h"
#include <check.h>
#include <stdlib.h>
#include <string.h>

START_TEST(header_is_read_as_written)
{
  u8_t h[20];

  ip4_wire_emit(h, 20, 0x12, 1234, 0xbeef, IP4_WIRE_DF, 64, 17, ne32_get((const u8_t *)"\x0a\1\2\3"),
                ne32_get((const u8_t *)"\x0a\4\5\6"));
  ip4_wire_chksum_put(h, 20);
  ck_assert_uint_eq(ip4_wire_version(h), 4);
  ck_assert_uint_eq(ip4_wire_hlen(h), 20);
  ck_assert_uint_eq(ip4_wire_tos(h), 0x12);
  ck_assert_uint_eq(ip4_wire_len(h), 1234);
  ck_assert_uint_eq(ip4_wire_id(h), 0xbeef);
  ck_assert_uint_eq(ip4_wire_frag(h), IP4_WIRE_DF);
  ck_assert(!ip4_wire_is_fragment(h));
  ck_assert_uint_eq(ip4_wire_ttl(h), 64);
  ck_assert_uint_eq(ip4_wire_proto(h), 17);
  ck_assert_int_eq(memcmp(h + 12, "\x0a\1\2\3\x0a\4\5\6", 8), 0);
  ck_assert_uint_eq(ip4_wire_sum(h, 20), 0xffff);
}
END_TEST

START_TEST(known_checksum)
{
  /* a header from RFC-like examples: 192.168.0.1 -> 192.168.0.199, UDP, checksum 0xb861 */
  u8_t h[20] = { 0x45, 0, 0, 0x73, 0, 0, 0x40, 0, 0x40, 0x11, 0xb8, 0x61, 0xc0, 0xa8, 0, 1, 0xc0, 0xa8, 0, 0xc7 };

  ck_assert_uint_eq(ip4_wire_sum(h, 20), 0xffff);
  ip4_wire_chksum_put(h, 20);
  ck_assert_uint_eq(be16_get(h + 10), 0xb861);
}
END_TEST

/* RFC 1624: correcting the checksum gives what summing anew gives, for every TTL and checksum. */
START_TEST(ttl_dec_keeps_checksum)
{
  u8_t h[20];
  unsigned id, ttl;

  for (id = 0; id < 0x10000; id += 7) {
    for (ttl = 1; ttl < 256; ttl += 127) {
      ip4_wire_emit(h, 20, 0, 40, (u16_t)id, 0, (u8_t)ttl, 6, 0x01020304, 0x05060708);
      ip4_wire_chksum_put(h, 20);
      ip4_wire_ttl_dec(h);
      ck_assert_uint_eq(ip4_wire_ttl(h), ttl - 1);
      ck_assert_uint_eq(ip4_wire_sum(h, 20), 0xffff);
    }
  }
}
END_TEST

/* clang-format off */
static const struct {
  const char *what;
  u8_t len;
  u8_t opt[12];
  bool ok;
} options[] = {
  { "none",                                    0, { 0 },                                true  },
  { "end of list",                             4, { 0, 1, 2, 3 },                       true  },
  { "no operation",                            4, { 1, 1, 1, 1 },                       true  },
  { "router alert (RFC 2113)",                 4, { 0x94, 4, 0, 0 },                    true  },
  { "unknown, well formed, is skipped",        4, { 0x82, 4, 9, 9 },                    true  },
  { "length 0 must not loop",                  4, { 0x82, 0, 0, 0 },                    false },
  { "length 1 is shorter than type and length", 4, { 0x82, 1, 0, 0 },                   false },
  { "length past the header",                  4, { 0x82, 5, 0, 0 },                    false },
  { "type as the last octet",                  4, { 1, 1, 1, 0x82 },                    false },
  { "record route",                            8, { 7, 7, 4, 0, 0, 0, 0, 0 },           true  },
  { "record route, pointer into its header",   8, { 7, 7, 3, 0, 0, 0, 0, 0 },           false },
  { "record route, no pointer",                4, { 7, 2, 0, 0 },                       false },
  { "timestamp",                               8, { 68, 8, 5, 0, 0, 0, 0, 0 },          true  },
  { "timestamp, overflow nibble full",         8, { 68, 8, 9, 0xf0, 0, 0, 0, 0 },       true  },
  { "timestamp, pointer into its header",      8, { 68, 8, 4, 0, 0, 0, 0, 0 },          false },
  { "timestamp without flags",                 4, { 68, 3, 5, 0 },                      false },
  { "loose source route (RFC 7126)",           8, { 131, 7, 4, 10, 0, 0, 9, 0 },        false },
  { "strict source route",                     8, { 137, 7, 4, 10, 0, 0, 9, 0 },        false },
  { "source route behind no operation",        8, { 1, 131, 7, 4, 10, 0, 0, 9 },        false },
};
/* clang-format on */

START_TEST(options_are_judged)
{
  size_t i;

  for (i = 0; i < sizeof options / sizeof options[0]; i++) {
    ck_assert_msg(ip4_wire_options_ok(options[i].opt, options[i].len) == options[i].ok, "%s", options[i].what);
  }
}
END_TEST

START_TEST(every_type_with_length_0)
{
  unsigned type;

  for (type = 2; type < 256; type++) {
    const u8_t opt[4] = { (u8_t)type, 0, 0, 0 };
    ck_assert_msg(!ip4_wire_options_ok(opt, 4), "type %u", type);
  }
}
END_TEST

/* RFC 791: only options with the copied flag go into the fragments behind the first. */
START_TEST(copied_options)
{
  static const u8_t opt[12] = { 1, 7, 3, 4, 0x94, 4, 0, 7, 1, 1, 0, 0 };
  u8_t to[40];

  ck_assert_uint_eq(ip4_wire_options_copy(opt, 12, to), 4);
  ck_assert_int_eq(memcmp(to, "\x94\4\0\7", 4), 0);
  ck_assert_uint_eq(ip4_wire_options_copy(opt, 4, to), 0);
}
END_TEST

int main(void)
{
  Suite *s = suite_create("wire_ip4");
  TCase *tc = tcase_create("wire_ip4");
  SRunner *sr;
  int failed;

  tcase_add_test(tc, header_is_read_as_written);
  tcase_add_test(tc, known_checksum);
  tcase_add_test(tc, ttl_dec_keeps_checksum);
  tcase_add_test(tc, options_are_judged);
  tcase_add_test(tc, every_type_with_length_0);
  tcase_add_test(tc, copied_options);
  suite_add_tcase(s, tc);
  sr = srunner_create(s);
  srunner_run_all(sr, CK_ENV);
  failed = srunner_ntests_failed(sr);
  srunner_free(sr);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
