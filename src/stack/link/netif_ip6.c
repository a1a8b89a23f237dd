/**
 * The IPv6 addresses of an interface: slot 0 is the link-local one, the others are as they come.
 * Neighbour discovery and MLD learn of changes through the observers.
 */
#include "netif_addr.h"

#if LWIP_IPV6

#include "../base/bytes.h"
#include "../base/core.h"
#include "netif_events.h"
#include "netif_iid.h"
#include <string.h>

static bool slot_ok(const struct netif *nif, s8_t slot)
{
  return nif != NULL && slot >= 0 && slot < LWIP_IPV6_NUM_ADDRESSES;
}

#if LWIP_IPV6_ADDRESS_LIFETIMES
static void life_init(struct netif *nif, int slot)
{
  nif->ip6_addr_valid_life[slot] = IP6_ADDR_LIFE_STATIC;
  nif->ip6_addr_pref_life[slot] = IP6_ADDR_LIFE_STATIC;
}
#else
static void life_init(struct netif *nif, int slot)
{
  LWIP_UNUSED_ARG(nif);
  LWIP_UNUSED_ARG(slot);
}
#endif

#if LWIP_IPV6_AUTOCONFIG
static void autoconfig_init(struct netif *nif)
{
  nif->ip6_autoconfig_enabled = 0; /* the program asks for it, or IPv6 gets no global address */
}
#else
static void autoconfig_init(struct netif *nif)
{
  LWIP_UNUSED_ARG(nif);
}
#endif

void netif_ip6_init(struct netif *nif)
{
  int i;

  for (i = 0; i < LWIP_IPV6_NUM_ADDRESSES; i++) {
    ip_addr_set_zero_ip6(&nif->ip6_addr[i]);
    nif->ip6_addr_state[i] = IP6_ADDR_INVALID;
    life_init(nif, i);
  }
  autoconfig_init(nif);
  memset(&nif->x_nd6, 0, sizeof nif->x_nd6);
}

void netif_ip6_leave(struct netif *nif)
{
  s8_t i;

  for (i = 0; i < LWIP_IPV6_NUM_ADDRESSES; i++) {
    netif_ip6_addr_set_state(nif, i, IP6_ADDR_INVALID);
  }
}

/** The address in @p slot has to go, or has come, though its state stays. */
static void replace(struct netif *nif, s8_t slot, const ip_addr_t *now)
{
  const u8_t state = netif_ip6_addr_state(nif, slot);

  if (state != IP6_ADDR_INVALID) {
    nif->ip6_addr_state[slot] = IP6_ADDR_INVALID;
    link_ip6_addr_changed(nif, slot, state);
  }
  nif->ip6_addr[slot] = *now;
  if (state != IP6_ADDR_INVALID) {
    nif->ip6_addr_state[slot] = state;
    link_ip6_addr_changed(nif, slot, IP6_ADDR_INVALID);
  }
}

static void set_address(struct netif *nif, s8_t slot, const ip6_addr_t *addr)
{
  netif_ext_callback_args_t args;
  ip_addr_t old, now;

  old = now = nif->ip6_addr[slot];
  *ip_2_ip6(&now) = *addr;
  if (lwip_x_ip6_eq(ip_2_ip6(&old), addr)) {
    return;
  }
  if (ip6_addr_isvalid(netif_ip6_addr_state(nif, slot))) {
    netif_tell_addr(nif, LINK_EV_ADDR_CHANGED, &old, &now);
  }
  replace(nif, slot, &now);
  args.ipv6_set.addr_index = slot;
  args.ipv6_set.old_address = &old;
  LWIP_UNUSED_ARG(args);
  netif_invoke_ext_callback(nif, LWIP_NSC_IPV6_SET, &args);
}

void netif_ip6_addr_set(struct netif *netif, s8_t addr_idx, const ip6_addr_t *addr6)
{
  if (slot_ok(netif, addr_idx) && addr6 != NULL && core_enter()) {
    set_address(netif, addr_idx, addr6);
    core_leave();
  }
}

void netif_ip6_addr_set_parts(struct netif *netif, s8_t addr_idx, u32_t i0, u32_t i1, u32_t i2, u32_t i3)
{
  ip6_addr_t addr;

  IP6_ADDR(&addr, i0, i1, i2, i3);
  if (netif != NULL) {
    ip6_addr_assign_zone(&addr, IP6_UNICAST, netif);
  }
  netif_ip6_addr_set(netif, addr_idx, &addr);
}

