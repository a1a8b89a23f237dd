/** Octets into, out of and between packets of many shapes, against a flat array.
 *  LINK: base/def.c mem/pbuf.c mem/pbuf_queue.c mem/pbuf_ctrl.c mem/pbuf_copy.c mem/pbuf_find.c mem/heap.c mem/memp.c mem/drop.c */
#include "lwip/def.h"
#include "lwip/mem.h"
#include "lwip/memp.h"
#include "lwip/pbuf.h"
#include "lwip/stats.h"
#include "mem/drop.h"
#include "mem/pbuf_hook.h"
#include <check.h>
#include <string.h>
#include "alloc_fail.h"

#define LEN 60

struct stats_ lwip_stats;
void (*const pbuf_pool_empty_hook)(void) = NULL;

static u8_t flat[LEN];

static void set_up(void)
{
  unsigned i;

  mem_init();
  memp_init();
  for (i = 0; i < LEN; i++) {
    flat[i] = (u8_t)('A' + i);
  }
}

static void check_clean(void)
{
  ck_assert_uint_eq(lwip_stats.mem.used, 0);
  ck_assert_uint_eq(lwip_stats.memp[MEMP_PBUF_POOL]->used, 0);
  ck_assert_uint_eq(lwip_x_drops[DROP_DOUBLE_FREE], 0);
}

/* How LEN octets are cut; ends with the piece that makes them full. */
static const u16_t shapes[][8] = {
  { 60 }, { 1, 59 }, { 59, 1 }, { 20, 20, 20 }, { 0, 30, 0, 30 }, { 1, 1, 1, 1, 1, 1, 54 }, { 7, 13, 40 },
};
#define SHAPES (int)(sizeof shapes / sizeof shapes[0])

static struct pbuf *shape(int n)
{
  struct pbuf *head = NULL;
  u16_t at = 0;
  unsigned i;

  for (i = 0; at < LEN; i++) {
    struct pbuf *p = pbuf_alloc(PBUF_RAW, shapes[n][i], PBUF_RAM);

    memcpy(p->payload, flat + at, p->len);
    at = (u16_t)(at + p->len);
    if (head == NULL) {
      head = p;
    } else {
      pbuf_cat(head, p);
    }
  }
  return head;
}

static void check_content(const struct pbuf *p)
{
  u8_t out[LEN];

  ck_assert_uint_eq(p->tot_len, LEN);
  ck_assert_uint_eq(pbuf_copy_partial(p, out, LEN, 0), LEN);
  ck_assert_mem_eq(out, flat, LEN);
}

START_TEST(copies_out_any_part)
{
  struct pbuf *p = shape(_i);
  u16_t offset, len;
  u8_t out[LEN + 30];

  for (offset = 0; offset < LEN + 3; offset++) {
    for (len = 0; len < LEN + 20; len += 3) {
      u16_t there = offset >= LEN ? 0 : (u16_t)LWIP_MIN(len, LEN - offset);

      memset(out, '.', sizeof out);
      ck_assert_uint_eq(pbuf_copy_partial(p, out, len, offset), there);
      if (there > 0) {
        ck_assert_mem_eq(out, flat + offset, there);
      }
      ck_assert_uint_eq(out[there], '.');
    }
  }
  ck_assert_uint_eq(pbuf_copy_partial(p, NULL, 5, 0), 0);
  ck_assert_uint_eq(pbuf_copy_partial(NULL, out, 5, 0), 0);
  pbuf_free(p);
  check_clean();
}
END_TEST

START_TEST(takes_in_any_part)
{
  struct pbuf *p = shape(_i);
  u16_t offset, len;

  for (offset = 0; offset <= LEN; offset++) {
    for (len = 0; len <= LEN + 1 - offset; len++) {
      u8_t in[LEN + 1];

      memset(in, (u8_t)(offset * 7 + len), sizeof in);
      ck_assert_int_eq(pbuf_take_at(p, in, len, offset), offset + len <= LEN ? ERR_OK : ERR_MEM);
      if (offset + len <= LEN) {
        memcpy(flat + offset, in, len);
      }
      check_content(p);
    }
  }
  ck_assert_int_eq(pbuf_take(p, NULL, 3), ERR_ARG);
  ck_assert_int_eq(pbuf_take(NULL, flat, 3), ERR_ARG);
  pbuf_free(p);
  check_clean();
}
END_TEST

