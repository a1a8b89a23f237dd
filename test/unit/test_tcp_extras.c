/** lwip/x_tcp.h: user timeout (RFC 9293 3.8.3, RFC 5482), soft errors, black holes (RFC 4821), introspection. */
#include "lwip/x_tcp.h"
#include "lwip/x_tcp_cc.h"
#include "tcp_lab.h"
#include "transport/tcp_in.h"

#define S TCP_F_SYN
#define A TCP_F_ACK

static u8_t reports[16];
static unsigned reported;

static void on_report(void *arg, struct tcp_pcb *pcb, u8_t what)
{
  (void)arg;
  ck_assert_ptr_eq(pcb, app.pcb);
  ck_assert_uint_lt(reported, sizeof reports);
  reports[reported++] = what;
}

static void drain(void)
{
  while (tl_take()) {}
}

/* Wait until the connection is given up, at most ms; @return ms it took. */
static u32_t until_error(u32_t ms)
{
  u32_t begun = lab_now;

  while (app.errors == 0 && lab_now - begun < ms) {
    lab_wait(100);
    drain();
  }
  return lab_now - begun;
}

static struct peer opened(void)
{
  struct peer p = tl_peer(0);

  tl_setup();
  reported = 0;
  tl_listen(TL_PORT);
  tl_open(&p);
  drain();
  return p;
}

/* ---- user timeout ---- */

START_TEST(user_timeout_of_text)
{
  static const u32_t limits[] = { 1500, 5000, 30000, 3600000 };
  u32_t took;

  (void)opened();
  ck_assert_int_eq(lwip_x_tcp_user_timeout(app.pcb, limits[_i]), ERR_OK);
  ck_assert_int_eq(tcp_write(app.pcb, "x", 1, 0), ERR_OK);
  ck_assert_int_eq(tcp_output(app.pcb), ERR_OK);
  took = until_error(2 * limits[_i]);
  ck_assert_uint_ge(took, limits[_i]);
  ck_assert_uint_le(took, limits[_i] + 100);
  ck_assert_int_eq(app.err, ERR_ABRT);
}
END_TEST

/* Whatever is acknowledged begins it anew. */
START_TEST(user_timeout_counts_from_progress)
{
  struct peer p = opened();
  int i;

  lwip_x_tcp_user_timeout(app.pcb, 5000);
  for (i = 0; i < 5; i++) {
    tcp_write(app.pcb, "x", 1, 0);
    tcp_output(app.pcb);
    lab_wait(4000);
    drain();
    p.ack++;
    tl_send(&p, A, NULL, 0);
    lab_wait(60000); /* nothing to wait for */
  }
  ck_assert_uint_eq(app.errors, 0);
}
END_TEST

START_TEST(user_timeout_of_a_syn)
{
  struct peer p = tl_peer(0);
  u32_t took;

  tl_setup();
  (void)tl_connect(&p);
  lwip_x_tcp_user_timeout(app.pcb, 10000);
  took = until_error(60000);
  ck_assert_uint_ge(took, 10000);
  ck_assert_uint_le(took, 10100);
}
END_TEST

/* A peer that answers, but never takes anything (sockstress). */
START_TEST(user_timeout_of_a_closed_window)
{
  struct peer p = opened();
  u32_t begun = lab_now;

  lwip_x_tcp_user_timeout(app.pcb, 20000);
  p.wnd = 0;
  tl_send(&p, A, "x", 1);
  tcp_write(app.pcb, "hello", 5, 0);
  tcp_output(app.pcb);
  while (app.errors == 0 && lab_now - begun < 100000) {
    lab_wait(100);
    while (tl_take()) {
      tl_send_at(&p, A, p.seq, p.ack, NULL, 0);
    }
  }
  ck_assert_uint_eq(app.errors, 1);
  ck_assert_uint_ge(lab_now - begun, 20000);
  ck_assert_uint_le(lab_now - begun, 22000);
}
END_TEST

START_TEST(user_timeout_of_keepalive)
{
  u32_t took;

  (void)opened();
  app.pcb->so_options |= SOF_KEEPALIVE;
  app.pcb->keep_idle = 10000;
  app.pcb->keep_intvl = 1000;
  app.pcb->keep_cnt = 3;
  lwip_x_tcp_user_timeout(app.pcb, 30000);
  took = until_error(100000);
  ck_assert_uint_ge(took, 29900);
  ck_assert_uint_le(took, 31100);
}
END_TEST

