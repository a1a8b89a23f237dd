/**
 * Sixteen threads that connect, transfer, close and abort over the loopback interface, some of them in each other's connections,
 * for OS_STRESS_MS (environment; 2 s by default).  Meant for the thread and address sanitizers.
 */
#include "os_lab.h"
#include "lwip/memp.h"
#include "lwip/stats.h"
#include <stdio.h>

#define CLIENTS 11
#define PORT 7777

static u32_t stress_ms = 2000;
static u32_t begun;
static unsigned long transfers, aborts, wakes, datagrams_seen;

static bool time_left(void)
{
  return sys_now() - begun < stress_ms;
}

/** The time is not over, or @p what has not happened once: on a slow machine it may take longer. */
static bool go_on(unsigned long *what)
{
  return time_left() || __atomic_load_n(what, __ATOMIC_RELAXED) == 0;
}

static void count(unsigned long *what)
{
  __atomic_add_fetch(what, 1, __ATOMIC_RELAXED);
}

static unsigned rnd(unsigned *state, unsigned n)
{
  *state = *state * 1103515245u + 12345u;
  return (*state >> 16) % n;
}

/* ---- Server ---- */

static void *serve_one(void *arg)
{
  struct netconn *conn = arg;
  struct pbuf *p;

  while (netconn_recv_tcp_pbuf(conn, &p) == ERR_OK) {
    err_t err = netconn_write(conn, p->payload, p->len, NETCONN_COPY);

    pbuf_free(p);
    if (err != ERR_OK) {
      break;
    }
  }
  netconn_delete(conn);
  netconn_thread_cleanup();
  return NULL;
}

static void *server(void *arg)
{
  struct netconn *l = arg, *conn;

  while (netconn_accept(l, &conn) == ERR_OK) {
    pthread_t t;

    if (pthread_create(&t, NULL, serve_one, conn) != 0) {
      netconn_delete(conn);
      continue;
    }
    pthread_detach(t);
  }
  netconn_thread_cleanup();
  return NULL;
}

/* ---- Clients ---- */

static void transfer(struct netconn *conn, unsigned *seed)
{
  static const char text[4000] = "text";
  unsigned rounds = 1 + rnd(seed, 5);

  while (rounds-- > 0) {
    size_t left = 1 + rnd(seed, sizeof(text)), n = left;
    struct pbuf *p;

    if (netconn_write(conn, text, n, rnd(seed, 2) ? NETCONN_COPY : NETCONN_NOCOPY) != ERR_OK) {
      return;
    }
    while (left > 0) {
      if (netconn_recv_tcp_pbuf(conn, &p) != ERR_OK) {
        return;
      }
      left -= LWIP_MIN(left, (size_t)p->tot_len);
      pbuf_free(p);
    }
  }
  count(&transfers);
}

static void *client(void *arg)
{
  unsigned seed = (unsigned)(size_t)arg;

  while (go_on(&transfers)) {
    struct netconn *conn = netconn_new(NETCONN_TCP);

    if (conn == NULL) {
      sys_msleep(1);
      continue;
    }
    netconn_set_recvtimeout(conn, 200);
    netconn_set_sendtimeout(conn, 200);
    conn->linger = rnd(&seed, 4) == 0 ? 0 : (rnd(&seed, 4) == 0 ? 1 : -1);
    if (netconn_connect(conn, lab_localhost(), PORT) == ERR_OK) {
      transfer(conn, &seed);
    }
    if (conn->linger == 0) {
      count(&aborts);
    }
    netconn_delete(conn);
  }
  netconn_thread_cleanup();
  return NULL;
}

/* ---- One closes what another waits in ---- */

static void *wait_in(void *arg)
{
  struct pbuf *p;

  while (netconn_recv_tcp_pbuf(arg, &p) == ERR_OK) {
    pbuf_free(p);
  }
  count(&wakes);
  netconn_thread_cleanup();
  return NULL;
}

