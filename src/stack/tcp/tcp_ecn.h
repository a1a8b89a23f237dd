/** Explicit congestion notification (RFC 3168): routers mark packets instead of dropping them. */
#ifndef LWIP_STACK_TCP_TCP_ECN_H
#define LWIP_STACK_TCP_TCP_ECN_H

#include "tcp_engine.h"

#if LWIP_TCP

/** The field of the IP header (RFC 3168 5). */
enum { IP_ECN_MASK = 3, IP_ECN_ECT0 = 2, IP_ECN_CE = 3 };

/** pcb->x_ecn */
enum {
  TCP_ECN_ASKED = 1,   /**< our SYN offered it */
  TCP_ECN_ON = 2,      /**< both sides do it */
  TCP_ECN_ECHO = 4,    /**< the peer is told that it was marked, until it says CWR */
  TCP_ECN_CWR = 8,     /**< the peer is to be told that the window is reduced, with the next new text */
  TCP_ECN_WANTED = 16, /**< by the program: our SYN is to offer it */
  TCP_ECN_HEARD = 32   /**< the ACK that is being looked at tells of a mark */
};

#if LWIP_X_TCP_ECN
/** Our SYN (or SYN+ACK of a simultaneous open) goes out: its flags.  Offered once; a SYN sent again goes without (6.1.1.1). */
u8_t tcp_ecn_offer(struct tcp_pcb *pcb);
/** The answer to our SYN. */
void tcp_ecn_answered(struct tcp_pcb *pcb, const struct tcp_repr *synack);
/** Both sides do it. */
void tcp_ecn_begin(struct tcp_pcb *pcb);
/** A segment in order of form: was it marked, has the peer reduced its window? */
void tcp_ecn_received(struct tcp_pcb *pcb, const struct tcp_repr *seg);
/** Its ACK, which is not an old one: does it tell of a mark?  Then the window does not grow (6.1.2). */
static inline void tcp_ecn_hear(struct tcp_pcb *pcb, const struct tcp_repr *seg)
{
  bool heard = (pcb->x_ecn & TCP_ECN_ON) && (seg->flags & TCP_F_ECE);

  pcb->x_ecn = (u8_t)((pcb->x_ecn & ~TCP_ECN_HEARD) | (heard ? TCP_ECN_HEARD : 0));
}
static inline bool tcp_ecn_heard(const struct tcp_pcb *pcb)
{
  return (pcb->x_ecn & TCP_ECN_HEARD) != 0;
}
/** ... when all else is done: was something of ours marked? */
void tcp_ecn_acked(struct tcp_pcb *pcb, const struct tcp_repr *seg);
/** The window was reduced, for whatever reason. */
void tcp_ecn_reduced(struct tcp_pcb *pcb);
/** Put the flags into @p s. @return what the IP header says (IP_ECN_*) */
u8_t tcp_ecn_mark(const struct tcp_pcb *pcb, struct tcp_send *s);
/** @p s is on its way. */
void tcp_ecn_sent(struct tcp_pcb *pcb, const struct tcp_send *s);
static inline bool tcp_ecn_is_marked(const struct tcp_repr *seg)
{
  return seg->ecn == IP_ECN_CE;
}
/** Will the next new text say that the window is reduced? */
static inline bool tcp_ecn_tells(const struct tcp_pcb *pcb)
{
  return (pcb->x_ecn & TCP_ECN_CWR) != 0;
}
#else
static inline void tcp_ecn_hear(struct tcp_pcb *pcb, const struct tcp_repr *seg)
{
  (void)pcb, (void)seg;
}
static inline bool tcp_ecn_heard(const struct tcp_pcb *pcb)
{
  (void)pcb;
  return false;
}
static inline bool tcp_ecn_tells(const struct tcp_pcb *pcb)
{
  (void)pcb;
  return false;
}
static inline u8_t tcp_ecn_offer(struct tcp_pcb *pcb)
{
  (void)pcb;
  return 0;
}
static inline void tcp_ecn_answered(struct tcp_pcb *pcb, const struct tcp_repr *synack)
{
  (void)pcb, (void)synack;
}
static inline void tcp_ecn_received(struct tcp_pcb *pcb, const struct tcp_repr *seg)
{
  (void)pcb, (void)seg;
}
static inline void tcp_ecn_acked(struct tcp_pcb *pcb, const struct tcp_repr *seg)
{
  (void)pcb, (void)seg;
}
static inline void tcp_ecn_reduced(struct tcp_pcb *pcb)
{
  (void)pcb;
}
static inline u8_t tcp_ecn_mark(const struct tcp_pcb *pcb, struct tcp_send *s)
{
  (void)pcb, (void)s;
  return 0;
}
static inline void tcp_ecn_sent(struct tcp_pcb *pcb, const struct tcp_send *s)
{
  (void)pcb, (void)s;
}
static inline bool tcp_ecn_is_marked(const struct tcp_repr *seg)
{
  (void)seg;
  return false;
}
#endif

#endif
#endif
