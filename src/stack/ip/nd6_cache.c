/**
 * The table of neighbours: who is in it, and what waits for whom.
 *
 * An entry appears because we want to send, or because somebody made himself known by a solicitation; an advertisement makes
 * none (RFC 4861 section 7.2.5).  Questions without an answer may hold half of the table: a scan of our network that
 * comes by way of a router cannot push out those we talk to (RFC 6583).  When that is used up, one that was asked
 * before is given up for the new one.  Known neighbours go by least recent use, routers never; a stranger can only push out
 * somebody who was idle for a minute, and has to take the last entry, which is there for nothing else, when nobody was.
 */
#include "nd6_internal.h"

#if LWIP_IPV6

#include "../mem/drop.h"
#include "../mem/pbuf_hold.h"
#include "lwip/memp.h"

enum {
  INCOMPLETE_MAX = (LWIP_ND6_NUM_NEIGHBORS + 1) / 2,
  IDLE_STAMPS = 60000 >> 12 /**< a minute, in units of x_used */
};

struct nd6_neighbor_cache_entry neighbor_cache[ND6_NEIGHBORS];

/* --- packets that wait --- */

#if LWIP_ND6_QUEUEING

static u16_t queued; /**< in all queues */

static struct pbuf *queue_take(nd6_neighbor *e)
{
  struct nd6_q_entry *q = e->q;
  struct pbuf *p = NULL;

  if (q != NULL) {
    e->q = q->next;
    p = q->p;
    memp_free(MEMP_ND6_QUEUE, q);
    queued--;
  }
  return p;
}

static err_t queue_put(nd6_neighbor *e, struct pbuf *p)
{
  struct nd6_q_entry **end = &e->q;
  struct nd6_q_entry *q;
  unsigned n;

  for (n = 0; *end != NULL; n++) {
    end = &(*end)->next;
  }
  /* A full queue gives up its oldest packet: what is late anyway (RFC 4861 section 7.2.2). */
  if (n >= LWIP_X_ND6_QUEUE_LEN) {
    drop(queue_take(e), DROP_ND6_QUEUE);
    end = n == 1 ? &e->q : end;
  }
  if (queued >= LWIP_X_ND6_QUEUE_TOTAL || (q = (struct nd6_q_entry *)memp_malloc(MEMP_ND6_QUEUE)) == NULL) {
    return ERR_MEM;
  }
  q->next = NULL;
  q->p = p;
  *end = q;
  queued++;
  return ERR_OK;
}

#else

static struct pbuf *queue_take(nd6_neighbor *e)
{
  struct pbuf *p = e->q;

  e->q = NULL;
  return p;
}

static err_t queue_put(nd6_neighbor *e, struct pbuf *p)
{
  if (e->q != NULL) {
    drop(e->q, DROP_ND6_QUEUE);
  }
  e->q = p;
  return ERR_OK;
}

#endif

err_t nd6_enqueue(nd6_neighbor *e, struct pbuf *p)
{
  p = pbuf_hold(p);
  if (p == NULL || queue_put(e, p) != ERR_OK) {
    drop(p, DROP_ND6_QUEUE);
    return ERR_MEM;
  }
  return ERR_OK;
}

void nd6_queue_send(nd6_neighbor *e)
{
  struct pbuf *p;

  while ((p = queue_take(e)) != NULL) {
    (void)e->netif->output_ip6(e->netif, p, &e->next_hop_address);
    pbuf_free(p);
  }
}

void nd6_queue_drop(nd6_neighbor *e)
{
  struct pbuf *p;

  while ((p = queue_take(e)) != NULL) {
    drop(p, DROP_ND6_UNRESOLVED);
  }
}

/* --- entries --- */

nd6_neighbor *nd6_find(const struct netif *nif, const ip6_addr_t *addr)
{
  static nd6_neighbor *last = neighbor_cache; /* most packets go to whom the one before them went */
  nd6_neighbor *e = last;
  unsigned n;

  for (n = 0; n <= ND6_NEIGHBORS; n++) {
    if (lwip_x_ip6_same(&e->next_hop_address, addr) && e->netif == nif && e->state != ND6_NO_ENTRY) {
      last = e;
      return e;
    }
    e = &neighbor_cache[n % ND6_NEIGHBORS];
  }
  return NULL;
}

/** How long @p e was idle, for comparison; 0: must stay. */
static u32_t idle_of(const nd6_neighbor *e, u32_t now_ms)
{
  if (e->state == ND6_NO_ENTRY) {
    return 0x20000u;
  }
  if (e->state == ND6_INCOMPLETE || nd6_router_find(e->netif, &e->next_hop_address) != NULL) {
    return 0;
  }
  return 1u + (u16_t)(nd6_used_stamp(now_ms) - e->x_used);
}

/** A free entry, or one to be evicted, or NULL. */
static nd6_neighbor *choose(enum nd6_claim claim, u32_t now_ms)
{
  nd6_neighbor *best = NULL, *asked = NULL, *e;
  u32_t best_idle = claim == ND6_CLAIM_OWN ? 0 : IDLE_STAMPS;
  unsigned incomplete = 0;

  for (e = neighbor_cache; e < neighbor_cache + LWIP_ND6_NUM_NEIGHBORS; e++) {
    const u32_t idle = idle_of(e, now_ms);
    if (idle > best_idle) {
      best = e;
      best_idle = idle;
    }
    if (e->state == ND6_INCOMPLETE) {
      incomplete++;
      asked = e->x_probes > 1 ? e : asked;
    }
  }
  if (claim == ND6_CLAIM_OWN) {
    return incomplete >= INCOMPLETE_MAX || best == NULL ? asked : best;
  }
  return best != NULL ? best : &neighbor_cache[LWIP_ND6_NUM_NEIGHBORS];
}

nd6_neighbor *nd6_make(struct netif *nif, const ip6_addr_t *addr, enum nd6_claim claim)
{
  const u32_t now = sys_now();
  nd6_neighbor *e = choose(claim, now);

  if (e == NULL) {
    ND6_STATS_INC(nd6.memerr);
    return NULL;
  }
  nd6_enter(e, ND6_NO_ENTRY);
  e->next_hop_address = *addr;
  e->netif = nif;
  e->x_used = nd6_used_stamp(now);
  e->isrouter = nd6_router_find(nif, addr) != NULL;
  e->state = ND6_INCOMPLETE;
  e->x_probes = 0;
  return e;
}

void nd6_forget_neighbors(const struct netif *nif)
{
  nd6_neighbor *e;

  for (e = neighbor_cache; e < neighbor_cache + ND6_NEIGHBORS; e++) {
    if (e->netif == nif) {
      nd6_enter(e, ND6_NO_ENTRY);
    }
  }
}

#endif
