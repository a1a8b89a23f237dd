/**
 * Half-open connections: a SYN came, a SYN+ACK went out, the ACK is awaited.
 *
 * Such a connection is a record (tcp_mini.h), not a pcb: a flood of SYNs costs records, of which there are
 * LWIP_X_TCP_SYN_MAX at most, the oldest giving way.  The pcb is made when the ACK proves that somebody is
 * there.  One timer serves all: while there are records it looks through them every half second.
 */
#include "tcp_mini.h"

#include "../base/tcp_hooks.h"
#include "../mem/drop.h"
#include "lwip/ip.h"

#include <string.h>

#if LWIP_TCP

/** Options of the peer's SYN, beside the shift count in the low four bits. */
enum { SYN_WSCALE = 0x10, SYN_SACK = 0x20, SYN_TS = 0x40, SYN_MSS = 0x80 };

enum { SYN_ACK_RETRIES = 4, SCAN_MS = 500 }; /* after 1, 2, 4, 8 s; given up after 31 s */

struct tcp_syn {
  struct tcp_mini m;
  u32_t irs; /**< the peer's first sequence number */
  u32_t iss; /**< ours */
#if LWIP_TCP_TIMESTAMPS
  u32_t tsval; /**< of the peer's SYN */
#endif
  u16_t mss;      /**< as the peer said */
  u16_t at;       /**< when the SYN+ACK is due again: low 16 bits of the ms */
  u8_t opts;      /**< SYN_* and the shift count */
  u8_t nrtx;      /**< SYN+ACKs sent again */
  u8_t netif_idx; /**< where the SYN came in */
};

static struct tcp_mini *buckets[LWIP_X_TCP_HASH];
static struct tcp_minis cache = { buckets,
                                  NULL,
                                  0,
                                  0,
                                  (u16_t)LWIP_MAX(1, LWIP_X_TCP_SYN_MAX / TCP_MINIS_PER_CHUNK(sizeof(struct tcp_syn))),
                                  0,
                                  sizeof(struct tcp_syn),
                                  tcp_pool_element };
static struct timer scan;

static struct tcp_syn *find(const struct tcp_ends *e)
{
  return (struct tcp_syn *)(void *)tcp_mini_find(&cache, e);
}

u16_t tcp_syn_count(void)
{
  return cache.used;
}

bool tcp_syn_shed(void)
{
  return tcp_mini_shed(&cache);
}

static void remember_options(struct tcp_syn *s, const struct tcp_repr *seg)
{
  s->opts = 0;
  if (seg->opts & TCP_O_MSS) {
    s->opts |= SYN_MSS;
    s->mss = seg->mss;
  }
  if (LWIP_WND_SCALE && (seg->opts & TCP_O_WSCALE)) {
    s->opts = (u8_t)(s->opts | SYN_WSCALE | seg->wscale);
  }
  if (LWIP_TCP_SACK_OUT && (seg->opts & TCP_O_SACK_PERM)) {
    s->opts |= SYN_SACK;
  }
#if LWIP_TCP_TIMESTAMPS
  if (seg->opts & TCP_O_TS) {
    s->opts |= SYN_TS;
    s->tsval = seg->tsval;
  }
#endif
}

/* The peer's SYN, as far as it matters. */
static void recall_options(const struct tcp_syn *s, struct tcp_repr *r)
{
  memset(r, 0, sizeof *r);
  r->mss = s->mss;
  r->wscale = s->opts & 0x0f;
  r->opts =
    (u8_t)(((s->opts & SYN_MSS) ? TCP_O_MSS : 0) | ((LWIP_WND_SCALE && (s->opts & SYN_WSCALE)) ? TCP_O_WSCALE : 0) |
           ((LWIP_TCP_SACK_OUT && (s->opts & SYN_SACK)) ? TCP_O_SACK_PERM : 0) |
           ((LWIP_TCP_TIMESTAMPS && (s->opts & SYN_TS)) ? TCP_O_TS : 0));
#if LWIP_TCP_TIMESTAMPS
  r->tsval = s->tsval;
#endif
}

