/** Multicast listener discovery for IPv6 (RFC 3810; version 1, RFC 2710, towards older queriers). */
#ifndef LWIP_HDR_MLD6_H
#define LWIP_HDR_MLD6_H

#include "lwip/opt.h"

#if LWIP_IPV6_MLD && LWIP_IPV6

#include "lwip/pbuf.h"
#include "lwip/netif.h"
#include "lwip/x_mcast.h"
#include "lwip/ip6_addr.h"
#include "lwip/err.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A membership of an interface. */
struct mld_group {
  struct mld_group *next;
#if LWIP_X_MCAST_SOURCES
  struct lwip_x_mcast_source *x_sources;
#endif
  u8_t last_reporter_flag; /**< ours was the last report */
  u8_t group_state;
  u16_t timer; /**< until the report */
  u8_t use;    /**< how often it was joined */
  /* ours; so far as struct igmp_group */
  u8_t x_pending; /**< what is due at x_due_ms */
  u8_t x_resend;  /**< unsolicited reports still to be repeated */
  u8_t x_silent;  /**< never reported */
  u32_t x_due_ms;
  ip6_addr_t group_address;
};

/** Kept for programs that call it: ms between calls of mld6_tmr(). */
#define MLD6_TMR_INTERVAL 100

/** Leave all groups of @p netif. */
err_t mld6_stop(struct netif *netif);
/** Report all of them. */
void mld6_report_groups(struct netif *netif);
/** Harmless: the stack has its own timer. */
void mld6_tmr(void);
/** @return NULL: not a member */
struct mld_group *mld6_lookfor_group(struct netif *ifp, const ip6_addr_t *addr);
/** A message came in.  Takes @p p. */
void mld6_input(struct pbuf *p, struct netif *inp);
/** Join by the interface that has the address @p srcaddr (any: all).  @retval ERR_MEM no free group, ERR_VAL no interface */
err_t mld6_joingroup(const ip6_addr_t *srcaddr, const ip6_addr_t *groupaddr);
err_t mld6_joingroup_netif(struct netif *netif, const ip6_addr_t *groupaddr);
/** Leave; as often as joined. */
err_t mld6_leavegroup(const ip6_addr_t *srcaddr, const ip6_addr_t *groupaddr);
err_t mld6_leavegroup_netif(struct netif *netif, const ip6_addr_t *groupaddr);

/** The first of @p netif's memberships. */
#define netif_mld6_data(netif) ((struct mld_group *)netif_get_client_data(netif, LWIP_NETIF_CLIENT_DATA_INDEX_MLD6))

#ifdef __cplusplus
}
#endif

#endif
#endif