START_TEST(wrong_arguments)
{
  struct tcp_pcb *l;
  struct lwip_x_tcp_info info;

  tl_setup();
  l = tl_listen(TL_PORT);
  ck_assert_int_eq(lwip_x_tcp_user_timeout(NULL, 1), ERR_ARG);
  ck_assert_int_eq(lwip_x_tcp_user_timeout(l, 1), ERR_VAL);
  ck_assert_int_eq(lwip_x_tcp_reports(NULL, NULL), ERR_ARG);
  ck_assert_int_eq(lwip_x_tcp_reports(l, NULL), ERR_VAL);
  ck_assert_int_eq(lwip_x_tcp_info(NULL, &info), ERR_ARG);
  ck_assert_int_eq(lwip_x_tcp_info(l, NULL), ERR_ARG);
  ck_assert_int_eq(lwip_x_tcp_info(l, &info), ERR_OK);
  ck_assert_int_eq(info.state, LISTEN);
  tcp_close(l);
  ck_assert_int_eq(lwip_x_tcp_info(l, &info), ERR_CLSD);
}
END_TEST

/* ---- soft errors ---- */

static void icmp_error(const struct peer *p, enum ip_error_what what, u32_t seq, u16_t mtu)
{
  u8_t quoted[8];
  ip_addr_t local = lab_ip(LAB_US), remote = lab_ip(p->ip);
  struct ip_error e = { what, &local, &remote, quoted, sizeof quoted, mtu, 6 };

  be16_put(quoted, p->to);
  be16_put(quoted + 2, p->port);
  be32_put(quoted + 4, seq);
  tcp_ip_error(&e);
}

START_TEST(soft_errors)
{
  static const struct {
    enum ip_error_what what;
    u8_t report;
  } rows[] = { { IP_ERR_UNREACH_NET, LWIP_X_TCP_NET_UNREACHABLE },
               { IP_ERR_UNREACH_HOST, LWIP_X_TCP_HOST_UNREACHABLE },
               { IP_ERR_UNREACH_PROTO, LWIP_X_TCP_PROTO_UNREACHABLE },
               { IP_ERR_UNREACH_PORT, LWIP_X_TCP_PORT_UNREACHABLE },
               { IP_ERR_TIME, LWIP_X_TCP_TTL_EXCEEDED },
               { IP_ERR_ADMIN, LWIP_X_TCP_PROHIBITED },
               { IP_ERR_OTHER, LWIP_X_TCP_PARAMETER } };
  struct peer p = opened();
  unsigned i;

  tcp_write(app.pcb, "hello", 5, 0);
  tcp_output(app.pcb);
  drain();
  icmp_error(&p, IP_ERR_UNREACH_HOST, p.ack, 0); /* nobody wants to know */
  ck_assert_uint_eq(reported, 0);
  ck_assert_int_eq(lwip_x_tcp_reports(app.pcb, on_report), ERR_OK);
  icmp_error(&p, IP_ERR_UNREACH_HOST, p.ack + 100000, 0); /* a stranger's guess (RFC 5927 4.1) */
  ck_assert_uint_eq(reported, 0);
  for (i = 0; i < LWIP_ARRAYSIZE(rows); i++) {
    icmp_error(&p, rows[i].what, p.ack, 0);
    ck_assert_uint_eq(reported, i + 1);
    ck_assert_uint_eq(reports[i], rows[i].report);
  }
  ck_assert_uint_eq(app.errors, 0);
  lwip_x_tcp_reports(app.pcb, NULL); /* SHLD-20 */
  icmp_error(&p, IP_ERR_UNREACH_HOST, p.ack, 0);
  ck_assert_uint_eq(reported, LWIP_ARRAYSIZE(rows));
}
END_TEST

static void abort_it(void *arg, struct tcp_pcb *pcb, u8_t what)
{
  (void)arg, (void)what;
  tcp_abort(pcb);
}

START_TEST(abort_in_a_report)
{
  struct peer p = opened();

  tcp_write(app.pcb, "hello", 5, 0);
  tcp_output(app.pcb);
  drain();
  lwip_x_tcp_reports(app.pcb, abort_it);
  icmp_error(&p, IP_ERR_UNREACH_HOST, p.ack, 0);
  ck_assert_int_eq(app.err, ERR_ABRT);
  ck_assert_uint_eq(lab_used(MEMP_TCP_PCB), 0);
}
END_TEST

