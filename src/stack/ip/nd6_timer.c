/**
 * One timer for all of neighbour discovery.
 *
 * Two clocks: milliseconds for what is being asked (neighbours, probes, router solicitations), whole seconds for what
 * was given for a time (routers, prefixes, addresses, DNS servers), since such a time may outlast the 32-bit clock of
 * milliseconds.  Each file says when it wants to be called next; the timer is set to the earliest and does not run when there
 * is nothing to wait for.  Whoever makes something wait says so by nd6_wake_at() or nd6_wake().
 */
#include "nd6_internal.h"

#if LWIP_IPV6

#include "../mem/timeouts_run.h"

/** The seconds are counted at least this often. */
#define DAY_S 86400u

static struct timer timer;

u32_t nd6_now_s(void)
{
  static u32_t seconds, counted_ms;
  const u32_t s = (sys_now() - counted_ms) / 1000u;

  seconds += s;
  counted_ms += s * 1000u;
  return seconds;
}

u32_t nd6_until(u32_t life_s)
{
  const u32_t now_s = nd6_now_s();

  return life_s < ND6_X_FOREVER - now_s ? now_s + life_s : ND6_X_FOREVER;
}

static void ring(struct timer *t);

void nd6_wake_at(u32_t at_ms)
{
  timer_set_by(&timer, at_ms, ring);
}

void nd6_wake(void)
{
  nd6_wake_at(sys_now());
}

static u32_t min_of(u32_t a, u32_t b)
{
  return LWIP_MIN(a, b);
}

/** Seconds until the first of them ends. */
static u32_t expire(u32_t now_s)
{
  u32_t s = nd6_prefix_expire(now_s); /* before the routers, who stay as long as there are routes by them */

  s = min_of(s, nd6_router_expire(now_s));
  s = min_of(s, nd6_dest_expire(now_s));
  s = min_of(s, nd6_dnssl_expire(now_s));
  return min_of(s, nd6_dns_expire(now_s));
}

static void ring(struct timer *t)
{
  const u32_t now = sys_now(), now_s = nd6_now_s();
  u32_t ms = nd6_nud_run(now), s = expire(now_s);
  struct netif *nif;

  (void)t;
  NETIF_FOREACH(nif)
  {
    ms = min_of(ms, min_of(nd6_dad_run(nif, now), nd6_rs_run(nif, now)));
    ms = min_of(ms, nd6_tell_run(nif, now));
    s = min_of(s, nd6_life_run(nif, now_s));
  }
  if (s != ND6_X_FOREVER) {
    ms = min_of(ms, min_of(s, DAY_S) * 1000u);
  }
  if (ms != TIMERS_NEVER) {
    nd6_wake_at(now + ms);
  }
}

void nd6_tmr(void)
{
  timeouts_poll_by_hand();
}

#endif
