/** What becomes of neighbour discovery when an interface or one of its addresses changes. */
#include "nd6_internal.h"

#if LWIP_IPV6

#include "../base/core.h"
#include "../base/random.h"
#include "lwip/mld6.h"

/** Reports of groups come before the probes that need them. */
#define GROUPS_FIRST_MS 200u

/* --- interfaces --- */

static void init(struct netif *nif)
{
#if LWIP_ND6_ALLOW_RA_UPDATES
  nif->mtu6 = nif->mtu;
#endif
  nif->x_nd6.retrans_ms = LWIP_ND6_RETRANS_TIMER;
  nd6_set_reachable(nif, LWIP_ND6_REACHABLE_TIME);
}

static void forget(struct netif *nif)
{
  nd6_forget_neighbors(nif);
  nd6_forget_dests(nif);
  nd6_forget_prefixes(nif);
  nd6_forget_routers(nif);
  nd6_forget_dns(nif);
  nd6_forget_dnssl(nif);
  nd6_rs_stop(nif);
  nif->x_nd6.hop_limit = 0;
  init(nif);
}

static bool has_linklocal(const struct netif *nif)
{
  return ip6_addr_isvalid(netif_ip6_addr_state(nif, 0)) && ip6_addr_islinklocal(netif_ip6_addr(nif, 0));
}

/** There is a link, perhaps another one than before. */
static void begin(struct netif *nif)
{
  s8_t i;

  for (i = 0; i < LWIP_IPV6_NUM_ADDRESSES; i++) {
    const u8_t state = netif_ip6_addr_state(nif, i);
    if (ip6_addr_isduplicated(state)) {
      netif_ip6_addr_set_state(nif, i, IP6_ADDR_TENTATIVE);
    } else if (!ip6_addr_isinvalid(state) && !ip6_addr_isloopback(netif_ip6_addr(nif, i))) {
      nd6_tell_later(nif, i, ip6_addr_isvalid(state) != 0);
      nd6_dad_start(nif, i, GROUPS_FIRST_MS + random_below(ND6_START_DELAY_MS - GROUPS_FIRST_MS));
    }
  }
  if (has_linklocal(nif)) {
    nd6_rs_start(nif, random_below(ND6_START_DELAY_MS));
  }
}

void nd6_netif_changed(const struct link_change *c)
{
  switch (c->what) {
    case LINK_EV_ADDED:
      init(c->nif);
      break;
    case LINK_EV_UP:
    case LINK_EV_LINK_UP:
      if (nd6_is_ready(c->nif)) {
        nd6_life_doubt(c->nif);
        begin(c->nif);
      }
      break;
    case LINK_EV_DOWN:
    case LINK_EV_LINK_DOWN:
    case LINK_EV_REMOVED:
      forget(c->nif);
      break;
    default: /* IPv4's */
      break;
  }
}

void nd6_cleanup_netif(struct netif *netif)
{
  if (netif != NULL && core_enter()) {
    forget(netif);
    core_leave();
  }
}

void nd6_restart_netif(struct netif *netif)
{
  if (netif != NULL && core_enter()) {
    if (nd6_is_ready(netif)) {
      begin(netif);
    }
    core_leave();
  }
}

/* --- addresses --- */

#if LWIP_IPV6_MLD

/** Does an address in @p state belong to its solicited-node group? */
static bool is_member(u8_t state)
{
  return !ip6_addr_isinvalid(state) && !ip6_addr_isduplicated(state);
}

static void adjust_group(struct netif *nif, s8_t slot, u8_t old_state, u8_t new_state)
{
  ip6_addr_t group;

  if (!netif_is_flag_set(nif, NETIF_FLAG_MLD6) || is_member(old_state) == is_member(new_state)) {
    return;
  }
  nd6_solicited_group(&group, netif_ip6_addr(nif, slot), nif);
  if (is_member(new_state)) {
    (void)mld6_joingroup_netif(nif, &group);
  } else {
    (void)mld6_leavegroup_netif(nif, &group);
  }
}

void nd6_adjust_mld_membership(struct netif *netif, s8_t addr_idx, u8_t new_state)
{
  if (netif != NULL && addr_idx >= 0 && addr_idx < LWIP_IPV6_NUM_ADDRESSES) {
    adjust_group(netif, addr_idx, netif_ip6_addr_state(netif, addr_idx), new_state);
  }
}

#else

static void adjust_group(struct netif *nif, s8_t slot, u8_t old_state, u8_t new_state)
{
  LWIP_UNUSED_ARG(nif);
  LWIP_UNUSED_ARG(slot);
  LWIP_UNUSED_ARG(old_state);
  LWIP_UNUSED_ARG(new_state);
}

#endif

void nd6_addr_changed(struct netif *nif, s8_t slot, u8_t old_state)
{
  const u8_t state = netif_ip6_addr_state(nif, slot);
  const bool probed = ip6_addr_istentative(old_state) && nd6_dad_runs(nif, slot) == false;

  adjust_group(nif, slot, old_state, state);
  nd6_hop_changed();
  if (ip6_addr_istentative(state)) {
    if (!nd6_dad_runs(nif, slot)) {
      nd6_dad_start(nif, slot, random_below(ND6_START_DELAY_MS));
    }
    return;
  }
  if (ip6_addr_isvalid(state) != 0 && ip6_addr_isvalid(old_state) != 0) {
    return;
  }
  nif->x_nd6.dad_left[slot] = 0;
  if (!ip6_addr_isvalid(state)) {
    nd6_tell_later(nif, slot, false);
  }
  if (ip6_addr_isinvalid(state)) {
    nif->x_nd6.origin[slot] = LWIP_X_IP6_MANUAL;
    nd6_iid_forget(nif, slot);
  } else if (slot == 0 && has_linklocal(nif) && nd6_is_ready(nif)) {
    nd6_rs_start(nif, probed ? 0 : random_below(ND6_START_DELAY_MS));
  }
}

#endif
