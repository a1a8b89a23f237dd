/** Link supervision: reset, PHY, speed, and the watch over both DMAs.  Runs from one timer and never waits. */
#ifndef LWIP_STACK_STM32_LINK_H
#define LWIP_STACK_STM32_LINK_H

#include "stm32_desc.h"

#if LWIP_X_STM32_ETH

/** Begin with a reset. */
void stm32_link_start(void);
void stm32_link_stop(void);
/** Do frames flow?  Otherwise the rings are empty. */
bool stm32_link_runs(void);
/** The DMA is lost: reset the MAC and go on where we were. */
void stm32_link_recover(void);
/** Look at the link now, or as soon as what is being done with the PHY is over. */
void stm32_link_hurry(void);
/** Stop, to sleep; and go on. */
void stm32_link_sleep(bool unicast);
bool stm32_link_wake(void);

#endif
#endif
