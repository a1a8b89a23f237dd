/** Deadlines: order, exactness, stopping and arming at any time, the wrap of the clock, against a list as the model.
 *  LINK: base/timer.c */
#include "base/timer.h"
#include "lwip/sys.h"
#include <check.h>
#include <stdlib.h>
#include "../config/test_port.h"

#define MANY 500

struct probe {
  struct timer timer;
  u32_t at;
  bool armed;
  unsigned rang;
};

static u32_t now;
static struct probe probes[MANY];
static u32_t rung[64];
static unsigned rings;

u32_t sys_now(void)
{
  return now;
}

static void ring(struct timer *t)
{
  struct probe *p = container_of(t, struct probe, timer);

  ck_assert(!timer_pending(t));
  ck_assert(p->armed);
  ck_assert((s32_t)(now - p->at) >= 0);
  p->armed = false;
  p->rang++;
  rung[rings++ % 64] = p->at;
}

static void arm(struct probe *p, u32_t delay)
{
  p->at = now + delay;
  p->armed = true;
  timer_set(&p->timer, delay, ring);
}

START_TEST(nothing_pending_never_wakes)
{
  ck_assert_uint_eq(timers_sleep(0), TIMERS_NEVER);
  timers_run(12345);
  timer_stop(&probes[0].timer);
  ck_assert(!timer_pending(&probes[0].timer));
}
END_TEST

static const struct {
  const char *what;
  u32_t start, delays[6];
  unsigned n;
} orders[] = {
  { "one", 0, { 5 }, 1 },
  { "ascending", 1000, { 1, 2, 3, 4, 5, 6 }, 6 },
  { "descending", 1000, { 60, 50, 40, 30, 20, 1 }, 6 },
  { "equal deadlines", 7, { 9, 9, 9, 9 }, 4 },
  { "over the wrap", 0xFFFFFFF0u, { 40, 3, 20, 15, 16, 17 }, 6 },
  { "far and near", 0x7FFFFFFFu, { 0x70000000u, 0, 1 }, 3 },
};

START_TEST(rings_in_order_and_sleeps_exactly)
{
  unsigned i, n = orders[_i].n;

  now = orders[_i].start;
  for (i = 0; i < n; i++) {
    arm(&probes[i], orders[_i].delays[i]);
  }
  while (rings < n) {
    unsigned before = rings;
    u32_t sleep = timers_sleep(now);

    ck_assert_uint_ne(sleep, TIMERS_NEVER);
    if (sleep > 0) {
      now += sleep - 1;
      timers_run(now);
      ck_assert_msg(rings == before, "%s: rang a millisecond early", orders[_i].what);
      now++;
    }
    timers_run(now);
    ck_assert_msg(rings > before, "%s: did not ring in time", orders[_i].what);
    for (i = before + 1; i < rings; i++) {
      ck_assert_uint_eq(rung[i], rung[before]);
    }
  }
  ck_assert_uint_eq(timers_sleep(now), TIMERS_NEVER);
}
END_TEST

/* What a callback may do: the timer that rings is done with the heap. */
static struct probe *victim;

static void ring_rearms(struct timer *t)
{
  rings++;
  timer_set(t, 0, ring_rearms);
}

static void ring_stops(struct timer *t)
{
  (void)t;
  rings++;
  timer_stop(&victim->timer);
}

static void ring_moves(struct timer *t)
{
  (void)t;
  rings++;
  timer_set(&victim->timer, 100, ring);
  victim->at = now + 100;
}

START_TEST(rearming_at_once_waits_for_the_next_call)
{
  timer_set(&probes[0].timer, 0, ring_rearms);
  timers_run(now);
  ck_assert_uint_eq(rings, 1);
  ck_assert_uint_eq(timers_sleep(now), 0);
  timers_run(now);
  ck_assert_uint_eq(rings, 2);
}
END_TEST

START_TEST(a_due_timer_may_be_stopped_by_another)
{
  victim = &probes[1];
  timer_set(&probes[0].timer, 1, ring_stops);
  arm(victim, 2);
  arm(&probes[2], 3);
  now += 10;
  timers_run(now);
  ck_assert_uint_eq(victim->rang, 0);
  ck_assert_uint_eq(probes[2].rang, 1);
}
END_TEST

