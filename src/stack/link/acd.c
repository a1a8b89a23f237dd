/**
 * Address conflict detection, RFC 5227: probe, announce, defend.
 *
 *   acd_start()        nobody answers            announced twice
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

/** Without AutoIP only DHCP probes, and its servers have looked before. */
static bool is_quick(const struct acd *a)
{
  return !LWIP_AUTOIP || a->quick;
}

/** ms from @p low to @p high. */
static u32_t between(u32_t low, u32_t high)
{
  return low + random_below(high - low + 1);
}

/** One more probe, or the verdict when all were sent and the wait is over.  RFC 5227 section 2.1.1. */
static void probe(struct acd *a)
{
  const u8_t probes = is_quick(a) ? 1 : LWIP_X_ACD_PROBE_NUM;

  if (a->sent >= probes) {
    /* The interface makes the first announcement itself when it gets the address. */
    a->state = ACD_ANNOUNCING;
    a->sent = 1;
    timer_set(&a->timer, LWIP_X_ACD_ANNOUNCE_INTERVAL_MS, ring);
    a->on_event(a, ACD_FREE);
    return;
  }
  a->sent++;
  arp_ask_all(a->nif, IPADDR_ANY, a->addr.addr);
  timer_set(&a->timer,
            a->sent < probes ? between(LWIP_X_ACD_PROBE_MIN_MS, LWIP_X_ACD_PROBE_MAX_MS)
            : is_quick(a)    ? LWIP_X_ACD_QUICK_WAIT_MS
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

void acd_start(struct acd *a, struct netif *nif, const ip4_addr_t *addr, void (*on_event)(struct acd *, enum acd_event))
{
  /* Who keeps meeting conflicts slows down: RFC 5227 section 2.1.1. */
  u32_t wait_ms = a->conflicts >= LWIP_X_ACD_MAX_CONFLICTS ? LWIP_X_ACD_RATE_LIMIT_MS : 0;

  acd_stop(a);
  a->nif = nif;
  a->addr = *addr;
  a->on_event = on_event;
  a->sent = 0;
  a->state = ACD_PROBING;
  a->next = watched;
  watched = a;
  timer_set(&a->timer, wait_ms + (is_quick(a) ? 0 : between(0, LWIP_X_ACD_PROBE_WAIT_MS)), ring);
}

void acd_stop(struct acd *a)
{
  if (a->state != ACD_OFF) {
    a->state = ACD_OFF;
    timer_stop(&a->timer);
    list_remove(a);
  }
}

/** Is the packet about @p a: does its sender have the address, or want it as we do (RFC 5227 section 2.1.1)? */
static bool concerns(const struct acd *a, const struct netif *nif, const struct arp_repr *r)
{
  if (a->nif != nif) {
    return false;
  }
  return r->spa == a->addr.addr || (a->state == ACD_PROBING && r->spa == IPADDR_ANY && r->tpa == a->addr.addr);
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
  if (a != NULL && a->state == ACD_PROBING) {
    taken(a);
    return;
  }
  /* Once is an accident, twice within DEFEND_INTERVAL a fight: section 2.4 (b).  An address set by hand is kept: (c). */
  if (!arp_defend(nif, sys_now()) && a != NULL) {
    a->on_event(a, ACD_LOST);
  }
}

#endif
