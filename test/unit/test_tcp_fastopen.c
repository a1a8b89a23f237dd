/** Fast Open (RFC 7413): cookies, text in SYNs, both roles. */
#include "lwip/x_tcp.h"
#include "tcp/tcp_tfo.h"
#include "tcp_lab.h"

#define S TCP_F_SYN
#define A TCP_F_ACK

static u8_t cookie[8];
static struct tcp_pcb *listener;

static void begin(void)
{
  tl_setup();
  listener = tl_listen(TL_PORT);
  ck_assert_int_eq(lwip_x_tcp_fastopen_listen(listener, 1000), ERR_OK);
}

static unsigned waiting(void)
{
  return ((const struct tcp_pcb_listen *)(const void *)listener)->x_fast_waiting;
}

static const u8_t ask[] = { 2, 4, 5, 0xb4, 1, 1, 34, 2 };

/* A peer asks for a cookie, in a handshake of its own that it leaves unfinished. */
static void get_cookie(unsigned n)
{
  struct peer p = tl_peer(n);

  p.opts = ask;
  p.optlen = sizeof ask;
  tl_send(&p, S, NULL, 0);
  tl_expect(&p, S | A);
  ck_assert(tl_last.r.opts & TCP_O_FASTOPEN);
  ck_assert_uint_eq(tl_last.r.cookie_len, 8);
  memcpy(cookie, lab_out[tl_read - 1].b + lab_out[tl_read - 1].len - 8, 8);
  tl_send_at(&p, TCP_F_RST, p.seq, 0, NULL, 0);
}

static u8_t with[16];

/* The SYN of peer n, with the cookie and text. */
static struct peer fast(unsigned n, const char *text)
{
  struct peer p = tl_peer(n);

  memcpy(with, ask, 4);
  with[4] = 34;
  with[5] = 10;
  memcpy(with + 6, cookie, 8);
  with[14] = with[15] = 1;
  p.opts = with;
  p.optlen = sizeof with;
  tl_send(&p, S, text, (u16_t)strlen(text));
  return p;
}

START_TEST(text_comes_with_the_syn)
{
  struct peer p;

  begin();
  get_cookie(0);
  p = fast(1, "GET /");
  ck_assert_uint_eq(app.accepted, 1);
  ck_assert_uint_eq(app.got, 5);
  ck_assert_int_eq(memcmp(app.text, "GET /", 5), 0);
  tl_expect(&p, S | A);
  ck_assert_uint_eq(tl_last.r.ack, p.seq);
  ck_assert_uint_eq(waiting(), 1);
  /* the answer does not wait for the handshake */
  ck_assert_int_eq(tcp_write(app.pcb, "hello", 5, TCP_WRITE_FLAG_COPY), ERR_OK);
  ck_assert_int_eq(tcp_output(app.pcb), ERR_OK);
  tl_expect(&p, A);
  ck_assert_uint_eq(tl_last.r.len, 5);
  ck_assert_int_eq(memcmp(tl_last.text, "hello", 5), 0);
  tl_send(&p, A, NULL, 0);
  ck_assert_uint_eq(app.sent, 5);
  ck_assert_int_eq(app.pcb->state, ESTABLISHED);
  ck_assert_uint_eq(app.accepted, 1);
  ck_assert_uint_eq(waiting(), 0);
  tl_send(&p, A, "more", 4);
  ck_assert_uint_eq(app.got, 9);
  tcp_abort(app.pcb);
  tcp_close(listener);
  tl_no_leak();
}
END_TEST

