/**
 * The STM32 driver with its receive thread, on its twin, under an RTOS: twin_rtos [--seed N] [--frames N].
 *
 * The stack is that of programs with threads, its port that of FreeRTOS or CMSIS-RTOS2 over the stand-ins of test/rtos.  A
 * thread is the world: it moves the machine and is the station at the other end of the cable.  Interrupts come in between any
 * two accesses of any thread that has not masked them, and whenever the world moves the machine.
 */
#define _GNU_SOURCE
#include "lwip/api.h"
#include "lwip/stats.h"
#include "lwip/sys.h"
#include "lwip/tcpip.h"
#include "netif/stm32_eth.h"
#include "rtos_sim.h"
#include "stack/port/stm32/stm32_desc.h"
#include "stack/port/stm32/stm32_pool.h"
#include "twin.h"
#include "twin_rtos_hw.h"
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ETH_IRQ = 61 + 16, PATIENCE_MS = 60000, WINDOW = 4, SENDERS = 2, HEADERS = 42, TEXT_MAX = 1472 };
enum { ECHO_PORT = 7, SINK_PORT = 9000 };

static struct netif nif;
static struct stm32_eth_config config;
static const uint8_t our_mac[6] = { 0x02, 0x80, 0xE1, 0x10, 0x20, 0x30 };
static const uint8_t peer_mac[6] = { 0x02, 0, 0, 0, 0, 1 };
static const uint8_t our_ip[4] = { 10, 7, 0, 2 }, peer_ip[4] = { 10, 7, 0, 1 };

#define need(condition, ...)                     \
  do {                                           \
    if (!(condition)) {                          \
      fprintf(stderr, "failed: " __VA_ARGS__);   \
      fprintf(stderr, " (line %d)\n", __LINE__); \
      exit(1);                                   \
    }                                            \
  } while (0)

#if defined(__SANITIZE_THREAD__)
/* What is volatile is shared with interrupts, octet by octet, on one processor: no race (--param tsan-distinguish-volatile=1). */
#define VOLATILE(n)                      \
  void __tsan_volatile_read##n(void *);  \
  void __tsan_volatile_read##n(void *p)  \
  {                                      \
    (void)p;                             \
  }                                      \
  void __tsan_volatile_write##n(void *); \
  void __tsan_volatile_write##n(void *p) \
  {                                      \
    (void)p;                             \
  }
VOLATILE(1)
VOLATILE(2)
VOLATILE(4)
VOLATILE(8)
#endif

/* ---- The machine: interrupts masked is the machine to oneself ---- */

uint32_t twin_enter(void)
{
  uint32_t was = sim_irq_save();

  twin.interrupts = was == 0;
  return was;
}

void twin_leave(uint32_t was)
{
  sim_irq_restore(was);
}

static void in_irq(void)
{
  sim_interrupt_here(ETH_IRQ, stm32_eth_irq);
}

const struct stm32_eth_config *stm32_eth_board(void)
{
  return &config;
}

/* ---- The station at the other end: all of it while the machine is one's own ---- */

struct datagram {
  uint16_t len;
  uint8_t text[TEXT_MAX];
};

static struct {
  struct twin_frame out[8]; /**< to be received by the MAC, in order */
  unsigned out_first, out_n;
  struct datagram expected[WINDOW]; /**< echoes under way, in order */
  unsigned first, n;
  unsigned long echoed, sunk[SENDERS]; /**< datagrams that came back, and that came by themselves */
  bool lossy;                          /**< the link was down: what comes has to be right and in order all the same */
} peer;

static uint16_t sum16(const uint8_t *p, unsigned n)
{
  uint32_t sum = 0;
  unsigned i;

  for (i = 0; i < n; i += 2) {
    sum += (uint32_t)(p[i] << 8 | p[i + 1]);
  }
  sum = (sum & 0xFFFF) + (sum >> 16);
  return (uint16_t) ~(sum + (sum >> 16));
}

