/** Congestion control: RFC 5681, RFC 6582, RFC 3465, RFC 6928. */
#include "tcp_engine_lab.h"
#include "lwip/x_tcp_cc.h"

static unsigned sent_first; /* segments the last push sent that begin at SND.UNA */

static unsigned push(void)
{
  struct tcp_send s;
  unsigned n = 0;

  sent_first = 0;
  while (tcp_next(pcb, lab_now, &s)) {
    n += s.r.len > 0;
    sent_first += s.r.len > 0 && s.r.seq == pcb->lastack;
    tcp_sent_it(pcb, &s, lab_now);
  }
  return n;
}

static void begin(u32_t queued)
{
  u32_t i;

  lab_connection(ESTABLISHED);
  lwip_x_tcp_set_cc(pcb, &lwip_x_tcp_newreno);
  pcb->snd_wnd = pcb->snd_wnd_max = 60000;
  for (i = 0; i < queued; i++) {
    ck_assert_int_eq(lab_write(1000, TCP_WRITE_FLAG_COPY), ERR_OK);
  }
}

static struct tcp_repr big_window_ack(u32_t upto)
{
  struct tcp_repr r = lab_segment(TCP_F_ACK, PEER, US + upto * 1000, 0);

  r.wnd = 60000;
  return r;
}
#define ACK(n)                              \
  do {                                      \
    struct tcp_repr r_ = big_window_ack(n); \
    (void)lab_arrives_repr(&r_);            \
    lab_delivered(0, 0);                    \
  } while (0)

START_TEST(initial_window)
{
  begin(40);
  ck_assert_uint_eq(push(), 10); /* RFC 6928 */
  lab_done();
}
END_TEST

START_TEST(slow_start_then_avoidance)
{
  begin(60);
  (void)push();
  ACK(2);
  ck_assert_uint_eq(pcb->cwnd, 12000); /* two segments acknowledged: L = 2 */
  ck_assert_uint_eq(push(), 4);
  ACK(8); /* six at once count as two */
  ck_assert_uint_eq(pcb->cwnd, 14000);
  pcb->ssthresh = 14000;
  tcp_cc_forget(pcb); /* slow start's own */
  (void)push();
  ACK(21); /* avoidance: a segment for each window, 13 of 14 */
  ck_assert_uint_eq(pcb->cwnd, 14000);
  (void)push();
  ACK(22);
  ck_assert_uint_eq(pcb->cwnd, 15000);
  lab_done();
}
END_TEST

/* RFC 6582: one segment of a window is lost.  RFC 3042: the first two duplicate ACKs let new text out. */
START_TEST(fast_retransmit)
{
  unsigned i;

  begin(20);
  ck_assert_uint_eq(push(), 10);
  ACK(0);
  ck_assert_uint_eq(push(), 1);
  ACK(0);
  ck_assert_uint_eq(push(), 1);
  ck_assert_uint_eq(sent_first, 0);
  ACK(0);
  ck_assert(pcb->flags & TF_INFR);
  ck_assert_uint_eq(pcb->ssthresh, 5000); /* of what the window was, without those two */
  ck_assert_uint_eq(pcb->cwnd, 5000);
  ck_assert_uint_eq(push(), 1);
  ck_assert_uint_eq(sent_first, 1);
  for (i = 3; i < 7; i++) {
    ACK(0); /* 12 were sent, i have arrived */
    ck_assert_uint_eq(push(), 0);
  }
  ACK(0);
  ck_assert_uint_eq(tcp_pipe(pcb), 4000);
  ck_assert_uint_eq(push(), 1); /* 5 allowed: a new one */
  ck_assert_uint_eq(sent_first, 0);
  ACK(13);
  ck_assert(!(pcb->flags & TF_INFR));
  ck_assert_uint_le(pcb->cwnd, 5000);
  ck_assert_uint_eq(pcb->x_lost, 0);
  lab_done();
}
END_TEST

/* More duplicate ACKs than segments: nothing is gained by inventing them. */
START_TEST(invented_duplicates)
{
  unsigned i, n;

  begin(40);
  (void)push();
  for (i = 0, n = 0; i < 200; i++) {
    ACK(0);
    n += push();
  }
  ck_assert_uint_le(n, 1 + 200);
  ck_assert_uint_le(pcb->snd_nxt - pcb->lastack, 60000);
  ck_assert_uint_le((u32_t)pcb->dupacks * pcb->mss, pcb->snd_nxt - pcb->lastack);
  lab_done();
}
END_TEST

