/**
 * The tests of the heap, for test_heap.c (16-bit sizes) and test_heap_big.c (32-bit sizes, guard regions): the file that includes
 * this sets options, includes mem/heap.c itself and so sees its insides.
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>
#include "alloc_fail.h"

#define MODEL_BLOCKS 200

struct stats_ lwip_stats;

static struct {
  u8_t *mem;
  mem_size_t size;
  u8_t fill;
} blocks[MODEL_BLOCKS];

static void model_check(unsigned i)
{
  mem_size_t k;

  for (k = 0; k < blocks[i].size; k++) {
    ck_assert_uint_eq(blocks[i].mem[k], blocks[i].fill);
  }
}

static void model_alloc(unsigned i, mem_size_t size)
{
  blocks[i].mem = (u8_t *)mem_malloc(size);
  if (blocks[i].mem == NULL) {
    return;
  }
  ck_assert_uint_eq((mem_ptr_t)blocks[i].mem % MEM_ALIGNMENT, 0);
  blocks[i].size = size;
  blocks[i].fill = (u8_t)test_rand();
  memset(blocks[i].mem, blocks[i].fill, size);
}

static void model_free(unsigned i)
{
  model_check(i);
  mem_free(blocks[i].mem);
  blocks[i].mem = NULL;
}

static void model_trim(unsigned i)
{
  mem_size_t size = (mem_size_t)(test_rand() % (blocks[i].size + 1u));

  size = LWIP_MAX(size, 1);
  model_check(i);
  ck_assert_ptr_eq(mem_trim(blocks[i].mem, size), blocks[i].mem);
  blocks[i].size = size;
}

static mem_size_t some_size(void)
{
  switch (test_rand() % 4) {
    case 0:
      return (mem_size_t)(1 + test_rand() % 24);
    case 1:
      return (mem_size_t)(1 + test_rand() % 200);
    case 2:
      return (mem_size_t)(1 + test_rand() % 1600);
    default:
      return (mem_size_t)(56 + 16);
  }
}

/** Everything is free: one request can have it all again. */
static void check_whole(void)
{
  void *all;

  ck_assert_uint_eq(lwip_stats.mem.used, 0);
  all = mem_malloc((mem_size_t)(SPACE - HEADER - GUARDS));
  ck_assert_ptr_nonnull(all);
  mem_free(all);
}

/* What is said to be there can be had in one piece. */
static void check_largest(void)
{
  void *all = mem_largest() > 0 ? mem_malloc(mem_largest()) : NULL;

  ck_assert(all != NULL || mem_largest() == 0);
  mem_free(all);
}

START_TEST(random_operations_keep_all_octets)
{
  unsigned i, k;

  test_rand_seed((u64_t)_i);
  for (i = 0; i < 6000; i++) {
    k = test_rand() % MODEL_BLOCKS;
    if (blocks[k].mem == NULL) {
      model_alloc(k, some_size());
    } else if (test_rand() % 3 == 0) {
      model_trim(k);
    } else {
      model_free(k);
    }
    sanity();
    check_largest();
  }
  for (k = 0; k < MODEL_BLOCKS; k++) {
    if (blocks[k].mem != NULL) {
      model_free(k);
    }
  }
  check_whole();
  ck_assert_uint_eq(lwip_stats.mem.illegal, 0);
}
END_TEST

START_TEST(can_give_as_much_as_lwip)
{
  /* lwIP's largest block is MEM_SIZE less a header of 8 octets. */
  void *mem = mem_malloc((mem_size_t)(MEM_SIZE - 8 - GUARDS));

  ck_assert_ptr_nonnull(mem);
  ck_assert_ptr_null(mem_malloc(16));
  ck_assert_uint_eq(lwip_stats.mem.err, 1);
  mem_free(mem);
  check_whole();
}
END_TEST

static const struct {
  const char *what;
  unsigned long size;
} refused[] = {
  { "nothing", 0 },
  { "more than there is", SPACE },
  { "a little more than fits", SPACE - HEADER - GUARDS + 1 },
};

START_TEST(impossible_sizes_are_refused)
{
  ck_assert_msg(mem_malloc((mem_size_t)refused[_i].size) == NULL, "%s", refused[_i].what);
  check_whole();
}
END_TEST

START_TEST(a_second_free_is_counted_and_harmless)
{
  void *a = mem_malloc(40), *b = mem_malloc(40), *c = mem_malloc(40);

  mem_free(b);
  mem_free(b);
  ck_assert_uint_eq(lwip_stats.mem.illegal, 1);
  mem_free(a);
  mem_free(b); /* the inside of a larger free block now */
  mem_free(a);
  mem_free(c);
  mem_free(c); /* above the top now */
  mem_free(a);
  ck_assert_uint_eq(lwip_stats.mem.illegal, 5);
  sanity();
  check_whole();
}
END_TEST

