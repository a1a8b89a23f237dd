/** Multicast listener discovery: membership of groups (RFC 3810; version 1 towards older queriers). */
#include "mld6_internal.h"

#if LWIP_IPV6 && LWIP_IPV6_MLD

#include "../base/core.h"
#include "../mem/timeouts_run.h"
#include "../wire/wire_mld6.h"
#include "ip_zone.h"

enum { ALIKE = 1 / (offsetof(struct mld_group, group_address) == MCAST_ADDR_AT) };

/** All nodes, and groups that do not leave the interface, are nobody's business (RFC 3810 section 6). */
bool mld6_is_silent(const struct mcast_group *g)
{
  const ip6_addr_t *addr = mld6_addr_of(g);

  return ip6_addr_isallnodes_linklocal(addr) || ip6_addr_multicast_scope(addr) <= IP6_MULTICAST_SCOPE_INTERFACE_LOCAL;
}

void mld6_filter(struct netif *nif, const struct mcast_group *g, enum netif_mac_filter_action action)
{
  netif_mld_mac_filter(nif, mld6_addr_of(g), action);
}

/** @p addr has the zone of @p nif then, as all groups of its list. */
static err_t on_one(struct netif *nif, const ip6_addr_t *addr, mcast_change_fn change)
{
  ip6_addr_t group;
  err_t err;

  if (nif == NULL || addr == NULL || !ip6_addr_ismulticast(addr)) {
    return ERR_VAL;
  }
  if (!core_enter()) {
    return ERR_INPROGRESS;
  }
  group = *addr;
  ip6_zone_assign(&group, nif);
  err = change(true, nif, &group);
  core_leave();
  return err;
}

#if LWIP_X_MCAST_SOURCES

err_t mld6_source(struct netif *nif, const ip6_addr_t *group, const ip_addr_t *source, enum lwip_x_mcast_change change)
{
  ip6_addr_t zoned = *group;
  err_t err;

  if (!core_enter()) {
    return ERR_INPROGRESS;
  }
  ip6_zone_assign(&zoned, nif);
  err = mcast_change_source(true, nif, &zoned, source, change);
  core_leave();
  return err;
}

#endif

/** Do @p change on every interface with the address @p srcaddr (any: all). */
static err_t on_each(const ip6_addr_t *srcaddr, const ip6_addr_t *addr, mcast_change_fn change)
{
  struct netif *nif;
  err_t err = ERR_VAL;
  bool failed = false;

  NETIF_FOREACH(nif) /* no break: with LWIP_SINGLE_NETIF this is no loop */
  {
    if (!failed && netif_is_flag_set(nif, NETIF_FLAG_MLD6) &&
        (ip6_addr_isany(srcaddr) || netif_get_ip6_addr_match(nif, srcaddr) >= 0)) {
      err = on_one(nif, addr, change);
      failed = err != ERR_OK;
    }
  }
  return err;
}

err_t mld6_joingroup(const ip6_addr_t *srcaddr, const ip6_addr_t *groupaddr)
{
  return on_each(srcaddr, groupaddr, mcast_join);
}

err_t mld6_joingroup_netif(struct netif *netif, const ip6_addr_t *groupaddr)
{
  return on_one(netif, groupaddr, mcast_join);
}

err_t mld6_leavegroup(const ip6_addr_t *srcaddr, const ip6_addr_t *groupaddr)
{
  return on_each(srcaddr, groupaddr, mcast_leave);
}

err_t mld6_leavegroup_netif(struct netif *netif, const ip6_addr_t *groupaddr)
{
  return on_one(netif, groupaddr, mcast_leave);
}

struct mld_group *mld6_lookfor_group(struct netif *ifp, const ip6_addr_t *addr)
{
  return (struct mld_group *)(void *)mcast_lookup(true, ifp, addr);
}

err_t mld6_stop(struct netif *netif)
{
  mcast_stop(true, netif);
  return ERR_OK;
}

void mld6_report_groups(struct netif *netif)
{
  mcast_report_groups(true, netif);
}

void mld6_netif_changed(const struct link_change *c)
{
  if (c->what == LINK_EV_REMOVED) {
    (void)mld6_stop(c->nif);
  } else if ((c->what == LINK_EV_UP || c->what == LINK_EV_LINK_UP) && netif_is_up(c->nif) && netif_is_link_up(c->nif)) {
    mld6_report_groups(c->nif);
  }
}

void mld6_tmr(void)
{
  timeouts_poll_by_hand();
}

#endif
