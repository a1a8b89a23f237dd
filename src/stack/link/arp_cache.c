/**
 * The table of neighbours: who is in it, how long, and what waits for whom.
 *
 * Nothing ages by a tick: an entry carries the time it was last heard and its age is looked at when it
 * is used.  One timer runs while somebody is being asked, once a second (RFC 1122 section 2.3.2.1: no
 * faster), and not otherwise.
 *
 * Room: an entry appears only because we want to send, or because somebody asked for us (RFC 826 would
 * have us answer him).  Unanswered questions may hold half of the table; when that is used up, one
 * that has been asked before is given up for the new one.  Of the known neighbours those go first to whom nothing was
 * sent, then by least recent use; the gateway and static ones never.  A stranger's question pushes out nobody we send to.
 */
#include "arp.h"

#if LWIP_IPV4 && LWIP_ARP

#include "../base/seq.h"
#include "../base/timer.h"
#include "../mem/drop.h"
#include "../mem/pbuf_hold.h"
#include "../mem/timeouts_run.h"
#include "eth_send.h"
#include "lwip/memp.h"
#include "lwip/sys.h"
#include "netif/ethernet.h"

enum {
  PENDING_MAX = (ARP_TABLE_SIZE + 1) / 2,
  DOUBT_REQUESTS = 2 /**< to the known station before everybody is asked */
};

struct arp_entry arp_table[ARP_TABLE_SIZE];
static struct timer asking;

/* --- packets that wait --- */

#if ARP_QUEUEING

static u16_t queued; /**< in all queues */

static void queue_drop_oldest(struct arp_entry *e, enum lwip_x_drop why)
{
  struct etharp_q_entry *q = e->queue;

  e->queue = q->next;
  queued--;
  drop(q->p, why);
  memp_free(MEMP_ARP_QUEUE, q);
}

static err_t queue_put(struct arp_entry *e, struct pbuf *p)
{
  struct etharp_q_entry **end = &e->queue;
  struct etharp_q_entry *q;
  unsigned n;

  for (n = 0; *end != NULL; n++) {
    end = &(*end)->next;
  }
  /* A full queue gives up its oldest packet: what is late anyway. */
  if (n > 0 && n >= ARP_QUEUE_LEN) {
    queue_drop_oldest(e, DROP_ARP_QUEUE);
    end = n == 1 ? &e->queue : end;
  }
  if (queued >= LWIP_X_ARP_QUEUE_TOTAL || (q = (struct etharp_q_entry *)memp_malloc(MEMP_ARP_QUEUE)) == NULL) {
    return ERR_MEM;
  }
  q->next = NULL;
  q->p = p;
  *end = q;
  queued++;
  return ERR_OK;
}

static struct pbuf *queue_take(struct arp_entry *e)
{
  struct etharp_q_entry *q = e->queue;
  struct pbuf *p = NULL;

  if (q != NULL) {
    e->queue = q->next;
    p = q->p;
    memp_free(MEMP_ARP_QUEUE, q);
    queued--;
  }
  return p;
}

#else

/** One packet waits, the latest (RFC 1122 section 2.3.2.2). */
static err_t queue_put(struct arp_entry *e, struct pbuf *p)
{
  if (e->queue != NULL) {
    drop(e->queue, DROP_ARP_QUEUE);
  }
  e->queue = p;
  return ERR_OK;
}

static struct pbuf *queue_take(struct arp_entry *e)
{
  struct pbuf *p = e->queue;

  e->queue = NULL;
  return p;
}

#endif

err_t arp_enqueue(struct arp_entry *e, struct pbuf *p)
{
  p = pbuf_hold(p);
  if (p == NULL || queue_put(e, p) != ERR_OK) {
    drop(p, DROP_ARP_QUEUE);
    return ERR_MEM;
  }
  return ERR_OK;
}

static void queue_send(struct arp_entry *e, u32_t now_ms)
{
  struct pbuf *p;

  while ((p = queue_take(e)) != NULL) {
    e->count = arp_use_stamp(now_ms);
    eth_send(e->nif, p, e->mac, ETH_WIRE_TYPE_IP4);
    pbuf_free(p);
  }
}

/* --- entries --- */

struct arp_entry *arp_find(const struct netif *nif, u32_t ip)
{
  struct arp_entry *e;

  for (e = arp_table; e < arp_table + ARP_TABLE_SIZE; e++) {
    if (e->ip == ip && e->state != ARP_FREE && (!ETHARP_TABLE_MATCH_NETIF || e->nif == nif)) {
      return e;
    }
  }
  return NULL;
}

void arp_free(struct arp_entry *e)
{
  struct pbuf *p;

  e->state = ARP_FREE;
  while ((p = queue_take(e)) != NULL) {
    drop(p, DROP_ARP_UNRESOLVED);
  }
}

