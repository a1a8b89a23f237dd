/** IPv6 addresses as text: RFC 4291 section 2.2 in, RFC 5952 out.
 *  LINK: base/ip4_addr.c base/ip4_text.c base/def.c link/ip_text.c link/ip6_text.c
 *  LINK: link/netif_names.c */
#include "lwip/inet.h"
#include "lwip/ip_addr.h"
#include "lwip/netif.h"
#include <check.h>
#include <stdlib.h>
#include <string.h>

struct netif *netif_list, *netif_default;

#if LWIP_IPV6

/* clang-format off */
static const struct {
  const char *text;
  const char *canonical; /* NULL: no address */
} texts[] = {
  { "2001:db8::1",                              "2001:db8::1" },
  { "::",                                       "::" },
  { "::1",                                      "::1" },
  { "1::",                                      "1::" },
  { "fe80::1:2",                                "fe80::1:2" },
  { "1:2:3:4:5:6:7:8",                          "1:2:3:4:5:6:7:8" },
  { "2001:DB8::ABCD",                           "2001:db8::abcd" },        /* 4.3 lower case */
  { "2001:0db8:0000:0000:0000:0000:0002:0001",  "2001:db8::2:1" },         /* 4.1 no leading zeros */
  { "2001:db8:0:1:1:1:1:1",                     "2001:db8:0:1:1:1:1:1" },  /* 4.2.2 one group is not shortened */
  { "2001:0:0:1:0:0:0:1",                       "2001:0:0:1::1" },         /* 4.2.3 the longest run */
  { "2001:db8:0:0:1:0:0:1",                     "2001:db8::1:0:0:1" },     /* 4.2.3 the first of two */
  { "0:0:0:0:0:0:0:0",                          "::" },
  { "1:0:0:0:0:0:0:0",                          "1::" },
  { "0:0:0:0:0:0:0:1",                          "::1" },
  { "1:2:3:4:5:6::",                            "1:2:3:4:5:6::" },
  { "::3:4:5:6:7:8",                            "::3:4:5:6:7:8" },
  { "1:2:3:4:5:6:7::",                          "1:2:3:4:5:6:7:0" },
  { "::2:3:4:5:6:7:8",                          "0:2:3:4:5:6:7:8" },
  { "::ffff:192.168.0.1",                       "::ffff:192.168.0.1" },    /* 5 */
  { "64:ff9b::192.0.2.33",                      "64:ff9b::c000:221" },
  { "1:2:3:4:5:6:7.8.9.10",                     "1:2:3:4:5:6:708:90a" },
  { "::1 ",                                     "::1" },
  { "::1\n",                                    "::1" },
  { "",                                         NULL },
  { ":",                                        NULL },
  { ":::",                                      NULL },
  { ":1",                                       NULL },
  { "1:",                                       NULL },
  { "1",                                        NULL },
  { "::1::",                                    NULL },
  { "1::2::3",                                  NULL },
  { "1:::2",                                    NULL },
  { "1:2:3:4:5:6:7",                            NULL },
  { "1:2:3:4:5:6:7:8:9",                        NULL },
  { "1:2:3:4:5:6:7:8:",                         NULL },
  { "1:2:3:4:5:6:7:8::",                        NULL },
  { "::1:2:3:4:5:6:7:8",                        NULL },
  { "1::2:3:4:5:6:7:8",                         NULL }, /* :: stands for one group at least */
  { "12345::",                                  NULL },
  { "00001::",                                  NULL },
  { "g::",                                      NULL },
  { "::g",                                      NULL },
  { "1.2.3.4",                                  NULL },
  { "::1.2.3",                                  NULL },
  { "::1.2.3.4.5",                              NULL },
  { "::256.1.1.1",                              NULL },
  { "::01.2.3.4",                               NULL },
  { "::1.2.3.4:5",                              NULL },
  { "1.2.3.4::",                                NULL },
  { "1:2:3:4:5:6:7:1.2.3.4",                    NULL },
  { "::1/64",                                   NULL },
  { " ::1",                                     NULL },
  { "[::1]",                                    NULL },
};
/* clang-format on */

