/** sys_timeout() and company, with LWIP_TESTMODE so that the list can be looked at.
 *  LINK: base/core.c base/def.c base/timer.c mem/core_defer.c mem/drop.c mem/heap.c mem/memp.c mem/pbuf.c mem/pbuf_ctrl.c
 *  LINK: mem/pbuf_queue.c */
#define LWIP_TESTMODE 1
#include "mem/timeouts.c"
#include "mem/timeouts_check.c"
#include "lwip/stats.h"
#include "mem/pbuf_hook.h"
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

static u32_t now;
static char log_[200];
static unsigned logged;

u32_t sys_now(void)
{
  return now;
}

static void note(void *arg)
{
  log_[logged++] = *(const char *)arg;
}

static void note_too(void *arg)
{
  log_[logged++] = (char)(*(const char *)arg + 'A' - 'a');
}

static char names[] = "abcdefghijklmnopqrstuvwxyz";

static void set_up(void)
{
  memp_init();
  sys_timeouts_init();
}

static void check_clean(void)
{
  ck_assert_uint_eq(lwip_stats.memp[MEMP_SYS_TIMEOUT]->used, 0);
  ck_assert_uint_eq(lwip_stats.memp[MEMP_SYS_TIMEOUT]->illegal, 0);
  ck_assert_uint_eq(sys_timeouts_sleeptime(), SYS_TIMEOUTS_SLEEPTIME_INFINITE);
}

START_TEST(an_idle_stack_never_wakes)
{
  check_clean();
  sys_check_timeouts();
  ck_assert_int_eq(lwip_num_cyclic_timers, 0);
}
END_TEST

START_TEST(ring_in_order_at_the_millisecond)
{
  now = 0xFFFFFFF0u;
  sys_timeout(30, note, &names[2]);
  sys_timeout(10, note, &names[0]);
  sys_timeout(20, note, &names[1]);
  sys_timeout(20, note_too, &names[1]);
  ck_assert_uint_eq(sys_timeouts_sleeptime(), 10);
  now += 9;
  sys_check_timeouts();
  ck_assert_uint_eq(logged, 0);
  ck_assert_uint_eq(sys_timeouts_sleeptime(), 1);
  now += 1;
  ck_assert_uint_eq(sys_timeouts_sleeptime(), 0);
  sys_check_timeouts();
  ck_assert_str_eq(log_, "a");
  ck_assert_uint_eq(sys_timeouts_sleeptime(), 10);
  now += 100;
  ck_assert_uint_eq(sys_timeouts_sleeptime(), 0);
  sys_check_timeouts();
  ck_assert_uint_eq(logged, 4);
  ck_assert(log_[3] == 'c');
  check_clean();
}
END_TEST

START_TEST(untimeout_forgets_one_the_earliest)
{
  sys_timeout(50, note, &names[0]);
  sys_timeout(20, note, &names[0]);
  sys_timeout(90, note, &names[0]);
  sys_timeout(30, note, &names[1]);
  sys_timeout(40, note_too, &names[0]);
  sys_untimeout(note, &names[0]);
  ck_assert_uint_eq(sys_timeouts_sleeptime(), 30);
  sys_untimeout(note, &names[7]);
  sys_untimeout(note_too, &names[1]);
  now += 1000;
  sys_check_timeouts();
  ck_assert_uint_eq(logged, 4);
  ck_assert_str_eq(log_, "bAaa");
  sys_untimeout(note, &names[0]);
  check_clean();
}
END_TEST

static void again(void *arg)
{
  note(arg);
  sys_timeout(10, again, arg);
}

START_TEST(a_handler_may_arm_itself_again)
{
  unsigned i;

  sys_timeout(10, again, &names[0]);
  for (i = 1; i <= 20; i++) {
    ck_assert_uint_eq(sys_timeouts_sleeptime(), 10);
    now += 10;
    sys_check_timeouts();
    ck_assert_uint_eq(logged, i);
  }
  sys_untimeout(again, &names[0]);
  check_clean();
}
END_TEST

static void forget_next(void *arg)
{
  note(arg);
  sys_untimeout(note, &names[1]);
}

START_TEST(a_handler_may_forget_another_that_is_due)
{
  sys_timeout(1, forget_next, &names[0]);
  sys_timeout(2, note, &names[1]);
  sys_timeout(3, note, &names[2]);
  now += 10;
  sys_check_timeouts();
  ck_assert_str_eq(log_, "ac");
  check_clean();
}
END_TEST

START_TEST(restart_puts_off_what_is_late)
{
  sys_timeout(10, note, &names[0]);
  sys_timeout(25, note, &names[1]);
  now += 5;
  sys_restart_timeouts();
  ck_assert_uint_eq(sys_timeouts_sleeptime(), 5);
  now += 1000000;
  sys_restart_timeouts();
  sys_check_timeouts();
  ck_assert_str_eq(log_, "a");
  ck_assert_uint_eq(sys_timeouts_sleeptime(), 15);
  now += 15;
  sys_check_timeouts();
  ck_assert_str_eq(log_, "ab");
  check_clean();
}
END_TEST

START_TEST(all_elements_can_be_used)
{
  unsigned i;

  for (i = 0; i < MEMP_NUM_SYS_TIMEOUT; i++) {
    sys_timeout(1 + i * 3 % 17, note, &names[i % 26]);
  }
  ck_assert_uint_eq(lwip_stats.memp[MEMP_SYS_TIMEOUT]->used, MEMP_NUM_SYS_TIMEOUT);
  now += 100;
  sys_check_timeouts();
  ck_assert_uint_eq(logged, MEMP_NUM_SYS_TIMEOUT);
  check_clean();
}
END_TEST

