/**
 * Interfaces, for threads: each call does inside the core what the function of the same name without "api" does.
 * Context: any thread, not the stack's own; never an interrupt.
 */
#ifndef LWIP_HDR_NETIFAPI_H
#define LWIP_HDR_NETIFAPI_H

#include "lwip/opt.h"

#if LWIP_NETIF_API

#include "lwip/sys.h"
#include "lwip/netif.h"
#include "lwip/dhcp.h"
#include "lwip/autoip.h"
#include "lwip/priv/tcpip_priv.h"
#include "lwip/priv/api_msg.h"
#include "lwip/prot/ethernet.h"

#ifdef __cplusplus
extern "C" {
#endif

#if LWIP_ARP && LWIP_IPV4
/** Kinds of entries in the ARP cache. */
enum netifapi_arp_entry {
  NETIFAPI_ARP_PERM /**< stays until it is removed (ETHARP_SUPPORT_STATIC_ENTRIES) */
};

/** @retval ERR_ARG @p type is none  @retval others as etharp_add_static_entry() */
err_t netifapi_arp_add(const ip4_addr_t *ipaddr, struct eth_addr *ethaddr, enum netifapi_arp_entry type);
/** @retval ERR_ARG @p type is none  @retval others as etharp_remove_static_entry() */
err_t netifapi_arp_remove(const ip4_addr_t *ipaddr, enum netifapi_arp_entry type);
#endif

/** @retval ERR_IF netif_add() refused */
err_t netifapi_netif_add(struct netif *netif,
#if LWIP_IPV4
                         const ip4_addr_t *ipaddr, const ip4_addr_t *netmask, const ip4_addr_t *gw,
#endif
                         void *state, netif_init_fn init, netif_input_fn input);

#if LWIP_IPV4
err_t netifapi_netif_set_addr(struct netif *netif, const ip4_addr_t *ipaddr, const ip4_addr_t *netmask,
                              const ip4_addr_t *gw);
#endif

/** Call @p errtfunc, or @p voidfunc if that is NULL, with @p netif.  @return what @p errtfunc did, ERR_OK for the other */
err_t netifapi_netif_common(struct netif *netif, netifapi_void_fn voidfunc, netifapi_errt_fn errtfunc);

/** @param index  where the number goes; 0: no interface has this name */
err_t netifapi_netif_name_to_index(const char *name, u8_t *index);
/** @param name  room for NETIF_NAMESIZE octets; "": there is no such interface */
err_t netifapi_netif_index_to_name(u8_t index, char *name);

#define netifapi_netif_remove(n) netifapi_netif_common(n, netif_remove, NULL)
#define netifapi_netif_set_up(n) netifapi_netif_common(n, netif_set_up, NULL)
#define netifapi_netif_set_down(n) netifapi_netif_common(n, netif_set_down, NULL)
#define netifapi_netif_set_default(n) netifapi_netif_common(n, netif_set_default, NULL)
#define netifapi_netif_set_link_up(n) netifapi_netif_common(n, netif_set_link_up, NULL)
#define netifapi_netif_set_link_down(n) netifapi_netif_common(n, netif_set_link_down, NULL)

#define netifapi_dhcp_start(n) netifapi_netif_common(n, NULL, dhcp_start)
#define netifapi_dhcp_stop(n) netifapi_netif_common(n, dhcp_stop, NULL)
#define netifapi_dhcp_inform(n) netifapi_netif_common(n, dhcp_inform, NULL)
#define netifapi_dhcp_renew(n) netifapi_netif_common(n, NULL, dhcp_renew)
#define netifapi_dhcp_release(n) netifapi_netif_common(n, NULL, dhcp_release)
#define netifapi_dhcp_release_and_stop(n) netifapi_netif_common(n, dhcp_release_and_stop, NULL)

#define netifapi_autoip_start(n) netifapi_netif_common(n, NULL, autoip_start)
#define netifapi_autoip_stop(n) netifapi_netif_common(n, NULL, autoip_stop)

#ifdef __cplusplus
}
#endif

#endif
#endif
