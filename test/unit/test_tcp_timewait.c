/** TIME-WAIT as records: RFC 9293 3.6.1, RFC 1337, RFC 6191. */
#include "tcp_lab.h"

static struct peer p;
static u32_t our_end; /* our SND.NXT at the end */

/* A connection that we closed first. */
static void wait_state(unsigned n, const u8_t *opts, u8_t optlen)
{
  p = tl_peer(n);
  p.opts = opts;
  p.optlen = optlen;
  tl_send(&p, TCP_F_SYN, NULL, 0);
  tl_expect(&p, TCP_F_SYN | TCP_F_ACK);
  p.opts = opts;
  p.optlen = optlen;
  tl_send(&p, TCP_F_ACK, NULL, 0);
  ck_assert_int_eq(tcp_close(app.pcb), ERR_OK);
  tl_expect(&p, TCP_F_FIN | TCP_F_ACK);
  our_end = p.ack;
  p.opts = opts;
  p.optlen = optlen;
  tl_send(&p, TCP_F_FIN | TCP_F_ACK, NULL, 0);
  tl_expect(&p, TCP_F_ACK);
}

#define S TCP_F_SYN
#define A TCP_F_ACK
#define R TCP_F_RST
#define F TCP_F_FIN

struct row {
  const char *what;
  u8_t flags;
  u32_t seq; /* from RCV.NXT */
  u16_t len;
  int answer; /* flags; -1 none */
  u16_t left;
};
/* clang-format off */
static const struct row rows[] = {
  { "the FIN again is acknowledged",              F|A, -1,          0, A,   1 },
  { "a reset does nothing (RFC 1337, TCP-24)",    R,    0,          0, -1,  1 },
  { "old text is acknowledged",                   A,   -100,       10, A,   1 },
  { "text is acknowledged, and not taken",        A,    0,         10, A,   1 },
  { "an ACK alone is not answered",               A,    0,          0, -1,  1 },
  { "a SYN below RCV.NXT is acknowledged",        S,   -1000,       0, A,   1 },
  { "a SYN at RCV.NXT is acknowledged",           S,    0,          0, A,   1 },
  { "a SYN above opens anew (MAY-2)",             S,    1,          0, S|A, 0 },
  { "a SYN+ACK does not",                         S|A,  1,          0, A,   1 },
};
/* clang-format on */

START_TEST(segments)
{
  const struct row *r = &rows[_i];

  tl_setup();
  tl_listen(TL_PORT);
  wait_state(0, NULL, 0);
  ck_assert_uint_eq(tcp_tw_count(), 1);
  tl_send_at(&p, r->flags, p.seq + r->seq, p.ack, "0123456789", r->len);
  if (r->answer < 0) {
    ck_assert_msg(!tl_take(), "%s", r->what);
  } else {
    ck_assert_msg(tl_take(), "%s", r->what);
    ck_assert_msg(tl_last.r.flags == r->answer, "%s: %02x", r->what, tl_last.r.flags);
    if (r->answer == A) {
      ck_assert_uint_eq(tl_last.r.seq, our_end);
      ck_assert_uint_eq(tl_last.r.ack, p.seq);
    } else {
      ck_assert(seq_gt(tl_last.r.seq, our_end)); /* above all of the connection before */
    }
  }
  ck_assert_msg(tcp_tw_count() == r->left, "%s", r->what);
}
END_TEST

START_TEST(two_msl)
{
  tl_setup();
  tl_listen(TL_PORT);
  wait_state(0, NULL, 0);
  lab_wait(60000);
  tl_send_at(&p, F | A, p.seq - 1, p.ack, NULL, 0);
  tl_expect(&p, A);
  lab_wait(2 * TCP_MSL - 100); /* counted anew */
  tl_send_at(&p, A, p.seq - 10, p.ack, NULL, 0);
  tl_expect(&p, A);
  lab_wait(200);
  ck_assert_uint_eq(tcp_tw_count(), 0);
  ck_assert_uint_eq(lab_used(MEMP_TCP_PCB), 0);
  tl_send_at(&p, A, p.seq, p.ack, NULL, 0);
  tl_expect(&p, R);
  ck_assert_uint_eq(timers_sleep(lab_now), TIMERS_NEVER);
}
END_TEST

