/**
 * IGMP: membership of groups (RFC 3376; versions 2 and 1 towards older queriers).
 *
 * The first group of an interface is 224.0.0.1, which is never reported; it says until when older queriers are thought to be there.
 */
#include "igmp_host.h"

#include "../base/core.h"
#include "../mem/timeouts_run.h"
#include "../wire/wire_igmp.h"
#include "../wire/wire_ip4.h"
#include "igmp_internal.h"
#include "lwip/ip.h"

#if LWIP_IPV4 && LWIP_IGMP

enum { ALIKE = 1 / (offsetof(struct igmp_group, group_address) == MCAST_ADDR_AT) };

/** As many records as fit the smallest MTU IPv4 hosts accept, or fewer. */
u8_t igmp_room(const struct netif *nif)
{
  enum { MOST = 64, HEADERS = IP4_WIRE_HLEN + 4 + IGMP_WIRE_LEN }; /* with the Router Alert */

  if (nif->mtu == 0 || nif->mtu >= HEADERS + MOST * IGMP_WIRE_LEN) {
    return MOST;
  }
  return (u8_t)((LWIP_MAX(nif->mtu, HEADERS + IGMP_WIRE_LEN) - HEADERS) / IGMP_WIRE_LEN);
}

static const ip4_addr_t *addr_of(const struct mcast_group *g)
{
  return &((const struct igmp_group *)(const void *)g)->group_address;
}

bool igmp_is_silent(const struct mcast_group *g)
{
  return addr_of(g)->addr == IGMP_ALL_SYSTEMS;
}

void igmp_filter(struct netif *nif, const struct mcast_group *g, enum netif_mac_filter_action action)
{
  if (nif->igmp_mac_filter != NULL) {
    (void)nif->igmp_mac_filter(nif, addr_of(g), action);
  }
}

/** A program's group comes behind 224.0.0.1. */
static err_t join(bool six, struct netif *nif, const void *addr)
{
  return igmp_start(nif) == ERR_OK ? mcast_join(six, nif, addr) : ERR_MEM;
}

/** May a program join it?  224.0.0.1 is the stack's. */
static bool is_joinable(const ip4_addr_t *addr)
{
  return addr != NULL && ip4_addr_ismulticast(addr) && addr->addr != IGMP_ALL_SYSTEMS;
}

/** Do @p one on every interface with IGMP and the address @p ifaddr (any: all). */
static err_t on_each(const ip4_addr_t *ifaddr, const ip4_addr_t *addr, mcast_change_fn one)
{
  struct netif *nif;
  err_t err = ERR_VAL;
  bool failed = false;

  if (!is_joinable(addr)) {
    return ERR_VAL;
  }
  if (!core_enter()) {
    return ERR_INPROGRESS;
  }
  NETIF_FOREACH(nif)
  { /* no break: with LWIP_SINGLE_NETIF this is no loop */
    if (!failed && netif_is_flag_set(nif, NETIF_FLAG_IGMP) &&
        (ip4_addr_isany(ifaddr) || ip4_addr_eq(netif_ip4_addr(nif), ifaddr))) {
      err = one(false, nif, addr);
      failed = err != ERR_OK;
    }
  }
  core_leave();
  return err;
}

static err_t on_one(struct netif *nif, const ip4_addr_t *addr, mcast_change_fn one)
{
  err_t err;

  if (nif == NULL || !is_joinable(addr) || !netif_is_flag_set(nif, NETIF_FLAG_IGMP)) {
    return ERR_VAL;
  }
  if (!core_enter()) {
    return ERR_INPROGRESS;
  }
  err = one(false, nif, addr);
  core_leave();
  return err;
}

#if LWIP_X_MCAST_SOURCES

err_t igmp_source(struct netif *nif, const ip4_addr_t *group, const ip_addr_t *source, enum lwip_x_mcast_change change)
{
  err_t err;

  if (!is_joinable(group) || !netif_is_flag_set(nif, NETIF_FLAG_IGMP)) {
    return ERR_VAL;
  }
  if (!core_enter()) {
    return ERR_INPROGRESS;
  }
  err = igmp_start(nif) == ERR_OK ? mcast_change_source(false, nif, group, source, change) : ERR_MEM;
  core_leave();
  return err;
}

#endif

err_t igmp_joingroup(const ip4_addr_t *ifaddr, const ip4_addr_t *groupaddr)
{
  return on_each(ifaddr, groupaddr, join);
}

err_t igmp_joingroup_netif(struct netif *netif, const ip4_addr_t *groupaddr)
{
  return on_one(netif, groupaddr, join);
}

err_t igmp_leavegroup(const ip4_addr_t *ifaddr, const ip4_addr_t *groupaddr)
{
  return on_each(ifaddr, groupaddr, mcast_leave);
}

err_t igmp_leavegroup_netif(struct netif *netif, const ip4_addr_t *groupaddr)
{
  return on_one(netif, groupaddr, mcast_leave);
}

struct igmp_group *igmp_lookfor_group(struct netif *ifp, const ip4_addr_t *addr)
{
  return (struct igmp_group *)(void *)mcast_lookup(false, ifp, addr);
}

err_t igmp_start(struct netif *netif)
{
  const ip4_addr_t all = { IGMP_ALL_SYSTEMS };
  struct mcast_group *g;

  if (netif_igmp_data(netif) != NULL) {
    return ERR_OK;
  }
  g = mcast_add(false, netif, &all);
  if (g == NULL) {
    return ERR_MEM;
  }
  g->use = 1;
  igmp_filter(netif, g, NETIF_ADD_MAC_FILTER);
  return ERR_OK;
}

err_t igmp_stop(struct netif *netif)
{
  mcast_stop(false, netif);
  return ERR_OK;
}

void igmp_report_groups(struct netif *netif)
{
  mcast_report_groups(false, netif);
}

void igmp_netif_changed(const struct link_change *c)
{
  if (c->what == LINK_EV_ADDED && netif_is_flag_set(c->nif, NETIF_FLAG_IGMP)) {
    (void)igmp_start(c->nif);
  } else if (c->what == LINK_EV_REMOVED && netif_igmp_data(c->nif) != NULL) {
    (void)igmp_stop(c->nif);
  } else if (c->what == LINK_EV_READY) {
    igmp_report_groups(c->nif);
  }
}

void igmp_init(void)
{
}

void igmp_tmr(void)
{
  timeouts_poll_by_hand();
}

#endif
