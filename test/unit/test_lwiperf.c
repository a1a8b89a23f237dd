/* LINK: app/lwiperf.c mem/pbuf.c mem/pbuf_copy.c mem/pbuf_queue.c mem/pbuf_ctrl.c mem/memp.c mem/heap.c mem/heap_calloc.c mem/mem_guard.c base/stats.c base/def.c base/ip4_addr.c base/ip4_text.c link/ip_text.c link/ip6_text.c */
/** iperf over fake TCP connections and a clock that is an integer.  IPERF-01 of the hostile inputs. */
#include "lwip/apps/lwiperf.h"
#include "lwip/mem.h"
#include "lwip/memp.h"
#include "lwip/priv/tcp_priv.h"
#include "lwip/stats.h"
#include "lwip/tcp.h"
#include "mem/drop.h"
#include "mem/pbuf_hook.h"
#include <check.h>
#include <stdlib.h>
#include <string.h>
#include "lwip/netif.h"

/* No interfaces here: no zones by name. */
u8_t netif_name_to_index(const char *name)
{
  (void)name;
  return NETIF_NO_INDEX;
}

static u32_t now_ms;

u32_t sys_now(void)
{
  return now_ms;
}

void drop_count(enum lwip_x_drop reason)
{
  (void)reason;
}

#if PBUF_FREES_OOSEQ
void (*const pbuf_pool_empty_hook)(void) = NULL;
#endif

/* ---- Fake TCP ---- */

enum { NEW, LISTENING, CONNECTING, OPEN, CLOSED_, ABORTED };

struct fake {
  struct tcp_pcb pcb; /**< first */
  int state;
  u8_t out[200]; /**< the first octets written */
  u32_t written, acked;
  tcp_accept_fn accept;
  tcp_recv_fn recv;
  tcp_sent_fn sent;
  tcp_poll_fn poll;
  tcp_err_fn err;
  tcp_connected_fn connected;
  void *arg;
};

static struct fake fakes[16];
static unsigned num_fakes;
static u32_t room = 8000; /**< octets a connection takes before it wants an acknowledgement */
static bool refuse_writes;
static ip_addr_t peer, stranger;

static struct fake *of(const struct tcp_pcb *pcb)
{
  return (struct fake *)(void *)(uintptr_t)pcb;
}

struct tcp_pcb *tcp_new_ip_type(u8_t type)
{
  struct fake *f = &fakes[num_fakes++];

  (void)type;
  memset(f, 0, sizeof *f);
  f->pcb.mss = 1000;
  return &f->pcb;
}

err_t tcp_bind(struct tcp_pcb *pcb, const ip_addr_t *addr, u16_t port)
{
  unsigned i;

  (void)addr;
  for (i = 0; i < num_fakes; i++) {
    if (fakes[i].state == LISTENING && fakes[i].pcb.local_port == port) {
      return ERR_USE;
    }
  }
  pcb->local_port = port;
  return ERR_OK;
}

struct tcp_pcb *tcp_listen_with_backlog(struct tcp_pcb *pcb, u8_t backlog)
{
  (void)backlog;
  of(pcb)->state = LISTENING;
  return pcb;
}

err_t tcp_connect(struct tcp_pcb *pcb, const ip_addr_t *addr, u16_t port, tcp_connected_fn connected)
{
  ip_addr_copy(pcb->remote_ip, *addr);
  pcb->remote_port = port;
  of(pcb)->connected = connected;
  of(pcb)->state = CONNECTING;
  return ERR_OK;
}

void tcp_arg(struct tcp_pcb *pcb, void *arg)
{
  of(pcb)->arg = arg;
}
void tcp_accept(struct tcp_pcb *pcb, tcp_accept_fn fn)
{
  of(pcb)->accept = fn;
}
void tcp_recv(struct tcp_pcb *pcb, tcp_recv_fn fn)
{
  of(pcb)->recv = fn;
}
void tcp_sent(struct tcp_pcb *pcb, tcp_sent_fn fn)
{
  of(pcb)->sent = fn;
}
void tcp_err(struct tcp_pcb *pcb, tcp_err_fn fn)
{
  of(pcb)->err = fn;
}
void tcp_poll(struct tcp_pcb *pcb, tcp_poll_fn fn, u8_t interval)
{
  of(pcb)->poll = fn;
  (void)interval;
}
void tcp_recved(struct tcp_pcb *pcb, u16_t len)
{
  (void)pcb;
  (void)len;
}
err_t tcp_output(struct tcp_pcb *pcb)
{
  (void)pcb;
  return ERR_OK;
}

