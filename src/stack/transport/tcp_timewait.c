/**
 * TIME-WAIT (RFC 9293 3.6.1) as records: what is needed to answer a repeated FIN, and to tell an old
 * segment from a new connection.
 */
#include "tcp_mini.h"

#include <string.h>

#if LWIP_TCP

u16_t tcp_tw_count(void)
{
  return tcp_mini_count(TCP_MINI_TW);
}

bool tcp_tw_shed(void)
{
  return tcp_mini_shed(TCP_MINI_TW);
}

void tcp_tw_add(const struct tcp_pcb *pcb, u32_t now_ms)
{
  struct tcp_ends e;
  struct tcp_tw *w;

  tcp_ends_of(pcb, &e);
  w = (struct tcp_tw *)(void *)tcp_mini_new(TCP_MINI_TW, &e);
  if (w == NULL) {
    return;
  }
  w->rcv_nxt = pcb->rcv_nxt;
  w->snd_nxt = pcb->snd_nxt;
#if LWIP_TCP_TIMESTAMPS
  w->ts_recent = (pcb->flags & TF_TIMESTAMP) ? pcb->ts_recent | (pcb->ts_recent == 0) : 0;
#endif
  tcp_mini_set(&w->m, 2 * TCP_MSL, now_ms);
}

static void acknowledge(const struct tcp_tw *w, const struct tcp_ends *e, u32_t now_ms)
{
  struct tcp_repr r;

  if (!tcp_answer_allowed()) {
    return;
  }
  tcp_control_init(&r, TCP_F_ACK, w->snd_nxt, w->rcv_nxt);
#if LWIP_TCP_TIMESTAMPS
  if (w->ts_recent != 0) {
    r.opts = TCP_O_TS;
    r.tsval = now_ms + tcp_ts_offset(e);
    r.tsecr = w->ts_recent;
  }
#else
  (void)now_ms;
#endif
  (void)tcp_send_control(e, NULL, TCP_TTL, 0, &r);
}

/* Can this SYN not be an old one?  By its timestamp (RFC 6191) or its sequence number (RFC 9293 MAY-2). */
static bool is_new(const struct tcp_tw *w, const struct tcp_repr *seg)
{
#if LWIP_TCP_TIMESTAMPS
  if (w->ts_recent != 0 && (seg->opts & TCP_O_TS) && seg->tsval != w->ts_recent) {
    return seq_gt(seg->tsval, w->ts_recent);
  }
#endif
  return seq_gt(seg->seq, w->rcv_nxt);
}

bool tcp_tw_reopens(struct tcp_mini *m, const struct tcp_ends *e, const struct tcp_repr *seg, u32_t now_ms,
                    u32_t *least)
{
  struct tcp_tw *w = (struct tcp_tw *)(void *)m;

  if (seg->flags & TCP_F_RST) {
    return false; /* RFC 1337 */
  }
  if ((seg->flags & (TCP_F_SYN | TCP_F_ACK)) == TCP_F_SYN && is_new(w, seg)) {
    *least = w->snd_nxt;
    tcp_mini_remove(m);
    return true;
  }
  if (seg->flags & TCP_F_FIN) {
    tcp_mini_set(&w->m, 2 * TCP_MSL, now_ms);
  }
  if ((seg->flags & (TCP_F_SYN | TCP_F_FIN)) || seg->len > 0 || seg->seq != w->rcv_nxt) {
    acknowledge(w, e, now_ms);
  }
  return false;
}

#endif
