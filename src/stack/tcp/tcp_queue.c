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
#include "tcp_tfo.h"

#include "../base/hooks.h"
#include "../base/tcp_hooks.h"
#include "../mem/mem_room.h"
#include "../mem/pbuf_make.h"
#include "lwip/memp.h"

#include <string.h>

#if LWIP_TCP

u16_t tcp_segs_used;

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
  if (seg->p->tot_len != seg->len) {
    (void)pbuf_remove_header(seg->p, (size_t)(seg->p->tot_len - seg->len));
  }
}

/* Octets of text a new segment may have: a full one, but not more than half the largest window the peer has ever
 * offered, or small windows would stall (RFC 9293 3.8.6.2.1). */
static u32_t segment_limit(const struct tcp_pcb *pcb)
{
  u32_t mss = tcp_text_max(pcb), half = pcb->snd_wnd_max / 2;

  return half >= mss || half == 0 ? mss : LWIP_MAX(half, LWIP_MIN(mss, (u32_t)LWIP_X_TCP_MSS_MIN));
}

/* Room for options in front of the text: those of data segments, and of a hook. */
static u16_t option_room(const struct tcp_pcb *pcb)
{
  u8_t len = LWIP_TCP_TIMESTAMPS ? TCP_WIRE_TS_LEN : 0;

  (void)pcb;
  return hook_tcp_option_len(pcb, len);
}

/* The last segment, if text may still be added to it: it was never sent, nobody else holds it, and it has less than limit octets. */
static struct tcp_seg *open_segment(const struct tcp_pcb *pcb, u32_t limit)
{
  struct tcp_seg *seg = pcb->x_last;

  return pcb->unsent != NULL && seq_geq(seg->seq, pcb->snd_nxt) && seg->p->ref == 1 && seg->len < limit ? seg : NULL;
}

/* Octets of text for which the heap has room in at most max more segments, and in one less if something is to go into the last one.
 * Without room for a full one, a short one; only where nothing is queued: otherwise better ones can be had when that is
 * acknowledged. */
static u32_t heap_room(const struct tcp_pcb *pcb, u32_t max, bool open)
{
  u32_t limit = segment_limit(pcb), want = LWIP_MIN(max, (u32_t)pcb->snd_buf / limit + 1) + open;
  u32_t overhead =
    (u32_t)(PBUF_STRUCT_SIZE + LWIP_MEM_ALIGN_SIZE((size_t)PBUF_TRANSPORT + option_room(pcb)) + MEM_ALIGNMENT);
  u32_t have = mem_could_give((mem_size_t)(overhead + limit), (u16_t)want), most;

  if (have >= want) {
    return max * limit;
  }
  if (have > open) {
    return (have - open) * limit;
  }
  most = pcb->x_last == NULL ? (u32_t)mem_largest() : 0;
  return most > overhead ? LWIP_MIN(most - overhead, limit) : 0;
}

tcpwnd_size_t tcp_queue_room(const struct tcp_pcb *pcb)
{
  const struct tcp_seg *open = open_segment(pcb, 0xffffffffu);
  u32_t held = (u32_t)pcb->snd_queuelen + (open != NULL); /* one may go into the last segment */
  u32_t pieces = TCP_SND_QUEUELEN > held ? (TCP_SND_QUEUELEN - held) / 2 : 0;
  u32_t room;

  if (!MEMP_MEM_MALLOC) {
    s32_t segs = (2 * (s32_t)(MEMP_NUM_TCP_SEG - tcp_segs_used) - pcb->snd_queuelen + 2) / 3;

    pieces = LWIP_MIN(pieces, (u32_t)LWIP_MAX(segs, 0));
  }
  room = pieces > 0 ? heap_room(pcb, pieces, open != NULL) : 0;
  if (room == 0 && open != NULL) {
    room = open->sent_ms;
  }
  return (tcpwnd_size_t)LWIP_MIN((u32_t)pcb->snd_buf, room);
}

/* A pbuf for a new segment, with room for headers and for len octets of text behind them. */
static struct pbuf *head_pbuf(const struct tcp_pcb *pcb, u32_t len)
{
  u16_t options = option_room(pcb);
  struct pbuf *p = pbuf_alloc(PBUF_TRANSPORT, (u16_t)(options + len), PBUF_RAM);

  if (p != NULL) {
    if (options != 0) {
      (void)pbuf_remove_header(p, options);
    }
    p->len = p->tot_len = 0;
  }
  return p;
}

/* Spare room is worth its memory if more text may come before the segment is sent. */
static u32_t spare_room(const struct tcp_pcb *pcb, u32_t len, u32_t limit, u8_t apiflags)
{
#if TCP_OVERSIZE
  bool waits = !(pcb->flags & TF_NODELAY) && (tcp_in_flight(pcb) || pcb->unsent != NULL);

  if ((apiflags & TCP_WRITE_FLAG_COPY) && ((apiflags & TCP_WRITE_FLAG_MORE) || waits)) {
    return LWIP_MIN(limit - len, (u32_t)TCP_OVERSIZE);
  }
#endif
  (void)pcb, (void)len, (void)limit, (void)apiflags;
  return 0;
}

