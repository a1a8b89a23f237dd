/** The multicast filter. */
#ifndef LWIP_STACK_STM32_FILTER_H
#define LWIP_STACK_STM32_FILTER_H

#include "stm32_desc.h"

#if LWIP_X_STM32_ETH

/** Write the table to the MAC, after a reset. */
void stm32_filter_apply(void);
/** Tell the stack whom to call when groups come and go. */
void stm32_filter_attach(struct netif *nif);

#endif
#endif
