/** Descriptors of the second generation: arrays, 16 octets each, with a tail pointer; the DMA overwrites all words. */
#include "stm32_desc.h"

#if LWIP_X_STM32_ETH && LWIP_X_STM32_ETH_FAMILY > STM32_ETH_F7

#include "stm32_regs_v2.h"

#define OWN_WORD 3

void stm32_desc_rx_give(unsigned i, u32_t bus)
{
  struct stm32_desc *d = &stm32_rings.rx[i];

  stm32_desc_put(&d->word[0], bus);
  stm32_desc_put(&d->word[1], 0);
  stm32_desc_put(&d->word[2], 0);
  stm32_desc_give(d, OWN_WORD, V2_RDES3_OWN | V2_RDES3_IOC | V2_RDES3_BUF1V);
}

void stm32_desc_rx_clear(unsigned i)
{
  stm32_desc_give(&stm32_rings.rx[i], OWN_WORD, 0);
}

/** An IP packet with UDP, TCP or ICMP in it, neither bypassed nor wrong. */
static bool is_checked(u32_t status, u32_t more)
{
  return (status & V2_RDES3_RS1V) != 0 && (more & V2_RDES1_IP) != 0 && (more & V2_RDES1_WRONG) == 0 &&
         V2_RDES1_PT(more) - 1u < 3u;
}

#if LWIP_X_STM32_ETH_PTP

static void read_time(const struct stm32_desc *d, struct stm32_eth_time *t)
{
  t->ns = stm32_desc_get(&d->word[0]) & 0x7FFFFFFFu;
  t->s = stm32_desc_get(&d->word[1]);
}

/** The stamp is in the next descriptor.  @return false: that is not written yet */
static bool rx_stamp(u32_t status, u32_t more, unsigned next, struct stm32_rx_info *info)
{
  struct stm32_desc *d = &stm32_rings.rx[next];
  u32_t word;

  info->stamped = false;
  if ((status & V2_RDES3_RS1V) == 0 || (more & V2_RDES1_TSA) == 0) {
    return true;
  }
  word = stm32_desc_look(d, OWN_WORD);
  if ((word & V2_RDES3_OWN) != 0) {
    return false;
  }
  info->stamped = (word & V2_RDES3_CTXT) != 0;
  if (info->stamped) {
    read_time(d, &info->time);
  }
  return true;
}

static void tx_stamp(const struct stm32_desc *d, u32_t status, struct stm32_tx_info *info)
{
  info->stamped = (status & (V2_TDES3_TTSS | V2_TDES3_LD)) == (V2_TDES3_TTSS | V2_TDES3_LD);
  if (info->stamped) {
    read_time(d, &info->time);
  }
}

#else
#define rx_stamp(status, more, next, info) (LWIP_UNUSED_ARG(next), true)
#define tx_stamp(d, status, info) LWIP_UNUSED_ARG(d)
#endif

#if STM32_TAGS
static void rx_tag(const struct stm32_desc *d, u32_t status, struct stm32_rx_info *info)
{
  info->tci = (status & V2_RDES3_RS0V) != 0 ? (s32_t)(stm32_desc_get(&d->word[0]) & 0xFFFFu) : -1;
}
#else
#define rx_tag(d, status, info) (void)0
#endif

enum stm32_rx_kind stm32_desc_rx_look(unsigned i, unsigned next, struct stm32_rx_info *info)
{
  struct stm32_desc *d = &stm32_rings.rx[i];
  const u32_t status = stm32_desc_look(d, OWN_WORD);
  u32_t more;

  if ((status & V2_RDES3_OWN) != 0) {
    return STM32_RX_BUSY;
  }
  if ((status & V2_RDES3_CTXT) != 0) {
    return STM32_RX_CONTEXT;
  }
  if ((status & (V2_RDES3_FD | V2_RDES3_LD | V2_RDES3_BAD)) != (V2_RDES3_FD | V2_RDES3_LD)) {
    return STM32_RX_PIECE;
  }
  more = stm32_desc_get(&d->word[1]);
  info->len = (u16_t)V2_RDES3_PL(status);
  info->checked = is_checked(status, more);
  rx_tag(d, status, info);
  return rx_stamp(status, more, next, info) ? STM32_RX_FRAME : STM32_RX_BUSY;
}

#if STM32_TX_CHANGES

/** The first descriptor has the headers and nothing else; the others' lengths speak for themselves. */
static u32_t tso_word(const struct stm32_tx_piece *piece)
{
  if ((piece->flags & STM32_TX_FIRST) == 0) {
    return V2_TDES3_OWN;
  }
  return V2_TDES3_OWN | V2_TDES3_FD | V2_TDES3_TSE | (u32_t)piece->change->tcp_words << V2_TDES3_THL_SHIFT |
         (u32_t)(piece->frame_len - piece->len);
}

u32_t stm32_desc_tx_context(unsigned i, const struct stm32_tx_change *change)
{
  struct stm32_desc *d = &stm32_rings.tx[i];

  stm32_desc_put(&d->word[0], 0);
  stm32_desc_put(&d->word[1], 0);
  stm32_desc_put(&d->word[2], change->mss);
  return V2_TDES3_OWN | V2_TDES3_CTXT | (change->mss != 0 ? V2_TDES3_TCMSSV : 0) |
         (change->tci >= 0 ? V2_TDES3_VLTV | (u16_t)change->tci : 0);
}

static bool is_cut(const struct stm32_tx_piece *piece)
{
  return piece->change != NULL && piece->change->mss != 0;
}

static bool gets_tag(const struct stm32_tx_piece *piece)
{
  return (piece->flags & STM32_TX_FIRST) != 0 && piece->change != NULL && piece->change->tci >= 0;
}

#else
#define is_cut(piece) false
#define gets_tag(piece) false
#define tso_word(piece) 0u
#endif

static u32_t frame_word(const struct stm32_tx_piece *piece)
{
  u32_t word = V2_TDES3_OWN | piece->frame_len;

  if ((piece->flags & STM32_TX_FIRST) != 0) {
    word |= V2_TDES3_FD | (u32_t)(piece->flags >> STM32_TX_SUM_SHIFT) << V2_TDES3_CIC_SHIFT;
  }
  return word;
}

u32_t stm32_desc_tx_fill(unsigned i, const struct stm32_tx_piece *piece)
{
  struct stm32_desc *d = &stm32_rings.tx[i];
  u32_t own_word = is_cut(piece) ? tso_word(piece) : frame_word(piece);
  u32_t control = piece->len;

  if ((piece->flags & STM32_TX_LAST) != 0) {
    own_word |= V2_TDES3_LD;
    control |= V2_TDES2_IOC;
  }
  if ((piece->flags & STM32_TX_STAMP) != 0) {
    control |= V2_TDES2_TTSE;
  }
  if (gets_tag(piece)) {
    control |= V2_TDES2_TAG;
  }
  stm32_desc_put(&d->word[0], piece->bus);
  stm32_desc_put(&d->word[1], 0);
  stm32_desc_put(&d->word[2], control);
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

  info->last = (status & V2_TDES3_LD) != 0;
  info->bad = (status & V2_TDES3_BAD) != 0;
  tx_stamp(d, status, info);
  return (status & V2_TDES3_OWN) == 0;
}

#endif