static void put16(uint8_t *p, unsigned value)
{
  p[0] = (uint8_t)(value >> 8);
  p[1] = (uint8_t)value;
}

static unsigned get16(const uint8_t *p)
{
  return (unsigned)(p[0] << 8 | p[1]);
}

static struct twin_frame *new_frame(unsigned type)
{
  struct twin_frame *f = &peer.out[(peer.out_first + peer.out_n) % 8];

  if (peer.out_n == 8) {
    return NULL;
  }
  peer.out_n++;
  memset(f, 0, sizeof *f);
  f->len = 60;
  memcpy(f->octets, our_mac, 6);
  memcpy(f->octets + 6, peer_mac, 6);
  put16(f->octets + 12, type);
  return f;
}

static void arp_reply(void)
{
  static const uint8_t head[8] = { 0, 1, 8, 0, 6, 4, 0, 2 };
  struct twin_frame *f = new_frame(0x0806);

  if (f != NULL) {
    memcpy(f->octets + 14, head, sizeof head);
    memcpy(f->octets + 22, peer_mac, 6);
    memcpy(f->octets + 28, peer_ip, 4);
    memcpy(f->octets + 32, our_mac, 6);
    memcpy(f->octets + 38, our_ip, 4);
  }
}

static bool ask_echo(const struct datagram *d)
{
  struct twin_frame *f = new_frame(0x0800);
  uint8_t *ip;

  if (f == NULL) {
    return false;
  }
  ip = f->octets + 14;
  ip[0] = 0x45;
  put16(ip + 2, 28u + d->len);
  ip[8] = 64;
  ip[9] = 17;
  memcpy(ip + 12, peer_ip, 4);
  memcpy(ip + 16, our_ip, 4);
  put16(ip + 10, sum16(ip, 20));
  put16(ip + 20, 5000);
  put16(ip + 22, ECHO_PORT);
  put16(ip + 24, 8u + d->len);
  memcpy(ip + 28, d->text, d->len);
  f->len = (uint16_t)(HEADERS + d->len < 60 ? 60 : HEADERS + d->len);
  return true;
}

static void take_echo(const uint8_t *text, unsigned len)
{
  while (peer.n > 0) {
    const struct datagram *d = &peer.expected[peer.first];
    bool same = d->len == len && memcmp(d->text, text, len) == 0;

    need(same || peer.lossy, "an echo is lost, torn or out of order: %u octets for %u", len, d->len);
    peer.first = (peer.first + 1) % WINDOW;
    peer.n--;
    if (same) {
      peer.echoed++;
      return;
    }
  }
  need(peer.lossy, "an echo nobody asked for");
}

/** Number of the datagram, then octets that follow from it. */
static void take_sunk(unsigned sender, const uint8_t *text, unsigned len)
{
  unsigned long number = (unsigned long)get16(text) << 16 | get16(text + 2);
  unsigned i;

  need(sender < SENDERS && len >= 4, "a datagram for port %u", SINK_PORT + sender);
  need(peer.lossy ? number >= peer.sunk[sender] : number == peer.sunk[sender], "datagram %lu instead of %lu", number,
       peer.sunk[sender]);
  for (i = 4; i < len; i++) {
    need(text[i] == (uint8_t)(number + i), "octet %u of datagram %lu", i, number);
  }
  peer.sunk[sender] = number + 1;
}

static void has_sent(const uint8_t *f, size_t len)
{
  const uint8_t *udp = f + 34;

  if (get16(f + 12) == 0x0806) {
    if (get16(f + 20) == 1 && memcmp(f + 38, peer_ip, 4) == 0) {
      arp_reply();
    }
    return;
  }
  if (get16(f + 12) != 0x0800 || f[23] != 17 || memcmp(f + 30, peer_ip, 4) != 0) {
    return;
  }
  need(twin_sum_check(f, len).verdict == SUM_GOOD, "a checksum is wrong");
  need(get16(udp + 4) >= 8 && get16(udp + 4) + 34 <= len, "length of a datagram");
  if (get16(udp) == ECHO_PORT) {
    take_echo(udp + 8, get16(udp + 4) - 8);
  } else {
    take_sunk(get16(udp + 2) - SINK_PORT, udp + 8, get16(udp + 4) - 8);
  }
}

