/**
 * Many threads that connect, transfer, shut down, close, abort, poll and share sockets, for a while: for ThreadSanitizer and
 * AddressSanitizer.   stress [SECONDS [THREADS]]
 *
 * Every octet that arrives is checked; at the end no socket, pcb or buffer may be left.
 */
#define _GNU_SOURCE
#include "lwip/sockets.h"
#include "suite_side.h"
#include "lwip/memp.h"
#include "lwip/stats.h"
#include "lwip/tcpip.h"
#include <errno.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define THREADS_MAX 64

static int listener_fd;
static u16_t server_port; /**< network order */
static int stop;
static unsigned long transfers, octets, mistakes;

struct worker {
  pthread_t thread;
  unsigned seed;
};

static bool stopping(void)
{
  return __atomic_load_n(&stop, __ATOMIC_RELAXED) != 0;
}

static void add(unsigned long *to, unsigned long n)
{
  __atomic_fetch_add(to, n, __ATOMIC_RELAXED);
}

static void end(int s, bool abortive)
{
  struct linger l = { 1, 0 };

  if (abortive) {
    lwip_setsockopt(s, SOL_SOCKET, SO_LINGER, &l, sizeof l);
  }
  lwip_close(s);
}

/** Octet @p i of every stream. */
static unsigned char pattern(size_t i)
{
  return (unsigned char)(i * 7 + i / 251);
}

/** Send @p len octets of the pattern.  @return false: the connection is no more */
static bool send_pattern(int s, size_t len)
{
  unsigned char block[2000];
  size_t at = 0, i;

  while (at < len) {
    size_t n = len - at < sizeof block ? len - at : sizeof block;
    ssize_t r;

    for (i = 0; i < n; i++) {
      block[i] = pattern(at + i);
    }
    r = lwip_send(s, block, n, 0);
    if (r <= 0) {
      return false;
    }
    at += (size_t)r;
  }
  return true;
}

/** Accept, check what comes until the end, answer with its length. */
static void serve(unsigned *seed)
{
  unsigned char block[3000];
  struct pollfd p = { listener_fd, POLLIN, 0 };
  size_t at = 0, i;
  ssize_t n;
  int s;

  if (lwip_poll(&p, 1, 20) <= 0 || (s = lwip_accept(listener_fd, NULL, NULL)) < 0) {
    return;
  }
  while ((n = lwip_recv(s, block, 1 + (size_t)(rand_r(seed) % 3000), 0)) > 0) {
    for (i = 0; i < (size_t)n; i++) {
      if (block[i] != pattern(at + i)) {
        add(&mistakes, 1);
      }
    }
    at += (size_t)n;
  }
  add(&octets, at);
  (void)lwip_send(s, &at, sizeof at, 0);
  end(s, rand_r(seed) % 8 == 0);
}

/** To the listener, which is of both families, by one of them.  @return a socket, connected; -1: not */
static int connected(bool v6)
{
  struct sockaddr_in in = { .sin_len = sizeof in, .sin_family = AF_INET, .sin_port = server_port };
  struct sockaddr_in6 in6 = { .sin6_len = sizeof in6, .sin6_family = AF_INET6, .sin6_port = server_port };
  int s = lwip_socket(v6 ? AF_INET6 : AF_INET, SOCK_STREAM, 0);

  in.sin_addr.s_addr = lwip_htonl(INADDR_LOOPBACK);
  in6.sin6_addr = in6addr_loopback;
  if (s >= 0 &&
      lwip_connect(s, v6 ? (struct sockaddr *)&in6 : (struct sockaddr *)&in, v6 ? sizeof in6 : sizeof in) != 0) {
    end(s, false);
    return -1;
  }
  return s;
}

static void ask(unsigned *seed)
{
  int s = connected(rand_r(seed) % 2 == 0), other;
  size_t len = (size_t)(rand_r(seed) % 20000), answer = 0;
  struct pollfd p;

  if (s < 0) {
    return;
  }
  if (rand_r(seed) % 8 == 0) {
    end(s, true);
    return;
  }
  if (rand_r(seed) % 4 == 0 && (other = lwip_x_dup(s)) >= 0) {
    lwip_close(s);
    s = other;
  }
  if (send_pattern(s, len) && lwip_shutdown(s, SHUT_WR) == 0) {
    p.fd = s;
    p.events = POLLIN;
    (void)lwip_poll(&p, 1, 2000);
    if (lwip_recv(s, &answer, sizeof answer, MSG_WAITALL | MSG_DONTWAIT) == (ssize_t)sizeof answer) {
      add(&transfers, 1);
      if (answer != len) {
        add(&mistakes, 1);
      }
    }
  }
  end(s, rand_r(seed) % 16 == 0);
}

