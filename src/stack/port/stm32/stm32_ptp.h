/** Timestamps: what the rings ask. */
#ifndef LWIP_STACK_STM32_PTP_H
#define LWIP_STACK_STM32_PTP_H

#include "stm32_desc.h"

#if LWIP_X_STM32_ETH

#if LWIP_X_STM32_ETH_PTP
/** After a reset: the clock goes on about where it was. */
void stm32_ptp_restart(void);
/** Before a reset. */
void stm32_ptp_save(void);
/** STM32_TX_STAMP for a frame whose time of sending somebody wants to know, or 0. */
u8_t stm32_ptp_wants(const struct pbuf *frame);
/** Tell whoever asked. */
void stm32_ptp_sent(struct pbuf *frame, const struct stm32_tx_info *info);
#else
static inline void stm32_ptp_restart(void)
{
}
static inline void stm32_ptp_save(void)
{
}
static inline u8_t stm32_ptp_wants(const struct pbuf *frame)
{
  LWIP_UNUSED_ARG(frame);
  return 0;
}
static inline void stm32_ptp_sent(struct pbuf *frame, const struct stm32_tx_info *info)
{
  LWIP_UNUSED_ARG(frame);
  LWIP_UNUSED_ARG(info);
}
#endif

#endif
#endif
