/** Frames out, inside the stack. */
#ifndef LWIP_STACK_LINK_ETH_SEND_H
#define LWIP_STACK_LINK_ETH_SEND_H

#include "lwip/netif.h"

/** ethernet_output() from @p nif's own address to @p dest.  Lends @p p.  @retval ERR_BUF  no room for the header */
err_t eth_send(struct netif *nif, struct pbuf *p, const u8_t *dest, u16_t type);

#endif
