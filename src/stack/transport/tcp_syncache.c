/**
 * Half-open connections: a SYN came, a SYN+ACK went out, the ACK is awaited.
 *
 * Such a connection is a record (tcp_mini.h), not a pcb: a flood of SYNs costs records, of which there are
 * LWIP_X_TCP_SYN_MAX at most, the oldest giving way.  The pcb is made when the ACK proves that somebody is
 * there.
 */
#include "tcp_mini.h"

#include "../mem/drop.h"
#include "lwip/ip.h"
#include "../tcp/tcp_ecn.h"
#include "tcp_cookie.h"
#include "tcp_fastopen.h"

#include <string.h>

#if LWIP_TCP

enum { SYN_ACK_RETRIES = 4 }; /* after 1, 2, 4, 8 s; given up after 31 s */

/* The options of a SYN that count here; a record keeps them in the low half, the shift count in the high half. */
enum {
  OPTIONS = TCP_O_MSS | (LWIP_WND_SCALE ? TCP_O_WSCALE : 0) | (TCP_WIRE_SACK ? TCP_O_SACK_PERM : 0) |
            (LWIP_TCP_TIMESTAMPS ? TCP_O_TS : 0)
};

u16_t tcp_syn_count(void)
{
  return tcp_mini_count(TCP_MINI_SYN);
}

bool tcp_syn_shed(void)
{
  return tcp_mini_shed(TCP_MINI_SYN);
}

static void remember_options(struct tcp_syn *s, const struct tcp_repr *seg)
{
  s->m.opts = (u8_t)((seg->opts & OPTIONS) | (LWIP_WND_SCALE ? seg->wscale << 4 : 0));
  s->mss = seg->mss;
#if LWIP_TCP_TIMESTAMPS
  s->tsval = seg->tsval;
#endif
}

/* The peer's SYN, as far as tcp_negotiate() asks. */
static void recall_options(const struct tcp_syn *s, struct tcp_repr *r)
{
  r->opts = s->m.opts & 0x0f;
  r->wscale = s->m.opts >> 4;
  r->mss = s->mss;
#if LWIP_TCP_TIMESTAMPS
  r->tsval = s->tsval;
#endif
}

#if LWIP_X_TCP_ECN

static void note_ecn(struct tcp_syn *s, const struct tcp_repr *seg)
{
  const u8_t both = TCP_F_ECE | TCP_F_CWR;

  s->ecn = (seg->flags & both) == both ? TCP_F_ECE : 0;
}

/* A SYN+ACK that is sent again goes without: RFC 3168 6.1.1.1. */
static void forget_ecn(struct tcp_syn *s)
{
  s->ecn = 0;
}

static u8_t ecn_flag(const struct tcp_syn *s)
{
  return s->ecn;
}

static void begin_ecn(const struct tcp_syn *s, struct tcp_pcb *pcb)
{
  if (s->ecn != 0) {
    tcp_ecn_begin(pcb);
  }
}

#else

static void note_ecn(struct tcp_syn *s, const struct tcp_repr *seg)
{
  (void)s, (void)seg;
}

static void forget_ecn(struct tcp_syn *s)
{
  (void)s;
}

static u8_t ecn_flag(const struct tcp_syn *s)
{
  (void)s;
  return 0;
}

static void begin_ecn(const struct tcp_syn *s, struct tcp_pcb *pcb)
{
  (void)s, (void)pcb;
}

#endif

#if LWIP_X_TCP_FASTOPEN

static void note_fastopen(struct tcp_syn *s, const struct tcp_ends *e, const struct tcp_repr *seg,
                          const struct netif *inp)
{
  s->fastopen = (seg->opts & TCP_O_FASTOPEN) && tcp_fastopen_grant(tcp_listen_find(e, inp), e, s->cookie);
}

static void answer_fastopen(const struct tcp_syn *s, struct tcp_repr *r)
{
  if (s->fastopen && s->nrtx == 0) {
    tcp_fastopen_give(r, s->cookie);
  }
}

#else

static void note_fastopen(struct tcp_syn *s, const struct tcp_ends *e, const struct tcp_repr *seg,
                          const struct netif *inp)
{
  (void)s, (void)e, (void)seg, (void)inp;
}

static void answer_fastopen(const struct tcp_syn *s, struct tcp_repr *r)
{
  (void)s, (void)r;
}

#endif

