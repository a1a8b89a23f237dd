/** Packet buffers: where they come from, references, headers, chains, control packets, pulling headers together.
 *  LINK: base/def.c mem/pbuf.c mem/pbuf_queue.c mem/pbuf_ctrl.c mem/pbuf_pull.c mem/pbuf_copy.c mem/pbuf_find.c mem/heap.c mem/memp.c mem/drop.c */
#include "lwip/def.h"
#include "lwip/mem.h"
#include "lwip/memp.h"
#include "lwip/pbuf.h"
#include "lwip/stats.h"
#include "mem/drop.h"
#include "mem/pbuf_ctrl.h"
#include "mem/pbuf_hook.h"
#include "mem/pbuf_pull.h"
#include <check.h>
#include <string.h>
#include "alloc_fail.h"

struct stats_ lwip_stats;

static unsigned ooseq_given_up;

static void give_up_ooseq(void)
{
  ooseq_given_up++;
}

void (*const pbuf_pool_empty_hook)(void) = give_up_ooseq;

static void set_up(void)
{
  mem_init();
  memp_init();
}

/** Nothing is allocated, nothing was freed twice. */
static void check_clean(void)
{
  ck_assert_uint_eq(lwip_stats.mem.used, 0);
  ck_assert_uint_eq(lwip_stats.memp[MEMP_PBUF]->used, 0);
  ck_assert_uint_eq(lwip_stats.memp[MEMP_PBUF_POOL]->used, 0);
  ck_assert_uint_eq(lwip_stats.mem.illegal, 0);
  ck_assert_uint_eq(lwip_x_drops[DROP_DOUBLE_FREE], 0);
}

/** Lengths agree along the chain. */
static void check_chain(const struct pbuf *p, unsigned len)
{
  for (; p != NULL; p = p->next) {
    ck_assert_uint_eq(p->tot_len, len);
    ck_assert_uint_le(p->len, len);
    ck_assert_uint_gt(p->ref, 0);
    len -= p->len;
  }
  ck_assert_uint_eq(len, 0);
}

#define ROOM LWIP_MEM_ALIGN_SIZE(PBUF_TRANSPORT)
#define PER_BUFFER LWIP_MEM_ALIGN_SIZE(PBUF_POOL_BUFSIZE)

static const struct {
  const char *what;
  pbuf_layer layer;
  unsigned len;
  pbuf_type type;
  unsigned pieces; /* 0: refused */
} allocs[] = {
  { "an empty packet of the heap", PBUF_TRANSPORT, 0, PBUF_RAM, 1 },
  { "a datagram", PBUF_TRANSPORT, 1472, PBUF_RAM, 1 },
  { "as long as can be", PBUF_RAW, 65535, PBUF_RAM, 1 },
  { "an empty packet of the pool", PBUF_RAW, 0, PBUF_POOL, 1 },
  { "a frame", PBUF_RAW, 1514, PBUF_POOL, 1 },
  { "a full buffer", PBUF_RAW, PER_BUFFER, PBUF_POOL, 1 },
  { "one octet more", PBUF_RAW, PER_BUFFER + 1, PBUF_POOL, 2 },
  { "room takes from the first buffer", PBUF_TRANSPORT, PER_BUFFER - ROOM, PBUF_POOL, 1 },
  { "and only from the first", PBUF_TRANSPORT, 2 * PER_BUFFER - ROOM, PBUF_POOL, 2 },
  { "and one octet more", PBUF_TRANSPORT, 2 * PER_BUFFER - ROOM + 1, PBUF_POOL, 3 },
  { "as long as can be, in pieces", PBUF_RAW, 65535, PBUF_POOL, (65535 + PER_BUFFER - 1) / PER_BUFFER },
  { "a reference has no room", PBUF_TRANSPORT, 1000, PBUF_REF, 1 },
  { "nor has a constant", PBUF_TRANSPORT, 1000, PBUF_ROM, 1 },
};