/** How well the table does without @p e: 0: not at all; DISPENSABLE and more: nothing was sent there, or long ago. */
#define DISPENSABLE 0x80000000u
static u32_t spare(const struct arp_entry *e, u32_t now_ms)
{
  u32_t age_ms = now_ms - e->since_ms;

  if (e->state == ARP_FREE) {
    return 0xFFFFFFFFu;
  }
  if (e->state != ARP_STABLE || e->ip == netif_ip4_gw(e->nif)->addr) {
    return 0;
  }
  if (e->count == 0 || age_ms >= ARP_MAXAGE_MS) {
    return age_ms | DISPENSABLE;
  }
  return 1u + (u8_t)(arp_use_stamp(now_ms) - e->count);
}

/** A free entry, or one to be evicted, or NULL. */
static struct arp_entry *choose(enum arp_claim claim, u32_t now_ms)
{
  struct arp_entry *best = NULL, *pending = NULL, *e;
  u32_t most = claim == ARP_CLAIM_OWN ? 0 : DISPENSABLE - 1;
  unsigned pendings = 0;

  for (e = arp_table; e < arp_table + ARP_TABLE_SIZE; e++) {
    u32_t s = spare(e, now_ms);
    if (s > most) {
      best = e;
      most = s;
    }
    if (e->state == ARP_PENDING) {
      pendings++;
      /* One that was asked just now is not given up: or a scan would send more than a request a second for each. */
      pending = e->count > 1 ? e : pending;
    }
  }
  return claim == ARP_CLAIM_OWN && (pendings >= PENDING_MAX || best == NULL) ? pending : best;
}

struct arp_entry *arp_make(struct netif *nif, u32_t ip, enum arp_claim claim, u32_t now_ms)
{
  struct arp_entry *e = choose(claim, now_ms);

  if (e != NULL) {
    arp_free(e);
    e->ip = ip;
    e->nif = nif;
    e->state = ARP_PENDING;
    e->count = 0;
  }
  return e;
}

bool arp_usable(const struct arp_entry *e, u32_t now_ms)
{
  return e->state >= ARP_DOUBT && (e->state != ARP_STABLE || now_ms - e->since_ms < ARP_MAXAGE_MS);
}

/* --- asking --- */

static void asking_ring(struct timer *t);

static void ask(struct arp_entry *e, u32_t now_ms)
{
  e->since_ms = now_ms;
  e->count++;
  timer_set_by(&asking, now_ms + LWIP_X_ARP_RETRY_MS, asking_ring);
  arp_send(e->nif, ARP_WIRE_REQUEST, e->state == ARP_DOUBT ? e->mac : ethbroadcast.addr, netif_ip4_addr(e->nif)->addr,
           e->ip);
}

/** Ask again, ask others, or give up. */
static void ask_again(struct arp_entry *e, u32_t now_ms)
{
  if (e->state == ARP_DOUBT && e->count >= DOUBT_REQUESTS) {
    arp_ask(e, ARP_PENDING, now_ms);
  } else if (e->count >= LWIP_X_ARP_REQUESTS) {
    arp_free(e);
  } else {
    ask(e, now_ms);
  }
}

/** Do for every entry what is due, and sleep until something else will be. */
void etharp_tmr(void)
{
  const u32_t now_ms = sys_now();
  struct arp_entry *e;

  for (e = arp_table; e < arp_table + ARP_TABLE_SIZE; e++) {
    if (e->state != ARP_PENDING && e->state != ARP_DOUBT) {
      continue;
    }
    if (now_ms - e->since_ms >= LWIP_X_ARP_RETRY_MS) {
      ask_again(e, now_ms);
    } else {
      timer_set_by(&asking, e->since_ms + LWIP_X_ARP_RETRY_MS, asking_ring);
    }
  }
}

static void asking_ring(struct timer *t)
{
  LWIP_UNUSED_ARG(t);
  etharp_tmr();
}

void arp_ask(struct arp_entry *e, enum arp_state state, u32_t now_ms)
{
  if (e->state == state && e->count != 0) {
    return; /* under way */
  }
  e->state = (u8_t)state;
  e->count = 0;
  ask(e, now_ms);
}

void arp_heard(struct arp_entry *e, const u8_t *mac, u32_t now_ms)
{
  if (e->state == ARP_STATIC) {
    return;
  }
  /* Whoever claims a neighbour's address must first outlive him: he is asked, and if he answers nothing changes. */
  if (arp_usable(e, now_ms) && !eth_addr_same(e->mac, mac)) {
    arp_ask(e, ARP_DOUBT, now_ms);
    return;
  }
  if (e->state != ARP_STABLE) {
    e->count = e->state == ARP_DOUBT ? arp_use_stamp(now_ms) : 0;
  }
  eth_addr_put(e->mac, mac);
  e->state = ARP_STABLE;
  e->since_ms = now_ms;
  queue_send(e, now_ms);
}

void arp_forget(const struct netif *nif, bool all)
{
  struct arp_entry *e;

  for (e = arp_table; e < arp_table + ARP_TABLE_SIZE; e++) {
    if (e->state != ARP_FREE && e->nif == nif && (all || e->state != ARP_STATIC)) {
      arp_free(e);
    }
  }
}

#endif
