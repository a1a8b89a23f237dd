/** The driver on the twin: main loop, frames of chance, and the check of what comes out. */
#include "bench.h"
#include "frames.h"
#include "lwip/etharp.h"
#include "lwip/init.h"
#include "lwip/memp.h"
#include "lwip/stats.h"
#include "lwip/timeouts.h"
#include "netif/ethernet.h"
#include "stack/port/stm32/stm32_desc.h"
#include "stack/port/stm32/stm32_pool.h"
#include "test_port.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { QUEUE = 256, HELD = 32, CHAIN = 20, ROOM = 4096 };

struct netif bench_nif;
struct stm32_eth_config bench_config;
struct bench_counts bench;
bool bench_lossy;
unsigned bench_hold;
s32_t bench_tci;

/** Frames that must come out, in order. */
struct expected {
  struct twin_frame frame[QUEUE];
  unsigned first, n;
};
static struct expected up, out;

static struct held {
  struct pbuf *p;
  struct twin_frame copy;
} held[HELD];
static unsigned n_held;

static size_t heap_before;
static bool to_stack;

/** What the DMA does not reach: the driver has to copy from here. */
static uint8_t far_memory[ROOM] __attribute__((aligned(32)));
static uint8_t near_memory[64][ROOM / 2];
static unsigned next_near;

void bench_fail(const char *fmt, ...)
{
  va_list ap;

  va_start(ap, fmt);
  fprintf(stderr, "failed: ");
  vfprintf(stderr, fmt, ap);
  fprintf(stderr, " (at %llu us)\n", (unsigned long long)(twin.now_ns / 1000));
  va_end(ap);
  exit(1);
}

u32_t sys_now(void)
{
  return (u32_t)(twin.now_ns / 1000000);
}

u32_t sys_jiffies(void)
{
  return sys_now();
}

s32_t bench_tag_out(void)
{
  return bench_tci;
}

int bench_tag_in(const void *tag)
{
  const uint8_t *t = (const uint8_t *)tag;
  const int vid = (t[0] & 15) << 8 | t[1];

  return bench_tci < 0 || vid == (bench_tci & 0xFFF);
}

const struct stm32_eth_config *stm32_eth_board(void)
{
  return &bench_config;
}

/* ---- expectations ---- */

static void expect(struct expected *e, const struct twin_frame *f)
{
  need(e->n < QUEUE, "too many frames under way");
  e->frame[(e->first + e->n++) % QUEUE] = *f;
}

static bool is_same(const struct twin_frame *f, const uint8_t *octets, size_t len)
{
  return f->len == len && memcmp(f->octets, octets, len) == 0;
}

/** The frame at @p octets has come out: it must be the next one. */
static struct twin_frame *meet(struct expected *e, const uint8_t *octets, size_t len, const char *what)
{
  struct twin_frame *f = NULL;

  while (e->n > 0) {
    f = &e->frame[e->first];
    e->first = (e->first + 1) % QUEUE;
    e->n--;
    if (is_same(f, octets, len)) {
      return f;
    }
    if (!bench_lossy) {
      size_t i;

      for (i = 0; i < len && i < f->len && octets[i] == f->octets[i]; i++) {}
      bench_fail("%s: lost, torn or out of order: %zu octets instead of %u, different from octet %zu on", what, len,
                 f->len, i);
    }
  }
  bench_fail("%s: nobody has sent this frame (%zu octets)", what, len);
}

/* ---- received ---- */

static void check_mark(const struct pbuf *p, const struct twin_frame *f)
{
  const struct twin_sum_status s = twin_sum_check(f->octets, f->len);
  const bool marked = (p->flags & PBUF_FLAG_X_CHECKED) != 0;
  const bool right = s.verdict == SUM_GOOD && s.type != 0;

  need(!marked || right, "marked as checked though it is not (verdict %d)", (int)s.verdict);
  need(marked || !right || !LWIP_X_STM32_ETH_CHECKSUMS, "checked by the MAC and not marked");
  bench.checked += marked;
}

