/** What differs between families and is not in the MAC's registers: where things are, and what the DMA reaches. */
#ifndef LWIP_STACK_STM32_FAMILY_H
#define LWIP_STACK_STM32_FAMILY_H

#include "lwip/opt.h"
#include "lwip/arch.h"
#include <stdbool.h>

#if LWIP_X_STM32_ETH_BASE
#define STM32_BASE LWIP_X_STM32_ETH_BASE
#elif LWIP_X_STM32_ETH_FAMILY == STM32_ETH_N6
#define STM32_BASE 0x48036000u
#else
#define STM32_BASE 0x40028000u
#endif

#if LWIP_X_STM32_ETH_FAMILY == STM32_ETH_F1
#define STM32_UID 0x1FFFF7E8u
#elif LWIP_X_STM32_ETH_FAMILY == STM32_ETH_F2 || LWIP_X_STM32_ETH_FAMILY == STM32_ETH_F4
#define STM32_UID 0x1FFF7A10u
#elif LWIP_X_STM32_ETH_FAMILY == STM32_ETH_F7
#define STM32_UID 0x1FF0F420u
#elif LWIP_X_STM32_ETH_FAMILY == STM32_ETH_H7
#define STM32_UID 0x1FF1E800u
#else
#define STM32_UID 0x08FFF800u
#endif

struct stm32_range {
  u32_t first, last;
};

/**
 * Memory the DMA can read and write.  Flash is left out everywhere: on F1, F2 and F4 it is out of reach, elsewhere constant
 * data is copied rather than trusted to reach.  So are CCM (F4), ITCM and, on H7, DTCM.  F7's DTCM is within reach.
 */
static inline bool stm32_dma_reaches(const volatile void *p, u32_t len)
{
  static const struct stm32_range ranges[] = {
#if LWIP_X_STM32_ETH_FAMILY == STM32_ETH_H7 || LWIP_X_STM32_ETH_FAMILY == STM32_ETH_H7RS
    { 0x24000000u, 0x2FFFFFFFu }, /* AXI SRAM; from 0x20000000 it would be DTCM */
    { 0x30000000u, 0x3FFFFFFFu }, /* SRAM of D2 and D3, AHB SRAM */
    { 0xC0000000u, 0xDFFFFFFFu }, /* SDRAM */
#elif LWIP_X_STM32_ETH_FAMILY == STM32_ETH_H5
    { 0x20000000u, 0x3FFFFFFFu }, /* SRAM, both aliases */
#elif LWIP_X_STM32_ETH_FAMILY == STM32_ETH_N6
    { 0x24000000u, 0x2FFFFFFFu },
    { 0x34000000u, 0x3FFFFFFFu },
#elif LWIP_X_STM32_ETH_FAMILY == STM32_ETH_F7
    { 0x20000000u, 0x2FFFFFFFu }, /* DTCM, SRAM1, SRAM2 */
    { 0xC0000000u, 0xDFFFFFFFu },
#else
    { 0x20000000u, 0x2FFFFFFFu }, /* SRAM */
#endif
    { 0x60000000u, 0x9FFFFFFFu }, /* external memory */
  };
  const u32_t first = (u32_t)(uintptr_t)p;
  unsigned i;

  for (i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
    if (first >= ranges[i].first && len - 1u <= ranges[i].last - first && first <= ranges[i].last) {
      return true;
    }
  }
  return false;
}

#endif