/* ---- The world ---- */

static volatile bool world_ends;

static uint64_t real_us(void)
{
  struct timespec t;

  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000000u + (uint64_t)t.tv_nsec / 1000u;
}

static void deliver(void)
{
  while (peer.out_n > 0 && twin_receive(&peer.out[peer.out_first])) {
    peer.out_first = (peer.out_first + 1) % 8;
    peer.out_n--;
  }
}

/** The machine's time does not fall behind the clock by which the stack measures it. */
static void *world(void *arg)
{
  uint64_t last = real_us(), now;

  while (!world_ends) {
    uint32_t was = twin_enter();

    now = real_us();
    deliver();
    twin_pass_us(LWIP_MAX(LWIP_MIN(now - last, 5000), 20));
    last = now;
    twin_leave(was);
    sched_yield();
  }
  return arg;
}

/** Until @p done(), while others work. */
static void await(bool (*done)(void), const char *what)
{
  unsigned ms;

  for (ms = 0; !done(); ms++) {
    need(ms < PATIENCE_MS, "%s: not within %d s", what, PATIENCE_MS / 1000);
    sys_msleep(1);
  }
}

/* ---- The program ---- */

static struct netconn *echo_conn;
static sys_sem_t sender_done;
static unsigned long to_send, numbers[SENDERS]; /**< of the next datagram; the sender's while it runs */

static void echo(void *arg)
{
  struct netbuf *buf;

  LWIP_UNUSED_ARG(arg);
  while (netconn_recv(echo_conn, &buf) == ERR_OK) {
    while (netconn_send(echo_conn, buf) == ERR_MEM) {
      sys_msleep(1); /* the ring is full */
    }
    netbuf_delete(buf);
  }
}

static void fill(uint8_t *text, unsigned long number, unsigned len)
{
  unsigned i;

  put16(text, (unsigned)(number >> 16));
  put16(text + 2, (unsigned)number & 0xFFFF);
  for (i = 4; i < len; i++) {
    text[i] = (uint8_t)(number + i);
  }
}

/** Sends while others do. */
static void sender(void *arg)
{
  static uint8_t text[SENDERS][TEXT_MAX];
  unsigned me = (unsigned)(uintptr_t)arg;
  struct netconn *conn = netconn_new(NETCONN_UDP);
  const unsigned long end = numbers[me] + to_send;
  ip_addr_t to;

  IP_ADDR4(&to, 10, 7, 0, 1);
  need(conn != NULL && netconn_connect(conn, &to, (u16_t)(SINK_PORT + me)) == ERR_OK, "no connection");
  while (numbers[me] < end) {
    unsigned len = 4 + (unsigned)(numbers[me] * 37 % (TEXT_MAX - 4));
    struct netbuf *buf = netbuf_new();

    fill(text[me], numbers[me], len);
    need(buf != NULL && netbuf_ref(buf, text[me], (u16_t)len) == ERR_OK, "no netbuf");
    while (netconn_send(conn, buf) == ERR_MEM) {
      sys_msleep(1);
    }
    netbuf_delete(buf);
    numbers[me]++;
  }
  netconn_delete(conn);
  sys_sem_signal(&sender_done);
}

/* ---- The test ---- */

static unsigned long wanted, sunk_before[SENDERS];

static bool window_open(void)
{
  uint32_t was = twin_enter();
  bool open = (peer.lossy || peer.n < WINDOW) && peer.out_n < 4;

  twin_leave(was);
  return open;
}

static bool all_back(void)
{
  uint32_t was = twin_enter();
  bool all = peer.n == 0 && peer.out_n == 0;

  twin_leave(was);
  return all;
}