/** The frame as it came.  @return octets */
static size_t flatten(const struct pbuf *p, uint8_t *flat)
{
  pbuf_copy_partial(p, flat, p->tot_len, 0);
  if (p->x_tci < 0) {
    need(!BENCH_TAGS || !twin_is_tagged(flat), "a tag comes up in its frame");
    return p->tot_len;
  }
  twin_tag_put(flat, p->tot_len, (uint16_t)p->x_tci);
  return p->tot_len + 4u;
}

/** Whoever holds a packet may write to it before it is freed. */
static void scribble(struct pbuf *p)
{
  if (twin_chance(2) == 0) {
    memset((uint8_t *)p->payload + twin_chance(p->len), 0x77, 1);
  }
}

static void let_go(unsigned i)
{
  static uint8_t flat[FRAME_ROOM];
  struct pbuf *p = held[i].p;

  need(is_same(&held[i].copy, flat, flatten(p, flat)), "a received packet changed while it was held");
  held[i] = held[--n_held];
  scribble(p);
  pbuf_free(p);
}

static void keep(struct pbuf *p, const struct twin_frame *f)
{
  held[n_held].p = p;
  held[n_held++].copy = *f;
}

static err_t take(struct pbuf *p, struct netif *nif)
{
  static uint8_t flat[FRAME_ROOM];
  const struct twin_frame *f;

  need(nif == &bench_nif, "frame for another interface");
  if (p->tot_len + 4u > sizeof flat) {
    bench_fail("frame of %u octets", p->tot_len);
  }
  f = meet(&up, flat, flatten(p, flat), "received");
  need(!f->damaged, "a damaged frame came up");
  check_mark(p, f);
  bench.taken++;
  if (twin_chance(50) == 0) {
    return ERR_MEM; /* not taken: the driver frees it */
  }
  if (p->next == NULL && n_held < bench_hold && n_held < HELD) {
    keep(p, f);
  } else {
    scribble(p);
    pbuf_free(p);
  }
  if (n_held > 0 && twin_chance(3) == 0) {
    let_go(twin_chance(n_held));
  }
  return ERR_OK;
}

bool bench_receive_random(void)
{
  static struct twin_frame f;

  bench_make_frame(&f);
  if (twin_chance(40) == 0) {
    f.damaged = true;
  } else if (up.n >= QUEUE / 2) {
    return false;
  }
  if (!twin_receive(&f)) {
    return false;
  }
  if (f.damaged) {
    bench.damaged++;
  } else {
    expect(&up, &f);
    bench.given++;
  }
  return true;
}

void bench_make_frame(struct twin_frame *f)
{
  frame_random(f, bench_nif.hwaddr, true);
  f->damaged = false;
}

void bench_receive(const struct twin_frame *f, bool wanted)
{
  while (!twin_receive(f)) {
    bench_run_us(100);
  }
  if (wanted) {
    expect(&up, f);
    bench.given++;
  }
}

/* ---- sent ---- */

static void has_sent(const uint8_t *octets, size_t len)
{
  if (to_stack) {
    return;
  }
  (void)meet(&out, octets, len, "sent");
  bench.sent++;
}

void bench_make_sent(struct twin_frame *f, struct twin_frame *wire)
{
  frame_random(f, bench_nif.hwaddr, false);
  *wire = *f;
  if (LWIP_X_STM32_ETH_CHECKSUMS) {
    frame_open_sums(f);
  }
  while (wire->len < 60) {
    wire->octets[wire->len++] = 0;
  }
}

static struct pbuf *piece(const uint8_t *octets, u16_t len, bool first)
{
  struct pbuf *p;
  uint8_t *to;

