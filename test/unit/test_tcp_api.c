/** TCP's raw API over the whole stack: what programs may do, in which order, and what they are told. */
#include "tcp_lab.h"
#include "alloc_fail.h"

START_TEST(serve)
{
  struct peer p = tl_peer(0);

  tl_setup();
  tl_listen(TL_PORT);
  tl_open(&p);
  ck_assert_uint_eq(app.accepted, 1);
  tl_silent();
  tl_send(&p, TCP_F_ACK | TCP_F_PSH, "hello", 5);
  ck_assert_uint_eq(app.got, 5);
  ck_assert_int_eq(memcmp(app.text, "hello", 5), 0);
  ck_assert_int_eq(tcp_write(app.pcb, "world!", 6, TCP_WRITE_FLAG_COPY), ERR_OK);
  ck_assert_int_eq(tcp_output(app.pcb), ERR_OK);
  tl_expect(&p, TCP_F_ACK);
  ck_assert_uint_eq(tl_last.r.len, 6);
  ck_assert_uint_eq(tl_last.r.ack, p.seq); /* with the text goes the ACK */
  tl_send(&p, TCP_F_ACK, NULL, 0);
  ck_assert_uint_eq(app.sent, 6);
  /* the peer closes first */
  tl_send(&p, TCP_F_FIN | TCP_F_ACK, NULL, 0);
  ck_assert_uint_eq(app.fins, 1);
  tl_expect(&p, TCP_F_ACK);
  ck_assert_int_eq(app.pcb->state, CLOSE_WAIT);
  ck_assert_int_eq(tcp_close(app.pcb), ERR_OK);
  tl_expect(&p, TCP_F_FIN | TCP_F_ACK);
  tl_send(&p, TCP_F_ACK, NULL, 0);
  ck_assert_ptr_null(tcp_active_pcbs);
  ck_assert_uint_eq(app.errors, 0);
  ck_assert_uint_eq(tcp_tw_count(), 0); /* the passive closer need not wait */
  ck_assert_uint_eq(lab_used(MEMP_TCP_PCB), 0);
  lab_wait(5000);
  ck_assert_uint_eq(timers_sleep(lab_now), TIMERS_NEVER);
  tl_no_leak();
}
END_TEST

/* A program that forgets tcp_output() is served by the next look at the clock; one that promises it costs no timer. */
START_TEST(written_and_not_sent)
{
  struct peer p = tl_peer(0);
  u32_t before;

  tl_setup();
  tl_listen(TL_PORT);
  tl_open(&p);
  before = timers_sleep(lab_now);
  ck_assert_uint_gt(before, 0);
  ck_assert_int_eq(tcp_write(app.pcb, "a", 1, TCP_WRITE_FLAG_COPY | LWIP_X_TCP_WRITE_OUTPUT), ERR_OK);
  ck_assert_uint_eq(timers_sleep(lab_now), before);
  tl_silent();
  ck_assert_int_eq(tcp_write(app.pcb, "b", 1, TCP_WRITE_FLAG_COPY), ERR_OK);
  ck_assert_uint_eq(timers_sleep(lab_now), 0);
  lab_wait(1);
  tl_expect(&p, TCP_F_ACK);
  ck_assert_uint_eq(tl_last.r.len, 2);
}
END_TEST

START_TEST(connect_and_close_first)
{
  struct peer p = tl_peer(0);
  struct tcp_pcb *pcb;

  tl_setup();
  pcb = tl_connect(&p);
  ck_assert_int_eq(pcb->state, SYN_SENT);
  ck_assert_uint_eq(tl_last.r.mss, 1460); /* SHLD-5 */
  ck_assert(tl_last.r.opts & TCP_O_WSCALE);
  ck_assert_uint_ge(pcb->local_port, 32768); /* RFC 6056 */
  tl_send(&p, TCP_F_SYN | TCP_F_ACK, NULL, 0);
  ck_assert_uint_eq(app.connected, 1);
  tl_expect(&p, TCP_F_ACK);
  ck_assert_int_eq(tcp_close(pcb), ERR_OK);
  tl_expect(&p, TCP_F_FIN | TCP_F_ACK);
  tl_send(&p, TCP_F_ACK, NULL, 0);
  tl_send(&p, TCP_F_FIN | TCP_F_ACK, NULL, 0);
  tl_expect(&p, TCP_F_ACK);
  ck_assert_ptr_null(tcp_active_pcbs);
  ck_assert_uint_eq(tcp_tw_count(), 1);
  ck_assert_uint_eq(app.fins, 0); /* closed: nothing is told any more */
  lab_wait(2 * TCP_MSL + 1000);
  ck_assert_uint_eq(lab_used(MEMP_TCP_PCB), 0);
  ck_assert_uint_eq(timers_sleep(lab_now), TIMERS_NEVER);
  tl_no_leak();
}
END_TEST

START_TEST(refused)
{
  struct peer p = tl_peer(0);

  tl_setup();
  tl_connect(&p);
  tl_send_at(&p, TCP_F_RST | TCP_F_ACK, 0, p.ack, NULL, 0);
  ck_assert_uint_eq(app.errors, 1);
  ck_assert_int_eq(app.err, ERR_RST);
  ck_assert_uint_eq(lab_used(MEMP_TCP_PCB), 0);
  tl_silent();
}
END_TEST

