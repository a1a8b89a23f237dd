/** MEM_LIBC_MALLOC: the C library's allocator, or the one mem_clib_malloc() and its sisters name. */
#include "lwip/mem.h"

#if MEM_LIBC_MALLOC

#include "lwip/stats.h"
#include <stdlib.h>

/* What lwIP 2.2 calls MEM_CUSTOM_* is accepted too. */
#ifndef mem_clib_malloc
#ifdef MEM_CUSTOM_MALLOC
#define mem_clib_malloc MEM_CUSTOM_MALLOC
#else
#define mem_clib_malloc malloc
#endif
#endif
#ifndef mem_clib_calloc
#ifdef MEM_CUSTOM_CALLOC
#define mem_clib_calloc MEM_CUSTOM_CALLOC
#else
#define mem_clib_calloc calloc
#endif
#endif
#ifndef mem_clib_free
#ifdef MEM_CUSTOM_FREE
#define mem_clib_free MEM_CUSTOM_FREE
#else
#define mem_clib_free free
#endif
#endif

void mem_init(void)
{
}

void *mem_malloc(mem_size_t size)
{
  void *mem = size == 0 || LWIP_X_ALLOC_FAIL() ? NULL : mem_clib_malloc(size);

  if (mem == NULL) {
    MEM_STATS_INC(err);
  }
  return mem;
}

void *mem_calloc(mem_size_t count, mem_size_t size)
{
  void *mem = LWIP_X_ALLOC_FAIL() ? NULL : mem_clib_calloc(count, size);

  if (mem == NULL) {
    MEM_STATS_INC(err);
  }
  return mem;
}

/** The C library has no way to shrink without moving. */
void *mem_trim(void *mem, mem_size_t size)
{
  LWIP_UNUSED_ARG(size);
  return mem;
}

void mem_free(void *mem)
{
  mem_clib_free(mem);
}

#endif
