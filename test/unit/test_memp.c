/** Pools: first in first out, bounds, double free, foreign pointers, statistics, pools of the program's own.
 *  LINK: base/def.c mem/memp.c */
#include "lwip/memp.h"
#include "lwip/pbuf.h"
#include "lwip/stats.h"
#include <check.h>
#include <string.h>
#include "alloc_fail.h"

struct stats_ lwip_stats;

#define ELEMENTS 5
LWIP_MEMPOOL_DECLARE(own, ELEMENTS, 10, "a pool of our own")

static void set_up(void)
{
  memp_init();
  LWIP_MEMPOOL_INIT(own);
}

START_TEST(gives_all_and_no_more)
{
  u8_t *e[ELEMENTS];
  unsigned i, k;

  for (i = 0; i < ELEMENTS; i++) {
    e[i] = (u8_t *)LWIP_MEMPOOL_ALLOC(own);
    ck_assert_ptr_nonnull(e[i]);
    ck_assert_uint_eq((mem_ptr_t)e[i] % MEM_ALIGNMENT, 0);
    memset(e[i], (int)i, 10);
  }
  ck_assert_ptr_null(LWIP_MEMPOOL_ALLOC(own));
  for (i = 0; i < ELEMENTS; i++) {
    for (k = 0; k < 10; k++) {
      ck_assert_uint_eq(e[i][k], i);
    }
    LWIP_MEMPOOL_FREE(own, e[i]);
  }
  ck_assert_uint_eq(memp_own.stats->avail, ELEMENTS);
  ck_assert_uint_eq(memp_own.stats->used, 0);
  ck_assert_uint_eq(memp_own.stats->max, ELEMENTS);
  ck_assert_uint_eq(memp_own.stats->err, 1);
}
END_TEST

/* A stale pointer to a freed element does no harm until all others were used. */
START_TEST(a_freed_element_is_reused_last)
{
  void *e[ELEMENTS];
  unsigned i, round;

  for (i = 0; i < ELEMENTS; i++) {
    e[i] = LWIP_MEMPOOL_ALLOC(own);
  }
  LWIP_MEMPOOL_FREE(own, e[3]);
  LWIP_MEMPOOL_FREE(own, e[1]);
  LWIP_MEMPOOL_FREE(own, e[4]);
  ck_assert_ptr_eq(LWIP_MEMPOOL_ALLOC(own), e[3]);
  LWIP_MEMPOOL_FREE(own, e[3]);
  ck_assert_ptr_eq(LWIP_MEMPOOL_ALLOC(own), e[1]);
  ck_assert_ptr_eq(LWIP_MEMPOOL_ALLOC(own), e[4]);
  ck_assert_ptr_eq(LWIP_MEMPOOL_ALLOC(own), e[3]);
  ck_assert_ptr_null(LWIP_MEMPOOL_ALLOC(own));
  for (i = 0; i < ELEMENTS; i++) {
    LWIP_MEMPOOL_FREE(own, e[i]);
  }
  for (round = 0; round < 3; round++) {
    for (i = 0; i < ELEMENTS; i++) {
      void *got = LWIP_MEMPOOL_ALLOC(own);

      ck_assert_ptr_eq(got, e[i]);
      LWIP_MEMPOOL_FREE(own, got);
    }
  }
}
END_TEST

START_TEST(illegal_frees_are_counted_and_harmless)
{
  u8_t elsewhere[64];
  void *a = LWIP_MEMPOOL_ALLOC(own);
  unsigned i;

  LWIP_MEMPOOL_FREE(own, NULL);
  ck_assert_uint_eq(memp_own.stats->illegal, 0);
  LWIP_MEMPOOL_FREE(own, elsewhere);
  LWIP_MEMPOOL_FREE(own, memp_own.base - 32);
  ck_assert_uint_eq(memp_own.stats->illegal, 2);
  LWIP_MEMPOOL_FREE(own, a);
  LWIP_MEMPOOL_FREE(own, a);
  ck_assert_uint_eq(memp_own.stats->illegal, 3);
  for (i = 0; i < ELEMENTS; i++) {
    ck_assert_ptr_nonnull(LWIP_MEMPOOL_ALLOC(own));
  }
  ck_assert_ptr_null(LWIP_MEMPOOL_ALLOC(own));
}
END_TEST

START_TEST(each_pool_of_the_stack_works)
{
  memp_t type = (memp_t)_i;
  u16_t i, num = memp_pools[type]->num;
  static void *e[4096];

  ck_assert_uint_gt(num, 0);
  for (i = 0; i < num; i++) {
    e[i] = memp_malloc(type);
    ck_assert_ptr_nonnull(e[i]);
    memset(e[i], 0xEE, memp_pools[type]->size);
  }
  ck_assert_ptr_null(memp_malloc(type));
  ck_assert_uint_eq(lwip_stats.memp[type]->used, num);
  for (i = 0; i < num; i++) {
    memp_free(type, e[i]);
  }
  ck_assert_uint_eq(lwip_stats.memp[type]->used, 0);
  ck_assert_uint_eq(lwip_stats.memp[type]->illegal, 0);
}
END_TEST

START_TEST(impossible_types_are_refused)
{
  ck_assert_ptr_null(memp_malloc(MEMP_MAX));
  memp_free(MEMP_MAX, &lwip_stats);
  memp_free((memp_t)(MEMP_MAX + 5), &lwip_stats);
}
END_TEST

START_TEST(init_again_takes_nothing_away)
{
  void *a = memp_malloc(MEMP_PBUF);

  memp_init();
  ck_assert_uint_eq(lwip_stats.memp[MEMP_PBUF]->used, 1);
  memp_free(MEMP_PBUF, a);
  ck_assert_uint_eq(lwip_stats.memp[MEMP_PBUF]->illegal, 0);
}
END_TEST

START_TEST(a_test_can_make_it_fail)
{
  alloc_fail_after(1);
  ck_assert_ptr_nonnull(memp_malloc(MEMP_PBUF));
  ck_assert_ptr_null(memp_malloc(MEMP_PBUF));
  ck_assert_ptr_nonnull(memp_malloc(MEMP_PBUF));
}
END_TEST

int main(void)
{
  Suite *s = suite_create("memp");
  TCase *t = tcase_create("memp");
  SRunner *r = srunner_create(s);
  int failed;

  suite_add_tcase(s, t);
  tcase_add_checked_fixture(t, set_up, NULL);
  tcase_add_test(t, gives_all_and_no_more);
  tcase_add_test(t, a_freed_element_is_reused_last);
  tcase_add_test(t, illegal_frees_are_counted_and_harmless);
  tcase_add_loop_test(t, each_pool_of_the_stack_works, 0, MEMP_MAX);
  tcase_add_test(t, impossible_types_are_refused);
  tcase_add_test(t, init_again_takes_nothing_away);
  tcase_add_test(t, a_test_can_make_it_fail);
  srunner_run_all(r, CK_ENV);
  failed = srunner_ntests_failed(r);
  srunner_free(r);
  return failed != 0;
}