START_TEST(allocates)
{
  struct pbuf *p = pbuf_alloc(allocs[_i].layer, (u16_t)allocs[_i].len, allocs[_i].type), *q;
  const char *what = allocs[_i].what;

  ck_assert_msg(p != NULL, "%s", what);
  ck_assert_msg(pbuf_clen(p) == allocs[_i].pieces, "%s: %u pieces", what, pbuf_clen(p));
  check_chain(p, allocs[_i].len);
  ck_assert_uint_eq(p->if_idx, 0);
  ck_assert(pbuf_match_type(p, allocs[_i].type));
  ck_assert_int_eq(PBUF_NEEDS_COPY(p) != 0, allocs[_i].type == PBUF_REF);
  for (q = p; q != NULL && q->payload != NULL; q = q->next) {
    ck_assert_uint_eq((mem_ptr_t)q->payload % MEM_ALIGNMENT, 0);
    memset(q->payload, 0x5A, q->len);
  }
  if (allocs[_i].type == PBUF_RAM || allocs[_i].type == PBUF_POOL) {
    ck_assert_uint_eq(pbuf_add_header(p, allocs[_i].layer), allocs[_i].len + allocs[_i].layer > 65535);
  } else {
    ck_assert_ptr_null(p->payload);
    ck_assert_uint_eq(pbuf_add_header(p, 1), 1);
  }
  ck_assert_uint_eq(pbuf_free(p), allocs[_i].pieces);
  check_clean();
}
END_TEST

START_TEST(too_long_for_headers_is_refused_not_wrapped)
{
  struct pbuf *p = pbuf_alloc(PBUF_RAW, 65535, PBUF_RAM);

  ck_assert_uint_eq(pbuf_add_header(p, 1), 1);
  ck_assert_uint_eq(p->len, 65535);
  pbuf_free(p);
  check_clean();
}
END_TEST

static void alloc_chain(void *unused)
{
  struct pbuf *p = pbuf_alloc(PBUF_RAW, 5 * PER_BUFFER, PBUF_POOL);

  (void)unused;
  if (p != NULL) {
    pbuf_free(p);
  }
  check_clean();
}

START_TEST(a_chain_is_allocated_whole_or_not_at_all)
{
  ck_assert_int_eq(alloc_fail_each(alloc_chain, NULL), 5);
}
END_TEST

START_TEST(an_empty_pool_asks_tcp_for_what_is_out_of_order)
{
  struct pbuf *p[PBUF_POOL_SIZE];
  unsigned i;

  for (i = 0; i < PBUF_POOL_SIZE; i++) {
    p[i] = pbuf_alloc(PBUF_RAW, 100, PBUF_POOL);
    ck_assert(!pbuf_pool_ran_dry());
  }
  ck_assert_ptr_null(pbuf_alloc(PBUF_RAW, 100, PBUF_POOL));
  ck_assert(pbuf_pool_ran_dry());
  ck_assert_uint_eq(ooseq_given_up, 0);
  PBUF_CHECK_FREE_OOSEQ();
  ck_assert_uint_eq(ooseq_given_up, 1);
  PBUF_CHECK_FREE_OOSEQ();
  ck_assert_uint_eq(ooseq_given_up, 1);
  for (i = 0; i < PBUF_POOL_SIZE; i++) {
    pbuf_free(p[i]);
  }
  check_clean();
}
END_TEST

static const pbuf_type types[] = { PBUF_RAM, PBUF_POOL, PBUF_ROM };

START_TEST(a_second_free_is_counted_and_harmless)
{
  struct pbuf *p = pbuf_alloc(PBUF_RAW, 100, types[_i]), *q;

  ck_assert_uint_eq(pbuf_free(p), 1);
  ck_assert_uint_eq(pbuf_free(p), 0);
  ck_assert_uint_eq(pbuf_free(p), 0);
  ck_assert_uint_eq(lwip_x_drops[DROP_DOUBLE_FREE], 2);
  q = pbuf_alloc(PBUF_RAW, 100, types[_i]);
  ck_assert_ptr_nonnull(q);
  ck_assert_uint_eq(pbuf_free(q), 1);
  lwip_x_drops[DROP_DOUBLE_FREE] = 0;
  check_clean();
}
END_TEST