err_t tcp_write(struct tcp_pcb *pcb, const void *data, u16_t len, u8_t flags)
{
  struct fake *f = of(pcb);
  bool right = true;
  u32_t i;

  (void)flags;
  if (refuse_writes) {
    return ERR_CONN;
  }
  if (f->written - f->acked + len > room) {
    return ERR_MEM;
  }
  for (i = 0; i < len && f->written + i < sizeof f->out; i++) {
    f->out[f->written + i] = ((const u8_t *)data)[i];
  }
  for (i = 0; i < len && f->written >= 24; i++) { /* digits go round without a break */
    right = right && ((const u8_t *)data)[i] == '0' + (f->written + i) % 10;
  }
  ck_assert(right);
  f->written += len;
  pcb->snd_buf = (tcpwnd_size_t)(room - (f->written - f->acked));
  return ERR_OK;
}

u16_t lwip_x_tcp_sndbuf(const struct tcp_pcb *pcb)
{
  return (u16_t)LWIP_MIN(pcb->snd_buf, 0xFFFFu);
}

err_t tcp_close(struct tcp_pcb *pcb)
{
  ck_assert_int_lt(of(pcb)->state, CLOSED_);
  ck_assert(of(pcb)->state == LISTENING || of(pcb)->err == NULL);
  of(pcb)->state = CLOSED_;
  return ERR_OK;
}

void tcp_abort(struct tcp_pcb *pcb)
{
  ck_assert_int_lt(of(pcb)->state, CLOSED_);
  of(pcb)->state = ABORTED;
  if (of(pcb)->err != NULL) {
    of(pcb)->err(of(pcb)->arg, ERR_ABRT);
  }
}

/* ---- Reports ---- */

static struct {
  int type;
  u32_t octets, ms, kbit;
} reports[8];
static unsigned num_reports;

static void on_report(void *arg, enum lwiperf_report_type type, const ip_addr_t *local_addr, u16_t local_port,
                      const ip_addr_t *remote_addr, u16_t remote_port, u32_t octets, u32_t ms, u32_t kbit)
{
  ck_assert_ptr_eq(arg, &reports);
  ck_assert(local_addr != NULL && remote_addr != NULL);
  (void)local_port;
  (void)remote_port;
  reports[num_reports].type = type;
  reports[num_reports].octets = octets;
  reports[num_reports].ms = ms;
  reports[num_reports++].kbit = kbit;
}

/* ---- Playing the peer ---- */

/** Connect to the listener @p l from @p from. */
static struct fake *connect_from(const struct fake *l, const ip_addr_t *from)
{
  struct fake *f = of(tcp_new_ip_type(0));

  ip_addr_copy(f->pcb.remote_ip, *from);
  f->state = OPEN;
  if (l->accept(l->arg, &f->pcb, ERR_OK) != ERR_OK) {
    f->state = ABORTED;
  }
  return f;
}

static void send_octets(struct fake *f, const void *data, u16_t len)
{
  struct pbuf *p = pbuf_alloc(PBUF_RAW, len, PBUF_POOL);

  ck_assert_ptr_nonnull(p);
  pbuf_take(p, data, len);
  f->recv(f->arg, &f->pcb, p, ERR_OK);
}

static void send_fin(struct fake *f)
{
  f->recv(f->arg, &f->pcb, NULL, ERR_OK);
}

static void made(struct fake *f)
{
  f->state = OPEN;
  f->pcb.snd_buf = (tcpwnd_size_t)room;
  f->connected(f->arg, &f->pcb, ERR_OK);
}

