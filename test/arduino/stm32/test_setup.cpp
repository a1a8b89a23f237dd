/* A sketch's own word on its board. */
#include <Arduino.h>
#include <LwIPSTM32.h>

#include <check.h>

extern "C" void lwip_x_stm32_setup(struct stm32_eth_config *c)
{
  ck_assert_int_eq(c->phy, STM32_ETH_PHY_FIND);
  c->phy = 7;
}
