/**
 * The whole stack on the STM32 driver on its twin, on a TAP device: twin_tap IF.  10.7.0.2 answers pings and serves HTTP on
 * port 80: /N sends N octets of a pattern, from memory the DMA reaches and from memory it does not.
 *
 * Virtual time follows real time; between two frames the twin is as adverse as in the other tests.
 */
#define _GNU_SOURCE
#include "bench.h"
#include "lwip/tcp.h"
#include "lwip/timeouts.h"
#include "netif/stm32_eth.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

enum { PERIOD = 251, CHUNK = PERIOD * 16 };

static int tap;
static struct twin_frame waiting; /**< read from the TAP, not taken by the MAC yet */
static volatile sig_atomic_t stop;

/* The head is constant: it lies where the DMA cannot read, and has to be copied. */
static const uint8_t head_text[] =
  "HTTP/1.0 200 OK\r\nContent-Type: application/octet-stream\r\nConnection: close\r\n\r\n";
static uint8_t pattern[CHUNK];

static void on_signal(int number)
{
  (void)number;
  stop = 1;
}

static uint64_t real_ns(void)
{
  struct timespec t;

  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

/* ---- HTTP ---- */

struct request {
  uint32_t left, at;
  bool begun;
};

static void more(struct tcp_pcb *pcb, struct request *r)
{
  while (r->begun && r->left > 0) {
    uint16_t n =
      (uint16_t)LWIP_MIN(r->left, LWIP_MIN((uint32_t)tcp_sndbuf(pcb), (uint32_t)(CHUNK - r->at % PERIOD - 1)));

    n = LWIP_MIN(n, 1200);
    if (n == 0 || tcp_write(pcb, pattern + r->at % PERIOD, n, (r->at & 1) != 0 ? TCP_WRITE_FLAG_COPY : 0) != ERR_OK) {
      break;
    }
    r->at += n;
    r->left -= n;
  }
  if (r->begun && r->left == 0) {
    r->begun = false;
    tcp_close(pcb);
  }
  tcp_output(pcb);
}

static err_t on_sent(void *arg, struct tcp_pcb *pcb, u16_t len)
{
  (void)len;
  more(pcb, (struct request *)arg);
  return ERR_OK;
}

static err_t on_recv(void *arg, struct tcp_pcb *pcb, struct pbuf *p, err_t err)
{
  struct request *r = (struct request *)arg;
  char line[32];

  (void)err;
  if (p == NULL) {
    tcp_arg(pcb, NULL);
    tcp_sent(pcb, NULL);
    tcp_recv(pcb, NULL);
    free(r);
    return tcp_close(pcb);
  }
  tcp_recved(pcb, p->tot_len);
  line[pbuf_copy_partial(p, line, sizeof line - 1, 0)] = 0;
  pbuf_free(p);
  if (!r->begun && strncmp(line, "GET /", 5) == 0) {
    r->begun = true;
    r->left = (uint32_t)strtoul(line + 5, NULL, 10);
    tcp_write(pcb, head_text, sizeof head_text - 1, 0);
    more(pcb, r);
  }
  return ERR_OK;
}

static void on_error(void *arg, err_t err)
{
  (void)err;
  free(arg);
}

static err_t on_accept(void *arg, struct tcp_pcb *pcb, err_t err)
{
  (void)arg;
  (void)err;
  tcp_arg(pcb, calloc(1, sizeof(struct request)));
  tcp_recv(pcb, on_recv);
  tcp_sent(pcb, on_sent);
  tcp_err(pcb, on_error);
  return ERR_OK;
}

static void serve(void)
{
  struct tcp_pcb *pcb = tcp_new();
  unsigned i;

  for (i = 0; i < CHUNK; i++) {
    pattern[i] = (uint8_t)(i % PERIOD);
  }
  tcp_bind(pcb, IP4_ADDR_ANY, 80);
  pcb = tcp_listen(pcb);
  tcp_accept(pcb, on_accept);
}

/* ---- TAP ---- */

static void has_sent(const uint8_t *octets, size_t len)
{
  if (write(tap, octets, len) < 0 && errno != EAGAIN && errno != EIO) {
    perror("twin_tap: write");
  }
}

static int open_tap(const char *name)
{
  struct ifreq ifr;
  const int fd = open("/dev/net/tun", O_RDWR | O_NONBLOCK);

  memset(&ifr, 0, sizeof ifr);
  ifr.ifr_flags = IFF_TAP | IFF_NO_PI;
  strncpy(ifr.ifr_name, name, IFNAMSIZ - 1);
  if (fd < 0 || ioctl(fd, TUNSETIFF, &ifr) < 0) {
    perror(name);
    exit(2);
  }
  return fd;
}

/** Take one frame from the TAP to the MAC.  @return false: none there, or no room */
static bool carry(void)
{
  if (waiting.len == 0) {
    const ssize_t n = read(tap, waiting.octets, 1514);

    if (n < 14) {
      return false;
    }
    waiting.len = (uint16_t)(n < 60 ? 60 : n);
    memset(waiting.octets + n, 0, n < 60 ? 60u - (size_t)n : 0);
  }
  if (!twin_receive(&waiting)) {
    return false;
  }
  waiting.len = 0;
  return true;
}

static void turn(void)
{
  struct pollfd p = { tap, POLLIN, 0 };

  if (!stm32_eth_pending() && mac_idle() && waiting.len == 0) {
    (void)poll(&p, 1, 2);
  }
  while (carry()) {
    twin_pass_us(1);
  }
  (void)stm32_eth_poll(&bench_nif);
  sys_check_timeouts();
}

int main(int argc, char **argv)
{
  ip4_addr_t ip, mask, gw;
  uint64_t begun;

  signal(SIGTERM, on_signal);
  signal(SIGINT, on_signal);
  tap = open_tap(argc > 1 ? argv[1] : "tap0");
  bench_boot(argc > 2 ? strtoull(argv[2], NULL, 10) : 1, PHY_LAN8742, 0, true);
  twin.sent = has_sent;
  IP4_ADDR(&ip, 10, 7, 0, 2);
  IP4_ADDR(&mask, 255, 255, 255, 0);
  IP4_ADDR(&gw, 10, 7, 0, 1);
  netif_set_addr(&bench_nif, &ip, &mask, &gw);
  netif_set_default(&bench_nif);
  serve();
  begun = real_ns() - twin.now_ns;
  while (!stop) {
    const uint64_t now = real_ns() - begun;

    twin_pass_us(now > twin.now_ns + 5000 ? (now - twin.now_ns) / 1000 : 5);
    turn();
  }
  printf("%u received, %u sent, %u copied, %u refused, %u stalls, %u bus errors\n",
         (unsigned)stm32_eth_counters.rx_frames, (unsigned)stm32_eth_counters.tx_frames,
         (unsigned)stm32_eth_counters.tx_copied, (unsigned)stm32_eth_counters.tx_full,
         (unsigned)stm32_eth_counters.stalls, (unsigned)stm32_eth_counters.bus_errors);
  return 0;
}