/* RFC 6582 3.2: a partial ACK names the next one lost. */
START_TEST(partial_acks)
{
  begin(20);
  (void)push();
  ACK(0);
  ACK(0);
  ACK(0);
  (void)push();
  ck_assert_uint_eq(sent_first, 1);
  ACK(4);
  ck_assert(pcb->flags & TF_INFR);
  (void)push();
  ck_assert_uint_eq(sent_first, 1);
  ACK(7);
  (void)push();
  ck_assert_uint_eq(sent_first, 1);
  ACK(10);
  ck_assert(!(pcb->flags & TF_INFR));
  lab_done();
}
END_TEST

/* RFC 5681 3.1, RFC 6298 5.4: a timeout: one segment, then slow start to half. */
START_TEST(timeout)
{
  begin(20);
  (void)push();
  lab_now += 1000;
  memset(&ev, 0, sizeof ev);
  ck_assert_int_eq(tcp_timer_ring(pcb, lab_now, &ev), TCP_OK);
  ck_assert_uint_eq(pcb->ssthresh, 5000);
  ck_assert_uint_eq(pcb->cwnd, 1000);
  ck_assert_uint_eq(push(), 1);
  ck_assert_uint_eq(sent_first, 1);
  ck_assert_uint_eq(tcp_timer_next(pcb, lab_now), 2000); /* 5.5 */
  ACK(0);
  ACK(0);
  ACK(0);
  ck_assert(!(pcb->flags & TF_INFR)); /* what is in flight was sent before: RFC 6582 section 4 */
  ACK(1);
  ck_assert_uint_eq(pcb->cwnd, 2000);
  ck_assert_uint_eq(push(), 2);
  ACK(10); /* the rest had arrived */
  ck_assert(!(pcb->flags & TF_RTO));
  ck_assert_uint_ge(push(), 2);
  ck_assert_uint_eq(pcb->lastack, US + 10000);
  lab_done();
}
END_TEST

/* A second timeout of the same segment does not halve again. */
START_TEST(timeouts_in_a_row)
{
  begin(20);
  (void)push();
  memset(&ev, 0, sizeof ev);
  lab_now += 1000;
  (void)tcp_timer_ring(pcb, lab_now, &ev);
  (void)push();
  lab_now += 2000;
  (void)tcp_timer_ring(pcb, lab_now, &ev);
  ck_assert_uint_eq(pcb->ssthresh, 5000);
  ck_assert_uint_eq(push(), 1);
  lab_done();
}
END_TEST

/* RFC 3465 2.1: what is left over counts towards the next increase. */
START_TEST(nothing_is_forgotten)
{
  begin(10);
  pcb->cwnd = pcb->ssthresh = 2500;
  tcp_cc_acked(pcb, 2000, lab_now);
  ck_assert_uint_eq(pcb->cwnd, 2500);
  tcp_cc_acked(pcb, 2000, lab_now);
  ck_assert_uint_eq(pcb->cwnd, 3500);
  ck_assert_uint_eq(pcb->x_cc_state.bytes_acked, 1500);
  lab_done();
}
END_TEST

/* RFC 7661: a window that is not used does not grow. */
START_TEST(unused_window)
{
  begin(10);
  pcb->cwnd = 20000;
  pcb->ssthresh = 10000;
  tcp_cc_acked(pcb, 1000, lab_now);
  ck_assert_uint_eq(pcb->x_cc_state.bytes_acked, 0);
  lab_done();
}
END_TEST

/* RFC 5681 4.1: after a pause the window is what it is for a new connection. */
START_TEST(idle_restart)
{
  begin(40);
  pcb->cwnd = 40000;
  lab_now += 60000;
  ck_assert_uint_eq(push(), 10);
  lab_done();
}
END_TEST

/* RFC 9438: the window after a reduction at 100 segments, at 10 ms a round trip: where it was after K, flat there, then
 * beyond.  4.6: beta; 4.7: fast convergence. */
