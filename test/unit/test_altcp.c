/** altcp over a TCP that only records: every call arrives, and nothing of a freed layer is reached by a callback. */
#include "lwip/altcp_tcp.h"
#include "lwip/mem.h"
#include "lwip/memp.h"
#include "lwip/priv/altcp_priv.h"
#include "lwip/stats.h"
#include "lwip/tcp.h"
#include <check.h>
#include <stdlib.h>
#include <string.h>

/* A TCP that records. */

static struct tcp_pcb pcbs[4];
static unsigned made, alive;
static err_t close_err;
static char last[32];
static u16_t last_len;

u32_t sys_now(void)
{
  return 0;
}

struct netif *netif_list;

struct tcp_pcb *tcp_new_ip_type(u8_t type)
{
  struct tcp_pcb *pcb = &pcbs[made % 4];

  LWIP_UNUSED_ARG(type);
  if (test_alloc_fails()) {
    return NULL;
  }
  memset(pcb, 0, sizeof *pcb);
  pcb->mss = 1000;
  pcb->snd_queuelen = 3;
  made++;
  alive++;
  return pcb;
}

static struct tcp_pcb_listen *listener_of(struct tcp_pcb *pcb)
{
  return (struct tcp_pcb_listen *)(void *)pcb;
}

/* clang-format off */
void tcp_arg(struct tcp_pcb *pcb, void *arg)                           { pcb->callback_arg = arg; }
void tcp_recv(struct tcp_pcb *pcb, tcp_recv_fn fn)                     { ck_assert(pcb->state != LISTEN); pcb->recv = fn; }
void tcp_sent(struct tcp_pcb *pcb, tcp_sent_fn fn)                     { ck_assert(pcb->state != LISTEN); pcb->sent = fn; }
void tcp_err(struct tcp_pcb *pcb, tcp_err_fn fn)                       { ck_assert(pcb->state != LISTEN); pcb->errf = fn; }
void tcp_poll(struct tcp_pcb *pcb, tcp_poll_fn fn, u8_t interval)      { pcb->poll = fn; pcb->pollinterval = interval; }
void tcp_accept(struct tcp_pcb *pcb, tcp_accept_fn fn)                 { ck_assert(pcb->state == LISTEN); listener_of(pcb)->accept = fn; }
void tcp_recved(struct tcp_pcb *pcb, u16_t len)                        { LWIP_UNUSED_ARG(pcb); strcpy(last, "recved"); last_len = len; }
void tcp_setprio(struct tcp_pcb *pcb, u8_t prio)                       { pcb->prio = prio; }
err_t tcp_output(struct tcp_pcb *pcb)                                  { LWIP_UNUSED_ARG(pcb); strcpy(last, "output"); return ERR_OK; }
u16_t lwip_x_tcp_sndbuf(const struct tcp_pcb *pcb)                     { LWIP_UNUSED_ARG(pcb); return 500; }
/* clang-format on */

err_t tcp_bind(struct tcp_pcb *pcb, const ip_addr_t *ip, u16_t port)
{
  pcb->local_ip = *ip;
  pcb->local_port = port;
  return ERR_OK;
}

err_t tcp_connect(struct tcp_pcb *pcb, const ip_addr_t *ip, u16_t port, tcp_connected_fn fn)
{
  pcb->remote_ip = *ip;
  pcb->remote_port = port;
  pcb->connected = fn;
  return ERR_OK;
}

err_t tcp_close(struct tcp_pcb *pcb)
{
  LWIP_UNUSED_ARG(pcb);
  alive -= close_err == ERR_OK;
  return close_err;
}

err_t tcp_shutdown(struct tcp_pcb *pcb, int rx, int tx)
{
  LWIP_UNUSED_ARG(pcb);
  strcpy(last, rx ? "shutdown rx" : tx ? "shutdown tx" : "shutdown");
  return ERR_OK;
}

void tcp_abort(struct tcp_pcb *pcb)
{
  alive--;
  if (pcb->errf != NULL) {
    pcb->errf(pcb->callback_arg, ERR_ABRT);
  }
}

