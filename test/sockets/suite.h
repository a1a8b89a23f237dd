/**
 * The socket conformance suite: every case is compiled twice, over the kernel's headers (SUITE_KERNEL) and over ours, and
 * says what POSIX programs may expect.  test/sockets/run compares both runs.
 *
 * A case is a function; what it checks goes through the macros below, which note a failure and go on, except MUST().
 * A case named CASE46 runs once for each address family: `fam` is AF_INET or AF_INET6.
 */
#ifndef TEST_SOCKETS_SUITE_H
#define TEST_SOCKETS_SUITE_H

#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>

#ifdef SUITE_KERNEL
#include <arpa/inet.h>
#include <fcntl.h>
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>
#define SUITE_IPV6 1
#define IS_KERNEL 1
#define closesocket(s) close(s)
#define FIRST_FD 0
#else
#include "lwip/sockets.h"
#include "lwip/netdb.h"
#include "lwip/if_api.h"
#include "lwip/inet.h"
#define SUITE_IPV6 LWIP_IPV6
#define IS_KERNEL 0
#define FIRST_FD LWIP_SOCKET_OFFSET
#endif

/** Room for an address of either family. */
typedef union {
  struct sockaddr sa;
  struct sockaddr_in in;
#if SUITE_IPV6
  struct sockaddr_in6 in6;
#endif
  struct sockaddr_storage ss;
} addr_t;

struct suite_case {
  const char *name;
  void (*body)(int fam);
  int fam;
  struct suite_case *next;
};

void suite_register(struct suite_case *c);
/** Note the result of a check.  @return @p good */
bool suite_check(bool good, const char *file, int line, const char *what, long got, int err, long want, int want_err);
/** End the case at once, failed. */
void suite_give_up(void) __attribute__((noreturn));

#define CASE_OF(fn, label, family)                                             \
  static struct suite_case case_##fn##_##family = { label, fn, family, NULL }; \
  __attribute__((constructor)) static void register_##fn##_##family(void)      \
  {                                                                            \
    suite_register(&case_##fn##_##family);                                     \
  }

/** One case, IPv4 or no family at all. */
#define CASE(fn)            \
  static void fn(int fam);  \
  CASE_OF(fn, #fn, AF_INET) \
  static void fn(int fam __attribute__((unused)))

/** The same case for both families. */
#if SUITE_IPV6
#define CASE46(fn)                \
  static void fn(int fam);        \
  CASE_OF(fn, #fn, AF_INET)       \
  CASE_OF(fn, #fn "/6", AF_INET6) \
  static void fn(int fam)
/** A case of IPv6 alone. */
#define CASE6(fn)                 \
  static void fn(int fam);        \
  CASE_OF(fn, #fn "/6", AF_INET6) \
  static void fn(int fam __attribute__((unused)))
#else
#define CASE46(fn) CASE(fn)
#endif

/* ---- Checks ---- */

/** @p expr has the value @p want. */
#define IS(expr, want)                                                                     \
  do {                                                                                     \
    errno = 0;                                                                             \
    long is_got = (long)(expr);                                                            \
    int is_err = errno;                                                                    \
    long is_want = (long)(want);                                                           \
    suite_check(is_got == is_want, __FILE__, __LINE__, #expr, is_got, is_err, is_want, 0); \
  } while (0)
/** It returns 0. */
#define OK(expr) IS(expr, 0)
/** It is true; errno is as the call before left it. */
#define TRUE(expr)                                                           \
  do {                                                                       \
    bool true_got = (expr);                                                  \
    suite_check(true_got, __FILE__, __LINE__, #expr, true_got, errno, 1, 0); \
  } while (0)
/** It returns -1 with errno @p e. */
#define FAILS(expr, e)                                                                          \
  do {                                                                                          \
    errno = 0;                                                                                  \
    long f_got = (long)(expr);                                                                  \
    int f_err = errno;                                                                          \
    suite_check(f_got == -1 && f_err == (e), __FILE__, __LINE__, #expr, f_got, f_err, -1, (e)); \
  } while (0)
/** It returns -1 with errno @p e or @p e2. */
#define FAILS2(expr, e, e2)                                                                                        \
  do {                                                                                                             \
    errno = 0;                                                                                                     \
    long f_got = (long)(expr);                                                                                     \
    int f_err = errno;                                                                                             \
    suite_check(f_got == -1 && (f_err == (e) || f_err == (e2)), __FILE__, __LINE__, #expr, f_got, f_err, -1, (e)); \
  } while (0)
/** Without it the case makes no sense. */
#define MUST(expr)                                                                  \
  do {                                                                              \
    bool must_got = (expr);                                                         \
    if (!suite_check(must_got, __FILE__, __LINE__, #expr, must_got, errno, 1, 0)) { \
      suite_give_up();                                                              \
    }                                                                               \
  } while (0)

/* ---- Helpers (suite_help.c); they give the case up when they fail ---- */

/** The loopback address of @p fam with @p port. */
addr_t lo(int fam, int port);
/** The unspecified address. */
addr_t any(int fam, int port);
/** An address of @p fam from text. */
addr_t at(int fam, const char *text, int port);
socklen_t len_of(int fam);
int port_in(const addr_t *a);
/** Local and remote address of a socket. */
addr_t name_of(int s);
addr_t peer_of(int s);
/** Same family, address and port? */
bool same_addr(const addr_t *a, const addr_t *b);

int tcp(int fam);
int udp(int fam);
/** A UDP socket bound to loopback. */
int udp_bound(int fam);
/** A listener on loopback. */
int listener(int fam, int backlog);
/** Two ends of a TCP connection: s[0] connected, s[1] accepted. */
void tcp_pair(int fam, int s[2]);
/** Two UDP sockets connected to each other. */
void udp_pair(int fam, int s[2]);
void nonblock(int s);
void timeout_ms(int s, int ms);
void nodelay(int s);
int int_opt(int s, int level, int name);
/** poll() one descriptor.  @return revents; -1: error */
int poll1(int s, int events, int ms);
/** Wait until @p s can be read, for at most two seconds. */
void wait_readable(int s);
/** Fill the way from @p s to its reader, which does not read.  @return octets */
size_t fill(int s);
void pause_ms(int ms);
long now_ms(void);
/** Make the peer of @p s see a reset: SO_LINGER 0, close. */
void reset(int s);

/** A call in another thread. */
struct call {
  pthread_t thread;
  void (*body)(struct call *);
  int s;
  long result;
  int err;
  long arg;
  volatile int done;
};
void call_start(struct call *c, void (*body)(struct call *), int s);
/** @return false: still not done after @p ms */
bool call_ends(struct call *c, int ms);

#endif
