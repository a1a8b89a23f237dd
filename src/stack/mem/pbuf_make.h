/** What a pbuf is made of. */
#ifndef LWIP_STACK_MEM_PBUF_MAKE_H
#define LWIP_STACK_MEM_PBUF_MAKE_H

#include "lwip/netif.h"
#include "lwip/pbuf.h"
#include "pbuf_tag.h"
#include <stdbool.h>

/** Octets from a struct pbuf to the room behind it. */
#define PBUF_STRUCT_SIZE LWIP_MEM_ALIGN_SIZE(sizeof(struct pbuf))

/** Fill in all members: one reference, no chain, no flags. */
static inline void pbuf_make(struct pbuf *p, void *payload, u16_t tot_len, u16_t len, pbuf_type type)
{
  p->next = NULL;
  p->payload = payload;
  p->tot_len = tot_len;
  p->len = len;
  p->type_internal = (u8_t)type;
  p->flags = 0;
  p->ref = 1;
  p->if_idx = NETIF_NO_INDEX;
#if LWIP_X_TCP_TSO
  p->x_seg_len = 0;
#endif
  pbuf_set_tag(p, PBUF_TAG_NONE);
  LWIP_PBUF_CUSTOM_DATA_INIT(p);
}

/** Will the interface cut @p p into segments, however long it is? */
static inline bool pbuf_is_cut_below(const struct pbuf *p)
{
#if LWIP_X_TCP_TSO
  return p->x_seg_len != 0;
#else
  (void)p;
  return false;
#endif
}

#endif
