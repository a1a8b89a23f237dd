/** Deadlines: which there are, when they are, and that a quiet connection has none. */
#include "tcp_engine_lab.h"

static enum tcp_verdict ring_in(u32_t ms)
{
  lab_now += ms;
  memset(&ev, 0, sizeof ev);
  return tcp_timer_ring(pcb, lab_now, &ev);
}

START_TEST(idle_has_none)
{
  lab_connection(ESTABLISHED);
  ck_assert_uint_eq(tcp_timer_next(pcb, lab_now), TCP_NEVER);
  lab_done();
}
END_TEST

/* MUST-40 */
START_TEST(delayed_ack)
{
  lab_connection(ESTABLISHED);
  (void)lab_arrives(TCP_F_ACK, PEER, US, 10);
  lab_delivered(PEER, 10);
  ck_assert_uint_eq(tcp_timer_next(pcb, lab_now), LWIP_X_TCP_DELACK_MS);
  ck_assert_uint_lt(LWIP_X_TCP_DELACK_MS, 500);
  ck_assert_int_eq(ring_in(LWIP_X_TCP_DELACK_MS - 1), TCP_OK);
  ck_assert(!(pcb->flags & TF_ACK_NOW));
  ck_assert_int_eq(ring_in(1), TCP_OK);
  ck_assert(pcb->flags & TF_ACK_NOW);
  ck_assert_uint_eq(lab_push(), 1);
  ck_assert_uint_eq(tcp_timer_next(pcb, lab_now), TCP_NEVER);
  lab_done();
}
END_TEST

/* The timer is never later than a deadline, and not moved for each event. */
START_TEST(lazy)
{
  struct timer *t;

  lab_connection(ESTABLISHED);
  t = tcp_timer_of(pcb);
  tcp_due(pcb, lab_now + 500);
  ck_assert_uint_eq(t->at, lab_now + 500);
  tcp_due(pcb, lab_now + 900);
  ck_assert_uint_eq(t->at, lab_now + 500);
  tcp_due(pcb, lab_now + 100);
  ck_assert_uint_eq(t->at, lab_now + 100);
  lab_done();
}
END_TEST

/* RFC 9293 3.8.4, MUST-24 to MUST-29 */
START_TEST(keepalive)
{
  unsigned i;
  struct tcp_send s;

  lab_connection(ESTABLISHED);
  ck_assert_uint_eq(tcp_timer_next(pcb, lab_now), TCP_NEVER); /* MUST-25: off */
  pcb->so_options |= SOF_KEEPALIVE;
  ck_assert_uint_eq(tcp_timer_next(pcb, lab_now), 7200000); /* MUST-28 */
  pcb->keep_idle = 60000;
  pcb->keep_intvl = 10000;
  pcb->keep_cnt = 3;
  ck_assert_uint_eq(tcp_timer_next(pcb, lab_now), 60000);
  ck_assert_int_eq(ring_in(30000), TCP_OK);
  (void)lab_arrives(TCP_F_ACK, PEER, US, 0); /* heard: counted from here */
  lab_delivered(0, 0);
  ck_assert_uint_eq(tcp_timer_next(pcb, lab_now), 60000);
  ck_assert_int_eq(ring_in(60000), TCP_OK);
  for (i = 0; i < 3; i++) {
    ck_assert(tcp_next(pcb, lab_now, &s));
    ck_assert_uint_eq(s.r.seq, US - 1);
    ck_assert_uint_eq(s.r.len, 0); /* SHLD-12 */
    tcp_sent_it(pcb, &s, lab_now);
    ck_assert(!tcp_next(pcb, lab_now, &s));
    ck_assert_uint_eq(tcp_timer_next(pcb, lab_now), 10000);
    if (i < 2) {
      ck_assert_int_eq(ring_in(10000), TCP_OK);
    }
  }
  ck_assert_int_eq(ring_in(10000), TCP_KILL);
  lab_done();
}
END_TEST

START_TEST(keepalive_is_answered)
{
  lab_connection(ESTABLISHED);
  pcb->so_options |= SOF_KEEPALIVE;
  pcb->keep_idle = 1000;
  ck_assert_int_eq(ring_in(1000), TCP_OK);
  ck_assert_uint_eq(lab_push(), 1);
  ck_assert_uint_eq(pcb->keep_cnt_sent, 1);
  (void)lab_arrives(TCP_F_ACK, PEER, US, 0);
  lab_delivered(0, 0);
  ck_assert_uint_eq(pcb->keep_cnt_sent, 0);
  ck_assert_uint_eq(tcp_timer_next(pcb, lab_now), 1000);
  lab_done();
}
END_TEST