START_TEST(nobody_answers)
{
  struct peer p = tl_peer(0);

  tl_setup();
  tl_connect(&p);
  lab_wait(300000);
  ck_assert_uint_eq(app.errors, 1);
  ck_assert_int_eq(app.err, ERR_ABRT);
  ck_assert_uint_eq(lab_used(MEMP_TCP_PCB), 0);
}
END_TEST

/* Half close (RFC 9293 3.6): shut down sending, go on reading. */
START_TEST(half_close)
{
  struct peer p = tl_peer(0);

  tl_setup();
  tl_listen(TL_PORT);
  tl_open(&p);
  ck_assert_int_eq(tcp_shutdown(app.pcb, 0, 1), ERR_OK);
  tl_expect(&p, TCP_F_FIN | TCP_F_ACK);
  ck_assert_int_eq(tcp_write(app.pcb, "x", 1, 0), ERR_CONN);
  tl_send(&p, TCP_F_ACK, "abc", 3);
  tl_send(&p, TCP_F_ACK, "def", 3);
  ck_assert_uint_eq(app.got, 6);
  tl_expect(&p, TCP_F_ACK);
  lab_wait(3600000); /* it may take its time */
  tl_send(&p, TCP_F_FIN | TCP_F_ACK, NULL, 0);
  ck_assert_uint_eq(app.fins, 1);
  tl_expect(&p, TCP_F_ACK);
  ck_assert_int_eq(app.pcb->state, TIME_WAIT); /* the program still holds it */
  ck_assert_int_eq(tcp_close(app.pcb), ERR_OK);
  ck_assert_ptr_null(tcp_active_pcbs);
  ck_assert_uint_eq(tcp_tw_count(), 1);
  tl_silent();
}
END_TEST

START_TEST(half_close_and_forget)
{
  struct peer p = tl_peer(0);

  tl_setup();
  tl_listen(TL_PORT);
  tl_open(&p);
  tl_send(&p, TCP_F_FIN | TCP_F_ACK, NULL, 0);
  tl_expect(&p, TCP_F_ACK);
  ck_assert_int_eq(tcp_shutdown(app.pcb, 0, 1), ERR_OK);
  tl_expect(&p, TCP_F_FIN | TCP_F_ACK);
  tl_send(&p, TCP_F_ACK, NULL, 0);
  ck_assert_uint_eq(app.errors, 1); /* both sides are through: the pcb is gone, and the program hears of it */
  ck_assert_int_eq(app.err, ERR_CLSD);
  ck_assert_uint_eq(lab_used(MEMP_TCP_PCB), 0);
}
END_TEST

/* SHLD-3: closing with text not used resets. */
START_TEST(close_with_unread_text)
{
  struct peer p = tl_peer(0);

  tl_setup();
  app.recved = false;
  tl_listen(TL_PORT);
  tl_open(&p);
  tl_send(&p, TCP_F_ACK, "abc", 3);
  ck_assert_int_eq(tcp_close(app.pcb), ERR_OK);
  tl_expect(&p, TCP_F_RST | TCP_F_ACK);
  ck_assert_uint_eq(app.errors, 0);
  ck_assert_uint_eq(lab_used(MEMP_TCP_PCB), 0);
  tl_no_leak();
}
END_TEST

START_TEST(text_after_close)
{
  struct peer p = tl_peer(0);

  tl_setup();
  tl_listen(TL_PORT);
  tl_open(&p);
  ck_assert_int_eq(tcp_close(app.pcb), ERR_OK);
  tl_expect(&p, TCP_F_FIN | TCP_F_ACK);
  tl_send(&p, TCP_F_ACK, "abc", 3);
  tl_expect(&p, TCP_F_RST | TCP_F_ACK);
  ck_assert_uint_eq(app.recv_calls, 0);
  ck_assert_uint_eq(app.errors, 0);
  ck_assert_uint_eq(lab_used(MEMP_TCP_PCB), 0);
}
END_TEST

START_TEST(abort_tells_both)
{
  struct peer p = tl_peer(0);
  struct tcp_pcb *pcb;

  tl_setup();
  tl_listen(TL_PORT);
  tl_open(&p);
  pcb = app.pcb;
  ck_assert_int_eq(tcp_write(pcb, "abc", 3, TCP_WRITE_FLAG_COPY), ERR_OK);
  tcp_abort(pcb);
  tl_expect(&p, TCP_F_RST | TCP_F_ACK);
  ck_assert_int_eq(app.err, ERR_ABRT);
  tl_no_leak();
  /* a stale pointer: an error and a count, nothing else */
  {
    u32_t before = tl_drops(DROP_STALE_PCB);
    ip_addr_t a;
    u16_t port;

    ck_assert_int_eq(tcp_write(pcb, "x", 1, 0), ERR_CLSD);
    ck_assert_int_eq(tcp_close(pcb), ERR_CLSD);
    ck_assert_int_eq(tcp_output(pcb), ERR_CLSD);
    ck_assert_int_eq(tcp_shutdown(pcb, 1, 1), ERR_CLSD);
    ck_assert_int_eq(tcp_bind(pcb, IP_ADDR_ANY, 1), ERR_CLSD);
    ck_assert_int_eq(tcp_connect(pcb, IP_ADDR_ANY, 1, NULL), ERR_CLSD);
    ck_assert_ptr_null(tcp_listen(pcb));
    tcp_abort(pcb);
    tcp_recved(pcb, 1);
    tcp_arg(pcb, NULL);
    tcp_recv(pcb, NULL);
    tcp_sent(pcb, NULL);
    tcp_err(pcb, NULL);
    tcp_accept(pcb, NULL);
    tcp_poll(pcb, NULL, 1);
    tcp_setprio(pcb, 1);
    tcp_bind_netif(pcb, NULL);
    ck_assert_uint_eq(tcp_sndbuf(pcb), 0);
    ck_assert_int_eq(tcp_get_tcp_addrinfo(pcb, 1, &a, &port), ERR_VAL);
    ck_assert_uint_ge(tl_drops(DROP_STALE_PCB) - before, 17);
  }
  ck_assert_int_eq(tcp_write(NULL, "x", 1, 0), ERR_ARG);
  ck_assert_int_eq(tcp_close(NULL), ERR_ARG);
  tcp_abort(NULL);
  ck_assert_uint_eq(tcp_sndbuf((struct tcp_pcb *)NULL), 0);
  tl_silent();
}
END_TEST

