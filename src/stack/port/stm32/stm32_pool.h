/**
 * Buffers for the DMA: received frames, and copies of frames that cannot be sent from where they are.  Each is whole cache
 * lines with nothing else in them, and has a custom pbuf that brings it back here when it is freed, in whatever context.
 */
#ifndef LWIP_STACK_STM32_POOL_H
#define LWIP_STACK_STM32_POOL_H

#include "stm32_desc.h"

#if LWIP_X_STM32_ETH

struct stm32_buf {
  struct pbuf_custom pc; /**< first: a pbuf of ours is a buffer */
  struct stm32_buf *next;
#if LWIP_X_STM32_ETH_PTP
  bool stamped;
  struct stm32_eth_time time;
#endif
};

/** All buffers free; once, whatever happens to the interface later.  @return false: the DMA does not reach them */
bool stm32_pool_init(void);
/** @return NULL: none is free */
struct stm32_buf *stm32_pool_take(void);
void stm32_pool_give(struct stm32_buf *buf);
/** The STM32_BUF_SIZE octets. */
u8_t *stm32_pool_data(const struct stm32_buf *buf);
/** Make a pbuf of @p len octets of it; the buffer comes back when that is freed. */
struct pbuf *stm32_pool_pbuf(struct stm32_buf *buf, u16_t len);
/** The buffer @p p lies in, or NULL. */
struct stm32_buf *stm32_pool_find(const struct pbuf *p);

#endif
#endif
