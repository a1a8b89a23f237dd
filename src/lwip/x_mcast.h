/**
 * Membership in multicast groups by source (RFC 3376, RFC 3810, RFC 4607), for IPv4 and IPv6.
 *
 * What igmp_joingroup() and mld6_joingroup() join is a group from all sources.  Here programs say from which they want it, or do
 * not; the stack merges what all of them said and tells the routers, which forward no more than that.  Packets from other
 * sources that come all the same are not dropped here: sockets do that, users of raw pcbs by themselves.
 */
#ifndef LWIP_HDR_X_MCAST_H
#define LWIP_HDR_X_MCAST_H

#include "lwip/opt.h"

#if LWIP_X_MCAST_SOURCES && ((LWIP_IPV4 && LWIP_IGMP) || (LWIP_IPV6 && LWIP_IPV6_MLD))

#include "lwip/err.h"
#include "lwip/ip_addr.h"

#ifdef __cplusplus
extern "C" {
#endif

struct netif;

/** A source of a group.  The stack's business. */
struct lwip_x_mcast_source {
  struct lwip_x_mcast_source *next;
  ip_addr_t addr;
  u8_t incl;   /**< memberships that want it */
  u8_t excl;   /**< memberships from all sources that do not want it */
  u8_t resend; /**< reports of its change still to be sent */
  u8_t was;    /**< wanted before the change that is being made */
};

enum lwip_x_mcast_change {
  LWIP_X_MCAST_INCLUDE, /**< be a member of the group from this source, too */
  LWIP_X_MCAST_FORGET,  /**< undo that */
  LWIP_X_MCAST_BLOCK,   /**< one who joined the group from all sources does not want this one */
  LWIP_X_MCAST_UNBLOCK  /**< undo that; before he leaves the group */
};

/**
 * Change the membership of @p netif in @p group by @p source.  Changes nest.
 * @retval ERR_VAL  no group, addresses of two versions, nothing to undo, or nobody has joined from all sources
 * @retval ERR_MEM  no room for one more group or source (LWIP_X_MCAST_SOURCES)
 * Context: core.
 */
err_t lwip_x_mcast_source(struct netif *netif, const ip_addr_t *group, const ip_addr_t *source,
                          enum lwip_x_mcast_change change);

#ifdef __cplusplus
}
#endif

#endif

#endif