/** A thread that waits in a socket which another closes. */
static void *waits(void *arg)
{
  int s = *(int *)arg;
  char c;

  (void)lwip_recv(s, &c, 1, 0);
  return NULL;
}

static void close_under(unsigned *seed)
{
  int s = lwip_socket(AF_INET, SOCK_DGRAM, 0);
  pthread_t t;
  struct timespec nap = { 0, (rand_r(seed) % 1000) * 1000L };

  if (s < 0) {
    return;
  }
  if (pthread_create(&t, NULL, waits, &s) == 0) {
    nanosleep(&nap, NULL);
    lwip_shutdown(s, SHUT_RDWR);
    pthread_join(t, NULL);
  }
  lwip_close(s);
}

static void *work(void *arg)
{
  struct worker *w = arg;
  bool server_side = w->seed % 2 == 0;

  while (!stopping()) {
    if (server_side) {
      serve(&w->seed);
    } else if (rand_r(&w->seed) % 10 == 0) {
      close_under(&w->seed);
    } else {
      ask(&w->seed);
    }
  }
  return NULL;
}

static void open_listener(void)
{
  struct sockaddr_in6 any = { .sin6_len = sizeof any, .sin6_family = AF_INET6 };
  socklen_t n = sizeof any;

  /* Who finds it readable need not be the one who gets the connection. */
  listener_fd = lwip_socket(AF_INET6, SOCK_STREAM | SOCK_NONBLOCK, 0);
  if (listener_fd < 0 || lwip_bind(listener_fd, (struct sockaddr *)&any, sizeof any) != 0 ||
      lwip_listen(listener_fd, 32) != 0 || lwip_getsockname(listener_fd, (struct sockaddr *)&any, &n) != 0) {
    perror("listener");
    exit(2);
  }
  server_port = any.sin6_port;
}

/** Elements of a pool in use. */
static unsigned in_use(memp_t pool)
{
  unsigned n;

  LOCK_TCPIP_CORE();
  n = (unsigned)lwip_stats.memp[pool]->used;
  UNLOCK_TCPIP_CORE();
  return n;
}

/** Let what is closing end. */
static bool all_given_back(void)
{
  int i;

  for (i = 0; i < 300; i++) {
    if (in_use(MEMP_NETCONN) == 0 && in_use(MEMP_UDP_PCB) == 0 && in_use(MEMP_TCP_SEG) == 0) {
      return true; /* connections in TIME-WAIT stay for minutes */
    }
    sys_msleep(100);
  }
  printf("left: %u netconns, %u UDP, %u segments\n", in_use(MEMP_NETCONN), in_use(MEMP_UDP_PCB), in_use(MEMP_TCP_SEG));
  return false;
}

int main(int argc, char **argv)
{
  int seconds = argc > 1 ? atoi(argv[1]) : 5, n = argc > 2 ? atoi(argv[2]) : 16, i;
  struct worker w[THREADS_MAX];
  bool good;

  side_start();
  open_listener();
  n = n < THREADS_MAX ? n : THREADS_MAX;
  for (i = 0; i < n; i++) {
    w[i].seed = (unsigned)(i + 100);
    if (pthread_create(&w[i].thread, NULL, work, &w[i]) != 0) {
      return 2;
    }
  }
  sys_msleep((u32_t)seconds * 1000);
  __atomic_store_n(&stop, 1, __ATOMIC_RELAXED);
  for (i = 0; i < n; i++) {
    pthread_join(w[i].thread, NULL);
  }
  lwip_close(listener_fd);
  good = all_given_back() && mistakes == 0 && transfers > 0;
  printf("%s stress: %lu transfers, %lu octets, %lu mistakes\n", good ? "ok" : "FAIL", transfers, octets, mistakes);
  return !good;
}