START_TEST(free_counts_until_somebody_else_holds_one)
{
  struct pbuf *a = pbuf_alloc(PBUF_RAW, 10, PBUF_RAM), *b = pbuf_alloc(PBUF_RAW, 20, PBUF_RAM),
              *c = pbuf_alloc(PBUF_RAW, 30, PBUF_RAM);

  pbuf_cat(a, b);
  pbuf_chain(a, c);
  check_chain(a, 60);
  ck_assert_uint_eq(pbuf_free(NULL), 0);
  pbuf_ref(a);
  ck_assert_uint_eq(pbuf_free(a), 0);
  ck_assert_uint_eq(pbuf_free(a), 2);
  ck_assert_uint_eq(pbuf_free(c), 1);
  check_clean();
}
END_TEST

START_TEST(dechain_gives_the_rest_if_it_is_still_held)
{
  struct pbuf *a = pbuf_alloc(PBUF_RAW, 10, PBUF_RAM), *b = pbuf_alloc(PBUF_RAW, 20, PBUF_RAM);

  pbuf_chain(a, b);
  ck_assert_ptr_eq(pbuf_dechain(a), b);
  check_chain(a, 10);
  check_chain(b, 20);
  pbuf_cat(a, b);
  ck_assert_ptr_null(pbuf_dechain(a));
  ck_assert_ptr_null(pbuf_dechain(a));
  pbuf_free(a);
  check_clean();
}
END_TEST

START_TEST(headers_move_within_their_room)
{
  struct pbuf *p = pbuf_alloc(PBUF_TRANSPORT, 100, PBUF_RAM);
  u8_t *payload = (u8_t *)p->payload;

  ck_assert_uint_eq(pbuf_remove_header(p, 101), 1);
  ck_assert_uint_eq(pbuf_remove_header(p, 100), 0);
  ck_assert_uint_eq(p->len, 0);
  ck_assert_uint_eq(pbuf_add_header(p, 100), 0);
  ck_assert_ptr_eq(p->payload, payload);
  ck_assert_uint_eq(pbuf_add_header(p, ROOM), 0);
  ck_assert_uint_eq(pbuf_add_header(p, 1), 1);
  ck_assert_uint_eq(pbuf_add_header_force(p, 1), 1);
  ck_assert_uint_eq(pbuf_add_header(p, (size_t)-1), 1);
  ck_assert_uint_eq(p->tot_len, 100 + ROOM);
  ck_assert_uint_eq(pbuf_header(p, -(s16_t)ROOM), 0);
  ck_assert_uint_eq(pbuf_header(p, 1), 0);
  ck_assert_uint_eq(p->len, 101);
  ck_assert_uint_eq(pbuf_add_header(NULL, 1), 1);
  ck_assert_uint_eq(pbuf_remove_header(NULL, 1), 1);
  pbuf_free(p);
  check_clean();
}
END_TEST

START_TEST(a_reference_moves_only_by_force)
{
  static u8_t memory[100];
  struct pbuf *p = pbuf_alloc_reference(memory + 20, 50, PBUF_REF);

  ck_assert_uint_eq(pbuf_remove_header(p, 10), 0);
  ck_assert_uint_eq(pbuf_add_header(p, 0), 0);
  ck_assert_uint_eq(pbuf_add_header(p, 10), 1);
  ck_assert_uint_eq(pbuf_add_header_force(p, 10), 0);
  ck_assert_uint_eq(pbuf_header_force(p, 20), 0);
  ck_assert_ptr_eq(p->payload, memory);
  ck_assert_uint_eq(p->len, 70);
  pbuf_free(p);
  check_clean();
}
END_TEST

/** Three pieces of 10, 0 and 20 octets, then one of 30. */
static struct pbuf *pieces(void)
{
  static const u16_t lens[] = { 10, 0, 20, 30 };
  struct pbuf *head = NULL;
  unsigned i;

  for (i = 0; i < 4; i++) {
    struct pbuf *p = pbuf_alloc(PBUF_RAW, lens[i], i == 2 ? PBUF_POOL : PBUF_RAM);

    memset(p->payload, 'a' + (int)i, lens[i]);
    if (head == NULL) {
      head = p;
    } else {
      pbuf_cat(head, p);
    }
  }
  return head;
}

