/** Random numbers: one draw of the key, different streams, no obvious structure, exact ranges.
 *  LINK: base/random.c base/siphash.c */
#include "base/random.h"
#include <check.h>
#include <string.h>
#include "../config/test_port.h"

static unsigned draws;

/* Instead of the weak one of test_port.c: counted. */
uint32_t test_rand(void)
{
  static uint32_t x = 1;

  draws++;
  x = x * 1664525u + 1013904223u;
  return x;
}

START_TEST(the_key_is_drawn_once)
{
  random_init();
  ck_assert_uint_eq(draws, 4);
  random_init();
  random_u32();
  random_prf(RANDOM_ISN, "x", 1);
  ck_assert_uint_eq(draws, 4);
}
END_TEST

START_TEST(works_before_init)
{
  u32_t a = random_u32(), b = random_u32();

  ck_assert_uint_ne(a, b);
  ck_assert_uint_eq(draws, 4);
}
END_TEST

START_TEST(the_prf_is_a_function_of_purpose_and_input)
{
  static const u8_t tuple[12] = { 10, 0, 0, 1, 10, 0, 0, 2, 0, 80, 4, 1 };
  u8_t other[12];

  memcpy(other, tuple, sizeof other);
  other[11] ^= 1;
  ck_assert(random_prf(RANDOM_ISN, tuple, 12) == random_prf(RANDOM_ISN, tuple, 12));
  ck_assert(random_prf(RANDOM_ISN, tuple, 12) != random_prf(RANDOM_PORT, tuple, 12));
  ck_assert(random_prf(RANDOM_ISN, tuple, 12) != random_prf(RANDOM_ISN, other, 12));
  ck_assert(random_prf(RANDOM_ISN, tuple, 12) != random_prf(RANDOM_ISN, tuple, 11));
}
END_TEST

START_TEST(bits_are_balanced)
{
  unsigned ones[32] = { 0 }, i, b;

  for (i = 0; i < 20000; i++) {
    u32_t r = random_u32();

    for (b = 0; b < 32; b++) {
      ones[b] += (r >> b) & 1;
    }
  }
  for (b = 0; b < 32; b++) {
    ck_assert_uint_gt(ones[b], 9600); /* more than five standard deviations from the mean would be wrong */
    ck_assert_uint_lt(ones[b], 10400);
  }
}
END_TEST

static const u32_t limits[] = { 1, 2, 3, 7, 10, 1000, 28233, 0x80000000u, 0x80000001u, 0xFFFFFFFFu };

START_TEST(below_stays_below)
{
  u32_t n = limits[_i], seen_low = 0, seen_high = 0, i;

  for (i = 0; i < 5000; i++) {
    u32_t r = random_below(n);

    ck_assert_uint_lt(r, n);
    seen_low += r <= n / 2;
    seen_high += r >= n / 2;
  }
  ck_assert_uint_gt(seen_low, 1000);
  ck_assert_uint_gt(seen_high, 1000);
}
END_TEST

int main(void)
{
  Suite *s = suite_create("random");
  TCase *t = tcase_create("random");
  SRunner *r = srunner_create(s);
  int failed;

  suite_add_tcase(s, t);
  tcase_add_test(t, the_key_is_drawn_once);
  tcase_add_test(t, works_before_init);
  tcase_add_test(t, the_prf_is_a_function_of_purpose_and_input);
  tcase_add_test(t, bits_are_balanced);
  tcase_add_loop_test(t, below_stays_below, 0, (int)(sizeof limits / sizeof limits[0]));
  srunner_run_all(r, CK_ENV);
  failed = srunner_ntests_failed(r);
  srunner_free(r);
  return failed != 0;
}