START_TEST(cubic)
{
  u32_t ms, at_k = 0, before_k = 0, cwnd;

  begin(0);
  lwip_x_tcp_set_cc(pcb, &lwip_x_tcp_cubic);
  pcb->sa = 20;
  cwnd = pcb->x_cc->reduced(pcb, 100000);
  ck_assert_uint_eq(cwnd, 70000);
  pcb->cwnd = pcb->ssthresh = (tcpwnd_size_t)cwnd;
  for (ms = 0; ms < 8000; ms += 10) { /* K = cbrt(30 / 0.4) = 4.2 s */
    pcb->x_cc->acked(pcb, pcb->cwnd, 100000 + ms);
    before_k = ms == 2000 ? pcb->cwnd : before_k;
    at_k = ms == 4200 ? pcb->cwnd : at_k;
  }
  ck_assert_uint_gt(before_k, 90000); /* 100 - 0.4 * 2.2^3 = 95.7 */
  ck_assert_uint_gt(at_k, 99000);
  ck_assert_uint_gt(pcb->cwnd, 115000); /* 100 + 0.4 * 3.8^3 = 121.9, or NewReno's estimate */
  cwnd = pcb->x_cc->reduced(pcb, 80000);
  ck_assert_uint_eq(pcb->x_cc_state.cubic.w_max, 80000u / 20 * 17);
  ck_assert_uint_eq(cwnd, 56000);
  lab_done();
}
END_TEST

/* RFC 9406: slow start slows down when round trips grow, and ends five rounds later. */
START_TEST(hystart)
{
  unsigned round, i;
  u32_t grown = 0;

  begin(0);
  for (round = 0; round < 12 && pcb->ssthresh == (tcpwnd_size_t)-1; round++) {
    pcb->lastack = pcb->snd_nxt;
    pcb->snd_nxt += 10000;
    for (i = 0; i < 12; i++) {
      tcp_hystart_rtt(pcb, round < 3 ? 20 : 30);
      grown = tcp_hystart_growth(pcb, 2000);
    }
    ck_assert_uint_eq(grown, round < 3 ? 2000 : pcb->ssthresh == (tcpwnd_size_t)-1 ? 500 : 2000);
  }
  ck_assert_uint_eq(pcb->ssthresh, pcb->cwnd);
  ck_assert_uint_ge(round, 8);
  pcb->lastack = pcb->snd_nxt = US;
  lab_done();
}
END_TEST

/* RFC 9438 4.7 compares with the window before the reduction before: after slow start there is none. */
START_TEST(slow_start_is_no_earlier_reduction)
{
  begin(20);
  lwip_x_tcp_set_cc(pcb, &lwip_x_tcp_cubic);
  (void)push();
  pcb->x_cc_state.hystart.round_end = 0xfffffff0; /* lies where w_max will */
  tcp_cc_lost(pcb);
  ck_assert_uint_eq(pcb->x_cc_state.cubic.w_max, 10000);
  ck_assert_uint_eq(pcb->cwnd, 7000);
  lab_done();
}
END_TEST

/* RFC 9438 4.3: alpha is 9/17 up to cwnd_prior, and 1 beyond it. */
START_TEST(cubic_estimate)
{
  static const struct {
    u32_t w_est, grows;
  } rows[] = { { 8000, 529 }, { 9990, 529 }, { 10010, 1000 }, { 20000, 1000 } };

  begin(0);
  lwip_x_tcp_set_cc(pcb, &lwip_x_tcp_cubic);
  pcb->sa = 20;
  pcb->ssthresh = (tcpwnd_size_t)pcb->x_cc->reduced(pcb, 10000);
  pcb->cwnd = 10000;
  pcb->x_cc->acked(pcb, 10, lab_now); /* the epoch begins */
  pcb->x_cc_state.cubic.w_est = rows[_i].w_est;
  pcb->cwnd = 10000;
  pcb->x_cc->acked(pcb, 10000, lab_now);
  ck_assert_uint_eq(pcb->x_cc_state.cubic.w_est, rows[_i].w_est + rows[_i].grows);
  lab_done();
}
END_TEST

/* RFC 9438 4.2: an epoch begins at its first ACK, whatever the clock says, and not 20 s ago.  rows: even, odd, 0 */
START_TEST(cubic_begins_now)
{
  static const u32_t clocks[] = { 1000, 1001, 0 };

  begin(0);
  lwip_x_tcp_set_cc(pcb, &lwip_x_tcp_cubic);
  pcb->sa = 1; /* a path of less than a ms */
  pcb->ssthresh = (tcpwnd_size_t)pcb->x_cc->reduced(pcb, 10000);
  pcb->cwnd = 7000;
  pcb->x_cc->acked(pcb, 1000, clocks[_i]);
  ck_assert_uint_le(pcb->cwnd, 7200);
  pcb->x_cc->acked(pcb, 1000, clocks[_i]);
  ck_assert_uint_le(pcb->cwnd, 7400);
  lab_done();
}
END_TEST

