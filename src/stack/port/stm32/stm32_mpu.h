/** The memory protection unit makes the descriptors uncacheable. */
#ifndef LWIP_STACK_STM32_MPU_H
#define LWIP_STACK_STM32_MPU_H

#include "stm32_desc.h"

#if LWIP_X_STM32_ETH && LWIP_X_STM32_ETH_MPU && !defined(LWIP_X_STM32_ETH_HW)
void stm32_mpu_setup(void);
#else
static inline void stm32_mpu_setup(void)
{
}
#endif

#endif
