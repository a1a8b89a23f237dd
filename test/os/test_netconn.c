/** Netconns over the loopback interface. */
#include "os_lab.h"

static void recv_all(struct netconn *conn, char *buf, size_t len)
{
  size_t got = 0;

  while (got < len) {
    struct pbuf *p;

    ck_assert_int_eq(netconn_recv_tcp_pbuf(conn, &p), ERR_OK);
    ck_assert_uint_le(p->tot_len, len - got);
    pbuf_copy_partial(p, buf + got, p->tot_len, 0);
    got += p->tot_len;
    pbuf_free(p);
  }
}

START_TEST(text_goes_both_ways)
{
  struct netconn *a, *b;
  char buf[8];
  struct pbuf *p;

  lab_pair(&a, &b);
  ck_assert_int_eq(netconn_write(a, "hello", 5, NETCONN_COPY), ERR_OK);
  recv_all(b, buf, 5);
  ck_assert_mem_eq(buf, "hello", 5);
  ck_assert_int_eq(netconn_write(b, "world", 5, NETCONN_COPY), ERR_OK);
  recv_all(a, buf, 5);
  ck_assert_mem_eq(buf, "world", 5);
  ck_assert_int_eq(netconn_delete(a), ERR_OK);
  ck_assert_int_eq(netconn_recv_tcp_pbuf(b, &p), ERR_CLSD);
  ck_assert_int_eq(netconn_recv_tcp_pbuf(b, &p), ERR_CLSD);
  ck_assert_int_eq(netconn_delete(b), ERR_OK);
}
END_TEST

#define BULK (1024 * 1024)

static void *bulk_writer(void *arg)
{
  struct netconn *conn = arg;
  u8_t *data = malloc(BULK);
  size_t i, written;

  for (i = 0; i < BULK; i++) {
    data[i] = (u8_t)(i * 7 + i / 251);
  }
  ck_assert_int_eq(netconn_write_partly(conn, data, BULK, NETCONN_COPY, &written), ERR_OK);
  ck_assert_uint_eq(written, BULK);
  ck_assert_int_eq(netconn_shutdown(conn, 0, 1), ERR_OK);
  free(data);
  netconn_thread_cleanup();
  return NULL;
}

START_TEST(bulk)
{
  struct netconn *a, *b;
  struct pbuf *p;
  size_t got = 0;
  pthread_t t;
  err_t err;

  lab_pair(&a, &b);
  t = lab_thread(bulk_writer, a);
  while ((err = netconn_recv_tcp_pbuf(b, &p)) == ERR_OK) {
    struct pbuf *q;

    for (q = p; q != NULL; q = q->next) {
      u16_t i;

      for (i = 0; i < q->len; i++, got++) {
        ck_assert_uint_eq(((u8_t *)q->payload)[i], (u8_t)(got * 7 + got / 251));
      }
    }
    pbuf_free(p);
  }
  ck_assert_int_eq(err, ERR_CLSD);
  ck_assert_uint_eq(got, BULK);
  lab_join(t);
  ck_assert_int_eq(netconn_delete(a), ERR_OK);
  ck_assert_int_eq(netconn_delete(b), ERR_OK);
}
END_TEST

/* ---- Opening ---- */

START_TEST(refused)
{
  struct netconn *conn = netconn_new(NETCONN_TCP);

  ck_assert_int_eq(netconn_connect(conn, lab_localhost(), 4), ERR_RST);
  ck_assert_ptr_null(conn->pcb.tcp);
  ck_assert_int_eq(netconn_err(conn), ERR_OK); /* it was told */
  ck_assert_int_eq(netconn_connect(conn, lab_localhost(), 4), ERR_CONN);
  ck_assert_int_eq(netconn_write(conn, "x", 1, NETCONN_COPY), ERR_CONN);
  ck_assert_int_eq(netconn_delete(conn), ERR_OK);
}
END_TEST

static int errors, sendplus;

static void count_events(struct netconn *conn, enum netconn_evt evt, u16_t len)
{
  (void)conn;
  (void)len;
  errors += evt == NETCONN_EVT_ERROR;
  sendplus += evt == NETCONN_EVT_SENDPLUS;
}

/** A look at a netconn from inside the core. */
struct look {
  struct tcpip_api_call_data call;
  struct netconn *conn;
  unsigned waiting;
  unsigned queued;
  int octets;
  u32_t dropped; /**< not this netconn's alone */
  bool connecting, ended;
};

