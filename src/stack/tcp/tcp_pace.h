/** Pacing: text leaves at a rate, not in bursts. */
#ifndef LWIP_STACK_TCP_TCP_PACE_H
#define LWIP_STACK_TCP_TCP_PACE_H

#include "tcp_engine.h"

#if LWIP_TCP

#if LWIP_X_TCP_PACING
/** Has text to wait?  Then the timer is set. */
bool tcp_pace_holds(struct tcp_pcb *pcb, u32_t now_ms);
/** ms until text that waits may go; TCP_NEVER: none does. */
s32_t tcp_pace_left(const struct tcp_pcb *pcb, u32_t now_ms);
/** @p len octets left; @p idle: with nothing else in flight. */
void tcp_pace_sent(struct tcp_pcb *pcb, u32_t len, bool idle, u32_t now_ms);
/** Octets that may go in one packet to an interface that cuts it into segments: a millisecond's. */
u32_t tcp_pace_quantum(const struct tcp_pcb *pcb);
#else
static inline bool tcp_pace_holds(struct tcp_pcb *pcb, u32_t now_ms)
{
  (void)pcb, (void)now_ms;
  return false;
}
static inline s32_t tcp_pace_left(const struct tcp_pcb *pcb, u32_t now_ms)
{
  (void)pcb, (void)now_ms;
  return TCP_NEVER;
}
static inline void tcp_pace_sent(struct tcp_pcb *pcb, u32_t len, bool idle, u32_t now_ms)
{
  (void)pcb, (void)len, (void)idle, (void)now_ms;
}
static inline u32_t tcp_pace_quantum(const struct tcp_pcb *pcb)
{
  (void)pcb;
  return 0xffffffffu;
}
#endif

#endif
#endif