static void set_state(struct netif *nif, s8_t slot, u8_t state)
{
  netif_ext_callback_args_t args;
  u8_t old = netif_ip6_addr_state(nif, slot);

  if (old == state) {
    return;
  }
  nif->ip6_addr_state[slot] = state;
  link_ip6_addr_changed(nif, slot, old);
  /* Pcbs bound to an address lose it when it ceases to be valid. */
  if (ip6_addr_isvalid(old) && !ip6_addr_isvalid(state)) {
    netif_tell_addr(nif, LINK_EV_ADDR_CHANGED, netif_ip_addr6(nif, slot), IP6_ADDR_ANY);
  } else if (!ip6_addr_isvalid(old) && ip6_addr_isvalid(state)) {
    netif_tell_addr(nif, LINK_EV_ADDR_CHANGED, IP6_ADDR_ANY, netif_ip_addr6(nif, slot));
  }
  args.ipv6_addr_state_changed.addr_index = slot;
  args.ipv6_addr_state_changed.old_state = old;
  args.ipv6_addr_state_changed.address = netif_ip_addr6(nif, slot);
  LWIP_UNUSED_ARG(args);
  netif_invoke_ext_callback(nif, LWIP_NSC_IPV6_ADDR_STATE_CHANGED, &args);
}

void netif_ip6_addr_set_state(struct netif *netif, s8_t addr_idx, u8_t state)
{
  if (slot_ok(netif, addr_idx) && core_enter()) {
    set_state(netif, addr_idx, state);
    core_leave();
  }
}

s8_t netif_get_ip6_addr_match(struct netif *netif, const ip6_addr_t *ip6addr)
{
  s8_t i;

  for (i = 0; netif != NULL && i < LWIP_IPV6_NUM_ADDRESSES; i++) {
    if (!ip6_addr_isinvalid(netif_ip6_addr_state(netif, i)) && lwip_x_ip6_eq(netif_ip6_addr(netif, i), ip6addr)) {
      return i;
    }
  }
  return -1;
}

#if LWIP_X_IPV6_STABLE_IID

static void id_from_mac(const struct netif *nif, u8_t id[8])
{
  const u32_t prefix[2] = { PP_HTONL(0xfe800000UL), 0 };

  netif_iid_stable(nif, prefix, nif->x_nd6.dad_counter[0], id);
}

#else

/** The interface identifier from a 48-bit hardware address: a modified EUI-64 (RFC 4291 appendix A). */
static void id_from_mac(const struct netif *nif, u8_t id[8])
{
  const u8_t *mac = nif->hwaddr;

  id[0] = (u8_t)(mac[0] ^ 2);
  id[1] = mac[1];
  id[2] = mac[2];
  id[3] = 0xff;
  id[4] = 0xfe;
  id[5] = mac[3];
  id[6] = mac[4];
  id[7] = mac[5];
}

#endif

/** The hardware address as it is, to the right, zeros in front. */
static void id_from_hwaddr(const struct netif *nif, u8_t id[8])
{
  int i;

  for (i = 0; i < 8; i++) {
    int at = nif->hwaddr_len - 8 + i;
    id[i] = at >= 0 && at < (int)NETIF_MAX_HWADDR_LEN ? nif->hwaddr[at] : 0;
  }
}

void netif_create_ip6_linklocal_address(struct netif *netif, u8_t from_mac_48bit)
{
  u8_t id[8];

  if (netif == NULL || !core_enter()) {
    return;
  }
  if (from_mac_48bit) {
    id_from_mac(netif, id);
  } else {
    id_from_hwaddr(netif, id);
  }
  netif_ip6_addr_set_parts(netif, 0, PP_HTONL(0xfe800000UL), 0, ne32_get(id), ne32_get(id + 4));
  netif_ip6_addr_set_state(netif, 0, LWIP_IPV6_DUP_DETECT_ATTEMPTS ? IP6_ADDR_TENTATIVE : IP6_ADDR_PREFERRED);
  core_leave();
}

/** A slot for @p addr: the first one that is free, but slot 0 for link-local addresses only.  @return -1: none */
static s8_t slot_find(const struct netif *nif, const ip6_addr_t *addr)
{
  s8_t i;

  for (i = ip6_addr_islinklocal(addr) ? 0 : 1; i < LWIP_IPV6_NUM_ADDRESSES; i++) {
    if (ip6_addr_isinvalid(netif_ip6_addr_state(nif, i))) {
      return i;
    }
  }
  return -1;
}

err_t netif_add_ip6_address(struct netif *netif, const ip6_addr_t *ip6addr, s8_t *chosen_idx)
{
  s8_t slot;
  bool known;

  if (netif == NULL || ip6addr == NULL) {
    return ERR_ARG;
  }
  if (!core_enter()) {
    return ERR_INPROGRESS;
  }
  slot = netif_get_ip6_addr_match(netif, ip6addr);
  known = slot >= 0;
  if (!known) {
    slot = slot_find(netif, ip6addr);
  }
  if (!known && slot >= 0) {
    set_address(netif, slot, ip6addr);
    set_state(netif, slot, IP6_ADDR_TENTATIVE);
  }
  core_leave();
  if (chosen_idx != NULL) {
    *chosen_idx = slot;
  }
  return slot >= 0 ? ERR_OK : ERR_VAL;
}

#endif