/* R1 (SHLD-9, SHLD-10): three retransmissions without an answer are told once. */
START_TEST(slow_is_told)
{
  (void)opened();
  lwip_x_tcp_reports(app.pcb, on_report);
  tcp_write(app.pcb, "hello", 5, 0);
  tcp_output(app.pcb);
  lab_wait(1000);
  drain();
  ck_assert_uint_eq(reported, 0);
  lab_wait(10000);
  drain();
  ck_assert_uint_eq(reported, 1);
  ck_assert_uint_eq(reports[0], LWIP_X_TCP_SLOW);
  lab_wait(30000);
  drain();
  ck_assert_uint_eq(reported, 1);
}
END_TEST

/* ---- path MTU ---- */

/* Let ms pass behind a router that loses segments of more than limit octets; @return the largest that came through. */
static u16_t path(struct peer *p, u16_t limit, u32_t ms)
{
  u32_t begun = lab_now;
  u16_t largest = 0;

  while (lab_now - begun < ms) {
    u32_t before = p->ack;

    while (tl_take()) {
      if (tl_last.r.len <= limit && seq_leq(tl_last.r.seq, p->ack) && tl_last.r.len > 0) {
        largest = LWIP_MAX(largest, tl_last.r.len);
        if (seq_gt(tl_last.r.seq + tl_last.r.len, p->ack)) {
          p->ack = tl_last.r.seq + tl_last.r.len;
        }
      }
    }
    if (p->ack != before) {
      tl_send(p, A, NULL, 0);
    } else {
      lab_wait(50);
    }
  }
  return largest;
}

static const u8_t text[20000];

START_TEST(black_hole)
{
  static const u16_t limits[] = { 1400, 1200, 1160, 900, 536 };
  struct peer p = opened();
  u16_t largest;

  ck_assert_uint_eq(app.pcb->mss, 1460);
  ck_assert_int_eq(tcp_write(app.pcb, text, sizeof text, 0), ERR_OK);
  tcp_output(app.pcb);
  largest = path(&p, limits[_i], 60000);
  ck_assert_uint_eq(app.sent, sizeof text); /* all of it got through */
  ck_assert_uint_le(largest, limits[_i]);
  ck_assert_uint_ge(largest, limits[_i] >= 1160 ? 1160 : 536);
  ck_assert_uint_eq(app.errors, 0);

  lab_wait(11 * 60 * 1000); /* RFC 1191 6.3: later the path may be wider */
  tcp_write(app.pcb, "x", 1, 0);
  tcp_output(app.pcb);
  (void)path(&p, 1460, 1000);
  tcp_write(app.pcb, text, sizeof text, 0);
  tcp_output(app.pcb);
  ck_assert_uint_eq(path(&p, 1460, 10000), 1460);
  ck_assert_uint_eq(app.sent, 2 * sizeof text + 1);
}
END_TEST

/* Small segments that get lost say nothing about the path. */
START_TEST(no_black_hole)
{
  struct peer p = opened();

  tcp_write(app.pcb, text, 500, 0);
  tcp_output(app.pcb);
  (void)path(&p, 0, 20000);
  ck_assert_uint_eq(app.pcb->mss, 1460);
}
END_TEST

/* RFC 1191: a router's word is taken, but not for crumbs, and not for ever. */
START_TEST(too_big)
{
  struct peer p = opened();

  tcp_write(app.pcb, text, 5000, 0);
  tcp_output(app.pcb);
  drain();
  icmp_error(&p, IP_ERR_TOO_BIG, p.ack, 1000);
  ck_assert_uint_eq(app.pcb->mss, 960);
  drain();
  icmp_error(&p, IP_ERR_TOO_BIG, p.ack, 68);
  ck_assert_uint_eq(app.pcb->mss, 512);
  ck_assert_uint_eq(path(&p, 512, 20000), 512);
  ck_assert_uint_eq(app.sent, 5000);
  lab_wait(11 * 60 * 1000);
  tcp_write(app.pcb, "x", 1, 0);
  tcp_output(app.pcb);
  (void)path(&p, 1460, 1000);
  ck_assert_uint_eq(app.pcb->mss, 1460);
}
END_TEST

/* ---- info ---- */

