/**
 * The send queue: one chain of segments, each of them text behind room for its headers.
 *
 *   unacked -> s -> s -> [unsent ->] s -> s <- x_last
 *
 * A segment's text is copied into its pbuf, or the pbuf is an empty head in front of the program's own
 * octets.  An append first fills what is left in the last segment, if that was never sent, then makes new
 * ones; nothing is changed until all memory for it is there.
 *
 * Segments are shared by all connections.  One may hold twice as many as are free, so that a single one
 * gets most of them and yet any number of stalled ones leaves some for the next.
 */
#include "tcp_engine.h"

#include "../base/hooks.h"
#include "../base/tcp_hooks.h"
#include "lwip/memp.h"

#include <string.h>

#if LWIP_TCP

u16_t tcp_segs_used;

/** New segments that a write needs, before they are part of the queue. */
struct batch {
  struct tcp_seg *first, *last;
  struct pbuf *append; /**< to be chained to the last segment of the queue, or NULL */
  u16_t fill;          /**< octets that go into the spare room of the last segment */
  u16_t oversize;      /**< spare room behind the last one of the batch */
  u16_t pieces;        /**< pbufs */
};

struct tcp_seg *tcp_seg_alloc(u16_t held)
{
  struct tcp_seg *seg;

  if (!MEMP_MEM_MALLOC && held >= 2 * (MEMP_NUM_TCP_SEG - tcp_segs_used)) {
    return NULL;
  }
  seg = (struct tcp_seg *)memp_malloc(MEMP_TCP_SEG);
  if (seg != NULL) {
    tcp_segs_used++;
    seg->next = NULL;
    seg->flags = 0;
    seg->nrtx = 0;
  }
  return seg;
}

void tcp_seg_free(struct tcp_seg *seg)
{
  if (seg->p != NULL) {
    pbuf_free(seg->p);
  }
  tcp_segs_used--;
  memp_free(MEMP_TCP_SEG, seg);
}

void tcp_seg_strip(struct tcp_seg *seg)
{
  (void)pbuf_remove_header(seg->p, (size_t)(seg->p->tot_len - seg->len));
}

/* Octets of text a new segment may have: a full one, but not more than half the largest window the peer has ever
 * offered, or small windows would stall (RFC 9293 3.8.6.2.1). */
static u16_t segment_limit(const struct tcp_pcb *pcb)
{
  u16_t mss = tcp_text_max(pcb);
  u32_t half = pcb->snd_wnd_max / 2;

  return half >= mss || half == 0 ? mss : (u16_t)LWIP_MAX(half, (u32_t)LWIP_MIN(mss, LWIP_X_TCP_MSS_MIN));
}

/* Room for options in front of the text: those of data segments, and of a hook. */
static u16_t option_room(const struct tcp_pcb *pcb)
{
  u8_t len = LWIP_TCP_TIMESTAMPS ? TCP_WIRE_TS_LEN : 0;

  (void)pcb;
  return hook_tcp_option_len(pcb, len);
}

/* The last segment, if text may still be added to it: it was never sent, and nobody else holds it. */
static struct tcp_seg *open_segment(const struct tcp_pcb *pcb)
{
  struct tcp_seg *seg = pcb->x_last;

  return pcb->unsent != NULL && seq_geq(seg->seq, pcb->snd_nxt) && seg->p->ref == 1 ? seg : NULL;
}

tcpwnd_size_t tcp_queue_room(const struct tcp_pcb *pcb)
{
  u32_t held = (u32_t)pcb->snd_queuelen + (open_segment(pcb) != NULL); /* one may go into the last segment */
  u32_t pieces = TCP_SND_QUEUELEN > held ? (TCP_SND_QUEUELEN - held) / 2 : 0;
  u32_t room;

  if (!MEMP_MEM_MALLOC) {
    s32_t segs = (2 * (s32_t)(MEMP_NUM_TCP_SEG - tcp_segs_used) - pcb->snd_queuelen + 2) / 3;

    pieces = LWIP_MIN(pieces, (u32_t)LWIP_MAX(segs, 0));
  }
  room = pieces > 0 ? pieces * segment_limit(pcb) : pcb->unsent_oversize;
  return (tcpwnd_size_t)LWIP_MIN((u32_t)pcb->snd_buf, room);
}

/* A pbuf that is text: a copy of the program's octets, or a reference to them. */
static struct pbuf *text_pbuf(const u8_t *data, u16_t len, bool copy)
{
  struct pbuf *p = pbuf_alloc(PBUF_RAW, len, copy ? PBUF_RAM : PBUF_ROM);

  if (p != NULL && copy) {
    MEMCPY(p->payload, data, len);
  } else if (p != NULL) {
    ((struct pbuf_rom *)(void *)p)->payload = data;
  }
  return p;
}

/* A pbuf for a new segment with room for headers, len octets of text and spare ones behind. */
static struct pbuf *head_pbuf(const struct tcp_pcb *pcb, u16_t len, u16_t spare)
{
  u16_t options = option_room(pcb);
  struct pbuf *p = pbuf_alloc(PBUF_TRANSPORT, (u16_t)(options + len + spare), PBUF_RAM);