/* ---- anything, in any callback ---- */

static void (*act)(struct tcp_pcb *pcb);
static err_t act_returns;
static const char *act_in;

static void do_abort(struct tcp_pcb *pcb)
{
  tcp_abort(pcb);
}
static void do_close(struct tcp_pcb *pcb)
{
  tcp_close(pcb);
}
static void do_both(struct tcp_pcb *pcb)
{
  tcp_close(pcb);
  tcp_abort(pcb);
  tcp_close(pcb);
}
static void do_write_and_close(struct tcp_pcb *pcb)
{
  tcp_write(pcb, "bye", 3, 0);
  tcp_output(pcb);
  tcp_close(pcb);
}

static err_t acting(const char *in, struct tcp_pcb *pcb)
{
  if (strcmp(act_in, in) == 0) {
    act(pcb);
    return act_returns;
  }
  return ERR_OK;
}
static err_t a_recv(void *arg, struct tcp_pcb *pcb, struct pbuf *p, err_t err)
{
  (void)arg, (void)err;
  if (p != NULL) {
    tcp_recved(pcb, p->tot_len);
    pbuf_free(p);
    return acting("recv", pcb);
  }
  return acting("fin", pcb);
}
static err_t a_sent(void *arg, struct tcp_pcb *pcb, u16_t len)
{
  (void)arg, (void)len;
  return acting("sent", pcb);
}
static err_t a_poll(void *arg, struct tcp_pcb *pcb)
{
  (void)arg;
  return acting("poll", pcb);
}
static err_t a_accept(void *arg, struct tcp_pcb *pcb, err_t err)
{
  (void)arg, (void)err;
  tcp_recv(pcb, a_recv);
  tcp_sent(pcb, a_sent);
  tcp_poll(pcb, a_poll, 2);
  tcp_err(pcb, tl_on_err);
  tcp_write(pcb, "hi", 2, TCP_WRITE_FLAG_COPY);
  return acting("accept", pcb);
}

static const char *const places[] = { "accept", "sent", "recv", "fin", "poll" };
static void (*const acts[])(struct tcp_pcb *) = { do_abort, do_close, do_both, do_write_and_close };
static const err_t results[] = { ERR_OK, ERR_ABRT };

/* Every combination of place, deed and result: no memory error, nothing left behind. */
START_TEST(anything_in_any_callback)
{
  struct peer p = tl_peer(0);
  struct tcp_pcb *l;

  act_in = places[_i % 5];
  act = acts[_i / 5 % 4];
  act_returns = results[_i / 20];
  tl_setup();
  l = tl_listen(TL_PORT);
  tcp_accept(l, a_accept);
  tl_open(&p);
  while (tl_take()) {
    if (tl_last.r.seq == p.ack) {
      p.ack += tl_last.r.len + ((tl_last.r.flags & TCP_F_FIN) != 0);
    }
  }
  tl_send(&p, TCP_F_ACK, "abc", 3);
  tl_send(&p, TCP_F_ACK | TCP_F_FIN, "def", 3);
  lab_wait(3000);
  while (tl_take()) {
    if (tl_last.r.seq == p.ack) {
      p.ack += tl_last.r.len + ((tl_last.r.flags & TCP_F_FIN) != 0);
    }
  }
  tl_send(&p, TCP_F_ACK, NULL, 0);
  lab_wait(3000);
  tl_send_at(&p, TCP_F_RST, p.seq, 0, NULL, 0);
  while (tcp_active_pcbs != NULL) {
    tcp_abort(tcp_active_pcbs);
  }
  lab_wait(2 * TCP_MSL + 1000);
  tl_no_leak();
  ck_assert_uint_eq(lab_used(MEMP_TCP_PCB), 0);
}
END_TEST

/* ---- refused data ---- */

START_TEST(not_now)
{
  struct peer p = tl_peer(0);

  tl_setup();
  tl_listen(TL_PORT);
  tl_open(&p);
  app.recv_returns = ERR_MEM;
  tl_send(&p, TCP_F_ACK | TCP_F_FIN, "abc", 3);
  ck_assert_uint_eq(app.got, 0);
  ck_assert_uint_eq(app.fins, 0);
  ck_assert_ptr_nonnull(app.pcb->refused_data);
  lab_wait(1000);
  ck_assert_uint_ge(app.recv_calls, 3); /* offered again and again */
  app.recv_returns = ERR_OK;
  lab_wait(300);
  ck_assert_uint_eq(app.got, 3);
  ck_assert_uint_eq(app.fins, 1); /* the end comes after the text */
  ck_assert_int_eq(tcp_close(app.pcb), ERR_OK);
  while (tl_take()) {}
  tl_no_leak();
}
END_TEST

