/** Fast Open (RFC 7413): cookies, ours and those of servers. */
#ifndef LWIP_STACK_TRANSPORT_TCP_FASTOPEN_H
#define LWIP_STACK_TRANSPORT_TCP_FASTOPEN_H

#include "tcp_core.h"

#if LWIP_TCP

enum { TCP_FASTOPEN_COOKIE = 8 };

#if LWIP_X_TCP_FASTOPEN
/** A SYN of ours goes out: what it says. */
void tcp_fastopen_describe(const struct tcp_pcb *pcb, struct tcp_repr *r);
/** A segment for @p pcb in SYN-SENT: it may bring a cookie. */
void tcp_fastopen_learn(const struct tcp_pcb *pcb, const struct tcp_repr *seg);
/** The cookie @p l (or NULL) would give the peer of @p e, if @p l does this.  @return false: none */
bool tcp_fastopen_grant(const struct tcp_pcb_listen *l, const struct tcp_ends *e, u8_t *cookie);
/** Put a granted cookie into a SYN+ACK. */
static inline void tcp_fastopen_give(struct tcp_repr *r, const u8_t *cookie)
{
  r->opts |= TCP_O_FASTOPEN;
  r->cookie_len = TCP_FASTOPEN_COOKIE;
  r->cookie = cookie;
}
/** @p seg is a SYN for @p l: @return the connection it opens at once, for it has our cookie; it goes on with @p seg.  Else NULL. */
struct tcp_pcb *tcp_fastopen_open(struct tcp_pcb_listen *l, const struct tcp_ends *e, const struct tcp_repr *seg,
                                  struct netif *inp, u32_t now_ms);
#else
static inline void tcp_fastopen_describe(const struct tcp_pcb *pcb, struct tcp_repr *r)
{
  (void)pcb, (void)r;
}
static inline void tcp_fastopen_learn(const struct tcp_pcb *pcb, const struct tcp_repr *seg)
{
  (void)pcb, (void)seg;
}
static inline void tcp_fastopen_give(struct tcp_repr *r, const u8_t *cookie)
{
  (void)r, (void)cookie;
}
static inline struct tcp_pcb *tcp_fastopen_open(struct tcp_pcb_listen *l, const struct tcp_ends *e,
                                                const struct tcp_repr *seg, struct netif *inp, u32_t now_ms)
{
  (void)l, (void)e, (void)seg, (void)inp, (void)now_ms;
  return NULL;
}
#endif

#endif
#endif
