/** Recovery with the peer's reports: scoreboard (RFC 2018, 6675), RACK-TLP (RFC 8985), PRR (RFC 9937), undo (RFC 3522, 3708, 5682). */
#include "tcp_engine_lab.h"
#include "lwip/x_tcp_cc.h"

static u32_t sent[64]; /* first octets of what the last push sent, counted in segments from US */

static unsigned push(void)
{
  struct tcp_send s;
  unsigned n = 0;

  while (tcp_next(pcb, lab_now, &s)) {
    if (s.r.len > 0) {
      sent[n++ % 64] = (s.r.seq - US) / 1000;
    }
    tcp_sent_it(pcb, &s, lab_now);
  }
  return n;
}

/* A peer with SACK, a round trip of 40 ms known, cwnd for n segments, n + more queued and n sent, a millisecond each. */
static void begin(u32_t n, u32_t more)
{
  u32_t i;

  lab_connection(ESTABLISHED);
  lwip_x_tcp_set_cc(pcb, &lwip_x_tcp_newreno);
  pcb->flags |= TF_SACK | TF_NODELAY;
  pcb->snd_wnd = pcb->snd_wnd_max = 60000;
  pcb->cwnd = (tcpwnd_size_t)(n * 1000);
  pcb->sa = 80;
  pcb->sv = 4;
  pcb->x_rtt_min = 40;
  for (i = 0; i < n; i++) {
    ck_assert_int_eq(lab_write(1000, TCP_WRITE_FLAG_COPY), ERR_OK);
    ck_assert_uint_eq(push(), 1);
    lab_now++;
  }
  for (i = 0; i < more; i++) {
    ck_assert_int_eq(lab_write(1000, TCP_WRITE_FLAG_COPY), ERR_OK);
  }
  lab_now += 40 - n;
}

static u8_t blocks[32];

/* An ACK of ack segments with up to two blocks [a, b) and [c, d), in segments. */
static void report2(u32_t ack, u32_t a, u32_t b, u32_t c, u32_t d)
{
  struct tcp_repr r = lab_segment(TCP_F_ACK, PEER, US + ack * 1000, 0);

  r.wnd = 60000;
  be32_put(blocks, US + a * 1000);
  be32_put(blocks + 4, US + b * 1000);
  be32_put(blocks + 8, US + c * 1000);
  be32_put(blocks + 12, US + d * 1000);
  r.sack = blocks;
  r.nsack = (u8_t)((a != b) + (c != d));
  r.opts = r.nsack > 0 ? TCP_O_SACK : 0;
  (void)lab_arrives_repr(&r);
  lab_delivered(0, 0);
}

static void report(u32_t ack, u32_t a, u32_t b)
{
  report2(ack, a, b, 0, 0);
}

static void ring_in(u32_t ms)
{
  lab_now += ms;
  memset(&ev, 0, sizeof ev);
  ck_assert_int_eq(tcp_timer_ring(pcb, lab_now, &ev), TCP_OK);
}

/* RFC 6675 pipe: what is reported is not on its way, what is lost neither. */
START_TEST(reports_are_marked)
{
  begin(10, 0);
  report(0, 4, 6);
  ck_assert_uint_eq(pcb->x_sacked, 2000);
  report2(0, 8, 9, 4, 6);
  ck_assert_uint_eq(pcb->x_sacked, 3000);
  report2(0, 8, 9, 4, 6); /* again: nothing new */
  ck_assert_uint_eq(pcb->x_sacked, 3000);
  report(7, 8, 9);
  ck_assert_uint_eq(pcb->x_sacked, 1000);
  report(10, 0, 0);
  ck_assert_uint_eq(pcb->x_sacked, 0);
  ck_assert_uint_eq(pcb->x_lost, 0);
  ck_assert_uint_eq(tcp_pipe(pcb), 0);
  lab_done();
}
END_TEST

/* Blocks in any order and of any kind mark the same as one look at each segment would. */
START_TEST(any_blocks_mark_what_they_say)
{
  u32_t state = 12345u + (u32_t)_i, i, k;
  bool said[30] = { false };

  begin(30, 0);
  pcb->x_reo_steps = 1; /* nothing is sent again meanwhile */
  for (k = 0; k < 12; k++) {
    u32_t octets = 0, a, b, c, d;

    state = state * 1664525u + 1013904223u;
    a = 1 + (state >> 8) % 28;
    b = a + 1 + (state >> 16) % (30 - a);
    c = 1 + (state >> 20) % 28;
    d = c + (state >> 26) % (30 - c);
    report2(0, a, b, c, d);
    for (i = 0; i < 30; i++) {
      bool dsack = c != d && a >= c && b <= d; /* the first one inside the second: RFC 2883 */

      said[i] = said[i] || (i >= a && i < b && !dsack) || (i >= c && i < d);
      octets += said[i] ? 1000 : 0;
    }
    ck_assert_uint_eq(pcb->x_sacked, octets);
  }
  lab_done();
}
END_TEST

