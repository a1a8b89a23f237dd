/** Between the files of IGMP: its API (igmp_host.c), messages in (igmp_in.c) and out (igmp_out.c).  What it does is in mcast_group.c. */
#ifndef LWIP_STACK_IP_IGMP_INTERNAL_H
#define LWIP_STACK_IP_IGMP_INTERNAL_H

#include "igmp_host.h"
#include "mcast_group.h"

#if LWIP_IPV4 && LWIP_IGMP

/** mcast_group.x_resend of the first group, which is never reported: which older queriers are about. */
enum { IGMP_SEEN_V1 = 1, IGMP_SEEN_V2 = 2 };

#define IGMP_ALL_SYSTEMS PP_HTONL(0xe0000001u)
#define IGMP_ALL_ROUTERS PP_HTONL(0xe0000002u)
#define IGMP_V3_ROUTERS PP_HTONL(0xe0000016u)

/** A querier of @p version was heard on @p nif, which has a first group. */
void igmp_note_version(struct netif *nif, u8_t version, u32_t now_ms);

#if LWIP_X_MCAST_SOURCES
/** lwip_x_mcast_source() for IPv4. */
err_t igmp_source(struct netif *nif, const ip4_addr_t *group, const ip_addr_t *source, enum lwip_x_mcast_change change);
#endif

#endif

#endif
