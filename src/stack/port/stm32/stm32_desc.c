/** The memory of the rings. */
#include "stm32_desc.h"

#if LWIP_X_STM32_ETH

#if LWIP_X_STM32_ETH_MPU
#define ALIGNED STM32_RINGS_REGION
#else
#define ALIGNED STM32_LINE
#endif

union stm32_rings_memory stm32_rings_memory LWIP_X_STM32_ETH_DESC_ATTR __attribute__((aligned(ALIGNED)));

#endif
