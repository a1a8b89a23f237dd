/** Half-open connections: RFC 9293 3.10.7.2 and .4 for SYN-RECEIVED, RFC 4987 (floods), RFC 5961. */
#include "tcp/tcp_ecn.h"
#include "tcp_lab.h"

START_TEST(no_pcb_before_the_ack)
{
  struct peer p = tl_peer(0);

  tl_setup();
  tl_listen(TL_PORT);
  tl_send(&p, TCP_F_SYN, NULL, 0);
  tl_expect(&p, TCP_F_SYN | TCP_F_ACK);
  ck_assert_ptr_null(tcp_active_pcbs);
  ck_assert_uint_eq(tcp_syn_count(), 1);
  ck_assert_uint_eq(app.accepted, 0);
  tl_send(&p, TCP_F_ACK, "x", 1); /* text with the ACK */
  ck_assert_uint_eq(tcp_syn_count(), 0);
  ck_assert_uint_eq(app.accepted, 1);
  ck_assert_uint_eq(app.got, 1);
  ck_assert_uint_eq(lab_used(MEMP_TCP_PCB), 1);
}
END_TEST

START_TEST(syn_ack_is_sent_again)
{
  struct peer p = tl_peer(0);
  int again = 0;
  u32_t iss;

  tl_setup();
  tl_listen(TL_PORT);
  tl_send(&p, TCP_F_SYN, NULL, 0);
  tl_expect(&p, TCP_F_SYN | TCP_F_ACK);
  iss = tl_last.r.seq;
  lab_wait(120000);
  while (tl_take()) {
    ck_assert_uint_eq(tl_last.r.flags, TCP_F_SYN | TCP_F_ACK);
    ck_assert_uint_eq(tl_last.r.seq, iss);
    again++;
  }
  ck_assert_int_ge(again, 3);
  ck_assert_int_le(again, 6);
  ck_assert_uint_eq(tcp_syn_count(), 0);
  ck_assert_uint_eq(lab_used(MEMP_TCP_PCB), 0);
  ck_assert_uint_eq(timers_sleep(lab_now), TIMERS_NEVER);
}
END_TEST

START_TEST(syn_again)
{
  struct peer p = tl_peer(0);
  u32_t iss;

  tl_setup();
  tl_listen(TL_PORT);
  tl_send(&p, TCP_F_SYN, NULL, 0);
  tl_expect(&p, TCP_F_SYN | TCP_F_ACK);
  iss = tl_last.r.seq;
  tl_send_at(&p, TCP_F_SYN, p.seq - 1, 0, NULL, 0);
  tl_expect(&p, TCP_F_SYN | TCP_F_ACK);
  ck_assert_uint_eq(tl_last.r.seq, iss);
  ck_assert_uint_eq(tcp_syn_count(), 1);
}
END_TEST

struct row {
  const char *what;
  u8_t flags;
  u32_t seq, ack; /* seq from the peer's next, ack from ours */
  int answer;     /* flags; -1: none */
  u16_t left;     /* half-open afterwards */
  u8_t opened;
};
#define S TCP_F_SYN
#define A TCP_F_ACK
#define R TCP_F_RST
#define F TCP_F_FIN
/* clang-format off */
static const struct row rows[] = {
  { "the ACK opens",                         A,   0,           0,  -1, 0, 1 },
  { "an ACK of something else: reset",       A,   0,           1,   R, 1, 0 },
  { "an old ACK: reset",                     A,   0,          -1,   R, 1, 0 },
  { "a reset at RCV.NXT",                    R,   0,           0,  -1, 0, 0 },
  { "a reset elsewhere",                     R,   1,           0,  -1, 1, 0 },
  { "another SYN is challenged (RFC 5961)",  S,  5000,         0,   A, 1, 0 },
  { "an ACK outside the window is answered", A,  100000,       0,   A, 1, 0 },
  { "a FIN with the ACK",                    A|F, 0,           0,   A, 0, 1 },
  { "no ACK at all",                         0,   0,           0,  -1, 1, 0 },
  { "SYN and ACK",                           S|A, 0,           0,   A, 1, 0 },
};
/* clang-format on */

