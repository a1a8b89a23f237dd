/**
 * The inner loops of the Internet checksum (stack/base/checksum.c): add 32-bit words with the carry coming in again at the
 * lower end, that is modulo 2^32 - 1.  What comes out folds to the sum of the 16-bit words, because 2^16 - 1 divides 2^32 - 1.
 *
 * A variant for Armv7-M and later, one for Armv6-M, one for x86-64, and plain C.  CHECKSUM_PLAIN_C forces the last.
 * A word may be the alias of any type: packets are octets to everybody else.
 */
#ifndef LWIP_ARCH_CHECKSUM_ASM_H
#define LWIP_ARCH_CHECKSUM_ASM_H

#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__) || defined(__clang__)
typedef uint32_t __attribute__((may_alias)) checksum_word_t;
#else
typedef uint32_t checksum_word_t;
#endif

#if !defined(CHECKSUM_PLAIN_C) && (defined(__GNUC__) || defined(__clang__)) && defined(__thumb2__)
#define CHECKSUM_THUMB2 1
#elif !defined(CHECKSUM_PLAIN_C) && (defined(__GNUC__) || defined(__clang__)) && defined(__thumb__) && \
  !defined(__thumb2__)
#define CHECKSUM_THUMB1 1
#elif !defined(CHECKSUM_PLAIN_C) && (defined(__GNUC__) || defined(__clang__)) && defined(__x86_64__)
#define CHECKSUM_X86_64 1
#endif
#ifndef CHECKSUM_THUMB2
#define CHECKSUM_THUMB2 0
#endif
#ifndef CHECKSUM_THUMB1
#define CHECKSUM_THUMB1 0
#endif
#ifndef CHECKSUM_X86_64
#define CHECKSUM_X86_64 0
#endif

/** 64 bits to 32, carries added again. */
static inline uint32_t checksum_fold64(uint64_t acc)
{
  acc = (acc >> 32) + (uint32_t)acc;
  return (uint32_t)(acc >> 32) + (uint32_t)acc;
}

/** Words one by one: what no unrolled loop takes. */
static inline uint32_t checksum_words_rest(uint32_t sum, const checksum_word_t *w, size_t words)
{
  while (words-- > 0) {
    uint32_t v = *w++;

    sum += v;
    sum += sum < v;
  }
  return sum;
}

#if CHECKSUM_THUMB2

/* Eight words a turn; TEQ and the branch leave the carry alone. */
static inline uint32_t checksum_words(uint32_t sum, const checksum_word_t *w, size_t words)
{
  const checksum_word_t *end = w + (words & ~(size_t)7);

  if (w != end) {
    __asm volatile("adds %[sum], %[sum], #0\n" /* no carry */
                   "1:\n\t"
                   "ldmia %[w]!, {r3, r4, r5, r6}\n\t"
                   "adcs %[sum], %[sum], r3\n\t"
                   "adcs %[sum], %[sum], r4\n\t"
                   "adcs %[sum], %[sum], r5\n\t"
                   "adcs %[sum], %[sum], r6\n\t"
                   "ldmia %[w]!, {r3, r4, r5, r6}\n\t"
                   "adcs %[sum], %[sum], r3\n\t"
                   "adcs %[sum], %[sum], r4\n\t"
                   "adcs %[sum], %[sum], r5\n\t"
                   "adcs %[sum], %[sum], r6\n\t"
                   "teq %[w], %[end]\n\t"
                   "bne 1b\n\t"
                   "adc %[sum], %[sum], #0\n\t"
                   : [sum] "+r"(sum), [w] "+r"(w)
                   : [end] "r"(end)
                   : "r3", "r4", "r5", "r6", "cc", "memory");
  }
  return checksum_words_rest(sum, w, words & 7);
}

#elif CHECKSUM_THUMB1

