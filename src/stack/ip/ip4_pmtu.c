/** A handful of narrow paths; the oldest entry makes room. */
#include "ip4_pmtu.h"

#include "../base/seq.h"
#include "lwip/sys.h"

#if LWIP_IPV4 && LWIP_X_IP4_PMTU

#define LIFETIME_MS (10u * 60u * 1000u)

struct path {
  u32_t dest;
  u32_t until; /**< ms */
  u16_t mtu;   /**< 0: free */
};

static struct path paths[LWIP_X_IP4_PMTU];
u8_t ip4_pmtu_known;

static void forget_old(u32_t now)
{
  size_t i;

  for (i = 0; i < LWIP_X_IP4_PMTU; i++) {
    if (paths[i].mtu != 0 && time_reached(now, paths[i].until)) {
      paths[i].mtu = 0;
      ip4_pmtu_known--;
    }
  }
}

u16_t ip4_pmtu_find(u32_t dest)
{
  size_t i;

  forget_old(sys_now());
  for (i = 0; i < LWIP_X_IP4_PMTU; i++) {
    if (paths[i].mtu != 0 && paths[i].dest == dest) {
      return paths[i].mtu;
    }
  }
  return 0xffff;
}

/** The entry of @p dest, else a free one, else the oldest. */
static struct path *slot(u32_t dest)
{
  struct path *best = &paths[0];
  size_t i;

  for (i = 0; i < LWIP_X_IP4_PMTU; i++) {
    struct path *e = &paths[i];
    if (e->mtu != 0 && e->dest == dest) {
      return e;
    }
    if (best->mtu != 0 && (e->mtu == 0 || seq_lt(e->until, best->until))) {
      best = e;
    }
  }
  return best;
}

void ip4_pmtu_learn(u32_t dest, u16_t mtu)
{
  const u32_t now = sys_now();
  struct path *e;

  forget_old(now);
  e = slot(dest);
  if (e->mtu == 0) {
    ip4_pmtu_known++;
  }
  if (mtu < IP4_PMTU_MIN) {
    mtu = IP4_PMTU_MIN;
  }
  if (e->mtu == 0 || e->dest != dest || mtu < e->mtu) {
    e->mtu = mtu;
  }
  e->dest = dest;
  e->until = now + LIFETIME_MS;
}

#endif
