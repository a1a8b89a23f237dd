/**
 * Segments for which there is no pcb: one in TIME-WAIT, a half-open connection, a listener may want them
 * (RFC 9293 3.10.7.1, 3.10.7.2).
 */
#include "tcp_mini.h"

#include "../mem/drop.h"
#include "lwip/stats.h"
#include "tcp_cookie.h"
#include "tcp_fastopen.h"

#if LWIP_TCP

/* Takes p.  above: a sequence number ours has to be above, or NULL. */
static void for_listener(struct tcp_pcb_listen *l, struct pbuf *p, const struct tcp_ends *e, const struct tcp_repr *seg,
                         struct netif *inp, u32_t now_ms, const u32_t *above)
{
  u8_t flags = seg->flags & (TCP_F_SYN | TCP_F_ACK | TCP_F_RST | TCP_F_FIN);

  if (l == NULL || (flags & (TCP_F_ACK | TCP_F_RST))) {
    if (l == NULL || !(flags & TCP_F_RST)) {
      tcp_rst_for(e, seg, inp);
    }
    drop(p, DROP_TCP_NO_PCB);
    return;
  }
  if (flags != TCP_F_SYN) {
    drop(p, DROP_TCP_FLAGS);
    return;
  }
  MIB2_STATS_INC(mib2.tcppassiveopens);
  tcp_syn_new(l, e, seg, inp, now_ms, above); /* text in it is not acknowledged, and so comes again */
  pbuf_free(p);
}

struct tcp_pcb *tcp_closed(struct pbuf *p, const struct tcp_ends *e, const struct tcp_repr *seg, struct netif *inp,
                           u32_t now_ms, struct tcp_pcb_listen **listener)
{
  struct tcp_mini *m = tcp_mini_find(e);
  struct tcp_pcb_listen *l;
  struct tcp_pcb *pcb;
  u32_t least;

  if (m != NULL && tcp_mini_kind(m) == TCP_MINI_SYN) {
    pcb = tcp_syn_arrives(m, e, seg, inp, now_ms, listener);
    if (pcb == NULL) {
      pbuf_free(p);
    }
    return pcb;
  }
  if (m != NULL && !tcp_tw_reopens(m, e, seg, now_ms, &least)) {
    drop(p, DROP_TCP_SEQ);
    return NULL;
  }
  l = *listener = tcp_listen_find(e, inp);
  pcb = l != NULL ? tcp_cookie_open(l, e, seg, inp, now_ms) : NULL;
  if (pcb == NULL && l != NULL && m == NULL) {
    pcb = tcp_fastopen_open(l, e, seg, inp, now_ms);
    l = pcb == NULL && (seg->opts & TCP_O_FASTOPEN) ? tcp_listen_find(e, inp) : l; /* who gave way may have closed it */
  }
  if (pcb == NULL) {
    for_listener(l, p, e, seg, inp, now_ms, m != NULL ? &least : NULL);
  }
  return pcb;
}

#endif
