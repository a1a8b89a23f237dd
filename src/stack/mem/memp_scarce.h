/** Is a pool nearly empty?  Then the last of it is not for whoever keeps things. */
#ifndef LWIP_STACK_MEM_MEMP_SCARCE_H
#define LWIP_STACK_MEM_MEMP_SCARCE_H

#include "lwip/memp.h"
#include <stdbool.h>

/** Are fewer than two elements free?  Needs no protection.  Never true with MEMP_MEM_MALLOC. */
bool memp_scarce(const struct memp_desc *desc);

#endif