static err_t do_look(struct tcpip_api_call_data *c)
{
  struct look *l = (struct look *)(void *)c;
  struct api_msg *m;

  l->waiting = 0;
  for (m = l->conn->current_msg; m != NULL; m = m->next) {
    l->waiting++;
  }
  l->queued = l->conn->x_rx.len;
  l->octets = l->conn->recv_avail;
  l->dropped = lwip_x_drops[DROP_NETCONN_FULL];
  l->connecting = l->conn->state == NETCONN_CONNECT;
  l->ended = netconn_is_flag_set(l->conn, NETCONN_FLAG_MBOXCLOSED);
  return ERR_OK;
}

static struct look look(struct netconn *conn)
{
  struct look l;

  memset(&l, 0, sizeof(l));
  l.conn = conn;
  ck_assert_int_eq(tcpip_api_call(do_look, &l.call), ERR_OK);
  return l;
}

static void wait_for_end_of_connect(struct netconn *conn)
{
  while (look(conn).connecting) {
    sys_msleep(1);
  }
}

START_TEST(without_waiting)
{
  u16_t port;
  struct netconn *l = lab_listener(&port), *c = netconn_new_with_callback(NETCONN_TCP, count_events), *s;
  struct pbuf *p;
  size_t n;

  netconn_set_nonblocking(l, 1);
  netconn_set_nonblocking(c, 1);
  ck_assert_int_eq(netconn_accept(l, &s), ERR_WOULDBLOCK);
  ck_assert_ptr_null(s);
  ck_assert_int_eq(netconn_recv_tcp_pbuf(c, &p), ERR_CONN);
  ck_assert_int_eq(netconn_connect(c, lab_localhost(), port), ERR_INPROGRESS);
  wait_for_end_of_connect(c);
  ck_assert_int_ge(sendplus, 1);
  ck_assert_int_eq(netconn_connect(c, lab_localhost(), port), ERR_ISCONN);
  netconn_set_nonblocking(l, 0);
  ck_assert_int_eq(netconn_accept(l, &s), ERR_OK);
  ck_assert_int_eq(netconn_recv_tcp_pbuf(c, &p), ERR_WOULDBLOCK);
  ck_assert_int_eq(netconn_recv_tcp_pbuf_flags(s, &p, NETCONN_DONTBLOCK), ERR_WOULDBLOCK);
  ck_assert_int_eq(netconn_write_partly(c, "abc", 3, NETCONN_COPY, &n), ERR_OK);
  ck_assert_uint_eq(n, 3);
  netconn_delete(s);
  netconn_delete(c);
  netconn_delete(l);
  c = netconn_new_with_callback(NETCONN_TCP, count_events);
  netconn_set_nonblocking(c, 1);
  errors = 0;
  ck_assert_int_eq(netconn_connect(c, lab_localhost(), 4), ERR_INPROGRESS);
  wait_for_end_of_connect(c);
  ck_assert_int_eq(errors, 1);
  ck_assert_int_eq(netconn_err(c), ERR_RST);
  ck_assert_int_eq(netconn_err(c), ERR_OK);
  netconn_delete(c);
}
END_TEST

START_TEST(listeners)
{
  u16_t port, port2;
  struct netconn *l = lab_listener(&port), *other = netconn_new(NETCONN_TCP), *s;
  ip_addr_t addr;

  ck_assert_int_eq(netconn_bind(other, lab_localhost(), port), ERR_USE);
  ck_assert_int_eq(netconn_listen_with_backlog(l, 3), ERR_OK); /* again */
  ck_assert_int_eq(netconn_accept(other, &s), ERR_CLSD);
  ck_assert_int_eq(netconn_getaddr(l, &addr, &port2, 1), ERR_OK);
  ck_assert_uint_eq(port2, port);
  ck_assert_int_eq(netconn_getaddr(l, &addr, &port2, 0), ERR_CONN);
  ck_assert_int_eq(netconn_connect(l, lab_localhost(), port), ERR_ISCONN);
  netconn_set_recvtimeout(l, 10);
  ck_assert_int_eq(netconn_accept(l, &s), ERR_TIMEOUT);
  ck_assert_int_eq(netconn_delete(l), ERR_OK);
  ck_assert_int_eq(netconn_bind(other, lab_localhost(), port), ERR_OK);
  ck_assert_int_eq(netconn_delete(other), ERR_OK);
}
END_TEST

START_TEST(never_accepted)
{
  u16_t port;
  struct netconn *l = lab_listener(&port), *c = netconn_new(NETCONN_TCP);
  struct pbuf *p;

  ck_assert_int_eq(netconn_connect(c, lab_localhost(), port), ERR_OK);
  ck_assert_int_eq(netconn_delete(l), ERR_OK);
  ck_assert_int_eq(netconn_recv_tcp_pbuf(c, &p), ERR_RST);
  ck_assert_int_eq(netconn_delete(c), ERR_OK);
}
END_TEST

