/** Descriptors of the first generation, chained to rings by their fourth word; enhanced ones where the MAC has them. */
#include "stm32_desc.h"

#if LWIP_X_STM32_ETH && LWIP_X_STM32_ETH_FAMILY <= STM32_ETH_F7

#include "stm32_regs_v1.h"

#define OWN_WORD 0
#define CRC_LEN 4u

static u32_t next_in(const struct stm32_desc *ring, unsigned i, unsigned n)
{
  return stm32_bus(&ring[i + 1 < n ? i + 1 : 0]);
}

void stm32_desc_rx_give(unsigned i, u32_t bus)
{
  struct stm32_desc *d = &stm32_rings.rx[i];

  stm32_desc_put(&d->word[1], V1_RDES1_RCH | STM32_BUF_SIZE);
  stm32_desc_put(&d->word[2], bus);
  stm32_desc_put(&d->word[3], next_in(stm32_rings.rx, i, STM32_RX_DESCS));
  stm32_desc_give(d, OWN_WORD, V1_RDES0_OWN);
}

void stm32_desc_rx_clear(unsigned i)
{
  stm32_desc_give(&stm32_rings.rx[i], OWN_WORD, 0);
}

#if LWIP_X_STM32_ETH_FAMILY == STM32_ETH_F1

static bool is_checked(const struct stm32_desc *d, u32_t status)
{
  LWIP_UNUSED_ARG(d);
  return (status & (V1_RDES0_FT | V1_RDES0_HEADER | V1_RDES0_PAYLOAD)) == V1_RDES0_FT;
}

#else

/** RDES4: an IP packet with UDP, TCP or ICMP in it, neither bypassed nor wrong. */
static bool is_checked(const struct stm32_desc *d, u32_t status)
{
  u32_t more;

  if ((status & V1_RDES0_PAYLOAD) == 0) {
    return false;
  }
  more = stm32_desc_get(&d->word[4]);
  return (more & V1_RDES4_IP) != 0 && (more & V1_RDES4_WRONG) == 0 && V1_RDES4_PT(more) - 1u < 3u;
}

#endif

#if LWIP_X_STM32_ETH_PTP

static void read_time(const struct stm32_desc *d, struct stm32_eth_time *t)
{
  t->ns = stm32_desc_get(&d->word[6]) & 0x7FFFFFFFu;
  t->s = stm32_desc_get(&d->word[7]);
}

static void rx_stamp(const struct stm32_desc *d, u32_t status, struct stm32_rx_info *info)
{
  info->stamped = (status & V1_RDES0_HEADER) != 0;
  if (info->stamped) {
    read_time(d, &info->time);
  }
}

static void tx_stamp(const struct stm32_desc *d, u32_t status, struct stm32_tx_info *info)
{
  info->stamped = (status & V1_TDES0_TTSS) != 0;
  if (info->stamped) {
    read_time(d, &info->time);
  }
}

#else
#define rx_stamp(d, status, info) LWIP_UNUSED_ARG(d)
#define tx_stamp(d, status, info) LWIP_UNUSED_ARG(d)
#endif

#if LWIP_X_STM32_ETH_VLAN
#define rx_vlan(status, info) ((info)->of_vlan = ((status)&V1_RDES0_VLAN) != 0)
#else
#define rx_vlan(status, info) (void)(status)
#endif

enum stm32_rx_kind stm32_desc_rx_look(unsigned i, unsigned next, struct stm32_rx_info *info)
{
  struct stm32_desc *d = &stm32_rings.rx[i];
  const u32_t status = stm32_desc_look(d, OWN_WORD);

  LWIP_UNUSED_ARG(next);
  if ((status & V1_RDES0_OWN) != 0) {
    return STM32_RX_BUSY;
  }
  if ((status & (V1_RDES0_FS | V1_RDES0_LS | V1_RDES0_BAD)) != (V1_RDES0_FS | V1_RDES0_LS) ||
      V1_RDES0_FL(status) <= CRC_LEN) {
    return STM32_RX_PIECE;
  }
  info->len = (u16_t)(V1_RDES0_FL(status) - CRC_LEN);
  info->checked = is_checked(d, status);
  rx_vlan(status, info);
  rx_stamp(d, status, info);
  return STM32_RX_FRAME;
}

u32_t stm32_desc_tx_fill(unsigned i, const struct stm32_tx_piece *piece)
{
  struct stm32_desc *d = &stm32_rings.tx[i];
  u32_t own_word = V1_TDES0_OWN | V1_TDES0_TCH;

  stm32_desc_put(&d->word[1], piece->len);
  stm32_desc_put(&d->word[2], piece->bus);
  stm32_desc_put(&d->word[3], next_in(stm32_rings.tx, i, STM32_TX_DESCS));
  if ((piece->flags & STM32_TX_FIRST) != 0) {
    own_word |= V1_TDES0_FS | (u32_t)(piece->flags >> STM32_TX_SUM_SHIFT) << V1_TDES0_CIC_SHIFT;
  }
  if ((piece->flags & STM32_TX_LAST) != 0) {
    own_word |= V1_TDES0_LS | V1_TDES0_IC;
  }
  if ((piece->flags & STM32_TX_STAMP) != 0) {
    own_word |= V1_TDES0_TTSE;
  }
  return own_word;
}

void stm32_desc_tx_give(unsigned i, u32_t own_word)
{
  stm32_desc_give(&stm32_rings.tx[i], OWN_WORD, own_word);
}

bool stm32_desc_tx_look(unsigned i, struct stm32_tx_info *info)
{
  struct stm32_desc *d = &stm32_rings.tx[i];
  const u32_t status = stm32_desc_look(d, OWN_WORD);

  info->last = (status & V1_TDES0_LS) != 0;
  info->bad = (status & V1_TDES0_BAD) != 0;
  tx_stamp(d, status, info);
  return (status & V1_TDES0_OWN) == 0;
}

#endif
