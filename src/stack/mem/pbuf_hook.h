/** What the buffers ask of the floors above when they run dry. */
#ifndef LWIP_STACK_MEM_PBUF_HOOK_H
#define LWIP_STACK_MEM_PBUF_HOOK_H

#include "lwip/pbuf.h"
#include <stdbool.h>

#define PBUF_FREES_OOSEQ (LWIP_TCP && TCP_QUEUE_OOSEQ && NO_SYS && PBUF_POOL_FREE_OOSEQ)

#if PBUF_FREES_OOSEQ

/** Give up received packets that can be sent again (TCP's out-of-order text); NULL: nobody has any.  Set in init/wiring.c. */
extern void (*const pbuf_pool_empty_hook)(void);

/** Has PBUF_POOL run dry since the last pbuf_free_ooseq()? */
static inline bool pbuf_pool_ran_dry(void)
{
  return pbuf_free_ooseq_pending != 0;
}

#else

static inline bool pbuf_pool_ran_dry(void)
{
  return false;
}

#endif
#endif