/** What came before accept() is there after it. */
START_TEST(text_before_accept)
{
  u16_t port;
  struct netconn *l = lab_listener(&port), *c = netconn_new(NETCONN_TCP), *s;
  char buf[4];

  ck_assert_int_eq(netconn_connect(c, lab_localhost(), port), ERR_OK);
  ck_assert_int_eq(netconn_write(c, "soon", 4, NETCONN_COPY), ERR_OK);
  sys_msleep(5);
  ck_assert_int_eq(netconn_accept(l, &s), ERR_OK);
  recv_all(s, buf, 4);
  ck_assert_mem_eq(buf, "soon", 4);
  netconn_delete(c);
  netconn_delete(s);
  netconn_delete(l);
}
END_TEST

START_TEST(addresses)
{
  struct netconn *a, *b;
  ip_addr_t addr, peer;
  u16_t port, peer_port;

  lab_pair(&a, &b);
  ck_assert_int_eq(netconn_addr(a, &addr, &port), ERR_OK);
  ck_assert_int_eq(netconn_peer(b, &peer, &peer_port), ERR_OK);
  ck_assert(ip_addr_cmp(&addr, &peer));
  ck_assert_uint_eq(port, peer_port);
  netconn_delete(a);
  netconn_delete(b);
}
END_TEST

/* ---- Receiving ---- */

START_TEST(receive_timeout)
{
  struct netconn *a, *b;
  struct netbuf *buf;

  lab_pair(&a, &b);
  netconn_set_recvtimeout(b, 20);
  ck_assert_int_eq(netconn_recv(b, &buf), ERR_TIMEOUT);
  ck_assert_ptr_null(buf);
  ck_assert_int_eq(netconn_write(a, "late", 4, NETCONN_COPY), ERR_OK);
  netconn_set_recvtimeout(b, 0);
  ck_assert_int_eq(netconn_recv(b, &buf), ERR_OK);
  ck_assert_uint_eq(netbuf_len(buf), 4);
  netbuf_delete(buf);
  netconn_delete(a);
  netconn_delete(b);
}
END_TEST

/** With NOAUTORCVD the window closes; netconn_tcp_recvd() opens it. */
START_TEST(window_by_hand)
{
  struct netconn *a, *b;
  struct pbuf *p;
  tcpwnd_size_t before;

  lab_pair(&a, &b);
  ck_assert_int_eq(netconn_write(a, "12345", 5, NETCONN_COPY), ERR_OK);
  ck_assert_int_eq(netconn_recv_tcp_pbuf_flags(b, &p, NETCONN_NOAUTORCVD), ERR_OK);
  before = b->pcb.tcp->rcv_wnd;
  ck_assert_uint_eq(p->tot_len, 5);
  pbuf_free(p);
  ck_assert_int_eq(netconn_tcp_recvd(b, 5), ERR_OK);
  ck_assert_uint_eq(b->pcb.tcp->rcv_wnd, before + 5);
  netconn_delete(a);
  netconn_delete(b);
}
END_TEST

static err_t do_nodelay(struct tcpip_api_call_data *c)
{
  tcp_nagle_disable(((struct look *)(void *)c)->conn->pcb.tcp);
  return ERR_OK;
}

/** Single octets that wait are gathered: they take a few pieces, and come out in order. */
START_TEST(single_octets)
{
  struct netconn *a, *b;
  char got[300], want;
  struct look l = { .conn = NULL };
  int i;

  lab_pair(&a, &b);
  l.conn = a;
  ck_assert_int_eq(tcpip_api_call(do_nodelay, &l.call), ERR_OK);
  for (i = 0; i < 300; i++) {
    want = (char)i;
    ck_assert_int_eq(netconn_write(a, &want, 1, NETCONN_COPY), ERR_OK);
    while (look(b).octets != i + 1) { /* each in a segment of its own */
      sched_yield();
    }
  }
  ck_assert_uint_le(look(b).queued, 4);
  recv_all(b, got, 300);
  for (i = 0; i < 300; i++) {
    ck_assert_int_eq(got[i], (char)i);
  }
  ck_assert_int_eq(look(b).octets, 0);
  netconn_delete(a);
  netconn_delete(b);
}
END_TEST

START_TEST(end_put_off)
{
  struct netconn *a, *b;
  struct pbuf *p;

  lab_pair(&a, &b);
  ck_assert_int_eq(netconn_write(a, "x", 1, NETCONN_COPY), ERR_OK);
  ck_assert_int_eq(netconn_delete(a), ERR_OK);
  ck_assert_int_eq(netconn_recv_tcp_pbuf(b, &p), ERR_OK);
  pbuf_free(p);
  while (!look(b).ended) {
    sys_msleep(1);
  }
  ck_assert_int_eq(netconn_recv_tcp_pbuf_flags(b, &p, NETCONN_NOFIN), ERR_WOULDBLOCK);
  ck_assert(netconn_is_flag_set(b, NETCONN_FIN_RX_PENDING));
  ck_assert_int_eq(netconn_recv_tcp_pbuf(b, &p), ERR_CLSD);
  ck_assert_int_eq(netconn_delete(b), ERR_OK);
}
END_TEST