/* Nothing is acknowledged: first the SYN+ACK comes again, then the text once the handshake is over. */
START_TEST(everything_is_lost)
{
  struct peer p;
  unsigned synacks = 0;

  begin();
  get_cookie(0);
  p = fast(1, "GET /");
  tcp_write(app.pcb, "hello", 5, TCP_WRITE_FLAG_COPY);
  tcp_output(app.pcb);
  tl_expect(&p, S | A);
  while (tl_take()) {}
  lab_wait(4000);
  while (tl_take()) {
    synacks += (tl_last.r.flags & S) != 0;
  }
  ck_assert_uint_ge(synacks, 1);
  fast(1, "GET /"); /* the SYN again */
  ck_assert_uint_eq(app.accepted, 1);
  ck_assert_uint_eq(app.got, 5);
  while (tl_take()) {}
  tl_send(&p, A, NULL, 0);
  ck_assert_int_eq(app.pcb->state, ESTABLISHED);
  lab_wait(5000);
  ck_assert(tl_take());
  ck_assert_uint_eq(tl_last.r.len, 5);
  p.ack += 5;
  while (tl_take()) {}
  tl_send(&p, A, NULL, 0);
  ck_assert_uint_eq(app.sent, 5);
}
END_TEST

/* A stranger's cookie, one of another address, none: the usual handshake, the text comes again. */
START_TEST(wrong_cookies)
{
  struct peer p;

  begin();
  get_cookie(0);
  if (_i == 0) {
    cookie[3] ^= 1;
  } else if (_i == 1) {
    lab_wait(3 * 4200000); /* the key was changed twice */
    tl_read = lab_sent = 0;
  } else {
    lwip_x_tcp_fastopen_listen(listener, 0);
  }
  p = fast(_i == 3 ? 1001 : 1, "GET /");
  if (_i == 3) {
    ck_assert_uint_eq(app.accepted, 0);
  }
  ck_assert_uint_eq(app.accepted, 0);
  ck_assert_uint_eq(app.got, 0);
  tl_expect(&p, S | A);
  ck_assert_uint_eq(tl_last.r.ack, p.seq - 5);
  ck_assert_uint_eq((tl_last.r.opts & TCP_O_FASTOPEN) != 0, _i < 2); /* a good one instead */
}
END_TEST

/* The key changes, and the cookie before it is still good. */
START_TEST(old_cookie)
{
  begin();
  get_cookie(0);
  lab_wait(4200000);
  tl_read = lab_sent = 0;
  fast(1, "GET /");
  ck_assert_uint_eq(app.got, 5);
}
END_TEST

/* RFC 7413 5.1: as many as may be wait; the next one is opened the usual way. */
START_TEST(pending_is_limited)
{
  unsigned i;

  begin();
  get_cookie(0);
  for (i = 1; i <= LWIP_X_TCP_FASTOPEN_PENDING + 3; i++) {
    fast(i, "GET /");
  }
  ck_assert_uint_eq(app.accepted, LWIP_X_TCP_FASTOPEN_PENDING);
  ck_assert_uint_eq(waiting(), LWIP_X_TCP_FASTOPEN_PENDING);
  tcp_abort(app.pcb);
  ck_assert_uint_eq(waiting(), LWIP_X_TCP_FASTOPEN_PENDING - 1);
  tl_read = lab_sent = 0;
  lab_wait(400000); /* all are given up */
  ck_assert_uint_eq(waiting(), 0);
}
END_TEST

/* With the first error all is over: the listener goes, too. */
static void on_err_unlisten(void *arg, err_t err)
{
  tl_on_err(arg, err);
  if (listener != NULL) {
    tcp_close(listener);
    listener = NULL;
  }
}

/* Every pcb belongs to a peer that has taken nothing for five minutes. */
static void stall_all(void)
{
  static struct peer p[MEMP_NUM_TCP_PCB];
  unsigned n, i;

  for (n = 0; n < MEMP_NUM_TCP_PCB; n++) {
    p[n] = tl_peer(n);
    p[n].wnd = 0;
    tl_open(&p[n]);
    tcp_err(app.pcb, on_err_unlisten);
    tcp_write(app.pcb, "answer", 6, TCP_WRITE_FLAG_COPY);
    tcp_output(app.pcb);
    while (tl_take()) {}
  }
  for (i = 0; i < 300; i++) {
    lab_wait(1000);
    while (tl_take()) {
      struct peer *q = &p[tl_last.r.dport - 40000];

      tl_send_at(q, TCP_F_ACK, q->seq, q->ack, NULL, 0);
    }
  }
}

