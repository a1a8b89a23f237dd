/** The management bus of the PHY. */
#include "stm32_mdio.h"

#if LWIP_X_STM32_ETH

#include "stm32_eth_state.h"
#include "stm32_regs.h"

/** What to divide the bus clock by so that MDC stays at 2.5 MHz or less: codes of the CR field by clock. */
static u32_t clock_range(void)
{
  static const struct {
    u8_t below_mhz, code;
  } ranges[] = { { 35, 2 }, { 60, 3 }, { 100, 0 }, { 150, 1 }, { 250, 4 } };
  const u32_t mhz = stm32_eth_state.config->hclk_hz / 1000000u;
  unsigned i;

  for (i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
    if (mhz < ranges[i].below_mhz) {
      return ranges[i].code;
    }
  }
  return STM32_V1 ? 4 : 5;
}

void stm32_mdio_read(u8_t phy, u8_t reg)
{
  stm32_wr(STM32_MDIO_ADDR, STM32_MDIO(phy, reg, clock_range(), false) | STM32_MDIO_BUSY);
}

void stm32_mdio_write(u8_t phy, u8_t reg, u16_t value)
{
  stm32_wr(STM32_MDIO_DATA, value);
  stm32_wr(STM32_MDIO_ADDR, STM32_MDIO(phy, reg, clock_range(), true) | STM32_MDIO_BUSY);
}

bool stm32_mdio_done(u16_t *value)
{
  if ((stm32_rd(STM32_MDIO_ADDR) & STM32_MDIO_BUSY) != 0) {
    return false;
  }
  *value = (u16_t)stm32_rd(STM32_MDIO_DATA);
  return true;
}

#endif
