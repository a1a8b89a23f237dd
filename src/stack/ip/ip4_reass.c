/**
 * IPv4 reassembly, safe among strangers.
 *
 * A datagram's fragments lie in one chain, the highest offset first, each with its IP header still in front, one
 * packet after the other (a fragment ends where tot_len == len); offsets and lengths are read from those
 * headers, so nothing is written to what was received, and fragments that come in order are put in
 * front without a search.  They never overlap: a datagram with any overlap is dead (RFC 5722 applied to
 * IPv4), its entry stays until its time is over so that what is still coming is dropped too.  Hence it is
 * complete when the octets counted are the octets there must be, and no list of holes (RFC 815) is
 * needed.  An exact repetition is dropped alone: links do duplicate.
 *
 * Datagrams are listed oldest first; all live equally long, so that one timer for the first is enough.
 * When memory is short the oldest goes, silently; who holds half of the entries loses one of its own.
 */
#include "ip4_reass.h"

#include "../base/seq.h"
#include "../base/timer.h"
#include "../mem/drop.h"
#include "../wire/wire_ip4.h"
#include "icmp_error.h"
#include "ip4_in.h"
#include "ip_header.h"
#include "../mem/timeouts_run.h"
#include "lwip/ip4_frag.h"
#include "lwip/memp.h"
#include "lwip/stats.h"
#include "lwip/sys.h"

#if LWIP_IPV4 && IP_REASSEMBLY

#define MAX_AGE_MS (IP_REASS_MAXAGE * 1000u)

/** ip_reassdata.flags: its fragments contradict each other. */
enum { DEAD = 1 };

static struct ip_reassdata *oldest;
static u16_t pbufs; /**< held by all */
static struct timer timer;

static const u8_t *header(const struct pbuf *p)
{
  return (const u8_t *)p->payload;
}

static u32_t frag_start(const struct pbuf *p)
{
  return ip4_wire_offset(header(p));
}

static u32_t frag_end(const struct pbuf *p)
{
  return frag_start(p) + p->tot_len - ip4_wire_hlen(header(p));
}

/** The last pbuf of the fragment that begins with @p p. */
static struct pbuf *frag_tail(struct pbuf *p)
{
  while (p->tot_len != p->len) {
    p = p->next;
  }
  return p;
}

/** Pbufs without octets behind the last octet would look like a fragment of their own: let go of them. */
static void trim(struct pbuf *p)
{
  struct pbuf *tail = frag_tail(p);

  if (tail->next != NULL) {
    pbuf_free(tail->next);
    tail->next = NULL;
  }
}

static const u8_t *key(const struct ip_reassdata *r)
{
  return (const u8_t *)&r->iphdr;
}

/** The link to the datagram with the header @p h; where a new one goes if there is none. */
static struct ip_reassdata **find(const u8_t *h)
{
  struct ip_reassdata **at;

  for (at = &oldest; *at != NULL; at = &(*at)->next) {
    const u8_t *k = key(*at);
    if (ip4_wire_id(k) == ip4_wire_id(h) && ip4_wire_proto(k) == ip4_wire_proto(h) && memcmp(k + 12, h + 12, 8) == 0) {
      break;
    }
  }
  return at;
}

/** Free all fragments. */
static void empty(struct ip_reassdata *r)
{
  while (r->p != NULL) {
    struct pbuf *p = r->p;
    struct pbuf *tail = frag_tail(p);
    r->p = tail->next;
    tail->next = NULL;
    pbuf_free(p);
  }
  pbufs = (u16_t)(pbufs - r->pbufs);
  r->pbufs = 0;
}

static void forget(struct ip_reassdata *r)
{
  struct ip_reassdata **at = &oldest;

  while (*at != r) {
    at = &(*at)->next;
  }
  *at = r->next;
  empty(r);
  memp_free(MEMP_REASSDATA, r);
}

/** The fragment with the lowest offset. */
static struct pbuf *lowest(struct pbuf *p)
{
  struct pbuf *tail = frag_tail(p);

  while (tail->next != NULL) {
    p = tail->next;
    tail = frag_tail(p);
  }
  return p;
}

/** Time is up: tell the sender if the part that names the program is there (RFC 792, RFC 1122 3.3.2). */
static void ring(struct timer *t)
{
  while (oldest != NULL && time_reached(sys_now(), oldest->due)) {
    struct pbuf *first = oldest->p != NULL ? lowest(oldest->p) : NULL;
    if (first != NULL && frag_start(first) == 0) {
      icmp_error_reassembly(first);
    }
    drop_count(DROP_FRAG_TIMEOUT);
    forget(oldest);
  }
  if (oldest != NULL) {
    timer_set_at(t, oldest->due, ring);
  }
}

/** Make room at the cost of the oldest other datagram; of @p h's source if that has half of all.  @return false: there is none */
static bool evict(const struct ip_reassdata *keep, const u8_t *h)
{
  struct ip_reassdata *victim = NULL;
  struct ip_reassdata *own = NULL;
  struct ip_reassdata *r;
  unsigned owns = 0;

  for (r = oldest; r != NULL; r = r->next) {
    if (r != keep) {
      victim = victim == NULL ? r : victim;
      if (ip4_wire_src(key(r)) == ip4_wire_src(h)) {
        own = own == NULL ? r : own;
        owns++;
      }
    }
  }
  if (owns >= (MEMP_NUM_REASSDATA + 1) / 2) {
    victim = own;
  }
  if (victim == NULL) {
    return false;
  }
  drop_count(DROP_FRAG_MEM);
  forget(victim);
  return true;
}

