/** Is a pool nearly empty?  Then the last of it is not for whoever keeps things. */
#ifndef LWIP_STACK_MEM_MEMP_SCARCE_H
#define LWIP_STACK_MEM_MEMP_SCARCE_H

#include "lwip/memp.h"
#include "lwip/priv/memp_priv.h"
#include <stdbool.h>

/** Are fewer than two elements free?  Needs no protection.  Never true with MEMP_MEM_MALLOC. */
static inline bool memp_scarce(const struct memp_desc *desc)
{
#if MEMP_MEM_MALLOC
  LWIP_UNUSED_ARG(desc);
  return false;
#else
  /* The last element cannot be taken while there are two: what it points to is safe to look at, whoever takes one meanwhile. */
  const struct memp *last = *desc->tab;

  return last == NULL || last->next == last;
#endif
}

#endif
