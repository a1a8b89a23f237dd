/**
 * All that the driver asks of the machine: registers, descriptor words, barriers, cache lines, addresses.  Nothing else in
 * this folder touches hardware, so that the whole driver runs on another machine: LWIP_X_STM32_ETH_HW names the header to
 * use instead (test/twin has one).
 */
#ifndef LWIP_STACK_STM32_HW_H
#define LWIP_STACK_STM32_HW_H

#include "lwip/opt.h"
#include "lwip/arch.h"
#include <stdbool.h>

#ifdef LWIP_X_STM32_ETH_HW
#include LWIP_X_STM32_ETH_HW
#elif LWIP_X_STM32_ETH

#include "stm32_family.h"

/** Octets of a cache line. */
#define STM32_LINE 32u

/** A register of the MAC by its offset. */
static inline volatile u32_t *stm32_reg(u32_t offset)
{
  return (volatile u32_t *)(STM32_BASE + offset);
}

static inline u32_t stm32_rd(u32_t offset)
{
  return *stm32_reg(offset);
}

static inline void stm32_wr(u32_t offset, u32_t value)
{
  *stm32_reg(offset) = value;
}

/** A word of a descriptor, which the DMA reads and writes, too. */
static inline u32_t stm32_desc_get(const volatile u32_t *word)
{
  return *word;
}

static inline void stm32_desc_put(volatile u32_t *word, u32_t value)
{
  *word = value;
}

/** What was accessed before stays before what is accessed after. */
static inline void stm32_dmb(void)
{
  __asm volatile("dmb" : : : "memory");
}

/** What was written before has arrived. */
static inline void stm32_dsb(void)
{
  __asm volatile("dsb" : : : "memory");
}

/** The address the DMA knows this octet by. */
static inline u32_t stm32_bus(const volatile void *p)
{
  return (u32_t)(uintptr_t)p;
}

/** Wait @p us or a little longer, at @p hclk_hz (the processor is at least as fast, at most 4 times). */
static inline void stm32_spin_us(u32_t us, u32_t hclk_hz)
{
  u32_t turns = us * (hclk_hz / 1000000u) * 4u / 3u + 1u;

  __asm volatile("1: subs %0, #1\n\tbne 1b" : "+l"(turns) : : "cc");
}

/** Word 0, 1 or 2 of the number no two chips have. */
static inline u32_t stm32_unique(u32_t word)
{
  return *(const volatile u32_t *)(STM32_UID + 4u * word);
}

#if LWIP_X_STM32_ETH_DCACHE

#define STM32_SCB_CCR ((volatile u32_t *)0xE000ED14u)
#define STM32_SCB_DCIMVAC ((volatile u32_t *)0xE000EF5Cu)
#define STM32_SCB_DCCMVAC ((volatile u32_t *)0xE000EF68u)
#define STM32_SCB_CCR_DC (1u << 16)

/** Do @p op, a register of the SCB, to all lines of [@p p, @p p + @p len), if the cache is on. */
static inline void stm32_dcache_each(volatile u32_t *op, const volatile void *p, u32_t len)
{
  u32_t at = (u32_t)(uintptr_t)p & ~(STM32_LINE - 1u);
  const u32_t end = (u32_t)(uintptr_t)p + len;

  if ((*STM32_SCB_CCR & STM32_SCB_CCR_DC) == 0) {
    return;
  }
  stm32_dsb();
  for (; at < end; at += STM32_LINE) {
    *op = at;
  }
  stm32_dsb();
}

/** What the processor wrote reaches the memory. */
static inline void stm32_dcache_clean(const volatile void *p, u32_t len)
{
  stm32_dcache_each(STM32_SCB_DCCMVAC, p, len);
}

/** The processor forgets what it knows of these lines, written or read. */
static inline void stm32_dcache_invalidate(const volatile void *p, u32_t len)
{
  stm32_dcache_each(STM32_SCB_DCIMVAC, p, len);
}

#else

static inline void stm32_dcache_clean(const volatile void *p, u32_t len)
{
  LWIP_UNUSED_ARG(p);
  LWIP_UNUSED_ARG(len);
}

static inline void stm32_dcache_invalidate(const volatile void *p, u32_t len)
{
  LWIP_UNUSED_ARG(p);
  LWIP_UNUSED_ARG(len);
}

#endif
#endif

/** Without a cache, or with uncacheable descriptors, they need no maintenance. */
#define STM32_DESC_CACHED (LWIP_X_STM32_ETH_DCACHE && !LWIP_X_STM32_ETH_MPU)

#endif
