/**
 * TIME-WAIT (RFC 9293 3.6.1) as records: what is needed to answer a repeated FIN, and to tell an old
 * segment from a new connection.
 *
 * Records are looked at only when a segment comes for one, or memory is needed: a record whose time is over
 * counts as absent.  One timer frees all memory when the last of them is over.
 */
#include "tcp_mini.h"

#include "../mem/drop.h"
#include "lwip/memp.h"

#include <string.h>

#if LWIP_TCP

struct tcp_tw {
  struct tcp_mini m;
  u32_t rcv_nxt, snd_nxt;
  u32_t until; /**< ms */
#if LWIP_TCP_TIMESTAMPS
  u32_t ts_recent; /**< 0: the connection had no timestamps */
#endif
};

static void *element(void)
{
  return memp_malloc(MEMP_TCP_PCB); /* if there is one left: nobody gives way for a connection that is over */
}

static struct tcp_mini *buckets[LWIP_X_TCP_HASH];
static struct tcp_minis waiting = {
  buckets, NULL, 0, 0, (u16_t)LWIP_MAX(1, MEMP_NUM_TCP_PCB / 2), 0, sizeof(struct tcp_tw), element
};
static struct timer last_over;
static u32_t last_until;

u16_t tcp_tw_count(void)
{
  return waiting.used;
}

bool tcp_tw_shed(void)
{
  return tcp_mini_shed(&waiting);
}

/* The record for e, if its time is not over. */
static struct tcp_tw *find(const struct tcp_ends *e, u32_t now_ms)
{
  struct tcp_tw *w = (struct tcp_tw *)(void *)tcp_mini_find(&waiting, e);

  if (w != NULL && time_reached(now_ms, w->until)) {
    tcp_mini_remove(&waiting, &w->m);
    return NULL;
  }
  return w;
}

bool tcp_tw_has(const struct tcp_ends *e)
{
  return find(e, sys_now()) != NULL;
}

static void over(struct timer *t)
{
  if (!time_reached(sys_now(), last_until)) {
    timer_set_at(t, last_until, over);
    return;
  }
  while (tcp_tw_shed()) {}
}

static void wait_anew(struct tcp_tw *w, u32_t now_ms)
{
  w->until = last_until = now_ms + 2 * TCP_MSL;
  if (!timer_pending(&last_over)) {
    timer_set_at(&last_over, last_until, over);
  }
}

void tcp_tw_add(const struct tcp_pcb *pcb, u32_t now_ms)
{
  struct tcp_ends e;
  struct tcp_tw *w;

  tcp_ends_of(pcb, &e);
  w = (struct tcp_tw *)(void *)tcp_mini_new(&waiting, &e);
  if (w == NULL) {
    return;
  }
  w->rcv_nxt = pcb->rcv_nxt;
  w->snd_nxt = pcb->snd_nxt;
#if LWIP_TCP_TIMESTAMPS
  w->ts_recent = (pcb->flags & TF_TIMESTAMP) ? pcb->ts_recent | (pcb->ts_recent == 0) : 0;
#endif
  wait_anew(w, now_ms);
}

static void acknowledge(const struct tcp_tw *w, const struct tcp_ends *e, u32_t now_ms)
{
  struct tcp_repr r;

  if (!tcp_answer_allowed()) {
    return;
  }
  memset(&r, 0, sizeof r);
  r.seq = w->snd_nxt;
  r.ack = w->rcv_nxt;
  r.flags = TCP_F_ACK;
  r.wnd = (u16_t)LWIP_MIN(TCP_WND, 0xffff);
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

enum tcp_verdict tcp_tw_check(const struct tcp_ends *e, const struct tcp_repr *seg, struct netif *inp, u32_t now_ms,
                              u32_t *least)
{
  struct tcp_tw *w = find(e, now_ms);

  (void)inp;
  if (w == NULL) {
    return TCP_GO;
  }
  if (seg->flags & TCP_F_RST) {
    return TCP_DROP; /* RFC 1337 */
  }
  if ((seg->flags & (TCP_F_SYN | TCP_F_ACK)) == TCP_F_SYN && is_new(w, seg)) {
    *least = w->snd_nxt;
    tcp_mini_remove(&waiting, &w->m);
    return TCP_OK;
  }
  if (seg->flags & TCP_F_FIN) {
    wait_anew(w, now_ms);
  }
  if ((seg->flags & (TCP_F_SYN | TCP_F_FIN)) || seg->len > 0 || seg->seq != w->rcv_nxt) {
    acknowledge(w, e, now_ms);
  }
  return TCP_DROP;
}

#endif
