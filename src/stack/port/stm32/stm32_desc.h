/**
 * Descriptors: the two rings in memory, and how a descriptor changes hands.  What the words mean is the generation's
 * business: stm32_desc_v1.c or stm32_desc_v2.c, whichever the family needs, is behind the functions here.
 *
 * A descriptor belongs to the DMA while its OWN bit is set.  All its words are written anew each time it is given away,
 * OWN last; with a data cache each descriptor has a line to itself.
 */
#ifndef LWIP_STACK_STM32_DESC_H
#define LWIP_STACK_STM32_DESC_H

#include "netif/stm32_eth.h"

#if LWIP_X_STM32_ETH

#include "stm32_hw.h"

#define STM32_V1 (LWIP_X_STM32_ETH_FAMILY <= STM32_ETH_F7)
#define STM32_RX_DESCS LWIP_X_STM32_ETH_RX_DESCS
#define STM32_TX_DESCS LWIP_X_STM32_ETH_TX_DESCS
#define STM32_BUF_SIZE 1536u
#define STM32_TAGS (LWIP_X_STM32_ETH_VLAN && !STM32_V1) /**< the MAC takes tags off and puts them on */

/* Enhanced descriptors of the first generation have 8 words; those of the second 4, and 4 of padding make a cache line. */
#if (STM32_V1 && LWIP_X_STM32_ETH_FAMILY != STM32_ETH_F1) || (!STM32_V1 && STM32_DESC_CACHED)
#define STM32_DESC_WORDS 8
#else
#define STM32_DESC_WORDS 4
#endif

struct stm32_desc {
  volatile u32_t word[STM32_DESC_WORDS];
};

struct stm32_rings {
  struct stm32_desc rx[STM32_RX_DESCS], tx[STM32_TX_DESCS];
};

/* The MPU wants a region of 2^n octets that begins at a multiple of its size; nothing else may lie in it. */
#define STM32_RINGS_SIZE (4u * STM32_DESC_WORDS * (STM32_RX_DESCS + STM32_TX_DESCS))
#define STM32_RINGS_REGION            \
  (STM32_RINGS_SIZE <= 256    ? 256u  \
   : STM32_RINGS_SIZE <= 512  ? 512u  \
   : STM32_RINGS_SIZE <= 1024 ? 1024u \
   : STM32_RINGS_SIZE <= 2048 ? 2048u \
   : STM32_RINGS_SIZE <= 4096 ? 4096u \
                              : 8192u)

union stm32_rings_memory {
  struct stm32_rings ring;
  u8_t region[LWIP_X_STM32_ETH_MPU ? STM32_RINGS_REGION : 1];
};
extern union stm32_rings_memory stm32_rings_memory;
#define stm32_rings (stm32_rings_memory.ring)

/** What a received frame's descriptor tells. */
struct stm32_rx_info {
  u16_t len;    /**< octets without the CRC */
  bool checked; /**< IP header and payload have right checksums, and both were looked at */
#if STM32_TAGS
  s32_t tci; /**< the tag that was on it; negative: none */
#elif LWIP_X_STM32_ETH_VLAN
  bool of_vlan; /**< has a tag of the VLAN compared with */
#endif
#if LWIP_X_STM32_ETH_PTP
  bool stamped;
  struct stm32_eth_time time;
#endif
};

enum stm32_rx_kind {
  STM32_RX_BUSY,   /**< the DMA's, or there is more to come before it can be used */
  STM32_RX_FRAME,  /**< a whole frame */
  STM32_RX_PIECE,  /**< a frame that is damaged or goes on in another buffer */
  STM32_RX_CONTEXT /**< no frame: the timestamp of the one before */
};

/** Let the DMA fill the STM32_BUF_SIZE octets at @p bus. */
void stm32_desc_rx_give(unsigned i, u32_t bus);
/** The DMA shall not find anything in descriptor @p i. */
void stm32_desc_rx_clear(unsigned i);
/** What is in descriptor @p i; @p next is the one after it.  Fills @p info for STM32_RX_FRAME. */
enum stm32_rx_kind stm32_desc_rx_look(unsigned i, unsigned next, struct stm32_rx_info *info);

/* What a piece of a frame needs. */
#define STM32_TX_FIRST 0x01u
#define STM32_TX_LAST 0x02u
#define STM32_TX_STAMP 0x04u
#define STM32_TX_SUM_SHIFT 4
#define STM32_TX_SUM_IP (1u << STM32_TX_SUM_SHIFT)  /**< make the IP header's checksum */
#define STM32_TX_SUM_ALL (3u << STM32_TX_SUM_SHIFT) /**< and that of UDP, TCP or ICMP with its pseudo-header */

/** What the MAC does to a packet on its way: cut it into segments, put a tag on. */
struct stm32_tx_change {
  u16_t mss;      /**< octets of text in each segment; 0: a frame as it is */
  u8_t tcp_words; /**< TCP's header */
  s32_t tci;      /**< negative: none */
};
#define STM32_TX_CHANGES (LWIP_X_STM32_ETH_TSO || STM32_TAGS)

struct stm32_tx_piece {
  u32_t bus;
  u16_t len;
  u16_t frame_len; /**< of the whole frame */
  u8_t flags;      /**< STM32_TX_*; STAMP and SUM with FIRST only */
#if STM32_TX_CHANGES
  const struct stm32_tx_change *change; /**< NULL: nothing */
#endif
};

/** Fill descriptor @p i, which stays ours.  @return for stm32_desc_tx_give() */
u32_t stm32_desc_tx_fill(unsigned i, const struct stm32_tx_piece *piece);
#if STM32_TX_CHANGES
/** The same for the descriptor that goes before a packet to be changed. */
u32_t stm32_desc_tx_context(unsigned i, const struct stm32_tx_change *change);
#else
#define stm32_desc_tx_context(i, change) ((void)(change), 0u)
#endif
/** Let the DMA have it; the first one of a frame last. */
void stm32_desc_tx_give(unsigned i, u32_t own_word);

struct stm32_tx_info {
  bool last, bad;
#if LWIP_X_STM32_ETH_PTP
  bool stamped;
  struct stm32_eth_time time;
#endif
};
/** Has the DMA done with descriptor @p i?  Then @p info says what came of it. */
bool stm32_desc_tx_look(unsigned i, struct stm32_tx_info *info);

/* ---- Handing over, here and nowhere else ---- */

/** To the DMA: whatever has been written, descriptor and packet, is there before it sees @p own_word, which has OWN set. */
static inline void stm32_desc_give(struct stm32_desc *d, unsigned own, u32_t own_word)
{
  stm32_dmb();
  stm32_desc_put(&d->word[own], own_word);
  if (STM32_DESC_CACHED) {
    stm32_dcache_clean(d, sizeof *d);
  }
}

/** From the DMA: the word with OWN; if that is clear, everything the DMA has written can be read from now on. */
static inline u32_t stm32_desc_look(struct stm32_desc *d, unsigned own)
{
  u32_t word;

  if (STM32_DESC_CACHED) {
    stm32_dcache_invalidate(d, sizeof *d);
  }
  word = stm32_desc_get(&d->word[own]);
  stm32_dmb();
  return word;
}

/** Tell the DMA that there are descriptors: they have arrived before it is told. */
static inline void stm32_desc_kick(u32_t reg, u32_t value)
{
  stm32_dsb();
  stm32_wr(reg, value);
}

#endif
#endif
