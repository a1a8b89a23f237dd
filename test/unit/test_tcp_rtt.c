/** The retransmission timeout (RFC 6298) in milliseconds. */
#include "tcp_engine_lab.h"

START_TEST(first_and_next)
{
  lab_connection(ESTABLISHED);
  ck_assert_uint_eq(tcp_rto(pcb), 1000); /* 2.1 */
  tcp_rtt_sample(pcb, 400);
  ck_assert_uint_eq(tcp_rto(pcb), 400 + 4 * 200); /* 2.2 */
  tcp_rtt_sample(pcb, 400);
  ck_assert_uint_eq(tcp_rto(pcb), 400 + 4 * 150); /* 2.3 */
  lab_done();
}
END_TEST

START_TEST(settles)
{
  int i;

  lab_connection(ESTABLISHED);
  tcp_rtt_sample(pcb, 3000);
  for (i = 0; i < 200; i++) {
    tcp_rtt_sample(pcb, 1000);
  }
  ck_assert_uint_ge(tcp_rto(pcb), 1000);
  ck_assert_uint_le(tcp_rto(pcb), 1030);
  lab_done();
}
END_TEST

START_TEST(limits)
{
  int i;

  lab_connection(ESTABLISHED);
  for (i = 0; i < 100; i++) {
    tcp_rtt_sample(pcb, 0);
  }
  ck_assert_uint_eq(tcp_rto(pcb), LWIP_X_TCP_RTO_MIN_PLAIN); /* RFC 6298 (2.4) */
  pcb->flags |= TF_SACK;                                     /* RACK runs: a spurious timeout is cheap */
  ck_assert_uint_eq(tcp_rto(pcb), LWIP_X_TCP_RTO_MIN);
  pcb->flags = (tcpflags_t)((pcb->flags & ~TF_SACK) | TF_TIMESTAMP);
  ck_assert_uint_eq(tcp_rto(pcb), LWIP_X_TCP_RTO_MIN);
  ck_assert_int_gt(pcb->sa, 0);
  for (i = 0; i < 100; i++) {
    tcp_rtt_sample(pcb, 0xffffffff);
    ck_assert_int_gt(pcb->sa, 0);
    ck_assert_int_ge(pcb->sv, 0);
  }
  ck_assert_uint_ge(tcp_rto(pcb), 16000);
  lab_done();
}
END_TEST

/* 5.5, 2.5 */
START_TEST(backoff)
{
  ck_assert_uint_eq(tcp_backoff(1000, 0, 64000), 1000);
  ck_assert_uint_eq(tcp_backoff(1000, 3, 64000), 8000);
  ck_assert_uint_eq(tcp_backoff(1000, 6, 64000), 64000);
  ck_assert_uint_eq(tcp_backoff(1000, 255, 64000), 64000);
}
END_TEST

/* 5.7: after a lost SYN. */
START_TEST(lost_syn)
{
  lab_connection(SYN_SENT);
  (void)lab_push();
  lab_now += 1000;
  memset(&ev, 0, sizeof ev);
  ck_assert_int_eq(tcp_timer_ring(pcb, lab_now, &ev), TCP_OK);
  ck_assert_uint_eq(lab_push(), 1);
  ck_assert_int_eq(lab_arrives(TCP_F_SYN | TCP_F_ACK, PEER - 1, US + 1, 0), TCP_OK);
  lab_delivered(0, 0);
  ck_assert_uint_eq(tcp_rto(pcb), 3000);
  ck_assert_uint_le(pcb->cwnd, pcb->mss); /* RFC 5681 3.1 */
  lab_done();
}
END_TEST

/* Karn: what was sent twice measures nothing. */
START_TEST(karn)
{
  lab_connection(ESTABLISHED);
  ck_assert_int_eq(lab_write(10, TCP_WRITE_FLAG_COPY), ERR_OK);
  (void)lab_push();
  lab_now += 1000;
  memset(&ev, 0, sizeof ev);
  ck_assert_int_eq(tcp_timer_ring(pcb, lab_now, &ev), TCP_OK);
  ck_assert_uint_eq(lab_push(), 1);
  lab_now += 10;
  (void)lab_arrives(TCP_F_ACK, PEER, US + 10, 0);
  ck_assert_int_eq(pcb->sa, 0);
  lab_done();
}
END_TEST

static void add(TCase *c)
{
  tcase_add_test(c, first_and_next);
  tcase_add_test(c, settles);
  tcase_add_test(c, limits);
  tcase_add_test(c, backoff);
  tcase_add_test(c, lost_syn);
  tcase_add_test(c, karn);
}
LAB_SUITE("tcp_rtt", add)
