/** The heap as on a microcontroller: 16-bit sizes, 4 octets of alignment.  The tests are in heap_model.h.
 *  LINK: base/def.c */
#define MEM_SIZE (10 * 1024)
#define MEM_ALIGNMENT 4
#define HEAP_NAME "heap"
#include "mem/heap.c"
#include "mem/heap_calloc.c"
#include "heap_model.h"
