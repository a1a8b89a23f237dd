/**
 * Advertisements of our own addresses that nobody asked for: to the routers, when an address is new (RFC 9131 section 6.1.2),
 * so that they need not ask when the first answer comes for it; to everybody, when it came back with the link, perhaps
 * with another link-layer address (RFC 4861 section 7.2.6).
 */
#include "nd6_internal.h"

#if LWIP_IPV6 && LWIP_X_ND6_ANNOUNCE

#define TELL_ALL 0x80u /**< in x_nd6.tell[]: to everybody */

void nd6_tell_first(struct netif *nif, s8_t slot)
{
  ip6_addr_t routers;

  nd6_link_group(&routers, 0, PP_HTONL(2UL), nif);
  nd6_send_na(nif, slot, &routers, 0);
}

static void tell(struct netif *nif, s8_t slot, u32_t now_ms)
{
  nif->x_nd6.tell[slot]--;
  if ((nif->x_nd6.tell[slot] & TELL_ALL) != 0) {
    nd6_send_na(nif, slot, NULL, ND6_NA_OVERRIDE);
  } else {
    nd6_tell_first(nif, slot);
  }
  nif->x_nd6.dad_at_ms[slot] = now_ms + nif->x_nd6.retrans_ms;
}

void nd6_tell(struct netif *nif, s8_t slot)
{
  const u8_t all = nif->x_nd6.tell[slot] & TELL_ALL;

  if (all == 0 && ip6_addr_islinklocal(netif_ip6_addr(nif, slot))) {
    return; /* routers have no traffic for it */
  }
  nif->x_nd6.tell[slot] = (u8_t)(LWIP_ND6_MAX_NEIGHBOR_ADVERTISEMENT | all);
  nif->x_nd6.dad_at_ms[slot] = sys_now();
  nd6_wake();
}

void nd6_tell_later(struct netif *nif, s8_t slot, bool all)
{
  nif->x_nd6.tell[slot] = all ? TELL_ALL : 0;
}

u32_t nd6_tell_run(struct netif *nif, u32_t now_ms)
{
  u32_t next = TIMERS_NEVER;
  s8_t i;

  for (i = 0; i < LWIP_IPV6_NUM_ADDRESSES && nd6_is_ready(nif); i++) {
    if (nd6_dad_runs(nif, i) || (nif->x_nd6.tell[i] & ~TELL_ALL) == 0) {
      continue;
    }
    if (time_reached(now_ms, nif->x_nd6.dad_at_ms[i])) {
      tell(nif, i, now_ms);
    }
    if ((nif->x_nd6.tell[i] & ~TELL_ALL) != 0) {
      next = LWIP_MIN(next, nd6_ms_to(nif->x_nd6.dad_at_ms[i], now_ms));
    }
  }
  return next;
}

#endif
