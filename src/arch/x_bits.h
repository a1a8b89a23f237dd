/** Counting bits: one instruction where the machine has one. */
#ifndef LWIP_ARCH_X_BITS_H
#define LWIP_ARCH_X_BITS_H

#include <stdint.h>

/** Zeros above the highest one of @p x, which is not 0. */
static inline unsigned lwip_x_clz32(uint32_t x)
{
#if defined(__GNUC__) || defined(__clang__)
  return (unsigned)(__SIZEOF_INT__ >= 4 ? __builtin_clz((unsigned)x) : __builtin_clzl(x));
#else
  unsigned n = 0;

  while ((x & 0x80000000u) == 0) {
    x <<= 1;
    n++;
  }
  return n;
#endif
}

#endif
