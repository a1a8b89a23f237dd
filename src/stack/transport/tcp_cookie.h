/** SYN cookies (RFC 4987 3.6): no record is kept, all of a half-open connection is in the sequence number. */
#ifndef LWIP_STACK_TRANSPORT_TCP_COOKIE_H
#define LWIP_STACK_TRANSPORT_TCP_COOKIE_H

#include "tcp_core.h"

#if LWIP_TCP
#if LWIP_X_TCP_SYN_COOKIES
/** Are there as many half-open connections as may be? */
bool tcp_cookie_wanted(void);
/** Answer the SYN @p seg for @p l with a SYN+ACK that carries a cookie. */
void tcp_cookie_send(struct tcp_pcb_listen *l, const struct tcp_ends *e, const struct tcp_repr *seg, struct netif *inp,
                     u32_t now_ms);
/** @p seg is for @p l; if its ACK brings a cookie of ours back: @return the connection, which goes on with @p seg. */
struct tcp_pcb *tcp_cookie_open(struct tcp_pcb_listen *l, const struct tcp_ends *e, const struct tcp_repr *seg,
                                struct netif *inp, u32_t now_ms);
#else
static inline bool tcp_cookie_wanted(void)
{
  return false;
}
static inline void tcp_cookie_send(struct tcp_pcb_listen *l, const struct tcp_ends *e, const struct tcp_repr *seg,
                                   struct netif *inp, u32_t now_ms)
{
  (void)l, (void)e, (void)seg, (void)inp, (void)now_ms;
}
static inline struct tcp_pcb *tcp_cookie_open(struct tcp_pcb_listen *l, const struct tcp_ends *e,
                                              const struct tcp_repr *seg, struct netif *inp, u32_t now_ms)
{
  (void)l, (void)e, (void)seg, (void)inp, (void)now_ms;
  return NULL;
}
#endif
#endif

#endif
