/** LINK: wire/wire_dhcp.c base/def.c
 *  DHCP messages and options (RFC 2131, 2132, 3396), hostile ones included (bad-inputs DHCP-01, -03, -04). */
#include "wire/wire_dhcp.h"
#include "lwip/def.h"
#include <check.h>
#include <stdlib.h>
#include <string.h>

#define BYTES(s) s, sizeof(s) - 1

static const u8_t mac[6] = { 2, 0, 0, 0, 0, 1 };

/** A reply with @p options, in a buffer of exactly its size. */
static u8_t *reply(const char *options, size_t len)
{
  u8_t *m = (u8_t *)calloc(1, DHCP_WIRE_OPTIONS + len);

  dhcp_wire_put(m, 0x12345678, 0, 0, mac, 6);
  m[0] = 2;
  memcpy(m + DHCP_WIRE_OPTIONS, options, len);
  return m;
}

/* clang-format off */
static const struct {
  const char *what, *options;
  size_t len;
  const char *file, *sname; /* their first octets, or NULL; four are copied */
  bool ok;
  u32_t lease_s;
} replies[] = {
  { "an offer",                   BYTES("\x35\1\2\xff"),                                   NULL, NULL, true, 0 },
  { "pads",                       BYTES("\0\0\x35\1\2\0\0\xff\0\0"),                       NULL, NULL, true, 0 },
  { "a lease time",               BYTES("\x35\1\5\x33\4\0\0\0\x3c\xff"),                   NULL, NULL, true, 60 },
  { "a lease time too short",     BYTES("\x35\1\5\x33\3\0\0\x3c\xff"),                     NULL, NULL, true, 0 },
  { "a lease time in two parts",  BYTES("\x35\1\5\x33\2\0\0\x33\2\0\x3c\xff"),             NULL, NULL, true, 60 },
  { "options behind the end",     BYTES("\x35\1\5\xff\x33\4\0\0\0\x3c"),                   NULL, NULL, true, 0 },
  { "no end",                     BYTES("\x35\1\2"),                                       NULL, NULL, false, 0 },
  { "no type",                    BYTES("\xff"),                                           NULL, NULL, false, 0 },
  { "a type of two octets",       BYTES("\x35\2\2\2\xff"),                                 NULL, NULL, false, 0 },
  { "a type of none",             BYTES("\x35\0\xff"),                                     NULL, NULL, false, 0 },
  { "two types",                  BYTES("\x35\1\2\x35\1\5\xff"),                           NULL, NULL, false, 0 },
  { "nothing",                    BYTES(""),                                               NULL, NULL, false, 0 },
  { "an option without length",   BYTES("\x35\1\2\x33"),                                   NULL, NULL, false, 0 },
  { "an option past the end",     BYTES("\x35\1\2\x33\xff\0\xff"),                         NULL, NULL, false, 0 },
  { "an option up to the end",    BYTES("\x35\1\2\x33\2\0\0"),                             NULL, NULL, false, 0 },
  { "only pads",                  BYTES("\0\0\0\0"),                                       NULL, NULL, false, 0 },
  { "file has options",           BYTES("\x35\1\5\x34\1\1\xff"),                           "\x33\4\0\0", NULL, false, 0 },
  { "sname has options",          BYTES("\x35\1\5\x34\1\2\xff"),                           NULL, "\xff", true, 0 },
  { "the type is in file",        BYTES("\x34\1\1\xff"),                                   "\x35\1\5\xff", NULL, true, 0 },
  { "the type is in sname",       BYTES("\x34\1\2\xff"),                                   NULL, "\x35\1\5\xff", true, 0 },
  { "both have options",          BYTES("\x35\1\5\x34\1\3\xff"),                           "\xff", "\xff", true, 0 },
  { "file has no end",            BYTES("\x35\1\5\x34\1\1\xff"),                           NULL, NULL, false, 0 },
  { "sname has no end",           BYTES("\x35\1\5\x34\1\3\xff"),                           "\xff", NULL, false, 0 },
  { "an option out of file",      BYTES("\x35\1\5\x34\1\1\xff"),                           "\x33\x7f\xff\xff", NULL, false, 0 },
  { "an option out of sname",     BYTES("\x35\1\5\x34\1\2\xff"),                           NULL, "\x33\x3f\xff\xff", false, 0 },
  { "overload inside overload",   BYTES("\x35\1\5\x34\1\1\xff"),                           "\x34\1\3\xff", NULL, true, 0 },
  { "overload 255",               BYTES("\x35\1\5\x34\1\xff\xff"),                         "\xff", "\xff", true, 0 },
  { "overload of two octets",     BYTES("\x35\1\5\x34\2\1\1\xff"),                         NULL, NULL, true, 0 },
};
/* clang-format on */

START_TEST(parse)
{
  u8_t *m = reply(replies[_i].options, replies[_i].len);
  struct dhcp_repr r;

  if (replies[_i].file != NULL) {
    memcpy(m + DHCP_WIRE_FILE, replies[_i].file, strlen(replies[_i].file) + 1);
  }
  if (replies[_i].sname != NULL) {
    memcpy(m + DHCP_WIRE_SNAME, replies[_i].sname, strlen(replies[_i].sname) + 1);
  }
  ck_assert_msg(dhcp_wire_parse(m, DHCP_WIRE_OPTIONS + replies[_i].len, &r) == replies[_i].ok, "%s", replies[_i].what);
  if (replies[_i].ok) {
    ck_assert_uint_eq(r.xid, 0x12345678);
    ck_assert_msg(lwip_ntohl(r.word[DHCP_LEASE]) == replies[_i].lease_s, "%s: lease %u", replies[_i].what,
                  (unsigned)lwip_ntohl(r.word[DHCP_LEASE]));
    ck_assert(dhcp_wire_is_for(&r, mac, 6));
  }
  free(m);
}
END_TEST