/* A stranger's, or a liar's: beyond what was sent, behind what was acknowledged, upside down. */
START_TEST(wrong_reports_are_ignored)
{
  static const u32_t rows[][2] = { { 9, 11 }, { 20, 30 }, { 6, 4 }, { 0, 100000 } };

  begin(10, 0);
  report(2, 0, 0);
  report(2, rows[_i][0], rows[_i][1]);
  ck_assert_uint_eq(pcb->x_sacked, 0);
  ck_assert_uint_eq(pcb->x_lost, 0);
  report(2, 0, 1); /* a D-SACK marks nothing */
  ck_assert_uint_eq(pcb->x_sacked, 0);
  lab_done();
}
END_TEST

/* RFC 8985 6.2: sent before something that arrived, and long enough ago. */
START_TEST(three_beyond_it_and_it_is_lost)
{
  begin(10, 10);
  report(0, 1, 2);
  ck_assert(!(pcb->flags & TF_INFR)); /* perhaps reordered: a quarter of a round trip is allowed */
  ck_assert_uint_le(tcp_timer_next(pcb, lab_now), 11);
  report(0, 1, 3);
  ck_assert(!(pcb->flags & TF_INFR));
  report(0, 1, 4);
  ck_assert(pcb->flags & TF_INFR); /* DupThresh of them */
  ck_assert_uint_eq(pcb->x_lost, 1000);
  ck_assert_uint_ge(push(), 1);
  ck_assert_uint_eq(sent[0], 0);
  ck_assert_uint_eq(pcb->x_lost, 0);
  ck_assert_uint_lt(pcb->ssthresh, 10000);
  lab_done();
}
END_TEST

/* An ACK of ack segments with an echoed timestamp. */
static void echo(u32_t ack, u32_t tsecr)
{
  struct tcp_repr r = lab_segment(TCP_F_ACK, PEER, US + ack * 1000, 0);

  r.wnd = 60000;
  r.opts = TCP_O_TS;
  r.tsval = pcb->ts_recent;
  r.tsecr = tsecr;
  (void)lab_arrives_repr(&r);
  lab_delivered(0, 0);
}

/* Eifel (RFC 3522): a peer without SACK, a timeout, and then the ACK of what was sent first, or of what was sent again. */
START_TEST(echo_tells_of_a_needless_timeout)
{
  u32_t cwnd, before, again;

  begin(10, 0);
  before = tcp_ts_now(pcb, lab_now);
  pcb->flags = (tcpflags_t)((pcb->flags & ~TF_SACK) | TF_TIMESTAMP);
  pcb->mss = 1012;
  cwnd = pcb->cwnd;
  while (!(pcb->flags & TF_RTO)) {
    ring_in(tcp_timer_next(pcb, lab_now));
  }
  (void)push();
  again = tcp_ts_now(pcb, lab_now);
  ck_assert_uint_lt(pcb->cwnd, cwnd / 2);
  lab_now += 30;
  echo(2, _i == 0 ? before : again);
  ck_assert_uint_eq((pcb->flags & TF_RTO) == 0, _i == 0);
  ck_assert_uint_eq(pcb->cwnd >= cwnd, _i == 0);
  ck_assert_uint_eq(pcb->x_lost == 0, _i == 0);
  lab_done();
}
END_TEST

/* RFC 8985 6.2 step 4: the window for reordering grows with a D-SACK, once a round trip. */
START_TEST(dsack_widens_the_window)
{
  begin(10, 10);
  report(0, 1, 4);
  (void)push();
  ck_assert_uint_eq(pcb->x_reo_steps, 0);
  report2(4, 0, 1, 0, 0);
  ck_assert_uint_eq(pcb->x_reo_steps, 1);
  report2(5, 0, 1, 0, 0);
  ck_assert_uint_eq(pcb->x_reo_steps, 1);
  report(20, 0, 0);
  lab_done();
}
END_TEST