/* SYN+ACK, or, as an answer to nonsense, an ACK, of listener l. */
static void answer_as(const struct tcp_pcb_listen *l, const struct tcp_syn *s, const struct tcp_ends *e,
                      struct netif *nif, u8_t flags)
{
  struct tcp_repr r;

  tcp_control_init(&r, flags, s->iss, s->irs + 1);
  r.opts = s->m.opts & TCP_O_TS;
  if (flags & TCP_F_SYN) {
    r.opts = (s->m.opts & 0x0f) | TCP_O_MSS;
    r.wscale = TCP_RCV_SCALE;
    r.mss = tcp_eff_send_mss_netif(TCP_MSS, nif, e->remote_ip);
    r.flags |= ecn_flag(s);
    answer_fastopen(s, &r);
  } else {
    r.seq++;
  }
#if LWIP_TCP_TIMESTAMPS
  r.tsecr = s->tsval;
  r.tsval = sys_now() + tcp_ts_offset(e);
#endif
  (void)tcp_send_control(e, NULL, l->ttl, l->tos, &r);
}

/* The same, if the listener is still there. */
static void answer(const struct tcp_syn *s, struct netif *nif, u8_t flags)
{
  const struct tcp_pcb_listen *l;
  struct tcp_ends e;

  tcp_mini_ends(&s->m, &e);
  l = nif != NULL ? tcp_listen_find(&e, nif) : NULL;
  if (l != NULL) {
    answer_as(l, s, &e, nif, flags);
  }
}

static void set_deadline(struct tcp_syn *s, u32_t now_ms)
{
  tcp_mini_set(&s->m, (u32_t)TCP_RTO_INITIAL << s->nrtx, now_ms);
}

void tcp_syn_due(struct tcp_mini *m, u32_t now_ms)
{
  struct tcp_syn *s = (struct tcp_syn *)(void *)m;

  if (s->nrtx >= SYN_ACK_RETRIES) {
    tcp_mini_remove(m);
    return;
  }
  s->nrtx++;
  forget_ecn(s);
  set_deadline(s, now_ms);
  answer(s, netif_get_by_index(s->netif_idx), TCP_F_SYN | TCP_F_ACK);
}

bool tcp_backlog_full(const struct tcp_pcb_listen *l)
{
#if TCP_LISTEN_BACKLOG
  return l->accepts_pending >= l->backlog;
#else
  (void)l;
  return false;
#endif
}

void tcp_syn_new(struct tcp_pcb_listen *listener, const struct tcp_ends *e, const struct tcp_repr *seg,
                 struct netif *inp, u32_t now_ms, const u32_t *above)
{
  struct tcp_syn *s;

  if (tcp_backlog_full(listener)) {
    drop_count(DROP_TCP_BACKLOG); /* the peer will try again */
    return;
  }
  if (tcp_cookie_wanted()) {
    tcp_cookie_send(listener, e, seg, inp, now_ms);
    return;
  }
  s = (struct tcp_syn *)(void *)tcp_mini_new(TCP_MINI_SYN, e);
  if (s == NULL) {
    drop_count(DROP_TCP_BACKLOG);
    return;
  }
  s->irs = seg->seq;
  s->iss = tcp_isn(e, now_ms);
  if (above != NULL && seq_leq(s->iss, *above)) {
    s->iss = *above + 0x10000; /* above all of the connection before: RFC 9293 3.6.1 */
  }
  s->nrtx = 0;
  s->netif_idx = netif_get_index(inp);
  set_deadline(s, now_ms);
  remember_options(s, seg);
  note_ecn(s, seg);
  note_fastopen(s, e, seg, inp); /* the listener may be gone: s may have cost somebody a pcb, who was told */
  answer_as(listener, s, e, inp, TCP_F_SYN | TCP_F_ACK);
}

/* Make a pcb of a half-open connection.  Who gives way for it is told, and may close l then. */
static struct tcp_pcb *open_pcb(const struct tcp_syn *s, const struct tcp_ends *e, struct tcp_pcb_listen *l,
                                struct netif *inp, u32_t now_ms)
{
  struct tcp_pcb *pcb = tcp_alloc_for(l->prio, e->remote_ip);
  struct tcp_repr syn;

