/** Guard regions around blocks and pool elements: MEM_OVERFLOW_CHECK, MEMP_OVERFLOW_CHECK. */
#ifndef LWIP_PRIV_MEM_PRIV_H
#define LWIP_PRIV_MEM_PRIV_H

#include "lwip/opt.h"
#include "lwip/mem.h"

#ifdef __cplusplus
extern "C" {
#endif

#if MEM_OVERFLOW_CHECK || MEMP_OVERFLOW_CHECK

/** Octets watched in front of each element; 0: none. */
#ifndef MEM_SANITY_REGION_BEFORE
#define MEM_SANITY_REGION_BEFORE 16
#endif
#define MEM_SANITY_REGION_BEFORE_ALIGNED LWIP_MEM_ALIGN_SIZE(MEM_SANITY_REGION_BEFORE)

/** Octets watched behind each element; 0: none. */
#ifndef MEM_SANITY_REGION_AFTER
#define MEM_SANITY_REGION_AFTER 16
#endif
#define MEM_SANITY_REGION_AFTER_ALIGNED LWIP_MEM_ALIGN_SIZE(MEM_SANITY_REGION_AFTER)

/** Fill the guard regions around the @p size octets at @p p. */
void mem_overflow_init_raw(void *p, size_t size);
/** Assert that they are as they were filled; the two texts say what @p p is. */
void mem_overflow_check_raw(void *p, size_t size, const char *descr1, const char *descr2);

#endif

#ifdef __cplusplus
}
#endif
#endif