static void *closer(void *arg)
{
  unsigned seed = (unsigned)(size_t)arg;

  while (go_on(&wakes)) {
    struct netconn *conn = netconn_new(NETCONN_TCP);
    pthread_t t;

    if (conn == NULL || netconn_connect(conn, lab_localhost(), PORT) != ERR_OK) {
      netconn_delete(conn);
      sys_msleep(1);
      continue;
    }
    t = lab_thread(wait_in, conn);
    if (rnd(&seed, 2)) {
      sys_msleep(rnd(&seed, 3));
    }
    netconn_close(conn);
    lab_join(t);
    netconn_delete(conn);
  }
  netconn_thread_cleanup();
  return NULL;
}

/* ---- Datagrams ---- */

static void *udp_echo(void *arg)
{
  struct netbuf *buf;

  while (netconn_recv(arg, &buf) == ERR_OK) {
    (void)netconn_sendto(arg, buf, netbuf_fromaddr(buf), netbuf_fromport(buf));
    netbuf_delete(buf);
  }
  netconn_thread_cleanup();
  return NULL;
}

static void *udp_client(void *arg)
{
  struct netconn *u = netconn_new(NETCONN_UDP);

  (void)arg;
  netconn_connect(u, lab_localhost(), PORT);
  netconn_set_recvtimeout(u, 100);
  while (time_left()) {
    struct netbuf *buf = netbuf_new(), *got;

    if (buf == NULL) {
      sys_msleep(1);
      continue;
    }
    netbuf_ref(buf, "datagram", 8);
    netconn_send(u, buf);
    netbuf_delete(buf);
    if (netconn_recv(u, &got) == ERR_OK) {
      count(&datagrams_seen);
      netbuf_delete(got);
    }
  }
  netconn_delete(u);
  netconn_thread_cleanup();
  return NULL;
}

static void settle(void)
{
  int i;

  for (i = 0; i < 3000 && memp_pools[MEMP_NETCONN]->stats->used > 0; i++) {
    sys_msleep(1);
  }
}

START_TEST(many_threads)
{
  pthread_t t[CLIENTS + 4], server_thread, echo_thread;
  struct netconn *l = netconn_new(NETCONN_TCP), *u = netconn_new(NETCONN_UDP);
  size_t i;

  ck_assert_int_eq(netconn_bind(l, lab_localhost(), PORT), ERR_OK);
  ck_assert_int_eq(netconn_listen_with_backlog(l, 16), ERR_OK);
  ck_assert_int_eq(netconn_bind(u, lab_localhost(), PORT), ERR_OK);
  begun = sys_now();
  server_thread = lab_thread(server, l);
  echo_thread = lab_thread(udp_echo, u);
  for (i = 0; i < CLIENTS; i++) {
    t[i] = lab_thread(client, (void *)(i + 1));
  }
  t[CLIENTS] = lab_thread(closer, (void *)99);
  t[CLIENTS + 1] = lab_thread(closer, (void *)98);
  t[CLIENTS + 2] = lab_thread(udp_client, NULL);
  t[CLIENTS + 3] = lab_thread(udp_client, NULL);
  for (i = 0; i < CLIENTS + 4; i++) {
    lab_join(t[i]);
  }
  netconn_close(l);
  lab_join(server_thread);
  netconn_delete(l);
  netconn_delete(u);
  lab_join(echo_thread);
  settle();
  ck_assert_uint_eq(memp_pools[MEMP_NETCONN]->stats->used, 0);
  ck_assert_uint_eq(memp_pools[MEMP_NETBUF]->stats->used, 0);
  ck_assert_uint_gt(transfers, 0);
  ck_assert_uint_gt(wakes, 0);
  if (getenv("TEST_VERBOSE") != NULL) {
    printf("%lu transfers, %lu aborts, %lu wakes, %lu datagrams\n", transfers, aborts, wakes, datagrams_seen);
  }
}
END_TEST

int main(void)
{
  Suite *s = suite_create("os_stress");
  TCase *tc = tcase_create("threads");
  const char *ms = getenv("OS_STRESS_MS");

  if (ms != NULL) {
    stress_ms = (u32_t)strtoul(ms, NULL, 10);
  }
  tcase_add_checked_fixture(tc, lab_start, NULL);
  tcase_set_timeout(tc, 180);
  tcase_add_test(tc, many_threads);
  suite_add_tcase(s, tc);
  return lab_run(s);
}