/* SYN+ACK, or, as an answer to nonsense, an ACK. */
static void answer(const struct tcp_syn *s, const struct tcp_pcb_listen *l, struct netif *nif, u8_t flags)
{
  struct tcp_ends e;
  struct tcp_repr r;

  tcp_mini_ends(&s->m, &e);
  recall_options(s, &r);
  r.opts &= (u8_t)((flags & TCP_F_SYN) ? 0xff : TCP_O_TS);
#if LWIP_TCP_TIMESTAMPS
  if (r.opts & TCP_O_TS) {
    r.tsecr = s->tsval;
    r.tsval = sys_now() + tcp_ts_offset(&e);
  }
#endif
  if (flags & TCP_F_SYN) {
    r.opts |= TCP_O_MSS;
    r.wscale = TCP_RCV_SCALE;
    r.mss = tcp_eff_send_mss_netif(TCP_MSS, nif, e.remote_ip);
  }
  r.seq = s->iss + !(flags & TCP_F_SYN);
  r.ack = s->irs + 1;
  r.wnd = (u16_t)LWIP_MIN(TCP_WND, 0xffff);
  r.flags = flags;
  (void)tcp_send_control(&e, NULL, l->ttl, l->tos, &r);
}

/* As answer(), when the listener has to be found: it may be gone. */
static void answer_again(const struct tcp_syn *s, u8_t flags)
{
  struct netif *nif = netif_get_by_index(s->netif_idx);
  struct tcp_pcb_listen *l;
  struct tcp_ends e;

  tcp_mini_ends(&s->m, &e);
  l = nif != NULL ? tcp_listen_find(&e, nif) : NULL;
  if (l != NULL) {
    answer(s, l, nif, flags);
  }
}

static void look(struct tcp_mini *m, u32_t now_ms)
{
  struct tcp_syn *s = (struct tcp_syn *)(void *)m;

  if ((s16_t)((u16_t)now_ms - s->at) < 0) {
    return;
  }
  if (s->nrtx >= SYN_ACK_RETRIES) {
    tcp_mini_remove(&cache, m);
    return;
  }
  s->nrtx++;
  s->at = (u16_t)(now_ms + ((u32_t)TCP_RTO_INITIAL << s->nrtx));
  answer_again(s, TCP_F_SYN | TCP_F_ACK);
}

static void scan_rang(struct timer *t)
{
  tcp_mini_each(&cache, look, sys_now());
  if (cache.used > 0) {
    timer_set(t, SCAN_MS, scan_rang);
  }
}

static bool backlog_full(const struct tcp_pcb_listen *l)
{
#if TCP_LISTEN_BACKLOG
  return l->accepts_pending >= l->backlog;
#else
  (void)l;
  return false;
#endif
}

void tcp_syn_arrives(struct tcp_pcb_listen *listener, const struct tcp_ends *e, const struct tcp_repr *seg,
                     struct netif *inp, bool reuse, u32_t least)
{
  u32_t now_ms = sys_now();
  struct tcp_syn *s;

  s = backlog_full(listener) ? NULL : (struct tcp_syn *)(void *)tcp_mini_new(&cache, e);
  if (s == NULL) {
    drop_count(DROP_TCP_BACKLOG); /* the peer will try again */
    return;
  }
  s->irs = seg->seq;
  s->iss = tcp_isn(e, now_ms);
  if (reuse && seq_leq(s->iss, least)) {
    s->iss = least + 0x10000; /* above all of the connection before: RFC 9293 3.6.1 */
  }
  s->at = (u16_t)(now_ms + TCP_RTO_INITIAL);
  s->netif_idx = netif_get_index(inp);
  remember_options(s, seg);
  if (!timer_pending(&scan)) {
    timer_set_at(&scan, now_ms + SCAN_MS, scan_rang);
  }
  answer(s, listener, inp, TCP_F_SYN | TCP_F_ACK);
}

/* Make a pcb of a half-open connection, which is gone then. */
static struct tcp_pcb *open_pcb(const struct tcp_syn *s, const struct tcp_ends *e, struct tcp_pcb_listen *l,
                                struct netif *inp, u32_t now_ms)
{
  struct tcp_pcb *pcb = tcp_alloc_for(l->prio, e->remote_ip);
  struct tcp_repr syn;

  if (pcb == NULL) {
    return NULL;
  }
  ip_addr_copy(pcb->local_ip, *e->local_ip);
  ip_addr_copy(pcb->remote_ip, *e->remote_ip);
  pcb->local_port = e->local_port;
  pcb->remote_port = e->remote_port;
  pcb->netif_idx = l->netif_idx;
  pcb->so_options = l->so_options & SOF_INHERITED;
  pcb->ttl = l->ttl;
  pcb->tos = l->tos;
  pcb->callback_arg = l->callback_arg;
  pcb->mss = tcp_eff_send_mss_netif(TCP_MSS, inp, e->remote_ip);
  tcp_enter(pcb, SYN_RCVD, now_ms);
  tcp_opened_by_peer(pcb, s->iss, s->irs);
  if (s->nrtx == 0) {
    tcp_rtt_sample(pcb, (u16_t)((u16_t)now_ms - s->at + TCP_RTO_INITIAL));
  } else {
    pcb->sv = 1; /* lost: RFC 6298 5.7 */
  }
  recall_options(s, &syn);
  tcp_negotiate(pcb, &syn);
#if LWIP_TCP_TIMESTAMPS
  pcb->x_ts_offset = tcp_ts_offset(e);
#endif
  tcp_list_add(pcb);
  return pcb;
}

