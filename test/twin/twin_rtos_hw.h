/**
 * stm32_hw.h over the twin, for a processor with threads: the twin is one machine, so that one access is made at a time, and
 * between two of them interrupts come in unless the thread has masked them.
 */
#ifndef TEST_TWIN_RTOS_HW_H
#define TEST_TWIN_RTOS_HW_H

#include "twin_hw.h"
#include <stdint.h>

/** Have the machine for oneself.  @return what twin_leave() wants */
uint32_t twin_enter(void);
void twin_leave(uint32_t was);

static inline u32_t rtos_rd(u32_t offset)
{
  uint32_t was = twin_enter();
  u32_t value = twin_reg_read(offset);

  twin_leave(was);
  return value;
}

static inline void rtos_wr(u32_t offset, u32_t value)
{
  uint32_t was = twin_enter();

  twin_reg_write(offset, value);
  twin_leave(was);
}

static inline u32_t rtos_desc_get(const volatile u32_t *word)
{
  uint32_t was = twin_enter();
  u32_t value = twin_desc_get(word);

  twin_leave(was);
  return value;
}

static inline void rtos_desc_put(volatile u32_t *word, u32_t value)
{
  uint32_t was = twin_enter();

  twin_desc_put(word, value);
  twin_leave(was);
}

static inline void rtos_dmb(void)
{
  uint32_t was = twin_enter();

  twin_dmb();
  twin_leave(was);
}

static inline void rtos_dsb(void)
{
  uint32_t was = twin_enter();

  twin_dsb();
  twin_leave(was);
}

static inline void rtos_spin_us(u32_t us)
{
  uint32_t was = twin_enter();

  twin_spin_us(us);
  twin_leave(was);
}

#undef stm32_rd
#undef stm32_wr
#undef stm32_desc_get
#undef stm32_desc_put
#undef stm32_dmb
#undef stm32_dsb
#undef stm32_spin_us
#define stm32_rd(offset) rtos_rd(offset)
#define stm32_wr(offset, value) rtos_wr(offset, value)
#define stm32_desc_get(word) rtos_desc_get(word)
#define stm32_desc_put(word, value) rtos_desc_put(word, value)
#define stm32_dmb() rtos_dmb()
#define stm32_dsb() rtos_dsb()
#define stm32_spin_us(us, hclk_hz) ((void)(hclk_hz), rtos_spin_us(us))

#endif
