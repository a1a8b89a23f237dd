/* The ceiling: the least a user-space stack on a TAP can do. No stack at all:
 * ARP reply, ICMP echo and UDP echo by swapping addresses (checksums stay valid),
 * TCP 5001: a stateless-ish sink that only acknowledges every 2nd segment,
 * TCP 5002: a source that sends prebuilt segments as the peer's window allows. One connection each. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <stdint.h>
#include <unistd.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <time.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <linux/if.h>
#include <linux/if_tun.h>
static int fd;
static unsigned long rx, tx;
static const uint8_t mac[6] = { 2, 0x12, 0x34, 0x56, 0x78, 0xab };
static volatile sig_atomic_t want, stop;
static void on_usr1(int s)
{
  (void)s;
  want = 1;
}
static void on_term(int s)
{
  (void)s;
  stop = 1;
}
#define R16(p) ((uint16_t)((p)[0] << 8 | (p)[1]))
#define R32(p) ((uint32_t)(p)[0] << 24 | (uint32_t)(p)[1] << 16 | (uint32_t)(p)[2] << 8 | (p)[3])
#define W16(p, v) ((p)[0] = (uint8_t)((v) >> 8), (p)[1] = (uint8_t)(v))
#define W32(p, v) (W16(p, (v) >> 16), W16((p) + 2, (v)&0xffff))
static uint32_t sum(const uint8_t *d, int n, uint32_t s)
{
  for (; n > 1; n -= 2, d += 2)
    s += R16(d);
  if (n)
    s += d[0] << 8;
  while (s >> 16)
    s = (s & 0xffff) + (s >> 16);
  return s;
}
struct conn {
  uint8_t h[74];
  uint32_t rcv, nxt, una, wnd, wsc;
  int pend, open;
} sink, src;
static uint8_t pay[1460];
static uint32_t paysum;
static uint8_t frame[1514];
static void send_seg(struct conn *c, const uint8_t *in, int flags, int len)
{
  uint8_t *f = frame;
  int hl = (flags & 2) ? 28 : 20;
  uint8_t *t = f + 34;
  memcpy(f, c->h, 34 + 4);
  W16(f + 16, 20 + hl + len);
  f[24] = f[25] = 0;
  {
    uint32_t s = ~sum(f + 14, 20, 0);
    W16(f + 24, s & 0xffff);
  }
  (void)in;
  W32(t + 4, c->nxt);
  W32(t + 8, c->rcv);
  t[12] = (uint8_t)(hl << 2);
  t[13] = (uint8_t)flags;
  W16(t + 14, 2048);
  t[16] = t[17] = t[18] = t[19] = 0;
  if (flags & 2) {
    memcpy(t + 20, "\2\4\5\xb4\1\3\3\7", 8);
  }
  {
    uint32_t s = sum(f + 26, 8, 6 + hl + len);
    s = sum(t, hl, s) + (len ? paysum : 0);
    s = sum(0, 0, s);
    s = ~s;
    W16(t + 16, s & 0xffff);
  }
  c->nxt += len + ((flags & 3) ? 1 : 0);
  if (write(fd, f, 34 + hl + len) > 0)
    tx++;
}
static void setup(struct conn *c, const uint8_t *f)
{
  memset(c, 0, sizeof(*c));
  memcpy(c->h, f + 6, 6);
  memcpy(c->h + 6, mac, 6);
  memcpy(c->h + 12, f + 12, 2);
  memcpy(c->h + 14, "\x45\0\0\0\0\0\x40\0\x40\6\0\0", 12);
  memcpy(c->h + 26, f + 30, 4);
  memcpy(c->h + 30, f + 26, 4);
  memcpy(c->h + 34, f + 36, 2);
  memcpy(c->h + 36, f + 34, 2);
  c->rcv = R32(f + 38) + 1;
  c->nxt = 1000;
  c->una = 1000;
  c->open = 1;
  c->wsc = 0;
  {
    int o = 54, e = 34 + (f[46] >> 4) * 4;
    while (o < e && f[o]) {
      if (f[o] == 1) {
        o++;
        continue;
      }
      if (f[o] == 3)
        c->wsc = f[o + 2];
      o += f[o + 1] ? f[o + 1] : 1;
    }
  }
}
static void tcp(uint8_t *f)
{
  uint16_t dp = R16(f + 36);
  struct conn *c = dp == 5001 ? &sink : dp == 5002 ? &src : NULL;
  int fl = f[47], hl = (f[46] >> 4) * 4, len = R16(f + 16) - 20 - hl;
  uint32_t seq = R32(f + 38);
  if (!c)
    return;
  if (fl & 2) {
    setup(c, f);
    send_seg(c, f, 0x12, 0);
    return;
  }
  if (!c->open || (fl & 4)) {
    c->open = 0;
    return;
  }
  c->una = R32(f + 42);
  c->wnd = (uint32_t)R16(f + 48) << c->wsc;
  if (len && seq == c->rcv) {
    c->rcv += len;
    if (++c->pend >= 2) {
      c->pend = 0;
      send_seg(c, f, 0x10, 0);
    }
  } else if (len)
    send_seg(c, f, 0x10, 0);
  if (fl & 1) {
    c->rcv++;
    send_seg(c, f, 0x11, 0);
    c->open = 0;
    return;
  }
  if (c == &src) {
    memcpy(frame + 54, pay, 1460);
    while (c->nxt - c->una + 1460 <= c->wnd && c->nxt - c->una < (1u << 18))
      send_seg(c, f, 0x10, 1460);
  }
}
static int one(void)
{
  static uint8_t f[2048];
  ssize_t n = read(fd, f, sizeof(f));
  uint8_t t[6];
  if (n <= 0)
    return 0;
  rx++;
  if (R16(f + 12) == 0x0806 && R16(f + 20) == 1 && !memcmp(f + 38, "\x0a\0\0\2", 4)) {
    memcpy(f, f + 6, 6);
    memcpy(f + 6, mac, 6);
    W16(f + 20, 2);
    memcpy(f + 32, f + 22, 6);
    memcpy(f + 22, mac, 6);
    memcpy(t, f + 28, 4);
    memcpy(f + 28, f + 38, 4);
    memcpy(f + 38, t, 4);
    if (write(fd, f, n) > 0)
      tx++;
    return 1;
  }
  if (R16(f + 12) != 0x0800 || f[14] != 0x45)
    return 1;
  if (f[23] == 17 || (f[23] == 1 && f[34] == 8)) {
    memcpy(t, f, 6);
    memcpy(f, f + 6, 6);
    memcpy(f + 6, t, 6);
    memcpy(t, f + 26, 4);
    memcpy(f + 26, f + 30, 4);
    memcpy(f + 30, t, 4);
    if (f[23] == 17) {
      memcpy(t, f + 34, 2);
      memcpy(f + 34, f + 36, 2);
      memcpy(f + 36, t, 2);
    } else {
      uint32_t s = R16(f + 36);
      f[34] = 0;
      s += 0x0800;
      s = (s & 0xffff) + (s >> 16);
      W16(f + 36, s);
    }
    if (write(fd, f, n) > 0)
      tx++;
  } else if (f[23] == 6)
    tcp(f);
  return 1;
}
int main(int argc, char **argv)
{
  struct ifreq ifr;
  memset(&ifr, 0, sizeof(ifr));
  (void)argc;
  fd = open("/dev/net/tun", O_RDWR | O_NONBLOCK);
  ifr.ifr_flags = IFF_TAP | IFF_NO_PI;
  strncpy(ifr.ifr_name, argv[1], IFNAMSIZ - 1);
  if (fd < 0 || ioctl(fd, TUNSETIFF, &ifr) < 0) {
    perror("tap");
    return 1;
  }
  signal(SIGUSR1, on_usr1);
  signal(SIGTERM, on_term);
  memset(pay, 'x', sizeof(pay));
  paysum = sum(pay, 1460, 0);
  while (!stop) {
    struct pollfd p = { fd, POLLIN, 0 };
    if (!one())
      poll(&p, 1, 500);
    if (want) {
      struct rusage r;
      want = 0;
      getrusage(RUSAGE_SELF, &r);
      fprintf(stderr, "rx %lu tx %lu txdrop 0 nobuf 0 user %ld.%03ld sys %ld.%03ld\n", rx, tx, (long)r.ru_utime.tv_sec,
              (long)r.ru_utime.tv_usec / 1000, (long)r.ru_stime.tv_sec, (long)r.ru_stime.tv_usec / 1000);
    }
  }
  return 0;
}