START_TEST(refused_text_goes_first)
{
  struct peer p = tl_peer(0);

  tl_setup();
  tl_listen(TL_PORT);
  tl_open(&p);
  app.recv_returns = ERR_MEM;
  tl_send(&p, TCP_F_ACK, "abc", 3);
  tl_send_at(&p, TCP_F_ACK, p.seq, p.ack, "def", 3); /* not taken, not acknowledged */
  app.recv_returns = ERR_OK;
  tl_send(&p, TCP_F_ACK, "def", 3);
  ck_assert_uint_eq(app.got, 6);
  ck_assert_int_eq(memcmp(app.text, "abcdef", 6), 0);
  lab_wait(200);
  while (tl_take()) {}
  ck_assert_uint_eq(tl_last.r.ack, p.seq);
}
END_TEST

/* ---- windows ---- */

START_TEST(slow_reader)
{
  struct peer p = tl_peer(0);
  static u8_t text[1000];
  u32_t sent = 0;

  tl_setup();
  app.recved = false;
  tl_listen(TL_PORT);
  tl_open(&p);
  while (sent + 1000 <= TCPWND16(TCP_WND)) {
    tl_send(&p, TCP_F_ACK, text, 1000);
    sent += 1000;
    while (tl_take()) {}
  }
  lab_wait(500);
  while (tl_take()) {}
  ck_assert_uint_lt(tl_last.r.wnd, 1000); /* SHLD-14: it closed without moving its right edge */
  ck_assert_uint_eq(tl_last.r.ack + tl_last.r.wnd, p.seq - sent + TCPWND16(TCP_WND));
  tcp_recved(app.pcb, 20000);
  tl_expect(&p, TCP_F_ACK); /* the window update */
  ck_assert_uint_ge(tl_last.r.wnd, 20000);
  tcp_recved(app.pcb, 10);
  tl_silent(); /* not for ten octets: MUST-39 */
}
END_TEST

/* Refused with nothing in flight: nobody would ever call again. */
START_TEST(a_starved_writer_is_woken)
{
  static void *blocks[8000];
  struct peer p = tl_peer(0);
  unsigned n = 0, calls;
  mem_size_t size = 8192;

  tl_setup();
  tl_listen(TL_PORT);
  tl_open(&p);
  while (size >= 32) {
    blocks[n] = mem_malloc(size);
    if (blocks[n] == NULL) {
      size /= 2;
    } else {
      n++;
    }
  }
  ck_assert_uint_eq(tcp_sndbuf(app.pcb), 0);
  ck_assert_int_eq(tcp_write(app.pcb, "hello", 5, TCP_WRITE_FLAG_COPY), ERR_MEM);
  calls = app.sent_calls;
  lab_wait(10000);
  ck_assert_uint_eq(app.sent_calls, calls); /* still none */
  while (n > 0) {
    mem_free(blocks[--n]);
  }
  lab_wait(100);
  ck_assert_uint_eq(app.sent_calls, calls + 1);
  ck_assert_uint_eq(app.sent, 0);
  ck_assert_int_eq(tcp_write(app.pcb, "hello", 5, TCP_WRITE_FLAG_COPY), ERR_OK);
  lab_wait(10);
  tl_expect(&p, TCP_F_ACK);
  tl_send(&p, TCP_F_ACK, NULL, 0);
  ck_assert_uint_eq(app.sent, 5);
  lab_wait(10000);
  ck_assert_uint_eq(app.sent_calls, calls + 2);
}
END_TEST

START_TEST(sndbuf_is_true)
{
  struct peer p = tl_peer(0);
  static u8_t text[65535];
  u32_t total = 0;

  tl_setup();
  tl_listen(TL_PORT);
  tl_open(&p);
  for (;;) {
    u16_t n = tcp_sndbuf(app.pcb);

    if (n == 0) {
      break;
    }
    ck_assert_int_eq(tcp_write(app.pcb, text, n, TCP_WRITE_FLAG_COPY), ERR_OK);
    total += n;
  }
  ck_assert_uint_ge(total, 30000);
  ck_assert_int_eq(tcp_write(app.pcb, text, 1000, TCP_WRITE_FLAG_COPY), ERR_MEM);
  tcp_abort(app.pcb);
  tl_no_leak();
}
END_TEST

/* Without tcp_output(): the next look at the clock sends it. */
START_TEST(written_is_sent)
{
  struct peer p = tl_peer(0);

  tl_setup();
  tl_listen(TL_PORT);
  tl_open(&p);
  ck_assert_int_eq(tcp_write(app.pcb, "abc", 3, TCP_WRITE_FLAG_COPY), ERR_OK);
  tl_silent();
  lab_wait(1);
  tl_expect(&p, TCP_F_ACK);
  ck_assert_uint_eq(tl_last.r.len, 3);
}
END_TEST

