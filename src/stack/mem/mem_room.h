/** How much the heap has left. */
#ifndef LWIP_STACK_MEM_MEM_ROOM_H
#define LWIP_STACK_MEM_MEM_ROOM_H

#include "lwip/mem.h"

/**
 * How many blocks of @p size octets mem_malloc() would give now, at most @p want; where the heap is large the answer takes a few
 * steps.  Perhaps more than that, never fewer.  The C library's heap and pools (MEM_LIBC_MALLOC, MEM_USE_POOLS) cannot tell: @p want.
 */
#if MEM_LIBC_MALLOC || MEM_USE_POOLS
static inline u16_t mem_could_give(mem_size_t size, u16_t want)
{
  (void)size;
  return want;
}
#else
u16_t mem_could_give(mem_size_t size, u16_t want);
#endif

/** What mem_malloc() would give in one piece now, octets: the most, or more than half of that.  Those that cannot tell: 0. */
#if MEM_LIBC_MALLOC || MEM_USE_POOLS
static inline mem_size_t mem_largest(void)
{
  return 0;
}
#else
mem_size_t mem_largest(void);
#endif

#endif
