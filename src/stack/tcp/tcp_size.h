/** Buffers that size themselves: the receive window and the send buffer of a connection. */
#ifndef LWIP_STACK_TCP_TCP_SIZE_H
#define LWIP_STACK_TCP_TCP_SIZE_H

#include "tcp_engine.h"

#if LWIP_TCP

#if LWIP_X_TCP_AUTOSIZE
/** The sizes of a new pcb. */
void tcp_size_init(struct tcp_pcb *pcb);
/** Window scaling was agreed on: @return the receive window then */
u32_t tcp_size_scaled(struct tcp_pcb *pcb);
/** The program took @p len octets.  @return by how many the window may open, besides what it grew by */
u16_t tcp_size_read(struct tcp_pcb *pcb, u16_t len, u32_t now_ms);
/** @p octets of text were acknowledged.  @return how many of them may be queued again, besides what the buffer grew by */
u32_t tcp_size_acked(struct tcp_pcb *pcb, u32_t octets);
/** No more growing: a send buffer of @p snd_buf octets, if there is room for it. */
void tcp_size_fix(struct tcp_pcb *pcb, u32_t snd_buf);
/** @p pcb ends: what it had grown by is for others. */
void tcp_size_leave(struct tcp_pcb *pcb);
/** A quarter of a small window is enough to tell the peer of. */
static inline u32_t tcp_size_update(const struct tcp_pcb *pcb)
{
  return LWIP_MIN((u32_t)TCP_WND_UPDATE_THRESHOLD, (u32_t)pcb->x_rcv_size / 4);
}
#else
static inline void tcp_size_init(struct tcp_pcb *pcb)
{
  (void)pcb;
}
static inline u32_t tcp_size_scaled(struct tcp_pcb *pcb)
{
  (void)pcb;
  return TCP_WND;
}
static inline u16_t tcp_size_read(struct tcp_pcb *pcb, u16_t len, u32_t now_ms)
{
  (void)pcb, (void)now_ms;
  return len;
}
static inline u32_t tcp_size_acked(struct tcp_pcb *pcb, u32_t octets)
{
  (void)pcb;
  return octets;
}
static inline void tcp_size_leave(struct tcp_pcb *pcb)
{
  (void)pcb;
}
static inline u32_t tcp_size_update(const struct tcp_pcb *pcb)
{
  (void)pcb;
  return TCP_WND_UPDATE_THRESHOLD;
}
#endif

#endif
#endif
