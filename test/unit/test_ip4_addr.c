/** IPv4 addresses: text in and out (inet_aton, inet_ntoa), masks, broadcast, classes.
 *  LINK: base/ip4_addr.c base/ip4_text.c base/def.c link/ip_text.c link/ip6_text.c
 *  LINK: link/netif_names.c */
#include "lwip/inet.h"
#include "lwip/ip_addr.h"
#include "lwip/netif.h"
#include <check.h>
#include <stdlib.h>
#include <string.h>

#define IP(a, b, c, d) PP_HTONL(LWIP_MAKEU32(a, b, c, d))

struct netif *netif_list, *netif_default;

/* clang-format off */
static const struct {
  const char *text;
  u32_t addr;
  int ok;
} texts[] = {
  { "192.168.0.1",       IP(192, 168, 0, 1),     1 },
  { "0.0.0.0",           0,                      1 },
  { "255.255.255.255",   0xffffffff,             1 },
  { "1.2.3.4 ",          IP(1, 2, 3, 4),         1 }, /* white space ends an address */
  { "1.2.3.4\n",         IP(1, 2, 3, 4),         1 },
  { "1.2.3.4\tx",        IP(1, 2, 3, 4),         1 },
  { "10.1",              IP(10, 0, 0, 1),        1 }, /* the last number fills what is left */
  { "10.1.2",            IP(10, 1, 0, 2),        1 },
  { "10.1.65535",        IP(10, 1, 255, 255),    1 },
  { "10.16777215",       IP(10, 255, 255, 255),  1 },
  { "4294967295",        0xffffffff,             1 },
  { "0x7f000001",        IP(127, 0, 0, 1),       1 },
  { "0x7F.1",            IP(127, 0, 0, 1),       1 },
  { "0300.0250.0.01",    IP(192, 168, 0, 1),     1 }, /* a leading 0 is octal */
  { "0xff.0xFf.0XFF.0",  IP(255, 255, 255, 0),   1 },
  { "00.0.0.0",          0,                      1 },
  { "",                  0,                      0 },
  { " 1.2.3.4",          0,                      0 },
  { ".",                 0,                      0 },
  { "1.",                0,                      0 },
  { "1.2.3.",            0,                      0 },
  { "1..2.3",            0,                      0 },
  { ".1.2.3",            0,                      0 },
  { "1.2.3.4.",          0,                      0 },
  { "1.2.3.4.5",         0,                      0 },
  { "256.1.1.1",         0,                      0 },
  { "1.256.1.1",         0,                      0 },
  { "1.2.3.256",         0,                      0 },
  { "1.2.65536",         0,                      0 },
  { "1.16777216",        0,                      0 },
  { "4294967296",        0,                      0 }, /* no overflow */
  { "99999999999999999", 0,                      0 },
  { "1.2.3.4294967300",  0,                      0 },
  { "0x",                0,                      0 },
  { "0x.1",              0,                      0 },
  { "08.1.1.1",          0,                      0 }, /* no octal digit */
  { "0xg",               0,                      0 },
  { "1.2.3.a",           0,                      0 },
  { "1a.2.3.4",          0,                      0 },
  { "-1.2.3.4",          0,                      0 },
  { "+1.2.3.4",          0,                      0 },
  { "1.2.3.4x",          0,                      0 },
  { "1.2.3.4/24",        0,                      0 },
  { "example.org",       0,                      0 },
};
/* clang-format on */

START_TEST(text_in)
{
  ip4_addr_t a = { 0x12345678 };

  ck_assert_msg(ip4addr_aton(texts[_i].text, &a) == texts[_i].ok, "\"%s\"", texts[_i].text);
  ck_assert_msg(a.addr == (texts[_i].ok ? texts[_i].addr : 0x12345678), "\"%s\"", texts[_i].text);
  ck_assert_int_eq(ip4addr_aton(texts[_i].text, NULL), texts[_i].ok);
  ck_assert_uint_eq(ipaddr_addr(texts[_i].text), texts[_i].ok ? texts[_i].addr : IPADDR_NONE);
}
END_TEST

START_TEST(null_is_no_text)
{
  ip4_addr_t a;

  ck_assert_int_eq(ip4addr_aton(NULL, &a), 0);
}
END_TEST

/* clang-format off */
static const struct {
  u32_t addr;
  const char *text;
} outs[] = {
  { 0,                      "0.0.0.0" },
  { 0xffffffff,             "255.255.255.255" },
  { IP(1, 10, 100, 200),    "1.10.100.200" },
  { IP(109, 99, 9, 19),     "109.99.9.19" },
};
/* clang-format on */