/* The pcb is one that gave way, and its error callback closed the listener: that one is asked nothing any more. */
START_TEST(listener_goes_meanwhile)
{
  begin();
  get_cookie(0);
  stall_all();
  ck_assert_uint_eq(app.errors, 0);
  fast(700, "GET /");
  ck_assert_uint_eq(app.errors, 1);
  ck_assert_ptr_null(listener);
  ck_assert_uint_eq(app.accepted, MEMP_NUM_TCP_PCB);
}
END_TEST

/* ---- client ---- */

static const u8_t gives[] = { 2, 4, 5, 0xb4, 34, 10, 'c', 'o', 'o', 'k', 'i', 'e', '!', '!', 1, 1 };

static struct tcp_pcb *connect_with(struct peer *p, const char *text)
{
  struct tcp_pcb *pcb = tcp_new();
  ip_addr_t to = lab_ip(p->ip);

  tl_attach(pcb);
  ck_assert_int_eq(
    lwip_x_tcp_fastopen_connect(pcb, &to, p->port, tl_on_connected, text, (u16_t)strlen(text), TCP_WRITE_FLAG_COPY),
    ERR_OK);
  ck_assert(tl_take());
  ck_assert_uint_eq(tl_last.r.flags, S);
  p->to = tl_last.r.sport;
  p->ack = tl_last.r.seq + 1;
  return pcb;
}

/* The first time a cookie is asked for, and the text follows the handshake. */
static void first_time(struct peer *p)
{
  struct tcp_pcb *pcb = connect_with(p, "hello");

  ck_assert(tl_last.r.opts & TCP_O_FASTOPEN);
  ck_assert_uint_eq(tl_last.r.cookie_len, 0);
  ck_assert_uint_eq(tl_last.r.len, 0);
  p->opts = gives;
  p->optlen = sizeof gives;
  tl_send(p, S | A, NULL, 0);
  ck_assert_uint_eq(app.connected, 1);
  tl_expect(p, A);
  ck_assert_uint_eq(tl_last.r.len, 5);
  tl_send(p, A, NULL, 0);
  ck_assert_uint_eq(app.sent, 5);
  tcp_abort(pcb);
  tl_read = lab_sent = 0;
  memset(&app, 0, sizeof app);
}

/* rows: all of the text is acknowledged with the SYN, a part of it, nothing */
START_TEST(client_sends_with_the_syn)
{
  static const u16_t taken[] = { 5, 2, 0 };
  struct peer p = tl_peer(0);
  struct tcp_pcb *pcb;

  tl_setup();
  first_time(&p);
  p.port++;
  pcb = connect_with(&p, "hello");
  ck_assert_uint_eq(tl_last.r.cookie_len, 8);
  ck_assert_uint_eq(tl_last.r.len, 5);
  ck_assert_int_eq(memcmp(tl_last.text, "hello", 5), 0);
  p.ack += taken[_i];
  tl_send(&p, S | A, NULL, 0);
  ck_assert_uint_eq(app.connected, 1);
  tl_expect(&p, A);
  if (taken[_i] < 5) {
    ck_assert_uint_gt(tl_last.r.len, 0);
    p.ack = tl_last.r.seq + tl_last.r.len;
    ck_assert_int_eq(memcmp(tl_last.text + tl_last.r.len - 3, "llo", 3), 0);
    tl_send(&p, A, NULL, 0);
  } else {
    ck_assert_uint_eq(tl_last.r.len, 0);
  }
  ck_assert_uint_eq(app.sent, 5);
  ck_assert_uint_eq(pcb->snd_nxt, pcb->lastack);
  ck_assert_int_eq(tcp_write(pcb, "again", 5, TCP_WRITE_FLAG_COPY), ERR_OK);
  tcp_output(pcb);
  tl_expect(&p, A);
  ck_assert_uint_eq(tl_last.r.len, 5);
  tl_send(&p, A, NULL, 0);
  ck_assert_uint_eq(app.sent, 10);
  tcp_abort(pcb);
  tl_no_leak();
}
END_TEST

