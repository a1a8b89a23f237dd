/**
 * Address conflict detection, RFC 5227: probe, announce, defend.
 *
 *   acd_start()        nobody answers            announced
 *   ---------> PROBING ---------------> ANNOUNCING ------> WATCHING      a conflict: defend, at most every 10 s
 *                 | somebody has it: OFF, ACD_CONFLICT
 *
 * Events are told last: the owner may start, stop or free the machine in them.
 */
#include "acd.h"

#if LWIP_IPV4 && LWIP_ARP

#include "../base/random.h"
#include "../mem/drop.h"
#include "arp.h"
#include "lwip/sys.h"

static struct acd *watched; /**< all that are not off */

static void list_remove(const struct acd *a)
{
  struct acd **at;

  for (at = &watched; *at != NULL; at = &(*at)->next) {
    if (*at == a) {
      *at = a->next;
      return;
    }
  }
}

static void ring(struct timer *t);

/** ms from @p low to @p high. */
static u32_t between(u32_t low, u32_t high)
{
  return low + random_below(high - low + 1);
}

/** One more probe, or the verdict when all were sent and the wait is over.  RFC 5227 section 2.1.1. */
static void probe(struct acd *a)
{
  if (a->sent >= LWIP_X_ACD_PROBE_NUM) {
    a->state = ACD_ANNOUNCING;
    a->sent = 0;
    timer_set(&a->timer, 0, ring);
    a->on_event(a, ACD_FREE);
    return;
  }
  a->sent++;
  arp_ask_all(a->nif, IPADDR_ANY, a->addr.addr);
  timer_set(&a->timer,
            a->sent < LWIP_X_ACD_PROBE_NUM ? between(LWIP_X_ACD_PROBE_MIN_MS, LWIP_X_ACD_PROBE_MAX_MS)
                                           : LWIP_X_ACD_ANNOUNCE_WAIT_MS,
            ring);
}

/** RFC 5227 section 2.3. */
static void announce(struct acd *a)
{
  a->sent++;
  arp_ask_all(a->nif, a->addr.addr, a->addr.addr);
  if (a->sent < LWIP_X_ACD_ANNOUNCE_NUM) {
    timer_set(&a->timer, LWIP_X_ACD_ANNOUNCE_INTERVAL_MS, ring);
  } else {
    a->state = ACD_WATCHING;
    a->conflicts = 0;
  }
}

static void ring(struct timer *t)
{
  struct acd *a = container_of(t, struct acd, timer);

  if (a->state == ACD_PROBING) {
    probe(a);
  } else {
    announce(a);
  }
}

static void begin(struct acd *a, struct netif *nif, const ip4_addr_t *addr, void (*on_event)(struct acd *, enum acd_event))
{
  acd_stop(a);
  a->nif = nif;
  a->addr = *addr;
  a->on_event = on_event;
  a->conflict_ms = 0;
  a->sent = 0;
  a->next = watched;
  watched = a;
}

void acd_start(struct acd *a, struct netif *nif, const ip4_addr_t *addr, void (*on_event)(struct acd *, enum acd_event))
{
  /* Who keeps meeting conflicts slows down: RFC 5227 section 2.1.1. */
  u32_t wait_ms = a->conflicts >= LWIP_X_ACD_MAX_CONFLICTS ? LWIP_X_ACD_RATE_LIMIT_MS : 0;

  begin(a, nif, addr, on_event);
  a->state = ACD_PROBING;
  timer_set(&a->timer, wait_ms + between(0, LWIP_X_ACD_PROBE_WAIT_MS), ring);
}

void acd_watch(struct acd *a, struct netif *nif, const ip4_addr_t *addr, void (*on_event)(struct acd *, enum acd_event))
{
  begin(a, nif, addr, on_event);
  a->state = ACD_ANNOUNCING;
  timer_set(&a->timer, 0, ring);
}

void acd_stop(struct acd *a)
{
  if (a->state != ACD_OFF) {
    a->state = ACD_OFF;
    timer_stop(&a->timer);
    list_remove(a);
  }
}

void acd_forget(const struct netif *nif)
{
  struct acd *a, *next;

  for (a = watched; a != NULL; a = next) {
    next = a->next;
    if (a->nif == nif) {
      acd_stop(a);
    }
  }
}

bool acd_owns(const struct netif *nif, const ip4_addr_t *addr)
{
  const struct acd *a;

  for (a = LWIP_X_ACD ? watched : NULL; a != NULL; a = a->next) {
    if (a->nif == nif && a->state >= ACD_ANNOUNCING && ip4_addr_eq(&a->addr, addr)) {
      return true;
    }
  }
  return false;
}

/** Is the packet about @p a: does its sender have the address, or want it as we do (RFC 5227 section 2.1.1)? */
static bool concerns(const struct acd *a, const struct netif *nif, const struct arp_repr *r)
{
  if (a->nif != nif) {
    return false;
  }
  return r->spa == a->addr.addr || (a->state == ACD_PROBING && r->spa == IPADDR_ANY && r->tpa == a->addr.addr);
}

/** RFC 5227 section 2.4: once is an accident, twice within DEFEND_INTERVAL is a fight. */
static void attacked(struct acd *a)
{
  u32_t now_ms = sys_now();
  bool again = a->conflict_ms != 0 && now_ms - a->conflict_ms < LWIP_X_ACD_DEFEND_INTERVAL_MS;

  a->conflict_ms = now_ms | 1; /* 0 means never */
  arp_defend(a->nif, now_ms);
  if (again) {
    a->on_event(a, ACD_LOST);
  }
}

static void taken(struct acd *a)
{
  a->conflicts = (u8_t)LWIP_MIN(a->conflicts + 1, LWIP_X_ACD_MAX_CONFLICTS);
  acd_stop(a);
  a->on_event(a, ACD_CONFLICT);
}

void acd_arp_seen(struct netif *nif, const struct arp_repr *r)
{
  struct acd *a = LWIP_X_ACD ? watched : NULL;

  while (a != NULL && !concerns(a, nif, r)) {
    a = a->next;
  }
  if (a == NULL && (r->spa != netif_ip4_addr(nif)->addr || r->spa == IPADDR_ANY)) {
    return;
  }
  drop_count(DROP_ACD_CONFLICT);
  if (a == NULL) {
    arp_defend(nif, sys_now()); /* an address set by hand is kept: RFC 5227 section 2.4 (c) */
  } else if (a->state == ACD_PROBING) {
    taken(a);
  } else {
    attacked(a);
  }
}

#endif