/* RFC 8985 6.2 step 1: the path became longer, and after some minutes nobody remembers that it was short. */
START_TEST(shortest_round_trip_ages)
{
  u32_t i;

  begin(10, 0);
  report(10, 0, 0);
  ck_assert_uint_le(pcb->x_rtt_min, 40);
  for (i = 10; i < 16; i++) {
    ck_assert_int_eq(lab_write(1000, TCP_WRITE_FLAG_COPY), ERR_OK);
    ck_assert_uint_eq(push(), 1);
    lab_now += 90;
    report(i + 1, 0, 0);
    ck_assert_uint_eq(pcb->x_rtt_min <= 40, i < 15); /* five minutes */
    lab_now += 60000;
  }
  ck_assert_uint_eq(pcb->x_rtt_min, 90);
  lab_done();
}
END_TEST

START_TEST(one_beyond_it_and_time)
{
  begin(10, 0);
  report(0, 1, 2);
  ring_in(tcp_timer_next(pcb, lab_now));
  ck_assert(pcb->flags & TF_INFR);
  ck_assert_uint_eq(push(), 1);
  ck_assert_uint_eq(sent[0], 0);
  ck_assert_uint_ge(tcp_timer_next(pcb, lab_now), 200); /* now it is the retransmission timer */
  lab_done();
}
END_TEST

/* Several holes are filled in one round trip; no NewReno can. */
START_TEST(many_holes)
{
  begin(12, 0);
  report2(0, 1, 2, 0, 0);
  report2(0, 3, 4, 1, 2);
  report2(0, 5, 12, 3, 4);
  ck_assert(pcb->flags & TF_INFR);
  ck_assert_uint_eq(pcb->x_lost, 3000);
  ck_assert_uint_eq(push(), 3);
  ck_assert_uint_eq(sent[0], 0);
  ck_assert_uint_eq(sent[1], 2);
  ck_assert_uint_eq(sent[2], 4);
  lab_now += 40;
  report2(2, 3, 4, 5, 12);
  ck_assert(pcb->flags & TF_INFR);
  report2(12, 0, 0, 0, 0);
  ck_assert(!(pcb->flags & TF_INFR));
  ck_assert_uint_eq(push(), 0);
  lab_done();
}
END_TEST

/* RFC 8985 3.3: a lost retransmission is found without a timeout. */
START_TEST(lost_again)
{
  begin(6, 6);
  report(0, 1, 6);
  pcb->cwnd = 1000;
  ck_assert_uint_eq(push(), 1);
  ck_assert_uint_eq(sent[0], 0);
  lab_now += 5;
  pcb->cwnd = 3000;
  ck_assert_uint_eq(push(), 2); /* sent after it ... */
  lab_now += 45;
  report(0, 1, 7); /* ... and arrived */
  (void)push();
  ck_assert_uint_eq(pcb->unacked->nrtx, 2);
  ck_assert(!(pcb->flags & TF_RTO));
  lab_done();
}
END_TEST

/* RFC 8985 6.2 step 4: once reordering was seen, it is given time. */
START_TEST(reordering)
{
  begin(10, 0);
  report(0, 1, 2);
  report(2, 0, 0); /* the first came later than the second, and was not sent again */
  ck_assert_uint_eq(pcb->x_reo_steps, 1);
  report(2, 3, 8);
  ck_assert(!(pcb->flags & TF_INFR)); /* five beyond it, and still no loss */
  ck_assert_uint_le(tcp_timer_next(pcb, lab_now), 12);
  report(8, 0, 0);
  ck_assert(!(pcb->flags & TF_INFR));
  lab_done();
}
END_TEST

/* RFC 8985 7: the last segments of a flight are lost: a probe after two round trips instead of a timeout. */
START_TEST(tail_loss_probe)
{
  u32_t wait;

  begin(5, 0);
  report(3, 0, 0);
  wait = tcp_timer_next(pcb, lab_now);
  ck_assert_uint_ge(wait, 75);
  ck_assert_uint_le(wait, 85);
  ring_in(wait);
  ck_assert_uint_eq(push(), 1);
  ck_assert_uint_eq(sent[0], 4); /* the last one */
  ck_assert(!(pcb->flags & (TF_INFR | TF_RTO)));
  lab_now += 40;
  report(3, 4, 5); /* it tells of the gap */
  ck_assert(pcb->flags & TF_INFR);
  ck_assert_uint_eq(push(), 1);
  ck_assert_uint_eq(sent[0], 3);
  report(5, 0, 0);
  ck_assert(!(pcb->flags & TF_INFR));
  lab_done();
}
END_TEST

