/* The options a sketch gets on an STM32 with Ethernet (lwip/x_defaults.h); the driver's registers are the twin's. */
#include "lwip/x_defaults.h"
#if !LWIP_X_STM32_ETH
#error "a sketch for this chip gets no driver"
#endif
#define LWIP_X_STM32_ETH_HW "twin_hw.h"