START_TEST(foreign_pointers_are_counted_and_harmless)
{
  static u8_t elsewhere[100];
  u8_t *mem = (u8_t *)mem_malloc(64);
  unsigned i;

  memset(mem, 0, 64);
  mem_free(NULL);
  ck_assert_uint_eq(lwip_stats.mem.illegal, 0);
  mem_free(elsewhere + 50);
  mem_free(heap.base);
  mem_free(heap.base + END + 64);
  for (i = 1; i < 60; i++) {
    mem_free(mem + i);
  }
  ck_assert_uint_eq(lwip_stats.mem.illegal, 62);
  ck_assert_ptr_null(mem_trim(elsewhere + 50, 10));
  mem_free(mem);
  check_whole();
}
END_TEST

START_TEST(neighbours_become_one)
{
  static const u8_t orders[][3] = { { 0, 1, 2 }, { 0, 2, 1 }, { 1, 0, 2 }, { 1, 2, 0 }, { 2, 0, 1 }, { 2, 1, 0 } };
  void *mem[4], *one;
  unsigned i;

  for (i = 0; i < 4; i++) {
    mem[i] = mem_malloc(100);
  }
  for (i = 0; i < 3; i++) {
    mem_free(mem[orders[_i][i]]);
    sanity();
  }
  one = mem_malloc(300);
  ck_assert_ptr_eq(one, mem[0]);
  mem_free(one);
  mem_free(mem[3]);
  check_whole();
}
END_TEST

START_TEST(trimming_gives_the_tail_back)
{
  void *a = mem_malloc(1600), *b;
  mem_size_t used = lwip_stats.mem.used;

  b = mem_malloc(16); /* so that a does not end at the top */
  ck_assert_ptr_eq(mem_trim(a, 100), a);
  ck_assert_uint_lt(lwip_stats.mem.used, used - 1400);
  ck_assert_ptr_null(mem_trim(a, 200));
  ck_assert_ptr_eq(mem_trim(a, 100), a);
  used = lwip_stats.mem.used;
  ck_assert_ptr_eq(mem_trim(a, 90), a); /* the free block behind it grows */
  ck_assert_uint_le(lwip_stats.mem.used, used);
  mem_free(a);
  mem_free(b);
  check_whole();
}
END_TEST

START_TEST(calloc_zeroes_and_checks_the_product)
{
  u8_t *mem;
  unsigned i;

  mem = (u8_t *)mem_malloc(400);
  memset(mem, 0xFF, 400);
  mem_free(mem);
  mem = (u8_t *)mem_calloc(100, 4);
  for (i = 0; i < 400; i++) {
    ck_assert_uint_eq(mem[i], 0);
  }
  mem_free(mem);
  ck_assert_ptr_null(mem_calloc((mem_size_t)0x8000, (mem_size_t)0x8000));
  ck_assert_ptr_null(mem_calloc((mem_size_t) ~(mem_size_t)0, 2));
  check_whole();
}
END_TEST

START_TEST(init_again_is_harmless)
{
  void *mem = mem_malloc(10);

  mem_init();
  mem_free(mem);
  ck_assert_uint_eq(lwip_stats.mem.illegal, 0);
  check_whole();
}
END_TEST

START_TEST(the_high_water_mark_stays)
{
  void *a = mem_malloc(1000);
  mem_size_t used = lwip_stats.mem.used;

  mem_free(a);
  ck_assert_uint_eq(lwip_stats.mem.used, 0);
  ck_assert_uint_eq(lwip_stats.mem.max, used);
}
END_TEST

START_TEST(a_test_can_make_it_fail)
{
  void *a;

  alloc_fail_after(1);
  a = mem_malloc(8);
  ck_assert_ptr_nonnull(a);
  ck_assert_ptr_null(mem_malloc(8));
  mem_free(a);
  ck_assert_ptr_nonnull(mem_malloc(8));
}
END_TEST

int main(void)
{
  Suite *s = suite_create(HEAP_NAME);
  TCase *t = tcase_create("heap");
  SRunner *r = srunner_create(s);
  int failed;

  suite_add_tcase(s, t);
  tcase_set_timeout(t, 60);
  tcase_add_checked_fixture(t, mem_init, NULL);
  tcase_add_loop_test(t, random_operations_keep_all_octets, 1, 6);
  tcase_add_test(t, can_give_as_much_as_lwip);
  tcase_add_loop_test(t, impossible_sizes_are_refused, 0, 3);
  tcase_add_test(t, a_second_free_is_counted_and_harmless);
  tcase_add_test(t, foreign_pointers_are_counted_and_harmless);
  tcase_add_loop_test(t, neighbours_become_one, 0, 6);
  tcase_add_test(t, trimming_gives_the_tail_back);
  tcase_add_test(t, calloc_zeroes_and_checks_the_product);
  tcase_add_test(t, init_again_is_harmless);
  tcase_add_test(t, the_high_water_mark_stays);
  tcase_add_test(t, a_test_can_make_it_fail);
  srunner_run_all(r, CK_ENV);
  failed = srunner_ntests_failed(r);
  srunner_free(r);
  return failed != 0;
}
