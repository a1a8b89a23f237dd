/** What both generations of the MAC have in common: address, hash table. */
#include "stm32_mac.h"

#if LWIP_X_STM32_ETH

#include "stm32_eth_state.h"
#include "stm32_regs.h"

/** Four periods of the slowest MII clock, 2.5 MHz. */
#define SYNC_US 2u

void stm32_mac_wr(u32_t reg, u32_t value)
{
  stm32_wr(reg, value);
  stm32_spin_us(SYNC_US, stm32_eth_state.config->hclk_hz);
}

/** The MAC takes the address when its low word is written. */
void stm32_mac_address(const u8_t mac[6])
{
  stm32_mac_wr(STM32_MACA0HR, (u32_t)mac[5] << 8 | mac[4]);
  stm32_mac_wr(STM32_MACA0LR, (u32_t)mac[3] << 24 | (u32_t)mac[2] << 16 | (u32_t)mac[1] << 8 | mac[0]);
}

void stm32_mac_hash(const u32_t low_high[2])
{
  stm32_mac_wr(STM32_HASH_LOW, low_high[0]);
  stm32_mac_wr(STM32_HASH_HIGH, low_high[1]);
}

/** FNV-1a over all of the unique number: its parts alone differ in few bits between chips of a wafer. */
void stm32_mac_default_address(u8_t mac[6])
{
  u32_t hash = 0x811C9DC5u;
  u32_t word = 0;
  unsigned i;

  for (i = 0; i < 12; i++) {
    word = i % 4 == 0 ? stm32_unique(i / 4) : word >> 8;
    hash = (hash ^ (word & 0xFFu)) * 0x01000193u;
  }
  mac[0] = 0x02; /* locally administered */
  mac[1] = (u8_t)(stm32_unique(0) ^ stm32_unique(1) ^ stm32_unique(2));
  for (i = 0; i < 4; i++) {
    mac[2 + i] = (u8_t)(hash >> 8 * i);
  }
}

#endif
