/** What an acknowledgement does (RFC 9293 3.10.7.4 fifth), and what it does not. */
#include "tcp_engine_lab.h"

static void ack(u32_t upto, u16_t wnd)
{
  struct tcp_repr r = lab_segment(TCP_F_ACK, PEER, US + upto, 0);

  r.wnd = wnd;
  ck_assert_int_eq(lab_arrives_repr(&r), TCP_OK);
  lab_delivered(0, 0);
}

static void begin(unsigned segments)
{
  unsigned i;

  lab_connection(ESTABLISHED);
  for (i = 0; i < segments; i++) {
    ck_assert_int_eq(lab_write(1000, TCP_WRITE_FLAG_COPY), ERR_OK);
  }
  (void)lab_push();
}

START_TEST(text_is_freed_and_counted)
{
  begin(3);
  ck_assert_uint_eq(pcb->snd_buf, TCP_SND_BUF - 3000);
  ack(1000, 20000);
  ck_assert_uint_eq(ev.acked, 1000);
  ck_assert_uint_eq(pcb->snd_buf, TCP_SND_BUF - 2000);
  ack(1500, 20000); /* in the middle of a segment */
  ck_assert_uint_eq(ev.acked, 500);
  ck_assert_uint_eq(pcb->snd_queuelen, 2);
  ack(3000, 20000);
  ck_assert_uint_eq(ev.acked, 1500);
  ck_assert_ptr_null(pcb->unacked);
  ck_assert_ptr_null(pcb->x_last);
  ck_assert_uint_eq(pcb->snd_buf, TCP_SND_BUF);
  lab_done();
}
END_TEST

/* RFC 9293 3.10.7.4: WL1. */
START_TEST(an_old_segment_tells_no_window)
{
  struct tcp_repr r = lab_segment(TCP_F_ACK, PEER - 10, US, 20);

  begin(1);
  (void)lab_arrives(TCP_F_ACK, PEER, US, 10);
  lab_delivered(PEER, 10);
  r.seq = PEER; /* text of before, and a window of before */
  r.wnd = 7;
  r.len = 20;
  ck_assert_int_eq(lab_arrives_repr(&r), TCP_OK);
  lab_delivered(PEER + 10, 10);
  ck_assert_uint_eq(pcb->snd_wnd, 7); /* the same WL1: allowed to be newer */
  r.seq = PEER - 10;
  r.len = 40;
  r.wnd = 9999;
  ck_assert_int_eq(lab_arrives_repr(&r), TCP_OK);
  lab_delivered(PEER + 20, 10);
  ck_assert_uint_eq(pcb->snd_wnd, 7); /* older */
  lab_done();
}
END_TEST

/* RFC 5681 section 2: what counts as a duplicate ACK. */
START_TEST(duplicates)
{
  begin(5);
  ack(0, 20000);
  ck_assert_uint_eq(pcb->dupacks, 1);
  ack(0, 19999); /* a window update is none */
  ck_assert_uint_eq(pcb->dupacks, 1);
  (void)lab_arrives(TCP_F_ACK, PEER, US, 10); /* with text it is none */
  lab_delivered(PEER, 10);
  ck_assert_uint_eq(pcb->dupacks, 1);
  lab_done();
  begin(0);
  ack(0, 20000); /* nothing is in flight: none */
  ck_assert_uint_eq(pcb->dupacks, 0);
  lab_done();
}
END_TEST

/* TCP-18, RFC 3465: optimistic and divided ACKs do not open the window. */
START_TEST(octets_are_counted)
{
  u32_t i;
  tcpwnd_size_t cwnd;

  begin(10);
  cwnd = pcb->cwnd;
  for (i = 1; i <= 1000; i++) {
    ack(i, 20000);
  }
  ck_assert_uint_eq(pcb->cwnd, cwnd + 1000);
  (void)lab_arrives(TCP_F_ACK, PEER, US + 500000, 0);
  lab_delivered(0, 0);
  ck_assert_uint_eq(pcb->cwnd, cwnd + 1000);
  lab_done();
}
END_TEST

/* RFC 6298 5.2, 5.3. */
START_TEST(timer_follows)
{
  begin(2);
  ck_assert_uint_eq(tcp_timer_next(pcb, lab_now), 1000);
  lab_now += 600;
  ack(1000, 20000);
  ck_assert_uint_ge(tcp_timer_next(pcb, lab_now), LWIP_X_TCP_RTO_MIN);
  ack(2000, 20000);
  ck_assert_uint_eq(tcp_timer_next(pcb, lab_now), TCP_NEVER);
  lab_done();
}
END_TEST

static void add(TCase *c)
{
  tcase_add_test(c, text_is_freed_and_counted);
  tcase_add_test(c, an_old_segment_tells_no_window);
  tcase_add_test(c, duplicates);
  tcase_add_test(c, octets_are_counted);
  tcase_add_test(c, timer_follows);
}
LAB_SUITE("tcp_ack", add)
