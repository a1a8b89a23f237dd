/** Who may be inside the stack: nesting, refusal, and what is put aside while somebody is.
 *  LINK: base/core.c mem/core_defer.c */
#include "base/core.h"
#include "base/timer.h"
#include "mem/drop.h"
#include "lwip/pbuf.h"
#include "lwip/sys.h"
#include <check.h>
#include "../config/test_port.h"

#define MAIN_LOOP 0
#define INTERRUPT 15
#define OTHER_INTERRUPT 40

lwip_x_drop_count_t lwip_x_drops[DROP_MAX];

static struct pbuf packets[32];
static struct pbuf *seen[64];
static unsigned seen_count, dropped, timer_runs;
static void (*while_in_input)(void);

u32_t sys_now(void)
{
  return 0;
}

void timers_run(u32_t now_ms)
{
  (void)now_ms;
  ck_assert(core_inside());
  timer_runs++;
}

void drop(struct pbuf *p, enum lwip_x_drop reason)
{
  ck_assert_ptr_nonnull(p);
  ck_assert_int_eq(reason, DROP_CORE_BUSY);
  dropped++;
}

static void input(struct pbuf *p, struct netif *nif)
{
  ck_assert_ptr_null(nif);
  ck_assert(core_inside());
  ck_assert(!core_busy());
  seen[seen_count++] = p;
  if (while_in_input != NULL) {
    void (*f)(void) = while_in_input;

    while_in_input = NULL;
    f();
  }
}

/** What a driver does in its interrupt. */
static void frame(unsigned i)
{
  int was = test_context;

  test_context = INTERRUPT;
  if (core_busy()) {
    core_defer_input(&packets[i], NULL, input);
  } else {
    ck_assert(core_enter());
    input(&packets[i], NULL);
    core_leave();
  }
  test_context = was;
}

START_TEST(calls_nest_in_one_context)
{
  int i;

  ck_assert(!core_inside());
  for (i = 0; i < 20; i++) {
    ck_assert(core_enter());
    ck_assert(core_inside());
    ck_assert(!core_busy());
  }
  for (i = 0; i < 20; i++) {
    ck_assert(core_inside());
    core_leave();
  }
  ck_assert(!core_inside());
}
END_TEST

START_TEST(another_context_is_refused_and_counted)
{
  ck_assert(core_enter());
  test_context = INTERRUPT;
  ck_assert(core_busy());
  ck_assert(!core_enter());
  ck_assert_uint_eq(lwip_x_drops[DROP_WRONG_CONTEXT], 1);
  test_context = MAIN_LOOP;
  core_leave();
  test_context = INTERRUPT;
  ck_assert(!core_busy());
  ck_assert(core_enter());
  test_context = OTHER_INTERRUPT;
  ck_assert(!core_enter());
  test_context = INTERRUPT;
  core_leave();
}
END_TEST

START_TEST(deferred_input_runs_in_order_when_the_outermost_call_leaves)
{
  unsigned i;

  core_enter();
  core_enter();
  for (i = 0; i < 5; i++) {
    frame(i);
  }
  core_leave();
  ck_assert_uint_eq(seen_count, 0);
  core_leave();
  ck_assert_uint_eq(seen_count, 5);
  for (i = 0; i < 5; i++) {
    ck_assert_ptr_eq(seen[i], &packets[i]);
  }
  ck_assert(!core_inside());
}
END_TEST

START_TEST(the_queue_is_bounded_and_what_is_over_is_dropped)
{
  unsigned i;

  core_enter();
  for (i = 0; i < LWIP_X_DEFER_QUEUE_LEN + 3; i++) {
    frame(i);
  }
  core_leave();
  ck_assert_uint_eq(seen_count, LWIP_X_DEFER_QUEUE_LEN);
  ck_assert_uint_eq(dropped, 3);
  core_enter();
  frame(20);
  core_leave();
  ck_assert_uint_eq(seen_count, LWIP_X_DEFER_QUEUE_LEN + 1);
}
END_TEST

static void another_frame(void)
{
  frame(9);
  ck_assert_uint_eq(seen_count, 1);
}

START_TEST(a_frame_that_comes_while_deferred_ones_run_is_not_lost)
{
  core_enter();
  frame(1);
  while_in_input = another_frame;
  core_leave();
  ck_assert_uint_eq(seen_count, 2);
  ck_assert_ptr_eq(seen[1], &packets[9]);
}
END_TEST

START_TEST(deferred_timers_run_once)
{
  core_enter();
  test_context = INTERRUPT;
  core_defer_timers();
  core_defer_timers();
  test_context = MAIN_LOOP;
  ck_assert_uint_eq(timer_runs, 0);
  core_leave();
  ck_assert_uint_eq(timer_runs, 1);
  core_enter();
  core_leave();
  ck_assert_uint_eq(timer_runs, 1);
}
END_TEST

/* An interrupt between the outermost core_leave() writing "nobody" and its look at what was deferred. */
START_TEST(who_finds_nobody_inside_does_what_was_deferred)
{
  test_context = INTERRUPT;
  core_defer_input(&packets[0], NULL, input);
  ck_assert(!core_busy());
  frame(1);
  ck_assert_uint_eq(seen_count, 2);
  test_context = MAIN_LOOP;
  core_enter();
  core_leave();
  ck_assert_uint_eq(seen_count, 2);
}
END_TEST

int main(void)
{
  Suite *s = suite_create("core");
  TCase *t = tcase_create("core");
  SRunner *r = srunner_create(s);
  int failed;

  suite_add_tcase(s, t);
  tcase_add_test(t, calls_nest_in_one_context);
  tcase_add_test(t, another_context_is_refused_and_counted);
  tcase_add_test(t, deferred_input_runs_in_order_when_the_outermost_call_leaves);
  tcase_add_test(t, the_queue_is_bounded_and_what_is_over_is_dropped);
  tcase_add_test(t, a_frame_that_comes_while_deferred_ones_run_is_not_lost);
  tcase_add_test(t, deferred_timers_run_once);
  tcase_add_test(t, who_finds_nobody_inside_does_what_was_deferred);
  srunner_run_all(r, CK_ENV);
  failed = srunner_ntests_failed(r);
  srunner_free(r);
  return failed != 0;
}
