/** Interface identifiers: that of the link-local address, or opaque ones (RFC 7217, link/netif_iid.c). */
#include "nd6_internal.h"

#if LWIP_IPV6

#include "../link/netif_iid.h"

#if LWIP_X_IPV6_STABLE_IID

/** Addresses that may be taken before we give up (RFC 7217 section 7). */
#define IDGEN_RETRIES 3

bool nd6_iid_make(const struct netif *nif, s8_t slot, const ip6_addr_t *prefix, ip6_addr_t *addr)
{
  u8_t id[8];

  netif_iid_stable(nif, prefix->addr, nif->x_nd6.dad_counter[slot], id);
  IP6_ADDR(addr, prefix->addr[0], prefix->addr[1], ne32_get(id), ne32_get(id + 4));
  return true;
}

void nd6_iid_forget(struct netif *nif, s8_t slot)
{
  nif->x_nd6.dad_counter[slot] = 0;
}

static void stable_taken(struct netif *nif, s8_t slot)
{
  u8_t *counter = &nif->x_nd6.dad_counter[slot];
  const u8_t taken = (u8_t)(*counter + 1);
  ip6_addr_t addr;

  if (taken > IDGEN_RETRIES) {
    return;
  }
  *counter = taken;
  if (slot == 0) {
    netif_create_ip6_linklocal_address(nif, 1);
  } else if (nif->x_nd6.origin[slot] == LWIP_X_IP6_STABLE) {
    (void)nd6_iid_make(nif, slot, netif_ip6_addr(nif, slot), &addr);
    nd6_addr_configure(nif, slot, &addr, LWIP_X_IP6_STABLE, nd6_addr_valid_s(nif, slot),
                       nd6_addr_preferred_s(nif, slot));
  }
  *counter = taken; /* the slot was free in between */
}

#else

bool nd6_iid_make(const struct netif *nif, s8_t slot, const ip6_addr_t *prefix, ip6_addr_t *addr)
{
  const ip6_addr_t *own = netif_ip6_addr(nif, 0);

  LWIP_UNUSED_ARG(slot);
  IP6_ADDR(addr, prefix->addr[0], prefix->addr[1], own->addr[2], own->addr[3]);
  return ip6_addr_islinklocal(own);
}

static void stable_taken(struct netif *nif, s8_t slot)
{
  LWIP_UNUSED_ARG(nif);
  LWIP_UNUSED_ARG(slot);
}

#endif

void nd6_iid_taken(struct netif *nif, s8_t slot)
{
  if (nif->x_nd6.origin[slot] == LWIP_X_IP6_TEMPORARY) {
    nd6_temp_taken(nif, slot);
  } else {
    stable_taken(nif, slot);
  }
}

#endif
