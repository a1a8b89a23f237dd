/** SipHash-2-4 (Aumasson, Bernstein 2012); octets are read one by one, so that no alignment or byte order is asked for. */
#include "random.h"
#include <string.h>

struct sip {
  u64_t v0, v1, v2, v3;
};

static u32_t le32(const u8_t *b)
{
  return b[0] | ((u32_t)b[1] << 8) | ((u32_t)b[2] << 16) | ((u32_t)b[3] << 24);
}

static u64_t le64(const u8_t *b)
{
  return le32(b) | ((u64_t)le32(b + 4) << 32);
}

static u64_t rotl(u64_t v, unsigned n)
{
  return (v << n) | (v >> (64 - n));
}

static void rounds(struct sip *s, int n)
{
  while (n-- > 0) {
    s->v0 += s->v1;
    s->v2 += s->v3;
    s->v1 = rotl(s->v1, 13) ^ s->v0;
    s->v3 = rotl(s->v3, 16) ^ s->v2;
    s->v0 = rotl(s->v0, 32) + s->v3;
    s->v2 += s->v1;
    s->v1 = rotl(s->v1, 17) ^ s->v2;
    s->v3 = rotl(s->v3, 21) ^ s->v0;
    s->v2 = rotl(s->v2, 32);
  }
}

static void absorb(struct sip *s, const u8_t *block)
{
  u64_t m = le64(block);

  s->v3 ^= m;
  rounds(s, 2);
  s->v0 ^= m;
}

u64_t siphash24(const u8_t key[16], const void *data, size_t len)
{
  const u8_t *in = data;
  u8_t last[8] = { 0 };
  u64_t k0 = le64(key), k1 = le64(key + 8);
  struct sip s;

  /* "somepseudorandomlygeneratedbytes" */
  s.v0 = k0 ^ 0x736f6d6570736575u;
  s.v1 = k1 ^ 0x646f72616e646f6du;
  s.v2 = k0 ^ 0x6c7967656e657261u;
  s.v3 = k1 ^ 0x7465646279746573u;
  last[7] = (u8_t)len;
  for (; len >= 8; len -= 8, in += 8) {
    absorb(&s, in);
  }
  memcpy(last, in, len);
  absorb(&s, last);
  s.v2 ^= 0xff;
  rounds(&s, 4);
  return s.v0 ^ s.v1 ^ s.v2 ^ s.v3;
}
