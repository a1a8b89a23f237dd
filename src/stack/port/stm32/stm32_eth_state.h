/** What several parts of the driver know: the interface and its board, and what the interrupt has noted. */
#ifndef LWIP_STACK_STM32_ETH_STATE_H
#define LWIP_STACK_STM32_ETH_STATE_H

#include "netif/stm32_eth.h"

#if LWIP_X_STM32_ETH

struct stm32_eth_state {
  struct netif *nif; /**< NULL: not initialised */
  const struct stm32_eth_config *config;
  bool ready; /**< the MAC is out of reset and set up: its registers may be written */
  bool promiscuous;
  bool asleep;                             /**< waits for a wake-up packet */
  volatile u8_t fatal, starved, phy_event; /**< set in interrupts, cleared in the core context */
  volatile u8_t work;
#if LWIP_X_STM32_ETH_VLAN
  u16_t vlan; /**< VID whose frames come up; 0: all */
#endif
};
extern struct stm32_eth_state stm32_eth_state;

#endif
#endif