static void ack_all(struct fake *f)
{
  u32_t n;

  while (f->state == OPEN && f->written != f->acked) {
    n = LWIP_MIN(f->written - f->acked, 0xFFFFu);
    f->acked += n;
    f->pcb.snd_buf = (tcpwnd_size_t)(room - (f->written - f->acked));
    f->sent(f->arg, &f->pcb, (u16_t)n);
    now_ms += 10;
  }
}

static void put32(u8_t *to, u32_t v)
{
  to[0] = (u8_t)(v >> 24);
  to[1] = (u8_t)(v >> 16);
  to[2] = (u8_t)(v >> 8);
  to[3] = (u8_t)v;
}

static void make_header(u8_t h[24], u32_t flags, u32_t threads, u32_t port, u32_t amount)
{
  memset(h, 0, 24);
  put32(h, flags);
  put32(h + 4, threads);
  put32(h + 8, port);
  put32(h + 20, amount);
}

static void start(void)
{
  mem_init();
  memp_init();
  IP_ADDR4(&peer, 10, 0, 0, 1);
  IP_ADDR4(&stranger, 10, 0, 0, 66);
}

/** Whatever a test started can be aborted, and then nothing is left. */
static void end(void)
{
  ck_assert_uint_eq(lwip_stats.mem.used, 0);
  ck_assert_uint_eq(lwip_stats.memp[MEMP_PBUF_POOL]->used, 0);
}

/* ---- Tests ---- */

START_TEST(server_counts_and_reports)
{
  void *session = lwiperf_start_tcp_server_default(on_report, &reports);
  static u8_t data[1000];
  struct fake *f;
  int i;

  ck_assert_uint_eq(fakes[0].pcb.local_port, 5001);
  f = connect_from(&fakes[0], &peer);
  make_header(data, 0, 0, 0, 0); /* plain iperf -c */
  for (i = 0; i < 100; i++) {
    send_octets(f, data, sizeof data);
    now_ms += 5;
  }
  send_fin(f);
  ck_assert_uint_eq(num_reports, 1);
  ck_assert_int_eq(reports[0].type, LWIPERF_TCP_DONE_SERVER);
  ck_assert_uint_eq(reports[0].octets, 100000);
  ck_assert_uint_eq(reports[0].ms, 500);
  ck_assert_uint_eq(reports[0].kbit, 1600);
  ck_assert_int_eq(f->state, CLOSED_);
  lwiperf_abort(session);
  ck_assert_int_eq(fakes[0].state, CLOSED_);
}
END_TEST

/** A connection that takes its time is polled before it is there. */
START_TEST(nothing_goes_before_the_header)
{
  struct fake *f;

  ck_assert_ptr_nonnull(lwiperf_start_tcp_client_default(&peer, on_report, &reports));
  f = &fakes[0];
  f->pcb.snd_buf = (tcpwnd_size_t)room;
  ck_assert_int_eq(f->poll(f->arg, &f->pcb), ERR_OK);
  ck_assert_uint_eq(f->written, 0);
  made(f);
  ck_assert(memcmp(f->out, "\0\0\0\0", 4) == 0);
  ack_all(f);
  ck_assert_int_eq(reports[0].type, LWIPERF_TCP_DONE_CLIENT);
}
END_TEST

START_TEST(client_sends_for_ten_seconds)
{
  struct fake *f;

  ck_assert_ptr_nonnull(lwiperf_start_tcp_client_default(&peer, on_report, &reports));
  f = &fakes[0];
  ck_assert_uint_eq(f->pcb.remote_port, 5001);
  made(f);
  ack_all(f);
  ck_assert_uint_eq(num_reports, 1);
  ck_assert_int_eq(reports[0].type, LWIPERF_TCP_DONE_CLIENT);
  ck_assert_uint_eq(reports[0].octets, f->written);
  ck_assert(reports[0].ms >= 10000 && reports[0].ms < 10100);
  ck_assert_int_eq(f->state, CLOSED_);
  ck_assert_uint_eq(f->out[0], 0);                            /* asks for nothing */
  ck_assert(memcmp(f->out + 20, "\xFF\xFF\xFC\x18", 4) == 0); /* 10 s, in units of 10 ms, negative */
}
END_TEST

