/** stack/port/stm32/stm32_hw.h over the twin: every access of the driver is a call, and a chance for trouble. */
#ifndef TEST_TWIN_HW_H
#define TEST_TWIN_HW_H

#include "lwip/arch.h"
#include <stdbool.h>

#define STM32_LINE 32u

u32_t twin_reg_read(u32_t offset);
void twin_reg_write(u32_t offset, u32_t value);
u32_t twin_desc_get(const volatile u32_t *word);
void twin_desc_put(volatile u32_t *word, u32_t value);
void twin_dmb(void);
void twin_dsb(void);
void twin_clean(const volatile void *p, u32_t len);
void twin_invalidate(const volatile void *p, u32_t len);
u32_t twin_bus(const volatile void *p);
bool twin_reaches(const volatile void *p, u32_t len);
void twin_spin_us(u32_t us);
u32_t twin_unique(u32_t word);

#define stm32_rd(offset) twin_reg_read(offset)
#define stm32_wr(offset, value) twin_reg_write(offset, value)
#define stm32_desc_get(word) twin_desc_get(word)
#define stm32_desc_put(word, value) twin_desc_put(word, value)
#define stm32_dmb() twin_dmb()
#define stm32_dsb() twin_dsb()
#define stm32_bus(p) twin_bus(p)
#define stm32_dma_reaches(p, len) twin_reaches(p, len)
#define stm32_spin_us(us, hclk_hz) ((void)(hclk_hz), twin_spin_us(us))
#define stm32_unique(word) twin_unique(word)
#define stm32_dcache_clean(p, len) twin_clean(p, len)
#define stm32_dcache_invalidate(p, len) twin_invalidate(p, len)

#endif
