/** The receive thread, for programs with an operating system. */
#ifndef LWIP_STACK_STM32_THREAD_H
#define LWIP_STACK_STM32_THREAD_H

#include "netif/stm32_eth.h"

#if LWIP_X_STM32_ETH && !NO_SYS

/** Start the thread that polls, once for all.  @retval ERR_MEM  no mailbox or no thread */
err_t stm32_thread_start(void);
/** There is something to do.  In the interrupt. */
void stm32_thread_wake(void);

#else
static inline void stm32_thread_wake(void)
{
}
#endif

#endif