/** iperf -d: while we receive, we send; to the peer's address and the port of its header. */
START_TEST(the_way_back_at_once)
{
  void *session = lwiperf_start_tcp_server_default(on_report, &reports);
  u8_t h[24];
  struct fake *f = connect_from(&fakes[0], &peer), *back;

  make_header(h, 0x80000001u, 1, 7777, 50000); /* 50000 octets */
  send_octets(f, h, 10);
  ck_assert_uint_eq(num_fakes, 2);
  send_octets(f, h + 10, 14);
  ck_assert_uint_eq(num_fakes, 3);
  back = &fakes[2];
  ck_assert_uint_eq(back->pcb.remote_port, 7777);
  ck_assert(ip_addr_cmp(&back->pcb.remote_ip, &peer));
  made(back);
  ack_all(back);
  ck_assert_int_eq(reports[0].type, LWIPERF_TCP_DONE_CLIENT);
  ck_assert_uint_eq(reports[0].octets, 50000);
  send_octets(f, h, 24);
  send_fin(f);
  ck_assert_uint_eq(num_fakes, 3); /* once only */
  ck_assert_int_eq(reports[1].type, LWIPERF_TCP_DONE_SERVER);
  lwiperf_abort(session);
}
END_TEST

/** iperf -r: when we have received, we send. */
START_TEST(the_way_back_afterwards)
{
  void *session = lwiperf_start_tcp_server_default(on_report, &reports);
  u8_t h[24];
  struct fake *f = connect_from(&fakes[0], &peer);

  make_header(h, 0x80000000u, 1, 5001, 0u - 100u);
  send_octets(f, h, 24);
  ck_assert_uint_eq(num_fakes, 2);
  send_fin(f);
  ck_assert_uint_eq(num_fakes, 3);
  lwiperf_abort(session); /* ends what the session started, too */
  ck_assert_int_eq(fakes[2].state, ABORTED);
}
END_TEST

struct hostile {
  u32_t flags, threads, port, amount;
};
static const struct hostile hostile[] = {
  { 0xFFFFFFFFu, 1, 5001, 100 },         { 0x80000001u, 0, 5001, 100 },         { 0x80000001u, 1, 0, 100 },
  { 0x80000001u, 1, 0x10001u, 100 },     { 0x80000001u, 1, 5001, 0 },           { 0x80000001u, 1, 5001, 0x80000000u },
  { 0x80000001u, 0xFFFFFFFFu, 5001, 1 }, { 0x80000000u, 1, 5001, 0x80000001u },
};

START_TEST(hostile_headers_are_refused)
{
  const struct hostile *x = &hostile[_i];
  void *session = lwiperf_start_tcp_server_default(on_report, &reports);
  struct fake *f = connect_from(&fakes[0], &peer);
  u8_t h[24];

  make_header(h, x->flags, x->threads, x->port, x->amount);
  send_octets(f, h, 24);
  ck_assert_uint_eq(num_fakes, 2); /* nobody is connected to */
  ck_assert_int_eq(f->state, ABORTED);
  ck_assert_int_eq(reports[0].type, LWIPERF_TCP_ABORTED_LOCAL_DATAERROR);
  lwiperf_abort(session);
}
END_TEST

START_TEST(a_cut_header_is_just_octets)
{
  void *session = lwiperf_start_tcp_server_default(on_report, &reports);
  struct fake *f = connect_from(&fakes[0], &peer);

  send_octets(f, "\x80\0\0\1", 4);
  send_fin(f);
  ck_assert_uint_eq(num_fakes, 2);
  ck_assert_uint_eq(reports[0].octets, 4);
  f = connect_from(&fakes[0], &peer);
  send_octets(f, "\x80\0\0\1", 4);
  f->state = ABORTED;
  f->err(f->arg, ERR_RST);
  ck_assert_int_eq(reports[1].type, LWIPERF_TCP_ABORTED_REMOTE);
  lwiperf_abort(session);
}
END_TEST

