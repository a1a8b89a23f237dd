/**
 * Copies on Cortex-M: 32 octets a turn with load and store multiple where both ends are aligned, words where the processor
 * takes them from anywhere, then octets.  The C library's memcpy() moves word by word (newlib) or octet by octet (its small
 * variant on Armv6-M); the stack needs none of it.
 */
#include "lwip/opt.h"
#include "lwip/arch.h"

#if LWIP_X_COPY

/** Or else the compiler makes a call of memcpy() of the loop around it. */
#define AS_WRITTEN() __asm volatile("" ::: "memory")

#if defined(__ARM_FEATURE_UNALIGNED)
#define ANYWHERE 1
#else
#define ANYWHERE 0
#endif

static inline void copy_word(u8_t *d, const u8_t *s)
{
  u32_t w;

  __builtin_memcpy(&w, s, sizeof w);
  __builtin_memcpy(d, &w, sizeof w);
}

void lwip_x_copy(void *to, const void *from, size_t len)
{
  u8_t *d = (u8_t *)to;
  const u8_t *s = (const u8_t *)from;

  if ((((mem_ptr_t)d | (mem_ptr_t)s) & 3) == 0) {
    for (; len >= 32; len -= 32) {
#if defined(__thumb2__)
      __asm volatile("ldmia %0!, {r3, r4, r5, r6, r8, r9, r10, r12}\n\t"
                     "stmia %1!, {r3, r4, r5, r6, r8, r9, r10, r12}"
                     : "+&l"(s), "+&l"(d)
                     :
                     : "r3", "r4", "r5", "r6", "r8", "r9", "r10", "r12", "memory");
#else
      __asm volatile("ldmia %0!, {r3, r4, r5, r6}\n\t"
                     "stmia %1!, {r3, r4, r5, r6}\n\t"
                     "ldmia %0!, {r3, r4, r5, r6}\n\t"
                     "stmia %1!, {r3, r4, r5, r6}"
                     : "+&l"(s), "+&l"(d)
                     :
                     : "r3", "r4", "r5", "r6", "memory");
#endif
    }
  }
  for (; ANYWHERE && len >= 4; len -= 4) {
    copy_word(d, s);
    d += 4;
    s += 4;
    AS_WRITTEN();
  }
  while (len-- > 0) {
    *d++ = *s++;
    AS_WRITTEN();
  }
}

#endif
