/** Which checksums of a frame the MAC shall make. */
#ifndef LWIP_STACK_STM32_OFFLOAD_H
#define LWIP_STACK_STM32_OFFLOAD_H

#include "stm32_desc.h"

#if LWIP_X_STM32_ETH

/** For checksums by the MAC: what the stack makes all the same (NETIF_SET_CHECKSUM_CTRL()). */
#define STM32_SOFTWARE_SUMS (0xFF00 | NETIF_CHECKSUM_GEN_ICMP6)

#if LWIP_X_STM32_ETH_CHECKSUMS
/** @return 0, STM32_TX_SUM_IP or STM32_TX_SUM_ALL for the frame @p p */
u8_t stm32_offload(const struct pbuf *p);
#else
#define stm32_offload(p) 0u
#endif

#endif
#endif
