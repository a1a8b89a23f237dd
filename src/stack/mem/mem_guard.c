/** Guard regions around blocks and elements: MEM_OVERFLOW_CHECK, MEMP_OVERFLOW_CHECK. */
#include "lwip/priv/mem_priv.h"

#if MEM_OVERFLOW_CHECK || MEMP_OVERFLOW_CHECK

#include "lwip/debug.h"
#include <stdbool.h>
#include <string.h>

#define PATTERN 0xCD

void mem_overflow_init_raw(void *p, size_t size)
{
  memset((u8_t *)p - MEM_SANITY_REGION_BEFORE_ALIGNED, PATTERN, MEM_SANITY_REGION_BEFORE_ALIGNED);
  memset((u8_t *)p + size, PATTERN, MEM_SANITY_REGION_AFTER_ALIGNED);
}

static bool whole(const u8_t *region, size_t n)
{
  while (n > 0 && *region == PATTERN) {
    region++;
    n--;
  }
  return n == 0;
}

static void complain(const char *which, const char *descr1, const char *descr2)
{
  LWIP_PLATFORM_DIAG(("mem: written %s the memory of %s%s\n", which, descr1, descr2));
  LWIP_UNUSED_ARG(which);
  LWIP_UNUSED_ARG(descr1);
  LWIP_UNUSED_ARG(descr2);
  LWIP_ASSERT("memory outside the block was written", false);
}

void mem_overflow_check_raw(void *p, size_t size, const char *descr1, const char *descr2)
{
  if (!whole((const u8_t *)p - MEM_SANITY_REGION_BEFORE_ALIGNED, MEM_SANITY_REGION_BEFORE_ALIGNED)) {
    complain("before", descr1, descr2);
  }
  if (!whole((const u8_t *)p + size, MEM_SANITY_REGION_AFTER_ALIGNED)) {
    complain("behind", descr1, descr2);
  }
}

#endif