  if (pcb == NULL) {
    return NULL;
  }
  if (tcp_listen_find(e, inp) != l) {
    tcp_pcb_free(pcb);
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
    tcp_rtt_sample(pcb, (u16_t)(tcp_mini_time(now_ms + TCP_RTO_INITIAL) - s->m.at) * 4u);
  } else {
    pcb->sv = 1; /* lost: RFC 6298 5.7 */
  }
  recall_options(s, &syn);
  tcp_negotiate(pcb, &syn);
  begin_ecn(s, pcb);
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

/* No pcb to be had: as before.  The SYN+ACK goes out again, and its ACK comes again. */
static void put_back(const struct tcp_syn *s, const struct tcp_ends *e)
{
  struct tcp_mini *m = tcp_mini_new(TCP_MINI_SYN, e);

  if (m != NULL) {
    m->opts = s->m.opts;
    m->at = s->m.at;
    memcpy(m + 1, &s->m + 1, sizeof *s - sizeof s->m);
  }
}

struct tcp_pcb *tcp_syn_open(const struct tcp_syn *s, const struct tcp_ends *e, struct tcp_pcb_listen *l,
                             struct netif *inp, u32_t now_ms)
{
  struct tcp_pcb *pcb = open_pcb(s, e, l, inp, now_ms);

  if (pcb == NULL) {
    drop_count(DROP_TCP_BACKLOG);
    put_back(s, e);
  } else if (!ext_args_accept(l, pcb)) {
    tcp_rst_pcb(pcb);
    tcp_pcb_free(pcb);
    return NULL;
  }
  return pcb;
}

#if LWIP_X_TCP_FASTOPEN

struct tcp_pcb *tcp_syn_at_once(struct tcp_pcb_listen *l, const struct tcp_ends *e, const struct tcp_repr *seg,
                                struct netif *inp, u32_t now_ms)
{
  struct tcp_pcb *pcb;
  struct tcp_syn s;

  memset(&s, 0, sizeof s);
  s.irs = seg->seq;
  s.iss = tcp_isn(e, now_ms);
  s.nrtx = 1; /* the round trip is not known */
  s.netif_idx = netif_get_index(inp);
  remember_options(&s, seg);
  note_ecn(&s, seg);
  pcb = open_pcb(&s, e, l, inp, now_ms);
  if (pcb == NULL) {
    return NULL;
  }
  if (!ext_args_accept(l, pcb)) {
    tcp_rst_pcb(pcb);
    tcp_pcb_free(pcb);
    return NULL;
  }
  pcb->sv = 0; /* nothing was lost either */
  tcp_cc_init(pcb);
  return pcb;
}

#endif

/* The ACK is there. */
static struct tcp_pcb *open_now(struct tcp_mini *m, const struct tcp_ends *e, const struct tcp_repr *seg,
                                struct netif *inp, u32_t now_ms, struct tcp_pcb_listen **listener)
{
  struct tcp_syn s = *(struct tcp_syn *)(void *)m;
  struct tcp_pcb_listen *l = *listener = tcp_listen_find(e, inp);

  if (l != NULL && tcp_backlog_full(l)) {
    drop_count(DROP_TCP_BACKLOG);
    return NULL;
  }
  tcp_mini_remove(m); /* so that its memory may become the pcb's */
  if (l == NULL) {
    tcp_rst_for(e, seg, inp);
    return NULL;
  }
  return tcp_syn_open(&s, e, l, inp, now_ms);
}

/* RFC 9293 3.10.7.4 for SYN-RECEIVED after a passive open: the same checks in the same order. */
struct tcp_pcb *tcp_syn_arrives(struct tcp_mini *m, const struct tcp_ends *e, const struct tcp_repr *seg,
                                struct netif *inp, u32_t now_ms, struct tcp_pcb_listen **listener)
{
  struct tcp_syn *s = (struct tcp_syn *)(void *)m;
  u8_t flags = seg->flags & (TCP_F_SYN | TCP_F_ACK | TCP_F_RST);
  u32_t offset = seg->seq - (s->irs + 1);

  if (flags == TCP_F_SYN && seg->seq == s->irs) {
    answer(s, inp, TCP_F_SYN | TCP_F_ACK); /* again: ours was lost, or has not arrived yet */
  } else if (flags & TCP_F_RST) {
    if (offset == 0) {
      tcp_mini_remove(m);
    }
  } else if (offset >= LWIP_MIN(LWIP_X_TCP_WND_START, 0xffff) || (flags & TCP_F_SYN)) {
    if (tcp_answer_allowed()) {
      answer(s, inp, TCP_F_ACK); /* RFC 5961 4 */
    }
  } else if (flags & TCP_F_ACK) {
    if (seg->ack == s->iss + 1) {
      return open_now(m, e, seg, inp, now_ms, listener);
    }
    tcp_rst_for(e, seg, inp);
  }
  return NULL;
}

#endif
