/* The Linux side.
 *   lx send IP PORT SECS [CC]     bulk send, Mbit/s by bytes acknowledged (TCP_INFO)
 *   lx recv IP PORT SECS          bulk receive
 *   lx udp  IP PORT SECS SIZE OUTSTANDING    UDP echo: replies per second and loss
 *   lx serve [CC]                    the Linux counterpart of tapbench: 5001 sink, 5002 source, 7 UDP echo, 8080 HTTP
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <stdint.h>
#include <unistd.h>
#include <fcntl.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <time.h>
#include <pthread.h>
#include <sys/socket.h>
#include <sys/epoll.h>
#include <netinet/in.h>
#include <linux/tcp.h>
#include <arpa/inet.h>
static double now(void)
{
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec * 1e-9;
}
static char buf[1 << 18];
static const char *srv_cc;
static int conn(const char *ip, int port, const char *cc)
{
  struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons(port) };
  int s = socket(AF_INET, SOCK_STREAM, 0), i;
  inet_pton(AF_INET, ip, &a.sin_addr);
  if (cc && setsockopt(s, IPPROTO_TCP, TCP_CONGESTION, cc, strlen(cc)))
    perror(cc);
  for (i = 0; i < 50; i++) {
    if (!connect(s, (void *)&a, sizeof(a)))
      return s;
    usleep(100000);
  }
  perror("connect");
  exit(1);
}
static uint64_t acked(int s, uint32_t *retr)
{
  struct tcp_info ti;
  socklen_t l = sizeof(ti);
  memset(&ti, 0, sizeof(ti));
  getsockopt(s, IPPROTO_TCP, TCP_INFO, &ti, &l);
  if (retr)
    *retr = ti.tcpi_total_retrans;
  return ti.tcpi_bytes_acked;
}
static void *sink_t(void *p)
{
  int s = (int)(intptr_t)p;
  static char b[1 << 16];
  while (recv(s, b, sizeof(b), 0) > 0)
    ;
  close(s);
  return 0;
}
static void *src_t(void *p)
{
  int s = (int)(intptr_t)p;
  while (send(s, buf, sizeof(buf), MSG_NOSIGNAL) > 0)
    ;
  close(s);
  return 0;
}
static int lsock(int type, int port)
{
  struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons(port) };
  int s = socket(AF_INET, type, 0), one = 1;
  setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
  if (bind(s, (void *)&a, sizeof(a))) {
    perror("bind");
    exit(1);
  }
  if (type == SOCK_STREAM)
    listen(s, 1024);
  return s;
}
static void *acc_t(void *p)
{
  int port = (int)(intptr_t)p, l = lsock(SOCK_STREAM, port), s;
  pthread_t t;
  if (srv_cc && setsockopt(l, IPPROTO_TCP, TCP_CONGESTION, srv_cc, strlen(srv_cc)))
    perror(srv_cc);
  while ((s = accept(l, 0, 0)) >= 0) {
    pthread_create(&t, 0, port == 5001 ? sink_t : src_t, (void *)(intptr_t)s);
    pthread_detach(t);
  }
  return 0;
}
static void *udp_t(void *p)
{
  int s = lsock(SOCK_DGRAM, 7);
  struct sockaddr_in a;
  char b[2048];
  (void)p;
  for (;;) {
    socklen_t l = sizeof(a);
    ssize_t n = recvfrom(s, b, sizeof(b), 0, (void *)&a, &l);
    if (n >= 0)
      sendto(s, b, n, 0, (void *)&a, l);
  }
}
static void *http_t(void *p)
{
  int l = lsock(SOCK_STREAM, 8080), ep = epoll_create1(0), n, i, k;
  struct epoll_event ev = { .events = EPOLLIN, .data.fd = l }, e[64];
  static char rsp[700], rspc[700], rq[4096];
  int kc;
  (void)p;
  k = sprintf(rsp, "HTTP/1.1 200 OK\r\nServer: bench\r\nContent-Type: text/html\r\nContent-Length: 512\r\n\r\n");
  memset(rsp + k, 'x', 512);
  k += 512;
  kc = sprintf(
    rspc,
    "HTTP/1.1 200 OK\r\nServer: bench\r\nContent-Type: text/html\r\nContent-Length: 512\r\nConnection: close\r\n\r\n");
  memset(rspc + kc, 'x', 512);
  kc += 512;
  epoll_ctl(ep, EPOLL_CTL_ADD, l, &ev);
  for (;;) {
    n = epoll_wait(ep, e, 64, -1);
    for (i = 0; i < n; i++) {
      int s = e[i].data.fd;
      if (s == l) {
        int c = accept(l, 0, 0), one = 1;
        setsockopt(c, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
        ev.data.fd = c;
        epoll_ctl(ep, EPOLL_CTL_ADD, c, &ev);
        continue;
      }
      ssize_t r = recv(s, rq, sizeof(rq) - 1, 0);
      if (r <= 0) {
        close(s);
        continue;
      }
      rq[r] = 0;
      if (strstr(rq, "Connection: close")) {
        send(s, rspc, kc, MSG_NOSIGNAL);
        close(s);
      } else
        send(s, rsp, k, MSG_NOSIGNAL);
    }
  }
}
int main(int argc, char **argv)
{
  if (argc < 2)
    return 1;
  memset(buf, 'x', sizeof(buf));
  signal(SIGPIPE, SIG_IGN);
  if (!strcmp(argv[1], "serve")) {
    pthread_t t;
    if (argc > 2)
      srv_cc = argv[2];
    pthread_create(&t, 0, acc_t, (void *)5001);
    pthread_create(&t, 0, acc_t, (void *)5002);
    pthread_create(&t, 0, udp_t, 0);
    http_t(0);
  } else if (!strcmp(argv[1], "send")) {
    int s = conn(argv[2], atoi(argv[3]), argc > 5 ? argv[5] : NULL);
    double t0, d = atof(argv[4]), warm = d * 0.1;
    uint64_t a0 = 0;
    uint32_t r = 0;
    struct timeval tv = { 0, 200000 };
    setsockopt(s, SOL_SOCKET, SO_SNDTIMEO, &tv, sizeof(tv));
    t0 = now();
    double ts = t0;
    int st = 0;
    while (now() - t0 < d) {
      if (send(s, buf, sizeof(buf), 0) < 0 && errno != EAGAIN)
        break;
      if (!st && now() - t0 >= warm) {
        st = 1;
        a0 = acked(s, 0);
        ts = now();
      }
    }
    {
      uint64_t a1 = acked(s, &r);
      double t1 = now();
      printf("%.2f Mbit/s retrans %u\n", (a1 - a0) * 8 / (t1 - ts) / 1e6, r);
    }
    {
      struct linger lg = { 1, 0 };
      setsockopt(s, SOL_SOCKET, SO_LINGER, &lg, sizeof(lg));
      close(s);
    }
  } else if (!strcmp(argv[1], "recv")) {
    int s = conn(argv[2], atoi(argv[3]), NULL);
    double t0 = now(), d = atof(argv[4]), warm = d * 0.1, ts = t0;
    uint64_t n = 0;
    int st = 0;
    struct timeval tv = { 0, 200000 };
    setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof(tv));
    while (now() - t0 < d) {
      ssize_t r = recv(s, buf, sizeof(buf), 0);
      if (r == 0 || (r < 0 && errno != EAGAIN))
        break;
      if (r > 0)
        n += r;
      if (!st && now() - t0 >= warm) {
        st = 1;
        n = 0;
        ts = now();
      }
    }
    printf("%.2f Mbit/s\n", n * 8 / (now() - ts) / 1e6);
    {
      struct linger lg = { 1, 0 };
      setsockopt(s, SOL_SOCKET, SO_LINGER, &lg, sizeof(lg));
      close(s);
    }
  } else if (!strcmp(argv[1], "udp")) {
    struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons(atoi(argv[3])) };
    int s = socket(AF_INET, SOCK_DGRAM, 0), size = atoi(argv[5]), w = atoi(argv[6]), out = 0;
    double t0, d = atof(argv[4]);
    uint64_t sent = 0, got = 0, lost = 0;
    struct timeval tv = { 0, 100000 };
    char b[2048];
    inet_pton(AF_INET, argv[2], &a.sin_addr);
    if (connect(s, (void *)&a, sizeof(a)))
      return 1;
    setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof(tv));
    memset(b, 'u', sizeof(b));
    t0 = now();
    while (now() - t0 < d) {
      while (out < w) {
        if (send(s, b, size, 0) < 0)
          break;
        out++;
        sent++;
      }
      if (recv(s, b, sizeof(b), 0) < 0) {
        lost += out;
        out = 0;
        continue;
      }
      got++;
      out--;
    }
    printf("%.0f echoes/s lost %lu rtt_us %.1f\n", got / (now() - t0), (unsigned long)lost,
           w == 1 ? (now() - t0) * 1e6 / (got ? got : 1) : 0.0);
  }
  return 0;
}
