/** Membership in multicast groups: IGMPv3 (RFC 3376), falling back to v2 and v1 when the querier speaks those. */
#ifndef LWIP_HDR_IGMP_H
#define LWIP_HDR_IGMP_H

#include "lwip/opt.h"
#include "lwip/ip_addr.h"
#include "lwip/netif.h"
#include "lwip/pbuf.h"
#include "lwip/x_mcast.h"

#if LWIP_IPV4 && LWIP_IGMP

#ifdef __cplusplus
extern "C" {
#endif

/** Milliseconds between calls of igmp_tmr(), for programs that still call it. */
#define IGMP_TMR_INTERVAL 100
/** The longest delay of an answer to a version 1 query, in IGMP_TMR_INTERVALs... */
#define IGMP_V1_DELAYING_MEMBER_TMR (1000 / IGMP_TMR_INTERVAL)
/** ...and of the repetition of a first report. */
#define IGMP_JOIN_DELAYING_MEMBER_TMR (500 / IGMP_TMR_INTERVAL)

/* lwIP's older names of the MAC filter actions. */
#define IGMP_DEL_MAC_FILTER NETIF_DEL_MAC_FILTER
#define IGMP_ADD_MAC_FILTER NETIF_ADD_MAC_FILTER

/** A group an interface is a member of. */
struct igmp_group {
  struct igmp_group *next;
#if LWIP_X_MCAST_SOURCES
  struct lwip_x_mcast_source *x_sources;
#endif
  u8_t last_reporter_flag; /**< the last report the others saw was ours */
  u8_t group_state;        /**< IGMP_GROUP_* of lwip/prot/igmp.h */
  u16_t timer;             /**< IGMP_TMR_INTERVALs it was given when a report was last scheduled */
  u8_t use;                /**< how often it was joined */
  /* ours; so far as struct mld_group */
  u8_t x_pending; /**< what is due at x_due_ms */
  u8_t
    x_resend; /**< unsolicited reports to be repeated; in the first entry (all systems): which older queriers are there */
  u8_t x_silent;  /**< never reported */
  u32_t x_due_ms; /**< next report; in the first entry: until then a version 1 querier is there */
  ip4_addr_t group_address;
  u32_t x_v2_ms; /**< first entry: until then a version 2 querier is there */
};

/** The first group of @p netif (224.0.0.1 once IGMP runs there), NULL without IGMP. */
#define netif_igmp_data(netif) ((struct igmp_group *)netif_get_client_data(netif, LWIP_NETIF_CLIENT_DATA_INDEX_IGMP))

/** Nothing to set up. */
void igmp_init(void);

/** Be a member of 224.0.0.1 on @p netif.  Done by netif_add() when the interface has NETIF_FLAG_IGMP.  @retval ERR_MEM no free group */
err_t igmp_start(struct netif *netif);

/** Leave every group of @p netif, without telling routers. */
err_t igmp_stop(struct netif *netif);

/** Report every group of @p netif soon, as after a link came up. */
void igmp_report_groups(struct netif *netif);

/** The membership of @p ifp in @p addr.  @return NULL: not a member */
struct igmp_group *igmp_lookfor_group(struct netif *ifp, const ip4_addr_t *addr);

/** Process an IGMP message for @p dest, payload at its header, IP header in front of it.  Takes @p p.  Context: core. */
void igmp_input(struct pbuf *p, struct netif *inp, const ip4_addr_t *dest);

/**
 * Join @p groupaddr on the interface with the address @p ifaddr, or on all that speak IGMP if that is 0.0.0.0.
 * @retval ERR_VAL @p groupaddr is no group, or 224.0.0.1, or no interface matched
 * @retval ERR_MEM no free group
 * Context: core.
 */
err_t igmp_joingroup(const ip4_addr_t *ifaddr, const ip4_addr_t *groupaddr);

/** Join @p groupaddr on @p netif; joins nest.  Errors as igmp_joingroup(). */
err_t igmp_joingroup_netif(struct netif *netif, const ip4_addr_t *groupaddr);

/** Undo one igmp_joingroup().  @retval ERR_VAL not a member */
err_t igmp_leavegroup(const ip4_addr_t *ifaddr, const ip4_addr_t *groupaddr);

/** Undo one igmp_joingroup_netif().  @retval ERR_VAL not a member */
err_t igmp_leavegroup_netif(struct netif *netif, const ip4_addr_t *groupaddr);

/** Harmless: reports are sent by timers on demand. */
void igmp_tmr(void);

#ifdef __cplusplus
}
#endif

#endif /* LWIP_IPV4 && LWIP_IGMP */

#endif
