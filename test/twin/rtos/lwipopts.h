/** Options of the driver's test under an RTOS: the stack with threads, over the stand-ins of test/rtos. */
#ifndef TEST_TWIN_RTOS_LWIPOPTS_H
#define TEST_TWIN_RTOS_LWIPOPTS_H

#define LWIP_X_STM32_ETH 1
#define LWIP_X_STM32_ETH_HW "twin_rtos_hw.h"
#define LWIP_X_STM32_ETH_HANDLER 0
#define LWIP_X_STM32_ETH_CUBE 1
#define LWIP_SUPPORT_CUSTOM_PBUF 1
#define MEM_SIZE (256 * 1024)

#include "../../config/os/lwipopts.h"

#endif
