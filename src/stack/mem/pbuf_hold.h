/** Packets that wait to be sent. */
#ifndef LWIP_STACK_MEM_PBUF_HOLD_H
#define LWIP_STACK_MEM_PBUF_HOLD_H

#include "lwip/pbuf.h"

/** @p p for later: one more reference, or a copy if somebody may write to its octets meanwhile.  Lends @p p.  @return NULL: no memory */
struct pbuf *pbuf_hold(struct pbuf *p) LWIP_X_GIVES_PBUF;

#endif
