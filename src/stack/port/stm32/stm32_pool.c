/** Buffers for the DMA. */
#include "stm32_pool.h"

#if LWIP_X_STM32_ETH

#include "lwip/sys.h"

#define N LWIP_X_STM32_ETH_BUFS

static u8_t data[N][STM32_BUF_SIZE] LWIP_X_STM32_ETH_BUF_ATTR __attribute__((aligned(STM32_LINE)));
static struct stm32_buf bufs[N];
static struct stm32_buf *first;
static bool ready;

static void give_pbuf(struct pbuf *p)
{
  stm32_pool_give((struct stm32_buf *)(void *)p);
}

bool stm32_pool_init(void)
{
  unsigned i;

  if (!ready) {
    for (i = 0; i < N; i++) {
      bufs[i].pc.custom_free_function = give_pbuf;
      stm32_pool_give(&bufs[i]);
    }
    ready = true;
  }
  return stm32_dma_reaches(data, sizeof data);
}

struct stm32_buf *stm32_pool_take(void)
{
  struct stm32_buf *buf;
  SYS_ARCH_DECL_PROTECT(lev);

  SYS_ARCH_PROTECT(lev);
  buf = first;
  if (buf != NULL) {
    first = buf->next;
  }
  SYS_ARCH_UNPROTECT(lev);
  return buf;
}

void stm32_pool_give(struct stm32_buf *buf)
{
  SYS_ARCH_DECL_PROTECT(lev);

  SYS_ARCH_PROTECT(lev);
  buf->next = first;
  first = buf;
  SYS_ARCH_UNPROTECT(lev);
}

u8_t *stm32_pool_data(const struct stm32_buf *buf)
{
  return data[buf - bufs];
}

struct pbuf *stm32_pool_pbuf(struct stm32_buf *buf, u16_t len)
{
  return pbuf_alloced_custom(PBUF_RAW, len, PBUF_REF, &buf->pc, stm32_pool_data(buf), STM32_BUF_SIZE);
}

struct stm32_buf *stm32_pool_find(const struct pbuf *p)
{
  unsigned i;

  for (i = 0; i < N; i++) {
    if (p == &bufs[i].pc.pbuf) {
      return &bufs[i];
    }
  }
  return NULL;
}

#endif
