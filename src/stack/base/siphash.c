/** SipHash-2-4 (Aumasson, Bernstein 2012); no alignment is asked for. */
#include "random.h"
#include "lwip/opt.h"
#include <stdbool.h>
#include <string.h>

/** Eight octets, the first one the least. */
#if BYTE_ORDER == LITTLE_ENDIAN
static inline u64_t le64(const u8_t *b)
{
  u64_t v;

  memcpy(&v, b, sizeof v);
  return v;
}
#else
static inline u64_t le64(const u8_t *b)
{
  u64_t v = 0;
  int i;

  for (i = 7; i >= 0; i--) {
    v = (v << 8) | b[i];
  }
  return v;
}
#endif

static u64_t rotl(u64_t v, unsigned n)
{
  return (v << n) | (v >> (64 - n));
}

static void rounds(u64_t v[4], int n)
{
  while (n-- > 0) {
    v[0] += v[1];
    v[2] += v[3];
    v[1] = rotl(v[1], 13) ^ v[0];
    v[3] = rotl(v[3], 16) ^ v[2];
    v[0] = rotl(v[0], 32) + v[3];
    v[2] += v[1];
    v[1] = rotl(v[1], 17) ^ v[2];
    v[3] = rotl(v[3], 21) ^ v[0];
    v[2] = rotl(v[2], 32);
  }
}

u64_t siphash24(const u8_t key[16], const void *data, size_t len)
{
  static const u64_t begin[4] = { 0x736f6d6570736575u, 0x646f72616e646f6du, /* "somepseudorandomlygeneratedbytes" */
                                  0x6c7967656e657261u, 0x7465646279746573u };
  const u8_t *in = data, *end = in + (len & ~(size_t)7);
  u8_t last[8] = { 0 };
  u64_t v[4];
  bool more;
  int i;

  for (i = 0; i < 4; i++) {
    v[i] = begin[i] ^ le64(key + 8 * (i & 1));
  }
  MEMCPY(last, end, len & 7);
  last[7] = (u8_t)len;
  do {
    u64_t m;

    more = in != end;
    m = le64(more ? in : last);
    v[3] ^= m;
    rounds(v, 2);
    v[0] ^= m;
    in += 8;
  } while (more);
  v[2] ^= 0xff;
  rounds(v, 4);
  return v[0] ^ v[1] ^ v[2] ^ v[3];
}
