/** The stack with threads, for tests: started once a process, with the loopback interface, 127.0.0.1. */
#ifndef TEST_OS_OS_LAB_H
#define TEST_OS_OS_LAB_H

#include "lwip/api.h"
#include "lwip/priv/api_msg.h"
#include "lwip/tcp.h"
#include "lwip/netif.h"
#include "lwip/sys.h"
#include "lwip/tcpip.h"
#include "lwip/x_drop.h"
#include <check.h>
#include <pthread.h>
#include <sched.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static void lab_ready(void *arg)
{
  sys_sem_signal((sys_sem_t *)arg);
}

static void lab_start(void)
{
  sys_sem_t ready;

  ck_assert_int_eq(sys_sem_new(&ready, 0), ERR_OK);
  tcpip_init(lab_ready, &ready);
  sys_sem_wait(&ready);
  sys_sem_free(&ready);
}

/** A thread that a test joins. */
static inline pthread_t lab_thread(void *(*fn)(void *), void *arg)
{
  pthread_t t;

  ck_assert_int_eq(pthread_create(&t, NULL, fn, arg), 0);
  return t;
}

static inline void *lab_join(pthread_t t)
{
  void *result;

  ck_assert_int_eq(pthread_join(t, &result), 0);
  return result;
}

/** 127.0.0.1 */
static inline const ip_addr_t *lab_localhost(void)
{
  static const ip_addr_t addr = IPADDR4_INIT_BYTES(127, 0, 0, 1);

  return &addr;
}

/** A listener on a free port of the loopback interface. */
static inline struct netconn *lab_listener(u16_t *port)
{
  struct netconn *conn = netconn_new(NETCONN_TCP);
  ip_addr_t addr;

  ck_assert_ptr_nonnull(conn);
  ck_assert_int_eq(netconn_bind(conn, lab_localhost(), 0), ERR_OK);
  ck_assert_int_eq(netconn_listen(conn), ERR_OK);
  ck_assert_int_eq(netconn_getaddr(conn, &addr, port, 1), ERR_OK);
  return conn;
}

/** A connection with itself: both its ends. */
static inline void lab_pair(struct netconn **a, struct netconn **b)
{
  u16_t port;
  struct netconn *l = lab_listener(&port);

  *a = netconn_new(NETCONN_TCP);
  ck_assert_ptr_nonnull(*a);
  ck_assert_int_eq(netconn_connect(*a, lab_localhost(), port), ERR_OK);
  ck_assert_int_eq(netconn_accept(l, b), ERR_OK);
  ck_assert_int_eq(netconn_delete(l), ERR_OK);
}

static inline int lab_run(Suite *s)
{
  SRunner *r = srunner_create(s);
  int failed;

  srunner_run_all(r, CK_ENV);
  failed = srunner_ntests_failed(r);
  srunner_free(r);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

#endif
