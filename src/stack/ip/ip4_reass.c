/**
 * IPv4 reassembly, safe among strangers.
 *
 * A datagram's fragments lie in one chain by offset, each with its IP header still in front, one packet
 * after the other (a fragment ends where tot_len == len); offsets and lengths are read from those headers,
 * so nothing is written to what was received.  Fragments never overlap: a datagram with any overlap
 * is dead (RFC 5722 applied to IPv4), its entry stays until its time is over so that what is still coming
 * is dropped too.  Hence it is complete when the octets counted are the octets there must be, and no list of
 * holes (RFC 815) is needed.  An exact repetition is dropped alone: links do duplicate.
 *
 * Datagrams are listed oldest first; all live equally long, so that one timer for the first is enough.  When
 * memory is short, the oldest goes, silently; who holds half of the entries already loses one of its own.
 */
#include "ip4_reass.h"

#include "../base/seq.h"
#include "../base/timer.h"
#include "../mem/drop.h"
#include "../wire/wire_ip4.h"
#include "icmp_error.h"
#include "ip4_in.h"
#include "lwip/ip4_frag.h"
#include "lwip/memp.h"
#include "lwip/stats.h"
#include "lwip/sys.h"

#if LWIP_IPV4 && IP_REASSEMBLY

#define MAX_AGE_MS (IP_REASS_MAXAGE * 1000u)

/** ip_reassdata.flags */
enum { HAS_LAST = 1, DEAD = 2 };

static struct ip_reassdata *oldest;
static struct ip_reassdata **newest_at = &oldest; /**< where the next one is linked */
static u16_t pbufs;                               /**< held by all */
static struct timer timer;

/** A fragment, understood. */
struct frag {
  u16_t start, end; /**< octets of the datagram's payload */
  bool last;
};

static const u8_t *key(const struct ip_reassdata *r)
{
  return (const u8_t *)&r->iphdr;
}

static u16_t frag_start(const struct pbuf *p)
{
  return (u16_t)ip4_wire_offset((const u8_t *)p->payload);
}

static u16_t frag_end(const struct pbuf *p)
{
  return (u16_t)(frag_start(p) + p->tot_len - ip4_wire_hlen((const u8_t *)p->payload));
}

/** The last pbuf of the fragment that begins with @p p. */
static struct pbuf *frag_tail(struct pbuf *p)
{
  while (p->tot_len != p->len) {
    p = p->next;
  }
  return p;
}

/** Pbufs without octets behind the last octet would look like a packet of their own: let go of them.  @return pbufs left */
static u16_t trim(struct pbuf *p)
{
  struct pbuf *tail = frag_tail(p);

  if (tail->next != NULL) {
    pbuf_free(tail->next);
    tail->next = NULL;
  }
  return pbuf_clen(p);
}

static void ring(struct timer *t);

static void arm(void)
{
  if (oldest != NULL && !timer_pending(&timer)) {
    timer_set_at(&timer, oldest->due, ring);
  }
}

/** Free all fragments. */
static void empty(struct ip_reassdata *r)
{
  struct pbuf *p = r->p;

  while (p != NULL) {
    struct pbuf *tail = frag_tail(p);
    struct pbuf *next = tail->next;
    tail->next = NULL;
    pbuf_free(p);
    p = next;
  }
  r->p = NULL;
  pbufs = (u16_t)(pbufs - r->pbufs);
  r->pbufs = 0;
}

static void remove_at(struct ip_reassdata **at)
{
  struct ip_reassdata *r = *at;

  empty(r);
  *at = r->next;
  if (newest_at == &r->next) {
    newest_at = at;
  }
  memp_free(MEMP_REASSDATA, r);
}

/** Time is up: tell the sender if the part that names the program is there (RFC 792, RFC 1122 3.3.2). */
static void expire(void)
{
  struct ip_reassdata *r = oldest;

  if (r->p != NULL && frag_start(r->p) == 0) {
    icmp_error_reassembly(r->p);
  }
  drop_count(DROP_FRAG_TIMEOUT);
  remove_at(&oldest);
}

static void ring(struct timer *t)
{
  (void)t;
  while (oldest != NULL && time_reached(sys_now(), oldest->due)) {
    expire();
  }
  arm();
}

static bool is_same(const struct ip_reassdata *r, const u8_t *h)
{
  const u8_t *k = key(r);

  return ip4_wire_id(k) == ip4_wire_id(h) && ip4_wire_src(k) == ip4_wire_src(h) &&
         ip4_wire_dst(k) == ip4_wire_dst(h) && ip4_wire_proto(k) == ip4_wire_proto(h);
}

