/** What both generations of the MAC do alike: address filter, tags, 1588 clock, MDIO. */
#include "twin.h"
#include <string.h>

/** The reference manual's way: the CRC with its first bit uppermost; the hash is its six upper bits, inverted and read from the other end of the 32. */
unsigned twin_hash(const uint8_t *mac)
{
  uint32_t crc = 0xFFFFFFFFu;
  int i, bit;

  for (i = 0; i < 6; i++) {
    for (bit = 0; bit < 8; bit++) {
      const uint32_t in = (uint32_t)(mac[i] >> bit & 1);
      const uint32_t out = crc >> 31;

      crc <<= 1;
      if (in != out) {
        crc ^= 0x04C11DB7u;
      }
    }
  }
  return ~crc >> 26 & 63;
}

bool twin_filter(const uint8_t *dest, const uint8_t own[6], bool promiscuous, bool all_multicast, bool hash_multicast,
                 uint32_t hash_low, uint32_t hash_high)
{
  static const uint8_t broadcast[6] = { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF };
  unsigned hash;

  if (promiscuous || memcmp(dest, broadcast, 6) == 0 || memcmp(dest, own, 6) == 0) {
    return true;
  }
  if ((dest[0] & 1) == 0) {
    return false;
  }
  if (all_multicast) {
    return true;
  }
  hash = twin_hash(dest);
  return hash_multicast && ((hash < 32 ? hash_low : hash_high) >> (hash & 31) & 1) != 0;
}

void twin_address(uint8_t address[6], uint32_t high, uint32_t low)
{
  int i;

  for (i = 0; i < 4; i++) {
    address[i] = (uint8_t)(low >> 8 * i);
  }
  address[4] = (uint8_t)high;
  address[5] = (uint8_t)(high >> 8);
}

/* ---- registers ---- */

enum { RESET_NS = 2000 };

void twin_reset_begin(struct twin_reset *r)
{
  r->end_ns = twin.now_ns + RESET_NS;
}

bool twin_reset_lasts(struct twin_reset *r)
{
  if (r->end_ns == 0) {
    return false;
  }
  if (twin.clock_stopped) {
    twin_reset_begin(r);
  }
  if (twin.now_ns < r->end_ns) {
    return true;
  }
  r->end_ns = 0;
  r->was = true;
  twin.resets++;
  return false;
}

const struct twin_known *twin_reg_known(const struct twin_known *known, size_t n, uint32_t offset, uint32_t value)
{
  size_t i;

  for (i = 0; i < n && known[i].reg != offset; i++) {}
  if (i == n || (value & ~known[i].bits) != 0) {
    twin_fault("register %#x written with %#x: no such register or bits", offset, value);
  }
  return &known[i];
}

void twin_reg_check_read(uint32_t offset, uint32_t size)
{
  if (offset % 4 != 0 || offset >= size) {
    twin_fault("register %#x read", offset);
  }
}

/* ---- VLANs ---- */

enum { TAG_AT = 12, TAG = 4 };

bool twin_is_tagged(const uint8_t *frame)
{
  return frame[TAG_AT] == 0x81 && frame[TAG_AT + 1] == 0;
}

bool twin_tag_matches(const uint8_t *frame, uint16_t wanted, bool whole)
{
  const unsigned tci = (unsigned)frame[TAG_AT + 2] << 8 | frame[TAG_AT + 3];
  const unsigned mask = whole ? 0xFFFF : 0xFFF;

  return twin_is_tagged(frame) && ((wanted & mask) == 0 || ((tci ^ wanted) & mask) == 0);
}

uint16_t twin_tag_take(uint8_t *frame, size_t len)
{
  const uint16_t tci = (uint16_t)(frame[TAG_AT + 2] << 8 | frame[TAG_AT + 3]);

  memmove(frame + TAG_AT, frame + TAG_AT + TAG, len - TAG_AT - TAG);
  return tci;
}

void twin_tag_put(uint8_t *frame, size_t len, uint16_t tci)
{
  memmove(frame + TAG_AT + TAG, frame + TAG_AT, len - TAG_AT);
  frame[TAG_AT] = 0x81;
  frame[TAG_AT + 1] = 0;
  frame[TAG_AT + 2] = (uint8_t)(tci >> 8);
  frame[TAG_AT + 3] = (uint8_t)tci;
}

/* ---- 1588 ---- */

uint64_t twin_clock_now(const struct twin_clock *c)
{
  const double ticks = (double)(twin.now_ns - c->ns_at) * 1e-9 * twin.hclk_hz;

  if (!c->on) {
    return 0;
  }
  return c->base_ns + (uint64_t)(ticks * c->addend / 4294967296.0) * c->increment;
}

void twin_clock_settle(struct twin_clock *c)
{
  c->base_ns = twin_clock_now(c);
  c->ns_at = twin.now_ns;
}

/** Bits as in PTPTSCR and MACTSCR: 0 on, 1 fine, 2 init, 3 update, 5 addend, 9 decimal. */
void twin_ptp_command(struct twin_clock *c, uint32_t control, uint32_t up_s, uint32_t up_ns, uint32_t addend)
{
  const uint64_t second = 1000000000u;
  uint64_t up = up_s * second + (up_ns & 0x7FFFFFFFu);

  if ((control & 1) != 0 && (control & 0x202) != 0x202) {
    twin_fault("the 1588 clock runs coarse or with binary nanoseconds");
  }
  twin_clock_settle(c);
  c->on = (control & 1) != 0;
  if ((control & 0x20) != 0) {
    c->addend = addend;
  }
  if ((control & 0x0C) != 0 && (up_ns & 0x7FFFFFFFu) >= second) {
    twin_fault("the 1588 clock is given a second or more as nanoseconds");
  }
  if ((control & 4) != 0) {
    c->base_ns = up;
  }
  if ((control & 8) != 0) {
    c->base_ns = (up_ns >> 31) != 0 ? c->base_ns - up : (c->base_ns + up) % (second << 32);
  }
}

/* ---- MDIO ---- */

static struct {
  uint64_t end_ns;
  uint16_t value;
  bool stuck; /**< until it is no longer dead */
} mdio;

void twin_mdio_start(unsigned phy_address, unsigned reg, bool write, uint16_t value, unsigned divider)
{
  const double mdc_hz = (double)twin.hclk_hz / divider;

  if (twin_mdio_busy()) {
    twin_fault("MDIO started while it is busy");
  }
  if (mdc_hz > 2.5e6) {
    twin_fault("MDC runs at %.2f MHz", mdc_hz / 1e6);
  }
  if (write) {
    phy_write(phy_address, reg, value);
  } else {
    mdio.value = phy_read(phy_address, reg);
  }
  mdio.stuck = twin.mdio_dead;
  mdio.end_ns = twin.now_ns + (uint64_t)(64e9 / mdc_hz);
}

bool twin_mdio_busy(void)
{
  return twin.now_ns < mdio.end_ns || (twin.mdio_dead && mdio.stuck);
}

uint16_t twin_mdio_value(void)
{
  if (twin_mdio_busy()) {
    return 0xBAD0;
  }
  return mdio.value;
}
