/** The memory protection unit of ARMv7-M: one region over the descriptors, normal memory, not cached, shared. */
#include "stm32_mpu.h"

#if LWIP_X_STM32_ETH && LWIP_X_STM32_ETH_MPU && !defined(LWIP_X_STM32_ETH_HW)

#if LWIP_X_STM32_ETH_FAMILY != STM32_ETH_F7 && LWIP_X_STM32_ETH_FAMILY != STM32_ETH_H7 && \
  LWIP_X_STM32_ETH_FAMILY != STM32_ETH_H7RS
#error "LWIP_X_STM32_ETH_MPU is for the Cortex-M7 of F7, H7 and H7RS: set it to 0"
#endif

#define MPU_CTRL ((volatile u32_t *)0xE000ED94u)
#define MPU_RNR ((volatile u32_t *)0xE000ED98u)
#define MPU_RBAR ((volatile u32_t *)0xE000ED9Cu)
#define MPU_RASR ((volatile u32_t *)0xE000EDA0u)
#define CTRL_ENABLE 1u
#define CTRL_PRIVDEFENA 4u /* elsewhere the default map */
/* Execute never, full access, TEX 001 with C and B 0, shareable, enabled. */
#define RASR_UNCACHED (1u << 28 | 3u << 24 | 1u << 19 | 1u << 18 | 1u)

/** The field says n for 2^(n+1) octets. */
static u32_t size_field(void)
{
  u32_t n = 4;

  while (2u << n < sizeof stm32_rings_memory) {
    n++;
  }
  return n << 1;
}

void stm32_mpu_setup(void)
{
  const u32_t control = *MPU_CTRL;

  stm32_dcache_clean(&stm32_rings_memory, sizeof stm32_rings_memory);
  stm32_dcache_invalidate(&stm32_rings_memory, sizeof stm32_rings_memory);
  stm32_dsb();
  *MPU_CTRL = 0;
  *MPU_RNR = LWIP_X_STM32_ETH_MPU_REGION;
  *MPU_RBAR = stm32_bus(&stm32_rings_memory);
  *MPU_RASR = RASR_UNCACHED | size_field();
  stm32_dsb();
  *MPU_CTRL = control | CTRL_ENABLE | CTRL_PRIVDEFENA;
  stm32_dsb();
  __asm volatile("isb" : : : "memory");
}

#endif