/* RFC 8985 7.3: no probe while there is no round trip measured since the last one, which was sent twice. */
START_TEST(one_probe_a_measurement)
{
  begin(4, 0);
  report(2, 0, 0);
  ring_in(tcp_timer_next(pcb, lab_now));
  ck_assert_uint_eq(push(), 1); /* the probe */
  lab_now += 40;
  report(4, 0, 0);
  report(4, 3, 4); /* a D-SACK: both copies arrived, and no measure of the round trip */
  ck_assert_uint_eq(pcb->x_tlp, TCP_TLP_UNMEASURED);
  ck_assert_int_eq(lab_write(2000, TCP_WRITE_FLAG_COPY), ERR_OK);
  ck_assert_uint_eq(push(), 2);
  ring_in(tcp_timer_next(pcb, lab_now));
  ck_assert_uint_eq(push(), 0);
  ring_in(tcp_timer_next(pcb, lab_now));
  ck_assert(pcb->flags & TF_RTO); /* the timeout, not another probe */
  ck_assert_uint_eq(push(), 1);
  lab_now += 40;
  report(6, 0, 0);
  ck_assert_int_eq(lab_write(1000, TCP_WRITE_FLAG_COPY), ERR_OK);
  ck_assert_uint_eq(push(), 1);
  lab_now += 40;
  report(7, 0, 0); /* measured */
  ck_assert_uint_eq(pcb->x_tlp, TCP_TLP_NONE);
  lab_done();
}
END_TEST

/* ... with something new if there is, although the congestion window is full. */
START_TEST(probe_with_new_text)
{
  begin(5, 3);
  ck_assert_uint_eq(push(), 0);
  tcp_timer_restart(pcb, lab_now);
  ring_in(tcp_timer_next(pcb, lab_now));
  ck_assert_uint_eq(push(), 1);
  ck_assert_uint_eq(sent[0], 5);
  ck_assert_uint_ge(tcp_timer_next(pcb, lab_now), 200);
  ring_in(tcp_timer_next(pcb, lab_now)); /* no answer: the timeout */
  ck_assert(pcb->flags & TF_RTO);
  ck_assert_uint_eq(push(), 1);
  ck_assert_uint_eq(sent[0], 0);
  lab_done();
}
END_TEST

/* RFC 9937: half of what arrives is sent, until the window has come down. */
/* RFC 9937 6.1: RecoverFS is what may still be delivered: of 20 segments in flight 3 were reported before. */
START_TEST(reported_before_recovery)
{
  begin(20, 20);
  report(0, 1, 4);
  ck_assert(pcb->flags & TF_INFR);
  ck_assert_uint_eq(tcp_sacked(pcb), 3000);
  ck_assert_uint_eq(pcb->x_prr_share, (pcb->ssthresh * 256u + 16999) / 17000);
  lab_done();
}
END_TEST

START_TEST(proportional_reduction)
{
  unsigned i, n = 0;

  begin(20, 20);
  report(0, 1, 4);
  n += push();
  for (i = 5; i <= 20; i++) {
    report(0, 1, i);
    n += push();
  }
  ck_assert_uint_ge(n, 8);
  ck_assert_uint_le(n, 12);
  lab_now += 40;
  report(20, 0, 0);
  ck_assert_uint_le(pcb->cwnd, pcb->ssthresh + 1000u);
  lab_done();
}
END_TEST

/* What could not be sent for a while (here: nobody asked) is not made up for in a burst. */
START_TEST(no_burst_in_recovery)
{
  unsigned i;

  begin(20, 20);
  report(0, 1, 4);
  ck_assert_uint_ge(push(), 1);
  for (i = 5; i <= 20; i++) {
    report(0, 1, i);
  }
  ck_assert_uint_eq(tcp_pipe(pcb), 1000);
  ck_assert_uint_eq(push(), 3); /* what arrived last, and two more, although ssthresh is 10 */
  lab_now += 40;
  report(20, 0, 0);
  lab_done();
}
END_TEST

/* A window that was reduced for nothing: the ACK of the first copy comes much sooner than a round trip after the second went
 * out (what RFC 3522 tells by timestamps). */
