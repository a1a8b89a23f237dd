/** The heap with 32-bit sizes, 16 octets of alignment, guard regions and the walk over all blocks after each call.
 *  LINK: base/def.c */
#define MEM_SIZE 70000
#define MEM_ALIGNMENT 16
#define MEM_OVERFLOW_CHECK 1
#define MEM_SANITY_CHECK 1
#define HEAP_NAME "heap_big"
#include "mem/heap.c"
#include "mem/heap_calloc.c"
#include "mem/mem_guard.c"
#include "heap_model.h"