#if LWIP_TCP_PCB_NUM_EXT_ARGS
static bool ext_args_accept(struct tcp_pcb_listen *l, struct tcp_pcb *pcb)
{
  u8_t i;

  for (i = 0; i < LWIP_TCP_PCB_NUM_EXT_ARGS; i++) {
    const struct tcp_ext_arg_callbacks *c = l->ext_args[i].callbacks;

    if (c != NULL && c->passive_open != NULL && c->passive_open(i, l, pcb) != ERR_OK) {
      return false;
    }
  }
  return true;
}
#else
static bool ext_args_accept(struct tcp_pcb_listen *l, struct tcp_pcb *pcb)
{
  (void)l, (void)pcb;
  return true;
}
#endif

static enum tcp_syn_verdict open_now(struct tcp_syn *found, const struct tcp_ends *e, struct netif *inp, u32_t now_ms,
                                     struct tcp_pcb **pcb, struct tcp_pcb_listen **listener, const struct tcp_repr *seg)
{
  struct tcp_pcb_listen *l = tcp_listen_find(e, inp);
  struct tcp_syn s = *found;

  if (l == NULL) {
    tcp_mini_remove(&cache, &found->m);
    tcp_rst_for(e, seg, inp);
    return TCP_SYN_EATEN;
  }
  if (backlog_full(l)) {
    drop_count(DROP_TCP_BACKLOG); /* as below, the record stays: the SYN+ACK goes out again, and its ACK comes again */
    return TCP_SYN_EATEN;
  }
  *pcb = open_pcb(&s, e, l, inp, now_ms);
  if (*pcb == NULL) {
    drop_count(DROP_TCP_BACKLOG);
    return TCP_SYN_EATEN;
  }
  found = find(e); /* the record itself may have made room for the pcb */
  if (found != NULL) {
    tcp_mini_remove(&cache, &found->m);
  }
  if (!ext_args_accept(l, *pcb)) {
    tcp_rst_pcb(*pcb);
    tcp_pcb_free(*pcb);
    return TCP_SYN_EATEN;
  }
  *listener = l;
  return TCP_SYN_OPEN;
}

/* RFC 9293 3.10.7.4 for SYN-RECEIVED after a passive open: the same checks in the same order. */
enum tcp_syn_verdict tcp_syn_check(const struct tcp_ends *e, const struct tcp_repr *seg, struct netif *inp,
                                   u32_t now_ms, struct tcp_pcb **pcb, struct tcp_pcb_listen **listener)
{
  struct tcp_syn *s = find(e);
  u32_t offset;

  if (s == NULL) {
    return TCP_SYN_NONE;
  }
  offset = seg->seq - (s->irs + 1);
  if ((seg->flags & TCP_F_RST) && offset == 0) {
    tcp_mini_remove(&cache, &s->m);
    return TCP_SYN_EATEN;
  }
  if ((seg->flags & (TCP_F_SYN | TCP_F_ACK | TCP_F_RST)) == TCP_F_SYN && seg->seq == s->irs) {
    answer_again(s, TCP_F_SYN | TCP_F_ACK); /* again: ours was lost, or has not arrived yet */
    return TCP_SYN_EATEN;
  }
  if (offset >= LWIP_MIN(TCP_WND, 0xffff) || (seg->flags & (TCP_F_SYN | TCP_F_RST))) {
    if (!(seg->flags & TCP_F_RST) && tcp_answer_allowed()) {
      answer_again(s, TCP_F_ACK); /* RFC 5961 4 */
    }
    return TCP_SYN_EATEN;
  }
  if (!(seg->flags & TCP_F_ACK)) {
    return TCP_SYN_EATEN;
  }
  if (seg->ack != s->iss + 1) {
    tcp_rst_for(e, seg, inp);
    return TCP_SYN_EATEN;
  }
  return open_now(s, e, inp, now_ms, pcb, listener, seg);
}

#endif