/* Lent text is read when it is sent, and again when it is sent again. */
START_TEST(lent_text)
{
  static u8_t mine[3000];
  struct peer p = tl_peer(0);
  unsigned i, got = 0;

  for (i = 0; i < sizeof mine; i++) {
    mine[i] = (u8_t)i;
  }
  tl_setup();
  tl_listen(TL_PORT);
  tl_open(&p);
  tcp_nagle_disable(app.pcb);
  ck_assert_int_eq(tcp_write(app.pcb, mine, sizeof mine, 0), ERR_OK);
  tcp_output(app.pcb);
  while (tl_take()) {
    ck_assert_int_eq(memcmp(tl_last.text, mine + (tl_last.r.seq - p.ack), tl_last.r.len), 0);
    got += tl_last.r.len;
  }
  ck_assert_uint_eq(got, 3000);
  lab_wait(1001); /* nobody acknowledged */
  ck_assert(tl_take());
  ck_assert_uint_eq(tl_last.r.seq, p.ack);
  ck_assert_int_eq(memcmp(tl_last.text, mine, tl_last.r.len), 0);
  p.ack += 3000;
  tl_send(&p, TCP_F_ACK, NULL, 0);
  ck_assert_uint_eq(app.sent, 3000);
}
END_TEST

/* A driver that still holds a segment: it is not touched. */
static struct pbuf *held;
static err_t holding_output(struct netif *nif, struct pbuf *p, const ip4_addr_t *to)
{
  if (p->tot_len > 60 && held == NULL) {
    held = p;
    pbuf_ref(p);
  }
  return lab_output(nif, p, to);
}

START_TEST(held_by_the_driver)
{
  struct peer p = tl_peer(0);
  static u8_t text[100];

  tl_setup();
  lab_nif.output = holding_output;
  tl_listen(TL_PORT);
  tl_open(&p);
  ck_assert_int_eq(tcp_write(app.pcb, text, 100, TCP_WRITE_FLAG_COPY), ERR_OK);
  tcp_output(app.pcb);
  tl_expect(&p, TCP_F_ACK);
  lab_wait(5000);
  tl_silent();
  pbuf_free(held);
  lab_wait(100);
  ck_assert(tl_take());
  ck_assert_uint_eq(tl_last.r.len, 100);
  lab_nif.output = lab_output;
  tcp_abort(app.pcb);
  tl_no_leak();
}
END_TEST

/* ---- poll, keepalive, priorities ---- */

static err_t count_poll(void *arg, struct tcp_pcb *pcb)
{
  (void)arg, (void)pcb;
  app.polls++;
  return ERR_OK;
}

START_TEST(poll)
{
  struct peer p = tl_peer(0);

  tl_setup();
  tl_listen(TL_PORT);
  tl_open(&p);
  lab_wait(10000);
  ck_assert_uint_eq(timers_sleep(lab_now), TIMERS_NEVER); /* an idle connection costs nothing */
  tcp_poll(app.pcb, count_poll, 4);
  lab_wait(10100);
  ck_assert_uint_eq(app.polls, 5);
  tcp_poll(app.pcb, NULL, 0);
  lab_wait(10000);
  ck_assert_uint_eq(app.polls, 5);
  ck_assert_uint_eq(timers_sleep(lab_now), TIMERS_NEVER);
}
END_TEST

START_TEST(poll_while_connecting)
{
  struct peer p = tl_peer(0);
  struct tcp_pcb *pcb;

  tl_setup();
  pcb = tl_connect(&p);
  tcp_poll(pcb, count_poll, 1);
  lab_wait(1600);
  ck_assert_uint_eq(app.polls, 3);
}
END_TEST

START_TEST(keepalive)
{
  struct peer p = tl_peer(0);
  int i;

  tl_setup();
  tl_listen(TL_PORT);
  tl_open(&p);
  app.pcb->so_options |= SOF_KEEPALIVE; /* as programs do it */
  app.pcb->keep_idle = 10000;
  app.pcb->keep_intvl = 1000;
  app.pcb->keep_cnt = 3;
  tl_send(&p, TCP_F_ACK, NULL, 0);
  lab_wait(10001);
  tl_expect(&p, TCP_F_ACK);
  ck_assert_uint_eq(tl_last.r.seq, p.ack - 1);
  tl_send(&p, TCP_F_ACK, NULL, 0);
  lab_wait(10001);
  for (i = 0; i < 3; i++) {
    ck_assert(tl_take());
    lab_wait(1000);
  }
  ck_assert_int_eq(app.err, ERR_ABRT);
  ck_assert(tl_take());
  ck_assert(tl_last.r.flags & TCP_F_RST);
}
END_TEST

START_TEST(lower_priority_gives_way)
{
  struct peer p;
  struct tcp_pcb *l, *keep = NULL, *c;
  unsigned i, n;

  tl_setup();
  l = tl_listen(TL_PORT);
  tcp_setprio(l, TCP_PRIO_MIN);
  for (n = 0; n < MEMP_NUM_TCP_PCB - 1; n++) {
    p = tl_peer(n);
    tl_open(&p);
    keep = app.pcb;
  }
  tcp_setprio(keep, TCP_PRIO_MAX);
  c = tcp_new(); /* the last free one */
  ck_assert_ptr_nonnull(c);
  for (i = 0; i < 5; i++) {
    ck_assert_ptr_nonnull(tcp_new()); /* normal: five of the lowest go */
  }
  ck_assert_uint_eq(app.errors, 5);
  ck_assert_int_eq(app.err, ERR_ABRT);
  ck_assert_int_eq(keep->state, ESTABLISHED);
  for (i = 0, n = 0; tl_take(); i++) {
    n += (tl_last.r.flags & TCP_F_RST) != 0;
  }
  ck_assert_uint_eq(n, 5);
}
END_TEST

START_TEST(no_pcb_left)
{
  unsigned n;

  tl_setup();
  for (n = 0; n < MEMP_NUM_TCP_PCB; n++) {
    ck_assert_ptr_nonnull(tcp_new());
  }
  ck_assert_ptr_null(tcp_new()); /* nobody connected, nobody lower: no */
}
END_TEST