START_TEST(a_due_timer_may_be_moved_by_another)
{
  victim = &probes[1];
  timer_set(&probes[0].timer, 1, ring_moves);
  arm(victim, 2);
  now += 10;
  timers_run(now);
  ck_assert_uint_eq(victim->rang, 0);
  ck_assert_uint_eq(timers_sleep(now), 100);
}
END_TEST

START_TEST(set_by_moves_it_to_an_earlier_time_only)
{
  now = 0xFFFFFFF0u;
  probes[0].at = now;
  probes[0].armed = true;
  timer_set_by(&probes[0].timer, now + 40, ring);
  ck_assert_uint_eq(timers_sleep(now), 40);
  timer_set_by(&probes[0].timer, now + 50, ring);
  ck_assert_uint_eq(timers_sleep(now), 40);
  timer_set_by(&probes[0].timer, now + 5, ring);
  ck_assert_uint_eq(timers_sleep(now), 5);
  now += 5;
  timers_run(now);
  ck_assert_uint_eq(probes[0].rang, 1);
}
END_TEST

START_TEST(catching_up_keeps_the_distances)
{
  unsigned i;

  for (i = 0; i < 40; i++) {
    arm(&probes[i], 10 + i * 7);
  }
  now += 1000;
  timers_catch_up(now);
  for (i = 0; i < 40; i++) {
    probes[i].at = now + i * 7;
    ck_assert_uint_eq(probes[i].timer.at, probes[i].at);
  }
  timers_run(now);
  ck_assert_uint_eq(rings, 1);
  ck_assert_uint_eq(timers_sleep(now), 7);
  timers_catch_up(now);
  ck_assert_uint_eq(timers_sleep(now), 7);
}
END_TEST

static u32_t model_sleep(void)
{
  u32_t best = TIMERS_NEVER;
  unsigned i;

  for (i = 0; i < MANY; i++) {
    if (probes[i].armed && (best == TIMERS_NEVER || (s32_t)(probes[i].at - best) < 0)) {
      best = probes[i].at;
    }
  }
  if (best == TIMERS_NEVER) {
    return best;
  }
  return (s32_t)(now - best) >= 0 ? 0 : best - now;
}

START_TEST(random_operations_agree_with_a_list)
{
  unsigned i;

  test_rand_seed((u64_t)_i);
  now = 0xFFFF0000u;
  for (i = 0; i < 20000; i++) {
    struct probe *p = &probes[test_rand() % MANY];

    switch (test_rand() % 5) {
      case 0:
      case 1:
        arm(p, test_rand() % 1000);
        break;
      case 2:
        timer_stop(&p->timer);
        p->armed = false;
        break;
      case 3:
        timers_run(now);
        break;
      default:
        now += test_rand() % 20;
        break;
    }
    ck_assert_uint_eq(timer_pending(&p->timer), p->armed);
    if (i % 16 == 0) {
      ck_assert_uint_eq(timers_sleep(now), model_sleep());
    }
  }
}
END_TEST

int main(void)
{
  Suite *s = suite_create("timer");
  TCase *t = tcase_create("timer");
  SRunner *r = srunner_create(s);
  int failed;

  suite_add_tcase(s, t);
  tcase_add_test(t, nothing_pending_never_wakes);
  tcase_add_loop_test(t, rings_in_order_and_sleeps_exactly, 0, (int)(sizeof orders / sizeof orders[0]));
  tcase_add_test(t, rearming_at_once_waits_for_the_next_call);
  tcase_add_test(t, a_due_timer_may_be_stopped_by_another);
  tcase_add_test(t, a_due_timer_may_be_moved_by_another);
  tcase_add_test(t, set_by_moves_it_to_an_earlier_time_only);
  tcase_add_test(t, catching_up_keeps_the_distances);
  tcase_add_loop_test(t, random_operations_agree_with_a_list, 1, 6);
  srunner_run_all(r, CK_ENV);
  failed = srunner_ntests_failed(r);
  srunner_free(r);
  return failed != 0;
}
