/** Between pbuf.c and pbuf_ctrl.c. */
#ifndef LWIP_STACK_MEM_PBUF_MAKE_H
#define LWIP_STACK_MEM_PBUF_MAKE_H

#include "lwip/pbuf.h"

/** Octets from a struct pbuf to the room behind it. */
#define PBUF_STRUCT_SIZE LWIP_MEM_ALIGN_SIZE(sizeof(struct pbuf))

/** Fill in all members: one reference, no chain, no flags. */
void pbuf_make(struct pbuf *p, void *payload, u16_t tot_len, u16_t len, pbuf_type type);

/** flags: of the reserve for control packets, where a reference count of 0 is all that makes an element free. */
#define PBUF_FLAG_X_RESERVE 0x80U

#endif