/* ---- binding ---- */

START_TEST(binding)
{
  struct tcp_pcb *a, *b, *c;
  ip_addr_t us = lab_ip(LAB_US);
  err_t err;

  tl_setup();
  a = tcp_new();
  b = tcp_new();
  c = tcp_new();
  ck_assert_int_eq(tcp_bind(a, IP_ADDR_ANY, 1000), ERR_OK);
  ck_assert_int_eq(tcp_bind(b, IP_ADDR_ANY, 1000), ERR_USE);
  ck_assert_int_eq(tcp_bind(b, &us, 1000), ERR_USE);
  ck_assert_int_eq(tcp_bind(a, IP_ADDR_ANY, 1001), ERR_VAL); /* bound already */
  ck_assert_int_eq(tcp_bind(b, NULL, 0), ERR_OK);
  ck_assert_uint_ge(b->local_port, 32768);
  ck_assert_ptr_eq(tcp_bound_pcbs, b);
  a = tcp_listen(a);
  ck_assert_ptr_nonnull(a);
  ck_assert_int_eq(a->state, LISTEN);
  ck_assert_ptr_eq(tcp_listen_pcbs.pcbs, a);
  ck_assert_int_eq(tcp_bind(c, IP_ADDR_ANY, 1000), ERR_USE);
  ck_assert_ptr_eq(tcp_listen_with_backlog_and_err(a, 1, &err), a);
  ck_assert_int_eq(err, ERR_ALREADY);
  tcp_err(a, NULL); /* harmless on a listener */
  tcp_recv(a, NULL);
  tcp_poll(a, NULL, 1);
  ck_assert_int_eq(tcp_write(a, "x", 1, 0), ERR_CONN);
  ck_assert_int_eq(tcp_close(a), ERR_OK);
  ck_assert_ptr_null(tcp_listen_pcbs.pcbs);
  ck_assert_int_eq(tcp_bind(c, IP_ADDR_ANY, 1000), ERR_OK);
  ck_assert_int_eq(tcp_close(b), ERR_OK);
  ck_assert_int_eq(tcp_close(c), ERR_OK);
  ck_assert_ptr_null(tcp_bound_pcbs);
  ck_assert_uint_eq(lab_used(MEMP_TCP_PCB), 0);
  ck_assert_uint_eq(lab_used(MEMP_TCP_PCB_LISTEN), 0);
}
END_TEST

START_TEST(reuse_address)
{
  struct tcp_pcb *a, *b;

  tl_setup();
  a = tcp_new();
  b = tcp_new();
  ip_set_option(a, SOF_REUSEADDR);
  ip_set_option(b, SOF_REUSEADDR);
  ck_assert_int_eq(tcp_bind(a, IP_ADDR_ANY, 1000), ERR_OK);
  ck_assert_int_eq(tcp_bind(b, IP_ADDR_ANY, 1000), ERR_OK);
  ck_assert_ptr_nonnull(tcp_listen(a));
  ck_assert_ptr_null(tcp_listen(b));
}
END_TEST

/* MUST-46 and friends. */
START_TEST(impossible_peers)
{
  struct tcp_pcb *c;
  ip_addr_t a;
  static const u32_t bad[] = { 0, 0xffffffff, LAB_BCAST, LAB_GROUP };
  unsigned i;

  tl_setup();
  c = tcp_new();
  for (i = 0; i < LWIP_ARRAYSIZE(bad); i++) {
    a = lab_ip(bad[i]);
    ck_assert_int_ne(tcp_connect(c, &a, 80, NULL), ERR_OK);
  }
  a = lab_ip(LAB_PEER);
  ck_assert_int_eq(tcp_connect(c, &a, 0, NULL), ERR_VAL);
  ck_assert_int_eq(tcp_connect(c, NULL, 80, NULL), ERR_ARG);
  ck_assert_int_eq(tcp_connect(c, &a, 80, NULL), ERR_OK);
  ck_assert_int_eq(tcp_connect(c, &a, 80, NULL), ERR_ISCONN);
  netif_set_down(&lab_nif);
  ck_assert_int_eq(tcp_connect(tcp_new(), &a, 80, NULL), ERR_RTE);
}
END_TEST

START_TEST(who_is_who)
{
  struct peer p = tl_peer(0);
  ip_addr_t a, us = lab_ip(LAB_US), peer = lab_ip(LAB_PEER);
  u16_t port;

  tl_setup();
  tl_listen(TL_PORT);
  tl_open(&p);
  ck_assert_int_eq(tcp_get_tcp_addrinfo(app.pcb, 1, &a, &port), ERR_OK);
  ck_assert(ip_addr_eq(&a, &us) && port == TL_PORT);
  ck_assert_int_eq(tcp_get_tcp_addrinfo(app.pcb, 0, &a, &port), ERR_OK);
  ck_assert(ip_addr_eq(&a, &peer) && port == p.port);
}
END_TEST

