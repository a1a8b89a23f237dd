/**
 * The n-th allocation fails, for every n, while sockets connect, transfer, accept, close and look up names: each call either
 * works or says by errno that memory or the connection was lost, and afterwards every pool and the heap are as before.
 */
#include "os_lab.h"
#include "base/errnos.h"
#include "lwip/dns.h"
#include "lwip/memp.h"
#include "lwip/netdb.h"
#include "lwip/sockets.h"
#include "lwip/stats.h"
#include "lwip/udp.h"
#include "test_port.h"
#include <stdio.h>

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

/* ---- What is in use ---- */

static unsigned base[MEMP_MAX], base_heap;

static unsigned pool_used(int pool)
{
  return (unsigned)memp_pools[pool]->stats->used;
}

static err_t do_note_base(struct tcpip_api_call_data *c)
{
  int i;

  LWIP_UNUSED_ARG(c);
  for (i = 0; i < MEMP_MAX; i++) {
    base[i] = pool_used(i);
  }
  base_heap = (unsigned)lwip_stats.mem.used;
  return ERR_OK;
}

/** What is not as before. */
struct difference {
  struct tcpip_api_call_data call;
  const char *what; /**< NULL: nothing */
  unsigned was, is;
};

static void compare(struct difference *d, const char *what, unsigned was, unsigned is)
{
  if (d->what == NULL && was != is) {
    d->what = what;
    d->was = was;
    d->is = is;
  }
}

static err_t do_compare(struct tcpip_api_call_data *c)
{
  struct difference *d = (struct difference *)(void *)c;
  int i;

  d->what = NULL;
  for (i = 0; i < MEMP_MAX; i++) {
    compare(d, memp_pools[i]->desc, base[i], pool_used(i));
  }
  compare(d, "heap", base_heap, (unsigned)lwip_stats.mem.used);
  return ERR_OK;
}

static void in_core(tcpip_api_call_fn fn, struct tcpip_api_call_data *call)
{
  ck_assert_int_eq(tcpip_api_call(fn, call), ERR_OK);
}

/** Both ends may need a retransmission to notice the end of the other. */
static void expect_base(const char *what, int n)
{
  struct difference d;
  int i;

  in_core(do_compare, &d.call);
  for (i = 0; i < 1000 && d.what != NULL; i++) {
    sys_msleep(10);
    in_core(do_compare, &d.call);
  }
  ck_assert_msg(d.what == NULL, "%s, allocation %d: %s was %u, is %u", what, n, d.what, d.was, d.is);
}

/* ---- Calls that may fail ---- */

/** What @p result, if it is an error, may say: no memory, or what the loss of a segment or of a connection looks like. */
static long may_fail(long result, const char *call)
{
  static const int good[] = { ENOMEM, ENOBUFS, EMFILE, EAGAIN, ECONNRESET, ECONNABORTED, ETIMEDOUT, EPIPE };
  int error = errno;
  size_t i;

  for (i = 0; result < 0 && i < LWIP_ARRAYSIZE(good); i++) {
    if (good[i] == error) {
      return result;
    }
  }
  ck_assert_msg(result >= 0, "%s: errno %d", call, error);
  return result;
}
#define TRY(call) (errno = 0, may_fail((long)(call), #call))

static void set_timeouts(int s)
{
  struct timeval tv = { 5, 0 };

  (void)TRY(lwip_setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof tv));
  (void)TRY(lwip_setsockopt(s, SOL_SOCKET, SO_SNDTIMEO, &tv, sizeof tv));
}

/** Close without leaving anything for later. */
static void abort_socket(int s)
{
  struct linger l = { 1, 0 };

  if (s >= 0) {
    (void)lwip_setsockopt(s, SOL_SOCKET, SO_LINGER, &l, sizeof l);
    ck_assert_int_eq(lwip_close(s), 0); /* closing needs no memory */
  }
}

static void close_socket(int s)
{
  if (s >= 0) {
    ck_assert_int_eq(lwip_close(s), 0);
  }
}

