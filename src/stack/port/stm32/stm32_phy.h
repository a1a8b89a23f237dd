/** PHYs: registers of IEEE 802.3 clause 22, and the quick ways of some makers to the result of negotiation.  No hardware here. */
#ifndef LWIP_STACK_STM32_PHY_H
#define LWIP_STACK_STM32_PHY_H

#include "netif/stm32_eth.h"

#if LWIP_X_STM32_ETH

enum { PHY_BMCR = 0, PHY_BMSR = 1, PHY_ID1 = 2, PHY_ID2 = 3, PHY_ANAR = 4, PHY_ANLPAR = 5, PHY_ANER = 6 };

/* clang-format off */
#define PHY_BMCR_100       0x2000u
#define PHY_BMCR_AUTO      0x1000u
#define PHY_BMCR_RESTART   0x0200u
#define PHY_BMCR_FULL      0x0100u
#define PHY_BMSR_DONE      0x0020u
#define PHY_BMSR_LINK      0x0004u
#define PHY_AN_PAUSE       0x0400u
#define PHY_AN_ALL         0x01E1u /* 100 and 10, full and half; IEEE 802.3 */
#define PHY_ANER_PARTNER   0x0001u
/* clang-format on */

/** The register in which this PHY tells speed and duplex; 0: none, ask for the partner's abilities. */
u8_t stm32_phy_quick_reg(u32_t id);
/** What that register says.  STM32_ETH_AUTO: nothing certain. */
enum stm32_eth_mode stm32_phy_quick_mode(u32_t id, u16_t value);
/** The best both can (IEEE 802.3 annex 28B.3); @p partner: it negotiates; else it is what was heard, half duplex. */
enum stm32_eth_mode stm32_phy_common(u16_t ours, u16_t theirs, bool partner);

#endif
#endif