/* ---- Writing ---- */

START_TEST(vectors)
{
  struct netconn *a, *b;
  struct netvector v[4] = { { "ab", 2 }, { "", 0 }, { "cde", 3 }, { "f", 1 } };
  char buf[6];
  size_t n;

  lab_pair(&a, &b);
  ck_assert_int_eq(netconn_write_vectors_partly(a, v, 4, NETCONN_COPY, &n), ERR_OK);
  ck_assert_uint_eq(n, 6);
  recv_all(b, buf, 6);
  ck_assert_mem_eq(buf, "abcdef", 6);
  ck_assert_int_eq(netconn_write_vectors_partly(a, v, 0, NETCONN_COPY, &n), ERR_OK);
  ck_assert_int_eq(netconn_write(a, "", 0, NETCONN_COPY), ERR_OK);
  netconn_delete(a);
  netconn_delete(b);
}
END_TEST

static char big[1024 * 1024];

/** Write until nothing fits any more, not even in a while. */
static void fill(struct netconn *conn)
{
  size_t n;
  err_t err;

  netconn_set_sendtimeout(conn, 100);
  do {
    err = netconn_write_partly(conn, big, sizeof(big), NETCONN_NOCOPY, &n);
  } while (err == ERR_OK);
  ck_assert_int_eq(err, ERR_WOULDBLOCK);
  ck_assert_uint_eq(n, 0);
  ck_assert_int_eq(conn->state, NETCONN_NONE);
}

START_TEST(full_send_buffer)
{
  struct netconn *a, *b;
  size_t n = 1;

  lab_pair(&a, &b);
  fill(a);
  netconn_set_nonblocking(a, 1);
  ck_assert_int_eq(netconn_write_partly(a, big, sizeof(big), NETCONN_COPY, &n), ERR_WOULDBLOCK);
  ck_assert_uint_eq(n, 0);
  ck_assert(netconn_is_flag_set(a, NETCONN_FLAG_CHECK_WRITESPACE));
  ck_assert_int_eq(netconn_write(a, big, sizeof(big), NETCONN_COPY), ERR_WOULDBLOCK); /* all or nothing */
  netconn_delete(b);                                                                  /* resets: b has not read */
  netconn_delete(a);
}
END_TEST

/* ---- Two threads in one connection ---- */

static void *copy_back(void *arg)
{
  struct netconn *conn = arg;
  struct pbuf *p;

  while (netconn_recv_tcp_pbuf(conn, &p) == ERR_OK) {
    struct pbuf *q;

    for (q = p; q != NULL; q = q->next) {
      ck_assert_int_eq(netconn_write(conn, q->payload, q->len, NETCONN_COPY), ERR_OK);
    }
    pbuf_free(p);
  }
  netconn_shutdown(conn, 0, 1);
  netconn_thread_cleanup();
  return NULL;
}

START_TEST(full_duplex)
{
  struct netconn *a, *b;
  pthread_t writer, echo;
  struct pbuf *p;
  size_t got = 0;

  lab_pair(&a, &b);
  writer = lab_thread(bulk_writer, a);
  echo = lab_thread(copy_back, b);
  while (netconn_recv_tcp_pbuf(a, &p) == ERR_OK) {
    ck_assert_uint_eq(((u8_t *)p->payload)[0], (u8_t)(got * 7 + got / 251));
    got += p->tot_len;
    pbuf_free(p);
  }
  ck_assert_uint_eq(got, BULK);
  lab_join(writer);
  lab_join(echo);
  netconn_delete(a);
  netconn_delete(b);
}
END_TEST

static void *blocked_reader(void *arg)
{
  struct pbuf *p;
  err_t err = netconn_recv_tcp_pbuf(arg, &p);

  netconn_thread_cleanup();
  return (void *)(ptrdiff_t)err;
}

static void *blocked_accepter(void *arg)
{
  struct netconn *s;
  err_t err = netconn_accept(arg, &s);

  netconn_thread_cleanup();
  return (void *)(ptrdiff_t)err;
}

static void *blocked_writer(void *arg)
{
  err_t err;

  do {
    err = netconn_write(arg, big, sizeof(big), NETCONN_NOCOPY);
  } while (err == ERR_OK);
  netconn_thread_cleanup();
  return (void *)(ptrdiff_t)err;
}

static void *blocked_udp_reader(void *arg)
{
  struct netbuf *buf;
  err_t err = netconn_recv(arg, &buf);

  netconn_thread_cleanup();
  return (void *)(ptrdiff_t)err;
}

