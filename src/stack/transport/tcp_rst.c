/**
 * Resets, and the limit on answers to segments that belong to nothing.
 */
#include "tcp_core.h"

#include "../base/random.h"
#include "../mem/drop.h"

#include <string.h>

#if LWIP_TCP

static u8_t second;  /* which one is counted */
static u8_t answers; /* given in it; zero at start, when some may be given */

bool tcp_answer_allowed(void)
{
  u8_t now = (u8_t)(sys_now() >> 10);

  if (now != second) {
    second = now;
    answers = (u8_t)random_below(1 + LWIP_X_TCP_RST_RATE / 4); /* so that nobody outside can count along */
  }
  if (answers >= LWIP_X_TCP_RST_RATE) {
    drop_count(DROP_TCP_RATE);
    return false;
  }
  answers++;
  return true;
}

void tcp_control_init(struct tcp_repr *r, u8_t flags, u32_t seq, u32_t ack)
{
  memset(r, 0, sizeof *r);
  r->flags = flags;
  r->seq = seq;
  r->ack = ack;
  r->wnd = (u16_t)((flags & TCP_F_RST) ? 0 : LWIP_MIN(LWIP_X_TCP_WND_START, 0xffff));
}

void tcp_rst_for(const struct tcp_ends *e, const struct tcp_repr *seg, struct netif *nif)
{
  struct tcp_repr r;

  if ((seg->flags & TCP_F_RST) || !tcp_answer_allowed()) {
    return;
  }
  if (seg->flags & TCP_F_ACK) {
    tcp_control_init(&r, TCP_F_RST, seg->ack, 0);
  } else {
    tcp_control_init(&r, TCP_F_RST | TCP_F_ACK, 0,
                     seg->seq + seg->len + ((seg->flags & TCP_F_SYN) != 0) + ((seg->flags & TCP_F_FIN) != 0));
  }
  (void)tcp_send_control(e, nif, TCP_TTL, 0, &r);
}

void tcp_rst_pcb(struct tcp_pcb *pcb)
{
  struct tcp_ends e;
  struct tcp_repr r;

  tcp_ends_of(pcb, &e);
  tcp_control_init(&r, TCP_F_RST | TCP_F_ACK, pcb->snd_nxt, pcb->rcv_nxt);
  (void)tcp_send_control(&e, tcp_route(pcb), pcb->ttl, pcb->tos, &r);
}

#endif