static bool all_sunk(void)
{
  uint32_t was = twin_enter();
  bool all = true;
  unsigned i;

  for (i = 0; i < SENDERS; i++) {
    all = all && peer.sunk[i] == sunk_before[i] + wanted;
  }
  twin_leave(was);
  return all;
}

static void ask_one(void)
{
  static struct datagram d;
  uint32_t was;
  unsigned i;

  await(window_open, "room for an echo");
  was = twin_enter();
  if (peer.n == WINDOW) { /* the oldest is lost */
    peer.first = (peer.first + 1) % WINDOW;
    peer.n--;
  }
  d.len = (uint16_t)twin_chance(TEXT_MAX + 1);
  for (i = 0; i < d.len; i++) {
    d.text[i] = (uint8_t)twin_chance(256);
  }
  peer.expected[(peer.first + peer.n++) % WINDOW] = d;
  need(ask_echo(&d), "no room for a frame");
  twin_leave(was);
}

static void start_senders(unsigned long frames)
{
  unsigned i;

  wanted = to_send = frames;
  for (i = 0; i < SENDERS; i++) {
    sunk_before[i] = peer.sunk[i];
    (void)sys_thread_new("sender", sender, (void *)(uintptr_t)i, 4096, 1);
  }
}

static void join_senders(void)
{
  unsigned i;

  for (i = 0; i < SENDERS; i++) {
    sys_sem_wait(&sender_done);
  }
}

/** Both ways at once: nothing may be lost. */
static void traffic(unsigned long frames)
{
  unsigned long i;

  ask_one(); /* each end knows the other's address then */
  await(all_back, "the first echo");
  start_senders(frames);
  for (i = 0; i < frames; i++) {
    ask_one();
  }
  await(all_back, "the last echo");
  join_senders();
  await(all_sunk, "the last datagram");
}

static bool link_is(void)
{
  bool up;

  LOCK_TCPIP_CORE();
  up = netif_is_link_up(&nif);
  UNLOCK_TCPIP_CORE();
  return up;
}

static bool link_is_not(void)
{
  return !link_is();
}

static void set_cable(bool in)
{
  uint32_t was = twin_enter();

  phy_set_cable(in);
  twin_leave(was);
}

static bool is_idle(void)
{
  uint32_t was = twin_enter();
  bool idle = mac_idle();

  twin_leave(was);
  return idle;
}

static void set_lossy(void)
{
  uint32_t was = twin_enter();

  peer.lossy = true;
  twin_leave(was);
}

/** One echo after the other until one comes back: then all that came before it has come, or was lost. */
static void settle(void)
{
  uint32_t was;
  unsigned i, ms;

  do {
    ask_one();
    for (ms = 0; ms < 300 && !all_back(); ms++) {
      sys_msleep(1);
    }
  } while (!all_back());
  await(is_idle, "nothing under way");
  was = twin_enter();
  peer.lossy = false;
  for (i = 0; i < SENDERS; i++) {
    peer.sunk[i] = numbers[i];
  }
  twin_leave(was);
}

/** The cable is pulled out while everything is under way, and put back. */
static void flap(unsigned long frames)
{
  set_lossy();
  start_senders(frames);
  ask_one();
  set_cable(false);
  await(link_is_not, "link down");
  set_cable(true);
  await(link_is, "link up");
  join_senders();
  settle();
  traffic(frames / 10 + 1);
}

static void start_driver(void)
{
  ip4_addr_t ip, mask, gw;

  IP4_ADDR(&ip, 10, 7, 0, 2);
  IP4_ADDR(&mask, 255, 255, 255, 0);
  IP4_ADDR(&gw, 10, 7, 0, 1);
  LOCK_TCPIP_CORE();
  need(netif_add(&nif, &ip, &mask, &gw, &config, ethernetif_init, tcpip_input) != NULL, "the driver does not start");
  netif_set_default(&nif);
  netif_set_up(&nif);
  UNLOCK_TCPIP_CORE();
  await(link_is, "link up");
}

