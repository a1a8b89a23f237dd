/**
 * What the stack asks of the board: clock and entropy.
 *
 * The emulated boards have no source of randomness.  Whoever starts the emulator should pass 32 or more
 * hexadecimal digits of it: -semihosting-config enable=on,target=native,arg=lwip,arg=seed=DIGITS (tools/run
 * does, from /dev/urandom).  Without a seed only the host's clock and the jitter of ours against the
 * emulated CPU are left, a few dozen bits at best: the firmware says so, and it is not good enough for a
 * network with strangers in it.
 */
#include "qemu_sys.h"

#include "board.h"
#include "lwip/sys.h"
#include "lwip/x_entropy.h"
#include <string.h>

#define SEED_DIGITS 32u

u32_t sys_now(void)
{
  return board_now_ms();
}

const char *argument(const char *name)
{
  size_t n = strlen(name);
  const char *s;

  for (s = semihost_cmdline(); s != NULL; s = strchr(s, ' ')) {
    s += *s == ' ';
    if (strncmp(s, name, n) == 0 && s[n] == '=') {
      return s + n + 1;
    }
  }
  return NULL;
}

static size_t seed_digits(const char *seed)
{
  return seed != NULL ? strspn(seed, "0123456789abcdef") : 0;
}

bool entropy_is_good(void)
{
  return seed_digits(argument("seed")) >= SEED_DIGITS;
}

/** Stir 32 bits into 128 (the mixing of xxHash's avalanche; secrecy comes from the seed and, in the stack, SipHash). */
static void stir(uint32_t state[4], uint32_t v)
{
  int i;

  for (i = 0; i < 4; i++) {
    v = (v ^ state[i] ^ (v >> 15)) * 0x85EBCA77u;
    v ^= v >> 13;
    state[i] += v * 0xC2B2AE3Du + (uint32_t)i;
  }
}

static uint32_t digit(char c)
{
  return (uint32_t)(c <= '9' ? c - '0' : c - 'a' + 10);
}

void lwip_x_entropy(void *buf, size_t len)
{
  const char *seed = argument("seed");
  size_t digits = seed_digits(seed);
  uint32_t state[4] = { 0x9E3779B1u, 0x85EBCA77u, 0xC2B2AE3Du, 0x27D4EB2Fu };
  uint8_t *to = (uint8_t *)buf;
  size_t i;

  stir(state, semihost_time());
  for (i = 0; i < 256; i++) {
    stir(state, board_ticks());
  }
  for (i = 0; i < len; i++) {
    if (i % sizeof state == 0) {
      stir(state, (uint32_t)i);
    }
    to[i] = (uint8_t)(state[i / 4 % 4] >> 8 * (i % 4));
  }
  for (i = 0; i < digits; i++) {
    to[i / 2 % len] ^= (uint8_t)(digit(seed[i]) << 4 * (i % 2));
  }
}