START_TEST(info)
{
  struct peer p = opened();
  struct lwip_x_tcp_info i;

  ck_assert_int_eq(lwip_x_tcp_info(app.pcb, &i), ERR_OK);
  ck_assert_int_eq(i.state, ESTABLISHED);
  ck_assert_uint_eq(i.mss, 1460);
  ck_assert_uint_eq(i.snd_wnd, 20000);
  ck_assert_uint_eq(i.in_flight, 0);
  ck_assert_uint_eq(i.options, 0);
  tcp_write(app.pcb, text, 1000, 0);
  tcp_output(app.pcb);
  lwip_x_tcp_info(app.pcb, &i);
  ck_assert_uint_eq(i.in_flight, 1000);
  ck_assert_uint_eq(i.queued, 1000);
  lab_wait(2000);
  drain();
  lwip_x_tcp_info(app.pcb, &i);
  ck_assert_uint_ge(i.retransmits, 1);
  p.ack += 1000;
  tl_send(&p, A, NULL, 0);
  tcp_write(app.pcb, text, 1000, 0);
  tcp_output(app.pcb);
  lab_wait(100);
  p.ack += 1000;
  tl_send(&p, A, NULL, 0);
  lwip_x_tcp_info(app.pcb, &i);
  ck_assert_uint_eq(i.retransmits, 0);
  ck_assert_uint_gt(i.rtt_ms, 0);
  ck_assert_uint_le(i.rtt_ms, 110);
  ck_assert_uint_ge(i.rto_ms, i.rtt_ms);
  ck_assert_uint_eq(i.in_flight, 0);
  ck_assert_uint_gt(i.cwnd, 0);
}
END_TEST

/* 8 segments every 50 ms, one always in flight. */
START_TEST(info_counts)
{
  struct peer p = opened();
  struct lwip_x_tcp_info i;
  u32_t base = p.ack;
  int round;

  p.wnd = 60000;
  tl_send(&p, A, NULL, 0);
  for (round = 0; round < 20; round++) {
    ck_assert_int_eq(tcp_write(app.pcb, text, 8 * 1460, 0), ERR_OK);
    tcp_output(app.pcb);
    drain();
    lab_wait(50);
    p.ack = app.pcb->snd_nxt - 1460;
    tl_send(&p, A, NULL, 0);
    drain();
  }
  ck_assert_int_eq(lwip_x_tcp_info(app.pcb, &i), ERR_OK);
  ck_assert_uint_eq(i.resent, 0);
  ck_assert_uint_eq(i.sacked, 0);
  ck_assert_uint_eq(i.delivered, p.ack - base);
  ck_assert_uint_ge(i.delivery_rate, 8 * 1460 * 20 * 8 / 10);
  ck_assert_uint_le(i.delivery_rate, 8 * 1460 * 20 * 12 / 10);
  ck_assert_uint_ge(i.rtt_min_ms, 49);
  ck_assert_uint_le(i.rtt_min_ms, 51);
  lab_wait(5000);
  drain();
  lwip_x_tcp_info(app.pcb, &i);
  ck_assert_uint_ge(i.resent, 2);
}
END_TEST

#if LWIP_X_TCP_CUBIC
START_TEST(congestion_control_is_guarded)
{
  static const struct lwip_x_tcp_cc half = { "half", NULL, NULL };
  struct tcp_pcb *l;

  (void)opened();
  l = tl_listen(81);
  ck_assert_int_eq(lwip_x_tcp_set_cc(app.pcb, &lwip_x_tcp_newreno), ERR_OK);
  ck_assert_ptr_eq(app.pcb->x_cc, &lwip_x_tcp_newreno);
  ck_assert_int_eq(lwip_x_tcp_set_cc(app.pcb, NULL), ERR_ARG);
  ck_assert_int_eq(lwip_x_tcp_set_cc(app.pcb, &half), ERR_ARG);
  ck_assert_int_eq(lwip_x_tcp_set_cc(NULL, &lwip_x_tcp_newreno), ERR_ARG);
  ck_assert_int_eq(lwip_x_tcp_set_cc(l, &lwip_x_tcp_newreno), ERR_VAL);
  ck_assert_ptr_eq(app.pcb->x_cc, &lwip_x_tcp_newreno);
  l = app.pcb;
  tcp_abort(l);
  ck_assert_int_eq(lwip_x_tcp_set_cc(l, &lwip_x_tcp_newreno), ERR_CLSD);
}
END_TEST
#endif

/* ---- numbers nobody can guess ---- */

static struct tcp_ends ends_of(const ip_addr_t *local, const ip_addr_t *remote, u16_t port)
{
  struct tcp_ends e = { local, remote, TL_PORT, port };

  return e;
}