START_TEST(in_and_out)
{
  ip6_addr_t a;
  char buf[IP6ADDR_STRLEN_MAX];
  int ok = texts[_i].canonical != NULL, len;

  ck_assert_msg(ip6addr_aton(texts[_i].text, &a) == ok, "\"%s\"", texts[_i].text);
  ck_assert_int_eq(ip6addr_aton(texts[_i].text, NULL), ok);
  if (ok) {
    len = (int)strlen(texts[_i].canonical);
    ck_assert_str_eq(ip6addr_ntoa(&a), texts[_i].canonical);
    ck_assert_ptr_null(ip6addr_ntoa_r(&a, buf, len));
    ck_assert_ptr_eq(ip6addr_ntoa_r(&a, buf, len + 1), buf);
    ck_assert_str_eq(buf, texts[_i].canonical);
  }
}
END_TEST

START_TEST(the_longest_form_fits)
{
  ip6_addr_t a;

  memset(&a, 0, sizeof a);
  memset(a.addr, 0xff, sizeof a.addr);
  ck_assert_str_eq(ip6addr_ntoa(&a), "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff");
}
END_TEST

START_TEST(in6_addr_has_no_room_for_a_zone)
{
  struct {
    struct in6_addr in;
    u8_t behind[8];
  } s;

  memset(&s, 0xa5, sizeof s);
  ck_assert_int_eq(inet6_aton("fe80::1", &s.in), 1);
  ck_assert_uint_eq(s.behind[0], 0xa5);
  ck_assert_uint_eq(s.in.s6_addr[0], 0xfe);
  ck_assert_str_eq(inet6_ntoa(s.in), "fe80::1");
}
END_TEST

#if LWIP_IPV6_SCOPES
/* clang-format off */
static const struct {
  const char *text;
  int zone; /* -1: no address */
} zones[] = {
  { "fe80::1",         0 },
  { "fe80::1%en0",     1 },
  { "fe80::1%2",       2 },
  { "fe80::1%255",   255 },
  { "fe80::1%en0 ",    1 },
  { "fe80::1%",       -1 },
  { "fe80::1%0",      -1 },
  { "fe80::1%256",    -1 },
  { "fe80::1%en7",    -1 },
  { "fe80::1%nothing", -1 },
};
/* clang-format on */

START_TEST(zones_are_interfaces)
{
  struct netif en;
  ip6_addr_t a;

  memset(&en, 0, sizeof en);
  memcpy(en.name, "en", 2);
  netif_list = &en;
  ck_assert_msg(ip6addr_aton(zones[_i].text, &a) == (zones[_i].zone >= 0), "\"%s\"", zones[_i].text);
  if (zones[_i].zone >= 0) {
    ck_assert_int_eq(ip6_addr_zone(&a), zones[_i].zone);
  }
}
END_TEST
#endif

#if LWIP_IPV4
START_TEST(either_family)
{
  ip_addr_t a;
  char buf[IPADDR_STRLEN_MAX];

  ck_assert_int_eq(ipaddr_aton("::1", &a), 1);
  ck_assert(IP_IS_V6(&a));
  ck_assert_str_eq(ipaddr_ntoa(&a), "::1");
  ck_assert_int_eq(ipaddr_aton("1.2.3.4", &a), 1);
  ck_assert(IP_IS_V4(&a));
  ck_assert_str_eq(ipaddr_ntoa_r(&a, buf, sizeof buf), "1.2.3.4");
  ck_assert_int_eq(ipaddr_aton("1.2.3.4 :", &a), 1);
  ck_assert_int_eq(ipaddr_aton("x", &a), 0);
  ck_assert_int_eq(ipaddr_aton(NULL, &a), 0);
  ck_assert_ptr_null(ipaddr_ntoa(NULL));
}
END_TEST
#endif

static TCase *cases(void)
{
  TCase *t = tcase_create("ip6_addr_text");

  tcase_add_loop_test(t, in_and_out, 0, (int)LWIP_ARRAYSIZE(texts));
  tcase_add_test(t, the_longest_form_fits);
  tcase_add_test(t, in6_addr_has_no_room_for_a_zone);
#if LWIP_IPV6_SCOPES
  tcase_add_loop_test(t, zones_are_interfaces, 0, (int)LWIP_ARRAYSIZE(zones));
#endif
#if LWIP_IPV4
  tcase_add_test(t, either_family);
#endif
  return t;
}

#else

/** Without IPv6 there is nothing to test here. */
static TCase *cases(void)
{
  return tcase_create("ip6_addr_text");
}

#endif

int main(void)
{
  Suite *s = suite_create("ip6_addr_text");
  SRunner *r = srunner_create(s);
  int failed;

  suite_add_tcase(s, cases());
  srunner_run_all(r, CK_ENV);
  failed = srunner_ntests_failed(r);
  srunner_free(r);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