START_TEST(random_operations_agree_with_an_array)
{
  struct {
    u32_t at;
    bool armed;
  } model[26];
  unsigned i, k;

  memset(model, 0, sizeof model);
  test_rand_seed((u64_t)_i);
  for (i = 0; i < 5000; i++) {
    k = test_rand() % 26;
    if (model[k].armed) {
      sys_untimeout(note, &names[k]);
      model[k].armed = false;
    } else {
      model[k].at = now + 1 + test_rand() % 50;
      model[k].armed = true;
      sys_timeout(model[k].at - now, note, &names[k]);
    }
    now += test_rand() % 4;
    logged = 0;
    sys_check_timeouts();
    while (logged > 0) {
      k = (unsigned)(log_[--logged] - 'a');
      ck_assert(model[k].armed);
      ck_assert((s32_t)(now - model[k].at) >= 0);
      model[k].armed = false;
    }
    for (k = 0; k < 26; k++) {
      ck_assert(!model[k].armed || (s32_t)(now - model[k].at) < 0);
    }
  }
}
END_TEST

START_TEST(a_pool_that_ran_dry_is_looked_after_at_once)
{
  pbuf_free_ooseq_pending = 1;
  ck_assert_uint_eq(sys_timeouts_sleeptime(), 0);
  sys_check_timeouts();
  ck_assert_uint_eq(ooseq_given_up, 1);
  check_clean();
}
END_TEST

START_TEST(checked_in_an_interrupt_it_waits_for_the_main_loop)
{
  sys_timeout(5, note, &names[0]);
  now += 10;
  ck_assert(core_enter());
  test_context = 15;
  sys_check_timeouts();
  ck_assert_uint_eq(logged, 0);
  test_context = 0;
  core_leave();
  ck_assert_uint_eq(logged, 1);
}
END_TEST

START_TEST(refused_from_an_interrupt_while_the_main_loop_is_inside)
{
  core_enter();
  test_context = 15;
  sys_timeout(5, note, &names[0]);
  sys_untimeout(note, &names[0]);
  test_context = 0;
  core_leave();
  check_clean();
}
END_TEST

/* What lwIP's own tests do: look through the list, unlink and free. */
START_TEST(the_list_can_be_walked_and_emptied)
{
  struct sys_timeo **head = sys_timeouts_get_next_timeout(), *t;
  unsigned n = 0;

  sys_timeout(20, note, &names[1]);
  sys_timeout(10, note, &names[0]);
  for (t = *head; t != NULL; t = t->next) {
    ck_assert_ptr_eq(t->arg, &names[n]);
    ck_assert_uint_eq(t->time, now + 10 + 10 * n);
    n++;
  }
  ck_assert_uint_eq(n, 2);
  while ((t = *head) != NULL) {
    *head = t->next;
    memp_free(MEMP_SYS_TIMEOUT, t);
  }
  now += 10;
  sys_check_timeouts(); /* for nothing */
  ck_assert_uint_eq(logged, 0);
  check_clean();
}
END_TEST

static unsigned turns;

static void turn(void)
{
  turns++;
}

START_TEST(a_cyclic_timer_comes_again)
{
  static struct lwip_cyclic_timer cyclic = { 100, turn };

  lwip_cyclic_timer(&cyclic);
  now += 100;
  sys_check_timeouts();
  now += 100;
  sys_check_timeouts();
  ck_assert_uint_eq(turns, 3);
  sys_untimeout(lwip_cyclic_timer, &cyclic);
  check_clean();
}
END_TEST

static void poll_inside(void *arg)
{
  note(arg);
  sys_check_timeouts();
}

START_TEST(a_handler_may_make_the_timers_run)
{
  sys_timeout(5, poll_inside, &names[0]);
  sys_timeout(5, note, &names[1]);
  sys_timeout(6, note, &names[2]);
  now += 10;
  sys_check_timeouts();
  sys_check_timeouts();
  ck_assert_str_eq(log_, "abc");
  check_clean();
}
END_TEST

int main(void)
{
  Suite *s = suite_create("timeouts");
  TCase *t = tcase_create("timeouts");
  SRunner *r = srunner_create(s);
  int failed;

  suite_add_tcase(s, t);
  tcase_add_checked_fixture(t, set_up, NULL);
  tcase_add_test(t, an_idle_stack_never_wakes);
  tcase_add_test(t, ring_in_order_at_the_millisecond);
  tcase_add_test(t, untimeout_forgets_one_the_earliest);
  tcase_add_test(t, a_handler_may_arm_itself_again);
  tcase_add_test(t, a_handler_may_forget_another_that_is_due);
  tcase_add_test(t, restart_puts_off_what_is_late);
  tcase_add_test(t, all_elements_can_be_used);
  tcase_add_loop_test(t, random_operations_agree_with_an_array, 1, 5);
  tcase_add_test(t, a_pool_that_ran_dry_is_looked_after_at_once);
  tcase_add_test(t, checked_in_an_interrupt_it_waits_for_the_main_loop);
  tcase_add_test(t, refused_from_an_interrupt_while_the_main_loop_is_inside);
  tcase_add_test(t, the_list_can_be_walked_and_emptied);
  tcase_add_test(t, a_cyclic_timer_comes_again);
  tcase_add_test(t, a_handler_may_make_the_timers_run);
  srunner_run_all(r, CK_ENV);
  failed = srunner_ntests_failed(r);
  srunner_free(r);
  return failed != 0;
}
