/** sys_timeout() and company in the heap of timers.  The tests are in timeouts_tests.h.
 *  LINK: base/core.c base/def.c base/timer.c mem/core_defer.c mem/drop.c mem/heap.c mem/memp.c mem/pbuf.c mem/pbuf_ctrl.c
 *  LINK: mem/pbuf_queue.c mem/timeouts.c mem/timeouts_check.c */
#include "base/core.h"
#include "lwip/memp.h"
#include "lwip/stats.h"
#include "lwip/sys.h"
#include "lwip/timeouts.h"
#include "mem/pbuf_hook.h"
#include "timeouts_tests.h"

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

int main(void)
{
  Suite *s = suite_create("timeouts");
  SRunner *r;
  int failed;

  tcase_add_test(timeouts_tests(s), refused_from_an_interrupt_while_the_main_loop_is_inside);
  r = srunner_create(s);
  srunner_run_all(r, CK_NORMAL);
  failed = srunner_ntests_failed(r);
  srunner_free(r);
  return failed != 0;
}
