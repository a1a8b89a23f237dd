/** The 802.1Q tag of a packet that is not in its frame (LWIP_X_VLAN_OFFLOAD, lwip/x_netif.h). */
#ifndef LWIP_STACK_MEM_PBUF_TAG_H
#define LWIP_STACK_MEM_PBUF_TAG_H

#include "lwip/pbuf.h"

enum { PBUF_TAG_NONE = -1 };

#if LWIP_X_VLAN_OFFLOAD
static inline s32_t pbuf_tag(const struct pbuf *p)
{
  return p->x_tci;
}

static inline void pbuf_set_tag(struct pbuf *p, s32_t tci)
{
  p->x_tci = tci;
}
#else
static inline s32_t pbuf_tag(const struct pbuf *p)
{
  LWIP_UNUSED_ARG(p);
  return PBUF_TAG_NONE;
}

static inline void pbuf_set_tag(struct pbuf *p, s32_t tci)
{
  LWIP_UNUSED_ARG(p);
  LWIP_UNUSED_ARG(tci);
}
#endif

#endif
