/**
 * The text of a segment, and its FIN (RFC 9293 3.10.7.4, seventh and eighth).
 *
 * What continues the stream goes to the program; what comes too early waits in pcb->ooseq, a list by
 * sequence number without overlaps, until the gap in front of it is filled.  The first copy of an octet
 * wins.  A stranger cannot make the list long, and single octets cannot hold the receive buffers: a pcb keeps what its window
 * and TCP_OOSEQ_MAX_* allow, and all together OOSEQ_MAX pbufs; the segment farthest out goes first, and a connection that has
 * more than half of all gives way to others.
 */
#include "tcp_dsack.h"

#if LWIP_TCP

/** The part of a segment that is still of use. */
struct span {
  u32_t seq;
  u16_t len;
  bool fin;
};

void tcp_ack_soon(struct tcp_pcb *pcb, u32_t now_ms)
{
  if (pcb->flags & TF_ACK_DELAY) {
    pcb->flags |= TF_ACK_NOW; /* every second segment: RFC 9293 SHLD-19 */
    return;
  }
  pcb->flags |= TF_ACK_DELAY;
  pcb->ack_at = (u16_t)(now_ms + LWIP_X_TCP_DELACK_MS);
  tcp_due(pcb, now_ms + LWIP_X_TCP_DELACK_MS);
}

/* Leave away what was received before; @return false if that is all of it. */
static bool trim_front(struct span *s, u32_t rcv_nxt, struct tcp_events *ev)
{
  u32_t old = rcv_nxt - s->seq;

  if ((s32_t)old <= 0) {
    return true;
  }
  if (old > s->len || (old == s->len && !s->fin)) {
    ev->reason = DROP_TCP_DUP;
    return false;
  }
  ev->p = pbuf_free_header(ev->p, (u16_t)old);
  s->seq = rcv_nxt;
  s->len = (u16_t)(s->len - old);
  return true;
}

static void cut(struct span *s, u16_t len, struct tcp_events *ev)
{
  s->len = len;
  s->fin = false;
  if (ev->p != NULL && len > 0) {
    pbuf_realloc(ev->p, len);
  }
}

/* Leave away what lies beyond the window, or beyond @p end. */
static void trim_back(struct span *s, u32_t end, struct tcp_events *ev)
{
  if (seq_gt(s->seq + s->len, end)) {
    cut(s, seq_gt(end, s->seq) ? (u16_t)(end - s->seq) : 0, ev);
  }
}

/* The peer's FIN is next in sequence. */
static enum tcp_verdict take_fin(struct tcp_pcb *pcb, struct tcp_events *ev, u32_t now_ms)
{
  pcb->rcv_nxt++;
  pcb->flags |= TF_ACK_NOW;
  ev->what |= TCP_EV_FIN;
  switch (pcb->state) {
    case ESTABLISHED:
      tcp_enter(pcb, CLOSE_WAIT, now_ms);
      return TCP_OK;
    case FIN_WAIT_1:
      tcp_enter(pcb, CLOSING, now_ms);
      return TCP_OK;
    default: /* FIN_WAIT_2 */
      tcp_enter(pcb, TIME_WAIT, now_ms);
      return TCP_LINGER;
  }
}

#if TCP_QUEUE_OOSEQ

/** Pbufs that all connections together may keep out of order. */
#define OOSEQ_MAX LWIP_MAX(3, LWIP_MIN(MEMP_NUM_TCP_SEG, PBUF_POOL_SIZE) / 4)
u16_t tcp_ooseq_count;

static struct tcp_pcb *hog; /* who has more than half of them, or had */

static u32_t end_of(const struct tcp_seg *s)
{
  return s->seq + s->len;
}

static void ooseq_drop(struct tcp_seg **link)
{
  struct tcp_seg *s = *link;

  *link = s->next;
  tcp_ooseq_count = (u16_t)(tcp_ooseq_count - s->nrtx);
  tcp_seg_free(s);
}

void tcp_free_ooseq(struct tcp_pcb *pcb)
{
  while (pcb->ooseq != NULL) {
    ooseq_drop(&pcb->ooseq);
  }
  if (hog == pcb) {
    hog = NULL;
  }
}

#ifdef TCP_OOSEQ_BYTES_LIMIT
#define LIMIT_BYTES(pcb) ((size_t)(TCP_OOSEQ_BYTES_LIMIT(pcb)))
#else
#define LIMIT_BYTES(pcb) ((size_t)-1)
#endif
#ifdef TCP_OOSEQ_PBUFS_LIMIT
#define LIMIT_PBUFS(pcb) ((size_t)(TCP_OOSEQ_PBUFS_LIMIT(pcb)))
#else
#define LIMIT_PBUFS(pcb) ((size_t)-1)
#endif

