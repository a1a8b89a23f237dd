/**
 * The receive ring.
 *
 * All descriptors but one are the DMA's, each with a buffer.  The one in front of the oldest, the gap, is ours: when a frame
 * has come, the gap gets a buffer first and the frame's descriptor becomes the gap; then the frame goes up.  So the DMA has
 * always the same number of buffers, whatever the stack does with the frames: without a free buffer the frame is copied, or
 * dropped, and its own buffer goes into the gap.
 */
#include "stm32_rx.h"

#if LWIP_X_STM32_ETH

#include "lwip/snmp.h"
#include "lwip/stats.h"
#include "stm32_mac.h"
#include "stm32_pool.h"
#include "stm32_vlan.h"
#include "../../mem/pbuf_tag.h"

#define N STM32_RX_DESCS

#if N < 3 || N > 255
#error "LWIP_X_STM32_ETH_RX_DESCS must be 3 to 255"
#endif
#if LWIP_X_STM32_ETH_BUFS < N
#error "The receive ring alone holds LWIP_X_STM32_ETH_RX_DESCS - 1 buffers: set LWIP_X_STM32_ETH_BUFS to more"
#endif
#if !LWIP_SUPPORT_CUSTOM_PBUF
#error "Received frames are custom pbufs: set LWIP_SUPPORT_CUSTOM_PBUF to 1"
#endif
#if ETH_PAD_SIZE
#error "The DMA puts frames to aligned addresses: set ETH_PAD_SIZE to 0"
#endif

/** The buffer of each descriptor; the gap's is NULL. */
static struct stm32_buf *slots[N];
static u8_t head; /**< the oldest one of the DMA's */
static u8_t gap;

static u8_t after(u8_t i)
{
  return (u8_t)(i + 1u < N ? i + 1u : 0);
}

/** The processor forgets what its cache may have of the buffer: nothing of it shall be written back over a frame. */
static void give(u8_t i, struct stm32_buf *buf)
{
  slots[i] = buf;
  stm32_dcache_invalidate(stm32_pool_data(buf), STM32_BUF_SIZE);
  stm32_desc_rx_give(i, stm32_bus(stm32_pool_data(buf)));
}

void stm32_rx_start(void)
{
  head = 0;
  gap = N - 1;
  for (; head < gap; head++) {
    give(head, stm32_pool_take()); /* there are more buffers, and nobody else has had the time to take them */
  }
  head = 0;
  stm32_desc_rx_clear(gap); /* it may be the DMA's from before */
}

void stm32_rx_stop(void)
{
  unsigned i;

  for (i = 0; i < N; i++) {
    if (slots[i] != NULL) {
      stm32_pool_give(slots[i]);
      slots[i] = NULL;
    }
  }
}

/** @p buf into the gap; the oldest descriptor, whose buffer is ours now, is the next gap. */
static void advance(struct stm32_buf *buf)
{
  slots[head] = NULL;
  give(gap, buf);
  gap = head;
  head = after(head);
  stm32_mac_rx_kick(gap);
}

static struct pbuf *copy(const struct stm32_buf *buf, u16_t len)
{
  struct pbuf *p = pbuf_alloc(PBUF_RAW, len, PBUF_POOL);

  if (p == NULL) {
    stm32_eth_counters.rx_no_buffer++;
    LINK_STATS_INC(link.memerr);
    LINK_STATS_INC(link.drop);
    return NULL;
  }
  stm32_eth_counters.rx_copied++;
  (void)pbuf_take(p, stm32_pool_data(buf), len);
  return p;
}

#if LWIP_X_STM32_ETH_PTP
static void note_stamp(struct stm32_buf *buf, const struct stm32_rx_info *info)
{
  buf->stamped = info->stamped;
  buf->time = info->time;
}
#else
#define note_stamp(buf, info) LWIP_UNUSED_ARG(buf)
#endif

#if STM32_TAGS
#define note_tag(p, info) pbuf_set_tag(p, (info)->tci)
#else
#define note_tag(p, info) LWIP_UNUSED_ARG(p)
#endif

/** The oldest frame, and a buffer in its stead.  @return NULL: no memory at all */
static struct pbuf *lift(const struct stm32_rx_info *info)
{
  struct stm32_buf *buf = slots[head];
  struct stm32_buf *spare = stm32_pool_take();
  struct pbuf *p;

  /* The processor may have fetched lines of it meanwhile, on speculation. */
  stm32_dcache_invalidate(stm32_pool_data(buf), info->len);
  if (spare != NULL) {
    advance(spare);
    note_stamp(buf, info);
    p = stm32_pool_pbuf(buf, info->len);
  } else {
    p = copy(buf, info->len);
    advance(buf);
  }
  if (p == NULL) {
    return NULL;
  }
  note_tag(p, info);
  if (LWIP_X_RX_CHECKED && info->checked) {
    p->flags |= PBUF_FLAG_X_CHECKED;
  }
  return p;
}

static void hand_up(struct pbuf *p, struct netif *nif)
{
  stm32_eth_counters.rx_frames++;
  LINK_STATS_INC(link.recv);
  MIB2_STATS_NETIF_ADD(nif, ifinoctets, p->tot_len);
  if (nif->input(p, nif) != ERR_OK) {
    stm32_eth_counters.rx_refused++;
    pbuf_free(p);
  }
}

static void refuse(void)
{
  stm32_eth_counters.rx_bad++;
  LINK_STATS_INC(link.err);
  advance(slots[head]);
}

#if LWIP_X_STM32_ETH_VLAN
#define count_other_vlan() (stm32_eth_counters.rx_other_vlan++)
#else
#define count_other_vlan() (void)0
#endif

static void take_one(struct netif *nif, enum stm32_rx_kind kind, const struct stm32_rx_info *info)
{
  struct pbuf *p;

  if (kind == STM32_RX_CONTEXT) {
    advance(slots[head]);
  } else if (kind == STM32_RX_PIECE || info->len > STM32_BUF_SIZE) {
    refuse();
  } else if (stm32_vlan_drops(stm32_pool_data(slots[head]), info)) {
    count_other_vlan();
    advance(slots[head]);
  } else {
    p = lift(info);
    if (p != NULL) {
      hand_up(p, nif);
    }
  }
}

bool stm32_rx_take(struct netif *nif, unsigned budget)
{
  struct stm32_rx_info info;
  enum stm32_rx_kind kind;

  for (; budget > 0; budget--) {
    kind = stm32_desc_rx_look(head, after(head), &info);
    if (kind == STM32_RX_BUSY) {
      return false;
    }
    take_one(nif, kind, &info);
  }
  return true;
}

bool stm32_rx_any(void)
{
  struct stm32_rx_info info;

  return stm32_desc_rx_look(head, after(head), &info) != STM32_RX_BUSY;
}

void stm32_rx_kick(void)
{
  stm32_mac_rx_kick(gap);
}

#endif
