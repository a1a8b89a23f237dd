/**
 * Temporary addresses (RFC 8981): beside the stable address of a prefix one with a random identifier, preferred for a day at
 * most; shortly before that ends its successor is made, and it goes a day later.
 */
#include "nd6_internal.h"

#if LWIP_IPV6 && LWIP_X_IPV6_TEMPORARY

#include "../base/random.h"

#define PREFERRED_S 86400u /* TEMP_PREFERRED_LIFETIME; TEMP_VALID_LIFETIME is another day */
#define DESYNC_S 34560u    /* MAX_DESYNC_FACTOR: 0.4 of it */
#define ADVANCE_S 5u       /* REGEN_ADVANCE: probes may fail three times */
#define RETRIES 3          /* TEMP_IDGEN_RETRIES */

static bool is_temp(const struct netif *nif, s8_t slot)
{
  return nif->x_nd6.origin[slot] == LWIP_X_IP6_TEMPORARY;
}

static u32_t capped(u32_t life_s, u32_t end_s, u32_t now_s)
{
  const u32_t left_s = end_s > now_s ? end_s - now_s : 0;

  return LWIP_MIN(life_s, left_s);
}

/** Limit the lifetimes of a prefix to those of the address in @p slot. */
static void set_life(struct netif *nif, s8_t slot, u32_t valid_s, u32_t preferred_s)
{
  const u32_t now_s = nd6_now_s(), end_s = nif->x_nd6.prefer_end_s[slot];

  valid_s = capped(valid_s, end_s + PREFERRED_S, now_s);
  nd6_addr_set_life(nif, slot, LWIP_MAX(valid_s, 1), capped(preferred_s, end_s, now_s));
}

static void make(struct netif *nif, s8_t slot, const ip6_addr_t *prefix, u32_t valid_s, u32_t preferred_s)
{
  ip6_addr_t addr;

  if (slot < 0 || preferred_s <= ADVANCE_S) {
    return;
  }
  IP6_ADDR(&addr, prefix->addr[0], prefix->addr[1], random_u32() | PP_HTONL(0x01000000UL), random_u32());
  nif->x_nd6.heir[slot] = 0;
  nif->x_nd6.prefer_end_s[slot] = nd6_now_s() + PREFERRED_S - random_below(DESYNC_S);
  nd6_addr_configure(nif, slot, &addr, LWIP_X_IP6_TEMPORARY, valid_s, preferred_s);
  set_life(nif, slot, valid_s, preferred_s);
}

void nd6_temp_prefix(struct netif *nif, const ip6_addr_t *prefix, u32_t valid_s, u32_t preferred_s)
{
  bool found = false;
  s8_t i;

  for (i = 1; i < LWIP_IPV6_NUM_ADDRESSES; i++) {
    if (is_temp(nif, i) && ip6_addr_net_zoneless_eq(netif_ip6_addr(nif, i), prefix)) {
      set_life(nif, i, LWIP_MAX(valid_s, LWIP_MIN(netif_ip6_addr_valid_life(nif, i), 7200)), preferred_s);
      found = found || !nif->x_nd6.heir[i];
    }
  }
  if (!found) {
    nif->x_nd6.temp_tries = 0;
    make(nif, nd6_addr_slot(nif), prefix, valid_s, preferred_s);
  }
}

/** The stable address with the prefix of the one in @p slot, or -1. */
static s8_t stable_of(const struct netif *nif, s8_t slot)
{
  s8_t i;

  for (i = 1; i < LWIP_IPV6_NUM_ADDRESSES; i++) {
    if (nif->x_nd6.origin[i] == LWIP_X_IP6_STABLE &&
        ip6_addr_net_zoneless_eq(netif_ip6_addr(nif, i), netif_ip6_addr(nif, slot))) {
      return i;
    }
  }
  return -1;
}

/** An address in @p to with the prefix of the one in @p slot. */
static void make_like(struct netif *nif, s8_t to, s8_t slot)
{
  const s8_t stable = stable_of(nif, slot);
  ip6_addr_t prefix;

  if (stable >= 0) {
    prefix = *netif_ip6_addr(nif, slot);
    make(nif, to, &prefix, netif_ip6_addr_valid_life(nif, stable), netif_ip6_addr_pref_life(nif, stable));
  }
}

void nd6_temp_taken(struct netif *nif, s8_t slot)
{
  if (nif->x_nd6.temp_tries < RETRIES) {
    nif->x_nd6.temp_tries++;
    make_like(nif, slot, slot);
  }
}

u32_t nd6_temp_run(struct netif *nif, u32_t now_s)
{
  u32_t next = ND6_X_FOREVER;
  s8_t i;

  for (i = 1; i < LWIP_IPV6_NUM_ADDRESSES; i++) {
    const u32_t end_s = nif->x_nd6.prefer_end_s[i];
    if (!is_temp(nif, i) || nif->x_nd6.heir[i]) {
      continue;
    }
    if (end_s <= now_s + ADVANCE_S) {
      nif->x_nd6.heir[i] = 1;
      nif->x_nd6.temp_tries = 0;
      make_like(nif, nd6_addr_slot(nif), i);
      return 0; /* look at the new one too */
    }
    next = LWIP_MIN(next, end_s - ADVANCE_S - now_s);
  }
  return next;
}

#endif