static const struct {
  u16_t size;
  unsigned left;
} cuts[] = { { 60, 4 }, { 61, 4 }, { 59, 4 }, { 31, 4 }, { 30, 3 }, { 11, 3 }, { 10, 1 }, { 9, 1 }, { 0, 1 } };

START_TEST(realloc_cuts_anywhere)
{
  struct pbuf *p = pieces();
  u16_t len = LWIP_MIN(cuts[_i].size, (u16_t)60);

  pbuf_realloc(p, cuts[_i].size);
  check_chain(p, len);
  ck_assert_uint_eq(pbuf_clen(p), cuts[_i].left);
  ck_assert_uint_eq(pbuf_free(p), cuts[_i].left);
  check_clean();
}
END_TEST

START_TEST(realloc_gives_memory_back)
{
  struct pbuf *p = pbuf_alloc(PBUF_TRANSPORT, 1400, PBUF_RAM);
  mem_size_t used = lwip_stats.mem.used;

  pbuf_realloc(p, 10);
  ck_assert_uint_lt(lwip_stats.mem.used, used - 1300);
  pbuf_free(p);
  check_clean();
}
END_TEST

static const struct {
  u16_t size;
  unsigned left; /* octets */
  u8_t first;
} frees[] = { { 0, 60, 'a' }, { 1, 59, 'a' }, { 10, 50, 'c' }, { 29, 31, 'c' }, { 30, 30, 'd' }, { 59, 1, 'd' } };

START_TEST(free_header_frees_what_becomes_empty)
{
  struct pbuf *p = pbuf_free_header(pieces(), frees[_i].size);

  check_chain(p, frees[_i].left);
  ck_assert_uint_eq(pbuf_get_at(p, 0), frees[_i].first);
  pbuf_free(p);
  check_clean();
}
END_TEST

START_TEST(free_header_of_all_gives_nothing)
{
  ck_assert_ptr_null(pbuf_free_header(pieces(), 60));
  check_clean();
  ck_assert_ptr_null(pbuf_free_header(pieces(), 1000));
  check_clean();
  ck_assert_ptr_null(pbuf_free_header(NULL, 1));
}
END_TEST

START_TEST(free_header_leaves_the_pbufs_of_others_alone)
{
  struct pbuf *p = pieces(), *rest;

  pbuf_ref(p);
  rest = pbuf_free_header(p, 30);
  check_chain(p, 60);
  check_chain(rest, 30);
  ck_assert_uint_eq(pbuf_free(p), 3);
  ck_assert_uint_eq(pbuf_free(rest), 1);
  check_clean();
}
END_TEST

static struct pbuf_custom custom;
static unsigned custom_freed;

static void free_custom_pbuf(struct pbuf *p)
{
  ck_assert_ptr_eq(p, &custom.pbuf);
  ck_assert_uint_eq(p->ref, 0);
  custom_freed++;
}

START_TEST(a_custom_pbuf_goes_back_to_its_owner)
{
  static u8_t memory[200];
  struct pbuf *p;

  custom.custom_free_function = free_custom_pbuf;
  ck_assert_ptr_null(pbuf_alloced_custom(PBUF_TRANSPORT, 190, PBUF_RAM, &custom, memory, sizeof memory));
  p = pbuf_alloced_custom(PBUF_IP, 100, PBUF_REF, &custom, memory, sizeof memory);
  ck_assert_ptr_eq(p->payload, memory + LWIP_MEM_ALIGN_SIZE(PBUF_IP));
  ck_assert_uint_eq(p->flags, PBUF_FLAG_IS_CUSTOM);
  pbuf_realloc(p, 50);
  pbuf_ref(p);
  pbuf_free(p);
  ck_assert_uint_eq(custom_freed, 0);
  ck_assert_uint_eq(pbuf_free(p), 1);
  ck_assert_uint_eq(custom_freed, 1);
  check_clean();
}
END_TEST

