/** What a pool is made of.  Programs reach it through the macros of lwip/memp.h. */
#ifndef LWIP_PRIV_MEMP_PRIV_H
#define LWIP_PRIV_MEMP_PRIV_H

#include "lwip/opt.h"
#include "lwip/mem.h"
#include "lwip/priv/mem_priv.h"

#ifdef __cplusplus
extern "C" {
#endif

#if !MEMP_MEM_MALLOC || MEMP_OVERFLOW_CHECK
/** A free element; with MEMP_OVERFLOW_CHECK in front of every element, with the place that took it last. */
struct memp {
  struct memp *next;
#if MEMP_OVERFLOW_CHECK
  const char *file;
  int line;
#endif
};
#endif

#if MEMP_OVERFLOW_CHECK
/** Octets in front of each element. */
#define MEMP_SIZE (LWIP_MEM_ALIGN_SIZE(sizeof(struct memp)) + MEM_SANITY_REGION_BEFORE_ALIGNED)
/** Octets of an element with what is behind it. */
#define MEMP_ALIGN_SIZE(x) (LWIP_MEM_ALIGN_SIZE(x) + MEM_SANITY_REGION_AFTER_ALIGNED)
#else
#define MEMP_SIZE 0
#define MEMP_ALIGN_SIZE(x) (LWIP_MEM_ALIGN_SIZE(x))
#endif

#if MEM_USE_POOLS && MEMP_USE_CUSTOM_POOLS
/* The first and the last of the pools between LWIP_MALLOC_MEMPOOL_START and _END in lwippools.h.  A pool contributes
   its number times what stands in front of it: 1 for the first, 0 for the others (and the other way round for the last). */
typedef enum {
  MEMP_POOL_HELPER_FIRST = ((u8_t)
#define LWIP_MEMPOOL(name, num, size, desc)
#define LWIP_MALLOC_MEMPOOL_START 1
#define LWIP_MALLOC_MEMPOOL(num, size) *MEMP_POOL_##size + 0
#define LWIP_MALLOC_MEMPOOL_END
#include "lwip/priv/memp_std.h"
                              ),
  MEMP_POOL_HELPER_LAST = ((u8_t)
#define LWIP_MEMPOOL(name, num, size, desc)
#define LWIP_MALLOC_MEMPOOL_START
#define LWIP_MALLOC_MEMPOOL(num, size) 0 + MEMP_POOL_##size *
#define LWIP_MALLOC_MEMPOOL_END 1
#include "lwip/priv/memp_std.h"
                             )
} memp_pool_helper_t;
#define MEMP_POOL_FIRST ((memp_t)MEMP_POOL_HELPER_FIRST)
#define MEMP_POOL_LAST ((memp_t)MEMP_POOL_HELPER_LAST)
#endif

#if defined(LWIP_DEBUG) || MEMP_OVERFLOW_CHECK || LWIP_STATS_DISPLAY
#define LWIP_X_MEMP_DESC_TEXT 1
#define DECLARE_LWIP_MEMPOOL_DESC(desc) (desc),
#else
#define LWIP_X_MEMP_DESC_TEXT 0
#define DECLARE_LWIP_MEMPOOL_DESC(desc)
#endif

#if MEMP_STATS
#define LWIP_MEMPOOL_DECLARE_STATS_INSTANCE(name) static struct stats_mem name;
#define LWIP_MEMPOOL_DECLARE_STATS_REFERENCE(name) &name,
#else
#define LWIP_MEMPOOL_DECLARE_STATS_INSTANCE(name)
#define LWIP_MEMPOOL_DECLARE_STATS_REFERENCE(name)
#endif

struct stats_mem;

struct memp_desc {
#if LWIP_X_MEMP_DESC_TEXT
  const char *desc;
#endif
#if MEMP_STATS
  struct stats_mem *stats;
#endif
  u16_t size; /**< octets of an element */
#if !MEMP_MEM_MALLOC
  u16_t num;         /**< elements */
  u8_t *base;        /**< their memory */
  struct memp **tab; /**< where the free list is: a ring, of which this points to the last; NULL if empty */
#endif
};

/** All elements of @p desc are free afterwards. */
void memp_init_pool(const struct memp_desc *desc);

/** Give an element of @p desc, or NULL. */
#if MEMP_OVERFLOW_CHECK
void *memp_malloc_pool_fn(const struct memp_desc *desc, const char *file, const int line);
#define memp_malloc_pool(d) memp_malloc_pool_fn((d), __FILE__, __LINE__)
#else
void *memp_malloc_pool(const struct memp_desc *desc);
#endif

/** Take @p mem back into @p desc. */
void memp_free_pool(const struct memp_desc *desc, void *mem);

#ifdef __cplusplus
}
#endif
#endif