START_TEST(segments)
{
  const struct row *r = &rows[_i];
  struct peer p = tl_peer(0);

  tl_setup();
  tl_listen(TL_PORT);
  tl_send(&p, S, NULL, 0);
  tl_expect(&p, S | A);
  tl_send_at(&p, r->flags, p.seq + r->seq, p.ack + r->ack, NULL, 0);
  if (r->answer < 0) {
    ck_assert_msg(!tl_take(), "%s: answered %02x", r->what, tl_last.r.flags);
  } else {
    ck_assert_msg(tl_take(), "%s", r->what);
    ck_assert_msg(tl_last.r.flags == r->answer, "%s: %02x", r->what, tl_last.r.flags);
    if (r->answer == R) {
      ck_assert_uint_eq(tl_last.r.seq, p.ack + r->ack);
    }
  }
  ck_assert_msg(tcp_syn_count() == r->left, "%s", r->what);
  ck_assert_msg(app.accepted == r->opened, "%s", r->what);
}
END_TEST

/* 3.10.7.2: what a listener makes of a first segment. */
START_TEST(listening)
{
  static const u8_t flags[] = { R, R | A, A, A | F, F, 0, S | F, S | R, S | F | TCP_F_PSH | TCP_F_URG };
  static const int answers[] = { -1, -1, R, R, -1, -1, -1, -1, -1 };
  unsigned i;

  tl_setup();
  tl_listen(TL_PORT);
  for (i = 0; i < sizeof flags; i++) {
    struct peer p = tl_peer(i);

    tl_send(&p, flags[i], NULL, 0);
    if (answers[i] < 0) {
      ck_assert_msg(!tl_take(), "%u", i);
    } else {
      ck_assert(tl_take());
      ck_assert_int_eq(tl_last.r.flags, answers[i]);
    }
    ck_assert_uint_eq(tcp_syn_count(), 0);
  }
}
END_TEST

/* A flood: bounded memory, the established and the next one are served. */
START_TEST(flood)
{
  struct peer friend_ = tl_peer(0), q;
  unsigned i;
  u16_t used;

  tl_setup();
  tl_listen(TL_PORT);
  tl_open(&friend_);
  for (i = 1; i <= 5000; i++) {
    q = tl_peer(i);
    tl_send(&q, S, NULL, 0);
    while (tl_take()) {}
    if (i % 5 == 0) {
      lab_now++;
    }
    ck_assert_uint_le(tcp_syn_count(), LWIP_X_TCP_SYN_MAX + 8);
  }
  used = lab_used(MEMP_TCP_PCB);
  ck_assert_uint_le(used, 1 + LWIP_X_TCP_SYN_MAX / 2);
  ck_assert_uint_eq(app.errors, 0);
  tl_send(&friend_, A, "x", 1);
  ck_assert_uint_eq(app.got, 1);
  while (tl_take()) {}
  q = tl_peer(7000);
  tl_open(&q);
  ck_assert_uint_eq(app.accepted, 2);
  lab_wait(60000);
  while (tl_take()) {}
  ck_assert_uint_eq(lab_used(MEMP_TCP_PCB), 2);
}
END_TEST

/* All pcbs in use: half-open connections give way, not established ones. */
START_TEST(pcbs_before_records)
{
  unsigned i;

  tl_setup();
  tl_listen(TL_PORT);
  for (i = 0; i < MEMP_NUM_TCP_PCB; i++) {
    struct peer p = tl_peer(i), q = tl_peer(500 + i);

    tl_send(&q, S, NULL, 0);
    while (tl_take()) {}
    tl_open(&p);
    ck_assert_uint_eq(app.accepted, i + 1);
    while (tl_take()) {}
  }
  ck_assert_uint_eq(app.errors, 0);
  {
    struct peer p = tl_peer(900);

    tl_send(&p, S, NULL, 0);
    tl_silent(); /* nothing left */
    ck_assert_uint_ge(tl_drops(DROP_TCP_BACKLOG), 1);
  }
}
END_TEST