/** The entry of the datagram @p h is part of, new if need be.  @return NULL: no memory */
static struct ip_reassdata *get(const u8_t *h)
{
  struct ip_reassdata *r = *find(h);

  if (r != NULL) {
    return r;
  }
  r = (struct ip_reassdata *)memp_malloc(MEMP_REASSDATA);
  if (r == NULL && evict(NULL, h)) {
    r = (struct ip_reassdata *)memp_malloc(MEMP_REASSDATA);
  }
  if (r == NULL) {
    return NULL;
  }
  memset(r, 0, sizeof *r);
  memcpy(&r->iphdr, h, IP4_WIRE_HLEN);
  r->timer = IP_REASS_MAXAGE;
  r->due = sys_now() + MAX_AGE_MS;
  *find(h) = r;
  if (!timer_pending(&timer)) {
    timer_set_at(&timer, r->due, ring);
  }
  return r;
}

/** Is it impossible: empty, not in eights, past 65535 (ping of death)? */
static bool is_malformed(const struct ip_rx *rx)
{
  const bool more = (ip4_wire_frag(rx->hdr) & IP4_WIRE_MF) != 0;

  return rx->len == 0 || (more && rx->len % 8 != 0) || ip4_wire_offset(rx->hdr) + rx->len + IP4_WIRE_HLEN > 0xffffu;
}

enum place { PLACE_OK, PLACE_DUPLICATE, PLACE_OVERLAP };

/** Link the fragment @p p in, if it agrees with all others and with the end of the datagram. */
static enum place insert(struct ip_reassdata *r, struct pbuf *p)
{
  const u32_t start = frag_start(p);
  const u32_t end = frag_end(p);
  const bool last = (ip4_wire_frag(header(p)) & IP4_WIRE_MF) == 0;
  u32_t limit = r->datagram_len != 0 ? r->datagram_len : 0xffffu;
  struct pbuf **at = &r->p;

  while (*at != NULL && frag_start(*at) > start) {
    limit = frag_start(*at);
    at = &frag_tail(*at)->next;
  }
  if (*at != NULL && frag_start(*at) == start && frag_end(*at) == end) {
    return PLACE_DUPLICATE;
  }
  if (end > limit || (last && at != &r->p) || (*at != NULL && frag_end(*at) > start)) {
    return PLACE_OVERLAP;
  }
  frag_tail(p)->next = *at;
  *at = p;
  r->got = (u16_t)(r->got + (end - start));
  if (last) {
    r->datagram_len = (u16_t)end;
  }
  return PLACE_OK;
}

/** One packet of all fragments: from the highest to the lowest, each goes in front; only the lowest keeps its header. */
static struct pbuf *join(struct ip_reassdata *r)
{
  struct pbuf *whole = NULL;
  u16_t len = 0;

  while (r->p != NULL) {
    struct pbuf *p = r->p;
    struct pbuf *tail = frag_tail(p);
    struct pbuf *q;
    r->p = tail->next;
    tail->next = NULL;
    if (r->p != NULL) {
      ip_header_pop(p, ip4_wire_hlen(header(p)));
    }
    for (q = p; q != NULL; q = q->next) {
      q->tot_len = (u16_t)(q->tot_len + len);
    }
    len = p->tot_len;
    tail->next = whole;
    whole = p;
  }
  return whole;
}

/** The datagram is complete: give it, *@p rx about it, and forget the entry. */
static struct pbuf *finish(struct ip_reassdata *r, struct ip_rx *rx)
{
  const u16_t len = r->datagram_len;
  struct pbuf *p;

  if (len + ip4_wire_hlen(header(lowest(r->p))) > 0xffff) {
    forget(r);
    drop_count(DROP_FRAG_SIZE);
    return NULL;
  }
  p = join(r);
  forget(r);
  rx->hdr = header(p);
  rx->hlen = ip4_wire_hlen(rx->hdr);
  rx->len = len;
  rx->tos = ip4_wire_tos(rx->hdr);
  rx->flags |= IP_RX_REASSEMBLED;
  if (p->ref == 1) {
    ip4_wire_refit((u8_t *)p->payload, p->tot_len, 0);
    ip4_wire_chksum_put((u8_t *)p->payload, (u8_t)rx->hlen);
  }
  return p;
}

struct pbuf *ip4_reass_add(struct pbuf *p, struct ip_rx *rx)
{
  struct ip_reassdata *r;
  enum place place;
  u16_t clen;

  IPFRAG_STATS_INC(ip_frag.recv);
  MIB2_STATS_INC(mib2.ipreasmreqds);
  if (is_malformed(rx)) {
    drop(p, DROP_FRAG_SIZE);
    return NULL;
  }
  trim(p);
  clen = pbuf_clen(p);
  r = get(rx->hdr);
  while (r != NULL && pbufs + clen > IP_REASS_MAX_PBUFS) {
    if (!evict(r, rx->hdr)) {
      r = NULL;
    }
  }
  if (r == NULL) {
    drop(p, DROP_FRAG_MEM);
    return NULL;
  }
  place = (r->flags & DEAD) != 0 ? PLACE_OVERLAP : insert(r, p);
  if (place != PLACE_OK) {
    drop(p, place == PLACE_OVERLAP ? DROP_FRAG_OVERLAP : DROP_NONE);
    if (place == PLACE_OVERLAP) {
      empty(r);
      r->flags = DEAD;
    }
    return NULL;
  }
  r->pbufs = (u16_t)(r->pbufs + clen);
  pbufs = (u16_t)(pbufs + clen);
  return r->got == r->datagram_len ? finish(r, rx) : NULL;
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

void ip_reass_init(void)
{
}

void ip_reass_tmr(void)
{
  timeouts_poll_by_hand();
}

#endif
