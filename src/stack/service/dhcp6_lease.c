/**
 * Leased addresses.  They are where all addresses are, in the slots of the interface, marked as leased; their lifetimes, their
 * duplicate detection and their end are neighbour discovery's business.
 */
#include "dhcp6_client.h"

#if LWIP_IPV6 && LWIP_IPV6_DHCP6 && LWIP_IPV6_DHCP6_STATEFUL

#include "../ip/nd6_host.h"
#include "lwip/priv/nd6_priv.h"
#include <string.h>

#define T1_LEAST_S 5u /* a server that wants more has our pity, not our battery */

s8_t dhcp6_leased_slot(const struct netif *nif, s8_t slot)
{
  for (slot++; slot < LWIP_IPV6_NUM_ADDRESSES; slot++) {
    if (nif->x_nd6.origin[slot] == LWIP_X_IP6_LEASED) {
      return slot;
    }
  }
  return -1;
}

void dhcp6_drop_leases(struct netif *nif)
{
  s8_t slot = -1;

  while ((slot = dhcp6_leased_slot(nif, slot)) >= 0) {
    netif_ip6_addr_set_state(nif, slot, IP6_ADDR_INVALID);
  }
}

void dhcp6_give_up_leases(struct dhcp6 *d)
{
  s8_t slot = -1;

  d->x_gone_n = 0;
  while ((slot = dhcp6_leased_slot(d->x_netif, slot)) >= 0) {
    memcpy(d->x_gone[d->x_gone_n++], netif_ip6_addr(d->x_netif, slot)->addr, 16);
    netif_ip6_addr_set_state(d->x_netif, slot, IP6_ADDR_INVALID);
  }
}

u32_t dhcp6_lease_left(const struct netif *nif)
{
  u32_t left_s = 0;
#if LWIP_IPV6_ADDRESS_LIFETIMES
  s8_t slot = -1;

  while ((slot = dhcp6_leased_slot(nif, slot)) >= 0) {
    left_s = LWIP_MAX(left_s, netif_ip6_addr_valid_life(nif, slot));
  }
#else
  LWIP_UNUSED_ARG(nif);
#endif
  return left_s;
}

static bool is_good(const ip6_addr_t *addr)
{
  return !ip6_addr_ismulticast(addr) && !ip6_addr_isany(addr) && !ip6_addr_isloopback(addr) &&
         !ip6_addr_islinklocal(addr);
}

/** Our IA in @p r.  @return false: there is none that makes sense */
static bool find_ia(const struct dhcp6 *d, const struct dhcp6_repr *r, struct dhcp6_ia *ia)
{
  struct dhcp6_span rest = r->options, data;
  u16_t code;

  while (dhcp6_wire_next(&rest, &code, &data)) {
    if (code == DHCP6_OPT_IA_NA && dhcp6_wire_ia(data, ia) && ia->iaid == dhcp6_iaid(d)) {
      return true;
    }
  }
  return false;
}

/** The next address in @p rest.  @return false: no more */
static bool next_lease(struct dhcp6_span *rest, struct dhcp6_lease *l, ip6_addr_t *addr)
{
  struct dhcp6_span data;
  u16_t code;

  while (dhcp6_wire_next(rest, &code, &data)) {
    if (code == DHCP6_OPT_ADDR && dhcp6_wire_lease(data, l)) {
      IP6_ADDR(addr, ne32_get(l->addr), ne32_get(l->addr + 4), ne32_get(l->addr + 8), ne32_get(l->addr + 12));
      if (is_good(addr)) {
        return true;
      }
    }
  }
  return false;
}

const u8_t *dhcp6_offered(const struct dhcp6 *d, const struct dhcp6_repr *r)
{
  struct dhcp6_lease l;
  struct dhcp6_ia ia;
  ip6_addr_t addr;

  if (!find_ia(d, r, &ia) || ia.status != DHCP6_WIRE_SUCCESS) {
    return NULL;
  }
  while (next_lease(&ia.options, &l, &addr)) {
    if (l.valid_s != 0) {
      return l.addr;
    }
  }
  return NULL;
}

/** @return true: the address is ours now */
static bool take(struct netif *nif, const ip6_addr_t *addr, const struct dhcp6_lease *l)
{
  s8_t slot = netif_get_ip6_addr_match(nif, addr);

  if (slot >= 0 && nif->x_nd6.origin[slot] != LWIP_X_IP6_LEASED) {
    return false; /* ours by other means */
  }
  if (l->valid_s == 0) {
    if (slot >= 0) {
      netif_ip6_addr_set_state(nif, slot, IP6_ADDR_INVALID);
    }
    return false;
  }
  if (slot >= 0) {
    nd6_addr_set_life(nif, slot, l->valid_s, l->preferred_s);
    return true;
  }
  slot = nd6_addr_slot(nif);
  if (slot >= 0) {
    nd6_addr_configure(nif, slot, addr, LWIP_X_IP6_LEASED, l->valid_s, l->preferred_s);
  }
  return slot >= 0;
}

/** Part @p tenths of @p s, which may be for ever. */
static u32_t part(u32_t s, u32_t tenths)
{
  return s == ND6_X_FOREVER ? s : s / 10 * tenths + s % 10 * tenths / 10;
}

u16_t dhcp6_take_ia(struct dhcp6 *d, const struct dhcp6_repr *r)
{
  u32_t shortest_s = ND6_X_FOREVER;
  struct dhcp6_lease l;
  struct dhcp6_ia ia;
  ip6_addr_t addr;
  bool any = false;

  if (!find_ia(d, r, &ia)) {
    return DHCP6_WIRE_UNSPEC_FAIL;
  }
  if (ia.status != DHCP6_WIRE_SUCCESS) {
    return ia.status;
  }
  while (next_lease(&ia.options, &l, &addr)) {
    if (take(d->x_netif, &addr, &l)) {
      any = true;
      shortest_s = LWIP_MIN(shortest_s, l.preferred_s);
    }
  }
  if (!any) {
    return DHCP6_WIRE_NO_ADDRS;
  }
  ia.t1_s = ia.t1_s != 0 ? ia.t1_s : part(shortest_s, 5);
  ia.t2_s = ia.t2_s != 0 ? ia.t2_s : part(shortest_s, 8);
  d->x_renew_s = nd6_until(LWIP_MAX(ia.t1_s, T1_LEAST_S));
  d->x_rebind_s = nd6_until(LWIP_MAX(ia.t2_s, ia.t1_s));
  return DHCP6_WIRE_SUCCESS;
}

void dhcp6_lease_taken(struct netif *nif, s8_t slot)
{
  struct dhcp6 *d = netif_dhcp6_data(nif);

  LWIP_UNUSED_ARG(slot); /* its state says so */
  if (d != NULL && DHCP6_IN(d, DHCP6_LEASED)) {
    dhcp6_begin(d, DHCP6_DECLINING);
  }
}

#endif
