/** Between the files of MLD: its API (mld6_host.c), messages in (mld6_in.c) and out (mld6_out.c).  What it does is in mcast_group.c. */
#ifndef LWIP_STACK_IP_MLD6_INTERNAL_H
#define LWIP_STACK_IP_MLD6_INTERNAL_H

#include "mcast_group.h"
#include "mld6_host.h"
#include "lwip/mld6.h"

#if LWIP_IPV6 && LWIP_IPV6_MLD

static inline const ip6_addr_t *mld6_addr_of(const struct mcast_group *g)
{
  return &((const struct mld_group *)(const void *)g)->group_address;
}

#if LWIP_X_MCAST_SOURCES
/** lwip_x_mcast_source() for IPv6. */
err_t mld6_source(struct netif *nif, const ip6_addr_t *group, const ip_addr_t *source, enum lwip_x_mcast_change change);
#endif

#endif

#endif