/* One more segment at the end of the queue, empty, with room for len octets and, if there is memory, spare ones. */
static struct tcp_seg *add_segment(struct tcp_pcb *pcb, u32_t len, u32_t spare)
{
  struct tcp_seg *seg = pcb->snd_queuelen < TCP_SND_QUEUELEN ? tcp_seg_alloc(pcb->snd_queuelen) : NULL;

  if (seg == NULL) {
    return NULL;
  }
  seg->p = head_pbuf(pcb, len + spare);
  if (seg->p == NULL && spare > 0) {
    spare = 0;
    seg->p = head_pbuf(pcb, len);
  }
  if (seg->p == NULL) {
    tcp_seg_free(seg);
    return NULL;
  }
  seg->seq = tcp_fin_seq(pcb);
  seg->len = 0;
  seg->sent_ms = len + spare;
  if (pcb->x_last != NULL) {
    pcb->x_last->next = seg;
  }
  if (pcb->unsent == NULL) {
    pcb->unsent = seg;
  }
  pcb->x_last = seg;
  pcb->snd_queuelen++;
  return seg;
}

/* Copy text behind what seg has, into its spare room. */
static void add_octets(struct tcp_seg *seg, const u8_t *data, u32_t len)
{
  struct pbuf *p = seg->p;

  MEMCPY((u8_t *)p->payload + p->len, data, len);
  p->len = p->tot_len = seg->len = (u16_t)(seg->len + len);
  seg->sent_ms -= len;
}

/* Text behind what seg has, in a pbuf of its own: p, or (NULL) a copy.  Takes p. */
static bool add_pbuf(struct tcp_pcb *pcb, struct tcp_seg *seg, struct pbuf *p, const u8_t *data, u32_t len)
{
  if (p == NULL) {
    p = pbuf_alloc(PBUF_RAW, (u16_t)len, PBUF_RAM);
    if (p != NULL) {
      MEMCPY(p->payload, data, len);
    }
  }
  if (p == NULL || pcb->snd_queuelen >= TCP_SND_QUEUELEN) {
    pbuf_free(p);
    return false;
  }
  pbuf_cat(seg->p, p);
  seg->len = (u16_t)(seg->len + len);
  seg->sent_ms = 0;
  pcb->snd_queuelen++;
  return true;
}

/* A pbuf that refers to the program's octets; NULL: they have to be copied. */
static struct pbuf *reference(const u8_t *data, u32_t len, u8_t apiflags)
{
  struct pbuf *p = (apiflags & TCP_WRITE_FLAG_COPY) ? NULL : pbuf_alloc(PBUF_RAW, (u16_t)len, PBUF_ROM);

  if (p != NULL) {
    ((struct pbuf_rom *)(void *)p)->payload = data;
  }
  return p;
}

/* Queue the first of the octets.  @return how many, 0: no memory */
static u32_t add(struct tcp_pcb *pcb, const u8_t *data, u32_t len, u8_t apiflags)
{
  u32_t limit = segment_limit(pcb);
  struct tcp_seg *seg = open_segment(pcb, limit);
  struct pbuf *p;

  len = LWIP_MIN(len, seg != NULL ? limit - seg->len : limit);
  p = reference(data, len, apiflags);
  if (seg == NULL) {
    seg = add_segment(pcb, p == NULL ? len : 0, spare_room(pcb, len, limit, apiflags));
  }
  if (seg == NULL) {
    pbuf_free(p);
    return 0;
  }
  if (p == NULL && seg->sent_ms > 0) {
    len = LWIP_MIN(len, seg->sent_ms);
    add_octets(seg, data, len);
    return len;
  }
  return add_pbuf(pcb, seg, p, data, len) ? len : 0;
}

static void free_chain(struct tcp_seg *seg)
{
  while (seg != NULL) {
    struct tcp_seg *next = seg->next;

    tcp_seg_free(seg);
    seg = next;
  }
}

/* Make the queue end with the first len octets of last again (NULL: make it empty). */
static void take_back(struct tcp_pcb *pcb, struct tcp_seg *last, u16_t len)
{
  struct tcp_seg *added = last != NULL ? last->next : pcb->unsent;

  if (pcb->unsent == added) {
    pcb->unsent = NULL;
  }
  free_chain(added);
  pcb->x_last = last;
  if (last != NULL) {
    last->next = NULL;
    if (last->len != len) {
      pbuf_realloc(last->p, (u16_t)(last->p->tot_len - last->len + len));
      last->len = len;
      last->sent_ms = 0;
    }
  }
}

