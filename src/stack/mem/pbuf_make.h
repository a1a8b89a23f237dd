/** Between pbuf.c and pbuf_ctrl.c. */
#ifndef LWIP_STACK_MEM_PBUF_MAKE_H
#define LWIP_STACK_MEM_PBUF_MAKE_H

#include "lwip/pbuf.h"
#include <stdbool.h>

/** Octets from a struct pbuf to the room behind it. */
#define PBUF_STRUCT_SIZE LWIP_MEM_ALIGN_SIZE(sizeof(struct pbuf))

/** Fill in all members: one reference, no chain, no flags. */
void pbuf_make(struct pbuf *p, void *payload, u16_t tot_len, u16_t len, pbuf_type type);

#if LWIP_X_CTRL_RESERVE > 0
/** Was @p p taken from the reserve for control packets?  Then its reference count of 0 is all that makes it free. */
bool pbuf_is_reserve(const struct pbuf *p);
#else
static inline bool pbuf_is_reserve(const struct pbuf *p)
{
  LWIP_UNUSED_ARG(p);
  return false;
}
#endif

#endif
