/**
 * Copies on Cortex-M: 32 octets a turn with load and store multiple where both ends are aligned, words where the processor
 * takes them from anywhere, then octets.  The C library's memcpy() moves word by word (newlib) or octet by octet (its small
 * variant on Armv6-M); the stack needs none of it.
 */
#include "lwip/opt.h"
#include "lwip/arch.h"
#include <stdbool.h>

#if LWIP_X_COPY

#define BLOCK 32

#if defined(__thumb2__)

#define MOVE_BLOCK(d, s)                                             \
  __asm volatile("ldmia %0!, {r3, r4, r5, r6, r8, r9, r10, r12}\n\t" \
                 "stmia %1!, {r3, r4, r5, r6, r8, r9, r10, r12}"     \
                 : "+&l"(s), "+&l"(d)                                \
                 :                                                   \
                 : "r3", "r4", "r5", "r6", "r8", "r9", "r10", "r12", "memory")
#define MOVE_WORD(d, s) __asm volatile("ldr r3, [%0], #4\n\tstr r3, [%1], #4" : "+&r"(s), "+&r"(d) : : "r3", "memory")
#define MOVE_OCTET(d, s) \
  __asm volatile("ldrb r3, [%0], #1\n\tstrb r3, [%1], #1" : "+&r"(s), "+&r"(d) : : "r3", "memory")

#else

#define MOVE_BLOCK(d, s)                                                          \
  __asm volatile("ldmia %0!, {r3, r4, r5, r6}\n\tstmia %1!, {r3, r4, r5, r6}\n\t" \
                 "ldmia %0!, {r3, r4, r5, r6}\n\tstmia %1!, {r3, r4, r5, r6}"     \
                 : "+&l"(s), "+&l"(d)                                             \
                 :                                                                \
                 : "r3", "r4", "r5", "r6", "memory")
#define MOVE_WORD(d, s) __asm volatile("ldmia %0!, {r3}\n\tstmia %1!, {r3}" : "+&l"(s), "+&l"(d) : : "r3", "memory")
/* The compiler would make a call of memcpy() of the loop around it. */
#define MOVE_OCTET(d, s)               \
  do {                                 \
    *(d)++ = *(s)++;                   \
    __asm volatile("" : : : "memory"); \
  } while (0)

#endif

#if defined(__ARM_FEATURE_UNALIGNED)
#define WORDS_ANYWHERE 1
#else
#define WORDS_ANYWHERE 0
#endif

/** @p len octets, a multiple of a block.  Apart, so that short copies save no registers. */
static __attribute__((noinline)) void copy_blocks(u8_t *d, const u8_t *s, size_t len)
{
  if ((len & BLOCK) != 0) {
    MOVE_BLOCK(d, s);
  }
  len &= ~(size_t)BLOCK;
  if (len == 0) {
    return;
  }
  do { /* two a turn */
    MOVE_BLOCK(d, s);
    MOVE_BLOCK(d, s);
  } while ((len -= 2 * BLOCK) != 0);
}

void lwip_x_copy(void *to, const void *from, size_t len)
{
  u8_t *d = (u8_t *)to;
  const u8_t *s = (const u8_t *)from;
  const bool aligned = (((mem_ptr_t)d | (mem_ptr_t)s) & 3) == 0;

  if (len >= BLOCK && aligned) {
    const size_t n = len & ~(size_t)(BLOCK - 1);

    copy_blocks(d, s, n);
    d += n;
    s += n;
    len -= n;
  }
  if (len >= 4 && (WORDS_ANYWHERE || aligned)) {
    do {
      MOVE_WORD(d, s);
    } while ((len -= 4) >= 4);
  }
  for (; len != 0; len--) {
    MOVE_OCTET(d, s);
  }
}

#endif
