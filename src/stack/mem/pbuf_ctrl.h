/** Buffers for packets without which nothing gets better: ACK, RST, SYN+ACK, ARP, ICMP. */
#ifndef LWIP_STACK_MEM_PBUF_CTRL_H
#define LWIP_STACK_MEM_PBUF_CTRL_H

#include "lwip/pbuf.h"

/**
 * Give one pbuf of @p len octets with room for the headers of @p layer: from the heap, or, when that is exhausted, from
 * PBUF_POOL.  Where that is empty too nothing can be received, and what the packet would have answered will come again.
 * @return NULL: both are exhausted, or @p len is too long for one element of the pool
 */
struct pbuf *pbuf_alloc_ctrl(pbuf_layer layer, u16_t len) LWIP_X_GIVES_PBUF;

#endif
