/* A user-space link emulator between two ports: rate limit + drop-tail queue, then delay, random loss, reordering.
 *   relay A B [-d oneway_ms] [-r Mbit/s] [-q queue_packets] [-p loss A->B] [-P loss B->A]
 *     [-o reorder_prob A->B] [-O reorder_prob B->A] [-e extra_ms] [-s seed]
 *   port: tap:NETNS:NAME (tap::NAME: this namespace)  |  unix:SOCK (listens; the stack connects)  |  fd:N (inherited)
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <stdint.h>
#include <unistd.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <time.h>
#include <errno.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/prctl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
struct port {
  int fd;
} port[2];
static unsigned long out_fail[2];
struct pkt {
  uint64_t due;
  uint32_t len;
  uint8_t d[1600];
};
#define RING 32768
static struct dir {
  struct pkt *ring;
  unsigned head, tail;
  uint64_t free_at;
  double loss, reorder;
  uint64_t n, lost, tail_drop, reord, bytes;
  struct pkt late;
  int has_late;
} dir[2];
static double delay_ms = 5, rate = 100, extra_ms = 2;
static unsigned qlen = 1000;
static uint64_t rng = 88172645463325252ull;
static volatile sig_atomic_t stop, want;
static void on_term(int s)
{
  (void)s;
  stop = 1;
}
static void on_usr1(int s)
{
  (void)s;
  want = 1;
}
static uint64_t now(void)
{
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000000000ull + (uint64_t)t.tv_nsec;
}
static double rnd(void)
{
  rng ^= rng << 13;
  rng ^= rng >> 7;
  rng ^= rng << 17;
  return (double)(rng >> 11) / 9007199254740992.0;
}
static void open_tap(struct port *p, const char *netns, const char *name)
{
  char path[128];
  int self = open("/proc/self/ns/net", O_RDONLY), ns = -1;
  struct ifreq ifr;

  if (netns[0] != '\0') {
    snprintf(path, sizeof(path), "/var/run/netns/%s", netns);
    ns = open(path, O_RDONLY);
    if (ns < 0 || setns(ns, CLONE_NEWNET)) {
      perror(path);
      exit(1);
    }
  }
  memset(&ifr, 0, sizeof(ifr));
  p->fd = open("/dev/net/tun", O_RDWR | O_NONBLOCK);
  ifr.ifr_flags = IFF_TAP | IFF_NO_PI;
  snprintf(ifr.ifr_name, IFNAMSIZ, "%s", name);
  if (p->fd < 0 || ioctl(p->fd, TUNSETIFF, &ifr) < 0) {
    perror(name);
    exit(1);
  }
  if (ns >= 0) {
    setns(self, CLONE_NEWNET);
    close(ns);
  }
  close(self);
}
static void open_unix(struct port *p, const char *path)
{
  struct sockaddr_un u;
  int sz = 8 << 20, l = socket(AF_UNIX, SOCK_SEQPACKET, 0);

  memset(&u, 0, sizeof(u));
  u.sun_family = AF_UNIX;
  snprintf(u.sun_path, sizeof(u.sun_path), "%s", path);
  unlink(path);
  if (bind(l, (void *)&u, sizeof(u)) || listen(l, 1)) {
    perror("bind");
    exit(1);
  }
  p->fd = accept(l, NULL, NULL);
  close(l);
  fcntl(p->fd, F_SETFL, O_NONBLOCK);
  setsockopt(p->fd, SOL_SOCKET, SO_SNDBUF, &sz, sizeof(sz));
}
static void open_port(struct port *p, char *s)
{
  char *a = strchr(s, ':'), *b;

  if (a == NULL) {
    fprintf(stderr, "%s: tap:NETNS:NAME, tap::NAME, unix:SOCK or fd:N\n", s);
    exit(2);
  }
  a++;
  b = strchr(a, ':');
  if (!strncmp(s, "fd:", 3)) {
    p->fd = atoi(a);
    fcntl(p->fd, F_SETFL, O_NONBLOCK);
  } else if (!strncmp(s, "tap:", 4) && b != NULL) {
    *b++ = 0;
    open_tap(p, a, b);
  } else {
    open_unix(p, a);
  }
}
static void out(int to, const void *d, uint32_t len)
{
  if (write(port[to].fd, d, len) != (ssize_t)len)
    out_fail[to]++;
}
static void in(int from)
{
  static struct pkt k;
  struct dir *x = &dir[from];
  int i;
  for (i = 0; i < 256; i++) {
    ssize_t n = read(port[from].fd, k.d, sizeof(k.d));
    uint64_t t = now(), ser;
    if (n <= 0)
      return;
    if (n > 1514) {
      fprintf(stderr, "oversize %zd\n", n);
      continue;
    }
    x->n++;
    x->bytes += (uint64_t)n;
    ser = rate > 0 ? (uint64_t)((double)(n + 24) * 8000.0 / rate) : 0; /* + preamble, FCS, gap: as on a wire */
    if (x->free_at < t)
      x->free_at = t;
    if (rate > 0 && x->free_at - t > (uint64_t)qlen * 1538ull * 8000ull / (uint64_t)rate) {
      x->tail_drop++;
      continue;
    }
    x->free_at += ser;
    if (rnd() < x->loss) {
      x->lost++;
      continue;
    } /* lost on the wire, after the queue */
    if (x->tail - x->head >= RING) {
      x->tail_drop++;
      continue;
    }
    k.len = (uint32_t)n;
    k.due = x->free_at + (uint64_t)(delay_ms * 1e6);
    if (x->reorder > 0 && !x->has_late && rnd() < x->reorder) {
      x->reord++;
      k.due += (uint64_t)(extra_ms * 1e6);
      x->late = k;
      x->has_late = 1;
      continue;
    }
    x->ring[x->tail++ % RING] = k;
  }
}
int main(int argc, char **argv)
{
  int o, i;
  open_port(&port[0], argv[1]);
  open_port(&port[1], argv[2]);
  optind = 3;
  while ((o = getopt(argc, argv, "d:r:q:p:P:o:O:e:s:")) != -1)
    switch (o) {
      case 'd':
        delay_ms = atof(optarg);
        break;
      case 'r':
        rate = atof(optarg);
        break;
      case 'q':
        qlen = (unsigned)atoi(optarg);
        break;
      case 'p':
        dir[0].loss = atof(optarg);
        break;
      case 'P':
        dir[1].loss = atof(optarg);
        break;
      case 'o':
        dir[0].reorder = atof(optarg);
        break;
      case 'O':
        dir[1].reorder = atof(optarg);
        break;
      case 'e':
        extra_ms = atof(optarg);
        break;
      case 's':
        rng ^= (uint64_t)atoll(optarg) * 0x9E3779B97F4A7C15ull;
        break;
    }
  for (i = 0; i < 2; i++)
    dir[i].ring = malloc(sizeof(struct pkt) * RING);
  for (i = 0; i < 20; i++)
    rnd();
  signal(SIGTERM, on_term);
  signal(SIGINT, on_term);
  signal(SIGUSR1, on_usr1);
  prctl(PR_SET_TIMERSLACK, 1000UL);
  while (!stop) {
    struct pollfd f[2] = { { port[0].fd, POLLIN, 0 }, { port[1].fd, POLLIN, 0 } };
    uint64_t t = now(), next = t + 100000000ull;
    struct timespec ts;
    for (i = 0; i < 2; i++) {
      struct dir *x = &dir[i];
      while (x->head != x->tail && x->ring[x->head % RING].due <= t) {
        struct pkt *k = &x->ring[x->head++ % RING];
        out(!i, k->d, k->len);
      }
      if (x->has_late && x->late.due <= t) {
        out(!i, x->late.d, x->late.len);
        x->has_late = 0;
      }
      if (x->head != x->tail && x->ring[x->head % RING].due < next)
        next = x->ring[x->head % RING].due;
      if (x->has_late && x->late.due < next)
        next = x->late.due;
    }
    t = now();
    next = next > t ? next - t : 0;
    ts.tv_sec = (time_t)(next / 1000000000ull);
    ts.tv_nsec = (long)(next % 1000000000ull);
    ppoll(f, 2, &ts, NULL);
    if (f[0].revents)
      in(0);
    if (f[1].revents)
      in(1);
    if (want) {
      want = 0;
      goto show;
    }
    continue;
  show:
    for (i = 0; i < 2; i++)
      fprintf(stderr, "dir %d: frames %lu lost %lu (%.3f%%) taildrop %lu reordered %lu outfail %lu\n", i, dir[i].n,
              dir[i].lost, dir[i].n ? 100.0 * dir[i].lost / dir[i].n : 0, dir[i].tail_drop, dir[i].reord, out_fail[!i]);
  }
  for (i = 0; i < 2; i++)
    fprintf(stderr, "dir %d: frames %lu lost %lu (%.3f%%) taildrop %lu reordered %lu outfail %lu\n", i, dir[i].n,
            dir[i].lost, dir[i].n ? 100.0 * dir[i].lost / dir[i].n : 0, dir[i].tail_drop, dir[i].reord, out_fail[!i]);
  return 0;
}
