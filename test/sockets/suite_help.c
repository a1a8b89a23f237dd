/** What many cases need: addresses, pairs of sockets, threads. */
#include "suite.h"

addr_t any(int fam, int port)
{
  addr_t a;

  memset(&a, 0, sizeof a);
  a.sa.sa_family = (sa_family_t)fam;
  a.in.sin_port = htons((uint16_t)port);
  return a;
}

addr_t at(int fam, const char *text, int port)
{
  addr_t a = any(fam, port);

#if SUITE_IPV6
  if (fam == AF_INET6) {
    MUST(inet_pton(fam, text, &a.in6.sin6_addr) == 1);
    return a;
  }
#endif
  MUST(inet_pton(fam, text, &a.in.sin_addr) == 1);
  return a;
}

addr_t lo(int fam, int port)
{
  return at(fam, fam == AF_INET ? "127.0.0.1" : "::1", port);
}

socklen_t len_of(int fam)
{
#if SUITE_IPV6
  if (fam == AF_INET6) {
    return sizeof(struct sockaddr_in6);
  }
#endif
  (void)fam;
  return sizeof(struct sockaddr_in);
}

int port_in(const addr_t *a)
{
  return ntohs(a->in.sin_port);
}

addr_t name_of(int s)
{
  addr_t a;
  socklen_t n = sizeof a;

  memset(&a, 0, sizeof a);
  MUST(getsockname(s, &a.sa, &n) == 0);
  return a;
}

addr_t peer_of(int s)
{
  addr_t a;
  socklen_t n = sizeof a;

  memset(&a, 0, sizeof a);
  MUST(getpeername(s, &a.sa, &n) == 0);
  return a;
}

bool same_addr(const addr_t *a, const addr_t *b)
{
  if (a->sa.sa_family != b->sa.sa_family || a->in.sin_port != b->in.sin_port) {
    return false;
  }
#if SUITE_IPV6
  if (a->sa.sa_family == AF_INET6) {
    return memcmp(&a->in6.sin6_addr, &b->in6.sin6_addr, 16) == 0;
  }
#endif
  return a->in.sin_addr.s_addr == b->in.sin_addr.s_addr;
}

int tcp(int fam)
{
  int s;

  MUST((s = socket(fam, SOCK_STREAM, 0)) >= 0);
  return s;
}

int udp(int fam)
{
  int s;

  MUST((s = socket(fam, SOCK_DGRAM, 0)) >= 0);
  return s;
}

int udp_bound(int fam)
{
  addr_t a = lo(fam, 0);
  int s = udp(fam);

  MUST(bind(s, &a.sa, len_of(fam)) == 0);
  return s;
}

int listener(int fam, int backlog)
{
  addr_t a = lo(fam, 0);
  int s = tcp(fam);

  MUST(bind(s, &a.sa, len_of(fam)) == 0);
  MUST(listen(s, backlog) == 0);
  return s;
}

void tcp_pair(int fam, int s[2])
{
  int l = listener(fam, 1);
  addr_t a = name_of(l);

  s[0] = tcp(fam);
  MUST(connect(s[0], &a.sa, len_of(fam)) == 0);
  MUST((s[1] = accept(l, NULL, NULL)) >= 0);
  MUST(close(l) == 0);
}

void udp_pair(int fam, int s[2])
{
  addr_t a, b;

  s[0] = udp_bound(fam);
  s[1] = udp_bound(fam);
  a = name_of(s[0]);
  b = name_of(s[1]);
  MUST(connect(s[0], &b.sa, len_of(fam)) == 0);
  MUST(connect(s[1], &a.sa, len_of(fam)) == 0);
}

void nonblock(int s)
{
  MUST(fcntl(s, F_SETFL, fcntl(s, F_GETFL, 0) | O_NONBLOCK) == 0);
}

void nodelay(int s)
{
  int on = 1;

  MUST(setsockopt(s, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) == 0);
}

void timeout_ms(int s, int ms)
{
  struct timeval tv = { ms / 1000, (ms % 1000) * 1000 };

  MUST(setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof tv) == 0);
}

int int_opt(int s, int level, int name)
{
  int v = -1;
  socklen_t n = sizeof v;

  return getsockopt(s, level, name, &v, &n) == 0 ? v : -1;
}

int poll1(int s, int events, int ms)
{
  struct pollfd p = { s, (short)events, 0 };

  return poll(&p, 1, ms) < 0 ? -1 : p.revents;
}

void wait_readable(int s)
{
  MUST(poll1(s, POLLIN, 2000) != 0);
}

size_t fill(int s)
{
  static char block[4096];
  size_t sum = 0;
  int quiet = 0;
  ssize_t n;

  while (quiet < 20) {
    n = send(s, block, sizeof block, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (n > 0) {
      sum += (size_t)n;
      quiet = 0;
    } else {
      int e = errno;

      MUST(e == EAGAIN);
      quiet++;
      pause_ms(10);
    }
  }
  return sum;
}

void pause_ms(int ms)
{
  struct timespec t = { ms / 1000, (ms % 1000) * 1000000L };

  nanosleep(&t, NULL);
}

long now_ms(void)
{
  struct timespec t;

  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void reset(int s)
{
  struct linger hard = { 1, 0 };

  MUST(setsockopt(s, SOL_SOCKET, SO_LINGER, &hard, sizeof hard) == 0);
  MUST(close(s) == 0);
}

static void *call_main(void *arg)
{
  struct call *c = arg;

  errno = 0;
  c->body(c);
  __atomic_store_n(&c->done, 1, __ATOMIC_RELEASE);
  return NULL;
}

void call_start(struct call *c, void (*body)(struct call *), int s)
{
  c->body = body;
  c->s = s;
  c->done = 0;
  MUST(pthread_create(&c->thread, NULL, call_main, c) == 0);
}

bool call_ends(struct call *c, int ms)
{
  long end = now_ms() + ms;

  while (!__atomic_load_n(&c->done, __ATOMIC_ACQUIRE) && now_ms() < end) {
    pause_ms(2);
  }
  if (!__atomic_load_n(&c->done, __ATOMIC_ACQUIRE)) {
    return false;
  }
  pthread_join(c->thread, NULL);
  return true;
}
