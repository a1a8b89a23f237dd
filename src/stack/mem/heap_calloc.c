/** Zeroed memory, for heaps that have no calloc of their own. */
#include "lwip/mem.h"

#if !MEM_LIBC_MALLOC

#include <string.h>

void *mem_calloc(mem_size_t count, mem_size_t size)
{
  size_t product = (size_t)count * size;
  void *mem;

  if ((mem_size_t)product != product || (size != 0 && product / size != count)) {
    return NULL;
  }
  mem = mem_malloc((mem_size_t)product);
  if (mem != NULL) {
    memset(mem, 0, product);
  }
  return mem;
}

#endif
