/** The receive ring. */
#ifndef LWIP_STACK_STM32_RX_H
#define LWIP_STACK_STM32_RX_H

#include "stm32_desc.h"

#if LWIP_X_STM32_ETH

/** Give the DMA all descriptors but one, each with a buffer. */
void stm32_rx_start(void);
/** The DMA has stopped: the buffers go back. */
void stm32_rx_stop(void);
/** Hand received frames to @p nif, at most @p budget.  @return true: the budget was used up */
bool stm32_rx_take(struct netif *nif, unsigned budget);
/** Has a frame come? */
bool stm32_rx_any(void);
/** Tell the DMA again which descriptors it has. */
void stm32_rx_kick(void);

#endif
#endif
