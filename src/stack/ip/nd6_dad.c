/**
 * Duplicate address detection (RFC 4862 section 5.4, RFC 4429, RFC 7527).
 *
 * A slot is probed when its address becomes tentative, and again, the address staying in use, when a link comes back: another
 * station may have taken it meanwhile.  While a valid address is being probed it is what RFC 4429 calls optimistic: used, but
 * never insisted on.  Each probe carries a nonce, so that one that comes back over a looped link is known for what it is.
 */
#include "nd6_internal.h"

#if LWIP_IPV6

#include "../base/random.h"

/** Nonces that still count: those of this many probes. */
enum { NONCES = 4 };

void nd6_dad_nonce(const struct netif *nif, s8_t slot, u8_t n, u8_t nonce[ND6_WIRE_NONCE])
{
  u8_t in[18];
  u64_t r;

  ip6_wire_addr_put(in, netif_ip6_addr(nif, slot)->addr);
  in[16] = nif->num;
  in[17] = n;
  r = random_prf(RANDOM_ND6_NONCE, in, sizeof in);
  memcpy(nonce, &r, ND6_WIRE_NONCE);
}

/** The address is surely ours. */
static void passed(struct netif *nif, s8_t slot)
{
  const u8_t state = netif_ip6_addr_state(nif, slot);

  nif->x_nd6.dad_left[slot] = 0;
  nd6_tell(nif, slot);
  if (ip6_addr_istentative(state) || nif->x_nd6.origin[slot] != LWIP_X_IP6_MANUAL) {
    netif_ip6_addr_set_state(nif, slot, nd6_life_is_over(nif, slot) ? IP6_ADDR_DEPRECATED : IP6_ADDR_PREFERRED);
  }
}

static void failed(struct netif *nif, s8_t slot)
{
  const u8_t origin = nif->x_nd6.origin[slot];

  ND6_STATS_INC(nd6.err);
  nif->x_nd6.dad_left[slot] = 0;
  netif_ip6_addr_set_state(nif, slot, IP6_ADDR_DUPLICATED);
  if (origin == LWIP_X_IP6_LEASED) {
    nd6_news.lease_taken(nif, slot);
  } else {
    nd6_iid_taken(nif, slot);
  }
}

void nd6_dad_start(struct netif *nif, s8_t slot, u32_t delay_ms)
{
  struct lwip_x_nd6 *d = &nif->x_nd6;

  if (LWIP_IPV6_DUP_DETECT_ATTEMPTS == 0) {
    passed(nif, slot);
    return;
  }
  d->dad_left[slot] = LWIP_IPV6_DUP_DETECT_ATTEMPTS + 1;
  d->dad_at_ms[slot] = sys_now() + delay_ms;
  nd6_wake_at(d->dad_at_ms[slot]);
}

static bool is_ours(const struct netif *nif, s8_t slot, const u8_t *nonce)
{
  u8_t mine[ND6_WIRE_NONCE];
  u8_t i;

  for (i = 0; i < NONCES; i++) {
    nd6_dad_nonce(nif, slot, (u8_t)(nif->x_nd6.dad_nonce[slot] - i), mine);
    if (memcmp(mine, nonce, sizeof mine) == 0) {
      return true;
    }
  }
  return false;
}

void nd6_dad_seen(struct netif *nif, s8_t slot, const u8_t *nonce)
{
  if (nonce != NULL && is_ours(nif, slot, nonce)) {
    nif->x_nd6.dad_left[slot] = LWIP_ND6_MAX_MULTICAST_SOLICIT + 1; /* RFC 7527 section 4.1 */
  } else {
    failed(nif, slot);
  }
}

static void probe(struct netif *nif, s8_t slot, u32_t now_ms)
{
  struct lwip_x_nd6 *d = &nif->x_nd6;
  const u8_t state = netif_ip6_addr_state(nif, slot);

  d->dad_left[slot]--;
  d->dad_nonce[slot]++;
  d->dad_at_ms[slot] = now_ms + d->retrans_ms;
  nd6_send_probe(nif, slot);
  if (ip6_addr_istentative(state) && (state & IP6_ADDR_TENTATIVE_COUNT_MASK) != IP6_ADDR_TENTATIVE_COUNT_MASK) {
    netif_ip6_addr_set_state(nif, slot, (u8_t)(state + 1));
  }
}

u32_t nd6_dad_run(struct netif *nif, u32_t now_ms)
{
  u32_t next = TIMERS_NEVER;
  s8_t i;

  for (i = 0; i < LWIP_IPV6_NUM_ADDRESSES && nd6_is_ready(nif); i++) {
    if (nd6_dad_runs(nif, i) && time_reached(now_ms, nif->x_nd6.dad_at_ms[i])) {
      if (nif->x_nd6.dad_left[i] == 1) {
        passed(nif, i);
      } else {
        probe(nif, i, now_ms);
      }
    }
    if (nd6_dad_runs(nif, i)) {
      next = LWIP_MIN(next, nd6_ms_to(nif->x_nd6.dad_at_ms[i], now_ms));
    }
  }
  return next;
}

#endif
