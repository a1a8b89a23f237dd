/* Which bits are set for each family, and in which order: the driver's start is watched by a stack of our own making. */
#include "../../../src/stack/arduino/ard_stm32.cpp"

#include <check.h>

struct test_rcc test_rcc;
struct test_select test_select;

static int pins, enabled, priority, stopped;
static uint32_t hclk_hz;
static uint8_t mac[6], phy;
static err_t verdict;
#if TEST_VARIANT_PINS
extern const PinMap PinMap_Ethernet[] = { { PA_1, ETH, 11 }, { PB_13, ETH, 11 }, { NC, nullptr, 0 } };
#endif

extern "C" {
void pinmap_pinout(PinName pin, const PinMap *map)
{
  ck_assert_int_ne(pin, NC);
  ck_assert_ptr_nonnull(map);
  ck_assert_uint_eq(CLOCKS & CLOCKS_BITS, 0); /* pins before clocks */
  pins++;
}
void NVIC_SetPriority(IRQn_Type irq, uint32_t p)
{
  ck_assert_int_eq(irq, ETH_IRQn);
  priority = (int)p;
}
void NVIC_EnableIRQ(IRQn_Type)
{
  enabled = 1;
}
void NVIC_DisableIRQ(IRQn_Type)
{
  enabled = 0;
}
uint32_t HAL_RCC_GetHCLKFreq(void)
{
  return 123000000;
}
/* The driver finds the MAC out of reset, with clocks, RMII selected. */
err_t stm32_eth_init(struct netif *nif)
{
  auto *c = static_cast<const struct stm32_eth_config *>(nif->state);

  ck_assert_uint_eq(CLOCKS & CLOCKS_BITS, CLOCKS_BITS);
  ck_assert_uint_eq(RESET & (1u << RESET_BIT), 0);
  ck_assert_int_eq(enabled, 0);
  hclk_hz = c->hclk_hz;
  phy = c->phy;
  memcpy(mac, c->mac, 6);
  return verdict;
}
bool stm32_eth_poll(struct netif *)
{
  return false;
}
void stm32_eth_deinit(struct netif *)
{
  stopped++;
}
}

/* Bits as the reference manuals have them, written down a second time. */
struct expected {
  volatile uint32_t *clocks, *select, *select_clock;
  uint32_t clocks_bits, select_bits, select_clock_bits;
};
#if defined(STM32F1xx)
static const struct expected want = { &test_rcc.AHBENR, &test_select.MAPR, &test_rcc.APB2ENR,
                                      0x0001C000,       0x00800000,        0x1 };
#elif defined(STM32H7xx)
static const struct expected want = { &test_rcc.AHB1ENR, &test_select.PMCR, &test_rcc.APB4ENR,
                                      0x00038000,        0x00800000,        0x2 };
#elif defined(STM32H5xx)
static const struct expected want = { &test_rcc.AHB1ENR, &test_select.PMCR, &test_rcc.APB3ENR,
                                      0x00380000,        0x00800000,        0x2 };
#elif defined(STM32H7RSxx)
static const struct expected want = { &test_rcc.AHB1ENR, &test_select.PMCR, &test_rcc.APB4ENR,
                                      0x00038000,        0x00800000,        0x2 };
#else
static const struct expected want = { &test_rcc.AHB1ENR, &test_select.PMC, &test_rcc.APB2ENR,
                                      0x0E000000,        0x00800000,       0x4000 };
#endif

START_TEST(registers)
{
  struct netif nif = {};
  LwIPDriver driver = lwip_x_arduino_driver();

  test_select = { 0x01600000 | 0x5, 0x5, 0x00600000 | 0x5 };
  test_rcc.AHB1ENR = test_rcc.AHBENR = 0x1;
  ck_assert_int_eq(driver.init(&nif), TEST_KNOWN ? ERR_OK : ERR_IF);
  if (!TEST_KNOWN) {
    ck_assert_int_eq(enabled, 0);
    return;
  }
  ck_assert_int_eq(pins, TEST_VARIANT_PINS ? 2 : 9);
  ck_assert_uint_eq(*want.clocks, want.clocks_bits | 1);
  ck_assert_uint_eq(*want.select & 0x00E00005, (LWIP_X_ARDUINO_STM32_MII ? 0 : want.select_bits) |
                                                 (LWIP_X_STM32_ETH_FAMILY == STM32_ETH_F1 ? 0x00600005 : 0x5));
  ck_assert_uint_eq(*want.select_clock, want.select_clock_bits);
  ck_assert_uint_eq(hclk_hz, 123000000);
  ck_assert_int_eq(phy, 7);
  ck_assert_int_eq(enabled, 1);
  ck_assert_int_eq(priority, IRQ_PRIORITY);
  ck_assert_mem_eq(mac, "\0\0\0\0\0\0", 6); /* the driver makes one of the chip's number */
  driver.stop(&nif);
  ck_assert_int_eq(enabled, 0);
  ck_assert_int_eq(stopped, 1);
}
END_TEST

START_TEST(an_address_and_a_failure)
{
  struct netif nif = {};
  LwIPDriver driver = lwip_x_arduino_driver();

  memcpy(nif.hwaddr, "\2\1\2\3\4\5", 6);
  nif.hwaddr_len = 6;
  verdict = ERR_BUF;
  if (TEST_KNOWN) {
    ck_assert_int_eq(driver.init(&nif), ERR_BUF);
    ck_assert_mem_eq(mac, "\2\1\2\3\4\5", 6);
    ck_assert_int_eq(enabled, 0);
  }
}
END_TEST

int main()
{
  Suite *s = suite_create("bits");
  TCase *c = tcase_create("bits");

  tcase_add_test(c, registers);
  tcase_add_test(c, an_address_and_a_failure);
  suite_add_tcase(s, c);
  SRunner *r = srunner_create(s);
  srunner_run_all(r, CK_ENV);
  int failed = srunner_ntests_failed(r);
  srunner_free(r);
  return failed != 0;
}