  if (p != NULL) {
    (void)pbuf_remove_header(p, options);
    p->len = p->tot_len = len;
  }
  return p;
}

static struct pbuf *segment_pbuf(const struct tcp_pcb *pcb, const u8_t *data, u16_t len, u16_t spare, bool copy)
{
  struct pbuf *p = head_pbuf(pcb, copy ? len : 0, spare);
  struct pbuf *text;

  if (p == NULL) {
    return NULL;
  }
  if (copy) {
    MEMCPY(p->payload, data, len);
    return p;
  }
  text = text_pbuf(data, len, false);
  if (text == NULL) {
    pbuf_free(p);
    return NULL;
  }
  pbuf_cat(p, text);
  return p;
}

static void free_batch(struct batch *b)
{
  while (b->first != NULL) {
    struct tcp_seg *seg = b->first;

    b->first = seg->next;
    tcp_seg_free(seg);
  }
  if (b->append != NULL) {
    pbuf_free(b->append);
  }
}

/* Spare room is worth its memory if more text may come before the segment is sent. */
static u16_t spare_room(const struct tcp_pcb *pcb, u16_t len, u16_t limit, u8_t apiflags)
{
#if TCP_OVERSIZE
  bool waits = !(pcb->flags & TF_NODELAY) && (tcp_in_flight(pcb) || pcb->unsent != NULL);

  if ((apiflags & TCP_WRITE_FLAG_COPY) && ((apiflags & TCP_WRITE_FLAG_MORE) || waits)) {
    return (u16_t)LWIP_MIN(limit - len, TCP_OVERSIZE);
  }
#endif
  (void)pcb, (void)len, (void)limit, (void)apiflags;
  return 0;
}

/* One more segment for the batch. */
static bool add_segment(struct tcp_pcb *pcb, struct batch *b, const u8_t *data, u16_t len, u16_t spare, bool copy)
{
  struct tcp_seg *seg = tcp_seg_alloc((u16_t)(pcb->snd_queuelen + b->pieces));

  if (seg == NULL) {
    return false;
  }
  seg->len = len;
  seg->p = segment_pbuf(pcb, data, len, spare, copy);
  if (seg->p == NULL) {
    tcp_seg_free(seg);
    return false;
  }
  if (b->last == NULL) {
    b->first = seg;
  } else {
    b->last->next = seg;
  }
  b->last = seg;
  b->oversize = spare;
  b->pieces = (u16_t)(b->pieces + (copy ? 1 : 2));
  return true;
}

/* Plan what goes into the last segment. @return octets planned, or -1: no memory */
static s32_t plan_tail(struct tcp_pcb *pcb, struct batch *b, const u8_t *data, u16_t len, u16_t limit, bool copy)
{
  struct tcp_seg *seg = open_segment(pcb);
  u16_t room, n;

  if (seg == NULL || seg->len >= limit) {
    return 0;
  }
  room = (u16_t)(limit - seg->len);
  if (copy && pcb->unsent_oversize > 0) {
    b->fill = (u16_t)LWIP_MIN(LWIP_MIN(len, room), pcb->unsent_oversize);
    return b->fill;
  }
  n = LWIP_MIN(len, room);
  b->append = text_pbuf(data, n, copy);
  if (b->append == NULL) {
    return -1;
  }
  b->pieces++;
  return n;
}

static bool plan(struct tcp_pcb *pcb, struct batch *b, const u8_t *data, u16_t len, u8_t apiflags)
{
  u16_t limit = segment_limit(pcb);
  bool copy = (apiflags & TCP_WRITE_FLAG_COPY) != 0;
  s32_t at = plan_tail(pcb, b, data, len, limit, copy);

  if (at < 0) {
    return false;
  }
  while (at < len) {
    u16_t n = (u16_t)LWIP_MIN(len - at, limit);
    u16_t spare = n < limit ? spare_room(pcb, n, limit, apiflags) : 0;

    if (pcb->snd_queuelen + b->pieces >= TCP_SND_QUEUELEN || !add_segment(pcb, b, data + at, n, spare, copy)) {
      return false;
    }
    at += n;
  }
  return pcb->snd_queuelen + b->pieces <= TCP_SND_QUEUELEN;
}

/* Text for the last segment of the queue; the part of a commit that changes what was there. */
static void commit_tail(struct tcp_pcb *pcb, struct batch *b, const u8_t *data)
{
  struct tcp_seg *seg = pcb->x_last;

  if (b->fill > 0) {
    struct pbuf *p = seg->p;

    MEMCPY((u8_t *)p->payload + p->len, data, b->fill);
    p->len = (u16_t)(p->len + b->fill);
    p->tot_len = (u16_t)(p->tot_len + b->fill);
    seg->len = (u16_t)(seg->len + b->fill);
    pcb->unsent_oversize = (u16_t)(pcb->unsent_oversize - b->fill);
  } else if (b->append != NULL) {
    seg->len = (u16_t)(seg->len + b->append->tot_len);
    pbuf_cat(seg->p, b->append);
    pcb->unsent_oversize = 0;
  }
}