/** Until @p n calls wait in @p conn. */
static void until_waiting(struct netconn *conn, unsigned n)
{
  while (look(conn).waiting != n) {
    sys_msleep(1);
  }
}

static err_t result_of(pthread_t t)
{
  return (err_t)(ptrdiff_t)lab_join(t);
}

START_TEST(close_wakes_who_waits)
{
  struct netconn *a, *b;
  pthread_t r1, r2, w;

  lab_pair(&a, &b);
  r1 = lab_thread(blocked_reader, a);
  r2 = lab_thread(blocked_reader, a);
  w = lab_thread(blocked_writer, a);
  until_waiting(a, 3);
  ck_assert_int_eq(netconn_close(a), ERR_OK);
  ck_assert_int_eq(result_of(r1), ERR_ABRT);
  ck_assert_int_eq(result_of(r2), ERR_ABRT);
  ck_assert_int_eq(result_of(w), ERR_ABRT);
  ck_assert_int_eq(netconn_close(a), ERR_CONN);
  netconn_delete(a);
  netconn_delete(b);
}
END_TEST

START_TEST(delete_wakes_who_waits)
{
  struct netconn *a, *b, *l, *u;
  pthread_t r, w, acc, ur;
  u16_t port;

  lab_pair(&a, &b);
  r = lab_thread(blocked_reader, a);
  w = lab_thread(blocked_writer, a);
  until_waiting(a, 2);
  netconn_delete(a);
  ck_assert_int_eq(result_of(r), ERR_ABRT);
  ck_assert_int_eq(result_of(w), ERR_ABRT);
  netconn_delete(b);
  l = lab_listener(&port);
  acc = lab_thread(blocked_accepter, l);
  until_waiting(l, 1);
  netconn_delete(l);
  ck_assert_int_eq(result_of(acc), ERR_ABRT);
  u = netconn_new(NETCONN_UDP);
  ur = lab_thread(blocked_udp_reader, u);
  until_waiting(u, 1);
  netconn_delete(u);
  ck_assert_int_eq(result_of(ur), ERR_ABRT);
}
END_TEST

START_TEST(reset_wakes_who_waits)
{
  struct netconn *a, *b;
  pthread_t r, w;

  lab_pair(&a, &b);
  r = lab_thread(blocked_reader, a);
  w = lab_thread(blocked_writer, a);
  until_waiting(a, 2);
  while (look(b).queued == 0) {
    sys_msleep(1);
  }
  netconn_delete(b); /* with text not read: a reset */
  ck_assert_int_eq(result_of(r), ERR_RST);
  ck_assert_int_eq(result_of(w), ERR_RST);
  netconn_delete(a);
}
END_TEST

#if LWIP_TCPIP_CORE_LOCKING

/** Who holds the lock must not wait: nothing would ever happen. */
START_TEST(waiting_with_the_lock)
{
  struct netconn *a, *b;
  struct pbuf *p;
  u32_t before = lwip_x_drops[DROP_WRONG_CONTEXT];

  lab_pair(&a, &b);
  LOCK_TCPIP_CORE();
  ck_assert_int_eq(netconn_recv_tcp_pbuf(a, &p), ERR_INPROGRESS);
  ck_assert_ptr_null(a->current_msg);
  UNLOCK_TCPIP_CORE();
  ck_assert_uint_eq(lwip_x_drops[DROP_WRONG_CONTEXT], before + 1);
  netconn_delete(a);
  netconn_delete(b);
}
END_TEST

#endif

/* ---- Ends ---- */

START_TEST(half_closed)
{
  struct netconn *a, *b;
  struct pbuf *p;
  char buf[3];

  lab_pair(&a, &b);
  ck_assert_int_eq(netconn_shutdown(a, 0, 1), ERR_OK);
  ck_assert_int_eq(netconn_write(a, "x", 1, NETCONN_COPY), ERR_CONN);
  ck_assert_int_eq(netconn_recv_tcp_pbuf(b, &p), ERR_CLSD);
  ck_assert_int_eq(netconn_write(b, "yes", 3, NETCONN_COPY), ERR_OK);
  recv_all(a, buf, 3);
  ck_assert_int_eq(netconn_shutdown(a, 1, 0), ERR_OK);
  ck_assert_int_eq(netconn_recv_tcp_pbuf(a, &p), ERR_CLSD);
  netconn_delete(a);
  netconn_delete(b);
  a = netconn_new(NETCONN_TCP);
  ck_assert_int_eq(netconn_shutdown(a, 1, 1), ERR_CONN);
  netconn_delete(a);
}
END_TEST

