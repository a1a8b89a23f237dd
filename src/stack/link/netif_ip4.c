/** The IPv4 address, netmask and gateway of an interface. */
#include "netif_addr.h"

#if LWIP_IPV4

#include "lwip/snmp.h"

#include "../base/core.h"
#include "netif_events.h"
#include "netif_recent.h"

struct netif_recent netif_recent;

void netif_recent_forget(void)
{
  netif_recent.in = netif_recent.out = NULL;
}

void netif_ip4_init(struct netif *nif, const ip4_addr_t *ip, const ip4_addr_t *mask, const ip4_addr_t *gw)
{
  ip_addr_set_zero_ip4(&nif->ip_addr);
  ip_addr_set_zero_ip4(&nif->netmask);
  ip_addr_set_zero_ip4(&nif->gw);
  ip4_addr_set(ip_2_ip4(&nif->ip_addr), ip);
  ip4_addr_set(ip_2_ip4(&nif->netmask), mask);
  ip4_addr_set(ip_2_ip4(&nif->gw), gw);
}

void netif_ip4_leave(struct netif *nif)
{
  ip_addr_t old;

  if (!ip_addr_isany_val(nif->ip_addr)) {
    ip_addr_copy(old, nif->ip_addr);
    netif_tell_addr(nif, LINK_EV_ADDR_CHANGED, &old, IP4_ADDR_ANY);
    mib2_remove_ip4(nif);
  }
}

void netif_ip4_ready(struct netif *nif)
{
  const u8_t both = NETIF_FLAG_UP | NETIF_FLAG_LINK_UP;

  if ((nif->flags & both) == both && !ip4_addr_isany_val(*netif_ip4_addr(nif))) {
    netif_tell(nif, LINK_EV_READY);
  }
}

/** Set @p at to @p value.  @return true if that changed it; @p old gets what was */
static bool replace(ip_addr_t *at, u32_t value, ip_addr_t *old)
{
  ip_addr_copy(*old, *at);
  ip_addr_set_ip4_u32_val(*at, value);
  netif_recent_forget();
  return ip_2_ip4(old)->addr != value;
}

/** The address moves: observers learn of it while everything is as it was. */
static void announce_move(struct netif *nif, u32_t ip)
{
  ip_addr_t now;

  ip_addr_set_ip4_u32_val(now, ip);
  netif_tell_addr(nif, LINK_EV_ADDR_CHANGED, &nif->ip_addr, &now);
  mib2_remove_ip4(nif);
  mib2_remove_route_ip4(0, nif);
}

/** Set all three, in network byte order.  @p also: a reason to give along with what changed */
static void change(struct netif *nif, u32_t ip, u32_t mask, u32_t gw, netif_nsc_reason_t also)
{
  netif_ext_callback_args_t args = { .ipv4_changed = { NULL, NULL, NULL } };
  netif_nsc_reason_t why = LWIP_NSC_NONE;
  ip_addr_t old_ip, old_mask, old_gw;

  if (ip != netif_ip4_addr(nif)->addr) {
    announce_move(nif, ip);
  }
  if (replace(&nif->netmask, mask, &old_mask)) {
    args.ipv4_changed.old_netmask = &old_mask;
    why |= LWIP_NSC_IPV4_NETMASK_CHANGED;
  }
  if (replace(&nif->gw, gw, &old_gw)) {
    args.ipv4_changed.old_gw = &old_gw;
    why |= LWIP_NSC_IPV4_GATEWAY_CHANGED;
  }
  if (replace(&nif->ip_addr, ip, &old_ip)) {
    args.ipv4_changed.old_address = &old_ip;
    why |= LWIP_NSC_IPV4_ADDRESS_CHANGED;
    mib2_add_ip4(nif);
    mib2_add_route_ip4(0, nif);
    netif_ip4_ready(nif);
    netif_tell_status(nif);
  }
  LWIP_UNUSED_ARG(args); /* unless there are extended callbacks */
  LWIP_UNUSED_ARG(also);
  if (why != LWIP_NSC_NONE) {
    netif_invoke_ext_callback(nif, (netif_nsc_reason_t)(why | also), &args);
  }
}

/** NULL is any. */
static u32_t value_of(const ip4_addr_t *a)
{
  return a == NULL ? IPADDR_ANY : a->addr;
}

void netif_set_addr(struct netif *netif, const ip4_addr_t *ipaddr, const ip4_addr_t *netmask, const ip4_addr_t *gw)
{
  if (netif != NULL && core_enter()) {
    change(netif, value_of(ipaddr), value_of(netmask), value_of(gw), LWIP_NSC_IPV4_SETTINGS_CHANGED);
    core_leave();
  }
}

void netif_set_ipaddr(struct netif *netif, const ip4_addr_t *ipaddr)
{
  if (netif != NULL && core_enter()) {
    change(netif, value_of(ipaddr), netif_ip4_netmask(netif)->addr, netif_ip4_gw(netif)->addr, LWIP_NSC_NONE);
    core_leave();
  }
}

void netif_set_netmask(struct netif *netif, const ip4_addr_t *netmask)
{
  if (netif != NULL && core_enter()) {
    change(netif, netif_ip4_addr(netif)->addr, value_of(netmask), netif_ip4_gw(netif)->addr, LWIP_NSC_NONE);
    core_leave();
  }
}

void netif_set_gw(struct netif *netif, const ip4_addr_t *gw)
{
  if (netif != NULL && core_enter()) {
    change(netif, netif_ip4_addr(netif)->addr, netif_ip4_netmask(netif)->addr, value_of(gw), LWIP_NSC_NONE);
    core_leave();
  }
}

#endif
