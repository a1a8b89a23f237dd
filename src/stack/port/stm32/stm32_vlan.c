/**
 * VLANs.  The MAC compares tags with one VLAN.
 *
 * The first generation marks frames that have it in their descriptor, and does not drop others: those are known by their type
 * and the missing mark, and their buffer goes back to the ring.  The second generation drops others by itself, takes all tags
 * off and says what they were (p->x_tci), and puts on those the stack leaves to it.
 */
#include "stm32_vlan.h"

#if LWIP_X_STM32_ETH && LWIP_X_STM32_ETH_VLAN

#include "stm32_mac.h"
#include "../../wire/wire_eth.h"

#if !ETHARP_SUPPORT_VLAN
#error "LWIP_X_STM32_ETH_VLAN is about tags: set ETHARP_SUPPORT_VLAN to 1"
#endif
#if !STM32_V1 && !LWIP_X_VLAN_OFFLOAD
#error "The MAC of H5 and H7 takes tags off: LWIP_X_STM32_ETH_VLAN needs LWIP_X_VLAN_OFFLOAD"
#endif

#if STM32_V1

#define offer(nif) (void)0

bool stm32_vlan_drops(const u8_t *data, const struct stm32_rx_info *info)
{
  if (!stm32_vlan_filters() || info->of_vlan) {
    return false;
  }
  stm32_dcache_invalidate(data, STM32_LINE);
  return eth_wire_type(data) == ETH_WIRE_TYPE_VLAN;
}

#else

static void offer(struct netif *nif)
{
  nif->x_tags = stm32_mac_inserts_tags();
}

bool stm32_vlan_drops(const u8_t *data, const struct stm32_rx_info *info)
{
  LWIP_UNUSED_ARG(data);
  LWIP_UNUSED_ARG(info);
  return false;
}

#endif

void stm32_vlan_apply(void)
{
  stm32_mac_vlan(stm32_eth_state.vlan);
  stm32_mac_filter(stm32_eth_state.promiscuous);
  offer(stm32_eth_state.nif);
}

err_t stm32_eth_vlan(u16_t vid)
{
  if (vid >= ETH_WIRE_VID_RESERVED) {
    return ERR_ARG;
  }
  stm32_eth_state.vlan = vid;
  if (stm32_eth_state.ready) {
    stm32_vlan_apply();
  }
  return ERR_OK;
}

#endif
