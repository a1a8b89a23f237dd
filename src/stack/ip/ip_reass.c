/**
 * Reassembly for both versions of IP, safe among strangers.
 *
 * A datagram's fragments lie in one chain, the highest offset first, each with its IPv4 header or its Fragment header
 * still in front, one packet after the other (a fragment ends where tot_len == len); offsets and lengths are
 * read from those headers, so nothing is written to what was received, and fragments that come in order are put
 * in front without a search.  They never overlap: a datagram with any overlap is dead (RFC 5722, applied to
 * IPv4 too), its entry stays until its time is over so that what is still coming is dropped too.  Hence it is
 * complete when the octets counted are the octets there must be, and no list of holes (RFC 815) is
 * needed.  An exact repetition is dropped alone: links do duplicate.
 *
 * Datagrams are listed oldest first; one timer rings for whichever ends next.
 * When memory is short the oldest goes, silently; who holds half of the entries loses one of its own.
 */
#include "ip_reass.h"

#include "../base/random.h"
#include "../base/seq.h"
#include "../base/timer.h"
#include "../mem/drop.h"
#include "../wire/wire_ip4.h"
#include "icmp_error.h"
#include "icmp6_error.h"
#include "ip4_in.h"
#include "ip6_in.h"
#include "ip_header.h"
#include "../mem/timeouts_run.h"
#include "lwip/ip4_frag.h"
#include "lwip/ip6_frag.h"
#include "lwip/memp.h"
#include "lwip/stats.h"
#include "lwip/sys.h"

#if IP4_REASS_ON || IP6_REASS_ON

/** ip_reassdata.flags. */
enum {
  DEAD = 1, /**< its fragments contradict each other */
  V6 = 2
};

static struct ip_reassdata *oldest;
static u16_t pbufs; /**< held by all */
static struct timer timer;

/** Is it a packet of IPv6?  (One of two constants with one version only.) */
static inline bool is_v6(const struct ip_reassdata *r)
{
  return IP6_REASS_ON && (!IP4_REASS_ON || (r->flags & V6) != 0);
}

static const u8_t *header(const struct pbuf *p)
{
  return (const u8_t *)p->payload;
}

/** Octets of header in front of the fragment's own. */
static u8_t frag_hlen(const struct ip_reassdata *r, const struct pbuf *p)
{
  return is_v6(r) ? IP6_WIRE_FRAG_HLEN : ip4_wire_hlen(header(p));
}

static u32_t frag_start(const struct ip_reassdata *r, const struct pbuf *p)
{
  return is_v6(r) ? ip6_wire_frag(header(p)) & IP6_WIRE_OFFSET : ip4_wire_offset(header(p));
}

static u32_t frag_end(const struct ip_reassdata *r, const struct pbuf *p)
{
  return frag_start(r, p) + p->tot_len - frag_hlen(r, p);
}

