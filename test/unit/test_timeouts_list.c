/** sys_timeout() and company with LWIP_TESTMODE, in a list that tests see.  The other tests are in timeouts_tests.h.
 *  LINK: base/core.c base/def.c base/timer.c mem/core_defer.c mem/drop.c mem/heap.c mem/memp.c mem/pbuf.c mem/pbuf_ctrl.c
 *  LINK: mem/pbuf_queue.c */
#define LWIP_TESTMODE 1
#include "mem/timeouts_check.c"
#include "mem/timeouts_list.c"
#include "lwip/stats.h"
#include "mem/pbuf_hook.h"
#include "timeouts_tests.h"

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

int main(void)
{
  Suite *s = suite_create("timeouts_list");
  TCase *t = timeouts_tests(s);
  SRunner *r;
  int failed;

  tcase_add_test(t, the_list_can_be_walked_and_emptied);
  tcase_add_test(t, a_cyclic_timer_comes_again);
  r = srunner_create(s);
  srunner_run_all(r, CK_NORMAL);
  failed = srunner_ntests_failed(r);
  srunner_free(r);
  return failed != 0;
}