err_t tcp_queue_append(struct tcp_pcb *pcb, const void *text, u16_t len, u8_t apiflags)
{
  struct tcp_seg *last = pcb->x_last;
  u16_t last_len = last != NULL ? last->len : 0, pieces = pcb->snd_queuelen;
  const u8_t *data = (const u8_t *)text;
  u32_t left = len;

  while (left > 0) {
    u32_t n = add(pcb, data, left, apiflags);

    if (n == 0) {
      take_back(pcb, last, last_len);
      pcb->snd_queuelen = pieces;
      return ERR_MEM;
    }
    data += n;
    left -= n;
  }
  if (!(apiflags & TCP_WRITE_FLAG_MORE)) {
    pcb->x_last->flags |= TF_SEG_PSH;
  }
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
  behind->p = head_pbuf(pcb, rest);
  if (behind->p == NULL) {
    tcp_seg_free(behind);
    return false;
  }
  behind->p->len = behind->p->tot_len = rest;
  tcp_seg_strip(seg);
  pbuf_copy_partial(seg->p, behind->p->payload, rest, len);
  pcb->snd_queuelen = (u16_t)(pcb->snd_queuelen - pbuf_clen(seg->p));
  pbuf_realloc(seg->p, len);
  pcb->snd_queuelen = (u16_t)(pcb->snd_queuelen + pbuf_clen(seg->p) + 1);
  behind->len = rest;
  behind->seq = seg->seq + len;
  behind->flags = seg->flags;
  behind->nrtx = seg->nrtx;
  behind->sent_ms = seq_lt(seg->seq, pcb->snd_nxt) ? seg->sent_ms : 0;
  seg->sent_ms = behind->sent_ms;
  behind->next = seg->next;
  seg->len = len;
  seg->flags &= (u8_t)~TF_SEG_PSH;
  seg->next = behind;
  if (pcb->x_last == seg) {
    pcb->x_last = behind;
  }
  return true;
}

/* An ACK reached the end of seg. */
static void delivered(struct tcp_pcb *pcb, struct tcp_seg *seg, u32_t now_ms)
{
#if LWIP_X_TCP_SACK
  if (pcb->x_retx == seg) {
    pcb->x_retx = NULL;
  }
  if (pcb->x_far == seg) {
    pcb->x_far = NULL;
  }
  if (seg->flags & TF_SEG_SACKED) {
    pcb->x_sacked = (tcpwnd_size_t)(pcb->x_sacked - seg->len);
    return;
  }
#endif
  tcp_undo_delivered(pcb, seg, now_ms);
  tcp_rack_delivered(pcb, seg, now_ms);
  tcp_queue_found(pcb, seg);
}

s32_t tcp_queue_acked(struct tcp_pcb *pcb, u32_t ack, u32_t now_ms)
{
  struct tcp_seg *seg = tcp_queue_first(pcb);
  s32_t rtt = -1;
  bool clean = true;

  while (seg != NULL && seq_leq(seg->seq + seg->len, ack)) {
    struct tcp_seg *next = seg->next;

    if (seg == pcb->unsent) {
      pcb->unsent = next; /* it was sent as probes */
    }
    delivered(pcb, seg, now_ms);
    clean = clean && seg->nrtx == 0;
    rtt = (s32_t)(now_ms - seg->sent_ms);
    pcb->snd_queuelen = (u16_t)(pcb->snd_queuelen - pbuf_clen(seg->p));
    tcp_seg_free(seg);
    seg = next;
  }
  pcb->unacked = seg != pcb->unsent ? seg : NULL;
  if (seg == NULL) {
    pcb->x_last = NULL;
  }
  return clean ? rtt : -1;
}

void tcp_queue_lost(struct tcp_pcb *pcb, struct tcp_seg *seg)
{
  if (!(seg->flags & (TF_SEG_LOST | TF_SEG_SACKED))) {
    seg->flags |= TF_SEG_LOST;
    pcb->x_lost = (tcpwnd_size_t)(pcb->x_lost + seg->len);
#if LWIP_X_TCP_SACK
    if (pcb->x_retx != NULL && seq_lt(seg->seq, pcb->x_retx->seq)) {
      pcb->x_retx = seg;
    }
#endif
  }
}

void tcp_queue_found(struct tcp_pcb *pcb, struct tcp_seg *seg)
{
  if (seg->flags & TF_SEG_LOST) {
    seg->flags &= (u8_t)~TF_SEG_LOST;
    pcb->x_lost = (tcpwnd_size_t)(pcb->x_lost - seg->len);
  }
}

struct tcp_seg *tcp_queue_first_lost(const struct tcp_pcb *pcb)
{
  struct tcp_seg *seg = pcb->unacked;

#if LWIP_X_TCP_SACK
  seg = pcb->x_retx != NULL ? pcb->x_retx : seg;
#endif
  while (!(seg->flags & TF_SEG_LOST)) {
    seg = seg->next;
  }
  return seg;
}

void tcp_queue_purge(struct tcp_pcb *pcb)
{
  tcp_tfo_leave(pcb);
  free_chain(tcp_queue_first(pcb));
  pcb->unacked = pcb->unsent = pcb->x_last = NULL;
  pcb->snd_queuelen = 0;
  pcb->x_lost = 0;
#if LWIP_X_TCP_SACK
  pcb->x_sacked = 0;
  pcb->x_retx = pcb->x_far = NULL;
#endif
#if TCP_QUEUE_OOSEQ
  tcp_free_ooseq(pcb);
#endif
  if (pcb->refused_data != NULL) {
    pbuf_free(pcb->refused_data);
    pcb->refused_data = NULL;
  }
}

#endif