START_TEST(single_octets)
{
  struct pbuf *p = shape(_i);
  u16_t i;

  for (i = 0; i < LEN; i++) {
    ck_assert_uint_eq(pbuf_get_at(p, i), flat[i]);
    ck_assert_int_eq(pbuf_try_get_at(p, i), flat[i]);
    pbuf_put_at(p, i, (u8_t)(flat[i] ^ 0xFF));
    ck_assert_int_eq(pbuf_try_get_at(p, i), flat[i] ^ 0xFF);
  }
  pbuf_put_at(p, LEN, 1);
  ck_assert_int_eq(pbuf_try_get_at(p, LEN), -1);
  ck_assert_uint_eq(pbuf_get_at(p, 0xFFFF), 0);
  pbuf_free(p);
  check_clean();
}
END_TEST

START_TEST(skip_finds_the_pbuf)
{
  struct pbuf *p = shape(_i), *q;
  u16_t i, at;

  for (i = 0; i < LEN; i++) {
    q = pbuf_skip(p, i, &at);
    ck_assert_uint_lt(at, q->len);
    ck_assert_uint_eq(((u8_t *)q->payload)[at], flat[i]);
    ck_assert_ptr_eq(pbuf_skip(p, i, NULL), q);
  }
  ck_assert_ptr_null(pbuf_skip(p, LEN, &at));
  pbuf_free(p);
}
END_TEST

START_TEST(contiguous_in_place_or_in_the_buffer)
{
  struct pbuf *p = shape(_i);
  u16_t offset, len;

  for (offset = 0; offset < LEN; offset++) {
    for (len = 1; len <= LEN - offset; len++) {
      u8_t buffer[LEN];
      u16_t at;
      struct pbuf *q = pbuf_skip(p, offset, &at);
      u8_t *got = (u8_t *)pbuf_get_contiguous(p, buffer, sizeof buffer, len, offset);

      ck_assert_mem_eq(got, flat + offset, len);
      ck_assert_int_eq(got != buffer, q->len - at >= len);
      if (got == buffer) {
        ck_assert_ptr_null(pbuf_get_contiguous(p, buffer, len - 1u, len, offset));
        ck_assert_ptr_null(pbuf_get_contiguous(p, NULL, 0, len, offset));
      }
    }
    {
      u8_t buffer[LEN + 1];

      ck_assert_ptr_null(pbuf_get_contiguous(p, buffer, sizeof buffer, (u16_t)(LEN - offset + 1), offset));
    }
  }
  pbuf_free(p);
}
END_TEST

START_TEST(copies_between_all_shapes)
{
  struct pbuf *from = shape(_i);
  int k;

  for (k = 0; k < SHAPES; k++) {
    struct pbuf *to = shape(k);

    memset(flat, '-', sizeof flat);
    pbuf_take(to, flat, LEN);
    set_up();
    ck_assert_int_eq(pbuf_copy(to, from), ERR_OK);
    check_content(to);
    ck_assert_int_eq(pbuf_copy_partial_pbuf(to, from, LEN, 1), ERR_ARG);
    ck_assert_int_eq(pbuf_copy_partial_pbuf(to, from, LEN + 1, 0), ERR_ARG);
    ck_assert_int_eq(pbuf_copy_partial_pbuf(to, from, 20, 40), ERR_OK);
    ck_assert_uint_eq(pbuf_memcmp(to, 40, flat, 20), 0);
    pbuf_free(to);
  }
  ck_assert_int_eq(pbuf_copy(NULL, from), ERR_ARG);
  ck_assert_int_eq(pbuf_copy(from, NULL), ERR_ARG);
  pbuf_free(from);
  check_clean();
}
END_TEST

