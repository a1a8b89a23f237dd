/**
 * Interfaces: the list, administrative state, carrier.
 *
 * An interface that is not in the list is left alone by netif_remove(), and one that is in it is
 * removed before it is added again, so that a program may call either as often as it likes.  What a
 * change means for the protocols is theirs to know: they are told through netif_events.h.
 *
 * netif.c: list and states.  netif_ip4.c: IPv4 addresses.  netif_ip6.c: IPv6 addresses.
 * netif_names.c: names and indices.  netif_loop.c: packets to ourselves.  netif_input.c: the way up.
 */
#include "lwip/netif.h"
#include "lwip/snmp.h"

#include "../base/core.h"
#include "netif_addr.h"
#include "netif_events.h"
#include "netif_loop.h"
#include "netif_recent.h"
#include <string.h>

#if !LWIP_SINGLE_NETIF
struct netif *netif_list;
#endif
struct netif *netif_default;

#if LWIP_NUM_NETIF_CLIENT_DATA > 0
static u8_t client_ids;
#endif

#if LWIP_IPV4
/** Stands in until the driver sets its own. */
static err_t no_output4(struct netif *nif, struct pbuf *p, const ip4_addr_t *ipaddr)
{
  LWIP_UNUSED_ARG(nif);
  LWIP_UNUSED_ARG(p);
  LWIP_UNUSED_ARG(ipaddr);
  return ERR_IF;
}
#endif

#if LWIP_IPV6
static err_t no_output6(struct netif *nif, struct pbuf *p, const ip6_addr_t *ipaddr)
{
  LWIP_UNUSED_ARG(nif);
  LWIP_UNUSED_ARG(p);
  LWIP_UNUSED_ARG(ipaddr);
  return ERR_IF;
}
#endif

static bool is_listed(const struct netif *nif)
{
  struct netif *n;

  NETIF_FOREACH(n)
  {
    if (n == nif) {
      return true;
    }
  }
  return false;
}

#if LWIP_SINGLE_NETIF
static bool num_choose(struct netif *nif)
{
  nif->num = 0;
  return netif_default == NULL || netif_default == nif;
}

static void list_add(struct netif *nif)
{
  netif_default = nif;
}

static void list_remove(struct netif *nif)
{
  LWIP_UNUSED_ARG(nif);
}
#else
/** @return false: all numbers are taken */
static bool num_choose(struct netif *nif)
{
  static u8_t next;
  unsigned tries;

  /* Indices are 1 to 255, hence numbers end at 254; a number is used again as late as possible. */
  for (tries = 0; tries < 255; tries++) {
    u8_t num = next;
    next = next == 254 ? 0 : (u8_t)(next + 1);
    if (netif_get_by_index((u8_t)(num + 1)) == NULL) {
      nif->num = num;
      return true;
    }
  }
  return false;
}

static void list_add(struct netif *nif)
{
  nif->next = netif_list;
  netif_list = nif;
}

static void list_remove(struct netif *nif)
{
  struct netif **at = &netif_list;

  while (*at != nif) {
    at = &(*at)->next;
  }
  *at = nif->next;
  nif->next = NULL;
}
#endif

/** As if just zeroed, but for what a program may set before: name, hardware address, host name, linkoutput, remove callback. */
static void reset(struct netif *nif)
{
  /* One #if for each member that an option takes away. */
#if LWIP_IPV4
  nif->output = no_output4;
#endif
#if LWIP_IPV6
  nif->output_ip6 = no_output6;
#endif
#if LWIP_NETIF_STATUS_CALLBACK
  nif->status_callback = NULL;
#endif
#if LWIP_NETIF_LINK_CALLBACK
  nif->link_callback = NULL;
#endif
#ifdef netif_get_client_data
  memset(nif->client_data, 0, sizeof nif->client_data);
#endif
#if LWIP_IPV4 && LWIP_IGMP
  nif->igmp_mac_filter = NULL;
#endif
#if LWIP_IPV6 && LWIP_IPV6_MLD
  nif->mld_mac_filter = NULL;
#endif
#if LWIP_X_TCP_TSO
  nif->x_tso_max = 0;
#endif
#if LWIP_X_VLAN_OFFLOAD
  nif->x_tags = 0;
#endif
#if LWIP_IPV4 && LWIP_ARP
  nif->x_defended_ms = 0;
#endif
  nif->mtu = 0;
  nif->flags = 0;
  NETIF_SET_CHECKSUM_CTRL(nif, NETIF_CHECKSUM_ENABLE_ALL);
  NETIF_RESET_HINTS(nif);
  netif_ip6_init(nif);
  netif_loop_init(nif);
}

/** The extended callbacks see it while it is up, both times. */
static void set_admin(struct netif *nif, bool up)
{
  if (nif == NULL || netif_is_up(nif) == up || !core_enter()) {
    return;
  }
  MIB2_COPY_SYSUPTIME_TO(&nif->ts);
  if (!up) {
    netif_tell_ext_up(nif, LWIP_NSC_STATUS_CHANGED, false);
  }
  nif->flags ^= NETIF_FLAG_UP;
  netif_tell(nif, up ? LINK_EV_UP : LINK_EV_DOWN);
  netif_ip4_ready(nif);
  netif_tell_status(nif);
  if (up) {
    netif_tell_ext_up(nif, LWIP_NSC_STATUS_CHANGED, true);
  }
  core_leave();
}