/* RFC 9438 4.2, 5.8: time in which the window is not used does not count: growth goes on where it stood. */
START_TEST(cubic_pauses)
{
  u32_t ms, before;

  begin(0);
  lwip_x_tcp_set_cc(pcb, &lwip_x_tcp_cubic);
  pcb->sa = 200;
  pcb->cwnd = pcb->ssthresh = (tcpwnd_size_t)pcb->x_cc->reduced(pcb, 100000);
  pcb->snd_nxt = pcb->lastack + pcb->cwnd;
  for (ms = 0; ms < 1000; ms += 100) {
    tcp_cc_acked(pcb, pcb->cwnd, 100000 + ms);
  }
  before = pcb->cwnd;
  ck_assert_uint_lt(before, 90000);
  pcb->snd_nxt = pcb->lastack + 1000;
  tcp_cc_acked(pcb, 1000, 101000);
  pcb->snd_nxt = pcb->lastack + pcb->cwnd;
  tcp_cc_acked(pcb, 1000, 115000); /* twice K later */
  ck_assert_uint_le(pcb->cwnd, before + 1000);
  pcb->snd_nxt = pcb->lastack;
  lab_done();
}
END_TEST

/* 4.8: after a timeout the window that was reduced is no aim. */
START_TEST(cubic_after_a_timeout)
{
  begin(20);
  lwip_x_tcp_set_cc(pcb, &lwip_x_tcp_cubic);
  (void)push();
  pcb->nrtx = 1;
  tcp_cc_timeout(pcb);
  ck_assert_uint_eq(pcb->ssthresh, 7000);
  pcb->cwnd = 7000;
  pcb->x_cc->acked(pcb, 1000, lab_now);
  ck_assert_uint_eq(pcb->x_cc_state.cubic.w_max, 7000);
  ck_assert_uint_eq(pcb->x_cc_state.cubic.at_ms, lab_now);
  pcb->nrtx = 0;
  lab_done();
}
END_TEST

/* RFC 3742: not more than 50 segments in a round trip once there are 100. */
START_TEST(limited_slow_start)
{
  static const struct {
    u32_t cwnd, grows;
  } rows[] = { { 50000, 2000 }, { 100000, 2000 }, { 101000, 990 }, { 200000, 500 }, { 1000000, 100 } };

  begin(0);
  pcb->cwnd = rows[_i].cwnd;
  pcb->snd_nxt = pcb->lastack + pcb->cwnd;
  tcp_cc_acked(pcb, 2000, lab_now);
  ck_assert_uint_ge(pcb->cwnd, rows[_i].cwnd + rows[_i].grows - rows[_i].grows / 50);
  ck_assert_uint_le(pcb->cwnd, rows[_i].cwnd + rows[_i].grows + rows[_i].grows / 50);
  pcb->snd_nxt = pcb->lastack;
  lab_done();
}
END_TEST

/* RFC 9406 4.2: eight samples of a round judge it, seven do not.  rows: 7, 8 */
START_TEST(hystart_samples)
{
  unsigned round, i;
  u32_t grown = 0;

  begin(0);
  for (round = 0; round < 5; round++) {
    pcb->lastack = pcb->snd_nxt;
    pcb->snd_nxt += 10000;
    (void)tcp_hystart_growth(pcb, 2000); /* the round begins */
    for (i = 0; i < 7u + (unsigned)_i; i++) {
      tcp_hystart_rtt(pcb, round < 3 ? 20 : 30);
      grown = tcp_hystart_growth(pcb, 2000);
    }
    ck_assert_uint_eq(grown, round < 3 || _i == 0 ? 2000 : 500);
  }
  pcb->lastack = pcb->snd_nxt = US;
  lab_done();
}
END_TEST

static void add(TCase *c)
{
  tcase_add_test(c, slow_start_is_no_earlier_reduction);
  tcase_add_loop_test(c, cubic_estimate, 0, 4);
  tcase_add_loop_test(c, cubic_begins_now, 0, 3);
  tcase_add_test(c, cubic_pauses);
  tcase_add_test(c, cubic_after_a_timeout);
  tcase_add_loop_test(c, limited_slow_start, 0, 5);
  tcase_add_test(c, initial_window);
  tcase_add_test(c, slow_start_then_avoidance);
  tcase_add_test(c, fast_retransmit);
  tcase_add_test(c, invented_duplicates);
  tcase_add_test(c, partial_acks);
  tcase_add_test(c, timeout);
  tcase_add_test(c, timeouts_in_a_row);
  tcase_add_test(c, nothing_is_forgotten);
  tcase_add_test(c, unused_window);
  tcase_add_test(c, idle_restart);
  tcase_add_test(c, cubic);
  tcase_add_test(c, hystart);
  tcase_add_loop_test(c, hystart_samples, 0, 2);
}
LAB_SUITE("tcp_cc", add)