START_TEST(text_out)
{
  const ip4_addr_t a = { outs[_i].addr };
  char buf[IP4ADDR_STRLEN_MAX];
  int len = (int)strlen(outs[_i].text);

  ck_assert_str_eq(ip4addr_ntoa(&a), outs[_i].text);
  memset(buf, '?', sizeof buf);
  ck_assert_ptr_null(ip4addr_ntoa_r(&a, buf, len));
  ck_assert_int_eq(buf[0], '?');
  ck_assert_ptr_eq(ip4addr_ntoa_r(&a, buf, len + 1), buf);
  ck_assert_str_eq(buf, outs[_i].text);
}
END_TEST

START_TEST(the_bsd_names)
{
  struct in_addr in;

  ck_assert_int_eq(inet_aton("10.1.2.3", &in), 1);
  ck_assert_uint_eq(in.s_addr, IP(10, 1, 2, 3));
  ck_assert_str_eq(inet_ntoa(in), "10.1.2.3");
  ck_assert_uint_eq(inet_addr("10.1.2.3"), in.s_addr);
  ck_assert_uint_eq(inet_addr("what"), INADDR_NONE);
}
END_TEST

/* clang-format off */
static const struct {
  u32_t mask;
  u8_t valid;
} masks[] = {
  { IP(255, 255, 255, 0),   1 },
  { IP(255, 255, 255, 255), 1 },
  { 0,                      1 },
  { IP(128, 0, 0, 0),       1 },
  { IP(255, 255, 254, 0),   1 },
  { IP(255, 0, 255, 0),     0 },
  { IP(0, 255, 255, 255),   0 },
  { IP(0, 0, 0, 1),         0 },
  { IP(255, 255, 255, 253), 0 },
};

static const struct {
  const char *what;
  u32_t addr, own, mask;
  u8_t flags, broadcast;
} broadcasts[] = {
  { "limited",                     0xffffffff,           IP(10, 0, 0, 1), IP(255, 255, 255, 0),   NETIF_FLAG_BROADCAST, 1 },
  { "limited, any link",           0xffffffff,           IP(10, 0, 0, 1), IP(255, 255, 255, 0),   0,                    1 },
  { "0.0.0.0, as old hosts do",    0,                    IP(10, 0, 0, 1), IP(255, 255, 255, 0),   NETIF_FLAG_BROADCAST, 1 },
  { "our network's",               IP(10, 0, 0, 255),    IP(10, 0, 0, 1), IP(255, 255, 255, 0),   NETIF_FLAG_BROADCAST, 1 },
  { "a /23's",                     IP(10, 0, 1, 255),    IP(10, 0, 0, 1), IP(255, 255, 254, 0),   NETIF_FLAG_BROADCAST, 1 },
  { "a host in a /23",             IP(10, 0, 0, 255),    IP(10, 0, 0, 1), IP(255, 255, 254, 0),   NETIF_FLAG_BROADCAST, 0 },
  { "point to point has none",     IP(10, 0, 0, 255),    IP(10, 0, 0, 1), IP(255, 255, 255, 0),   0,                    0 },
  { "another network's",           IP(10, 0, 9, 255),    IP(10, 0, 0, 1), IP(255, 255, 255, 0),   NETIF_FLAG_BROADCAST, 0 },
  { "our own address",             IP(10, 0, 0, 255),    IP(10, 0, 0, 255), IP(255, 255, 255, 0), NETIF_FLAG_BROADCAST, 0 },
  { "a /31 has none: RFC 3021",    IP(10, 0, 0, 1),      IP(10, 0, 0, 0), IP(255, 255, 255, 254), NETIF_FLAG_BROADCAST, 0 },
  { "a /32 has none",              IP(10, 0, 0, 1),      IP(10, 0, 0, 2), IP(255, 255, 255, 255), NETIF_FLAG_BROADCAST, 0 },
  { "a /30's",                     IP(10, 0, 0, 3),      IP(10, 0, 0, 1), IP(255, 255, 255, 252), NETIF_FLAG_BROADCAST, 1 },
  { "no address yet",              IP(10, 0, 0, 255),    0,               0,                      NETIF_FLAG_BROADCAST, 0 },
};
/* clang-format on */

START_TEST(netmasks)
{
  ck_assert_uint_eq(ip4_addr_netmask_valid(masks[_i].mask), masks[_i].valid);
}
END_TEST