START_TEST(control_packets_get_through_when_the_heap_is_exhausted)
{
  static struct pbuf *all[PBUF_POOL_SIZE];
  struct pbuf *p;
  unsigned i;

  p = pbuf_alloc_ctrl(PBUF_IP, 60);
  ck_assert(pbuf_match_type(p, PBUF_RAM));
  ck_assert_uint_eq(pbuf_free(p), 1);
  alloc_fail_after(0);
  p = pbuf_alloc_ctrl(PBUF_IP, 60);
  ck_assert_ptr_nonnull(p);
  ck_assert(pbuf_match_type(p, PBUF_POOL));
  memset(p->payload, 0xFF, 60);
  ck_assert_uint_eq(pbuf_add_header(p, PBUF_IP), 0);
  ck_assert_uint_eq(pbuf_free(p), 1);
  alloc_fail_after(0);
  ck_assert_ptr_null(pbuf_alloc_ctrl(PBUF_RAW, PER_BUFFER + 1)); /* would be in pieces */
  for (i = 0; i < PBUF_POOL_SIZE; i++) {
    all[i] = pbuf_alloc(PBUF_RAW, 1, PBUF_POOL);
    ck_assert_ptr_nonnull(all[i]);
  }
  alloc_fail_after(0);
  ck_assert_ptr_null(pbuf_alloc_ctrl(PBUF_IP, 60));
  for (i = 0; i < PBUF_POOL_SIZE; i++) {
    pbuf_free(all[i]);
  }
  check_clean();
}
END_TEST

static const u16_t pulls[] = { 1, 10, 11, 29, 30, 31, 59, 60 };

START_TEST(the_last_control_packet_is_kept_for_the_next)
{
  struct pbuf *p = pbuf_ctrl_take(20), *q;

  ck_assert_ptr_nonnull(p);
  ck_assert_uint_eq(pbuf_add_header(p, PBUF_IP), 0);
  pbuf_ctrl_done(p);
  alloc_fail_after(0); /* not asked */
  ck_assert_ptr_eq(pbuf_ctrl_take(32), p);
  ck_assert_uint_eq(p->len, 32);
  ck_assert_uint_eq(p->tot_len, 32);
  ck_assert_uint_eq(p->ref, 1);
  ck_assert_uint_eq(pbuf_add_header(p, PBUF_IP), 0);
  alloc_fail_after(-1);
  q = pbuf_ctrl_take(20); /* while the other is out */
  ck_assert_ptr_nonnull(q);
  ck_assert_ptr_ne(q, p);
  pbuf_ctrl_done(q);
  pbuf_ref(p); /* a driver is still at it */
  pbuf_ctrl_done(p);
  ck_assert_uint_eq(p->ref, 1);
  q = pbuf_ctrl_take(20);
  ck_assert_ptr_ne(q, p);
  ck_assert_uint_eq(pbuf_free(p), 1);
  pbuf_ctrl_done(q);
  p = pbuf_ctrl_take(60); /* too long for it */
  ck_assert_ptr_ne(q, p);
  pbuf_ctrl_done(p);
  pbuf_ctrl_forget();
  pbuf_ctrl_forget();
  check_clean();
}
END_TEST

START_TEST(pull_makes_headers_contiguous)
{
  struct pbuf *p = pieces();
  u8_t before[60], after[60];

  pbuf_copy_partial(p, before, 60, 0);
  p->if_idx = 7;
  p->flags = PBUF_FLAG_LLBCAST;
  p = pbuf_pull(p, pulls[_i]);
  ck_assert_ptr_nonnull(p);
  ck_assert_uint_ge(p->len, pulls[_i]);
  check_chain(p, 60);
  pbuf_copy_partial(p, after, 60, 0);
  ck_assert_mem_eq(before, after, 60);
  ck_assert_uint_eq(p->if_idx, 7);
  ck_assert_uint_eq(p->flags, PBUF_FLAG_LLBCAST);
  pbuf_free(p);
  check_clean();
}
END_TEST

