/** D-SACK, sent (RFC 2883). */
#ifndef LWIP_STACK_TCP_TCP_DSACK_H
#define LWIP_STACK_TCP_TCP_DSACK_H

#include "tcp_engine.h"

#if LWIP_TCP

#if LWIP_X_TCP_DSACK
/** [left, right) was received before. */
void tcp_dsack_note(struct tcp_pcb *pcb, u32_t left, u32_t right);
/** The part of @p seg that lies before RCV.NXT was received before. */
void tcp_dsack_old(struct tcp_pcb *pcb, const struct tcp_repr *seg);
/** Write the block, if there is one, to the 8 octets at @p o; it is told once.  @return blocks */
u8_t tcp_dsack_emit(struct tcp_pcb *pcb, u8_t *o);
#else
static inline void tcp_dsack_note(struct tcp_pcb *pcb, u32_t left, u32_t right)
{
  (void)pcb, (void)left, (void)right;
}
static inline void tcp_dsack_old(struct tcp_pcb *pcb, const struct tcp_repr *seg)
{
  (void)pcb, (void)seg;
}
static inline u8_t tcp_dsack_emit(struct tcp_pcb *pcb, u8_t *o)
{
  (void)pcb, (void)o;
  return 0;
}
#endif

#endif
#endif