/* RFC 6528 3, RFC 9293 MUST-8: for the same pair of ends 250 a millisecond, a tick every 4 us. */
START_TEST(sequence_numbers_follow_the_clock)
{
  ip_addr_t local = lab_ip(LAB_US), remote = lab_ip(LAB_PEER);
  struct tcp_ends e = ends_of(&local, &remote, 1000);
  u32_t first;

  tl_setup();
  first = tcp_isn(&e, lab_now);
  ck_assert_uint_eq(tcp_isn(&e, lab_now), first);
  ck_assert_uint_eq(tcp_isn(&e, lab_now + 1) - first, 250);
  ck_assert_uint_eq(tcp_isn(&e, lab_now + 100000) - first, 25000000);
}
END_TEST

/* A neighbouring pair says nothing: about half of the bits differ, and no difference comes twice. */
START_TEST(sequence_numbers_are_not_guessed)
{
  ip_addr_t local = lab_ip(LAB_US), remote = lab_ip(LAB_PEER);
  u32_t steps[64], last;
  unsigned bits = 0, i, k;

  tl_setup();
  {
    struct tcp_ends e = ends_of(&local, &remote, 999);

    last = tcp_isn(&e, 0);
  }
  for (i = 0; i < 64; i++) {
    struct tcp_ends e = ends_of(&local, &remote, (u16_t)(1000 + i));
    u32_t isn = tcp_isn(&e, 0), differ = isn ^ last;

    for (; differ != 0; differ &= differ - 1) {
      bits++;
    }
    steps[i] = isn - last;
    for (k = 0; k < i; k++) {
      ck_assert_uint_ne(steps[i], steps[k]);
    }
    last = isn;
  }
  ck_assert_uint_ge(bits, 64 * 13);
  ck_assert_uint_le(bits, 64 * 19);
}
END_TEST

/* RFC 7323 7.1: the clocks of two connections show different times, that of one runs on over a new connection. */
START_TEST(clocks_are_not_compared)
{
  ip_addr_t local = lab_ip(LAB_US), remote = lab_ip(LAB_PEER), other = lab_ip(LAB_PEER + 1);
  struct tcp_ends e = ends_of(&local, &remote, 1000), f = ends_of(&local, &other, 1000);

  tl_setup();
  ck_assert_uint_ne(tcp_ts_offset(&e), tcp_ts_offset(&f));
  ck_assert_uint_eq(tcp_ts_offset(&e), tcp_ts_offset(&e));
  ck_assert_uint_ne(tcp_ts_offset(&e), tcp_isn(&e, 0)); /* one does not tell the other */
}
END_TEST

/* RFC 6056: ports of our own connections are spread over the range, and never neighbours by rule. */
START_TEST(ports_are_not_guessed)
{
  ip_addr_t local = lab_ip(LAB_US), remote = lab_ip(LAB_PEER);
  struct tcp_ends e = ends_of(&local, &remote, 1000);
  unsigned i, up = 0, quarter[4] = { 0 };
  u16_t last = 0;

  tl_setup();
  for (i = 0; i < 400; i++) {
    u16_t port = tcp_port_pick(&e);

    ck_assert_uint_ge(port, 32768);
    quarter[(port - 32768) / 8192]++;
    up += port == last + 1;
    last = port;
  }
  ck_assert_uint_le(up, 3);
  for (i = 0; i < 3; i++) { /* the last quarter is half as long */
    ck_assert_uint_ge(quarter[i], 60);
  }
}
END_TEST

static void add_tests(TCase *c)
{
  tcase_add_test(c, sequence_numbers_follow_the_clock);
  tcase_add_test(c, sequence_numbers_are_not_guessed);
  tcase_add_test(c, clocks_are_not_compared);
  tcase_add_test(c, ports_are_not_guessed);
  tcase_add_loop_test(c, user_timeout_of_text, 0, 4);
  tcase_add_test(c, user_timeout_counts_from_progress);
  tcase_add_test(c, user_timeout_of_a_syn);
  tcase_add_test(c, user_timeout_of_a_closed_window);
  tcase_add_test(c, user_timeout_of_keepalive);
  tcase_add_test(c, wrong_arguments);
  tcase_add_test(c, soft_errors);
  tcase_add_test(c, abort_in_a_report);
  tcase_add_test(c, slow_is_told);
  tcase_add_loop_test(c, black_hole, 0, 5);
  tcase_add_test(c, no_black_hole);
  tcase_add_test(c, too_big);
  tcase_add_test(c, info);
  tcase_add_test(c, info_counts);
#if LWIP_X_TCP_CUBIC
  tcase_add_test(c, congestion_control_is_guarded);
#endif
}
LAB_MAIN("tcp_extras")
