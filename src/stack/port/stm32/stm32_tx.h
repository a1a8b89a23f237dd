/** The transmit ring. */
#ifndef LWIP_STACK_STM32_TX_H
#define LWIP_STACK_STM32_TX_H

#include "stm32_desc.h"

#if LWIP_X_STM32_ETH

/** Nothing queued; the DMA will begin at the first descriptor. */
void stm32_tx_start(void);
/** The DMA has stopped: what it has not sent is given up. */
void stm32_tx_stop(void);
/** Queue a frame for the DMA; it is sent from where it is, or copied.  Lends @p p, which is referred to until it is sent.
 *  @retval ERR_MEM  no room now  @retval ERR_VAL  empty or too long */
err_t stm32_tx_send(struct pbuf *p);
/** Free what has been sent. */
void stm32_tx_reclaim(void);
/** Is something queued that does not get away?  Asked in turns: nothing was sent since the last time. */
bool stm32_tx_is_stuck(void);
void stm32_tx_kick(void);

#endif
#endif
