/**
 * The Ethernet of an STM32 under LwIPEthernet: nothing has to be done for it.  What a board does differently it says by
 * defining one of the functions here, which are weak:
 *
 *   extern "C" void lwip_x_stm32_setup(struct stm32_eth_config *c) { c->phy = 1; }
 *
 * On chips with Ethernet this driver is what LwIPEthernet.begin() starts.  LWIP_X_STM32_ETH 0, LwIPEthernet.setDriver() and
 * LWIP_X_ARDUINO_DRIVER choose another one.  The interrupt's handler is weak: another library's ETH_IRQHandler() wins, and
 * then polling alone moves the frames.
 *
 * The MAC address, unless begin() is given one: 02 and a hash of the chip's 96-bit number, locally administered.
 */
#ifndef LWIP_STM32_H
#define LWIP_STM32_H

#include "LwIPDriver.h"
#include "netif/stm32_eth.h"

/** The PHY is wired by MII instead of RMII. */
#ifndef LWIP_X_ARDUINO_STM32_MII
#define LWIP_X_ARDUINO_STM32_MII 0
#endif

extern "C" {
/**
 * Connect the MAC to its pins; called before its clocks are switched on.  A board that has to release the PHY's reset does
 * it here.  By default: the variant's PinMap_Ethernet; on a Nucleo-144 whose variant has none, the pins of that board.
 * @return false: nobody knows the pins; begin() fails
 */
bool lwip_x_stm32_pins(void);
/** Change the configuration: address of the PHY (found by itself), mode (negotiated).  By default nothing. */
void lwip_x_stm32_setup(struct stm32_eth_config *config);
}

/** For LwIPEthernet, or for a sketch that starts several interfaces. */
LwIPDriver lwip_x_arduino_driver();

#endif