  switch (twin_chance(first ? 3 : 6)) {
    case 3:
      p = pbuf_alloc(PBUF_RAW, len, PBUF_ROM);
      to = far_memory + twin_chance(ROOM - len);
      break;
    case 4:
      p = pbuf_alloc(PBUF_RAW, len, PBUF_REF);
      to = near_memory[next_near++ % 64] + twin_chance(ROOM / 2 - len);
      break;
    case 5:
      p = pbuf_alloc(PBUF_RAW, len, PBUF_ROM);
      to = near_memory[next_near++ % 64] + twin_chance(ROOM / 2 - len);
      break;
    default:
      p = pbuf_alloc(PBUF_RAW, len, PBUF_RAM);
      to = NULL;
      break;
  }
  if (p == NULL) {
    return NULL;
  }
  if (to != NULL) {
    p->payload = to;
  }
  memcpy(p->payload, octets, len);
  return p;
}

/** The frame as a chain, cut at places of chance; sometimes a piece is empty. */
static struct pbuf *chain(const struct twin_frame *f, unsigned pieces)
{
  struct pbuf *head = NULL, *p;
  u16_t at = 0, n;
  bool far_used = false;

  while (at < f->len) {
    n = pieces-- > 1 ? (u16_t)twin_chance(f->len - at) : (u16_t)(f->len - at);
    if (n == 0 && head == NULL) {
      n = 1;
    }
    p = piece(f->octets + at, n, head == NULL || far_used);
    if (p == NULL) {
      if (head != NULL) {
        pbuf_free(head);
      }
      return NULL;
    }
    far_used = far_used || (const uint8_t *)p->payload - far_memory < ROOM;
    if (head == NULL) {
      head = p;
    } else {
      pbuf_cat(head, p);
    }
    at = (u16_t)(at + n);
  }
  return head;
}

/** PBUF_REF may change as soon as the driver returns. */
static void spoil(struct pbuf *p)
{
  for (; p != NULL; p = p->next) {
    if (p->len > 0 && PBUF_NEEDS_COPY(p)) {
      memset(p->payload, 0x55, p->len);
    }
  }
}

/** As the stack leaves a tag to the driver.  @return negative: @p f has none, or keeps it */
static s32_t leave_tag(struct twin_frame *f)
{
  if (!bench_nif.x_tags || !twin_is_tagged(f->octets) || twin_chance(4) == 0) {
    return -1;
  }
  f->len = (uint16_t)(f->len - 4u);
  return twin_tag_take(f->octets, f->len + 4u);
}

err_t bench_send_random(void)
{
  static struct twin_frame f, wire;
  struct pbuf *p;
  s32_t tci;
  err_t err;

  if (out.n >= QUEUE / 2) {
    return ERR_MEM;
  }
  bench_make_sent(&f, &wire);
  tci = leave_tag(&f);
  p = chain(&f, 1 + (twin_chance(30) == 0 ? twin_chance(CHAIN) : twin_chance(4)));
  if (p == NULL) {
    return ERR_MEM;
  }
  p->x_tci = tci;
  expect(&out, &wire);
  err = bench_nif.linkoutput(&bench_nif, p);
  if (err == ERR_OK) {
    bench.queued++;
  } else {
    out.n--;
    bench.refused++;
  }
  spoil(p);
  pbuf_free(p);
  return err;
}

/* ---- the main loop ---- */

static void in_irq(void)
{
  const int before = test_context;

  test_context = 1;
  stm32_eth_irq();
  test_context = before;
}

static void turn(void)
{
  (void)stm32_eth_poll(&bench_nif);
  sys_check_timeouts();
}

void bench_sleep_us(uint64_t us)
{
  const uint64_t end = twin.now_ns + us * 1000;

  while (twin.now_ns < end) {
    if (stm32_eth_pending()) {
      (void)stm32_eth_poll(&bench_nif);
    }
    sys_check_timeouts();
    twin_pass_us(10);
  }
}

void bench_run_us(uint64_t us)
{
  const uint64_t end = twin.now_ns + us * 1000;

  while (twin.now_ns < end) {
    twin_pass_us(end - twin.now_ns > 400000 ? 200 : 10);
    turn();
  }
}

