/**
 * The peer answers, or does not: what counts from the last progress.  Both parts are options.
 *
 * Progress is an acknowledgement of something new, or something sent while nothing was outstanding.
 */
#ifndef LWIP_STACK_TCP_TCP_PROGRESS_H
#define LWIP_STACK_TCP_TCP_PROGRESS_H

#include "tcp_engine.h"

#if LWIP_TCP

/* tcp_usertimeout.c */

#if LWIP_X_TCP_USER_TIMEOUT
/** ms until @p pcb has waited too long, 0 or less: it has; TCP_NEVER: it has no such limit, or waits for nothing. */
s32_t tcp_user_left(const struct tcp_pcb *pcb, u32_t now_ms);
static inline bool tcp_user_limits(const struct tcp_pcb *pcb)
{
  return pcb->x_user_timeout != 0;
}
static inline void tcp_user_progress(struct tcp_pcb *pcb, u32_t now_ms)
{
  pcb->x_progress = now_ms;
}
#else
static inline s32_t tcp_user_left(const struct tcp_pcb *pcb, u32_t now_ms)
{
  (void)pcb, (void)now_ms;
  return TCP_NEVER;
}
static inline bool tcp_user_limits(const struct tcp_pcb *pcb)
{
  (void)pcb;
  return false;
}
static inline void tcp_user_progress(struct tcp_pcb *pcb, u32_t now_ms)
{
  (void)pcb, (void)now_ms;
}
#endif

/* tcp_plpmtud.c */

#if LWIP_X_TCP_PLPMTUD
/** Segments of more than @p mss octets do not get through, at present. */
void tcp_mss_lower(struct tcp_pcb *pcb, u16_t mss, u32_t now_ms);
/** A timeout, again: are the segments too large for a router that does not say so? */
void tcp_black_hole(struct tcp_pcb *pcb, u32_t now_ms);
/** Something was acknowledged: perhaps it is time to try larger segments. */
void tcp_mss_raise(struct tcp_pcb *pcb, u32_t now_ms);
#else
static inline void tcp_mss_lower(struct tcp_pcb *pcb, u16_t mss, u32_t now_ms)
{
  (void)now_ms;
  pcb->mss = mss;
}
static inline void tcp_black_hole(struct tcp_pcb *pcb, u32_t now_ms)
{
  (void)pcb, (void)now_ms;
}
static inline void tcp_mss_raise(struct tcp_pcb *pcb, u32_t now_ms)
{
  (void)pcb, (void)now_ms;
}
#endif

/* tcp_rate.c */

#if LWIP_X_TCP_INFO
/** @p octets of text are known to have arrived since the last ACK. */
void tcp_rate_delivered(struct tcp_pcb *pcb, u32_t octets, u32_t now_ms);
/** Text goes out while nothing is in flight: the time before says nothing about the path. */
static inline void tcp_rate_restart(struct tcp_pcb *pcb)
{
  pcb->x_rate_at = 0;
}
static inline void tcp_rate_resent(struct tcp_pcb *pcb)
{
  pcb->x_resent++;
}
#else
static inline void tcp_rate_delivered(struct tcp_pcb *pcb, u32_t octets, u32_t now_ms)
{
  (void)pcb, (void)octets, (void)now_ms;
}
static inline void tcp_rate_restart(struct tcp_pcb *pcb)
{
  (void)pcb;
}
static inline void tcp_rate_resent(struct tcp_pcb *pcb)
{
  (void)pcb;
}
#endif

static inline void tcp_progress(struct tcp_pcb *pcb, u32_t now_ms)
{
  tcp_user_progress(pcb, now_ms);
  tcp_mss_raise(pcb, now_ms);
}

#endif
#endif