err_t tcp_write(struct tcp_pcb *pcb, const void *data, u16_t len, u8_t flags)
{
  LWIP_UNUSED_ARG(pcb);
  LWIP_UNUSED_ARG(flags);
  memcpy(last, data, len);
  last_len = len;
  return ERR_OK;
}

struct tcp_pcb *tcp_listen_with_backlog_and_err(struct tcp_pcb *pcb, u8_t backlog, err_t *err)
{
  if (test_alloc_fails()) {
    *err = ERR_MEM;
    return NULL;
  }
  memset(&pcbs[3], 0xEE, sizeof pcbs[3]); /* whoever looks behind the listener's members sees rubbish */
  memset(&pcbs[3], 0, sizeof(struct tcp_pcb_listen));
  pcbs[3].state = LISTEN;
  pcbs[3].local_port = pcb->local_port;
  LWIP_UNUSED_ARG(backlog);
  return &pcbs[3];
}

err_t tcp_tcp_get_tcp_addrinfo(struct tcp_pcb *pcb, int local, ip_addr_t *addr, u16_t *port)
{
  *addr = local ? pcb->local_ip : pcb->remote_ip;
  *port = local ? pcb->local_port : pcb->remote_port;
  return ERR_OK;
}

/* The program. */

static struct altcp_pcb *accepted;
static char heard[64];
static int mine;

static err_t app_recv(void *arg, struct altcp_pcb *c, struct pbuf *p, err_t err)
{
  ck_assert_ptr_eq(arg, &mine);
  ck_assert_int_eq(err, ERR_OK);
  strcat(heard, p != NULL ? "recv " : "end ");
  if (p != NULL) {
    altcp_recved(c, p->tot_len);
    pbuf_free(p);
    return ERR_OK;
  }
  return altcp_close(c);
}

static err_t app_sent(void *arg, struct altcp_pcb *c, u16_t len)
{
  LWIP_UNUSED_ARG(c);
  ck_assert_ptr_eq(arg, &mine);
  ck_assert_uint_eq(len, 7);
  strcat(heard, "sent ");
  return ERR_OK;
}

static err_t app_poll(void *arg, struct altcp_pcb *c)
{
  LWIP_UNUSED_ARG(c);
  ck_assert_ptr_eq(arg, &mine);
  strcat(heard, "poll ");
  return ERR_OK;
}

static void app_err(void *arg, err_t err)
{
  ck_assert_ptr_eq(arg, &mine);
  LWIP_UNUSED_ARG(err);
  strcat(heard, "err ");
}

static err_t app_connected(void *arg, struct altcp_pcb *c, err_t err)
{
  LWIP_UNUSED_ARG(c);
  ck_assert_ptr_eq(arg, &mine);
  strcat(heard, err == ERR_OK ? "connected " : "failed ");
  return ERR_OK;
}

static err_t app_accept(void *arg, struct altcp_pcb *c, err_t err)
{
  ck_assert_ptr_eq(arg, &mine);
  ck_assert_int_eq(err, ERR_OK);
  accepted = c;
  return ERR_OK;
}

static void setup(void)
{
  mem_init();
  memp_init();
}

static void check_nothing_left(void)
{
  ck_assert_uint_eq(alive, 0);
  ck_assert_uint_eq(lwip_stats.memp[MEMP_ALTCP_PCB]->used, 0);
}

static struct altcp_pcb *make(void)
{
  struct altcp_pcb *c = altcp_new(NULL);

  ck_assert_ptr_nonnull(c);
  altcp_arg(c, &mine);
  altcp_recv(c, app_recv);
  altcp_sent(c, app_sent);
  altcp_err(c, app_err);
  altcp_poll(c, app_poll, 4);
  return c;
}

