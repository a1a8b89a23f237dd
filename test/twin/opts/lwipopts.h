/** Options of the driver's tests: everything, with the STM32 driver over the twin. */
#ifndef TEST_TWIN_LWIPOPTS_H
#define TEST_TWIN_LWIPOPTS_H

#define MEM_SIZE (128 * 1024)
#define PBUF_POOL_SIZE 24
#define MEMP_NUM_PBUF 64
#define LWIP_SUPPORT_CUSTOM_PBUF 1
#define LWIP_X_STM32_ETH 1
#define LWIP_X_STM32_ETH_HW "twin_hw.h"
#define LWIP_X_STM32_ETH_HANDLER 0
#ifndef LWIP_X_STM32_ETH_PTP
#define LWIP_X_STM32_ETH_PTP 1
#endif
#define LWIP_X_STM32_ETH_CUBE 1
#ifndef LWIP_X_STM32_ETH_VLAN
#define LWIP_X_STM32_ETH_VLAN 1
#endif
#define LWIP_X_VLAN_OFFLOAD 1 /* the stack is the same for all variants */
#define ETHARP_SUPPORT_VLAN 1
#define LWIP_HOOK_FILENAME "twin_hooks.h"
#define LWIP_HOOK_VLAN_SET(nif, p, src, dst, type) bench_tag_out()
#define LWIP_HOOK_VLAN_CHECK(nif, eth, tag) bench_tag_in(tag)

#include "../../config/full/lwipopts.h"

#endif