/* Armv6-M counts with flags only: the carry is added after each four words. */
static inline uint32_t checksum_words(uint32_t sum, const checksum_word_t *w, size_t words)
{
  const checksum_word_t *end = w + (words & ~(size_t)3);
  uint32_t zero = 0;

  if (w != end) {
    __asm volatile(".syntax unified\n"
                   "1:\n\t"
                   "ldmia %[w]!, {r3, r4}\n\t"
                   "adds %[sum], %[sum], r3\n\t"
                   "adcs %[sum], %[sum], r4\n\t"
                   "ldmia %[w]!, {r3, r4}\n\t"
                   "adcs %[sum], %[sum], r3\n\t"
                   "adcs %[sum], %[sum], r4\n\t"
                   "adcs %[sum], %[sum], %[zero]\n\t"
                   "cmp %[w], %[end]\n\t"
                   "bne 1b\n\t"
                   : [sum] "+l"(sum), [w] "+l"(w)
                   : [end] "l"(end), [zero] "l"(zero)
                   : "r3", "r4", "cc", "memory");
  }
  return checksum_words_rest(sum, w, words & 3);
}

#elif CHECKSUM_X86_64

/* Eight quad words a turn. */
static inline uint32_t checksum_words(uint32_t sum, const checksum_word_t *w, size_t words)
{
  uint64_t acc = sum;
  size_t turns = words / 16;

  words %= 16;
  if (turns > 0) {
    __asm volatile("clc\n"
                   "1:\n\t"
                   "adcq 0(%[w]), %[acc]\n\t"
                   "adcq 8(%[w]), %[acc]\n\t"
                   "adcq 16(%[w]), %[acc]\n\t"
                   "adcq 24(%[w]), %[acc]\n\t"
                   "adcq 32(%[w]), %[acc]\n\t"
                   "adcq 40(%[w]), %[acc]\n\t"
                   "adcq 48(%[w]), %[acc]\n\t"
                   "adcq 56(%[w]), %[acc]\n\t"
                   "leaq 64(%[w]), %[w]\n\t"
                   "decq %[turns]\n\t" /* leaves the carry alone */
                   "jnz 1b\n\t"
                   "adcq $0, %[acc]\n\t"
                   : [acc] "+r"(acc), [w] "+r"(w), [turns] "+r"(turns)
                   :
                   : "cc", "memory");
  }
  for (; words >= 2; words -= 2, w += 2) {
    uint64_t v;

    __builtin_memcpy(&v, w, sizeof v);
    acc += v;
    acc += acc < v;
  }
  return checksum_words_rest(checksum_fold64(acc), w, words);
}

#else

static inline uint32_t checksum_words(uint32_t sum, const checksum_word_t *w, size_t words)
{
  uint64_t acc = sum;

  for (; words >= 4; words -= 4, w += 4) {
    acc += w[0];
    acc += w[1];
    acc += w[2];
    acc += w[3];
  }
  return checksum_words_rest(checksum_fold64(acc), w, words);
}

#endif

#if CHECKSUM_THUMB2

/** Copy words and add them up; four a turn. */
static inline uint32_t checksum_copy_words(uint32_t sum, checksum_word_t *to, const checksum_word_t *w, size_t words)
{
  const checksum_word_t *end = w + (words & ~(size_t)3);

  if (w != end) {
    __asm volatile("adds %[sum], %[sum], #0\n"
                   "1:\n\t"
                   "ldmia %[w]!, {r3, r4, r5, r6}\n\t"
                   "adcs %[sum], %[sum], r3\n\t"
                   "adcs %[sum], %[sum], r4\n\t"
                   "adcs %[sum], %[sum], r5\n\t"
                   "adcs %[sum], %[sum], r6\n\t"
                   "stmia %[to]!, {r3, r4, r5, r6}\n\t"
                   "teq %[w], %[end]\n\t"
                   "bne 1b\n\t"
                   "adc %[sum], %[sum], #0\n\t"
                   : [sum] "+r"(sum), [w] "+r"(w), [to] "+r"(to)
                   : [end] "r"(end)
                   : "r3", "r4", "r5", "r6", "cc", "memory");
  }
  for (words &= 3; words > 0; words--) {
    uint32_t v = *w++;

    *to++ = v;
    sum += v;
    sum += sum < v;
  }
  return sum;
}

#else

/** Copy words and add them up. */
static inline uint32_t checksum_copy_words(uint32_t sum, checksum_word_t *to, const checksum_word_t *w, size_t words)
{
  uint64_t acc = sum;

  for (; words >= 2; words -= 2, w += 2, to += 2) {
    uint32_t a = w[0], b = w[1];

    to[0] = a;
    to[1] = b;
    acc += a;
    acc += b;
  }
  if (words > 0) {
    *to = *w;
    acc += *w;
  }
  return checksum_fold64(acc);
}

#endif
#endif