/** 127.0.0.1 or ::1. */
static socklen_t loopback(int family, struct sockaddr_storage *ss)
{
  memset(ss, 0, sizeof *ss);
  if (family == AF_INET6) {
    struct sockaddr_in6 *in6 = (struct sockaddr_in6 *)(void *)ss;

    in6->sin6_family = AF_INET6;
    in6->sin6_addr = in6addr_loopback;
    return sizeof *in6;
  }
  ((struct sockaddr_in *)(void *)ss)->sin_family = AF_INET;
  ((struct sockaddr_in *)(void *)ss)->sin_addr.s_addr = PP_HTONL(INADDR_LOOPBACK);
  return sizeof(struct sockaddr_in);
}

/* ---- Text ---- */

static void exchange_text(int c, int s)
{
  static char much[6000], in[6000];
  struct iovec v[2] = { { much, 1000 }, { much + 1000, 5000 } };
  struct msghdr m = { .msg_iov = v, .msg_iovlen = 2 };
  long sent, got = 0, n;

  set_timeouts(c);
  set_timeouts(s);
  memset(much, 'm', sizeof much);
  sent = TRY(lwip_sendmsg(c, &m, MSG_NOSIGNAL));
  while (got < sent && (n = TRY(lwip_recv(s, in, sizeof in, 0))) > 0) {
    ck_assert_mem_eq(in, much, (size_t)n);
    got += n;
  }
  if (got == sent && TRY(lwip_send(s, "answer", 6, MSG_NOSIGNAL)) == 6) {
    n = TRY(lwip_recv(c, in, 6, MSG_WAITALL));
    ck_assert(n < 6 || memcmp(in, "answer", 6) == 0);
  }
  (void)TRY(lwip_shutdown(s, SHUT_WR));
  (void)TRY(lwip_recv(c, in, 1, 0));
}

static int accept_one(int l)
{
  struct pollfd p = { l, POLLIN, 0 };

  if (TRY(lwip_poll(&p, 1, 5000)) != 1) {
    return -1;
  }
  return (int)TRY(lwip_x_accept4(l, NULL, NULL, 0));
}

static void connect_and_exchange(int family)
{
  struct sockaddr_storage ss;
  socklen_t len = loopback(family, &ss);
  int l = (int)TRY(lwip_socket(family, SOCK_STREAM, 0)), c = (int)TRY(lwip_socket(family, SOCK_STREAM, 0)), s = -1;

  if (l >= 0 && c >= 0 && TRY(lwip_bind(l, (struct sockaddr *)&ss, len)) == 0 && TRY(lwip_listen(l, 3)) == 0 &&
      TRY(lwip_getsockname(l, (struct sockaddr *)&ss, &len)) == 0) {
    set_timeouts(c);
    if (TRY(lwip_connect(c, (struct sockaddr *)&ss, len)) == 0) {
      s = accept_one(l);
    }
    if (s >= 0) {
      exchange_text(c, s);
    }
  }
  abort_socket(c);
  abort_socket(s);
  close_socket(l);
}

/* ---- Datagrams ---- */

static void exchange_datagrams(int family)
{
  struct sockaddr_storage ss, from;
  socklen_t len = loopback(family, &ss), fromlen = sizeof from;
  int a = (int)TRY(lwip_socket(family, SOCK_DGRAM, 0)), b = (int)TRY(lwip_socket(family, SOCK_DGRAM, 0)), on = 1;
  struct timeval tv = { 0, 20000 };
  char in[32];

  if (a >= 0 && b >= 0 && TRY(lwip_bind(b, (struct sockaddr *)&ss, len)) == 0 &&
      TRY(lwip_getsockname(b, (struct sockaddr *)&ss, &len)) == 0) {
    (void)TRY(lwip_setsockopt(b, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof tv));
    (void)TRY(lwip_setsockopt(b, IPPROTO_IP, IP_PKTINFO, &on, sizeof on));
    if (TRY(lwip_sendto(a, "datagram", 8, 0, (struct sockaddr *)&ss, len)) == 8 &&
        TRY(lwip_recvfrom(b, in, sizeof in, 0, (struct sockaddr *)&from, &fromlen)) == 8) {
      ck_assert_mem_eq(in, "datagram", 8);
    }
  }
  close_socket(a);
  close_socket(b);
}

