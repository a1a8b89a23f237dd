/**
 * Several segments in one packet, for an interface that cuts them apart: what tcp_next() would yield one by one.
 *
 * Only text that was never sent; each segment stays by itself in the queue, so that losing, reporting and sending again are the
 * same as ever.
 */
#include "tcp_ecn.h"
#include "tcp_pace.h"

#if LWIP_TCP && LWIP_X_TCP_TSO

/* May seg follow, with total octets of text in the packet before it? */
static bool may_follow(const struct tcp_pcb *pcb, const struct tcp_seg *seg, u32_t total)
{
  if (seg->len < pcb->unsent->len && seg->next == NULL && !(pcb->flags & TF_NODELAY)) {
    return false; /* Nagle decides when it is alone */
  }
  return seg->len <= pcb->unsent->len && !(seg->next == NULL && (pcb->flags & TF_FIN)) && seg->p->ref == 1 &&
         seg->seq + seg->len - pcb->lastack <= pcb->snd_wnd && tcp_pipe(pcb) + total + seg->len <= pcb->cwnd;
}

/* Does the packet carry nothing but text that was never sent? */
static bool may_lead(const struct tcp_pcb *pcb, const struct tcp_send *s)
{
  return s->seg == pcb->unsent && !seq_lt(s->seg->seq, pcb->snd_nxt) && pcb->x_lost == 0 && !tcp_tlp_wanted(pcb) &&
         !(s->r.flags & TCP_F_FIN) && !tcp_ecn_tells(pcb) && s->seg->p->ref == 1;
}

void tcp_burst_plan(const struct tcp_pcb *pcb, struct tcp_send *s, u32_t max)
{
  const struct tcp_seg *seg = s->seg;
  u32_t total = seg->len;

  if (!may_lead(pcb, s)) {
    return;
  }
  max = LWIP_MIN(max, tcp_pace_quantum(pcb));
  while (seg->next != NULL && seg->len == s->seg->len && total + seg->next->len <= max &&
         may_follow(pcb, seg->next, total)) {
    seg = seg->next;
    total += seg->len;
    s->more++;
  }
  if (seg->flags & TF_SEG_PSH) {
    s->r.flags |= TCP_F_PSH;
  }
}

void tcp_burst_sent(struct tcp_pcb *pcb, const struct tcp_send *s, u32_t now_ms)
{
  struct tcp_send each = *s;
  u16_t n;

  for (n = 0; n < s->more; n++) {
    each.seg = each.seg->next;
    each.r.seq = each.seg->seq;
    each.r.len = each.seg->len;
    tcp_sent_it(pcb, &each, now_ms);
  }
}

#endif
