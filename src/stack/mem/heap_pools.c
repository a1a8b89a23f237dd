/**
 * MEM_USE_POOLS: mem_malloc() takes the first of the program's pools (lwippools.h, between LWIP_MALLOC_MEMPOOL_START and
 * _END, in the order of their sizes) whose elements are large enough.  A helper in front of the octets remembers which.
 */
#include "lwip/mem.h"

#if MEM_USE_POOLS && !MEM_LIBC_MALLOC

#include "lwip/def.h"
#include "lwip/memp.h"
#include "lwip/stats.h"

#define HELPER LWIP_MEM_ALIGN_SIZE(sizeof(struct memp_malloc_helper))

void mem_init(void)
{
}

#if MEMP_OVERFLOW_CHECK || (LWIP_STATS && MEM_STATS)

static void helper_set_size(struct memp_malloc_helper *h, mem_size_t size)
{
  h->size = size;
  MEM_STATS_INC_USED(used, size);
}

static void helper_forget(struct memp_malloc_helper *h)
{
  MEM_STATS_DEC_USED(used, h->size);
}

#else

static void helper_set_size(struct memp_malloc_helper *h, mem_size_t size)
{
  LWIP_UNUSED_ARG(h);
  LWIP_UNUSED_ARG(size);
}

static void helper_forget(struct memp_malloc_helper *h)
{
  LWIP_UNUSED_ARG(h);
}

#endif

void *mem_malloc(mem_size_t size)
{
  size_t need = (size_t)size + HELPER;
  unsigned i;

  for (i = MEMP_POOL_FIRST; i <= MEMP_POOL_LAST && size != 0; i++) {
    struct memp_malloc_helper *h;

    if (memp_pools[i]->size < need) {
      continue;
    }
    h = (struct memp_malloc_helper *)memp_malloc((memp_t)i);
    if (h != NULL) {
      h->poolnr = (memp_t)i;
      helper_set_size(h, size);
      return (u8_t *)h + HELPER;
    }
    if (!MEM_USE_POOLS_TRY_BIGGER_POOL) {
      break;
    }
  }
  MEM_STATS_INC(err);
  return NULL;
}

/** An element has one size. */
void *mem_trim(void *mem, mem_size_t size)
{
  LWIP_UNUSED_ARG(size);
  return mem;
}

void mem_free(void *mem)
{
  struct memp_malloc_helper *h;

  if (mem == NULL) {
    return;
  }
  h = (struct memp_malloc_helper *)(void *)((u8_t *)mem - HELPER);
  if (h->poolnr < MEMP_POOL_FIRST || h->poolnr > MEMP_POOL_LAST) {
    MEM_STATS_INC(illegal);
    return;
  }
  helper_forget(h);
  memp_free(h->poolnr, h);
}

#endif
