/** MEM_USE_POOLS: mem_malloc() out of the pools of lwippools.h, and packets of the heap on top of it.
 *  LINK: base/def.c mem/pbuf_queue.c mem/pbuf_copy.c */
#define MEM_USE_POOLS 1
#define MEMP_USE_CUSTOM_POOLS 1
#define MEM_USE_POOLS_TRY_BIGGER_POOL 1
#include "mem/drop.c"
#include "mem/memp.c"
#include "mem/heap_pools.c"
#include "mem/pbuf.c"
#include "lwip/stats.h"
#include "mem/pbuf_hook.h"
#include <check.h>

struct stats_ lwip_stats;

static void nothing_to_give(void)
{
}

void (*const pbuf_pool_empty_hook)(void) = nothing_to_give;

static void set_up(void)
{
  mem_init();
  memp_init();
}

static unsigned used(memp_t pool)
{
  return memp_pools[pool]->stats->used;
}

START_TEST(the_smallest_that_is_large_enough)
{
  void *a = mem_malloc(1), *b = mem_malloc(64), *c = mem_malloc(65), *d = mem_malloc(1600);

  ck_assert_uint_eq(used(MEMP_POOL_64), 2);
  ck_assert_uint_eq(used(MEMP_POOL_256), 1);
  ck_assert_uint_eq(used(MEMP_POOL_1600), 1);
  ck_assert_ptr_null(mem_malloc(1601));
  ck_assert_ptr_null(mem_malloc(0));
  memset(a, 1, 1);
  memset(b, 2, 64);
  memset(c, 3, 65);
  memset(d, 4, 1600);
  ck_assert_ptr_eq(mem_trim(d, 10), d);
  mem_free(b);
  mem_free(a);
  mem_free(d);
  mem_free(c);
  mem_free(NULL);
  ck_assert_uint_eq(used(MEMP_POOL_64) + used(MEMP_POOL_256) + used(MEMP_POOL_1600), 0);
}
END_TEST

START_TEST(a_bigger_one_when_it_is_empty)
{
  void *m[9];
  unsigned i;

  for (i = 0; i < 9; i++) {
    m[i] = mem_malloc(40);
    ck_assert_ptr_nonnull(m[i]);
  }
  ck_assert_ptr_null(mem_malloc(40));
  for (i = 0; i < 9; i++) {
    mem_free(m[i]);
  }
  ck_assert_uint_eq(used(MEMP_POOL_64) + used(MEMP_POOL_256) + used(MEMP_POOL_1600), 0);
}
END_TEST

/* A pointer that is no block, and a block freed twice. */
START_TEST(what_is_no_block_is_left_alone)
{
  static u8_t foreign[64];
  void *m = mem_malloc(10);

  memset(foreign, 0xFF, sizeof foreign);
  mem_free(foreign + 32);
  mem_free(m);
  ck_assert_uint_eq(used(MEMP_POOL_64), 0);
}
END_TEST

START_TEST(packets_of_the_heap)
{
  struct pbuf *p = pbuf_alloc(PBUF_TRANSPORT, 1400, PBUF_RAM);

  ck_assert_ptr_nonnull(p);
  ck_assert_uint_eq(used(MEMP_POOL_1600), 1);
  memset(p->payload, 7, 1400);
  pbuf_realloc(p, 100);
  ck_assert_uint_eq(p->tot_len, 100);
  ck_assert_uint_eq(pbuf_add_header(p, PBUF_TRANSPORT), 0);
  ck_assert_uint_eq(pbuf_free(p), 1);
  ck_assert_uint_eq(used(MEMP_POOL_1600), 0);
}
END_TEST

START_TEST(a_pool_of_the_program)
{
  void *e = memp_malloc(MEMP_OF_THE_PROGRAM);

  ck_assert_ptr_nonnull(e);
  memset(e, 1, 20);
  memp_free(MEMP_OF_THE_PROGRAM, e);
  ck_assert_uint_eq(used(MEMP_OF_THE_PROGRAM), 0);
}
END_TEST

int main(void)
{
  Suite *s = suite_create("heap_pools");
  TCase *t = tcase_create("heap_pools");
  SRunner *r = srunner_create(s);
  int failed;

  suite_add_tcase(s, t);
  tcase_add_checked_fixture(t, set_up, NULL);
  tcase_add_test(t, the_smallest_that_is_large_enough);
  tcase_add_test(t, a_bigger_one_when_it_is_empty);
  tcase_add_test(t, what_is_no_block_is_left_alone);
  tcase_add_test(t, packets_of_the_heap);
  tcase_add_test(t, a_pool_of_the_program);
  srunner_run_all(r, CK_ENV);
  failed = srunner_ntests_failed(r);
  srunner_free(r);
  return failed != 0;
}