/* RFC 7323 1.3, RFC 2018: only what the peer asked for is used. */
START_TEST(options_are_agreed)
{
  static const u8_t all[] = { 2, 4, 5, 0xb4, 1, 3, 3, 7, 1, 1, 4, 2, 1, 1, 8, 10, 0, 0, 1, 0, 0, 0, 0, 0 };
  struct peer p = tl_peer(0), q = tl_peer(1);

  tl_setup();
  tl_listen(TL_PORT);
  p.opts = all;
  p.optlen = sizeof all;
  tl_send(&p, S, NULL, 0);
  tl_expect(&p, S | A);
  ck_assert_uint_eq(tl_last.r.opts, TCP_O_MSS | TCP_O_WSCALE | TCP_O_SACK_PERM | TCP_O_TS);
  ck_assert_uint_eq(tl_last.r.tsecr, 0x100);
  ck_assert_uint_eq(tl_last.r.wscale, TCP_RCV_SCALE);
  {
    static u8_t ts[] = { 1, 1, 8, 10, 0, 0, 1, 1, 0, 0, 0, 0 };

    be32_put(ts + 8, tl_last.r.tsval);
    p.opts = ts;
    p.optlen = sizeof ts;
    tl_send(&p, A, NULL, 0);
  }
  ck_assert_uint_eq(app.accepted, 1);
  ck_assert(app.pcb->flags & TF_TIMESTAMP);
  ck_assert(app.pcb->flags & TF_SACK);
  ck_assert(app.pcb->flags & TF_WND_SCALE);
  ck_assert_uint_eq(app.pcb->snd_scale, 7);
  ck_assert_uint_eq(app.pcb->snd_wnd, 20000u << 7);
  tcp_write(app.pcb, "x", 1, 0);
  tcp_output(app.pcb);
  tl_expect(&p, A);
  ck_assert(tl_last.r.opts & TCP_O_TS);
  ck_assert_uint_eq(tl_last.r.tsecr, 0x101);
  tl_open(&q);
  ck_assert_uint_eq(app.pcb->flags & (TF_TIMESTAMP | TF_SACK | TF_WND_SCALE), 0);
  tcp_write(app.pcb, "x", 1, 0);
  tcp_output(app.pcb);
  tl_expect(&q, A);
  ck_assert_uint_eq(tl_last.r.opts, 0);
}
END_TEST

START_TEST(listener_gone)
{
  struct peer p = tl_peer(0);
  struct tcp_pcb *l;

  tl_setup();
  l = tl_listen(TL_PORT);
  tl_send(&p, S, NULL, 0);
  tl_expect(&p, S | A);
  tcp_close(l);
  lab_wait(1600); /* nobody to send it again for */
  tl_silent();
  tl_send(&p, A, NULL, 0);
  tl_expect(&p, R);
  ck_assert_uint_eq(tcp_syn_count(), 0);
}
END_TEST

/* Memory goes back element by element, whatever still waits in others. */
START_TEST(elements_go_back)
{
  struct peer ps[LWIP_X_TCP_SYN_MAX];
  unsigned i, n = LWIP_X_TCP_SYN_MAX - 2;

  tl_setup();
  tl_listen(TL_PORT);
  for (i = 0; i < n; i++) {
    ps[i] = tl_peer(i);
    tl_send(&ps[i], S, NULL, 0);
    tl_expect(&ps[i], S | A);
  }
  ck_assert_uint_ge(lab_used(MEMP_TCP_PCB), 2);
  for (i = 1; i < n; i++) {
    tl_send(&ps[i], R, NULL, 0);
  }
  ck_assert_uint_eq(tcp_syn_count(), 1);
  ck_assert_uint_eq(lab_used(MEMP_TCP_PCB), 1);
  tl_send(&ps[0], R, NULL, 0);
  ck_assert_uint_eq(lab_used(MEMP_TCP_PCB), 0);
}
END_TEST