static void commit_segments(struct tcp_pcb *pcb, struct batch *b)
{
  u32_t seq = tcp_fin_seq(pcb);
  struct tcp_seg *seg;

  for (seg = b->first; seg != NULL; seg = seg->next) {
    seg->seq = seq;
    seq += seg->len;
  }
  if (pcb->x_last != NULL) {
    pcb->x_last->next = b->first;
  }
  if (pcb->unsent == NULL) {
    pcb->unsent = b->first;
  }
  pcb->x_last = b->last;
  pcb->unsent_oversize = b->oversize;
}

err_t tcp_queue_append(struct tcp_pcb *pcb, const void *data, u16_t len, u8_t apiflags)
{
  struct batch b = { NULL, NULL, NULL, 0, 0, 0 };

  if (!plan(pcb, &b, (const u8_t *)data, len, apiflags)) {
    free_batch(&b);
    return ERR_MEM;
  }
  commit_tail(pcb, &b, (const u8_t *)data);
  if (b.first != NULL) {
    commit_segments(pcb, &b);
  }
  if (!(apiflags & TCP_WRITE_FLAG_MORE)) {
    pcb->x_last->flags |= TF_SEG_PSH;
  }
  pcb->snd_queuelen = (u16_t)(pcb->snd_queuelen + b.pieces);
  pcb->snd_buf = (tcpwnd_size_t)(pcb->snd_buf - len);
  return ERR_OK;
}

/* The first half of a split gives its pieces back to the count, the second adds its one. */
bool tcp_queue_split(struct tcp_pcb *pcb, struct tcp_seg *seg, u16_t len)
{
  u16_t rest = (u16_t)(seg->len - len);
  struct tcp_seg *behind;

  if (seg->p->ref != 1) {
    return false;
  }
  behind = tcp_seg_alloc(0);
  if (behind == NULL) {
    return false;
  }
  behind->p = head_pbuf(pcb, rest, 0);
  if (behind->p == NULL) {
    tcp_seg_free(behind);
    return false;
  }
  tcp_seg_strip(seg);
  pbuf_copy_partial(seg->p, behind->p->payload, rest, len);
  pcb->snd_queuelen = (u16_t)(pcb->snd_queuelen - pbuf_clen(seg->p));
  pbuf_realloc(seg->p, len);
  pcb->snd_queuelen = (u16_t)(pcb->snd_queuelen + pbuf_clen(seg->p) + 1);
  behind->len = rest;
  behind->seq = seg->seq + len;
  behind->flags = (u8_t)(seg->flags & TF_SEG_PSH);
  behind->nrtx = seg->nrtx;
  behind->sent_ms = seg->sent_ms;
  behind->next = seg->next;
  seg->len = len;
  seg->flags &= (u8_t)~TF_SEG_PSH;
  seg->next = behind;
  if (pcb->x_last == seg) {
    pcb->x_last = behind;
    pcb->unsent_oversize = 0;
  }
  return true;
}

static struct tcp_seg *first_of(const struct tcp_pcb *pcb)
{
  return pcb->unacked != NULL ? pcb->unacked : pcb->unsent;
}

s32_t tcp_queue_acked(struct tcp_pcb *pcb, u32_t ack, u32_t now_ms)
{
  struct tcp_seg *seg = first_of(pcb);
  s32_t rtt = -1;
  bool clean = true;

  while (seg != NULL && seq_leq(seg->seq + seg->len, ack)) {
    struct tcp_seg *next = seg->next;

    if (seg == pcb->unsent) {
      pcb->unsent = next; /* was to be sent again */
    }
    clean = clean && seg->nrtx == 0;
    rtt = (s32_t)(now_ms - seg->sent_ms);
    pcb->snd_queuelen = (u16_t)(pcb->snd_queuelen - pbuf_clen(seg->p));
    tcp_seg_free(seg);
    seg = next;
  }
  pcb->unacked = seg != pcb->unsent ? seg : NULL;
  if (seg == NULL) {
    pcb->x_last = NULL;
    pcb->unsent_oversize = 0;
  }
  return clean ? rtt : -1;
}

void tcp_queue_rewind(struct tcp_pcb *pcb)
{
  if (pcb->unacked != NULL) {
    pcb->unacked->flags &= (u8_t)~TF_SEG_LOST;
    pcb->unsent = pcb->unacked;
    pcb->unacked = NULL;
  }
  if (pcb->x_last == NULL) {
    pcb->snd_nxt = pcb->lastack; /* only the FIN is left */
  }
}

void tcp_queue_purge(struct tcp_pcb *pcb)
{
  struct tcp_seg *seg = first_of(pcb);

  while (seg != NULL) {
    struct tcp_seg *next = seg->next;

    tcp_seg_free(seg);
    seg = next;
  }
  pcb->unacked = pcb->unsent = pcb->x_last = NULL;
  pcb->unsent_oversize = 0;
  pcb->snd_queuelen = 0;
#if TCP_QUEUE_OOSEQ
  tcp_free_ooseq(pcb);
#endif
  if (pcb->refused_data != NULL) {
    pbuf_free(pcb->refused_data);
    pcb->refused_data = NULL;
  }
}

#endif
