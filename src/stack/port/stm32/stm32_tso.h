/** Large sends (lwip/x_netif.h): packets the MAC cuts into segments.  Second generation only. */
#ifndef LWIP_STACK_STM32_TSO_H
#define LWIP_STACK_STM32_TSO_H

#include "stm32_desc.h"

#if LWIP_X_STM32_ETH && LWIP_X_STM32_ETH_TSO

/** Is @p p one? */
static inline bool stm32_tso_wants(const struct pbuf *p)
{
  return p->x_seg_len != 0;
}
/** What the MAC has to know of @p p.  @return false: it would not cut it right */
bool stm32_tso_look(const struct pbuf *p, struct stm32_tx_change *change);
/** Cut it in software. */
err_t stm32_tso_split(struct pbuf *p);
/** Tell the stack what the MAC found after reset takes at once. */
void stm32_tso_offer(struct netif *nif);

#else

#define stm32_tso_wants(p) ((void)(p), false)
#define stm32_tso_look(p, change) ((void)(p), (void)(change), false)
#define stm32_tso_split(p) ((void)(p), (err_t)ERR_VAL)
#define stm32_tso_offer(nif) (void)(nif)

#endif
#endif
