/** MEM_LIBC_MALLOC with an allocator of the program's, MEMP_MEM_MALLOC on top of it, and packets on top of both.
 *  LINK: base/def.c mem/pbuf_queue.c mem/pbuf_copy.c */
#include <stddef.h>
#include <stdlib.h>

static void *counted_malloc(size_t size);
static void *counted_calloc(size_t count, size_t size);
static void counted_free(void *mem);

#define MEM_LIBC_MALLOC 1
#define MEMP_MEM_MALLOC 1
#define mem_clib_malloc counted_malloc
#define mem_clib_calloc counted_calloc
#define mem_clib_free counted_free
#include "mem/drop.c"
#include "mem/memp.c"
#include "mem/heap_libc.c"
#include "mem/pbuf.c"
#include "lwip/stats.h"
#include "mem/pbuf_hook.h"
#include <check.h>
#include "alloc_fail.h"

struct stats_ lwip_stats;

static int blocks;

static void *counted_malloc(size_t size)
{
  blocks++;
  return malloc(size);
}

static void *counted_calloc(size_t count, size_t size)
{
  blocks++;
  return calloc(count, size);
}

static void counted_free(void *mem)
{
  blocks -= mem != NULL;
  free(mem);
}

static void nothing_to_give(void)
{
}

void (*const pbuf_pool_empty_hook)(void) = nothing_to_give;

static void set_up(void)
{
  mem_init();
  memp_init();
}

START_TEST(the_programs_allocator)
{
  u8_t *a = mem_malloc(100), *b = mem_calloc(10, 10);
  unsigned i;

  ck_assert_int_eq(blocks, 2);
  ck_assert_ptr_null(mem_malloc(0));
  for (i = 0; i < 100; i++) {
    ck_assert_uint_eq(b[i], 0);
  }
  ck_assert_ptr_eq(mem_trim(a, 50), a);
  mem_free(a);
  mem_free(b);
  mem_free(NULL);
  ck_assert_int_eq(blocks, 0);
}
END_TEST

START_TEST(pools_take_from_the_heap)
{
  void *e[2 * MEMP_NUM_SYS_TIMEOUT];
  unsigned i;

  for (i = 0; i < 2 * MEMP_NUM_SYS_TIMEOUT; i++) { /* no number limits them */
    e[i] = memp_malloc(MEMP_SYS_TIMEOUT);
    ck_assert_ptr_nonnull(e[i]);
    memset(e[i], 1, sizeof(struct sys_timeo));
  }
  ck_assert_int_eq(blocks, 2 * MEMP_NUM_SYS_TIMEOUT);
  for (i = 0; i < 2 * MEMP_NUM_SYS_TIMEOUT; i++) {
    memp_free(MEMP_SYS_TIMEOUT, e[i]);
  }
  ck_assert_int_eq(blocks, 0);
}
END_TEST

static const pbuf_type types[] = { PBUF_RAM, PBUF_POOL, PBUF_REF, PBUF_ROM };

static void one_packet(void *type)
{
  static u8_t octets[3000];
  pbuf_type t = *(const pbuf_type *)type;
  struct pbuf *p = pbuf_alloc(PBUF_TRANSPORT, 3000, t);

  if (p != NULL) {
    if (t == PBUF_RAM || t == PBUF_POOL) {
      ck_assert_int_eq(pbuf_take(p, octets, 3000), ERR_OK);
      pbuf_realloc(p, 100);
    }
    pbuf_free(p);
  }
  ck_assert_int_eq(blocks, 0);
}

START_TEST(packets_of_every_type)
{
  pbuf_type type = types[_i];

  ck_assert_int_ge(alloc_fail_each(one_packet, &type), 1);
}
END_TEST

int main(void)
{
  Suite *s = suite_create("heap_libc");
  TCase *t = tcase_create("heap_libc");
  SRunner *r = srunner_create(s);
  int failed;

  suite_add_tcase(s, t);
  tcase_add_checked_fixture(t, set_up, NULL);
  tcase_add_test(t, the_programs_allocator);
  tcase_add_test(t, pools_take_from_the_heap);
  tcase_add_loop_test(t, packets_of_every_type, 0, (int)(sizeof types / sizeof types[0]));
  srunner_run_all(r, CK_ENV);
  failed = srunner_ntests_failed(r);
  srunner_free(r);
  return failed != 0;
}