/* Connections from an address that is gone end; listeners move (lwIP's documented behaviour). */
START_TEST(address_changes)
{
  struct peer p = tl_peer(0);
  struct tcp_pcb *l, *bound;
  ip_addr_t us = lab_ip(LAB_US), now = lab_ip(0x0a000009);
  ip4_addr_t now4 = lab_ip4(0x0a000009);

  tl_setup();
  tl_listen(TL_PORT);
  bound = tcp_new();
  ck_assert_int_eq(tcp_bind(bound, &us, 2000), ERR_OK);
  l = tcp_new();
  ck_assert_int_eq(tcp_bind(l, &us, 2001), ERR_OK);
  l = tcp_listen(l);
  tl_open(&p);
  netif_set_ipaddr(&lab_nif, &now4);
  ck_assert_int_eq(app.err, ERR_ABRT);
  ck_assert_ptr_null(tcp_active_pcbs);
  ck_assert_ptr_null(tcp_bound_pcbs);
  ck_assert(ip_addr_eq(&l->local_ip, &now));
}
END_TEST

/* ---- extended arguments, backlog ---- */

static unsigned destroyed;
static void *destroyed_data;
static err_t passive_result;
static void ext_destroy(u8_t id, void *data)
{
  (void)id;
  destroyed++;
  destroyed_data = data;
}
static err_t ext_passive(u8_t id, struct tcp_pcb_listen *l, struct tcp_pcb *c)
{
  tcp_ext_arg_set(c, id, (void *)l);
  return passive_result;
}
static const struct tcp_ext_arg_callbacks ext = { ext_destroy, ext_passive };
static const struct tcp_ext_arg_callbacks ext_conn = { ext_destroy, NULL };

/* Tears down what is being torn down. */
static void ext_destroy_again(u8_t id, void *data)
{
  (void)id;
  destroyed++;
  tcp_abort((struct tcp_pcb *)data);
  ck_assert_int_eq(tcp_close((struct tcp_pcb *)data), ERR_CLSD);
}

static const struct tcp_ext_arg_callbacks ext_again = { ext_destroy_again, NULL };

/* A pcb whose destroy callback closes it once more is freed once. */
START_TEST(ext_args_destroyed_once)
{
  struct peer p = tl_peer(0);
  u8_t id;

  tl_setup();
  tl_listen(TL_PORT);
  id = tcp_ext_arg_alloc_id();
  tl_open(&p);
  tcp_ext_arg_set_callbacks(app.pcb, id, &ext_again);
  tcp_ext_arg_set(app.pcb, id, app.pcb);
  tcp_abort(app.pcb);
  ck_assert_uint_eq(destroyed, 1);
  ck_assert_uint_eq(app.errors, 1);
  ck_assert_ptr_null(tcp_active_pcbs);
  ck_assert_uint_eq(lwip_stats.memp[MEMP_TCP_PCB]->used, 0);
}
END_TEST

START_TEST(ext_args)
{
  struct peer p = tl_peer(0), q = tl_peer(1);
  struct tcp_pcb *l;
  u8_t id;

  tl_setup();
  id = tcp_ext_arg_alloc_id();
  ck_assert_uint_ne(id, LWIP_TCP_PCB_NUM_EXT_ARG_ID_INVALID);
  l = tl_listen(TL_PORT);
  tcp_ext_arg_set_callbacks(l, id, &ext);
  tl_open(&p);
  ck_assert_ptr_eq(tcp_ext_arg_get(app.pcb, id), l);
  tcp_ext_arg_set_callbacks(app.pcb, id, &ext_conn);
  tcp_abort(app.pcb);
  ck_assert_uint_eq(destroyed, 1);
  ck_assert_ptr_eq(destroyed_data, l);
  ck_assert(tl_take());
  passive_result = ERR_MEM; /* not wanted */
  tl_open(&q);
  tl_expect(&q, TCP_F_RST | TCP_F_ACK);
  ck_assert_uint_eq(app.accepted, 1);
  tcp_ext_arg_set(l, id, &p);
  tcp_close(l);
  ck_assert_uint_eq(destroyed, 2);
  ck_assert_ptr_eq(destroyed_data, &p);
  ck_assert_uint_ne(tcp_ext_arg_alloc_id(), LWIP_TCP_PCB_NUM_EXT_ARG_ID_INVALID);
  ck_assert_uint_eq(tcp_ext_arg_alloc_id(), LWIP_TCP_PCB_NUM_EXT_ARG_ID_INVALID);
}
END_TEST

static err_t delay_accept(void *arg, struct tcp_pcb *pcb, err_t err)
{
  (void)tl_on_accept(arg, pcb, err);
  tcp_backlog_delayed(pcb);
  return ERR_OK;
}

START_TEST(backlog)
{
  struct peer a = tl_peer(0), b = tl_peer(1), c = tl_peer(2);
  struct tcp_pcb *l, *first, *second;

  tl_setup();
  l = tcp_new();
  ck_assert_int_eq(tcp_bind(l, NULL, TL_PORT), ERR_OK);
  l = tcp_listen_with_backlog(l, 2);
  tcp_accept(l, delay_accept);
  tl_open(&a);
  first = app.pcb;
  tl_open(&b);
  second = app.pcb;
  tl_send(&c, TCP_F_SYN, NULL, 0);
  tl_silent(); /* full */
  tcp_backlog_accepted(first);
  tcp_backlog_accepted(first); /* twice is once */
  tl_send_at(&c, TCP_F_SYN, c.seq - 1, 0, NULL, 0);
  tl_expect(&c, TCP_F_SYN | TCP_F_ACK);
  tcp_abort(first);
  tcp_abort(second);
  ck_assert_uint_eq(((struct tcp_pcb_listen *)(void *)l)->accepts_pending, 0);
}
END_TEST