START_TEST(clones_and_coalesces)
{
  struct pbuf *p = shape(_i), *copy = pbuf_clone(PBUF_RAW, PBUF_POOL, p);

  check_content(copy);
  pbuf_free(copy);
  p = pbuf_coalesce(p, PBUF_TRANSPORT);
  ck_assert_ptr_null(p->next);
  check_content(p);
  pbuf_free(p);
  check_clean();
}
END_TEST

static void coalesce(void *n)
{
  struct pbuf *p;

  alloc_fail_stop();
  p = shape(*(int *)n);
  alloc_fail_after(0);
  p = pbuf_coalesce(p, PBUF_RAW);
  check_content(p);
  pbuf_free(p);
  check_clean();
}

START_TEST(coalescing_without_memory_changes_nothing)
{
  int n = _i;

  coalesce(&n);
}
END_TEST

START_TEST(compares)
{
  struct pbuf *p = shape(_i);
  u16_t i;
  u8_t other[LEN];

  ck_assert_uint_eq(pbuf_memcmp(p, 0, flat, LEN), 0);
  for (i = 0; i < LEN; i++) {
    memcpy(other, flat, LEN);
    other[i] ^= 1;
    ck_assert_uint_eq(pbuf_memcmp(p, 0, other, LEN), i + 1);
    ck_assert_uint_eq(pbuf_memcmp(p, i, flat + i, (u16_t)(LEN - i)), 0);
    ck_assert_uint_eq(pbuf_memcmp(p, i, flat + i, 0), 0);
  }
  ck_assert_uint_eq(pbuf_memcmp(p, 1, flat, LEN), 0xFFFF);
  ck_assert_uint_eq(pbuf_memcmp(p, LEN + 1, flat, 0), 0xFFFF);
  pbuf_free(p);
}
END_TEST

START_TEST(finds)
{
  struct pbuf *p = shape(_i);
  u16_t i;

  for (i = 0; i + 5 <= LEN; i++) {
    ck_assert_uint_eq(pbuf_memfind(p, flat + i, 5, 0), i);
    ck_assert_uint_eq(pbuf_memfind(p, flat + i, 5, i), i);
    ck_assert_uint_eq(pbuf_memfind(p, flat + i, 5, (u16_t)(i + 1)), 0xFFFF);
  }
  ck_assert_uint_eq(pbuf_strstr(p, "CDE"), 2);
  ck_assert_uint_eq(pbuf_strstr(p, "CDF"), 0xFFFF);
  ck_assert_uint_eq(pbuf_strstr(p, ""), 0xFFFF);
  ck_assert_uint_eq(pbuf_strstr(p, NULL), 0xFFFF);
  pbuf_free(p);
}
END_TEST

int main(void)
{
  Suite *s = suite_create("pbuf_copy");
  TCase *t = tcase_create("pbuf_copy");
  SRunner *r = srunner_create(s);
  int failed;

  suite_add_tcase(s, t);
  tcase_set_timeout(t, 30);
  tcase_add_checked_fixture(t, set_up, NULL);
  tcase_add_loop_test(t, copies_out_any_part, 0, SHAPES);
  tcase_add_loop_test(t, takes_in_any_part, 0, SHAPES);
  tcase_add_loop_test(t, single_octets, 0, SHAPES);
  tcase_add_loop_test(t, skip_finds_the_pbuf, 0, SHAPES);
  tcase_add_loop_test(t, contiguous_in_place_or_in_the_buffer, 0, SHAPES);
  tcase_add_loop_test(t, copies_between_all_shapes, 0, SHAPES);
  tcase_add_loop_test(t, clones_and_coalesces, 0, SHAPES);
  tcase_add_loop_test(t, coalescing_without_memory_changes_nothing, 1, SHAPES);
  tcase_add_loop_test(t, compares, 0, SHAPES);
  tcase_add_loop_test(t, finds, 0, SHAPES);
  srunner_run_all(r, CK_ENV);
  failed = srunner_ntests_failed(r);
  srunner_free(r);
  return failed != 0;
}
