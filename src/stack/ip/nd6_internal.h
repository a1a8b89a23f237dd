/**
 * Neighbour discovery inside (RFC 4861, 4862): what its files ask of each other.
 *
 *   nd6_in.c      messages in: the checks all of them share, solicitations and advertisements of neighbours, redirects
 *   nd6_ra.c      router advertisements
 *   nd6_out.c     messages out
 *   nd6_cache.c   the table of neighbours and the packets that wait for them
 *   nd6_nud.c     their states
 *   nd6_hop.c     the next hop of a packet; destinations with a way or an MTU of their own
 *   nd6_prefix.c  prefixes on the link and routes
 *   nd6_router.c  routers, and how they are asked for
 *   nd6_dad.c     duplicate address detection
 *   nd6_tell.c    advertisements nobody asked for
 *   nd6_slaac.c   addresses from prefixes, and all lifetimes of addresses
 *   nd6_iid.c     interface identifiers
 *   nd6_temp.c    temporary addresses
 *   nd6_dns.c     DNS servers from routers
 *   nd6_dnssl.c   search domains from routers
 *   nd6_timer.c   one timer for all of it
 *   nd6_netif.c   news of interfaces
 */
#ifndef LWIP_STACK_IP_ND6_INTERNAL_H
#define LWIP_STACK_IP_ND6_INTERNAL_H

#include "nd6_host.h"
#include "lwip/x_drop.h"

#if LWIP_IPV6

#include "../base/seq.h"
#include "../base/timer.h"
#include "../wire/wire_ip6.h"
#include "../wire/wire_nd6.h"
#include "lwip/priv/nd6_priv.h"
#include "lwip/sys.h"

typedef struct nd6_neighbor_cache_entry nd6_neighbor;
typedef struct nd6_router_list_entry nd6_router;
typedef struct nd6_prefix_list_entry nd6_prefix;
typedef struct nd6_destination_cache_entry nd6_dest;

/** Delays before the first message after an interface came up are drawn from this (RFC 4861 section 10), ms. */
#define ND6_START_DELAY_MS 1000u

/* --- time (nd6_timer.c) --- */

/** Look at everything that waits again, at @p at_ms at the latest. */
void nd6_wake_at(u32_t at_ms);
/** The same now: a deadline in seconds has changed. */
void nd6_wake(void);
/** Until @p at_ms, 0 if it has come. */
static inline u32_t nd6_ms_to(u32_t at_ms, u32_t now_ms)
{
  return time_reached(now_ms, at_ms) ? 0 : at_ms - now_ms;
}

static inline bool nd6_is_ready(const struct netif *nif)
{
  return netif_is_up(nif) && netif_is_link_up(nif);
}

/** The link-layer address in an option of @p type, or NULL: there is none, or it is no other station's. */
const u8_t *nd6_lladdr(const u8_t *o, const u8_t *end, u8_t type, const struct netif *nif);

/** Do the first @p bits of @p a and @p b agree? */
bool nd6_prefix_eq(const ip6_addr_t *a, const ip6_addr_t *b, u8_t bits);

/* --- neighbours (nd6_cache.c, nd6_nud.c) --- */

/** Entries: those of the option, and one for strangers who found no other. */
enum { ND6_NEIGHBORS = LWIP_ND6_NUM_NEIGHBORS + 1 };

enum nd6_claim {
  ND6_CLAIM_OWN,     /**< we have a packet to send */
  ND6_CLAIM_STRANGER /**< somebody made himself known */
};

/** The entry of @p addr on @p nif, whatever its state, or NULL. */
nd6_neighbor *nd6_find(const struct netif *nif, const ip6_addr_t *addr);
/** Give a new entry in ND6_INCOMPLETE about which nothing was asked yet.  @return NULL: no room for this claim */
nd6_neighbor *nd6_make(struct netif *nif, const ip6_addr_t *addr, enum nd6_claim claim);
/** Keep @p p until @p e is resolved.  Lends @p p.  @retval ERR_MEM  no room */
err_t nd6_enqueue(nd6_neighbor *e, struct pbuf *p);
/** Send what waits. */
void nd6_queue_send(nd6_neighbor *e);
/** Drop what waits. */
void nd6_queue_drop(nd6_neighbor *e);
/** Forget the neighbours on @p nif. */
void nd6_forget_neighbors(const struct netif *nif);

