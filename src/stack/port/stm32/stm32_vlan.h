/** VLANs (IEEE 802.1Q): frames of one come up; the second generation takes tags off and puts them on. */
#ifndef LWIP_STACK_STM32_VLAN_H
#define LWIP_STACK_STM32_VLAN_H

#include "stm32_desc.h"

#if LWIP_X_STM32_ETH && LWIP_X_STM32_ETH_VLAN

#include "stm32_eth_state.h"

/** Does the MAC drop, or mark, frames of other VLANs? */
static inline bool stm32_vlan_filters(void)
{
  return stm32_eth_state.vlan != 0 && !stm32_eth_state.promiscuous;
}
/** Tell the MAC found after reset, and the stack what it can. */
void stm32_vlan_apply(void);
/** Is the frame in @p data one that the MAC should have dropped? */
bool stm32_vlan_drops(const u8_t *data, const struct stm32_rx_info *info);

#else

#define stm32_vlan_filters() false
#define stm32_vlan_apply() (void)0
#define stm32_vlan_drops(data, info) false

#endif
#endif