START_TEST(refusing_in_accept)
{
  struct peer p = tl_peer(0);
  struct tcp_pcb *l;

  tl_setup();
  l = tl_listen(TL_PORT);
  tcp_accept(l, NULL);
  tl_open(&p);
  tl_expect(&p, TCP_F_RST | TCP_F_ACK);
  ck_assert_uint_eq(lab_used(MEMP_TCP_PCB), 0);
}
END_TEST

/* ---- from another context ---- */

START_TEST(wrong_context)
{
  struct peer p = tl_peer(0);
  u32_t before;

  tl_setup();
  tl_listen(TL_PORT);
  tl_open(&p);
  before = tl_drops(DROP_WRONG_CONTEXT);
  ck_assert(core_enter()); /* the main loop is inside, */
  test_context = 1;        /* an interrupt calls */
  ck_assert_int_eq(tcp_write(app.pcb, "x", 1, 0), ERR_INPROGRESS);
  ck_assert_int_eq(tcp_close(app.pcb), ERR_INPROGRESS);
  ck_assert_ptr_null(tcp_new());
  test_context = 0;
  core_leave();
  ck_assert_uint_eq(tl_drops(DROP_WRONG_CONTEXT) - before, 3);
  ck_assert_int_eq(app.pcb->state, ESTABLISHED);
}
END_TEST

/* ---- every allocation fails once ---- */

static void one_life(void *context)
{
  struct peer p = tl_peer(0);
  struct tcp_pcb *l;
  int i;

  (void)context;
  memset(&app, 0, sizeof app);
  app.recved = true;
  tl_read = lab_sent = 0;
  l = tcp_new();
  if (l == NULL) {
    return;
  }
  ck_assert_int_eq(tcp_bind(l, NULL, TL_PORT), ERR_OK);
  {
    struct tcp_pcb *ll = tcp_listen(l);

    if (ll == NULL) {
      tcp_close(l);
      return;
    }
    l = ll;
  }
  tcp_accept(l, tl_on_accept);
  for (i = 0; i < 400 && app.errors == 0 && app.fins == 0; i++) {
    while (tl_take()) {
      if (tl_last.r.flags & TCP_F_SYN) {
        p.ack = tl_last.r.seq + 1;
      } else if (tl_last.r.seq == p.ack) {
        p.ack += tl_last.r.len;
      }
    }
    if (p.ack == 0) {
      tl_send_at(&p, TCP_F_SYN, p.seq, 0, NULL, 0);
    } else if (app.accepted == 0) {
      tl_send_at(&p, TCP_F_ACK, p.seq + 1, p.ack, NULL, 0);
    } else {
      if (app.pcb != NULL && app.sent == 0) {
        (void)tcp_write(app.pcb, "abcdef", 6, TCP_WRITE_FLAG_COPY);
        (void)tcp_output(app.pcb);
      }
      tl_send_at(&p, (u8_t)(TCP_F_ACK | (app.sent > 0 ? TCP_F_FIN : 0)), p.seq + 1 + app.got, p.ack, "xyz",
                 (u16_t)(3 - app.got));
    }
    lab_wait(100);
  }
  ck_assert_msg(app.fins == 1 || app.errors == 1, "stuck: accepted %u sent %u got %u", app.accepted, (unsigned)app.sent,
                (unsigned)app.got);
  if (app.pcb != NULL) {
    tcp_abort(app.pcb);
  }
  tcp_close(l);
  lab_wait(2 * TCP_MSL + 10000);
  tl_no_leak();
  ck_assert_uint_eq(lab_used(MEMP_TCP_PCB), 0);
}

/* Exhaustion is an error, and the stack recovers by itself. */
START_TEST(every_allocation_fails_once)
{
  tl_setup();
  ck_assert_int_gt(alloc_fail_each(one_life, NULL), 5);
}
END_TEST

static void add_tests(TCase *c)
{
  tcase_add_test(c, serve);
  tcase_add_test(c, written_and_not_sent);
  tcase_add_test(c, connect_and_close_first);
  tcase_add_test(c, refused);
  tcase_add_test(c, nobody_answers);
  tcase_add_test(c, half_close);
  tcase_add_test(c, half_close_and_forget);
  tcase_add_test(c, close_with_unread_text);
  tcase_add_test(c, text_after_close);
  tcase_add_test(c, abort_tells_both);
  tcase_add_loop_test(c, anything_in_any_callback, 0, 40);
  tcase_add_test(c, not_now);
  tcase_add_test(c, refused_text_goes_first);
  tcase_add_test(c, slow_reader);
  tcase_add_test(c, sndbuf_is_true);
  tcase_add_test(c, a_starved_writer_is_woken);
  tcase_add_test(c, written_is_sent);
  tcase_add_test(c, lent_text);
  tcase_add_test(c, held_by_the_driver);
  tcase_add_test(c, poll);
  tcase_add_test(c, poll_while_connecting);
  tcase_add_test(c, keepalive);
  tcase_add_test(c, lower_priority_gives_way);
  tcase_add_test(c, no_pcb_left);
  tcase_add_test(c, binding);
  tcase_add_test(c, reuse_address);
  tcase_add_test(c, impossible_peers);
  tcase_add_test(c, who_is_who);
  tcase_add_test(c, address_changes);
  tcase_add_test(c, ext_args);
  tcase_add_test(c, ext_args_destroyed_once);
  tcase_add_test(c, backlog);
  tcase_add_test(c, refusing_in_accept);
  tcase_add_test(c, wrong_context);
  tcase_add_test(c, every_allocation_fails_once);
}
LAB_MAIN("tcp_api")