/** A message that ends anywhere before its options' end is none. */
START_TEST(cut)
{
  static const char options[] = "\x35\1\2\x36\4\1\2\3\4\xff";
  size_t len;

  for (len = 0; len < DHCP_WIRE_OPTIONS + sizeof options - 1; len++) {
    u8_t *whole = reply(BYTES(options)), *m = (u8_t *)malloc(len + 1);
    struct dhcp_repr r;

    memcpy(m, whole, len);
    ck_assert_msg(!dhcp_wire_parse(m, len, &r), "%u octets", (unsigned)len);
    free(whole);
    free(m);
  }
}
END_TEST

START_TEST(fixed_part)
{
  static const struct {
    const char *what;
    size_t at;
    u8_t value;
  } table[] = {
    { "a request", 0, 1 },
    { "hardware type 0", 1, 0 },
    { "hardware type 6", 1, 6 },
    { "another cookie", 239, 0x64 },
  };
  struct dhcp_repr r;
  size_t i;

  for (i = 0; i < sizeof table / sizeof table[0]; i++) {
    u8_t *m = reply(BYTES("\x35\1\2\xff"));

    m[table[i].at] = table[i].value;
    ck_assert_msg(!dhcp_wire_parse(m, DHCP_WIRE_OPTIONS + 4, &r), "%s", table[i].what);
    free(m);
  }
}
END_TEST

START_TEST(other_station)
{
  static const u8_t other[6] = { 2, 0, 0, 0, 0, 2 };
  u8_t *m = reply(BYTES("\x35\1\2\xff"));
  struct dhcp_repr r;
  size_t hlen;

  ck_assert(dhcp_wire_parse(m, DHCP_WIRE_OPTIONS + 4, &r));
  ck_assert(!dhcp_wire_is_for(&r, other, 6));
  for (hlen = 0; hlen < 256; hlen++) {
    m[2] = (u8_t)hlen;
    ck_assert(dhcp_wire_is_for(&r, mac, 6) == (hlen == 6));
  }
  free(m);
}
END_TEST

/** RFC 3396 section 5: the parts of an option are put together over options, file and sname, in that order. */
START_TEST(parts)
{
  u8_t *m = reply(BYTES("\x35\1\5\x34\1\3\x06\2\1\2\xff"));
  struct dhcp_repr r;
  u8_t to[8];

  memcpy(m + DHCP_WIRE_FILE, "\x06\3\3\4\5\xff", 6);
  memcpy(m + DHCP_WIRE_SNAME, "\x06\1\6\xff", 4);
  ck_assert(dhcp_wire_parse(m, DHCP_WIRE_OPTIONS + 11, &r));
  ck_assert_uint_eq(dhcp_wire_get(&r, DHCP_OPT_DNS, to, sizeof to), 6);
  ck_assert_mem_eq(to, "\1\2\3\4\5\6", 6);
  memset(to, 9, sizeof to);
  ck_assert_uint_eq(dhcp_wire_get(&r, DHCP_OPT_DNS, to, 4), 6);
  ck_assert_mem_eq(to, "\1\2\3\4\x9", 5);
  ck_assert_uint_eq(dhcp_wire_get(&r, DHCP_OPT_NTP, to, 4), 0);
  free(m);
}
END_TEST

/** An option of 255 octets. */
START_TEST(long_option)
{
  char options[3 + 2 + 255 + 1];
  struct dhcp_repr r;
  u8_t to[8], *m;

  memcpy(options, "\x35\1\5\x06\xff", 5);
  memset(options + 5, 7, 255);
  options[260] = (char)0xff;
  m = reply(options, sizeof options);
  ck_assert(dhcp_wire_parse(m, DHCP_WIRE_OPTIONS + sizeof options, &r));
  ck_assert_uint_eq(dhcp_wire_get(&r, DHCP_OPT_DNS, to, sizeof to), 255);
  free(m);
}
END_TEST

START_TEST(emit)
{
  u8_t m[DHCP_WIRE_OPTIONS + 8], *end;

  memset(m, 0, sizeof m);
  dhcp_wire_put(m, 0x01020304, 0x0506, 0, mac, 6);
  ck_assert_mem_eq(m, "\1\1\6\0\1\2\3\4\5\6\0\0\0\0\0\0", 16);
  ck_assert_mem_eq(m + 28, mac, 6);
  ck_assert_mem_eq(m + 236, "\x63\x82\x53\x63", 4);
  end = dhcp_wire_put_opt(m + DHCP_WIRE_OPTIONS, DHCP_OPT_MAX_SIZE, "\2\x40", 2);
  ck_assert_ptr_eq(end, m + DHCP_WIRE_OPTIONS + 4);
  ck_assert_mem_eq(m + DHCP_WIRE_OPTIONS, "\x39\2\2\x40", 4);
}
END_TEST

#define COUNT(table) ((int)(sizeof(table) / sizeof((table)[0])))

int main(void)
{
  Suite *s = suite_create("wire_dhcp");
  TCase *t = tcase_create("wire_dhcp");
  SRunner *r = srunner_create(s);
  int failed;

  suite_add_tcase(s, t);
  tcase_add_loop_test(t, parse, 0, COUNT(replies));
  tcase_add_test(t, cut);
  tcase_add_test(t, fixed_part);
  tcase_add_test(t, other_station);
  tcase_add_test(t, parts);
  tcase_add_test(t, long_option);
  tcase_add_test(t, emit);
  srunner_run_all(r, CK_ENV);
  failed = srunner_ntests_failed(r);
  srunner_free(r);
  return failed != 0;
}