static inline u16_t nd6_used_stamp(u32_t now_ms)
{
  return (u16_t)(now_ms >> 12);
}

/** Change the state of @p e; the only way to do so. */
void nd6_enter(nd6_neighbor *e, u8_t state);
/** A packet is about to be sent to @p e.  @return true: by e->lladdr, false: it has to wait */
bool nd6_use(nd6_neighbor *e);
/** Somebody at @p lladdr (NULL: it did not say) speaks for @p addr, without being asked. */
nd6_neighbor *nd6_heard(struct netif *nif, const ip6_addr_t *addr, const u8_t *lladdr);
/** An advertisement with @p flags (ND6_NA_*) came from it (RFC 4861 section 7.2.5). */
void nd6_advertised(nd6_neighbor *e, const u8_t *lladdr, u8_t flags);
/** Send the solicitations that are due.  @return ms until the next */
u32_t nd6_nud_run(u32_t now_ms);

/* --- where to (nd6_hop.c, nd6_prefix.c, nd6_router.c) --- */

/** Where to has changed: think again about the next packet. */
void nd6_hop_changed(void);
/** The neighbour that packets to @p dest go to, if one was sent not long ago, or NULL. */
nd6_neighbor *nd6_hop_last(const ip6_addr_t *dest);
/** The neighbour packets from @p src (NULL: not known) to @p dest go to.  @return NULL: no route */
const ip6_addr_t *nd6_next_hop(struct netif *nif, const ip6_addr_t *dest, const ip6_addr_t *src);
/** @p router says that @p dest is better reached by @p target.  @return false: it has no say in this */
bool nd6_redirected(struct netif *nif, const ip6_addr_t *router, const ip6_addr_t *dest, const ip6_addr_t *target);
void nd6_forget_dests(const struct netif *nif);
/** Destinations by way of @p router take the usual way again. */
void nd6_dest_reroute(const struct netif *nif, const ip6_addr_t *router);
u32_t nd6_dest_expire(u32_t now_s);

/** What a prefix says about the addresses in it. */
enum {
  ND6_PREFIX_ON_LINK = 1, /**< they are neighbours */
  ND6_PREFIX_ROUTE = 2,   /**< they are reached by its router (RFC 4191) */
  ND6_PREFIX_SOURCE = 4   /**< as source addresses they belong to its routers (RFC 8028) */
};
/** @p addr/@p len for @p life_s, 0: no longer. */
void nd6_prefix_set(struct netif *nif, const ip6_addr_t *addr, u8_t len, u8_t kind, s8_t preference, nd6_router *router,
                    u32_t life_s);
/** The longest prefix of one of @p kinds that holds @p addr, or NULL. */
const nd6_prefix *nd6_prefix_match(const struct netif *nif, const ip6_addr_t *addr, u8_t kinds);
static inline bool nd6_is_route(u8_t kind)
{
  return LWIP_X_ND6_ROUTES && (kind & ND6_PREFIX_ROUTE) != 0;
}
#if LWIP_X_ND6_ROUTES
/** The router of a route. */
const nd6_router *nd6_prefix_router(const nd6_prefix *p);
/** Is there a route by @p r? */
bool nd6_prefix_has_route(const nd6_router *r);
/** @p r is no router any more. */
void nd6_prefix_router_gone(const nd6_router *r);
#else
static inline const nd6_router *nd6_prefix_router(const nd6_prefix *p)
{
  (void)p;
  return default_router_list;
}
static inline bool nd6_prefix_has_route(const nd6_router *r)
{
  (void)r;
  return false;
}
static inline void nd6_prefix_router_gone(const nd6_router *r)
{
  (void)r;
}
#endif
void nd6_forget_prefixes(const struct netif *nif);
u32_t nd6_prefix_expire(u32_t now_s);