START_TEST(linger)
{
  struct netconn *a, *b;
  struct pbuf *p;

  lab_pair(&a, &b);
  a->linger = 5;
  ck_assert_int_eq(netconn_write(a, "last words", 10, NETCONN_COPY), ERR_OK);
  ck_assert_int_eq(netconn_delete(a), ERR_OK);
  ck_assert_int_eq(netconn_recv_tcp_pbuf(b, &p), ERR_OK);
  pbuf_free(p);
  ck_assert_int_eq(netconn_recv_tcp_pbuf(b, &p), ERR_CLSD);
  netconn_delete(b);
  lab_pair(&a, &b);
  a->linger = 0;
  ck_assert_int_eq(netconn_delete(a), ERR_OK);
  ck_assert_int_eq(netconn_recv_tcp_pbuf(b, &p), ERR_RST);
  netconn_delete(b);
  /* the peer's window is full: the time ends it */
  lab_pair(&a, &b);
  a->linger = 1;
  fill(a);
  ck_assert_int_eq(netconn_delete(a), ERR_WOULDBLOCK);
  netconn_delete(b);
}
END_TEST

/* ---- UDP and raw ---- */

static struct netconn *udp_on(u16_t *port)
{
  struct netconn *u = netconn_new(NETCONN_UDP);
  ip_addr_t addr;

  ck_assert_ptr_nonnull(u);
  ck_assert_int_eq(netconn_bind(u, lab_localhost(), 0), ERR_OK);
  ck_assert_int_eq(netconn_addr(u, &addr, port), ERR_OK);
  return u;
}

START_TEST(datagrams)
{
  u16_t ap, bp, port;
  struct netconn *a = udp_on(&ap), *b = udp_on(&bp);
  struct netbuf *buf = netbuf_new(), *got;
  ip_addr_t addr;
  void *data;
  u16_t len;

  netconn_set_flags(b, NETCONN_FLAG_PKTINFO);
  memcpy(netbuf_alloc(buf, 5), "hello", 5);
  ck_assert_int_eq(netconn_sendto(a, buf, lab_localhost(), bp), ERR_OK);
  ck_assert_int_eq(netconn_recv(b, &got), ERR_OK);
  ck_assert_int_eq(netbuf_data(got, &data, &len), ERR_OK);
  ck_assert_uint_eq(len, 5);
  ck_assert_mem_eq(data, "hello", 5);
  ck_assert_uint_eq(netbuf_fromport(got), ap);
  ck_assert(ip_addr_cmp(netbuf_fromaddr(got), lab_localhost()));
  ck_assert(ip_addr_cmp(netbuf_destaddr(got), lab_localhost()));
  ck_assert_uint_eq(netbuf_destport(got), bp);
  ck_assert_int_eq(netbuf_next(got), -1);
  netbuf_delete(got);

  ck_assert_int_eq(netconn_peer(a, &addr, &port), ERR_CONN);
  ck_assert_int_eq(netconn_connect(a, lab_localhost(), bp), ERR_OK);
  ck_assert_int_eq(netconn_peer(a, &addr, &port), ERR_OK);
  ck_assert_uint_eq(port, bp);
  ip_addr_set_zero(&buf->addr);
  ck_assert_int_eq(netbuf_ref(buf, "ref", 3), ERR_OK);
  ck_assert_int_eq(netconn_send(a, buf), ERR_OK);
  ck_assert_int_eq(netconn_recv_udp_raw_netbuf_flags(b, &got, 0), ERR_OK);
  ck_assert_uint_eq(netbuf_len(got), 3);
  netbuf_delete(got);
  ck_assert_int_eq(netconn_disconnect(a), ERR_OK);
  ck_assert_int_eq(netconn_peer(a, &addr, &port), ERR_CONN);
  netbuf_delete(buf);
  netconn_set_recvtimeout(b, 5);
  ck_assert_int_eq(netconn_recv(b, &got), ERR_TIMEOUT);
  ck_assert_int_eq(netconn_recv_udp_raw_netbuf_flags(b, &got, NETCONN_DONTBLOCK), ERR_WOULDBLOCK);
  ck_assert_int_eq(netconn_shutdown(b, 1, 1), ERR_VAL);
  ck_assert_int_eq(netconn_listen(b), ERR_CONN);
  netconn_delete(a);
  netconn_delete(b);
}
END_TEST

static void until_dropped(struct netconn *conn, u32_t n)
{
  while (look(conn).dropped != n) {
    sys_msleep(1);
  }
}

static void send_ten(struct netconn *u, u16_t port)
{
  struct netbuf *buf = netbuf_new();

  memset(netbuf_alloc(buf, 10), 'x', 10);
  ck_assert_int_eq(netconn_sendto(u, buf, lab_localhost(), port), ERR_OK);
  netbuf_delete(buf);
}