bool bench_wait_link(unsigned ms)
{
  const uint64_t end = twin.now_ns + ms * 1000000ull;

  while (!netif_is_link_up(&bench_nif) && twin.now_ns < end) {
    bench_run_us(1000);
  }
  return netif_is_link_up(&bench_nif);
}

void bench_random(void)
{
  if (twin_chance(2) == 0) {
    (void)bench_receive_random();
  }
  if (twin_chance(2) == 0) {
    (void)bench_send_random();
  }
  if (twin_chance(4) != 0) {
    (void)stm32_eth_poll(&bench_nif);
  }
  if (twin_chance(4) == 0) {
    twin_pass_us(twin_chance(200));
  }
  if (twin_chance(16) == 0) {
    sys_check_timeouts();
  }
}

void bench_drain(void)
{
  unsigned ms;

  for (ms = 0; ms < 3000 && (up.n > 0 || out.n > 0 || !twin_fifo_empty()); ms++) {
    bench_run_us(1000);
    if (bench_lossy && ms > 100 && twin_fifo_empty()) {
      break;
    }
  }
  need(bench_lossy || up.n == 0, "%u received frames never came up", up.n);
  need(bench_lossy || out.n == 0, "%u frames were never sent", out.n);
  up.n = 0;
  out.n = 0;
}

static unsigned free_buffers(void)
{
  struct stm32_buf *taken[LWIP_X_STM32_ETH_BUFS], *b;
  unsigned n = 0, i;

  while ((b = stm32_pool_take()) != NULL) {
    taken[n++] = b;
  }
  for (i = n; i > 0; i--) {
    stm32_pool_give(taken[i - 1]);
  }
  return n;
}

unsigned bench_waiting(void)
{
  return up.n + out.n;
}

unsigned bench_unfreed(void)
{
  return (unsigned)(lwip_stats.mem.used - heap_before);
}

void bench_no_leak(void)
{
  unsigned in_ring = stm32_eth_link() != STM32_ETH_AUTO ? LWIP_X_STM32_ETH_RX_DESCS - 1 : 0;

  while (n_held > 0) {
    let_go(0);
  }
  bench_run_us(5000);
  need(free_buffers() == LWIP_X_STM32_ETH_BUFS - in_ring, "%u of %u buffers are free, %u are in the ring",
       free_buffers(), LWIP_X_STM32_ETH_BUFS, in_ring);
  need(to_stack || lwip_stats.mem.used == heap_before, "%u octets of the heap are not freed, %u at first",
       (unsigned)lwip_stats.mem.used, (unsigned)heap_before);
  need(to_stack || lwip_stats.memp[MEMP_PBUF_POOL]->used == 0, "pool pbufs are not freed");
  need(to_stack || lwip_stats.memp[MEMP_PBUF]->used == 0, "pbufs are not freed");
}

void bench_boot(uint64_t seed, enum phy_kind kind, unsigned address, bool stack)
{
  static const uint8_t mac[6] = { 0x02, 0x80, 0xE1, 0x10, 0x20, 0x30 };

  twin_init(seed, LWIP_X_STM32_ETH_FAMILY == STM32_ETH_F1 ? 72000000 : 168000000);
  phy_init(kind, address);
  lwip_init();
  twin_mem_init(LWIP_X_STM32_ETH_DCACHE);
  if (LWIP_X_STM32_ETH_MPU) {
    twin_mem_uncached(&stm32_rings_memory, sizeof stm32_rings_memory);
  }
  twin_mem_unreachable(far_memory, sizeof far_memory);
  twin.irq = in_irq;
  twin.interrupts = true;
  twin.sent = has_sent;
  to_stack = stack;
  bench_tci = -1;
  bench_config.hclk_hz = twin.hclk_hz;
  bench_config.phy = STM32_ETH_PHY_FIND;
  memcpy(bench_config.mac, mac, 6);
  need(netif_add(&bench_nif, NULL, NULL, NULL, &bench_config, stm32_eth_init, stack ? ethernet_input : take) != NULL,
       "the driver does not start");
  netif_set_up(&bench_nif);
  heap_before = lwip_stats.mem.used;
}
