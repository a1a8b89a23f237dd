/** How often strangers are told: ICMP errors, and echo replies with LWIP_X_ICMP_ECHO_RATE. */
#define LWIP_X_ICMP_ECHO_RATE 3
#define LWIP_X_ICMP_ERROR_RATE 8
#include "ip/icmp_rate.c"
#include <check.h>

static u32_t now;
static u32_t chance;
static unsigned counted;

u32_t sys_now(void)
{
  return now;
}

u32_t random_below(u32_t n)
{
  return chance % n;
}

void drop_count(enum lwip_x_drop reason)
{
  ck_assert_int_eq(reason, DROP_ICMP_RATE);
  counted++;
}

static unsigned errors(void)
{
  unsigned n = 0;

  while (n < 100 && icmp_rate_take()) {
    n++;
  }
  return n;
}

/* The bucket fills once a second, and how far is a matter of chance. */
START_TEST(errors_have_a_bucket)
{
  ck_assert_uint_eq(errors(), 8);
  ck_assert_uint_eq(counted, 1);
  now = 999;
  ck_assert_uint_eq(errors(), 0);
  chance = 2;
  now = 1000;
  ck_assert_uint_eq(errors(), 6);
  now = 0xFFFFFFFFu;
  ck_assert_uint_eq(errors(), 6);
  now = 998; /* the clock has wrapped round */
  ck_assert_uint_eq(errors(), 0);
  now = 999;
  ck_assert_uint_eq(errors(), 6);
}
END_TEST

START_TEST(echo_replies_are_counted_by_the_second)
{
  unsigned i, n;

  for (now = 5000; now < 8000; now += 1000) {
    for (i = 0, n = 0; i < 10; i++) {
      n += icmp_rate_echo();
    }
    ck_assert_uint_eq(n, 3);
  }
}
END_TEST

int main(void)
{
  Suite *s = suite_create("icmp_rate");
  TCase *t = tcase_create("icmp_rate");
  SRunner *r = srunner_create(s);
  int failed;

  suite_add_tcase(s, t);
  tcase_add_test(t, errors_have_a_bucket);
  tcase_add_test(t, echo_replies_are_counted_by_the_second);
  srunner_run_all(r, CK_ENV);
  failed = srunner_ntests_failed(r);
  srunner_free(r);
  return failed != 0;
}