/* Such SYNs vanish: the next is a plain one, and so are those of later connections; a late answer to the first one counts. */
START_TEST(client_falls_back)
{
  struct peer p = tl_peer(0);
  struct tcp_pcb *pcb;
  u32_t ack;

  tl_setup();
  first_time(&p);
  p.port++;
  pcb = connect_with(&p, "hello");
  ack = p.ack;
  lab_wait(1200);
  ck_assert(tl_take());
  ck_assert_uint_eq(tl_last.r.flags, S);
  ck_assert_uint_eq(tl_last.r.len, 0);
  ck_assert(!(tl_last.r.opts & TCP_O_FASTOPEN));
  p.ack = ack + (_i == 0 ? 5 : 0);
  tl_send(&p, S | A, NULL, 0);
  ck_assert_uint_eq(app.connected, 1);
  tl_expect(&p, A);
  if (_i != 0) {
    ck_assert_uint_eq(tl_last.r.len, 5);
    tl_send(&p, A, NULL, 0);
  }
  ck_assert_uint_eq(app.sent, 5);
  tcp_abort(pcb);
  tl_read = lab_sent = 0;
  p.port++;
  (void)connect_with(&p, "hello");
  ck_assert_uint_eq(tl_last.r.len, 0);
  ck_assert_uint_eq(tl_last.r.cookie_len, 0);
}
END_TEST

START_TEST(wrong_calls)
{
  struct tcp_pcb *pcb;
  ip_addr_t to = lab_ip(LAB_PEER);

  begin();
  pcb = tcp_new();
  ck_assert_int_eq(lwip_x_tcp_fastopen_listen(NULL, 1), ERR_ARG);
  ck_assert_int_eq(lwip_x_tcp_fastopen_listen(pcb, 1), ERR_VAL);
  ck_assert_int_eq(lwip_x_tcp_fastopen_connect(NULL, &to, 80, NULL, "x", 1, 0), ERR_ARG);
  ck_assert_int_eq(lwip_x_tcp_fastopen_connect(pcb, NULL, 80, NULL, "x", 1, 0), ERR_ARG);
  ck_assert_int_eq(lwip_x_tcp_fastopen_connect(pcb, &to, 80, NULL, NULL, 1, 0), ERR_ARG);
  ck_assert_int_eq(lwip_x_tcp_fastopen_connect(listener, &to, 80, NULL, "x", 1, 0), ERR_ISCONN);
  {
    int deferred = -1;

    ck_assert_int_eq(lwip_x_tcp_fastopen_defer(NULL, &to, 80, NULL, &deferred), ERR_ARG);
    ck_assert_int_eq(lwip_x_tcp_fastopen_defer(pcb, NULL, 80, NULL, &deferred), ERR_ARG);
    ck_assert_int_eq(lwip_x_tcp_fastopen_defer(pcb, &to, 80, NULL, NULL), ERR_ARG);
    ck_assert_int_eq(lwip_x_tcp_fastopen_defer(listener, &to, 80, NULL, &deferred), ERR_ISCONN);
  }
  tl_silent();
}
END_TEST

static void add_tests(TCase *c)
{
  tcase_add_test(c, text_comes_with_the_syn);
  tcase_add_test(c, everything_is_lost);
  tcase_add_loop_test(c, wrong_cookies, 0, 3);
  tcase_add_test(c, old_cookie);
  tcase_add_test(c, pending_is_limited);
  tcase_add_test(c, listener_goes_meanwhile);
  tcase_add_loop_test(c, client_sends_with_the_syn, 0, 3);
  tcase_add_loop_test(c, client_falls_back, 0, 2);
  tcase_add_test(c, wrong_calls);
}
LAB_MAIN("tcp_fastopen")
