/** The IPv4 address, netmask and gateway of an interface. */
#include "netif_addr.h"

#if LWIP_IPV4

#include "lwip/snmp.h"

#include "../base/core.h"
#include "netif_events.h"

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
    netif_tell_addr(nif, &old, IP4_ADDR_ANY);
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

/** Set @p at to @p now and keep what it was in @p old.  @return true if that changed it */
static bool replace(ip_addr_t *at, const ip4_addr_t *now, ip_addr_t *old)
{
  u32_t value = now == NULL ? IPADDR_ANY : now->addr; /* now may point into the interface itself */

  ip_addr_copy(*old, *at);
  ip_addr_set_ip4_u32_val(*at, value);
  return ip_2_ip4(old)->addr != value;
}

/** Observers learn of the change while the old address still works, everybody else afterwards. */
static bool replace_address(struct netif *nif, const ip4_addr_t *ip, ip_addr_t *old)
{
  ip_addr_t now;

  ip_addr_copy(*old, nif->ip_addr);
  ip_addr_copy(now, nif->ip_addr);
  if (!replace(&now, ip, old)) {
    return false;
  }
  netif_tell_addr(nif, old, &now);
  mib2_remove_ip4(nif);
  mib2_remove_route_ip4(0, nif);
  ip_addr_copy(nif->ip_addr, now);
  mib2_add_ip4(nif);
  mib2_add_route_ip4(0, nif);
  return true;
}

/** Which of the three to set. */
enum { SET_IP = 1, SET_MASK = 2, SET_GW = 4 };

static void change(struct netif *nif, unsigned which, const ip4_addr_t *ip, const ip4_addr_t *mask,
                   const ip4_addr_t *gw)
{
  ip_addr_t old_ip, old_mask, old_gw;
  netif_ext_callback_args_t args = { .ipv4_changed = { NULL, NULL, NULL } };
  netif_nsc_reason_t why = LWIP_NSC_NONE;
  /* An address goes before, and comes after, the network it is in. */
  bool leaving = (which & SET_IP) && (ip == NULL || ip4_addr_isany_val(*ip));
  bool moved = leaving && replace_address(nif, ip, &old_ip);

  if ((which & SET_MASK) && replace(&nif->netmask, mask, &old_mask)) {
    args.ipv4_changed.old_netmask = &old_mask;
    why |= LWIP_NSC_IPV4_NETMASK_CHANGED;
  }
  if ((which & SET_GW) && replace(&nif->gw, gw, &old_gw)) {
    args.ipv4_changed.old_gw = &old_gw;
    why |= LWIP_NSC_IPV4_GATEWAY_CHANGED;
  }
  if ((which & SET_IP) && !leaving) {
    moved = replace_address(nif, ip, &old_ip);
  }
  if (moved) {
    args.ipv4_changed.old_address = &old_ip;
    why |= LWIP_NSC_IPV4_ADDRESS_CHANGED;
    netif_ip4_ready(nif);
    netif_tell_status(nif);
  }
  LWIP_UNUSED_ARG(args); /* unless there are extended callbacks */
  if (why != LWIP_NSC_NONE) {
    why |= which == (SET_IP | SET_MASK | SET_GW) ? LWIP_NSC_IPV4_SETTINGS_CHANGED : LWIP_NSC_NONE;
    netif_invoke_ext_callback(nif, why, &args);
  }
}

void netif_set_addr(struct netif *netif, const ip4_addr_t *ipaddr, const ip4_addr_t *netmask, const ip4_addr_t *gw)
{
  if (netif != NULL && core_enter()) {
    change(netif, SET_IP | SET_MASK | SET_GW, ipaddr, netmask, gw);
    core_leave();
  }
}

void netif_set_ipaddr(struct netif *netif, const ip4_addr_t *ipaddr)
{
  if (netif != NULL && core_enter()) {
    change(netif, SET_IP, ipaddr, NULL, NULL);
    core_leave();
  }
}

void netif_set_netmask(struct netif *netif, const ip4_addr_t *netmask)
{
  if (netif != NULL && core_enter()) {
    change(netif, SET_MASK, NULL, netmask, NULL);
    core_leave();
  }
}

void netif_set_gw(struct netif *netif, const ip4_addr_t *gw)
{
  if (netif != NULL && core_enter()) {
    change(netif, SET_GW, NULL, NULL, gw);
    core_leave();
  }
}

#endif
