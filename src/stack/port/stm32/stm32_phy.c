/** What PHYs mean: tables over register values. */
#include "stm32_phy.h"

#if LWIP_X_STM32_ETH

/** IDs without the revision. */
static const struct maker {
  u32_t id;
  u8_t reg;
  u8_t shift;    /**< of the code, three bits */
  u8_t modes[8]; /**< by code */
} makers[] = {
#define _ STM32_ETH_AUTO
#define H1 STM32_ETH_10HD
#define F1 STM32_ETH_10FD
#define HH STM32_ETH_100HD
#define FF STM32_ETH_100FD
  /* clang-format off */
  { 0x0007C0F0u, 31,   2, { _, H1, HH, _, _, F1, FF, _ } }, /* LAN8720A */
  { 0x0007C110u, 31,   2, { _, H1, HH, _, _, F1, FF, _ } }, /* LAN8740A */
  { 0x0007C130u, 31,   2, { _, H1, HH, _, _, F1, FF, _ } }, /* LAN8742A */
  { 0x20005C90u, 16,   0, { _, HH, _, H1, _, FF, _, F1 } }, /* DP83848: link, speed 10, full */
  { 0x00221560u, 0x1E, 0, { _, H1, HH, _, _, F1, FF, _ } }, /* KSZ8081, KSZ8091 */
  { 0x00221510u, 0x1E, 0, { _, H1, HH, _, _, F1, FF, _ } }, /* KSZ8041 */
  /* RTL8201F and IP101G have no such register that could be trusted: what the partner can tells as much. */
/* clang-format on */
#undef _
#undef H1
#undef F1
#undef HH
#undef FF
};

static const struct maker *find(u32_t id)
{
  unsigned i;

  for (i = 0; i < sizeof makers / sizeof makers[0]; i++) {
    if (makers[i].id == (id & ~0xFu)) {
      return &makers[i];
    }
  }
  return NULL;
}

u8_t stm32_phy_quick_reg(u32_t id)
{
  const struct maker *m = find(id);

  return m != NULL ? m->reg : 0;
}

enum stm32_eth_mode stm32_phy_quick_mode(u32_t id, u16_t value)
{
  const struct maker *m = find(id);

  return m != NULL ? (enum stm32_eth_mode)m->modes[(u32_t)value >> m->shift & 7u] : STM32_ETH_AUTO;
}

enum stm32_eth_mode stm32_phy_common(u16_t ours, u16_t theirs, bool partner)
{
  static const struct {
    u16_t ability;
    u8_t mode;
  } best[] = {
    { 0x0100, STM32_ETH_100FD }, { 0x0080, STM32_ETH_100HD }, { 0x0040, STM32_ETH_10FD }, { 0x0020, STM32_ETH_10HD }
  };
  unsigned i;

  if (!partner) {
    theirs &= 0x00A0; /* parallel detection tells the speed only */
  }
  for (i = 0; i < sizeof best / sizeof best[0]; i++) {
    if ((ours & theirs & best[i].ability) != 0) {
      return (enum stm32_eth_mode)best[i].mode;
    }
  }
  return STM32_ETH_AUTO;
}

#endif