/* RFC 6191: a newer timestamp opens anew whatever the sequence number. */
START_TEST(by_timestamp)
{
  static u8_t ts[] = { 1, 1, 8, 10, 0, 0, 1, 0, 0, 0, 0, 0 };

  tl_setup();
  tl_listen(TL_PORT);
  wait_state(0, ts, sizeof ts);
  ts[6] = 0; /* older */
  p.opts = ts;
  p.optlen = sizeof ts;
  tl_send_at(&p, S, p.seq + 100000, 0, NULL, 0);
  tl_expect(&p, A);
  ck_assert(tl_last.r.opts & TCP_O_TS);
  ts[6] = 2; /* newer */
  p.opts = ts;
  p.optlen = sizeof ts;
  tl_send_at(&p, S, p.seq - 100000, 0, NULL, 0);
  tl_expect(&p, S | A);
}
END_TEST

/* Many: bounded, the oldest goes, pcbs come first. */
START_TEST(many)
{
  unsigned i;

  tl_setup();
  tl_listen(TL_PORT);
  for (i = 0; i < 1000; i++) {
    wait_state(i, NULL, 0);
    tl_silent();
    lab_now += 10;
  }
  ck_assert_uint_le(lab_used(MEMP_TCP_PCB), MEMP_NUM_TCP_PCB / 2 + 1);
  ck_assert_uint_ge(tcp_tw_count(), MEMP_NUM_TCP_PCB);
  tl_send_at(&p, F | A, p.seq - 1, p.ack, NULL, 0); /* the newest is known */
  tl_expect(&p, A);
  for (i = 0; i < MEMP_NUM_TCP_PCB; i++) {
    ck_assert_ptr_nonnull(tcp_new());
  }
  ck_assert_uint_eq(tcp_tw_count(), 0);
}
END_TEST

/* Each goes when its own time is over, not with the last of all. */
START_TEST(one_after_the_other)
{
  unsigned i, used;

  tl_setup();
  tl_listen(TL_PORT);
  for (i = 0; i < 50; i++) {
    wait_state(i, NULL, 0);
    tl_silent();
    lab_wait(2000);
  }
  used = lab_used(MEMP_TCP_PCB);
  ck_assert_uint_ge(used, 2);
  lab_wait(2 * TCP_MSL - 50000);
  ck_assert_uint_le(tcp_tw_count(), 25 + 8);
  ck_assert_uint_lt(lab_used(MEMP_TCP_PCB), used);
  lab_wait(50000);
  ck_assert_uint_eq(tcp_tw_count(), 0);
  ck_assert_uint_eq(lab_used(MEMP_TCP_PCB), 0);
}
END_TEST

/* A connection that opens anew is not mistaken for the old one. */
START_TEST(reuse_and_close_again)
{
  int i;

  tl_setup();
  tl_listen(TL_PORT);
  for (i = 0; i < 5; i++) {
    struct peer q;

    wait_state(0, NULL, 0);
    q = p;
    q.seq = p.seq + 1000;
    tl_send(&q, S, NULL, 0);
    tl_expect(&q, S | A);
    tl_send(&q, A, NULL, 0);
    tl_send(&q, A | F, NULL, 0);
    tl_expect(&q, A);
    tcp_close(app.pcb);
    tl_expect(&q, A | F);
    tl_send(&q, A, NULL, 0);
    ck_assert_uint_eq(tcp_tw_count(), 0);
    lab_wait(200000);
  }
}
END_TEST

/* RFC 6056, MAY-2: our own connections avoid the pairs that wait. */
START_TEST(not_for_connect)
{
  struct tcp_pcb *c;
  struct peer q = tl_peer(3);
  ip_addr_t to = lab_ip(q.ip);
  u16_t port;

  tl_setup();
  c = tl_connect(&q);
  port = c->local_port;
  tl_send(&q, S | A, NULL, 0);
  tl_expect(&q, A);
  tcp_close(c);
  tl_expect(&q, F | A);
  tl_send(&q, F | A, NULL, 0);
  tl_expect(&q, A);
  ck_assert_uint_eq(tcp_tw_count(), 1);
  c = tcp_new();
  ck_assert_int_eq(tcp_bind(c, NULL, port), ERR_OK);
  ck_assert_int_eq(tcp_connect(c, &to, q.port, NULL), ERR_USE);
}
END_TEST

static void add_tests(TCase *c)
{
  tcase_add_loop_test(c, segments, 0, (int)LWIP_ARRAYSIZE(rows));
  tcase_add_test(c, two_msl);
  tcase_add_test(c, by_timestamp);
  tcase_add_test(c, many);
  tcase_add_test(c, one_after_the_other);
  tcase_add_test(c, reuse_and_close_again);
  tcase_add_test(c, not_for_connect);
}
LAB_MAIN("tcp_timewait")