static bool over_limits(const struct tcp_pcb *pcb, const struct pbuf *p, u16_t len)
{
#if defined(TCP_OOSEQ_BYTES_LIMIT) || defined(TCP_OOSEQ_PBUFS_LIMIT)
  const struct tcp_seg *s;
  size_t bytes = len, pbufs = p != NULL ? pbuf_clen(p) : 0;

  for (s = pcb->ooseq; s != NULL; s = s->next) {
    bytes += s->len;
    pbufs += s->p != NULL ? pbuf_clen(s->p) : 0;
  }
  return bytes > LIMIT_BYTES(pcb) || pbufs > LIMIT_PBUFS(pcb);
#else
  (void)pcb, (void)p, (void)len;
  return false;
#endif
}

/* Give up what of pcb is farthest out, if it is farther than seq. */
static bool drop_farthest(struct tcp_pcb *pcb, u32_t seq)
{
  struct tcp_seg **link = &pcb->ooseq;

  if (*link == NULL) {
    return false;
  }
  while ((*link)->next != NULL) {
    link = &(*link)->next;
  }
  if (seq_leq((*link)->seq, seq)) {
    return false;
  }
  ooseq_drop(link);
  return true;
}

/* Room for one more segment, of that many pbufs. */
static bool ooseq_room(struct tcp_pcb *pcb, u32_t seq, u16_t pbufs)
{
  if (pbufs > LWIP_MIN(OOSEQ_MAX, 0xff)) {
    return false;
  }
  while (tcp_ooseq_count + pbufs > OOSEQ_MAX) {
    if (!(hog != NULL && hog != pcb && drop_farthest(hog, hog->rcv_nxt)) && !drop_farthest(pcb, seq)) {
      return false;
    }
  }
  return true;
}

/* pcb keeps s now: is that more than half? */
static void ooseq_count(struct tcp_pcb *pcb, struct tcp_seg *s, u16_t pbufs)
{
  u16_t held = 0;

  s->nrtx = (u8_t)pbufs;
  tcp_ooseq_count = (u16_t)(tcp_ooseq_count + pbufs);
  for (s = pcb->ooseq; s != NULL; s = s->next) {
    held = (u16_t)(held + s->nrtx);
  }
  if (held > OOSEQ_MAX / 2) {
    hog = pcb;
  }
}

/* Where @p seq belongs in the list; *prev: the one in front of it. */
static struct tcp_seg **ooseq_place(struct tcp_pcb *pcb, u32_t seq, struct tcp_seg **prev)
{
  struct tcp_seg **link = &pcb->ooseq;

  *prev = NULL;
  while (*link != NULL && seq_leq((*link)->seq, seq)) {
    *prev = *link;
    link = &(*link)->next;
  }
  return link;
}

/* Keep what is new of @p s.  Takes ev->p if it does. */
static void ooseq_keep(struct tcp_pcb *pcb, struct span *s, struct tcp_events *ev, u32_t now_ms)
{
  struct tcp_seg **link, *seg, *prev;
  u16_t pbufs = ev->p != NULL ? pbuf_clen(ev->p) : 1;

  ev->reason = DROP_TCP_OOSEQ;
  if (!ooseq_room(pcb, s->seq, pbufs) || over_limits(pcb, ev->p, s->len)) {
    return;
  }
  link = ooseq_place(pcb, s->seq, &prev);
  if (prev != NULL && ((prev->flags & TF_SEG_FIN) || !trim_front(s, end_of(prev), ev))) {
    tcp_dsack_note(pcb, s->seq, s->seq + s->len);
    tcp_sack_newest(pcb, prev, NULL); /* 4: behind a D-SACK above RCV.NXT goes the block it lies in */
    ev->reason = DROP_TCP_DUP;
    return;
  }
  if (*link != NULL) {
    trim_back(s, (*link)->seq, ev);
  }
  if (s->len == 0 && !s->fin) {
    ev->reason = DROP_TCP_DUP;
    return;
  }
  seg = tcp_seg_alloc(0);
  if (seg == NULL) {
    return;
  }
  if (pcb->ooseq == NULL) {
    tcp_due(pcb, now_ms + TCP_OOSEQ_TIMEOUT * tcp_rto(pcb));
  }
  seg->p = s->len > 0 ? ev->p : NULL;
  if (seg->p != NULL) {
    ev->p = NULL;
  }
  seg->seq = s->seq;
  seg->len = s->len;
  seg->flags = s->fin ? TF_SEG_FIN : 0;
  seg->sent_ms = now_ms;
  seg->next = *link;
  *link = seg;
  ooseq_count(pcb, seg, pbufs);
  ev->reason = DROP_NONE;
  tcp_sack_newest(pcb, seg, prev);
}

