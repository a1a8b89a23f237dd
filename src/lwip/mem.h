/**
 * The heap: blocks of any size from one static area of MEM_SIZE octets.  Every call costs a bounded number of steps.
 *
 * With MEM_LIBC_MALLOC the C library's allocator stands behind the same names, with MEM_USE_POOLS the
 * pools of lwippools.h do.
 *
 * Context: any, interrupts included, where the port gives SYS_ARCH_PROTECT() or is a bare Cortex-M.
 */
#ifndef LWIP_MEM_H
#define LWIP_MEM_H

#include "lwip/opt.h"
#include "lwip/arch.h"

#ifdef __cplusplus
extern "C" {
#endif

#if MEM_LIBC_MALLOC
typedef size_t mem_size_t;
#define MEM_SIZE_F SZT_F
#elif MEM_USE_POOLS
typedef u16_t mem_size_t;
#define MEM_SIZE_F U16_F
#elif MEM_SIZE > 64000L
typedef u32_t mem_size_t;
#define MEM_SIZE_F U32_F
#else
typedef u16_t mem_size_t;
#define MEM_SIZE_F U16_F
#endif

/** Make the heap ready; lwip_init() does it.  Harmless when called again. */
void mem_init(void);

/**
 * Give @p size octets, aligned to MEM_ALIGNMENT, contents undefined.
 * @return NULL: no memory, or @p size is 0
 */
void *mem_malloc(mem_size_t size);

/** Give @p count times @p size octets, all zero.  @return NULL: no memory, or the product does not fit in mem_size_t */
void *mem_calloc(mem_size_t count, mem_size_t size);

/**
 * Cut the block at @p mem to its first @p size octets; what is left over becomes free.  The block never moves.
 * @return @p mem; NULL if @p size is more than the block has (nothing is changed)
 */
void *mem_trim(void *mem, mem_size_t size);

/** Take back a block.  NULL is allowed; what is no block, or was freed before, is left alone and counted as illegal. */
void mem_free(void *mem);

#ifdef __cplusplus
}
#endif
#endif
