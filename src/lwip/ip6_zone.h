/**
 * IPv6 zones (RFC 4007): which link a link-local address belongs to.  The zone is the index of its
 * interface (netif_get_index()); 0 means none.  Without LWIP_IPV6_SCOPES addresses carry no zone and
 * everything here folds to constants.
 */
#ifndef LWIP_HDR_IP6_ZONE_H
#define LWIP_HDR_IP6_ZONE_H

#include "lwip/opt.h"
#include "lwip/def.h"

#if LWIP_IPV6

#ifdef __cplusplus
extern "C" {
#endif

/** No zone, or not known yet. */
#define IP6_NO_ZONE 0

/** What is known of an address whose scope is asked for. */
enum lwip_ipv6_scope_type {
  IP6_UNKNOWN = 0,  /**< any kind of address */
  IP6_UNICAST = 1,  /**< surely unicast */
  IP6_MULTICAST = 2 /**< surely a group */
};

#if LWIP_IPV6_SCOPES

/** The part of an initialiser that follows the address words. */
#define IPADDR6_ZONE_INIT , IP6_NO_ZONE

#define ip6_addr_zone(ip6addr) ((ip6addr)->zone)
#define ip6_addr_has_zone(ip6addr) (ip6_addr_zone(ip6addr) != IP6_NO_ZONE)
#define ip6_addr_set_zone(ip6addr, zone_idx) ((ip6addr)->zone = (zone_idx))
#define ip6_addr_clear_zone(ip6addr) ((ip6addr)->zone = IP6_NO_ZONE)
#define ip6_addr_copy_zone(ip6addr1, ip6addr2) ((ip6addr1).zone = (ip6addr2).zone)
#define ip6_addr_equals_zone(ip6addr, zone_idx) ((ip6addr)->zone == (zone_idx))
#define ip6_addr_zone_eq(ip6addr1, ip6addr2) ((ip6addr1)->zone == (ip6addr2)->zone)

/** Set to 1 to define ip6_addr_has_scope(), ip6_addr_assign_zone() and ip6_addr_test_zone() yourself. */
#ifndef IPV6_CUSTOM_SCOPES
#define IPV6_CUSTOM_SCOPES 0
#endif

#if !IPV6_CUSTOM_SCOPES
/** Does an address of this kind need a zone?  @p type: enum lwip_ipv6_scope_type */
#define ip6_addr_has_scope(ip6addr, type) \
  (ip6_addr_islinklocal(ip6addr) ||       \
   ((type) != IP6_UNICAST && (ip6_addr_ismulticast_iflocal(ip6addr) || ip6_addr_ismulticast_linklocal(ip6addr))))
/** Give the address the zone of @p netif if it needs one, otherwise none. */
#define ip6_addr_assign_zone(ip6addr, type, netif) \
  (ip6_addr_set_zone((ip6addr), ip6_addr_has_scope((ip6addr), (type)) ? netif_get_index(netif) : 0))
/** Is the address, which has a zone, of the zone of @p netif? */
#define ip6_addr_test_zone(ip6addr, netif) (ip6_addr_equals_zone((ip6addr), netif_get_index(netif)))
#endif

/** Does it need a zone and have none? */
#define ip6_addr_lacks_zone(ip6addr, type) (!ip6_addr_has_zone(ip6addr) && ip6_addr_has_scope((ip6addr), (type)))

/** Give @p dest the zone of the interface that packets from @p src to it would take, if there is one. */
#define ip6_addr_select_zone(dest, src)                       \
  do {                                                        \
    struct netif *zone_netif_ = ip6_route((src), (dest));     \
    if (zone_netif_ != NULL) {                                \
      ip6_addr_assign_zone((dest), IP6_UNKNOWN, zone_netif_); \
    }                                                         \
  } while (0)

#else

#define IPADDR6_ZONE_INIT
#define ip6_addr_zone(ip6addr) (IP6_NO_ZONE)
#define ip6_addr_has_zone(ip6addr) (0)
#define ip6_addr_set_zone(ip6addr, zone_idx)
#define ip6_addr_clear_zone(ip6addr)
#define ip6_addr_copy_zone(ip6addr1, ip6addr2)
#define ip6_addr_equals_zone(ip6addr, zone_idx) (1)
#define ip6_addr_zone_eq(ip6addr1, ip6addr2) (1)
#define IPV6_CUSTOM_SCOPES 0
#define ip6_addr_has_scope(ip6addr, type) (0)
#define ip6_addr_assign_zone(ip6addr, type, netif)
#define ip6_addr_test_zone(ip6addr, netif) (1)
#define ip6_addr_lacks_zone(ip6addr, type) (0)
#define ip6_addr_select_zone(ip6addr, src)

#endif

#define ip6_addr_cmp_zone(ip6addr1, ip6addr2) ip6_addr_zone_eq(ip6addr1, ip6addr2)

#if LWIP_IPV6_SCOPES && LWIP_IPV6_SCOPES_DEBUG
/** Addresses that need a zone have one, the others have none. */
#define IP6_ADDR_ZONECHECK(ip6addr)                 \
  LWIP_ASSERT("IPv6 address and its zone disagree", \
              ip6_addr_has_scope(ip6addr, IP6_UNKNOWN) == ip6_addr_has_zone(ip6addr))
/** As above, and the zone is that of @p netif unless that is NULL. */
#define IP6_ADDR_ZONECHECK_NETIF(ip6addr, netif)                                                              \
  LWIP_ASSERT("IPv6 address, its zone and the interface disagree",                                            \
              ip6_addr_has_scope(ip6addr, IP6_UNKNOWN)                                                        \
                ? (ip6_addr_has_zone(ip6addr) && ((netif) == NULL || ip6_addr_test_zone((ip6addr), (netif)))) \
                : !ip6_addr_has_zone(ip6addr))
#else
#define IP6_ADDR_ZONECHECK(ip6addr)
#define IP6_ADDR_ZONECHECK_NETIF(ip6addr, netif)
#endif

#ifdef __cplusplus
}
#endif

#endif
#endif