START_TEST(pull_keeps_the_old_head)
{
  struct pbuf *p = pbuf_alloc(PBUF_RAW, 40, PBUF_POOL), *q = pbuf_alloc(PBUF_RAW, 30, PBUF_POOL);
  const u8_t *network = (const u8_t *)p->payload + 14;
  unsigned i;

  for (i = 0; i < 40; i++) {
    ((u8_t *)p->payload)[i] = (u8_t)i;
  }
  pbuf_cat(p, q);
  pbuf_remove_header(p, 34);
  p = pbuf_pull(p, 20);
  ck_assert_uint_eq(((u8_t *)p->payload)[5], 39);
  for (i = 0; i < 20; i++) {
    ck_assert_uint_eq(network[i], 14 + i);
  }
  pbuf_free(p);
  check_clean();
}
END_TEST

START_TEST(pull_of_too_much_drops)
{
  ck_assert_ptr_null(pbuf_pull(pieces(), 61));
  ck_assert_uint_eq(lwip_x_drops[DROP_PULL], 1);
  test_alloc_countdown = 0;
  alloc_fail_after(4);
  ck_assert_ptr_null(pbuf_pull(pieces(), 20));
  ck_assert_uint_eq(lwip_x_drops[DROP_PULL], 2);
  check_clean();
}
END_TEST

START_TEST(a_chain_over_64k_is_split_between_pbufs)
{
  struct pbuf *p[5], *rest;
  unsigned i;

  for (i = 0; i < 5; i++) {
    p[i] = pbuf_alloc(PBUF_RAW, 20000, PBUF_RAM);
    if (i > 0) {
      pbuf_cat(p[0], p[i]);
    }
  }
  pbuf_split_64k(p[0], &rest);
  check_chain(p[0], 60000);
  ck_assert_ptr_eq(rest, p[3]);
  check_chain(rest, 40000);
  pbuf_free(p[0]);
  pbuf_split_64k(rest, &p[0]);
  ck_assert_ptr_null(p[0]);
  pbuf_free(rest);
  check_clean();
}
END_TEST

int main(void)
{
  Suite *s = suite_create("pbuf");
  TCase *t = tcase_create("pbuf");
  SRunner *r = srunner_create(s);
  int failed;

  suite_add_tcase(s, t);
  tcase_add_checked_fixture(t, set_up, NULL);
  tcase_add_loop_test(t, allocates, 0, (int)(sizeof allocs / sizeof allocs[0]));
  tcase_add_test(t, too_long_for_headers_is_refused_not_wrapped);
  tcase_add_test(t, a_chain_is_allocated_whole_or_not_at_all);
  tcase_add_test(t, an_empty_pool_asks_tcp_for_what_is_out_of_order);
  tcase_add_loop_test(t, a_second_free_is_counted_and_harmless, 0, 3);
  tcase_add_test(t, free_counts_until_somebody_else_holds_one);
  tcase_add_test(t, dechain_gives_the_rest_if_it_is_still_held);
  tcase_add_test(t, headers_move_within_their_room);
  tcase_add_test(t, a_reference_moves_only_by_force);
  tcase_add_loop_test(t, realloc_cuts_anywhere, 0, (int)(sizeof cuts / sizeof cuts[0]));
  tcase_add_test(t, realloc_gives_memory_back);
  tcase_add_loop_test(t, free_header_frees_what_becomes_empty, 0, (int)(sizeof frees / sizeof frees[0]));
  tcase_add_test(t, free_header_of_all_gives_nothing);
  tcase_add_test(t, free_header_leaves_the_pbufs_of_others_alone);
  tcase_add_test(t, a_custom_pbuf_goes_back_to_its_owner);
  tcase_add_test(t, control_packets_get_through_when_the_heap_is_exhausted);
  tcase_add_test(t, the_last_control_packet_is_kept_for_the_next);
  tcase_add_loop_test(t, pull_makes_headers_contiguous, 0, (int)(sizeof pulls / sizeof pulls[0]));
  tcase_add_test(t, pull_keeps_the_old_head);
  tcase_add_test(t, pull_of_too_much_drops);
  tcase_add_test(t, a_chain_over_64k_is_split_between_pbufs);
  srunner_run_all(r, CK_ENV);
  failed = srunner_ntests_failed(r);
  srunner_free(r);
  return failed != 0;
}
