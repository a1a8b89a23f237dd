/**
 * Long copies on Cortex-M: 32 octets a turn with load and store multiple where both ends are aligned.  The C library's
 * memcpy() moves word by word (newlib) or octet by octet (its small variant on Armv6-M).
 */
#include "lwip/opt.h"
#include "lwip/arch.h"

#if LWIP_X_COPY

#include <string.h>

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
  memcpy(d, s, len);
}

#endif