START_TEST(too_many_datagrams)
{
  u16_t ap, bp;
  struct netconn *a = udp_on(&ap), *b = udp_on(&bp);
  struct netbuf *got;
  u32_t before = look(b).dropped;
  int i, n = 0;

  for (i = 0; i < DEFAULT_UDP_RECVMBOX_SIZE + 5; i++) {
    send_ten(a, bp);
  }
  until_dropped(b, before + 5);
  while (netconn_recv_udp_raw_netbuf_flags(b, &got, NETCONN_DONTBLOCK) == ERR_OK) {
    netbuf_delete(got);
    n++;
  }
  ck_assert_int_eq(n, DEFAULT_UDP_RECVMBOX_SIZE);
  ck_assert_int_eq(b->recv_avail, 0);
  /* by octets */
  netconn_set_recvbufsize(b, 25);
  for (i = 0; i < 3; i++) {
    send_ten(a, bp);
  }
  until_dropped(b, before + 6);
  for (n = 0; netconn_recv_udp_raw_netbuf_flags(b, &got, NETCONN_DONTBLOCK) == ERR_OK; n++) {
    netbuf_delete(got);
  }
  ck_assert_int_eq(n, 2);
  netconn_delete(a);
  netconn_delete(b);
}
END_TEST

START_TEST(groups)
{
  struct netconn *u = netconn_new(NETCONN_UDP), *t = netconn_new(NETCONN_TCP);
  ip_addr_t group;

  IP_ADDR4(&group, 224, 1, 2, 3);
  ck_assert_int_eq(netconn_join_leave_group(u, &group, lab_localhost(), NETCONN_JOIN), ERR_OK);
  ck_assert_int_eq(netconn_join_leave_group(u, &group, lab_localhost(), NETCONN_LEAVE), ERR_OK);
  ck_assert_int_eq(netconn_join_leave_group(u, &group, lab_localhost(), NETCONN_LEAVE), ERR_VAL);
  ck_assert_int_eq(netconn_join_leave_group_netif(u, &group, 77, NETCONN_JOIN), ERR_IF);
  ck_assert_int_eq(netconn_join_leave_group(t, &group, lab_localhost(), NETCONN_JOIN), ERR_VAL);
  ck_assert_int_eq(netconn_join_leave_group(u, NULL, NULL, NETCONN_JOIN), ERR_ARG);
  ck_assert_int_eq(netconn_bind_if(u, 77), ERR_IF);
  ck_assert_int_eq(netconn_bind_if(u, NETIF_NO_INDEX), ERR_OK);
  ck_assert_int_eq(netconn_bind_if(t, NETIF_NO_INDEX), ERR_OK);
  netconn_delete(u);
  netconn_delete(t);
}
END_TEST

START_TEST(raw_ping)
{
  static const u8_t echo[] = { 8, 0, 0xf7, 0xff - 4, 0, 4, 0, 0 };
  struct netconn *r = netconn_new_with_proto_and_callback(NETCONN_RAW, IP_PROTO_ICMP, NULL);
  struct netbuf *buf = netbuf_new(), *got;
  void *data;
  u16_t len;
  int replies = 0, i;

  ck_assert_ptr_nonnull(r);
  ck_assert_int_eq(netbuf_ref(buf, echo, sizeof(echo)), ERR_OK);
  ck_assert_int_eq(netconn_sendto(r, buf, lab_localhost(), 0), ERR_OK);
  for (i = 0; i < 2; i++) { /* our own request comes too */
    ck_assert_int_eq(netconn_recv(r, &got), ERR_OK);
    ck_assert_int_eq(netbuf_data(got, &data, &len), ERR_OK);
    ck_assert_uint_eq(len, 28);
    replies += ((u8_t *)data)[20] == 0;
    netbuf_delete(got);
  }
  ck_assert_int_eq(replies, 1);
  netbuf_delete(buf);
  netconn_delete(r);
}
END_TEST

/* ---- The rest ---- */

START_TEST(names)
{
  ip_addr_t addr;

  ck_assert_int_eq(netconn_gethostbyname("10.1.2.3", &addr), ERR_OK);
  ck_assert_str_eq(ipaddr_ntoa(&addr), "10.1.2.3");
  ck_assert_int_eq(netconn_gethostbyname("localhost", &addr), ERR_OK);
  ck_assert(ip_addr_cmp(&addr, lab_localhost()));
  ck_assert_int_eq(netconn_gethostbyname("no.server.is.set", &addr), ERR_VAL);
  ck_assert_int_eq(netconn_gethostbyname(NULL, &addr), ERR_ARG);
  ck_assert_int_eq(netconn_gethostbyname("", &addr), ERR_ARG);
}
END_TEST

