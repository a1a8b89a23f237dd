/** Packets with the text of several segments (LWIP_X_TCP_TSO, lwip/x_netif.h). */
#ifndef LWIP_STACK_TRANSPORT_TCP_TSO_H
#define LWIP_STACK_TRANSPORT_TCP_TSO_H

#include "tcp_core.h"

#if LWIP_TCP

#if LWIP_X_TCP_TSO
/** Does @p nif (may be NULL) take more than one segment?  Then let those that may go follow @p s. */
void tcp_tso_plan(const struct tcp_pcb *pcb, struct tcp_send *s, const struct netif *nif);
/** Gives a packet whose first pbuf is room for @p hlen octets of header, and the text behind it; NULL: no memory, @p s is no longer
 *  large. */
struct pbuf *tcp_tso_packet(struct tcp_send *s, u8_t hlen);
static inline bool tcp_tso_is_large(const struct tcp_send *s)
{
  return s->more != 0;
}
static inline void tcp_tso_sent(struct tcp_pcb *pcb, const struct tcp_send *s, u32_t now_ms)
{
  tcp_burst_sent(pcb, s, now_ms);
}
#else
static inline void tcp_tso_plan(const struct tcp_pcb *pcb, struct tcp_send *s, const struct netif *nif)
{
  (void)pcb, (void)s, (void)nif;
}
static inline struct pbuf *tcp_tso_packet(struct tcp_send *s, u8_t hlen)
{
  (void)s, (void)hlen;
  return NULL;
}
static inline bool tcp_tso_is_large(const struct tcp_send *s)
{
  (void)s;
  return false;
}
static inline void tcp_tso_sent(struct tcp_pcb *pcb, const struct tcp_send *s, u32_t now_ms)
{
  (void)pcb, (void)s, (void)now_ms;
}
#endif

#endif
#endif