START_TEST(poll)
{
  lab_connection(ESTABLISHED);
  pcb->pollinterval = 4;
  pcb->polltmr = (u16_t)((lab_now + 2000) >> 3);
  ck_assert_uint_le(tcp_timer_next(pcb, lab_now), 2000);
  ck_assert_uint_ge(tcp_timer_next(pcb, lab_now), 1990);
  ck_assert_int_eq(ring_in(1000), TCP_OK);
  ck_assert(!(ev.what & TCP_EV_POLL));
  ck_assert_int_eq(ring_in(1000), TCP_OK);
  ck_assert(ev.what & TCP_EV_POLL);
  ck_assert_uint_ge(tcp_timer_next(pcb, lab_now), 1990);
  pcb->pollinterval = 255; /* the longest, 127.5 s */
  pcb->polltmr = (u16_t)((lab_now + 127500) >> 3);
  ck_assert_uint_ge(tcp_timer_next(pcb, lab_now), 127490);
  lab_done();
}
END_TEST

/* TCP-28: a peer that never closes its half. */
START_TEST(fin_wait_2_ends)
{
  lab_connection(FIN_WAIT_1);
  pcb->flags |= TF_FIN | TF_X_ORPHAN | TF_RXCLOSED;
  (void)lab_push();
  (void)lab_arrives(TCP_F_ACK, PEER, US + 1, 0);
  lab_delivered(0, 0);
  ck_assert_int_eq(pcb->state, FIN_WAIT_2);
  ck_assert_uint_eq(tcp_timer_next(pcb, lab_now), 20000);
  ck_assert_int_eq(ring_in(10000), TCP_OK);
  (void)lab_arrives(TCP_F_ACK, PEER, US + 1, 0); /* an ACK now and then keeps nothing alive */
  lab_delivered(0, 0);
  ck_assert_uint_eq(tcp_timer_next(pcb, lab_now), 10000);
  ck_assert_int_eq(ring_in(10000), TCP_DONE);
  lab_done();
}
END_TEST

/* Half closed by the program, which still reads: no limit (RFC 9293 3.6). */
START_TEST(half_closed_may_last)
{
  lab_connection(FIN_WAIT_1);
  pcb->flags |= TF_FIN;
  (void)lab_push();
  (void)lab_arrives(TCP_F_ACK, PEER, US + 1, 0);
  lab_delivered(0, 0);
  ck_assert_int_eq(pcb->state, FIN_WAIT_2);
  ck_assert_uint_eq(tcp_timer_next(pcb, lab_now), TCP_NEVER);
  lab_done();
}
END_TEST

/* MUST-13 */
START_TEST(time_wait_lasts_two_msl)
{
  lab_connection(FIN_WAIT_2);
  ck_assert_int_eq(lab_arrives(TCP_F_ACK | TCP_F_FIN, PEER, US, 0), TCP_LINGER);
  lab_delivered(0, 0);
  (void)lab_push();
  ck_assert_uint_eq(tcp_timer_next(pcb, lab_now), 2 * TCP_MSL);
  ck_assert_int_eq(ring_in(60000), TCP_OK);
  (void)lab_arrives(TCP_F_ACK | TCP_F_FIN, PEER, US, 0); /* the FIN again: anew */
  lab_delivered(0, 0);
  (void)lab_push();
  ck_assert_uint_eq(tcp_timer_next(pcb, lab_now), 2 * TCP_MSL);
  ck_assert_int_eq(ring_in(2 * TCP_MSL), TCP_DONE);
  lab_done();
}
END_TEST

START_TEST(syn_gives_up)
{
  u32_t begun = lab_now;
  int tries = 0;
  enum tcp_verdict v = TCP_OK;

  lab_connection(SYN_SENT);
  while (v == TCP_OK) {
    tries += (int)lab_push();
    v = ring_in(tcp_timer_next(pcb, lab_now));
  }
  ck_assert_int_eq(v, TCP_KILL);
  ck_assert_int_eq(tries, 1 + TCP_SYNMAXRTX);
  ck_assert_uint_ge(lab_now - begun, 180000); /* MUST-23 */
  lab_done();
}
END_TEST

static void add(TCase *c)
{
  tcase_add_test(c, idle_has_none);
  tcase_add_test(c, delayed_ack);
  tcase_add_test(c, lazy);
  tcase_add_test(c, keepalive);
  tcase_add_test(c, keepalive_is_answered);
  tcase_add_test(c, poll);
  tcase_add_test(c, fin_wait_2_ends);
  tcase_add_test(c, half_closed_may_last);
  tcase_add_test(c, time_wait_lasts_two_msl);
  tcase_add_test(c, syn_gives_up);
}
LAB_SUITE("tcp_timer", add)