/** The link to the datagram with the header @p h; to NULL if there is none. */
static struct ip_reassdata **find(const u8_t *h)
{
  struct ip_reassdata **at = &oldest;

  while (*at != NULL && !is_same(*at, h)) {
    at = &(*at)->next;
  }
  return at;
}

/** Make room for a datagram of the source in @p h: at its own cost if it has half of all, else at the oldest's. */
static void evict_for(const u8_t *h)
{
  struct ip_reassdata **own = NULL;
  struct ip_reassdata **at;
  u16_t count = 0;

  for (at = &oldest; *at != NULL; at = &(*at)->next) {
    if (ip4_wire_src(key(*at)) == ip4_wire_src(h)) {
      own = own == NULL ? at : own;
      count++;
    }
  }
  if (own != NULL && count * 2 >= MEMP_NUM_REASSDATA) {
    remove_at(own);
  } else if (oldest != NULL) {
    remove_at(&oldest);
  }
  drop_count(DROP_FRAG_MEM);
}

/** A new entry for the datagram @p h is part of.  @return NULL: no memory */
static struct ip_reassdata *create(const u8_t *h)
{
  struct ip_reassdata *r = (struct ip_reassdata *)memp_malloc(MEMP_REASSDATA);

  if (r == NULL) {
    evict_for(h);
    r = (struct ip_reassdata *)memp_malloc(MEMP_REASSDATA);
  }
  if (r == NULL) {
    return NULL;
  }
  memset(r, 0, sizeof *r);
  memcpy(&r->iphdr, h, IP4_WIRE_HLEN);
  r->timer = IP_REASS_MAXAGE;
  r->due = sys_now() + MAX_AGE_MS;
  *newest_at = r;
  newest_at = &r->next;
  arm();
  return r;
}

/** Room for @p n more pbufs, if need be at the cost of the oldest others. */
static bool make_room(const struct ip_reassdata *keep, u16_t n)
{
  while (pbufs + n > IP_REASS_MAX_PBUFS) {
    struct ip_reassdata **at = &oldest;
    while (*at != NULL && (*at == keep || (*at)->p == NULL)) {
      at = &(*at)->next;
    }
    if (*at == NULL) {
      return false;
    }
    remove_at(at);
    drop_count(DROP_FRAG_MEM);
  }
  return true;
}

/** Read what is particular to this fragment.  @return false: impossible (ping of death, crumbs, nothing) */
static bool parse(const struct ip_rx *rx, struct frag *f)
{
  const u32_t start = ip4_wire_offset(rx->hdr);
  const u32_t end = start + rx->len;

  f->last = (ip4_wire_frag(rx->hdr) & IP4_WIRE_MF) == 0;
  f->start = (u16_t)start;
  f->end = (u16_t)end;
  return rx->len != 0 && end + IP4_WIRE_HLEN <= 0xffffu && (f->last || rx->len % 8 == 0);
}

enum place { PLACE_OK, PLACE_DUPLICATE, PLACE_OVERLAP };

/** Link the fragment @p p behind those before it.  In order and in reverse order nothing is searched. */
static enum place insert(struct ip_reassdata *r, struct pbuf *p, const struct frag *f)
{
  struct pbuf *prev = NULL;
  struct pbuf *next = r->p;

  if (r->p != NULL && f->start >= frag_start(r->last)) {
    prev = r->last;
    next = NULL;
  }
  while (next != NULL && frag_start(next) <= f->start) {
    prev = next;
    next = frag_tail(next)->next;
  }
  if (prev != NULL && f->start < frag_end(prev)) {
    return f->start == frag_start(prev) && f->end == frag_end(prev) ? PLACE_DUPLICATE : PLACE_OVERLAP;
  }
  if (next != NULL && f->end > frag_start(next)) {
    return PLACE_OVERLAP;
  }
  frag_tail(p)->next = next;
  if (prev == NULL) {
    r->p = p;
  } else {
    frag_tail(prev)->next = p;
  }
  if (next == NULL) {
    r->last = p;
  }
  return PLACE_OK;
}

/** Does the fragment agree with what is known of the datagram's length? */
static bool is_within(const struct ip_reassdata *r, const struct frag *f)
{
  if ((r->flags & HAS_LAST) != 0) {
    return f->last ? f->end == r->datagram_len : f->end < r->datagram_len;
  }
  return !f->last || r->p == NULL || f->end >= frag_end(r->last);
}

