/** Time, chance, the wire and the interrupt. */
#include "twin.h"
#include "twin_hw.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIFO_FRAMES = 16, FIFO_OCTETS = 2048, POINT_NS = 40, STEPS_MAX = 4 };

struct twin twin;

static struct twin_frame fifo[FIFO_FRAMES];
static unsigned fifo_first, fifo_n, fifo_octets;

void twin_fault(const char *fmt, ...)
{
  va_list ap;

  va_start(ap, fmt);
  fprintf(stderr, "violation: ");
  vfprintf(stderr, fmt, ap);
  fprintf(stderr, " (at %llu us, access %lu)\n", (unsigned long long)(twin.now_ns / 1000), twin.hooks);
  va_end(ap);
  exit(3);
}

/** SplitMix64. */
uint32_t twin_chance(uint32_t n)
{
  uint64_t z = twin.rng += 0x9E3779B97F4A7C15u;

  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  z ^= z >> 31;
  return (uint32_t)(((z >> 32) * n) >> 32);
}

void twin_init(uint64_t seed, uint32_t hclk_hz)
{
  memset(&twin, 0, sizeof twin);
  twin.rng = seed;
  twin.hclk_hz = hclk_hz;
  fifo_n = 0;
  fifo_first = 0;
  fifo_octets = 0;
  mac_init();
}

static void interrupt(void)
{
  if (!twin.interrupts || twin.in_irq || twin.irq == NULL || !mac_irq()) {
    return;
  }
  twin.in_irq = true;
  twin.irqs++;
  twin.irq();
  twin.in_irq = false;
}

bool twin_irq_line(void)
{
  return mac_irq();
}

void twin_point(void)
{
  unsigned i;

  twin.hooks++;
  twin.now_ns += POINT_NS;
  if (twin.depth > 0) {
    return;
  }
  twin.depth++;
  twin_mem_point();
  for (i = twin_chance(STEPS_MAX); i > 0; i--) {
    mac_step();
  }
  twin.depth--;
  if (twin_chance(2) == 0) {
    interrupt();
  }
}

void twin_pass_us(uint64_t us)
{
  const uint64_t end = twin.now_ns + us * 1000;

  while (twin.now_ns < end) {
    twin.now_ns += 1000;
    twin.depth++;
    twin_mem_point();
    mac_step();
    mac_step();
    twin.depth--;
    interrupt();
    if (mac_idle() && !mac_irq() && twin.now_ns + 20000 < end) {
      twin.now_ns = end - 20000;
    }
  }
}

void twin_spin_us(uint32_t us)
{
  uint32_t i;

  for (i = 0; i < us; i++) {
    twin.now_ns += 1000;
    twin_point();
  }
}

uint32_t twin_unique(uint32_t word)
{
  static const uint32_t number[3] = { 0x00470021, 0x3039510C, 0x36343932 };

  return number[word];
}

uint32_t twin_reg_read(uint32_t offset)
{
  uint32_t value;

  twin_point();
  value = mac_read(offset);
  twin_point();
  return value;
}

void twin_reg_write(uint32_t offset, uint32_t value)
{
  twin_point();
  mac_write(offset, value);
  twin_point();
}

/* ---- the wire ---- */

bool twin_listens(const uint8_t *dest)
{
  return mac_rx_on() && mac_accepts(dest);
}

bool twin_mode_fits(void)
{
  int speed;
  bool full;

  return phy_link(&speed, &full) && speed == mac_speed() && full == mac_full();
}

uint64_t twin_wire_end_ns(uint64_t from_ns, size_t len)
{
  const uint64_t ns_an_octet = mac_speed() == 100 ? 80 : 800;

  return from_ns + (len + 24) * ns_an_octet / (1 + twin_chance(8));
}

bool twin_receive(const struct twin_frame *frame)
{
  struct twin_frame *f;

  if (!mac_rx_on() || !twin_mode_fits()) {
    return false;
  }
  if (!mac_accepts(frame->octets) || !mac_accepts_tag(frame->octets)) {
    return true;
  }
  if (fifo_n == FIFO_FRAMES || fifo_octets + frame->len + 4u > FIFO_OCTETS) {
    return false;
  }
  f = &fifo[(fifo_first + fifo_n++) % FIFO_FRAMES];
  *f = *frame;
  fifo_octets += frame->len + 4u;
  return true;
}

bool twin_fifo_empty(void)
{
  return fifo_n == 0;
}

const struct twin_frame *twin_fifo_first(void)
{
  return fifo_n > 0 ? &fifo[fifo_first] : NULL;
}

void twin_fifo_drop(void)
{
  fifo_octets -= fifo[fifo_first].len + 4u;
  fifo_first = (fifo_first + 1) % FIFO_FRAMES;
  fifo_n--;
}

void twin_fifo_flush(void)
{
  while (fifo_n > 0) {
    twin_fifo_drop();
  }
}