START_TEST(calls)
{
  struct altcp_pcb *c = make();
  struct tcp_pcb *pcb = &pcbs[0];
  ip_addr_t a, b;
  u16_t port;

  ip_addr_set_ip4_u32_val(a, 1);
  ip_addr_set_ip4_u32_val(b, 2);
  ck_assert_uint_eq(pcb->pollinterval, 4);
  ck_assert_int_eq(altcp_bind(c, &a, 80), ERR_OK);
  ck_assert_int_eq(altcp_connect(c, &b, 81, app_connected), ERR_OK);
  pcb->connected(pcb->callback_arg, pcb, ERR_OK);
  ck_assert_int_eq(altcp_write(c, "hello", 6, 0), ERR_OK);
  ck_assert_str_eq(last, "hello");
  ck_assert_int_eq(altcp_output(c), ERR_OK);
  ck_assert_str_eq(last, "output");
  ck_assert_uint_eq(altcp_mss(c), tcp_mss(pcb));
  ck_assert_uint_eq(altcp_sndbuf(c), 500);
  ck_assert_uint_eq(altcp_sndqueuelen(c), 3);
  altcp_nagle_disable(c);
  ck_assert(altcp_nagle_disabled(c));
  altcp_nagle_enable(c);
  ck_assert(!altcp_nagle_disabled(c));
  altcp_setprio(c, 9);
  ck_assert_uint_eq(pcb->prio, 9);
  ck_assert_uint_eq(altcp_get_port(c, 1), 80);
  ck_assert_uint_eq(altcp_get_port(c, 0), 81);
  ck_assert_ptr_eq(altcp_get_ip(c, 1), &pcb->local_ip);
  ck_assert_ptr_eq(altcp_get_ip(c, 0), &pcb->remote_ip);
  ck_assert_int_eq(altcp_get_tcp_addrinfo(c, 0, &a, &port), ERR_OK);
  ck_assert_uint_eq(port, 81);
  altcp_keepalive_enable(c, 1000, 0, 3);
  ck_assert(ip_get_option(pcb, SOF_KEEPALIVE));
  ck_assert_uint_eq(pcb->keep_idle, 1000);
  ck_assert_uint_eq(pcb->keep_intvl, 0);
  altcp_keepalive_disable(c);
  ck_assert(!ip_get_option(pcb, SOF_KEEPALIVE));
  ck_assert_int_eq(altcp_shutdown(c, 0, 1), ERR_OK);
  ck_assert_str_eq(last, "shutdown tx");
  ck_assert_int_eq(altcp_close(c), ERR_OK);
  ck_assert_str_eq(heard, "connected ");
  ck_assert(pcb->recv == NULL && pcb->sent == NULL && pcb->errf == NULL && pcb->poll == NULL);
  check_nothing_left();
}
END_TEST

START_TEST(callbacks)
{
  struct altcp_pcb *c = make();
  struct tcp_pcb *pcb = pcbs;

  pcb->recv(c, pcb, pbuf_alloc(PBUF_RAW, 10, PBUF_RAM), ERR_OK);
  ck_assert_str_eq(last, "recved");
  ck_assert_uint_eq(last_len, 10);
  pcb->sent(c, pcb, 7);
  pcb->poll(c, pcb);
  pcb->recv(c, pcb, NULL, ERR_OK); /* closes */
  ck_assert_str_eq(heard, "recv sent poll end ");
  check_nothing_left();
  ck_assert_uint_eq(lwip_stats.mem.used, 0);
}
END_TEST

/** A program without callbacks: text is thrown away and the window opened, the peer's end closes. */
START_TEST(no_callbacks)
{
  struct altcp_pcb *c = altcp_new(NULL);
  struct tcp_pcb *pcb = pcbs;

  pcb->recv(c, pcb, pbuf_alloc(PBUF_RAW, 10, PBUF_RAM), ERR_OK);
  ck_assert_uint_eq(last_len, 10);
  ck_assert_int_eq(pcb->sent(c, pcb, 7), ERR_OK);
  pcb->recv(c, pcb, NULL, ERR_OK);
  check_nothing_left();
  ck_assert_uint_eq(lwip_stats.mem.used, 0);
}
END_TEST

START_TEST(errors)
{
  struct altcp_pcb *c = make();

  altcp_abort(c);
  ck_assert_str_eq(heard, "err ");
  check_nothing_left();
  c = make();
  alive--; /* reset by the peer */
  pcbs[1].errf(c, ERR_RST);
  ck_assert_str_eq(heard, "err err ");
  check_nothing_left();
}
END_TEST