static bool has_more(const struct ip_reassdata *r, const struct pbuf *p)
{
  return is_v6(r) ? (ip6_wire_frag(header(p)) & IP6_WIRE_MF) != 0 : (ip4_wire_frag(header(p)) & IP4_WIRE_MF) != 0;
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

static bool is_key(const u32_t a[3], const u32_t b[3])
{
  return a[0] == b[0] && a[1] == b[1] && a[2] == b[2];
}

/** The link to the datagram with this key; where a new one goes if there is none. */
static struct ip_reassdata **find(const u32_t key[3])
{
  struct ip_reassdata **at;

  for (at = &oldest; *at != NULL && !is_key((*at)->x_key, key); at = &(*at)->next) {}
  return at;
}

/** Give the fragment with the highest offset. */
static struct pbuf *take_highest(struct ip_reassdata *r)
{
  struct pbuf *p = r->p;
  struct pbuf *tail = frag_tail(p);

  r->p = tail->next;
  tail->next = NULL;
  return p;
}

/** Free all fragments. */
static void empty(struct ip_reassdata *r)
{
  while (r->p != NULL) {
    pbuf_free(take_highest(r));
  }
  r->x_first = NULL;
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

/** If the part is there that names the program (RFC 792, RFC 1122 3.3.2, RFC 8200 4.5). */
static void tell_sender(const struct ip_reassdata *r)
{
  struct pbuf *first = r->x_first;

  if (first == NULL) {
    return;
  }
  if (!is_v6(r)) {
    icmp_error_reassembly(first);
  } else if (ip_header_push(first, r->x_front)) {
    icmp6_error_reassembly(first);
  }
}

/** Time is up. */
static void ring(struct timer *t)
{
  struct ip_reassdata *r = oldest;
  struct ip_reassdata *next;

  for (; r != NULL; r = next) {
    next = r->next;
    if (time_reached(sys_now(), r->due)) {
      tell_sender(r);
      drop_count(DROP_FRAG_TIMEOUT);
      forget(r);
    } else {
      timer_set_by(t, r->due, ring);
    }
  }
}

/** Make room at the cost of the oldest other datagram; of the same sender if that has half of all.  @return false: there is none */
static bool evict(const struct ip_reassdata *keep, u32_t sender)
{
  struct ip_reassdata *victim = NULL;
  struct ip_reassdata *own = NULL;
  struct ip_reassdata *r;
  unsigned owns = 0;

  for (r = oldest; r != NULL; r = r->next) {
    if (r != keep) {
      victim = victim == NULL ? r : victim;
      if (r->x_key[0] == sender) {
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

/** The entry of the datagram with this key, new if need be.  @return NULL: no memory */
static struct ip_reassdata *get(const u32_t key[3], u8_t flags)
{
  struct ip_reassdata *r = *find(key);

  if (r != NULL) {
    return r;
  }
  r = (struct ip_reassdata *)memp_malloc(MEMP_REASSDATA);
  if (r == NULL && evict(NULL, key[0])) {
    r = (struct ip_reassdata *)memp_malloc(MEMP_REASSDATA);
  }
  if (r == NULL) {
    return NULL;
  }
  memset(r, 0, sizeof *r);
  memcpy(r->x_key, key, sizeof r->x_key);
  r->flags = flags;
  r->due = sys_now() + (is_v6(r) ? IPV6_REASS_MAXAGE * 1000u : IP_REASS_MAXAGE * 1000u);
  *find(key) = r;
  ring(&timer);
  return r;
}

enum place { PLACE_OK, PLACE_DUPLICATE, PLACE_OVERLAP };

/** Link the fragment @p p in, if it agrees with all others and with the end of the datagram. */
static enum place insert(struct ip_reassdata *r, struct pbuf *p)
{
  const u32_t start = frag_start(r, p);
  const u32_t end = frag_end(r, p);
  const bool last = !has_more(r, p);
  u32_t limit = r->datagram_len != 0 ? r->datagram_len : 0xffffu;
  struct pbuf **at = &r->p;
  u32_t before = 0; /* where the fragment in front of it ends */

  for (; *at != NULL; at = &frag_tail(*at)->next) {
    const u32_t other = frag_start(r, *at);
    if (other <= start) {
      before = frag_end(r, *at);
      if (other == start && before == end) {
        return PLACE_DUPLICATE;
      }
      break;
    }
    limit = other;
  }
  if (end > limit || (last && at != &r->p) || before > start) {
    return PLACE_OVERLAP;
  }
  frag_tail(p)->next = *at;
  *at = p;
  r->x_first = start == 0 ? p : r->x_first;
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

  while (r->p != NULL) {
    struct pbuf *p = take_highest(r);

    if (r->p != NULL) {
      ip_header_pop(p, frag_hlen(r, p));
    }
    if (whole != NULL) {
      pbuf_cat(p, whole);
    }
    whole = p;
  }
  return whole;
}

#if IP6_REASS_ON
/**
 * The headers in front of the first Fragment header, without it, in a pbuf of their own: what was received is not written to.
 * Takes @p p, payload at the Fragment header.  @return NULL: no memory
 */
static struct pbuf *with_front(const struct ip_reassdata *r, struct pbuf *p)
{
  const u8_t *from = header(p) - r->x_front;
  struct ip6_chain c;
  struct pbuf *q;
  u8_t *h;

  if (!is_v6(r)) {
    return p;
  }
  q = pbuf_alloc(PBUF_IP, r->x_front, PBUF_RAM);
  if (q == NULL) {
    drop(p, DROP_FRAG_MEM);
    return NULL;
  }
  h = (u8_t *)q->payload;
  memcpy(h, from, r->x_front);
  (void)ip6_wire_walk(from, (size_t)r->x_front + IP6_WIRE_FRAG_HLEN, (size_t)r->x_front + IP6_WIRE_FRAG_HLEN, &c);
  h[c.frag_at] = header(p)[0];
  ip_header_pop(p, IP6_WIRE_FRAG_HLEN);
  q->flags |= p->flags & (PBUF_FLAG_LLBCAST | PBUF_FLAG_LLMCAST | PBUF_FLAG_X_LOOPED);
  q->if_idx = p->if_idx;
  pbuf_cat(q, p);
  ip6_wire_plen_put(h, (u16_t)(q->tot_len - IP6_WIRE_HLEN));
  return q;
}
#else
#define with_front(r, p) (p)
#endif

/** The datagram is complete: give it, payload at its IP header, and forget the entry.  @return NULL: too long with its header */
static struct pbuf *finish(struct ip_reassdata *r)
{
  struct pbuf *p = NULL;

  if (r->datagram_len + (is_v6(r) ? r->x_front : frag_hlen(r, r->x_first)) <= 0xffff) {
    p = with_front(r, join(r));
  } else {
    drop_count(DROP_FRAG_SIZE);
  }
  forget(r);
  return p;
}

/** Room for @p clen more pbufs in @p r's datagram, at the cost of others if need be. */
static bool make_room(const struct ip_reassdata *r, u16_t clen)
{
  while (pbufs + clen > IP_REASS_MAX_PBUFS) {
    if (!evict(r, r->x_key[0])) {
      return false;
    }
  }
  return true;
}

#if LWIP_X_TCP_ECN

enum { NOT_ECT = 0, CE = 3 };

/** RFC 3168 5.3: one marked fragment marks all; an unmarked one that cannot be ECN-capable beside it is wrong. */
static bool merge_ecn(struct ip_reassdata *r, u8_t *tos)
{
  r->x_ecn |= (u8_t)(1u << (*tos & 3));
  if (r->x_ecn & 1u << CE) {
    *tos |= CE;
    return !(r->x_ecn & 1u << NOT_ECT);
  }
  if (r->x_ecn & 1u << NOT_ECT) {
    *tos &= (u8_t)~CE;
  }
  return true;
}

#else

static bool merge_ecn(struct ip_reassdata *r, u8_t *tos)
{
  (void)r, (void)tos;
  return true;
}

#endif

/**
 * Add the fragment @p p, payload at its IPv4 or Fragment header, to the datagram with this key.  Takes @p p.
 * @param flags  V6 or 0
 * @param front  octets in front of the payload that belong to it, if it is the first fragment of IPv6
 * @param tos    in: of the fragment; out: its ECN field is that of all (RFC 3168 5.3)
 * @return the whole, as finish()
 */
static struct pbuf *add(struct pbuf *p, const u32_t key[3], u8_t flags, u8_t front, u8_t *tos)
{
  struct ip_reassdata *r;
  enum place place;
  u16_t clen;

  trim(p);
  clen = pbuf_clen(p);
  r = get(key, flags);
  if (r == NULL || !make_room(r, clen)) {
    drop(p, DROP_FRAG_MEM);
    return NULL;
  }
  place = (r->flags & DEAD) != 0 ? PLACE_OVERLAP : insert(r, p);
  if (place != PLACE_OK) {
    drop(p, place == PLACE_OVERLAP ? DROP_FRAG_OVERLAP : DROP_NONE);
    if (place == PLACE_OVERLAP) {
      empty(r);
      r->flags |= DEAD;
    }
    return NULL;
  }
  if (is_v6(r) && frag_start(r, p) == 0) {
    r->x_front = front;
  }
  r->pbufs = (u16_t)(r->pbufs + clen);
  pbufs = (u16_t)(pbufs + clen);
  if (!merge_ecn(r, tos)) {
    drop_count(DROP_FRAG_ECN);
    empty(r);
    r->flags |= DEAD;
    return NULL;
  }
  return r->got == r->datagram_len ? finish(r) : NULL;
}

/** The octet of the first fragment, with the ECN field of all. */
static u8_t merged_tos(u8_t first, u8_t merged)
{
  return LWIP_X_TCP_ECN ? (u8_t)((first & ~3u) | (merged & 3u)) : first;
}

#if IP4_REASS_ON

/** Is it impossible: empty, not in eights, past 65535 (ping of death)? */
static bool is_malformed(const struct ip_rx *rx)
{
  const bool more = (ip4_wire_frag(rx->hdr) & IP4_WIRE_MF) != 0;

  return rx->len == 0 || (more && rx->len % 8 != 0) || ip4_wire_offset(rx->hdr) + rx->len + IP4_WIRE_HLEN > 0xffffu;
}

struct pbuf *ip4_reass_add(struct pbuf *p, struct ip_rx *rx)
{
  const u32_t key[3] = { ip4_wire_src(rx->hdr), ip4_wire_dst(rx->hdr),
                         ((u32_t)ip4_wire_id(rx->hdr) << 16) | ip4_wire_proto(rx->hdr) };

  IPFRAG_STATS_INC(ip_frag.recv);
  MIB2_STATS_INC(mib2.ipreasmreqds);
  if (is_malformed(rx)) {
    drop(p, DROP_FRAG_SIZE);
    return NULL;
  }
  p = add(p, key, 0, 0, &rx->tos);
  if (p == NULL) {
    return NULL;
  }
  rx->hdr = header(p);
  rx->hlen = ip4_wire_hlen(rx->hdr);
  rx->len = (u16_t)(p->tot_len - rx->hlen);
  rx->tos = merged_tos(ip4_wire_tos(rx->hdr), rx->tos);
  rx->flags |= IP_RX_REASSEMBLED;
  if (p->ref == 1) {
    ip4_wire_refit((u8_t *)p->payload, p->tot_len, 0);
    ip4_wire_chksum_renew((u8_t *)p->payload, (u8_t)rx->hlen);
  }
  return p;
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

#if IP6_REASS_ON

enum { PLEN_AT = 4, OFFSET_AT = 2 }; /* the fields a sender is told about, in the header and in the Fragment header */

/** The sender is told, from the Fragment header on, what is wrong at octet @p at (RFC 8200 4.5). */
static void tell_malformed6(const struct pbuf *p, struct ip_rx *rx, const struct ip6_chain *c, u32_t at)
{
  rx->hlen = c->frag;
  rx->proto = IP6_WIRE_FRAGMENT;
  icmp6_error_param(p, rx, 0, at, false);
}

/** Is the fragment impossible?  *@p rx is not used any more then. */
static bool is_malformed6(const struct pbuf *p, struct ip_rx *rx, const struct ip6_chain *c)
{
  const u16_t frag = ip6_wire_frag(rx->hdr + c->frag);
  const u32_t len = p->tot_len - (u32_t)c->frag - IP6_WIRE_FRAG_HLEN;

  if ((frag & IP6_WIRE_MF) != 0 && len % 8 != 0) {
    tell_malformed6(p, rx, c, PLEN_AT);
    return true;
  }
  if ((frag & IP6_WIRE_OFFSET) + len > 0xffffu) {
    tell_malformed6(p, rx, c, (u32_t)c->frag + OFFSET_AT);
    return true;
  }
  return len == 0;
}

/** The key: addresses and id (the next header does not count, RFC 8200 4.5). */
static void key_of(const struct ip_rx *rx, const struct ip6_chain *c, u32_t key[3])
{
  u8_t all[36];
  u64_t hash;

  memcpy(all, rx->hdr + 8, 32);
  memcpy(all + 32, rx->hdr + c->frag + 4, 4);
  hash = random_prf(RANDOM_HASH, all, sizeof all);
  key[0] = ne32_get(all) ^ ne32_get(all + 4);
  key[1] = (u32_t)hash;
  key[2] = (u32_t)(hash >> 32);
}

struct pbuf *ip6_reass_add(struct pbuf *p, struct ip_rx *rx, const struct ip6_chain *c)
{
  u32_t key[3];

  IP6_FRAG_STATS_INC(ip6_frag.recv);
  if (is_malformed6(p, rx, c)) {
    drop(p, DROP_FRAG_SIZE);
    return NULL;
  }
  key_of(rx, c, key);
  ip_header_pop(p, c->frag);
  p = add(p, key, V6, (u8_t)c->frag, &rx->tos);
  if (p != NULL) {
    rx->hdr = header(p);
    rx->tos = merged_tos(ip6_wire_class(rx->hdr), rx->tos);
    rx->ttl = ip6_wire_hoplim(rx->hdr);
    rx->flags |= IP_RX_REASSEMBLED;
  }
  return p;
}

struct pbuf *ip6_reass(struct pbuf *p)
{
  struct netif *nif = netif_get_by_index(p->if_idx);
  struct ip6_chain c;
  struct ip_rx rx;

  if (nif == NULL) {
    nif = netif_default;
  }
  if (nif == NULL || ip6_rx_parse(p, nif, &rx) != DROP_NONE || p->tot_len != rx.hlen + rx.len) {
    drop(p, DROP_IP6_LEN);
    return NULL;
  }
  return ip6_wire_walk(rx.hdr, p->tot_len, p->len, &c) == IP6_CHAIN_FRAGMENT ? ip6_reass_add(p, &rx, &c) : p;
}

void ip6_reass_tmr(void)
{
  timeouts_poll_by_hand();
}

#endif

#endif
