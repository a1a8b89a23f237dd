/** The arrows of RFC 9293 figure 5: exactly those. */
#include "tcp_engine_lab.h"

#include <signal.h>
#include <stdio.h>

static const char *const arrows[] = { /* from, then where to; CLOSED from everywhere */
                                      "CLOSED SYN_SENT SYN_RCVD",
                                      "SYN_SENT SYN_RCVD ESTABLISHED",
                                      "SYN_RCVD ESTABLISHED",
                                      "ESTABLISHED FIN_WAIT_1 CLOSE_WAIT",
                                      "FIN_WAIT_1 FIN_WAIT_2 CLOSING",
                                      "FIN_WAIT_2 TIME_WAIT",
                                      "CLOSE_WAIT LAST_ACK",
                                      "CLOSING TIME_WAIT",
                                      "LAST_ACK",
                                      "TIME_WAIT"
};

static bool allowed(enum tcp_state from, enum tcp_state to)
{
  char name[16];
  unsigned i;
  size_t n = strlen(tcp_debug_state_str(from));

  if (to == CLOSED) {
    return true;
  }
  snprintf(name, sizeof name, " %s", tcp_debug_state_str(to));
  for (i = 0; i < LWIP_ARRAYSIZE(arrows); i++) {
    const char *rest = arrows[i] + n;

    if (strncmp(arrows[i], tcp_debug_state_str(from), n) == 0 && (*rest == ' ' || *rest == 0)) {
      const char *at = strstr(rest, name);

      return at != NULL && (at[strlen(name)] == ' ' || at[strlen(name)] == 0);
    }
  }
  return false;
}

START_TEST(arrow)
{
  enum tcp_state from = (enum tcp_state)(_i / 11), to = (enum tcp_state)(_i % 11);

  lab_connection(from);
  if (!allowed(from, to)) {
    tcp_enter(pcb, to, lab_now);
    ck_abort_msg("from %d to %d was allowed", from, to);
  }
  tcp_enter(pcb, to, lab_now);
  ck_assert_int_eq(pcb->state, to);
  timer_stop(tcp_timer_of(pcb));
}
END_TEST

START_TEST(names)
{
  ck_assert_str_eq(tcp_debug_state_str(ESTABLISHED), "ESTABLISHED");
  ck_assert_str_eq(tcp_debug_state_str(TIME_WAIT), "TIME_WAIT");
  ck_assert_str_eq(tcp_debug_state_str((enum tcp_state)99), "?");
}
END_TEST

/* Programs compare states as numbers. */
START_TEST(numbers)
{
  ck_assert_int_eq(CLOSED, 0);
  ck_assert_int_eq(LISTEN, 1);
  ck_assert_int_eq(ESTABLISHED, 4);
  ck_assert_int_eq(CLOSE_WAIT, 7);
  ck_assert_int_eq(TIME_WAIT, 10);
}
END_TEST

static void add(TCase *c)
{
  int i;

  for (i = 0; i < 11 * 11; i++) {
    if (allowed((enum tcp_state)(i / 11), (enum tcp_state)(i % 11))) {
      tcase_add_loop_test(c, arrow, i, i + 1);
    } else {
      tcase_add_loop_test_raise_signal(c, arrow, SIGABRT, i, i + 1);
    }
  }
  tcase_add_test(c, names);
  tcase_add_test(c, numbers);
}
LAB_SUITE("tcp_state", add)