/** A close that fails leaves everything as it was. */
START_TEST(close_fails)
{
  struct altcp_pcb *c = make();

  close_err = ERR_MEM;
  ck_assert_int_eq(altcp_close(c), ERR_MEM);
  ck_assert_ptr_eq(pcbs[0].callback_arg, c);
  pcbs[0].poll(c, pcbs);
  ck_assert_str_eq(heard, "poll ");
  ck_assert_uint_eq(pcbs[0].pollinterval, 4);
  close_err = ERR_OK;
  ck_assert_int_eq(altcp_shutdown(c, 1, 1), ERR_OK);
  check_nothing_left();
}
END_TEST

START_TEST(listening)
{
  struct altcp_pcb *c = make(), *l;
  struct tcp_pcb *lp = &pcbs[3], *np;
  ip_addr_t a;
  err_t err = ERR_OK;

  ip_addr_set_ip4_u32_val(a, 1);
  altcp_accept(c, app_accept);
  altcp_bind(c, &a, 80);
  test_alloc_countdown = 0;
  ck_assert_ptr_null(altcp_listen_with_backlog_and_err(c, 5, &err));
  ck_assert_int_eq(err, ERR_MEM);
  test_alloc_countdown = -1;
  l = altcp_listen(c);
  ck_assert_ptr_eq(l, c);
  ck_assert_uint_eq(altcp_get_port(l, 1), 80);
  ck_assert_uint_eq(altcp_get_port(l, 0), 0);
  ck_assert_ptr_null(altcp_get_ip(l, 0));
  ck_assert_uint_eq(altcp_mss(l), 0);
  ck_assert_uint_eq(altcp_sndbuf(l), 0);
  altcp_nagle_disable(l);
  altcp_keepalive_enable(l, 1, 1, 1);
  altcp_recved(l, 1);
  np = tcp_new_ip_type(IPADDR_TYPE_V4);
  ck_assert_int_eq(listener_of(lp)->accept(lp->callback_arg, np, ERR_OK), ERR_OK);
  ck_assert_ptr_nonnull(accepted);
  ck_assert_int_eq(listener_of(lp)->accept(lp->callback_arg, NULL, ERR_MEM), ERR_VAL);
  test_alloc_countdown = 0;
  ck_assert_int_eq(listener_of(lp)->accept(lp->callback_arg, np, ERR_OK), ERR_MEM);
  test_alloc_countdown = -1;
  altcp_close(accepted);
  altcp_close(l);
  ck_assert(listener_of(lp)->accept == NULL);
  check_nothing_left();
}
END_TEST

START_TEST(nothing)
{
  static const struct altcp_functions empty_layer;
  struct altcp_pcb *c = altcp_alloc();
  altcp_allocator_t none = { NULL, NULL }, tcp = { altcp_tcp_alloc, NULL };
  err_t err = ERR_OK;
  u16_t port;
  ip_addr_t a;
  int i;

  for (i = 0; i < 3; i++) {
    struct altcp_pcb *p = i == 0 ? NULL : c;

    ck_assert_int_eq(altcp_bind(p, IP_ADDR_ANY, 1), ERR_VAL);
    ck_assert_int_eq(altcp_connect(p, IP_ADDR_ANY, 1, NULL), ERR_VAL);
    ck_assert_ptr_null(altcp_listen_with_backlog_and_err(p, 1, &err));
    ck_assert_int_eq(err, ERR_VAL);
    ck_assert_int_eq(altcp_close(p), ERR_VAL);
    ck_assert_int_eq(altcp_shutdown(p, 1, 1), ERR_VAL);
    ck_assert_int_eq(altcp_write(p, "", 0, 0), ERR_VAL);
    ck_assert_int_eq(altcp_output(p), ERR_VAL);
    ck_assert_int_eq(altcp_get_tcp_addrinfo(p, 1, &a, &port), ERR_VAL);
    ck_assert(altcp_mss(p) == 0 && altcp_sndbuf(p) == 0 && altcp_sndqueuelen(p) == 0 && altcp_get_port(p, 1) == 0);
    ck_assert_ptr_null(altcp_get_ip(p, 1));
    altcp_abort(p);
    altcp_recved(p, 1);
    altcp_arg(p, NULL);
    altcp_poll(p, NULL, 1);
    c->fns = i == 0 ? NULL : &empty_layer;
  }
  altcp_free(c);
  altcp_free(NULL);
  ck_assert_ptr_null(altcp_new(&none));
  ck_assert_ptr_null(altcp_tcp_wrap(NULL));
  test_alloc_countdown = 0;
  ck_assert_ptr_null(altcp_new(&tcp));
  test_alloc_countdown = 1;
  ck_assert_ptr_null(altcp_new(&tcp));
  test_alloc_countdown = -1;
  c = altcp_new_ip6(&tcp);
  ck_assert_ptr_nonnull(c);
  altcp_close(c);
  check_nothing_left();
}
END_TEST

