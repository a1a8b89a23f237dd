/** The n-th allocation fails, for every n: whatever netconns return then, nothing is lost and everything works afterwards. */
#include "os_lab.h"
#include "lwip/memp.h"
#include "lwip/stats.h"
#include "test_port.h"

/** Counted by the stack's thread and the test's. */
static int left = -1;

bool test_alloc_fails(void)
{
  return __atomic_load_n(&left, __ATOMIC_RELAXED) >= 0 && __atomic_sub_fetch(&left, 1, __ATOMIC_RELAXED) == -1;
}

static void fail_at(int n)
{
  __atomic_store_n(&left, n, __ATOMIC_RELAXED);
}

/** @return true: the allocation was asked for, and failed */
static bool has_failed(void)
{
  return __atomic_exchange_n(&left, -1, __ATOMIC_RELAXED) < 0;
}

static unsigned used(memp_t pool)
{
  return (unsigned)memp_pools[pool]->stats->used;
}

/* ---- Datagrams ---- */

static void exchange_datagrams(void)
{
  struct netconn *a = netconn_new(NETCONN_UDP), *b = netconn_new(NETCONN_UDP);
  struct netbuf *buf = netbuf_new(), *got;
  ip_addr_t addr;
  u16_t port = 0;

  if (a != NULL && b != NULL && buf != NULL && netbuf_alloc(buf, 20) != NULL) {
    netconn_set_recvtimeout(b, 20);
    (void)netconn_bind(b, lab_localhost(), 0);
    (void)netconn_addr(b, &addr, &port);
    (void)netconn_sendto(a, buf, lab_localhost(), port);
    if (netconn_recv(b, &got) == ERR_OK) {
      netbuf_delete(got);
    }
  }
  netbuf_delete(buf);
  netconn_delete(a);
  netconn_delete(b);
}

START_TEST(datagrams)
{
  int n = 0;

  do {
    fail_at(n++);
    exchange_datagrams();
  } while (has_failed());
  ck_assert_int_gt(n, 5);
  ck_assert_uint_eq(used(MEMP_NETCONN), 0);
  ck_assert_uint_eq(used(MEMP_NETBUF), 0);
  ck_assert_uint_eq(used(MEMP_UDP_PCB), 0);
}
END_TEST

/* ---- Connections ---- */

static void exchange_text(struct netconn *c, struct netconn *s)
{
  struct netbuf *buf;
  struct pbuf *p;

  netconn_set_recvtimeout(s, 1000);
  netconn_set_recvtimeout(c, 1000);
  if (netconn_write(c, "question", 8, NETCONN_COPY) == ERR_OK && netconn_recv(s, &buf) == ERR_OK) {
    netbuf_delete(buf);
    if (netconn_write(s, "answer", 6, NETCONN_NOCOPY) == ERR_OK && netconn_recv_tcp_pbuf(c, &p) == ERR_OK) {
      pbuf_free(p);
    }
  }
}

static void open_and_exchange(void)
{
  struct netconn *l = netconn_new(NETCONN_TCP), *c = netconn_new(NETCONN_TCP), *s = NULL;
  ip_addr_t addr;
  u16_t port;

  if (l != NULL && c != NULL && netconn_bind(l, lab_localhost(), 0) == ERR_OK && netconn_listen(l) == ERR_OK &&
      netconn_addr(l, &addr, &port) == ERR_OK && netconn_connect(c, lab_localhost(), port) == ERR_OK) {
    netconn_set_recvtimeout(l, 1000);
    if (netconn_accept(l, &s) == ERR_OK) {
      exchange_text(c, s);
    }
  }
  netconn_delete(s);
  netconn_delete(c);
  netconn_delete(l);
}

START_TEST(connections)
{
  int n = 0;

  do {
    fail_at(n++);
    open_and_exchange();
  } while (has_failed());
  ck_assert_int_gt(n, 10);
  ck_assert_uint_eq(used(MEMP_NETCONN), 0);
  ck_assert_uint_eq(used(MEMP_NETBUF), 0);
  ck_assert_uint_eq(used(MEMP_TCP_PCB_LISTEN), 0);
}
END_TEST

/* ---- Names ---- */

START_TEST(all_netconns_in_use)
{
  struct netconn *conn[MEMP_NUM_NETCONN + 1];
  int n = 0, i;

  while ((conn[n] = netconn_new(NETCONN_UDP)) != NULL) {
    n++;
    ck_assert_int_le(n, MEMP_NUM_NETCONN);
  }
  ck_assert_int_gt(n, 0);
  for (i = 0; i < n; i++) {
    netconn_delete(conn[i]);
  }
  conn[0] = netconn_new(NETCONN_TCP);
  ck_assert_ptr_nonnull(conn[0]);
  netconn_delete(conn[0]);
}
END_TEST

int main(void)
{
  Suite *s = suite_create("netconn_memory");
  TCase *tc = tcase_create("every n");

  tcase_add_checked_fixture(tc, lab_start, NULL);
  tcase_set_timeout(tc, 180);
  tcase_add_test(tc, datagrams);
  tcase_add_test(tc, connections);
  tcase_add_test(tc, all_netconns_in_use);
  suite_add_tcase(s, tc);
  return lab_run(s);
}
