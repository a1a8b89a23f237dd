/** Which interface an IPv4 packet leaves by.  Packets come in runs: the last answer is kept until an interface changes. */
#include "../base/hooks.h"
#include "../link/netif_recent.h"
#include "lwip/ip.h"
#include "ip4_out.h"

#if LWIP_IPV4

#if LWIP_MULTICAST_TX_OPTIONS
static struct netif *multicast_netif;

void ip4_set_default_multicast_netif(struct netif *default_multicast_netif)
{
  multicast_netif = default_multicast_netif;
  netif_recent_forget();
}

static struct netif *group_netif(const ip4_addr_t *dest)
{
  return ip4_addr_ismulticast(dest) ? multicast_netif : NULL;
}

void ip4_route_netif_changed(const struct link_change *c)
{
  if (c->what == LINK_EV_REMOVED && multicast_netif == c->nif) {
    multicast_netif = NULL;
  }
}
#else
static struct netif *group_netif(const ip4_addr_t *dest)
{
  (void)dest;
  return NULL;
}
#endif

static bool is_usable(const struct netif *nif)
{
  return (nif->flags & (NETIF_FLAG_UP | NETIF_FLAG_LINK_UP)) == (NETIF_FLAG_UP | NETIF_FLAG_LINK_UP) &&
         netif_ip4_addr(nif)->addr != 0;
}

/** Is @p dest on the interface's network, or the other end of its line? */
static bool is_attached(const struct netif *nif, const ip4_addr_t *dest)
{
  if (ip4_addr_net_eq(dest, netif_ip4_addr(nif), netif_ip4_netmask(nif))) {
    return true;
  }
  return ip4_addr_eq(dest, netif_ip4_gw(nif)) && (nif->flags & NETIF_FLAG_BROADCAST) == 0;
}

/** Without a loop interface any interface takes 127/8: the packet does not leave the host. */
static struct netif *loop_netif(void)
{
  struct netif *nif;

  if (netif_default != NULL && netif_is_up(netif_default)) {
    return netif_default;
  }
  NETIF_FOREACH(nif)
  {
    if (netif_is_up(nif)) {
      return nif;
    }
  }
  return NULL;
}

/** The interface @p dest is attached to, the default one before others; NULL: a router has to help. */
static struct netif *direct_netif(const ip4_addr_t *dest)
{
  struct netif *nif, *found = NULL;

  NETIF_FOREACH(nif)
  {
    if (is_attached(nif, dest) && is_usable(nif)) {
      if (nif == netif_default) {
        return nif;
      }
      found = found != NULL ? found : nif;
    }
  }
  return found;
}

/** Not by an interface that @p dest is attached to: the program decides, or it is the default one. */
static struct netif *indirect_netif(const ip4_addr_t *src, const ip4_addr_t *dest)
{
  struct netif *nif;

  if (LWIP_NETIF_LOOPBACK && !LWIP_HAVE_LOOPIF && ip4_addr_isloopback(dest)) {
    return loop_netif();
  }
  nif = hook_ip4_route(src, dest);
  if (nif != NULL) {
    return nif;
  }
  if (netif_default == NULL || !is_usable(netif_default) || ip4_addr_isloopback(dest) || dest->addr == 0) {
    return NULL;
  }
  return netif_default;
}

/** Not the answer of last time.  What a hook says may be another thing the next time. */
static struct netif *search(const ip4_addr_t *src, const ip4_addr_t *dest)
{
  struct netif *nif = group_netif(dest);

  if (nif == NULL) {
    nif = direct_netif(dest);
  }
  if (nif == NULL) {
    nif = indirect_netif(src, dest);
  }
  if (HOOK_IP4_ROUTE_IS_NONE) {
    netif_recent.dest = dest->addr;
    netif_recent.out = nif;
  }
  return nif;
}

struct netif *ip4_route_from(const ip4_addr_t *src, const ip4_addr_t *dest)
{
  struct netif *nif = netif_recent.out;

  if (HOOK_IP4_ROUTE_IS_NONE && nif != NULL && netif_recent.dest == dest->addr && is_usable(nif)) {
    return nif;
  }
  return search(src, dest);
}

struct netif *ip4_route(const ip4_addr_t *dest)
{
  return ip4_route_from(NULL, dest);
}

#if LWIP_IPV4_SRC_ROUTING
struct netif *ip4_route_src(const ip4_addr_t *src, const ip4_addr_t *dest)
{
  return ip4_route_from(src, dest);
}
#endif

#endif
