/** Choice of the source address: RFC 6724 section 5, with the examples of its section 10.1.  LINK: ip/ip6_select.c link/ip6_text.c link/ip_text.c link/netif_names.c base/ip4_text.c base/ip4_addr.c base/def.c */
#include "lwip/ip6.h"
#include "lwip/netif.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#if LWIP_IPV6

struct netif *netif_list;

#define PREFERRED IP6_ADDR_PREFERRED
#define OLD IP6_ADDR_DEPRECATED
#define TENTATIVE IP6_ADDR_TENTATIVE

struct own {
  const char *addr;
  u8_t state;
  u8_t temporary;
};

struct row {
  const char *what;
  const char *dest;
  struct own own[4];
  const char *best; /**< NULL: none fits */
};

static const struct row rows[] = {
  /* clang-format off */
  { "rule 1: the same address",       "2001:db8:1::1", { { "2001:db8:1::1", OLD, 0 }, { "2001:db8:1::2", PREFERRED, 0 } }, "2001:db8:1::1" },
  { "rule 2: scope that reaches",     "2001:db8:1::1", { { "2001:db8:3::1", PREFERRED, 0 }, { "fe80::1", PREFERRED, 0 } }, "2001:db8:3::1" },
  { "rule 2: multicast, link",        "ff02::1",       { { "2001:db8:3::1", PREFERRED, 0 }, { "fe80::1", PREFERRED, 0 } }, "fe80::1" },
  { "rule 2: multicast, global",      "ff0e::1",       { { "fe80::1", PREFERRED, 0 }, { "2001:db8:3::1", PREFERRED, 0 } }, "2001:db8:3::1" },
  { "rule 2: to the link",            "fe80::9",       { { "2001:db8:1::2", PREFERRED, 0 }, { "fe80::1", PREFERRED, 0 } }, "fe80::1" },
  { "rule 2 before 3",                "fe80::9",       { { "2001:db8:1::2", PREFERRED, 0 }, { "fe80::1", OLD, 0 } },       "fe80::1" },
  { "rule 3: not deprecated",         "2001:db8:1::1", { { "2001:db8:1::2", OLD, 0 }, { "2001:db8:3::2", PREFERRED, 0 } }, "2001:db8:3::2" },
  { "rule 6: label of 6to4",          "2002:c633:6401::1", { { "2002:c633:6401:0:1::1", PREFERRED, 0 }, { "2001:db8:1::2", PREFERRED, 1 } }, "2002:c633:6401:0:1::1" },
  { "rule 6: unique local to the same", "fd00:1::9",   { { "2001:db8:1::2", PREFERRED, 0 }, { "fd77:2::2", PREFERRED, 0 } }, "fd77:2::2" },
  { "rule 6: global to global",       "2001:db8:9::1", { { "fd77:2::2", PREFERRED, 0 }, { "2001:db8:1::2", PREFERRED, 0 } }, "2001:db8:1::2" },
  { "rule 7: temporary",              "2001:db8:1::d5e3:0:0:1", { { "2001:db8:1::2", PREFERRED, 0 }, { "2001:db8:1::d5e3:7953:13eb:22e8", PREFERRED, 1 } }, "2001:db8:1::d5e3:7953:13eb:22e8" },
  { "rule 8: longest prefix",         "2001:db8:1::1", { { "2001:db8:1::2", PREFERRED, 0 }, { "2001:db8:3::2", PREFERRED, 0 } }, "2001:db8:1::2" },
  { "rule 8: whichever comes first",  "2001:db8:3::1", { { "2001:db8:1::2", PREFERRED, 0 }, { "2001:db8:3::2", PREFERRED, 0 } }, "2001:db8:3::2" },
  { "a tentative one is none of ours","2001:db8:1::1", { { "2001:db8:1::2", TENTATIVE, 0 }, { "fe80::1", PREFERRED, 0 } }, "fe80::1" },
  { "nothing at all",                 "2001:db8:1::1", { { "2001:db8:1::2", TENTATIVE, 0 } }, NULL },
  /* clang-format on */
};

START_TEST(the_best)
{
  const struct row *r = &rows[_i];
  struct netif nif;
  ip6_addr_t dest, best;
  const ip_addr_t *got;
  int i;

  memset(&nif, 0, sizeof nif);
  for (i = 0; i < 4 && r->own[i].addr != NULL; i++) {
    ip6_addr_t a;
    ck_assert(ip6addr_aton(r->own[i].addr, &a));
    ip6_addr_assign_zone(&a, IP6_UNICAST, &nif);
    ip_addr_copy_from_ip6(nif.ip6_addr[i], a);
    nif.ip6_addr_state[i] = r->own[i].state;
    nif.x_nd6.origin[i] = r->own[i].temporary ? LWIP_X_IP6_TEMPORARY : 0;
  }
  ck_assert(ip6addr_aton(r->dest, &dest));
  ip6_addr_assign_zone(&dest, IP6_UNKNOWN, &nif);
  got = ip6_select_source_address(&nif, &dest);
  if (r->best == NULL) {
    ck_assert_msg(got == NULL, "%s", r->what);
    return;
  }
  ck_assert(ip6addr_aton(r->best, &best));
  ck_assert_msg(got != NULL && ip6_addr_zoneless_eq(ip_2_ip6(got), &best), "%s: not %s", r->what, r->best);
}
END_TEST

int main(void)
{
  Suite *s = suite_create("ip6_select");
  TCase *t = tcase_create("rfc6724");
  SRunner *r;
  int failed;

  tcase_add_loop_test(t, the_best, 0, sizeof rows / sizeof *rows);
  suite_add_tcase(s, t);
  r = srunner_create(s);
  srunner_run_all(r, CK_ENV);
  failed = srunner_ntests_failed(r);
  srunner_free(r);
  return failed != 0;
}

#else

int main(void)
{
  return 0;
}

#endif