START_TEST(nonsense)
{
  struct netconn *t = netconn_new(NETCONN_TCP), *u = netconn_new(NETCONN_UDP);
  struct netbuf *buf;
  struct pbuf *p;
  struct netconn *s;
  ip_addr_t addr;
  u16_t port;

  ck_assert_ptr_null(netconn_new((enum netconn_type)0x70));
  ck_assert_int_eq(netconn_delete(NULL), ERR_OK);
  ck_assert_int_eq(netconn_close(NULL), ERR_ARG);
  ck_assert_int_eq(netconn_bind(NULL, NULL, 0), ERR_ARG);
  ck_assert_int_eq(netconn_recv(t, NULL), ERR_ARG);
  ck_assert_int_eq(netconn_recv(NULL, &buf), ERR_ARG);
  ck_assert_int_eq(netconn_recv(t, &buf), ERR_CONN);
  ck_assert_int_eq(netconn_recv_tcp_pbuf(u, &p), ERR_ARG);
  ck_assert_int_eq(netconn_recv_udp_raw_netbuf(t, &buf), ERR_ARG);
  ck_assert_int_eq(netconn_accept(t, NULL), ERR_ARG);
  ck_assert_int_eq(netconn_accept(NULL, &s), ERR_ARG);
  ck_assert_int_eq(netconn_getaddr(t, NULL, &port, 1), ERR_ARG);
  ck_assert_int_eq(netconn_getaddr(t, &addr, &port, 0), ERR_CONN);
  ck_assert_int_eq(netconn_write(u, "x", 1, NETCONN_COPY), ERR_VAL);
  ck_assert_int_eq(netconn_write(t, "x", 1, NETCONN_COPY), ERR_CONN);
  ck_assert_int_eq(netconn_send(u, NULL), ERR_ARG);
  ck_assert_int_eq(netconn_sendto(u, NULL, NULL, 0), ERR_VAL);
  ck_assert_int_eq(netconn_disconnect(t), ERR_VAL);
  ck_assert_int_eq(netconn_close(t), ERR_OK);
  ck_assert_int_eq(netconn_bind(t, NULL, 0), ERR_VAL);
  netconn_delete(t);
  netconn_delete(u);
}
END_TEST

START_TEST(netbufs)
{
  struct netbuf *a = netbuf_new(), *b = netbuf_new();
  void *data;
  u16_t len;

  ck_assert_int_eq(netbuf_data(a, &data, &len), ERR_BUF);
  ck_assert_ptr_nonnull(netbuf_alloc(a, 3));
  ck_assert_int_eq(netbuf_take(a, "abc", 3), ERR_OK);
  ck_assert_int_eq(netbuf_ref(b, "defg", 4), ERR_OK);
  netbuf_chain(a, b);
  ck_assert_uint_eq(netbuf_len(a), 7);
  ck_assert_int_eq(netbuf_next(a), 1);
  ck_assert_int_eq(netbuf_data(a, &data, &len), ERR_OK);
  ck_assert_uint_eq(len, 4);
  ck_assert_int_eq(netbuf_next(a), -1);
  netbuf_first(a);
  ck_assert_int_eq(netbuf_data(a, &data, &len), ERR_OK);
  ck_assert_uint_eq(len, 3);
  netbuf_free(a);
  ck_assert_ptr_null(a->p);
  netbuf_delete(a);
  netbuf_delete(NULL);
  netbuf_chain(NULL, NULL);
}
END_TEST

static void add(Suite *s, const char *name, const TTest *const tests[], size_t n)
{
  TCase *tc = tcase_create(name);
  size_t i;

  tcase_add_checked_fixture(tc, lab_start, NULL);
  tcase_set_timeout(tc, 60);
  for (i = 0; i < n; i++) {
    tcase_add_test(tc, tests[i]);
  }
  suite_add_tcase(s, tc);
}

#define ADD(s, name, ...)                                  \
  do {                                                     \
    const TTest *const tests[] = { __VA_ARGS__ };          \
    add(s, name, tests, sizeof(tests) / sizeof(tests[0])); \
  } while (0)

int main(void)
{
  Suite *s = suite_create("netconn");

  ADD(s, "open", refused, listeners, never_accepted, text_before_accept, addresses);
  ADD(s, "text", text_goes_both_ways, bulk, receive_timeout, window_by_hand, single_octets, end_put_off, vectors,
      full_send_buffer, full_duplex);
  ADD(s, "wake", without_waiting, close_wakes_who_waits, delete_wakes_who_waits, reset_wakes_who_waits);
#if LWIP_TCPIP_CORE_LOCKING
  ADD(s, "lock", waiting_with_the_lock);
#endif
  ADD(s, "end", half_closed, linger);
  ADD(s, "datagrams", datagrams, too_many_datagrams, groups, raw_ping);
  ADD(s, "rest", names, nonsense, netbufs);
  return lab_run(s);
}