/* Nothing wakes the device before the SYN+ACK is due again. */
START_TEST(exact_deadline)
{
  struct peer p = tl_peer(0), q = tl_peer(1);
  u32_t sleep;

  tl_setup();
  tl_listen(TL_PORT);
  tl_send(&p, S, NULL, 0);
  tl_expect(&p, S | A);
  sleep = timers_sleep(lab_now);
  ck_assert_uint_ge(sleep, TCP_RTO_INITIAL - 4);
  ck_assert_uint_le(sleep, TCP_RTO_INITIAL + 4);
  lab_wait(400);
  tl_send(&q, S, NULL, 0);
  tl_expect(&q, S | A);
  lab_wait(590);
  tl_silent();
  lab_wait(20);
  tl_expect(&p, S | A);
  tl_silent();
}
END_TEST

#if LWIP_X_TCP_SYN_COOKIES

static void flood_with(unsigned n)
{
  unsigned i;

  for (i = 0; i < n; i++) {
    struct peer p = tl_peer(2000 + i);

    tl_send(&p, S, NULL, 0);
    while (tl_take()) {}
  }
}

/* RFC 4987 3.6: nobody is turned away, and what stands in the cookie is what was agreed. */
START_TEST(cookie_opens)
{
  static const u8_t all[] = { 2, 4, 5, 0xb4, 1, 3, 3, 7, 1, 1, 4, 2, 1, 1, 8, 10, 0, 0, 1, 0, 0, 0, 0, 0 };
  struct peer p = tl_peer(0), q = tl_peer(1);
  u16_t half_open;

  tl_setup();
  tl_listen(TL_PORT);
  flood_with(100);
  half_open = tcp_syn_count();
  tl_open(&p);
  ck_assert_uint_eq(app.accepted, 1);
  ck_assert_uint_eq(tcp_syn_count(), half_open); /* no record was made */
  ck_assert_uint_eq(app.pcb->flags & (TF_TIMESTAMP | TF_SACK | TF_WND_SCALE), 0);
  ck_assert_uint_eq(app.pcb->mss, 1460);
  ck_assert_uint_eq(app.pcb->cwnd, 10 * 1460); /* no SYN was lost: RFC 6928, and not RFC 5681 3.1 */
  ck_assert_uint_eq(tcp_rto(app.pcb), 1000);
  tl_send(&p, A, "x", 1);
  ck_assert_uint_eq(app.got, 1);
  while (tl_take()) {}

  q.opts = all;
  q.optlen = sizeof all;
  tl_send(&q, S, NULL, 0);
  tl_expect(&q, S | A);
  ck_assert_uint_eq(tl_last.r.opts, TCP_O_MSS | TCP_O_WSCALE | TCP_O_SACK_PERM | TCP_O_TS);
  {
    static u8_t ts[] = { 1, 1, 8, 10, 0, 0, 1, 1, 0, 0, 0, 0 };

    be32_put(ts + 8, tl_last.r.tsval);
    q.opts = ts;
    q.optlen = sizeof ts;
    tl_send(&q, A, NULL, 0);
  }
  ck_assert_uint_eq(app.accepted, 2);
  ck_assert_uint_eq(app.pcb->flags & (TF_TIMESTAMP | TF_SACK | TF_WND_SCALE), TF_TIMESTAMP | TF_SACK | TF_WND_SCALE);
  ck_assert_uint_eq(app.pcb->snd_scale, 7);
}
END_TEST