static unsigned free_buffers(void)
{
  struct stm32_buf *taken[LWIP_X_STM32_ETH_BUFS], *b;
  unsigned n = 0, i;

  LOCK_TCPIP_CORE();
  while ((b = stm32_pool_take()) != NULL) {
    taken[n++] = b;
  }
  for (i = n; i > 0; i--) {
    stm32_pool_give(taken[i - 1]);
  }
  UNLOCK_TCPIP_CORE();
  return n;
}

static bool is_quiet(void)
{
  uint32_t was = twin_enter();
  bool quiet = mac_idle() && !mac_rx_on();

  twin_leave(was);
  return quiet;
}

/** The driver stops with its thread asleep, takes nothing along, and its interrupt is silent. */
static void stop_driver(void)
{
  unsigned long irqs;
  uint32_t was;

  LOCK_TCPIP_CORE();
  netif_set_down(&nif);
  stm32_eth_deinit(&nif);
  netif_remove(&nif);
  UNLOCK_TCPIP_CORE();
  await(is_quiet, "the MAC stops");
  need(free_buffers() == LWIP_X_STM32_ETH_BUFS, "%u of %u buffers are free", free_buffers(), LWIP_X_STM32_ETH_BUFS);
  was = twin_enter();
  irqs = twin.irqs;
  twin_leave(was);
  sys_msleep(30);
  was = twin_enter();
  need(twin.irqs == irqs, "an interrupt after the end");
  twin_leave(was);
}

static void ready(void *arg)
{
  sys_sem_signal((sys_sem_t *)arg);
}

static void boot(uint64_t seed)
{
  sys_sem_t started;

  twin_init(seed, 168000000);
  phy_init(PHY_LAN8742, 0);
  twin_mem_init(false);
  twin.irq = in_irq;
  twin.sent = has_sent;
  config.hclk_hz = twin.hclk_hz;
  config.phy = STM32_ETH_PHY_FIND;
  memcpy(config.mac, our_mac, 6);
  need(sys_sem_new(&started, 0) == ERR_OK, "no semaphore");
  tcpip_init(ready, &started);
  sys_sem_wait(&started);
  sys_sem_free(&started);
  need(sys_sem_new(&sender_done, 0) == ERR_OK, "no semaphore");
}

int main(int argc, char **argv)
{
  unsigned long frames = 1000;
  uint64_t seed = 1;
  size_t used = 0;
  pthread_t world_thread;
  int i;

  for (i = 1; i + 1 < argc; i += 2) {
    if (strcmp(argv[i], "--seed") == 0) {
      seed = strtoull(argv[i + 1], NULL, 10);
    } else if (strcmp(argv[i], "--frames") == 0) {
      frames = strtoul(argv[i + 1], NULL, 10);
    }
  }
  boot(seed);
  need(pthread_create(&world_thread, NULL, world, NULL) == 0, "no world");
  echo_conn = netconn_new(NETCONN_UDP);
  need(echo_conn != NULL && netconn_bind(echo_conn, NULL, ECHO_PORT) == ERR_OK, "no echo");
  (void)sys_thread_new("echo", echo, NULL, 4096, 1);
  for (i = 0; i < 3; i++) {
    start_driver();
    traffic(frames);
    flap(frames / 10);
    stop_driver();
    need(i == 0 || lwip_stats.mem.used == used, "%u octets of the heap are in use, %u after the first time",
         (unsigned)lwip_stats.mem.used, (unsigned)used);
    used = lwip_stats.mem.used;
  }
  world_ends = true;
  pthread_join(world_thread, NULL);
  printf("ok   %lu echoes, %lu and %lu datagrams, %lu interrupts, link lost 3 times, 3 starts and stops\n", peer.echoed,
         peer.sunk[0], peer.sunk[1], twin.irqs);
  printf("1 passed, 0 failed\n");
  return 0;
}
