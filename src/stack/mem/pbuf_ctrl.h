/** Buffers for packets without which nothing gets better: ACK, RST, SYN+ACK, ARP, ICMP. */
#ifndef LWIP_STACK_MEM_PBUF_CTRL_H
#define LWIP_STACK_MEM_PBUF_CTRL_H

#include "lwip/pbuf.h"

/**
 * Give a PBUF_RAM of @p len octets with room for the headers of @p layer: from the heap, or, when that is exhausted, from a
 * small reserve nobody else may use (LWIP_X_CTRL_RESERVE elements of LWIP_X_CTRL_SIZE octets).
 * @return NULL: both are exhausted, or @p len is too long for the reserve
 */
struct pbuf *pbuf_alloc_ctrl(pbuf_layer layer, u16_t len) LWIP_X_GIVES_PBUF;

#endif