/* ECN goes with the timestamp, too; without a timestamp, or offered by halves, there is none.  rows: what the SYN has */
START_TEST(cookie_with_ecn)
{
  static const u8_t with_ts[] = { 2, 4, 5, 0xb4, 1, 1, 8, 10, 0, 0, 1, 0, 0, 0, 0, 0 };
  static const struct {
    u8_t flags, optlen;
    bool ecn;
  } syns[] = {
    { TCP_F_ECE | TCP_F_CWR, sizeof with_ts, true },
    { TCP_F_ECE | TCP_F_CWR, 4, false },
    { TCP_F_ECE, sizeof with_ts, false },
    { 0, sizeof with_ts, false },
  };
  static u8_t ts[] = { 1, 1, 8, 10, 0, 0, 1, 1, 0, 0, 0, 0 };
  struct peer p = tl_peer(1);

  tl_setup();
  tl_listen(TL_PORT);
  flood_with(100);
  p.opts = with_ts;
  p.optlen = syns[_i].optlen;
  tl_send(&p, (u8_t)(S | syns[_i].flags), NULL, 0);
  tl_expect(&p, (u8_t)(S | A | (syns[_i].ecn ? TCP_F_ECE : 0)));
  be32_put(ts + 8, tl_last.r.tsval);
  p.opts = ts;
  p.optlen = syns[_i].optlen > 4 ? sizeof ts : 0;
  tl_send(&p, A, NULL, 0);
  ck_assert_uint_eq(app.accepted, 1);
  ck_assert_uint_eq((app.pcb->x_ecn & TCP_ECN_ON) != 0, syns[_i].ecn);
}
END_TEST

static const struct {
  const char *what;
  u32_t seq, ack, wait_ms;
  bool flooded, good;
} cookie_rows[] = {
  { "the cookie comes back", 0, 0, 0, true, true }, { "within a minute", 0, 0, 60000, true, true },
  { "too late", 0, 0, 140000, true, false },        { "another number", 0, 1, 0, true, false },
  { "another MSS", 0, 2, 0, true, false },          { "another first sequence number", 1, 0, 0, true, false },
  { "none was given", 0, 0, 0, false, false },
};

START_TEST(cookies)
{
  struct peer p = tl_peer(0);

  tl_setup();
  tl_listen(TL_PORT);
  if (cookie_rows[_i].flooded) {
    flood_with(100);
    tl_send(&p, S, NULL, 0);
    tl_expect(&p, S | A);
  } else {
    p.ack = 12345;
  }
  lab_wait(cookie_rows[_i].wait_ms);
  while (tl_take()) {}
  tl_send_at(&p, A, p.seq + cookie_rows[_i].seq, p.ack + cookie_rows[_i].ack, NULL, 0);
  ck_assert_msg(app.accepted == cookie_rows[_i].good, "%s", cookie_rows[_i].what);
  if (!cookie_rows[_i].good) {
    ck_assert(tl_take());
    ck_assert_uint_eq(tl_last.r.flags, R);
  }
}
END_TEST

/* A stranger who guesses gets nowhere. */
START_TEST(cookies_are_not_guessed)
{
  struct peer p = tl_peer(0);
  u32_t i;

  tl_setup();
  tl_listen(TL_PORT);
  flood_with(100);
  for (i = 0; i < 100000; i++) {
    tl_send_at(&p, A, p.seq, i * 2654435761u, NULL, 0);
    if (i % 100 == 0) {
      while (tl_take()) {}
    }
  }
  ck_assert_uint_eq(app.accepted, 0);
}
END_TEST

#endif

static void add_tests(TCase *c)
{
#if LWIP_X_TCP_SYN_COOKIES
  tcase_add_test(c, cookie_opens);
  tcase_add_loop_test(c, cookie_with_ecn, 0, 4);
  tcase_add_loop_test(c, cookies, 0, (int)LWIP_ARRAYSIZE(cookie_rows));
  tcase_add_test(c, cookies_are_not_guessed);
#endif
  tcase_add_test(c, elements_go_back);
  tcase_add_test(c, exact_deadline);
  tcase_add_test(c, no_pcb_before_the_ack);
  tcase_add_test(c, syn_ack_is_sent_again);
  tcase_add_test(c, syn_again);
  tcase_add_loop_test(c, segments, 0, (int)LWIP_ARRAYSIZE(rows));
  tcase_add_test(c, listening);
  tcase_add_test(c, flood);
  tcase_add_test(c, pcbs_before_records);
  tcase_add_test(c, options_are_agreed);
  tcase_add_test(c, listener_gone);
}
LAB_MAIN("tcp_syncache")
