/** From one packet into another. */
#ifndef LWIP_STACK_MEM_PBUF_FILL_H
#define LWIP_STACK_MEM_PBUF_FILL_H

#include "lwip/pbuf.h"

/** Write to all of @p to, but for the first @p skip octets of its first pbuf, what @p from has from @p at on. */
void pbuf_fill(struct pbuf *to, u16_t skip, const struct pbuf *from, u16_t at);

#endif
