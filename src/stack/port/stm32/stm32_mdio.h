/** The management bus of the PHY: begin, and come back for the result; a transaction takes about 30 us. */
#ifndef LWIP_STACK_STM32_MDIO_H
#define LWIP_STACK_STM32_MDIO_H

#include "stm32_desc.h"

#if LWIP_X_STM32_ETH

void stm32_mdio_read(u8_t phy, u8_t reg);
void stm32_mdio_write(u8_t phy, u8_t reg, u16_t value);
/** Is it over?  Then *@p value is what was read. */
bool stm32_mdio_done(u16_t *value);

#endif
#endif
