/**
 * The transmit ring: a descriptor a pbuf, straight from the pbuf's memory.
 *
 * A frame is copied to a buffer of the pool, as a whole, if some of it is where the DMA does not reach, may change before it
 * is sent, or has more pieces than the ring has room for.  One descriptor is never used, so that a full ring and an empty one
 * differ.  All is decided before the first descriptor is written.
 */
#include "stm32_tx.h"

#if LWIP_X_STM32_ETH

#include "lwip/stats.h"
#include "stm32_mac.h"
#include "stm32_offload.h"
#include "stm32_pool.h"
#include "stm32_ptp.h"
#include "stm32_tso.h"
#include "../../mem/pbuf_tag.h"
#include "../../wire/wire_eth.h"

#define N STM32_TX_DESCS
#define FRAME_MAX 1518u

#if N < 4 || N > 255
#error "LWIP_X_STM32_ETH_TX_DESCS must be 4 to 255"
#endif

/** The frame that ends in each descriptor, one reference ours. */
static struct pbuf *slots[N];
static u8_t fill;  /**< the next one to use */
static u8_t clean; /**< the oldest one the DMA has */
static u8_t used;  /**< how many it has */
static bool progress;

#if STM32_TX_CHANGES
#define set_change(piece, c) ((piece)->change = (c))
#else
#define set_change(piece, c) (void)(c)
#endif
#if LWIP_X_STM32_ETH_TSO
#define count_large() (stm32_eth_counters.tx_large++)
#else
#define count_large() (void)0
#endif

static u8_t after(u8_t i)
{
  return (u8_t)(i + 1u < N ? i + 1u : 0);
}

void stm32_tx_start(void)
{
  unsigned i;

  for (i = 0; i < N; i++) {
    stm32_desc_tx_give(i, 0); /* nothing the DMA might find */
  }
  fill = 0;
  clean = 0;
  used = 0;
  progress = true;
}

void stm32_tx_stop(void)
{
  unsigned i;

  for (i = 0; i < N; i++) {
    if (slots[i] != NULL) {
      pbuf_free(slots[i]);
      slots[i] = NULL;
    }
  }
  used = 0;
}

static void sent(struct pbuf *frame, const struct stm32_tx_info *info)
{
  if (info->bad) {
    stm32_eth_counters.tx_bad++;
    LINK_STATS_INC(link.err);
  } else {
    stm32_eth_counters.tx_frames++;
    LINK_STATS_INC(link.xmit);
    stm32_ptp_sent(frame, info);
  }
  pbuf_free(frame);
}

void stm32_tx_reclaim(void)
{
  struct stm32_tx_info info;
  struct pbuf *frame;

  while (used > 0 && stm32_desc_tx_look(clean, &info)) {
    frame = slots[clean];
    slots[clean] = NULL;
    clean = after(clean);
    used--;
    progress = true;
    if (frame != NULL) {
      sent(frame, &info);
    }
  }
}

/** How many descriptors @p p takes as it is; 0: it has to be copied, for one because it takes more than @p most. */
static unsigned pieces(const struct pbuf *p, unsigned most)
{
  unsigned n = 0;

  for (; p != NULL; p = p->next) {
    if (p->len == 0) {
      continue;
    }
    if (PBUF_NEEDS_COPY(p) && !stm32_pool_find(p)) {
      return 0;
    }
    if (!stm32_dma_reaches(p->payload, p->len) || ++n > most) {
      return 0;
    }
  }
  return n;
}

static struct pbuf *copy(const struct pbuf *p)
{
  struct stm32_buf *buf = stm32_pool_take();

  if (buf == NULL) {
    return NULL;
  }
  stm32_eth_counters.tx_copied++;
  (void)pbuf_copy_partial(p, stm32_pool_data(buf), p->tot_len, 0);
  return stm32_pool_pbuf(buf, p->tot_len);
}

static void take_next(void)
{
  fill = after(fill);
  used++;
}

/**
 * One descriptor a piece; the first one changes hands last, when all the others have.
 * @param change  NULL: none; else another descriptor goes before it
 */
static void queue(struct pbuf *frame, u8_t flags, const struct stm32_tx_change *change)
{
  const u8_t first = fill;
  const struct pbuf *q;
  struct stm32_tx_piece piece;
  u32_t first_word = 0, word;
  u16_t left = frame->tot_len;
  u8_t last = fill;

  if (STM32_TX_CHANGES && change != NULL) {
    first_word = stm32_desc_tx_context(first, change);
    take_next();
  }
  set_change(&piece, change);
  piece.frame_len = frame->tot_len;
  piece.flags = (u8_t)(flags | STM32_TX_FIRST);
  for (q = frame; left > 0; q = q->next) {
    if (q->len == 0) {
      continue;
    }
    left = (u16_t)(left - q->len);
    piece.bus = stm32_bus(q->payload);
    piece.len = q->len;
    piece.flags |= left == 0 ? STM32_TX_LAST : 0;
    stm32_dcache_clean(q->payload, q->len);
    word = stm32_desc_tx_fill(fill, &piece);
    if (fill == first) {
      first_word = word;
    } else {
      stm32_desc_tx_give(fill, word);
    }
    piece.flags = 0;
    last = fill;
    take_next();
  }
  slots[last] = frame;
  stm32_desc_tx_give(first, first_word);
  stm32_mac_tx_kick(fill);
}

static err_t full(void)
{
  stm32_eth_counters.tx_full++;
  LINK_STATS_INC(link.memerr);
  LINK_STATS_INC(link.drop);
  return ERR_MEM;
}

/** What the MAC cannot cut, or the ring cannot hold, is cut in software. */
static err_t send_large(struct pbuf *p)
{
  struct stm32_tx_change change = { 0, 0, pbuf_tag(p) };
  const unsigned n = pieces(p, N - 2) + 1u; /* one before it */

  if (n == 1 || !stm32_tso_look(p, &change)) {
    return stm32_tso_split(p);
  }
  if (used + n > N - 1) {
    return full();
  }
  pbuf_ref(p);
  queue(p, 0, &change);
  count_large();
  return ERR_OK;
}

err_t stm32_tx_send(struct pbuf *p)
{
  const struct stm32_tx_change change = { 0, 0, pbuf_tag(p) };
  const unsigned before = STM32_TX_CHANGES && change.tci >= 0 ? 1 : 0;
  struct pbuf *frame = p;
  unsigned n;

  if (LWIP_X_STM32_ETH_TSO && stm32_tso_wants(p)) {
    stm32_tx_reclaim();
    return send_large(p);
  }
  if (p->tot_len == 0 || p->tot_len > FRAME_MAX - before * ETH_WIRE_TAGLEN) {
    return ERR_VAL;
  }
  stm32_tx_reclaim();
  n = pieces(p, N - 1 - before);
  if (used + before + (n != 0 ? n : 1u) > N - 1) {
    return full();
  }
  if (n != 0) {
    pbuf_ref(p);
  } else {
    frame = copy(p);
    if (frame == NULL) {
      return full();
    }
  }
  queue(frame, (u8_t)(stm32_offload(frame) | stm32_ptp_wants(frame)), before != 0 ? &change : NULL);
  return ERR_OK;
}

bool stm32_tx_is_stuck(void)
{
  const bool stuck = used > 0 && !progress;

  progress = false;
  return stuck;
}

void stm32_tx_kick(void)
{
  stm32_mac_tx_kick(fill);
}

#endif