/** The router with this address, or NULL. */
nd6_router *nd6_router_find(const struct netif *nif, const ip6_addr_t *addr);
/** An advertisement came from it.  @return NULL: neither a default router nor one with routes, or no room */
nd6_router *nd6_router_heard(struct netif *nif, const ip6_addr_t *addr, u8_t flags, u16_t life_s, bool has_routes);
/** The best router for packets from @p src (NULL: not known), or NULL. */
const nd6_router *nd6_router_choose(const struct netif *nif, const ip6_addr_t *src);
/** It did, or did not, answer. */
void nd6_router_answers(const nd6_neighbor *e, bool yes);
/** It says that it is no router any more, or its time is over. */
void nd6_router_free(nd6_router *r);
void nd6_forget_routers(const struct netif *nif);
u32_t nd6_router_expire(u32_t now_s);
void nd6_rs_stop(struct netif *nif);
/** @return ms until the next */
u32_t nd6_rs_run(struct netif *nif, u32_t now_ms);

/** An advertisement of a router (nd6_ra.c). */
enum lwip_x_drop nd6_ra(const u8_t *m, const u8_t *end, const struct ip_rx *rx);

/** Neighbours on @p nif count as reachable for about @p base_ms. */
void nd6_set_reachable(struct netif *nif, u32_t base_ms);

/* --- our own addresses (nd6_dad.c, nd6_slaac.c, nd6_iid.c) --- */

/** Is @p slot being probed?  Then it may not be claimed as ours alone (RFC 4429). */
static inline bool nd6_dad_runs(const struct netif *nif, s8_t slot)
{
  return nif->x_nd6.dad_left[slot] != 0;
}
/** Probe @p slot, after @p delay_ms. */
void nd6_dad_start(struct netif *nif, s8_t slot, u32_t delay_ms);
/** A solicitation (with the nonce at @p nonce, or NULL) or an advertisement says that the address in @p slot is taken. */
void nd6_dad_seen(struct netif *nif, s8_t slot, const u8_t *nonce);
u32_t nd6_dad_run(struct netif *nif, u32_t now_ms);
/** Advertisements nobody asked for (nd6_tell.c): the address in @p slot is surely ours. */
#if LWIP_X_ND6_ANNOUNCE
void nd6_tell(struct netif *nif, s8_t slot);
/** It is used before it is proven: tell routers once. */
void nd6_tell_first(struct netif *nif, s8_t slot);
/** It is to be proven again, and everybody told then; or (@p all is false) forget it. */
void nd6_tell_later(struct netif *nif, s8_t slot, bool all);
/** Send what is due.  @return ms until the next */
u32_t nd6_tell_run(struct netif *nif, u32_t now_ms);
#else
static inline void nd6_tell(struct netif *nif, s8_t slot)
{
  (void)nif;
  (void)slot;
}
static inline void nd6_tell_first(struct netif *nif, s8_t slot)
{
  (void)nif;
  (void)slot;
}
static inline void nd6_tell_later(struct netif *nif, s8_t slot, bool all)
{
  (void)nif;
  (void)slot;
  (void)all;
}
static inline u32_t nd6_tell_run(struct netif *nif, u32_t now_ms)
{
  (void)nif;
  (void)now_ms;
  return TIMERS_NEVER;
}
#endif
/** The nonce of the probes of @p slot, the @p n-th. */
void nd6_dad_nonce(const struct netif *nif, s8_t slot, u8_t n, u8_t nonce[ND6_WIRE_NONCE]);

/** A prefix to make addresses from. */
void nd6_slaac(struct netif *nif, const ip6_addr_t *prefix, u32_t valid_s, u32_t preferred_s);
/** Bring the lifetimes of the addresses of @p nif up to date.  @return s until one ends */
u32_t nd6_life_run(struct netif *nif, u32_t now_s);
/** After a change of link addresses from prefixes are second choice until they are confirmed. */
void nd6_life_doubt(struct netif *nif);

