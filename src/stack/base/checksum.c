/** The Internet checksum over memory of any alignment: octets up to the first word, words (arch/checksum_asm.h), octets. */
#include "checksum.h"
#include "lwip/opt.h"
#include "lwip/def.h"
#include "arch/checksum_asm.h"
#include <stdbool.h>
#include <string.h>

/** An octet at an odd address is the other half of its 16-bit word. */
static u32_t octet(const u8_t *p)
{
  bool odd = ((mem_ptr_t)p & 1) != 0;

  return odd == (BYTE_ORDER == LITTLE_ENDIAN) ? (u32_t)*p << 8 : *p;
}

/** Octets from @p p to the next whole word, at most @p len. */
static size_t octets_before_word(const u8_t *p, size_t len)
{
  size_t n = (size_t)(0 - (mem_ptr_t)p) & 3;

  return n < len ? n : len;
}

static u32_t add_octets(u32_t sum, const u8_t *p, size_t n)
{
  while (n-- > 0) {
    sum = checksum_add32(sum, octet(p++));
  }
  return sum;
}

/*
 * The words are added where they lie.  If the first octet has an odd address, every octet counts in the wrong half of its
 * 16-bit word: the sum so far is turned by 8 bits before and the whole is turned again afterwards.
 */
u32_t checksum_add(u32_t sum, const void *data, size_t len)
{
  const u8_t *p = data;
  bool odd = ((mem_ptr_t)p & 1) != 0;
  size_t n = octets_before_word(p, len);

  sum = odd ? checksum_odd(sum) : sum;
  sum = add_octets(sum, p, n);
  p += n;
  len -= n;
  sum = checksum_words(sum, (const checksum_word_t *)(const void *)p, len / 4);
  sum = add_octets(sum, p + (len & ~(size_t)3), len & 3);
  return odd ? checksum_odd(sum) : sum;
}

u32_t checksum_copy(u32_t sum, void *to, const void *from, size_t len)
{
  const u8_t *p = from;
  u8_t *d = to;
  bool odd = ((mem_ptr_t)p & 1) != 0;
  size_t n = octets_before_word(p, len);

  if ((((mem_ptr_t)p ^ (mem_ptr_t)d) & 3) != 0) {
    MEMCPY(to, from, len);
    return checksum_add(sum, to, len);
  }
  sum = odd ? checksum_odd(sum) : sum;
  sum = add_octets(sum, p, n);
  SMEMCPY(d, p, n);
  p += n;
  d += n;
  len -= n;
  sum = checksum_copy_words(sum, (checksum_word_t *)(void *)d, (const checksum_word_t *)(const void *)p, len / 4);
  n = len & 3;
  p += len - n;
  d += len - n;
  sum = add_octets(sum, p, n);
  SMEMCPY(d, p, n);
  return odd ? checksum_odd(sum) : sum;
}