/* Append what waited and is next now.  @return true if a FIN was reached */
static bool ooseq_absorb(struct tcp_pcb *pcb, struct tcp_events *ev)
{
  while (pcb->ooseq != NULL && seq_leq(pcb->ooseq->seq, pcb->rcv_nxt)) {
    struct tcp_seg *s = pcb->ooseq;
    u32_t old = pcb->rcv_nxt - s->seq;
    bool fin = (s->flags & TF_SEG_FIN) != 0;

    if (s->p != NULL && old < s->len) {
      u16_t len = (u16_t)(s->len - old);

      if (ev->p != NULL && (u32_t)ev->p->tot_len + len > 0xffff) {
        break; /* tcp_text_more() goes on */
      }
      s->p = pbuf_free_header(s->p, (u16_t)old);
      if (ev->p == NULL) {
        ev->p = s->p;
      } else {
        pbuf_cat(ev->p, s->p);
      }
      s->p = NULL;
      ev->what |= TCP_EV_TEXT;
      tcp_text_account(pcb, len);
    }
    ooseq_drop(&pcb->ooseq);
    if (fin) {
      tcp_free_ooseq(pcb);
      return true;
    }
  }
  return false;
}

#else

static void ooseq_keep(struct tcp_pcb *pcb, struct span *s, struct tcp_events *ev, u32_t now_ms)
{
  (void)pcb, (void)s, (void)now_ms;
  ev->reason = DROP_TCP_OOSEQ;
}

#endif

static enum tcp_verdict in_order(struct tcp_pcb *pcb, struct span *s, struct tcp_events *ev, u32_t now_ms)
{
  bool fin = s->fin;

  if (s->len > 0) {
    ev->what |= TCP_EV_TEXT;
    tcp_text_account(pcb, s->len);
    tcp_ack_soon(pcb, now_ms);
  }
#if TCP_QUEUE_OOSEQ
  if (pcb->ooseq != NULL) {
    pcb->flags |= TF_ACK_NOW; /* it filled (part of) a gap: RFC 5681 4.2 */
    if (fin) {
      tcp_free_ooseq(pcb);
    } else {
      fin = ooseq_absorb(pcb, ev);
    }
  }
#endif
  return fin ? take_fin(pcb, ev, now_ms) : TCP_OK;
}

bool tcp_text_more(struct tcp_pcb *pcb, struct tcp_events *ev, u32_t now_ms)
{
#if TCP_QUEUE_OOSEQ
  if (pcb->ooseq == NULL || pcb->ooseq->seq != pcb->rcv_nxt || pcb->refused_data != NULL) {
    return false;
  }
  if (ooseq_absorb(pcb, ev)) {
    (void)take_fin(pcb, ev, now_ms);
  }
  return true;
#else
  (void)pcb, (void)ev, (void)now_ms;
  return false;
#endif
}

enum tcp_verdict tcp_text(struct tcp_pcb *pcb, const struct tcp_repr *seg, struct tcp_events *ev, u32_t now_ms)
{
  struct span s = { seg->seq, seg->len, (seg->flags & TCP_F_FIN) != 0 };

  if (pcb->state > FIN_WAIT_2) {
    ev->reason = DROP_TCP_CLOSED_DATA; /* behind the peer's own FIN */
    return TCP_OK;
  }
  if (s.len > 0 && (pcb->flags & TF_RXCLOSED)) {
    ev->reason = DROP_TCP_CLOSED_DATA;
    return TCP_KILL; /* text is lost: say so (RFC 9293 3.6.1, SHLD-3) */
  }
  tcp_dsack_old(pcb, seg);
  if (pcb->refused_data != NULL || !trim_front(&s, pcb->rcv_nxt, ev)) {
    pcb->flags |= TF_ACK_NOW;
    return TCP_OK;
  }
  trim_back(&s, pcb->rcv_nxt + pcb->rcv_wnd, ev);
  if (s.len == 0 && !s.fin) {
    ev->reason = DROP_TCP_SEQ; /* a probe of our closed window */
    pcb->flags |= TF_ACK_NOW;
    return TCP_OK;
  }
  if (s.seq == pcb->rcv_nxt) {
    return in_order(pcb, &s, ev, now_ms);
  }
  pcb->flags |= TF_ACK_NOW; /* a duplicate ACK: RFC 5681 4.2 */
  ooseq_keep(pcb, &s, ev, now_ms);
  return TCP_OK;
}

#endif
