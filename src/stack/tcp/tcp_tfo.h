/** Fast Open (RFC 7413), the engine's part: text in SYNs. */
#ifndef LWIP_STACK_TCP_TCP_TFO_H
#define LWIP_STACK_TCP_TCP_TFO_H

#include "tcp_engine.h"

#if LWIP_TCP

/** pcb->x_tfo */
enum {
  TCP_TFO_NONE,
  TCP_TFO_ASK,   /**< SYN-SENT: our SYN asks for a cookie */
  TCP_TFO_TEXT,  /**< SYN-SENT: our SYN has a cookie and text */
  TCP_TFO_HOLD,  /**< SYN-SENT: our SYN, with a cookie, waits for text */
  TCP_TFO_FRESH, /**< SYN-RECEIVED: the peer's SYN, with a cookie, has not been looked at */
  TCP_TFO_OPEN   /**< SYN-RECEIVED: text may be sent */
};

#if LWIP_X_TCP_FASTOPEN
/** A SYN goes out: with text? */
void tcp_tfo_plan(struct tcp_pcb *pcb, struct tcp_send *s);
/** Does our SYN wait for text?  With text it waits no longer. */
bool tcp_tfo_holds(struct tcp_pcb *pcb);
/** The SYN that made @p pcb: its text is the program's before the handshake ends. */
enum tcp_verdict tcp_tfo_arrives(struct tcp_pcb *pcb, const struct tcp_repr *syn, struct tcp_events *ev, u32_t now_ms);
/** The answer to our SYN: it is acknowledged and some of its text or none, or (not @p acked) the peer opens too. */
void tcp_tfo_answered(struct tcp_pcb *pcb, const struct tcp_repr *synack, bool acked, struct tcp_events *ev,
                      u32_t now_ms);
/** @p pcb's handshake is over, one way or the other. */
void tcp_tfo_leave(struct tcp_pcb *pcb);
static inline bool tcp_tfo_is_fresh(const struct tcp_pcb *pcb)
{
  return pcb->x_tfo == TCP_TFO_FRESH;
}
static inline bool tcp_tfo_is_open(const struct tcp_pcb *pcb)
{
  return pcb->x_tfo == TCP_TFO_OPEN;
}
/** Is there text on its way that SND.NXT must not forget when the SYN is sent again? */
static inline bool tcp_tfo_has_sent(const struct tcp_pcb *pcb)
{
  return pcb->x_tfo == TCP_TFO_TEXT || pcb->x_tfo == TCP_TFO_OPEN;
}
#else
static inline void tcp_tfo_plan(struct tcp_pcb *pcb, struct tcp_send *s)
{
  (void)pcb, (void)s;
}
static inline bool tcp_tfo_holds(struct tcp_pcb *pcb)
{
  (void)pcb;
  return false;
}
static inline enum tcp_verdict tcp_tfo_arrives(struct tcp_pcb *pcb, const struct tcp_repr *syn, struct tcp_events *ev,
                                               u32_t now_ms)
{
  (void)pcb, (void)syn, (void)ev, (void)now_ms;
  return TCP_OK;
}
static inline void tcp_tfo_answered(struct tcp_pcb *pcb, const struct tcp_repr *synack, bool acked,
                                    struct tcp_events *ev, u32_t now_ms)
{
  (void)pcb, (void)synack, (void)acked, (void)ev, (void)now_ms;
}
static inline void tcp_tfo_leave(struct tcp_pcb *pcb)
{
  (void)pcb;
}
static inline bool tcp_tfo_is_fresh(const struct tcp_pcb *pcb)
{
  (void)pcb;
  return false;
}
static inline bool tcp_tfo_is_open(const struct tcp_pcb *pcb)
{
  (void)pcb;
  return false;
}
static inline bool tcp_tfo_has_sent(const struct tcp_pcb *pcb)
{
  (void)pcb;
  return false;
}
#endif

#endif
#endif