/** Our own two-way test: only the peer may use the way back, and its listener goes when it was used. */
START_TEST(dual_client)
{
  void *session = lwiperf_start_tcp_client(&peer, 5001, LWIPERF_DUAL, on_report, &reports);
  struct fake *f = &fakes[0], *listener = &fakes[1], *back;

  ck_assert_ptr_nonnull(session);
  ck_assert_int_eq(listener->state, LISTENING);
  made(f);
  ck_assert(memcmp(f->out, "\x80\0\0\1", 4) == 0);
  ck_assert(memcmp(f->out + 8, "\0\0\x13\x89", 4) == 0); /* port 5001 */
  back = connect_from(listener, &stranger);
  ck_assert_int_eq(back->state, ABORTED);
  back = connect_from(listener, &peer);
  ck_assert_int_eq(back->state, OPEN);
  send_octets(back, "0123456789", 10);
  send_fin(back);
  ck_assert_int_eq(listener->state, CLOSED_);
  ack_all(f);
  ck_assert_uint_eq(num_reports, 2);
}
END_TEST

START_TEST(abort_ends_a_dual_client_whole)
{
  void *session = lwiperf_start_tcp_client(&peer, 5001, LWIPERF_DUAL, on_report, &reports);
  struct fake *back;

  made(&fakes[0]);
  back = connect_from(&fakes[1], &peer);
  lwiperf_abort(session);
  ck_assert_int_eq(fakes[0].state, ABORTED);
  ck_assert_int_eq(fakes[1].state, CLOSED_);
  ck_assert_int_eq(back->state, ABORTED);
  ck_assert_uint_eq(num_reports, 0);
  lwiperf_abort(session); /* it is gone: harmless */
}
END_TEST

START_TEST(silence_ends_a_test)
{
  void *session = lwiperf_start_tcp_server_default(on_report, &reports);
  struct fake *f = connect_from(&fakes[0], &peer);
  int i;

  for (i = 0; i < 11 && f->state == OPEN; i++) {
    f->poll(f->arg, &f->pcb);
  }
  ck_assert_int_eq(f->state, ABORTED);
  ck_assert_int_eq(reports[0].type, LWIPERF_TCP_ABORTED_LOCAL);
  lwiperf_abort(session);
}
END_TEST

START_TEST(tcp_refuses)
{
  lwiperf_start_tcp_client_default(&peer, on_report, &reports);
  refuse_writes = true;
  made(&fakes[0]);
  ck_assert_int_eq(fakes[0].state, ABORTED);
  ck_assert_int_eq(reports[0].type, LWIPERF_TCP_ABORTED_LOCAL_TXERROR);
}
END_TEST

START_TEST(what_cannot_be_started)
{
  void *session = lwiperf_start_tcp_server_default(on_report, &reports);

  ck_assert_ptr_null(lwiperf_start_tcp_server_default(on_report, &reports)); /* the port is taken */
  ck_assert_ptr_null(lwiperf_start_tcp_client(&peer, 5001, LWIPERF_TRADEOFF, on_report, &reports));
  ck_assert_ptr_null(lwiperf_start_tcp_client_default(NULL, on_report, &reports));
  ck_assert_ptr_null(lwiperf_start_tcp_server(NULL, 1, on_report, &reports));
  lwiperf_abort(session);
  lwiperf_abort(NULL);
}
END_TEST

int main(void)
{
  Suite *s = suite_create("lwiperf");
  TCase *t = tcase_create("iperf");
  SRunner *runner;
  int failed;

  tcase_add_checked_fixture(t, start, end);
  tcase_add_test(t, server_counts_and_reports);
  tcase_add_test(t, nothing_goes_before_the_header);
  tcase_add_test(t, client_sends_for_ten_seconds);
  tcase_add_test(t, the_way_back_at_once);
  tcase_add_test(t, the_way_back_afterwards);
  tcase_add_loop_test(t, hostile_headers_are_refused, 0, (int)LWIP_ARRAYSIZE(hostile));
  tcase_add_test(t, a_cut_header_is_just_octets);
  tcase_add_test(t, dual_client);
  tcase_add_test(t, abort_ends_a_dual_client_whole);
  tcase_add_test(t, silence_ends_a_test);
  tcase_add_test(t, tcp_refuses);
  tcase_add_test(t, what_cannot_be_started);
  suite_add_tcase(s, t);
  runner = srunner_create(s);
  srunner_run_all(runner, CK_ENV);
  failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed != 0;
}
