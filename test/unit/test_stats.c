/** The display of the counters, and the macros that count (lwip/stats.h). LINK: base/stats.c */
#include <check.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include "lwip/def.h"
#include "lwip/stats.h"

static char printed[16384];
static size_t length;

/* LWIP_PLATFORM_DIAG() of the test options ends here */
void test_diag(const char *fmt, ...)
{
  va_list ap;

  va_start(ap, fmt);
  length += (size_t)vsnprintf(printed + length, sizeof printed - length, fmt, ap);
  va_end(ap);
}

START_TEST(counting)
{
  TCP_STATS_INC(tcp.recv);
  TCP_STATS_INC(tcp.recv);
  ck_assert_uint_eq(STATS_GET(tcp.recv), 2);
  MEM_STATS_INC_USED(used, 100);
  MEM_STATS_INC_USED(used, 50);
  MEM_STATS_DEC_USED(used, 120);
  ck_assert_uint_eq(lwip_stats.mem.used, 30);
  ck_assert_uint_eq(lwip_stats.mem.max, 150);
}
END_TEST

/* lwip_init() twice must not lose counters. */
START_TEST(init_again)
{
  UDP_STATS_INC(udp.drop);
  stats_init();
  stats_init();
  ck_assert_uint_eq(lwip_stats.udp.drop, 1);
  ck_assert_str_eq(lwip_stats.mem.name, "MEM");
}
END_TEST

static const char *const titles[] = { "LINK", "ETHARP", "IP_FRAG", "IP", "IGMP", "ICMP", "UDP", "TCP", "HEAP" };

START_TEST(display)
{
  static struct stats_mem pool;
  char title[16];
  size_t i;

  pool.name = "A POOL";
  pool.max = 77;
  lwip_stats.memp[0] = &pool;
  lwip_stats.tcp.chkerr = 4711;
  stats_display(); /* the other pools have no counters yet: skipped */
  for (i = 0; i < LWIP_ARRAYSIZE(titles); i++) {
    snprintf(title, sizeof title, "\n%s\n", titles[i]);
    ck_assert_msg(strstr(printed, title) != NULL, "%s is missing", titles[i]);
  }
  ck_assert_ptr_nonnull(strstr(printed, "chkerr: 4711"));
  ck_assert_ptr_nonnull(strstr(printed, "A POOL\n"));
  ck_assert_ptr_nonnull(strstr(printed, "max: 77"));
}
END_TEST

START_TEST(display_of_no_pool)
{
  struct stats_mem pool = { 0 };

  stats_display_memp(NULL, 0);
  stats_display_memp(&pool, -1);
  stats_display_memp(&pool, MEMP_MAX);
  ck_assert_uint_eq(length, 0);
}
END_TEST

int main(void)
{
  Suite *s = suite_create("stats");
  TCase *t = tcase_create("stats");
  SRunner *r = srunner_create(s);
  int failed;

  suite_add_tcase(s, t);
  tcase_add_test(t, counting);
  tcase_add_test(t, init_again);
  tcase_add_test(t, display);
  tcase_add_test(t, display_of_no_pool);
  srunner_run_all(r, CK_ENV);
  failed = srunner_ntests_failed(r);
  srunner_free(r);
  return failed != 0;
}
