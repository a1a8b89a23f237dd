/** Which memory the Ethernet DMA of each family of STM32 reaches: LINK: base/def.c */
#include "lwip/opt.h"
#include "lwip/arch.h"
#include <check.h>
#include <stdbool.h>
#include <stdlib.h>

/* The header once for each family, under other names. */
#undef LWIP_X_STM32_ETH_FAMILY
#define LWIP_X_STM32_ETH_FAMILY STM32_ETH_F4
#define stm32_range range_f4
#define stm32_dma_reaches reaches_f4
#include "port/stm32/stm32_family.h"
#undef stm32_range
#undef stm32_dma_reaches
#undef LWIP_STACK_STM32_FAMILY_H
#undef STM32_BASE
#undef STM32_UID
#undef LWIP_X_STM32_ETH_FAMILY
#define LWIP_X_STM32_ETH_FAMILY STM32_ETH_F7
#define stm32_range range_f7
#define stm32_dma_reaches reaches_f7
#include "port/stm32/stm32_family.h"
#undef stm32_range
#undef stm32_dma_reaches
#undef LWIP_STACK_STM32_FAMILY_H
#undef STM32_BASE
#undef STM32_UID
#undef LWIP_X_STM32_ETH_FAMILY
#define LWIP_X_STM32_ETH_FAMILY STM32_ETH_H7
#define stm32_range range_h7
#define stm32_dma_reaches reaches_h7
#include "port/stm32/stm32_family.h"
#undef stm32_range
#undef stm32_dma_reaches
#undef LWIP_STACK_STM32_FAMILY_H
#undef STM32_BASE
#undef STM32_UID
#undef LWIP_X_STM32_ETH_FAMILY
#define LWIP_X_STM32_ETH_FAMILY STM32_ETH_H5
#define stm32_range range_h5
#define stm32_dma_reaches reaches_h5
#include "port/stm32/stm32_family.h"

static const struct {
  const char *what;
  u32_t at, len;
  bool f4, f7, h7, h5;
} cases[] = {
  { "null", 0, 4, false, false, false, false },
  { "flash", 0x08004000, 64, false, false, false, false },
  { "CCM of F4", 0x10000000, 64, false, false, false, false },
  { "SRAM, or DTCM on F7 and H7", 0x20001000, 1514, true, true, false, true },
  { "DTCM's end on H7", 0x23FFFFFF, 1, true, true, false, true },
  { "from below into AXI SRAM", 0x23FFFFFF, 2, true, true, false, true },
  { "AXI SRAM", 0x24000000, 1514, true, true, true, true },
  { "SRAM of D2", 0x30040000, 1514, false, false, true, true },
  { "SRAM of D3", 0x38000000, 64, false, false, true, true },
  { "registers", 0x40028000, 4, false, false, false, false },
  { "external", 0x60000000, 0x40000000, true, true, true, true },
  { "beyond the external memory", 0x9FFFFFFF, 2, false, false, false, false },
  { "SDRAM", 0xC0000000, 1514, false, true, true, false },
  { "round the end", 0xFFFFFFF0, 0x100, false, false, false, false },
};

START_TEST(memory_the_dma_reaches)
{
  const void *p = (const void *)(uintptr_t)cases[_i].at;

  ck_assert_msg(reaches_f4(p, cases[_i].len) == cases[_i].f4, "F4: %s", cases[_i].what);
  ck_assert_msg(reaches_f7(p, cases[_i].len) == cases[_i].f7, "F7: %s", cases[_i].what);
  ck_assert_msg(reaches_h7(p, cases[_i].len) == cases[_i].h7, "H7: %s", cases[_i].what);
  ck_assert_msg(reaches_h5(p, cases[_i].len) == cases[_i].h5, "H5: %s", cases[_i].what);
}
END_TEST

int main(void)
{
  Suite *s = suite_create("stm32_family");
  TCase *t = tcase_create("all");
  SRunner *r;
  int failed;

  tcase_add_loop_test(t, memory_the_dma_reaches, 0, (int)(sizeof cases / sizeof cases[0]));
  suite_add_tcase(s, t);
  r = srunner_create(s);
  srunner_run_all(r, CK_ENV);
  failed = srunner_ntests_failed(r);
  srunner_free(r);
  return failed != 0;
}