START_TEST(undone_by_time)
{
  tcpwnd_size_t cwnd;

  begin(10, 0);
  cwnd = pcb->cwnd;
  report(0, 1, 5);
  ck_assert(pcb->flags & TF_INFR);
  ck_assert_uint_eq(push(), 1);
  lab_now += 2;
  report(10, 0, 0);
  ck_assert(!(pcb->flags & TF_INFR));
  ck_assert_uint_ge(pcb->cwnd, cwnd);
  ck_assert_uint_gt(pcb->x_reo_steps, 0);
  lab_done();
}
END_TEST

/* RFC 3708: the peer got something twice. */
START_TEST(undone_by_dsack)
{
  tcpwnd_size_t cwnd;

  begin(10, 0);
  cwnd = pcb->cwnd;
  report(0, 1, 5);
  ck_assert_uint_eq(push(), 1);
  lab_now += 38;
  report(10, 0, 0);
  ck_assert_uint_lt(pcb->cwnd, cwnd);
  lab_now += 2;
  report(10, 0, 1);
  ck_assert_uint_ge(pcb->cwnd, cwnd);
  lab_done();
}
END_TEST

/* RFC 5682: after a timeout arrives what was not sent again: all of it was only late. */
START_TEST(spurious_timeout)
{
  tcpwnd_size_t cwnd;

  begin(10, 5);
  cwnd = pcb->cwnd;
  pcb->x_tlp = TCP_TLP_NEW; /* the probe is out already */
  pcb->x_tlp_end = US + 99000;
  pcb->x_timer = TCP_TIMER_RTO;
  pcb->tmr = lab_now + 200;
  ring_in(200);
  ck_assert(pcb->flags & TF_RTO);
  ck_assert_uint_eq(push(), 1);
  lab_now += 1;
  report(3, 0, 0);
  ck_assert(!(pcb->flags & TF_RTO));
  ck_assert_uint_ge(pcb->cwnd, cwnd);
  ck_assert_uint_eq(pcb->x_lost, 0);
  (void)push();
  ck_assert_uint_ge(sent[0], 10); /* on with what is new */
  lab_done();
}
END_TEST

/* ... but not if it was lost. */
START_TEST(real_timeout)
{
  begin(10, 5);
  pcb->x_timer = TCP_TIMER_RTO;
  pcb->tmr = lab_now + 200;
  ring_in(200);
  ck_assert_uint_eq(push(), 1);
  lab_now += 40;
  report(1, 0, 0);
  ck_assert(pcb->flags & TF_RTO);
  ck_assert_uint_eq(push(), 2);
  ck_assert_uint_eq(sent[0], 1);
  ck_assert_uint_eq(sent[1], 2);
  lab_done();
}
END_TEST

/* RFC 2018 8: a peer that goes back on its word. */
START_TEST(reneging)
{
  begin(6, 0);
  report(0, 1, 6);
  (void)push();
  report(1, 0, 0);
  ck_assert_uint_eq(pcb->x_sacked, 5000);
  ring_in(tcp_timer_next(pcb, lab_now));
  ck_assert_uint_eq(pcb->x_sacked, 0);
  ck_assert_uint_eq(push(), 1);
  ck_assert_uint_eq(sent[0], 1);
  lab_done();
}
END_TEST

static void add(TCase *c)
{
  tcase_add_test(c, reports_are_marked);
  tcase_add_loop_test(c, any_blocks_mark_what_they_say, 0, 50);
  tcase_add_loop_test(c, wrong_reports_are_ignored, 0, 4);
  tcase_add_test(c, three_beyond_it_and_it_is_lost);
  tcase_add_loop_test(c, echo_tells_of_a_needless_timeout, 0, 2);
  tcase_add_test(c, dsack_widens_the_window);
  tcase_add_test(c, shortest_round_trip_ages);
  tcase_add_test(c, one_beyond_it_and_time);
  tcase_add_test(c, many_holes);
  tcase_add_test(c, lost_again);
  tcase_add_test(c, reordering);
  tcase_add_test(c, tail_loss_probe);
  tcase_add_test(c, one_probe_a_measurement);
  tcase_add_test(c, probe_with_new_text);
  tcase_add_test(c, reported_before_recovery);
  tcase_add_test(c, proportional_reduction);
  tcase_add_test(c, no_burst_in_recovery);
  tcase_add_test(c, undone_by_time);
  tcase_add_test(c, undone_by_dsack);
  tcase_add_test(c, spurious_timeout);
  tcase_add_test(c, real_timeout);
  tcase_add_test(c, reneging);
}
LAB_SUITE("tcp_recover", add)
