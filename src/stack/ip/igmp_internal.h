/** Between the files of IGMP: membership (igmp_host.c), messages in (igmp_in.c) and out (igmp_report.c). */
#ifndef LWIP_STACK_IP_IGMP_INTERNAL_H
#define LWIP_STACK_IP_IGMP_INTERNAL_H

#include "igmp_host.h"
#include "mcast_source.h"

#if LWIP_IPV4 && LWIP_IGMP

/** igmp_group.group_state */
enum { IGMP_STATE_LEAVING = 0, IGMP_STATE_DELAYING = 1, IGMP_STATE_IDLE = 2 };

/** igmp_group.pending: the report that is due; in the first group: which older queriers are about. */
enum { IGMP_DUE_NOTHING = 0, IGMP_DUE_ANSWER, IGMP_DUE_JOIN, IGMP_DUE_LEAVE, IGMP_DUE_SOURCES };
enum { IGMP_SEEN_V1 = 1, IGMP_SEEN_V2 = 2 };

/** Reports are sent this often (RFC 3376 8.1). */
#define IGMP_ROBUSTNESS 2

#define IGMP_ALL_SYSTEMS PP_HTONL(0xe0000001u)
#define IGMP_ALL_ROUTERS PP_HTONL(0xe0000002u)
#define IGMP_V3_ROUTERS PP_HTONL(0xe0000016u)

/** The version spoken on an interface whose first group is @p head (RFC 3376 7.2.1). */
u8_t igmp_version(struct igmp_group *head, u32_t now_ms);

/** Send what is due on every interface and set the timer for the rest. */
void igmp_run(u32_t now_ms);

/** Report @p g at @p due_ms, unless something is due sooner. */
void igmp_schedule(struct igmp_group *g, u8_t what, u32_t due_ms);

/** The report of @p g was sent: repeat it, be idle, or forget a group that was left. */
void igmp_reported(struct netif *nif, struct igmp_group *g, u32_t now_ms);

/** Send the reports that are due on @p nif. */
void igmp_report_due(struct netif *nif, struct igmp_group *head, u32_t now_ms);

/** Is @p g, not the first, due at @p now_ms? */
bool igmp_is_due(const struct igmp_group *g, u32_t now_ms);

/** Send the message @p p, without checksum, to @p to, network order.  Takes @p p. */
void igmp_send(struct netif *nif, struct pbuf *p, u32_t to);
/** A pbuf for a message.  @return NULL: no memory */
struct pbuf *igmp_message(u16_t len);

#if LWIP_X_MCAST_SOURCES

/** lwip_x_mcast_source() for IPv4. */
err_t igmp_source(struct netif *nif, const ip4_addr_t *group, const ip_addr_t *source, enum lwip_x_mcast_change change);
/** Version 3: send what is due of @p g, which has sources. */
void igmp_source_report(struct netif *nif, struct igmp_group *g);

#else

static inline void igmp_source_report(struct netif *nif, struct igmp_group *g)
{
  LWIP_UNUSED_ARG(nif);
  LWIP_UNUSED_ARG(g);
}

#endif

#endif

#endif
