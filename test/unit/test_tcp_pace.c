/** Pacing: rates, the first burst, what need not wait, the timer. */
#include "tcp/tcp_pace.h"
#include "lwip/x_tcp.h"
#include "tcp_engine_lab.h"

enum { RTT = 100 };

/* Windows of 20 segments, half of one segment a ms in a round trip: 200 octets. */
static void begin(bool slow_start)
{
  lab_connection(ESTABLISHED);
  pcb->x_pace = 1;
  pcb->sa = 2 * RTT;
  pcb->cwnd = 20000;
  pcb->ssthresh = slow_start ? (tcpwnd_size_t)-1 : 20000;
  pcb->snd_wnd = pcb->snd_wnd_max = 60000;
  ck_assert_int_eq(lab_write(30000, TCP_WRITE_FLAG_COPY), ERR_OK);
}

static const struct {
  bool slow_start;
  unsigned octets_a_ms;
} rates[] = {
  { true, 400 },
  { false, 250 },
};

/* The first ten segments go at once, the others each in their time, until the window is full; the timer knows when. */
START_TEST(at_a_rate)
{
  unsigned sent, ms = 0, last = 0;

  begin(rates[_i].slow_start);
  sent = lab_push();
  ck_assert_uint_eq(sent, 10);
  ck_assert_uint_eq(lab_push(), 0);
  while (sent < 20) {
    u32_t left = tcp_timer_next(pcb, lab_now);
    unsigned n;

    ck_assert_uint_gt(left, 0);
    ck_assert_uint_le(left, 10000 / rates[_i].octets_a_ms);
    lab_now += left - 1;
    ck_assert_uint_eq(lab_push(), 0);
    lab_now++;
    n = lab_push();
    ck_assert_uint_eq(n, 1);
    ms += left;
    last = sent += n;
    ck_assert_uint_le(last * 1000, 10000 + ms * rates[_i].octets_a_ms + 1000);
    if (sent > 11) {
      ck_assert_uint_ge(last * 1000, ms * rates[_i].octets_a_ms);
    }
  }
  ck_assert_uint_eq(tcp_pace_left(pcb, lab_now + 10), TCP_NEVER); /* the window is full: nothing waits for the clock */
  lab_done();
}
END_TEST

/* Time not used is not made up for by a burst, as long as something is in flight. */
START_TEST(no_credit)
{
  begin(true);
  lab_push();
  lab_now += 90;
  ck_assert_uint_eq(lab_push(), 1);
  lab_done();
}
END_TEST

/* A fast path: in each step of the clock what falls due in it. */
START_TEST(steps_of_the_clock)
{
  unsigned i, n = 0;

  begin(false);
  pcb->sa = 2 * 4; /* 6250 octets a ms */
  pcb->cwnd = 30000;
  ck_assert_uint_ge(lab_push(), 10);
  for (i = 0; i < 3; i++) {
    lab_now++;
    n += lab_push();
  }
  ck_assert_uint_ge(n, 10);
  lab_done();
}
END_TEST

/* Without pacing, without a measurement, and with nothing in flight: at once. */
START_TEST(when_not)
{
  begin(true);
  if (_i == 0) {
    pcb->x_pace = 0;
  } else {
    pcb->sa = 0;
  }
  ck_assert_uint_eq(lab_push(), 20);
  ck_assert_uint_eq(tcp_pace_quantum(pcb), 0xffffffffu);
  lab_done();
}
END_TEST

/* Sent again at once: the first segment, which everything waits for. */
START_TEST(the_first_lost_does_not_wait)
{
  struct tcp_send s;

  begin(true);
  lab_push();
  ck_assert(tcp_pace_left(pcb, lab_now) != TCP_NEVER);
  tcp_queue_lost(pcb, pcb->unacked);
  ck_assert(tcp_next(pcb, lab_now, &s));
  ck_assert_ptr_eq(s.seg, pcb->unacked);
  lab_done();
}
END_TEST

/* One packet for an interface that cuts it: a millisecond's octets, and two segments at least. */
START_TEST(large_packets)
{
  begin(false);
  ck_assert_uint_eq(tcp_pace_quantum(pcb), 2000);
  pcb->sa = 2 * 4;
  ck_assert_uint_ge(tcp_pace_quantum(pcb), 6200);
  ck_assert_uint_le(tcp_pace_quantum(pcb), 6250);
  lab_done();
}
END_TEST

START_TEST(calls)
{
  struct tcp_pcb *l;

  lwip_init();
  pcb = tcp_new();
  ck_assert_int_eq(lwip_x_tcp_pacing(pcb, 1), ERR_OK);
  ck_assert_uint_eq(pcb->x_pace, 1);
  ck_assert_int_eq(lwip_x_tcp_pacing(pcb, 0), ERR_OK);
  ck_assert_uint_eq(pcb->x_pace, 0);
  ck_assert_int_eq(lwip_x_tcp_pacing(NULL, 1), ERR_ARG);
  ck_assert_int_eq(tcp_bind(pcb, IP_ANY_TYPE, 80), ERR_OK);
  l = tcp_listen(pcb);
  ck_assert_int_eq(lwip_x_tcp_pacing(l, 1), ERR_VAL);
  tcp_close(l);
}
END_TEST

static void add(TCase *c)
{
  tcase_add_loop_test(c, at_a_rate, 0, 2);
  tcase_add_test(c, no_credit);
  tcase_add_test(c, steps_of_the_clock);
  tcase_add_loop_test(c, when_not, 0, 2);
  tcase_add_test(c, the_first_lost_does_not_wait);
  tcase_add_test(c, large_packets);
  tcase_add_test(c, calls);
}
LAB_SUITE("tcp_pace", add)
