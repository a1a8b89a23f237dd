/**
 * Addresses from prefixes (RFC 4862 section 5.5), and the lifetimes of all addresses.
 *
 * The lifetimes in struct netif are what was left when they were last brought up to date, at x_nd6.aged_s; the timer does so when
 * one ends.  0 is no lifetime at all: the address of a program, which stays.
 */
#include "nd6_internal.h"

#if LWIP_IPV6

#include "../base/core.h"

s8_t nd6_addr_slot(const struct netif *nif)
{
  s8_t i;

  for (i = 1; i < LWIP_IPV6_NUM_ADDRESSES; i++) {
    if (ip6_addr_isinvalid(netif_ip6_addr_state(nif, i))) {
      return i;
    }
  }
  return -1;
}

void nd6_addr_configure(struct netif *nif, s8_t slot, const ip6_addr_t *addr, u8_t origin, u32_t valid_s,
                        u32_t preferred_s)
{
  netif_ip6_addr_set_state(nif, slot, IP6_ADDR_INVALID);
  netif_ip6_addr_set(nif, slot, addr);
  nif->x_nd6.origin[slot] = origin;
  nd6_addr_set_life(nif, slot, valid_s, preferred_s);
  if (LWIP_X_IPV6_OPTIMISTIC_DAD) {
    netif_ip6_addr_set_state(nif, slot,
                             IP6_ADDR_DEPRECATED); /* second choice until it is proven (RFC 4429 section 3.2) */
    nd6_dad_start(nif, slot, 0);
    nd6_tell_first(nif, slot);
  } else {
    netif_ip6_addr_set_state(nif, slot, IP6_ADDR_TENTATIVE);
  }
}

#if LWIP_IPV6_ADDRESS_LIFETIMES

#define TWO_HOURS_S 7200u

static bool is_endless(u32_t life_s)
{
  return ip6_addr_life_isstatic(life_s) || ip6_addr_life_isinfinite(life_s);
}

/** What is left of @p life_s after @p s, at least @p least. */
static u32_t left(u32_t life_s, u32_t s, u32_t least)
{
  if (is_endless(life_s)) {
    return life_s;
  }
  return life_s > s + least ? life_s - s : least;
}

static void age(struct netif *nif, u32_t now_s)
{
  const u32_t s = now_s - nif->x_nd6.aged_s;
  int i;

  for (i = 0; i < LWIP_IPV6_NUM_ADDRESSES; i++) {
    nif->ip6_addr_valid_life[i] = left(nif->ip6_addr_valid_life[i], s, 1);
    nif->ip6_addr_pref_life[i] = left(nif->ip6_addr_pref_life[i], s, 0);
  }
  nif->x_nd6.aged_s = now_s;
}

void nd6_addr_set_life(struct netif *nif, s8_t slot, u32_t valid_s, u32_t preferred_s)
{
  age(nif, nd6_now_s());
  nif->ip6_addr_valid_life[slot] = valid_s;
  nif->ip6_addr_pref_life[slot] = preferred_s;
  nd6_wake();
}

bool nd6_life_is_over(const struct netif *nif, s8_t slot)
{
  return nif->ip6_addr_valid_life[slot] != 0 && nif->ip6_addr_pref_life[slot] == 0;
}

u32_t lwip_x_ip6_life_left(const struct netif *netif, u32_t life_s)
{
  return left(life_s, nd6_now_s() - netif->x_nd6.aged_s, 1);
}

void lwip_x_ip6_life_set(struct netif *netif, u32_t *life_s, u32_t secs)
{
  if (core_enter()) {
    age(netif, nd6_now_s());
    *life_s = secs;
    nd6_wake();
    core_leave();
  }
}

/** The state the lifetimes of the address in @p slot call for.  @return s until that changes */
static u32_t life_state(struct netif *nif, s8_t slot)
{
  const u32_t valid_s = nif->ip6_addr_valid_life[slot], preferred_s = nif->ip6_addr_pref_life[slot];

  if (ip6_addr_isvalid(netif_ip6_addr_state(nif, slot)) && !nd6_dad_runs(nif, slot)) {
    netif_ip6_addr_set_state(nif, slot, preferred_s != 0 ? IP6_ADDR_PREFERRED : IP6_ADDR_DEPRECATED);
  }
  return preferred_s != 0 ? LWIP_MIN(preferred_s, valid_s) : valid_s;
}

