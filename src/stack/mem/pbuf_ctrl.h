/** Buffers for packets without which nothing gets better: ACK, RST, SYN+ACK, ARP, ICMP. */
#ifndef LWIP_STACK_MEM_PBUF_CTRL_H
#define LWIP_STACK_MEM_PBUF_CTRL_H

#include "lwip/pbuf.h"
#include <stdbool.h>

/**
 * Give one pbuf of @p len octets with room for the headers of @p layer: from the heap, or, when that is exhausted, from
 * PBUF_POOL.  Where that is empty too nothing can be received, and what the packet would have answered will come again.
 * @return NULL: both are exhausted, or @p len is too long for one element of the pool
 */
struct pbuf *pbuf_alloc_ctrl(pbuf_layer layer, u16_t len) LWIP_X_GIVES_PBUF;

/**
 * As pbuf_alloc_ctrl(PBUF_IP, @p len), for who sends many: a TCP header with the options of a SYN fits into the one that is
 * kept.  To be given back with pbuf_ctrl_done(), by nobody else.  Context: inside the core.
 */
struct pbuf *pbuf_ctrl_take(u16_t len);
/** Sent.  Takes @p p, which is kept for the next time unless somebody below still refers to it. */
void pbuf_ctrl_done(struct pbuf *p);
/** Free the one that is kept. */
void pbuf_ctrl_forget(void);

#endif
