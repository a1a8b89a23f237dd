/**
 * Pools of elements of one size: the lists of the stack (lwip/priv/memp_std.h) and those a program declares itself.
 * Taking and giving back costs a few instructions.  An element that was given back is taken again last, so that a
 * stale pointer to it does no harm for as long as possible.
 *
 * Context: any, interrupts included, where the port gives SYS_ARCH_PROTECT() or is a bare Cortex-M.
 */
#ifndef LWIP_MEMP_H
#define LWIP_MEMP_H

#include "lwip/opt.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Once with nothing, so that whatever lwippools.h includes is known before the enumeration. */
#define LWIP_MEMPOOL(name, num, size, desc)
#include "lwip/priv/memp_std.h"

/** The pools of the stack, MEMP_ and the name in lwip/priv/memp_std.h. */
typedef enum {
#define LWIP_MEMPOOL(name, num, size, desc) MEMP_##name,
#include "lwip/priv/memp_std.h"
  MEMP_MAX
} memp_t;

#include "lwip/priv/memp_priv.h"
#include "lwip/stats.h"

/** Descriptors by memp_t. */
extern const struct memp_desc *const memp_pools[MEMP_MAX];

/** Make a pool that LWIP_MEMPOOL_DECLARE() defines in another file known here. */
#define LWIP_MEMPOOL_PROTOTYPE(name) extern const struct memp_desc memp_##name

/* What a pool takes; C has no array of nothing. */
#define LWIP_X_MEMPOOL_OCTETS(num, size) ((num) > 0 ? (num) * (MEMP_SIZE + MEMP_ALIGN_SIZE(size)) : 1)

/**
 * Define a pool of the program's own, at file scope: @p num elements of @p size octets.
 * LWIP_MEMPOOL_INIT() it once before use.
 */
#if MEMP_MEM_MALLOC
#define LWIP_MEMPOOL_DECLARE(name, num, size, desc)                                                            \
  LWIP_MEMPOOL_DECLARE_STATS_INSTANCE(memp_stats_##name)                                                       \
  const struct memp_desc memp_##name = { DECLARE_LWIP_MEMPOOL_DESC(desc) LWIP_MEMPOOL_DECLARE_STATS_REFERENCE( \
    memp_stats_##name) LWIP_MEM_ALIGN_SIZE(size) };
#else
#define LWIP_MEMPOOL_DECLARE(name, num, size, desc)                                                \
  LWIP_DECLARE_MEMORY_ALIGNED(memp_memory_##name##_base, LWIP_X_MEMPOOL_OCTETS(num, size));        \
  LWIP_MEMPOOL_DECLARE_STATS_INSTANCE(memp_stats_##name)                                           \
  static struct memp *memp_tab_##name;                                                             \
  const struct memp_desc memp_##name = { DECLARE_LWIP_MEMPOOL_DESC(desc)                           \
                                           LWIP_MEMPOOL_DECLARE_STATS_REFERENCE(memp_stats_##name) \
                                             LWIP_MEM_ALIGN_SIZE(size),                            \
                                         (num), memp_memory_##name##_base, &memp_tab_##name };
#endif

/** All elements of the pool are free afterwards. */
#define LWIP_MEMPOOL_INIT(name) memp_init_pool(&memp_##name)
/** Give an element, contents undefined, or NULL. */
#define LWIP_MEMPOOL_ALLOC(name) memp_malloc_pool(&memp_##name)
/** Take an element back. */
#define LWIP_MEMPOOL_FREE(name, x) memp_free_pool(&memp_##name, (x))

#if MEM_USE_POOLS
/** In front of each block mem_malloc() gives when pools stand behind it. */
struct memp_malloc_helper {
  memp_t poolnr; /**< where the block came from */
#if MEMP_OVERFLOW_CHECK || (LWIP_STATS && MEM_STATS)
  u16_t size; /**< octets asked for */
#endif
};
#endif

/** Make all pools of the stack ready; lwip_init() does it.  Harmless when called again. */
void memp_init(void);

/** Give an element of pool @p type, contents undefined.  @return NULL: all are in use */
#if MEMP_OVERFLOW_CHECK
void *memp_malloc_fn(memp_t type, const char *file, const int line);
#define memp_malloc(t) memp_malloc_fn((t), __FILE__, __LINE__)
#else
void *memp_malloc(memp_t type);
#endif

/** Take @p mem back into pool @p type.  NULL is allowed; what is not of the pool is left alone and counted as illegal. */
void memp_free(memp_t type, void *mem);

#ifdef __cplusplus
}
#endif
#endif