u32_t nd6_life_run(struct netif *nif, u32_t now_s)
{
  const u32_t s = now_s - nif->x_nd6.aged_s;
  u32_t next = ND6_X_FOREVER;
  s8_t i;

  for (i = 0; i < LWIP_IPV6_NUM_ADDRESSES; i++) {
    if (!is_endless(nif->ip6_addr_valid_life[i]) && nif->ip6_addr_valid_life[i] <= s) {
      nif->ip6_addr_valid_life[i] = IP6_ADDR_LIFE_STATIC;
      netif_ip6_addr_set_state(nif, i, IP6_ADDR_INVALID);
    }
  }
  age(nif, now_s);
  for (i = 0; i < LWIP_IPV6_NUM_ADDRESSES; i++) {
    if (!ip6_addr_isinvalid(netif_ip6_addr_state(nif, i)) && nif->ip6_addr_valid_life[i] != IP6_ADDR_LIFE_STATIC) {
      next = LWIP_MIN(next, life_state(nif, i));
    }
  }
  return LWIP_MIN(next, nd6_temp_run(nif, now_s));
}

void nd6_life_doubt(struct netif *nif)
{
  s8_t i;

  for (i = 1; i < LWIP_IPV6_NUM_ADDRESSES; i++) {
    if (nif->x_nd6.origin[i] == LWIP_X_IP6_STABLE || nif->x_nd6.origin[i] == LWIP_X_IP6_TEMPORARY) {
      nif->ip6_addr_pref_life[i] = 0;
    }
  }
  nd6_wake();
}

/** An advertisement cannot bring the end nearer than two hours, or a forged one could (RFC 4862 section 5.5.3 (e)). */
static u32_t two_hour_rule(u32_t left_s, u32_t valid_s)
{
  if (valid_s > TWO_HOURS_S || valid_s > left_s) {
    return valid_s;
  }
  return LWIP_MIN(left_s, TWO_HOURS_S);
}

static void renew(struct netif *nif, s8_t slot, u32_t valid_s, u32_t preferred_s)
{
  valid_s = two_hour_rule(lwip_x_ip6_life_left(nif, nif->ip6_addr_valid_life[slot]), valid_s);
  nd6_addr_set_life(nif, slot, valid_s, preferred_s);
}

#else

void nd6_addr_set_life(struct netif *nif, s8_t slot, u32_t valid_s, u32_t preferred_s)
{
  LWIP_UNUSED_ARG(nif);
  LWIP_UNUSED_ARG(slot);
  LWIP_UNUSED_ARG(valid_s);
  LWIP_UNUSED_ARG(preferred_s);
}

bool nd6_life_is_over(const struct netif *nif, s8_t slot)
{
  LWIP_UNUSED_ARG(nif);
  LWIP_UNUSED_ARG(slot);
  return false;
}

u32_t nd6_life_run(struct netif *nif, u32_t now_s)
{
  LWIP_UNUSED_ARG(nif);
  LWIP_UNUSED_ARG(now_s);
  return ND6_X_FOREVER;
}

void nd6_life_doubt(struct netif *nif)
{
  LWIP_UNUSED_ARG(nif);
}

#if LWIP_IPV6_AUTOCONFIG
static void renew(struct netif *nif, s8_t slot, u32_t valid_s, u32_t preferred_s)
{
  nd6_addr_set_life(nif, slot, valid_s, preferred_s);
}
#endif

#endif

#if LWIP_IPV6_AUTOCONFIG

static void add(struct netif *nif, const ip6_addr_t *prefix, u32_t valid_s, u32_t preferred_s)
{
  const s8_t slot = nd6_addr_slot(nif);
  ip6_addr_t addr;

  if (slot >= 0 && nd6_iid_make(nif, slot, prefix, &addr)) {
    nd6_addr_configure(nif, slot, &addr, LWIP_X_IP6_STABLE, valid_s, preferred_s);
  }
}

void nd6_slaac(struct netif *nif, const ip6_addr_t *prefix, u32_t valid_s, u32_t preferred_s)
{
  bool found = false;
  s8_t i;

  if (!nif->ip6_autoconfig_enabled) {
    return;
  }
  for (i = 1; i < LWIP_IPV6_NUM_ADDRESSES; i++) {
    if (nif->x_nd6.origin[i] == LWIP_X_IP6_STABLE && ip6_addr_net_zoneless_eq(netif_ip6_addr(nif, i), prefix)) {
      found = true;
      renew(nif, i, valid_s, preferred_s);
    }
  }
  if (!found && valid_s != 0) {
    add(nif, prefix, valid_s, preferred_s);
  }
  nd6_temp_prefix(nif, prefix, valid_s, preferred_s);
}

#else

void nd6_slaac(struct netif *nif, const ip6_addr_t *prefix, u32_t valid_s, u32_t preferred_s)
{
  LWIP_UNUSED_ARG(nif);
  LWIP_UNUSED_ARG(prefix);
  LWIP_UNUSED_ARG(valid_s);
  LWIP_UNUSED_ARG(preferred_s);
}

#endif

#endif