/** One packet of the chain: headers of all fragments but the first skipped, lengths made whole. */
static void join(struct pbuf *p, u16_t tot_len)
{
  bool head = false;

  for (; p != NULL; p = p->next) {
    const bool ends = p->tot_len == p->len;
    if (head) {
      (void)pbuf_remove_header(p, ip4_wire_hlen((const u8_t *)p->payload));
    }
    p->tot_len = tot_len;
    tot_len = (u16_t)(tot_len - p->len);
    head = ends;
  }
}

/** The datagram is whole: give it, *@p rx about it, and forget the entry. */
static struct pbuf *finish(struct ip_reassdata **at, struct ip_rx *rx)
{
  struct ip_reassdata *r = *at;
  struct pbuf *p = r->p;
  const u8_t *h = (const u8_t *)p->payload;
  const u8_t hlen = ip4_wire_hlen(h);
  const u16_t len = r->datagram_len;

  r->p = NULL;
  remove_at(at);
  if (len + hlen > 0xffff) {
    drop(p, DROP_FRAG_SIZE);
    return NULL;
  }
  join(p, (u16_t)(len + hlen));
  if (p->ref == 1) {
    ip4_wire_refit((u8_t *)p->payload, (u16_t)(len + hlen), 0);
    ip4_wire_chksum_put((u8_t *)p->payload, hlen);
  }
  rx->hdr = h;
  rx->hlen = hlen;
  rx->len = len;
  rx->tos = ip4_wire_tos(h);
  rx->ttl = ip4_wire_ttl(h);
  rx->flags |= IP_RX_REASSEMBLED;
  return p;
}

/** It contradicts itself: nothing of it is kept, and nothing more is taken until its time is over. */
static struct pbuf *kill(struct ip_reassdata *r, struct pbuf *p)
{
  drop(p, DROP_FRAG_OVERLAP);
  empty(r);
  r->flags |= DEAD;
  return NULL;
}

struct pbuf *ip4_reass_add(struct pbuf *p, struct ip_rx *rx)
{
  struct ip_reassdata **at;
  struct ip_reassdata *r;
  struct frag f;
  const u16_t clen = trim(p);
  enum place place;

  IPFRAG_STATS_INC(ip_frag.recv);
  MIB2_STATS_INC(mib2.ipreasmreqds);
  if (!parse(rx, &f)) {
    drop(p, DROP_FRAG_SIZE);
    return NULL;
  }
  at = find(rx->hdr);
  r = *at;
  if (r == NULL) {
    r = create(rx->hdr);
  }
  if (r == NULL || (r->flags & DEAD) != 0 || !make_room(r, clen)) {
    drop(p, r != NULL && (r->flags & DEAD) != 0 ? DROP_FRAG_OVERLAP : DROP_FRAG_MEM);
    return NULL;
  }
  place = is_within(r, &f) ? insert(r, p, &f) : PLACE_OVERLAP;
  if (place == PLACE_DUPLICATE) {
    drop(p, DROP_NONE);
    return NULL;
  }
  if (place == PLACE_OVERLAP) {
    return kill(r, p);
  }
  if (f.last) {
    r->flags |= HAS_LAST;
    r->datagram_len = f.end;
  }
  r->got = (u16_t)(r->got + (f.end - f.start));
  r->pbufs = (u16_t)(r->pbufs + clen);
  pbufs = (u16_t)(pbufs + clen);
  if ((r->flags & HAS_LAST) == 0 || r->got != r->datagram_len) {
    return NULL;
  }
  return finish(find((const u8_t *)&r->iphdr), rx);
}

struct pbuf *ip4_reass(struct pbuf *p)
{
  struct netif *nif = netif_get_by_index(p->if_idx);
  struct ip_rx rx;

  if (nif == NULL) {
    nif = netif_default;
  }
  if (nif == NULL || ip4_rx_parse(p, nif, &rx) != DROP_NONE || p->tot_len != rx.hlen + rx.len) {
    drop(p, DROP_IP4_LEN);
    return NULL;
  }
  return ip4_wire_is_fragment(rx.hdr) ? ip4_reass_add(p, &rx) : p;
}

void ip4_reass_flush(void)
{
  while (oldest != NULL) {
    remove_at(&oldest);
  }
  timer_stop(&timer);
}

void ip_reass_init(void)
{
}

void ip_reass_tmr(void)
{
}

#endif