static void forget(struct netif *nif)
{
  netif_invoke_ext_callback(nif, LWIP_NSC_NETIF_REMOVED, NULL);
  netif_ip4_leave(nif);
  netif_ip6_leave(nif);
  set_admin(nif, false);
  netif_tell(nif, LINK_EV_REMOVED);
  mib2_netif_removed(nif);
  netif_loop_clear(nif);
  list_remove(nif);
  netif_recent_forget();
  if (netif_default == nif) {
    netif_set_default(NULL);
  }
  netif_tell_removed(nif);
}

/** @p nif has its addresses.  @return it, or NULL if @p init or the list refuses it */
static struct netif *add(struct netif *nif, void *state, netif_init_fn init, netif_input_fn input)
{
  nif->state = state;
  nif->input = input;
  if (!num_choose(nif) || init(nif) != ERR_OK) {
    return NULL;
  }
#if LWIP_IPV6 && LWIP_ND6_ALLOW_RA_UPDATES
  nif->mtu6 = nif->mtu; /* until a router says otherwise */
#endif
  list_add(nif);
  mib2_netif_added(nif);
  netif_tell(nif, LINK_EV_ADDED);
  netif_ip4_ready(nif); /* drivers may set the flags in init */
  netif_invoke_ext_callback(nif, LWIP_NSC_NETIF_ADDED, NULL);
  return nif;
}

#if LWIP_IPV4
struct netif *netif_add(struct netif *netif, const ip4_addr_t *ipaddr, const ip4_addr_t *netmask, const ip4_addr_t *gw,
                        void *state, netif_init_fn init, netif_input_fn input)
{
  struct netif *added;

  if (netif == NULL || init == NULL || !core_enter()) {
    return NULL;
  }
  if (is_listed(netif)) {
    forget(netif);
  }
  reset(netif);
  netif_ip4_init(netif, ipaddr, netmask, gw);
  added = add(netif, state, init, input);
  core_leave();
  return added;
}

struct netif *netif_add_noaddr(struct netif *netif, void *state, netif_init_fn init, netif_input_fn input)
{
  return netif_add(netif, NULL, NULL, NULL, state, init, input);
}
#else
struct netif *netif_add(struct netif *netif, void *state, netif_init_fn init, netif_input_fn input)
{
  struct netif *added;

  if (netif == NULL || init == NULL || !core_enter()) {
    return NULL;
  }
  if (is_listed(netif)) {
    forget(netif);
  }
  reset(netif);
  added = add(netif, state, init, input);
  core_leave();
  return added;
}

struct netif *netif_add_noaddr(struct netif *netif, void *state, netif_init_fn init, netif_input_fn input)
{
  return netif_add(netif, state, init, input);
}
#endif

void netif_remove(struct netif *netif)
{
  if (netif == NULL || !core_enter()) {
    return;
  }
  if (is_listed(netif)) {
    forget(netif);
  }
  core_leave();
}

void netif_set_default(struct netif *netif)
{
  if (netif == NULL) {
    mib2_remove_route_ip4(1, netif);
  } else {
    mib2_add_route_ip4(1, netif);
  }
  netif_default = netif;
  netif_recent_forget();
}

void netif_set_up(struct netif *netif)
{
  set_admin(netif, true);
}

void netif_set_down(struct netif *netif)
{
  set_admin(netif, false);
}

static void set_link(struct netif *nif, bool up)
{
  if (nif == NULL || netif_is_link_up(nif) == up || !core_enter()) {
    return;
  }
  nif->flags ^= NETIF_FLAG_LINK_UP;
  netif_tell(nif, up ? LINK_EV_LINK_UP : LINK_EV_LINK_DOWN);
  netif_ip4_ready(nif);
  netif_tell_link(nif);
  netif_tell_ext_up(nif, LWIP_NSC_LINK_CHANGED, up);
  core_leave();
}

void netif_set_link_up(struct netif *netif)
{
  set_link(netif, true);
}

void netif_set_link_down(struct netif *netif)
{
  set_link(netif, false);
}

#if LWIP_NUM_NETIF_CLIENT_DATA > 0
u8_t netif_alloc_client_data_id(void)
{
  LWIP_ASSERT("LWIP_NUM_NETIF_CLIENT_DATA too small", client_ids < LWIP_NUM_NETIF_CLIENT_DATA);
  /* Where assertions are off, too many clients share the last slot rather than write outside. */
  if (client_ids < LWIP_NUM_NETIF_CLIENT_DATA) {
    client_ids++;
  }
  return (u8_t)(LWIP_NETIF_CLIENT_DATA_INDEX_MAX + client_ids - 1);
}
#endif
