/**
 * Which interface an IPv6 packet leaves by: the zone decides where there is one (RFC 4007), then what is on the
 * link, then the routers (nd6_find_route()), then the source address (RFC 8028), then the default.
 */
#include "../base/hooks.h"
#include "ip6_out.h"
#include "lwip/nd6.h"

#if LWIP_IPV6

static struct netif *if_usable(struct netif *nif)
{
  return nif != NULL && ip6_netif_usable(nif) ? nif : NULL;
}

/** Is @p addr, whose last word is right, the address in slot @p i? */
static bool is_in_slot(const struct netif *nif, int i, const ip6_addr_t *addr)
{
  const ip6_addr_t *a = netif_ip6_addr(nif, i);

  return ip6_addr_isvalid(netif_ip6_addr_state(nif, i)) && ip6_addr_zoneless_eq(addr, a) &&
         (!ip6_addr_has_zone(addr) || ip6_addr_zone_eq(addr, a));
}

bool ip6_owns(const struct netif *nif, const ip6_addr_t *addr)
{
  int i;

  for (i = 0; i < LWIP_IPV6_NUM_ADDRESSES; i++) {
    /* Another host has another last word, most likely. */
    if (addr->addr[3] == netif_ip6_addr(nif, i)->addr[3] && is_in_slot(nif, i, addr)) {
      return true;
    }
  }
  return false;
}

unsigned ip6_owns_which(const struct netif *nif, const ip6_addr_t *src, const ip6_addr_t *dst)
{
  const u32_t src_tail = src->addr[3], dst_tail = dst->addr[3];
  unsigned which = 0;
  int i;

  for (i = 0; i < LWIP_IPV6_NUM_ADDRESSES; i++) {
    const u32_t tail = netif_ip6_addr(nif, i)->addr[3];
    if (tail == src_tail && is_in_slot(nif, i, src)) {
      which |= IP6_OWNS_SRC;
    }
    if (tail == dst_tail && is_in_slot(nif, i, dst)) {
      which |= IP6_OWNS_DST;
    }
  }
  return which;
}

/** The interface with the address @p src, which may be any. */
static struct netif *of_source(const ip6_addr_t *src)
{
  struct netif *nif;

  if (ip6_addr_isany(src)) {
    return NULL;
  }
  NETIF_FOREACH(nif)
  {
    if (ip6_netif_usable(nif) && ip6_owns(nif, src)) {
      return nif;
    }
  }
  return NULL;
}

/** The interface of a zone. */
static struct netif *of_zone(u8_t zone)
{
  return if_usable(netif_get_by_index(zone));
}

/** Is @p dest an address of @p nif, or in the /64 of one that was set by hand?  (For the others routers say what is on the link.) */
static bool is_attached(const struct netif *nif, const ip6_addr_t *dest)
{
  int i;

  for (i = 0; i < LWIP_IPV6_NUM_ADDRESSES; i++) {
    const ip6_addr_t *a = netif_ip6_addr(nif, i);
    if (ip6_addr_isvalid(netif_ip6_addr_state(nif, i)) && ip6_addr_net_eq(dest, a) &&
        (netif_ip6_addr_isstatic(nif, i) || ip6_addr_nethost_eq(dest, a))) {
      return true;
    }
  }
  return false;
}

static struct netif *attached(const ip6_addr_t *dest)
{
  struct netif *nif;

  NETIF_FOREACH(nif)
  {
    if (ip6_netif_usable(nif) && is_attached(nif, dest)) {
      return nif;
    }
  }
  return NULL;
}

/** The interface with ::1, or any if there is no loop interface: the packet does not leave the host. */
static struct netif *loop_netif(const ip6_addr_t *dest)
{
  struct netif *nif = of_source(dest);

  return nif != NULL || !LWIP_NETIF_LOOPBACK ? nif : if_usable(netif_default);
}

/** Link-local addresses and groups say nothing about the link: the source may, or it is the default one. */
static bool is_zoned(const ip6_addr_t *dest)
{
  return ip6_addr_islinklocal(dest) || ip6_addr_ismulticast(dest);
}

/** The usual ways, the most certain first. */
static struct netif *choose(const ip6_addr_t *src, const ip6_addr_t *dest)
{
  struct netif *nif;

  if (dest->addr[0] == 0 && ip6_addr_isloopback(dest)) {
    return loop_netif(dest);
  }
  if (!is_zoned(dest)) {
    nif = attached(dest);
    if (nif == NULL) {
      nif = hook_ip6_route(src, dest);
    }
    if (nif == NULL) {
      nif = nd6_find_route(dest);
    }
    if (nif != NULL) {
      return nif;
    }
  }
  nif = of_source(src);
  return nif != NULL ? nif : if_usable(netif_default);
}

struct netif *ip6_route(const ip6_addr_t *src, const ip6_addr_t *dest)
{
  if (ip6_addr_has_zone(dest)) {
    return of_zone(ip6_addr_zone(dest));
  }
  if (dest->addr[0] == 0 && lwip_x_ip6_isany(dest)) {
    return NULL;
  }
  if (src != NULL && ip6_addr_has_zone(src) && is_zoned(dest)) {
    return of_zone(ip6_addr_zone(src));
  }
  return choose(src, dest);
}

#endif