START_TEST(broadcast_addresses)
{
  struct netif nif;

  memset(&nif, 0, sizeof nif);
  nif.flags = broadcasts[_i].flags;
  ip_addr_set_ip4_u32(&nif.ip_addr, broadcasts[_i].own);
  ip_addr_set_ip4_u32(&nif.netmask, broadcasts[_i].mask);
  ck_assert_msg(ip4_addr_isbroadcast_u32(broadcasts[_i].addr, &nif) == broadcasts[_i].broadcast, "%s",
                broadcasts[_i].what);
}
END_TEST

START_TEST(macros)
{
  ip4_addr_t a, b, m;

  IP4_ADDR(&a, 10, 1, 2, 3);
  IP4_ADDR(&m, 255, 255, 0, 0);
  ck_assert_uint_eq(a.addr, IP(10, 1, 2, 3));
  ck_assert_uint_eq(ip4_addr1(&a), 10);
  ck_assert_uint_eq(ip4_addr2_16(&a), 1);
  ck_assert_uint_eq(ip4_addr3_val(a), 2);
  ck_assert_uint_eq(ip4_addr4_16_val(a), 3);
  ip4_addr_get_network(&b, &a, &m);
  ck_assert_uint_eq(b.addr, IP(10, 1, 0, 0));
  ck_assert(ip4_addr_netcmp(&a, &b, &m));
  ck_assert(!ip4_addr_eq(&a, &b));
  ip4_addr_set_hton(&b, &(ip4_addr_t){ 0x0a010203 });
  ck_assert(ip4_addr_cmp(&a, &b));
  ip4_addr_set_loopback(&a);
  ck_assert(ip4_addr_isloopback(&a));
  IP4_ADDR(&a, 169, 254, 1, 1);
  ck_assert(ip4_addr_islinklocal(&a));
  IP4_ADDR(&a, 239, 0, 0, 1);
  ck_assert(ip4_addr_ismulticast(&a));
  IP4_ADDR(&a, 240, 0, 0, 1);
  ck_assert(!ip4_addr_ismulticast(&a));
  ck_assert(IP_CLASSA(0x7fffffff) && IP_CLASSB(0x80000000) && IP_CLASSC(0xc0000000) && IP_CLASSD(0xe0000000) &&
            IP_EXPERIMENTAL(0xf0000000));
  ck_assert(!IP_CLASSA(0x80000000) && !IP_CLASSB(0xc0000000) && !IP_CLASSC(0xe0000000) && !IP_CLASSD(0xf0000000));
}
END_TEST

/** Both spellings, either family or both: what programs write compiles and holds. */
START_TEST(family_neutral)
{
  ip_addr_t a = IPADDR4_INIT_BYTES(10, 1, 2, 3), b;

  ip_addr_copy(b, a);
  ck_assert(ip_addr_cmp(&a, &b) && ip_addr_eq(&a, &b) && ip_addr_zoneless_eq(&a, &b));
  ip_addr_set_zero_ip4(&b);
  ck_assert(ip_addr_isany(&b) && ip_addr_isany_val(b) && !ip_addr_isany_val(a));
  ck_assert(IP_IS_V4(&a) && !IP_IS_V6(&a) && IP_IS_V4_VAL(a));
  ip_addr_set(&b, &a);
  ck_assert_uint_eq(ip_addr_get_ip4_u32(&b), IP(10, 1, 2, 3));
  ck_assert_str_eq(ipaddr_ntoa(&b), "10.1.2.3");
  ck_assert_int_eq(ipaddr_aton("10.1.2.4", &b), 1);
  ck_assert(!ip_addr_eq(&a, &b));
  ip_addr_set_loopback(0, &b);
  ck_assert(ip_addr_isloopback(&b));
  ck_assert(ip_addr_isany(IP_ADDR_ANY) && ip_addr_isany(IP4_ADDR_ANY) && ip_addr_isany(IP_ANY_TYPE));
}
END_TEST

int main(void)
{
  Suite *s = suite_create("ip4_addr");
  TCase *t = tcase_create("ip4_addr");
  SRunner *r = srunner_create(s);
  int failed;

  tcase_add_loop_test(t, text_in, 0, (int)LWIP_ARRAYSIZE(texts));
  tcase_add_test(t, null_is_no_text);
  tcase_add_loop_test(t, text_out, 0, (int)LWIP_ARRAYSIZE(outs));
  tcase_add_test(t, the_bsd_names);
  tcase_add_loop_test(t, netmasks, 0, (int)LWIP_ARRAYSIZE(masks));
  tcase_add_loop_test(t, broadcast_addresses, 0, (int)LWIP_ARRAYSIZE(broadcasts));
  tcase_add_test(t, macros);
  tcase_add_test(t, family_neutral);
  suite_add_tcase(s, t);
  srunner_run_all(r, CK_ENV);
  failed = srunner_ntests_failed(r);
  srunner_free(r);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