/* ---- Names ---- */

enum { DNS_HEADER = 12, DNS_PORT = 53 };

/** A name server: 10.1.2.3 whatever the question is. */
static void answer(void *arg, struct udp_pcb *pcb, struct pbuf *q, const ip_addr_t *addr, u16_t port)
{
  static const u8_t record[] = { 0xc0, DNS_HEADER, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 10, 1, 2, 3 };
  struct pbuf *p = pbuf_alloc(PBUF_TRANSPORT, (u16_t)(q->tot_len + sizeof record), PBUF_RAM);

  LWIP_UNUSED_ARG(arg);
  if (p != NULL && pbuf_copy_partial(q, p->payload, q->tot_len, 0) == q->tot_len) {
    u8_t *m = (u8_t *)p->payload;

    m[2] = 0x81; /* a response */
    m[3] = 0x80;
    m[7] = m[q->tot_len - 3] == 1 ? 1 : 0; /* the question may be for AAAA */
    memcpy(m + q->tot_len, record, sizeof record);
    if (m[7] == 0) {
      pbuf_realloc(p, q->tot_len);
    }
    (void)udp_sendto(pcb, p, addr, port);
  }
  if (p != NULL) {
    pbuf_free(p);
  }
  pbuf_free(q);
}

static err_t start_name_server(struct tcpip_api_call_data *c)
{
  struct udp_pcb *pcb = udp_new();

  LWIP_UNUSED_ARG(c);
  if (pcb == NULL || udp_bind(pcb, lab_localhost(), DNS_PORT) != ERR_OK) {
    return ERR_MEM;
  }
  udp_recv(pcb, answer, NULL);
  dns_setserver(0, lab_localhost());
  return ERR_OK;
}

static void look_up(int unused)
{
  static int times;
  struct addrinfo hints = { .ai_family = AF_INET }, *list = NULL;
  char name[32];
  int err;

  LWIP_UNUSED_ARG(unused);
  snprintf(name, sizeof name, "host%d.test", times++); /* never one that is known already */
  err = lwip_getaddrinfo(name, "http", &hints, &list);
  ck_assert_msg(err == 0 || err == EAI_MEMORY || err == EAI_AGAIN || err == EAI_FAIL, "getaddrinfo: %d", err);
  ck_assert((err == 0) == (list != NULL));
  if (err == 0) {
    const struct sockaddr_in *in = (const struct sockaddr_in *)(const void *)list->ai_addr;

    ck_assert_uint_eq(in->sin_addr.s_addr, PP_HTONL(0x0a010203));
    ck_assert_uint_eq(in->sin_port, PP_HTONS(80));
  }
  lwip_freeaddrinfo(list);
}

/* ---- Every n ---- */

static const struct {
  const char *what;
  void (*body)(int family);
  int family;
  int least; /**< allocations there must have been */
} kinds[] = {
  { "text over IPv4", connect_and_exchange, AF_INET, 15 },
  { "text over IPv6", connect_and_exchange, AF_INET6, 15 },
  { "datagrams over IPv4", exchange_datagrams, AF_INET, 5 },
  { "datagrams over IPv6", exchange_datagrams, AF_INET6, 5 },
  { "names", look_up, 0, 4 },
};

START_TEST(every_n)
{
  struct tcpip_api_call_data call;
  int n = 0;
  bool failed;

  in_core(start_name_server, &call);
  kinds[_i].body(kinds[_i].family);
  sys_msleep(100);
  in_core(do_note_base, &call);
  do {
    fail_at(n);
    kinds[_i].body(kinds[_i].family);
    failed = has_failed();
    expect_base(kinds[_i].what, n);
    n++;
  } while (failed);
  ck_assert_int_gt(n, kinds[_i].least);
}
END_TEST

int main(void)
{
  Suite *s = suite_create("sockets_memory");
  TCase *tc = tcase_create("every n");

  tcase_add_checked_fixture(tc, lab_start, NULL);
  tcase_set_timeout(tc, 180);
  tcase_add_loop_test(tc, every_n, 0, LWIP_ARRAYSIZE(kinds));
  suite_add_tcase(s, tc);
  return lab_run(s);
}