/** Are its preferred days over? */
bool nd6_life_is_over(const struct netif *nif, s8_t slot);

/** Make an address with @p prefix for @p slot.  @return false: not possible now */
bool nd6_iid_make(const struct netif *nif, s8_t slot, const ip6_addr_t *prefix, ip6_addr_t *addr);
/** The address in @p slot, which we made, is another's: make another one, a few times. */
void nd6_iid_taken(struct netif *nif, s8_t slot);
/** @p slot is free: the next address in it begins anew. */
#if LWIP_X_IPV6_STABLE_IID
void nd6_iid_forget(struct netif *nif, s8_t slot);
#else
static inline void nd6_iid_forget(struct netif *nif, s8_t slot)
{
  (void)nif;
  (void)slot;
}
#endif

/** Temporary addresses (nd6_temp.c): a prefix was advertised; one is another's; time has passed. */
#if LWIP_X_IPV6_TEMPORARY
void nd6_temp_prefix(struct netif *nif, const ip6_addr_t *prefix, u32_t valid_s, u32_t preferred_s);
void nd6_temp_taken(struct netif *nif, s8_t slot);
u32_t nd6_temp_run(struct netif *nif, u32_t now_s);
#else
static inline void nd6_temp_prefix(struct netif *nif, const ip6_addr_t *prefix, u32_t valid_s, u32_t preferred_s)
{
  (void)nif;
  (void)prefix;
  (void)valid_s;
  (void)preferred_s;
}
static inline void nd6_temp_taken(struct netif *nif, s8_t slot)
{
  (void)nif;
  (void)slot;
}
static inline u32_t nd6_temp_run(struct netif *nif, u32_t now_s)
{
  (void)nif;
  (void)now_s;
  return ND6_X_FOREVER;
}
#endif

/** Options about DNS servers (nd6_dns.c). */
#if LWIP_ND6_RDNSS_MAX_DNS_SERVERS > 0
void nd6_dns_option(struct netif *nif, const u8_t *o);
void nd6_forget_dns(const struct netif *nif);
u32_t nd6_dns_expire(u32_t now_s);
#else
static inline void nd6_dns_option(struct netif *nif, const u8_t *o)
{
  (void)nif;
  (void)o;
}
static inline void nd6_forget_dns(const struct netif *nif)
{
  (void)nif;
}
static inline u32_t nd6_dns_expire(u32_t now_s)
{
  (void)now_s;
  return ND6_X_FOREVER;
}
#endif

/** Options about search domains (nd6_dnssl.c). */
#if LWIP_X_ND6_DNSSL
void nd6_dnssl_option(struct netif *nif, const u8_t *o);
void nd6_forget_dnssl(const struct netif *nif);
u32_t nd6_dnssl_expire(u32_t now_s);
#else
static inline void nd6_dnssl_option(struct netif *nif, const u8_t *o)
{
  (void)nif;
  (void)o;
}
static inline void nd6_forget_dnssl(const struct netif *nif)
{
  (void)nif;
}
static inline u32_t nd6_dnssl_expire(u32_t now_s)
{
  (void)now_s;
  return ND6_X_FOREVER;
}
#endif

/* --- out (nd6_out.c) --- */

/** Ask for the link-layer address of @p e: its group, or it alone if @p to_it. */
void nd6_send_ns(nd6_neighbor *e, bool to_it);
/** Probe for the address in @p slot (RFC 4862 section 5.4.2). */
void nd6_send_probe(struct netif *nif, s8_t slot);
/** Advertise the address in @p slot to @p dest (NULL: everybody) with @p flags, of which ND6_NA_OVERRIDE counts only if it is surely ours. */
void nd6_send_na(struct netif *nif, s8_t slot, const ip6_addr_t *dest, u8_t flags);
/** Ask for routers, from the link-local address. */
void nd6_send_rs(struct netif *nif);

#endif

#endif