/** A layer that adds nothing: every default is the same call below. */
START_TEST(defaults)
{
  static const struct altcp_functions pass_on = {
    altcp_default_set_poll,
    altcp_default_recved,
    altcp_default_bind,
    NULL,
    NULL,
    NULL,
    NULL,
    altcp_default_shutdown,
    altcp_default_write,
    altcp_default_output,
    altcp_default_mss,
    altcp_default_sndbuf,
    altcp_default_sndqueuelen,
    altcp_default_nagle_disable,
    altcp_default_nagle_enable,
    altcp_default_nagle_disabled,
    altcp_default_setprio,
    altcp_default_dealloc,
    altcp_default_get_tcp_addrinfo,
    altcp_default_get_ip,
    altcp_default_get_port,
    altcp_default_keepalive_disable,
    altcp_default_keepalive_enable,
#ifdef LWIP_DEBUG
    altcp_default_dbg_get_tcp_state,
#endif
  };
  struct altcp_pcb *inner = make(), *c = altcp_alloc();
  ip_addr_t a;
  u16_t port;

  c->fns = &pass_on;
  c->inner_conn = inner;
  ip_addr_set_ip4_u32_val(a, 1);
  altcp_poll(c, app_poll, 8);
  ck_assert_uint_eq(pcbs[0].pollinterval, 8);
  ck_assert(inner->poll == app_poll);
  altcp_recved(c, 12);
  ck_assert_uint_eq(last_len, 12);
  ck_assert_int_eq(altcp_bind(c, &a, 80), ERR_OK);
  ck_assert_int_eq(altcp_shutdown(c, 1, 0), ERR_OK);
  ck_assert_str_eq(last, "shutdown rx");
  ck_assert_int_eq(altcp_write(c, "x", 2, 0), ERR_OK);
  ck_assert_int_eq(altcp_output(c), ERR_OK);
  ck_assert_uint_eq(altcp_mss(c), altcp_mss(inner));
  ck_assert_uint_eq(altcp_sndbuf(c), 500);
  ck_assert_uint_eq(altcp_sndqueuelen(c), 3);
  altcp_nagle_disable(c);
  ck_assert(altcp_nagle_disabled(c));
  altcp_nagle_enable(c);
  altcp_setprio(c, 5);
  ck_assert_int_eq(altcp_get_tcp_addrinfo(c, 1, &a, &port), ERR_OK);
  ck_assert_ptr_eq(altcp_get_ip(c, 1), &pcbs[0].local_ip);
  ck_assert_uint_eq(altcp_get_port(c, 1), 80);
  altcp_keepalive_enable(c, 5, 6, 7);
  ck_assert_uint_eq(pcbs[0].keep_intvl, 6);
  altcp_keepalive_disable(c);
  altcp_free(c);
  altcp_close(inner);
  check_nothing_left();
}
END_TEST

int main(void)
{
  Suite *s = suite_create("altcp");
  TCase *t = tcase_create("altcp");
  SRunner *r = srunner_create(s);
  int failed;

  suite_add_tcase(s, t);
  tcase_add_checked_fixture(t, setup, NULL);
  tcase_add_test(t, calls);
  tcase_add_test(t, callbacks);
  tcase_add_test(t, no_callbacks);
  tcase_add_test(t, errors);
  tcase_add_test(t, close_fails);
  tcase_add_test(t, listening);
  tcase_add_test(t, nothing);
  tcase_add_test(t, defaults);
  srunner_run_all(r, CK_ENV);
  failed = srunner_ntests_failed(r);
  srunner_free(r);
  return failed != 0;
}
