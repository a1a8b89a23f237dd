/** Between the files of MLD: membership (mld6_host.c), messages in (mld6_in.c) and out (mld6_report.c). */
#ifndef LWIP_STACK_IP_MLD6_INTERNAL_H
#define LWIP_STACK_IP_MLD6_INTERNAL_H

#include "mld6_host.h"
#include "lwip/mld6.h"
#include "mcast_source.h"

#if LWIP_IPV6 && LWIP_IPV6_MLD

/** mld_group.group_state */
enum { MLD6_STATE_LEAVING = 0, MLD6_STATE_DELAYING = 1, MLD6_STATE_IDLE = 2 };

/** mld_group.x_pending: the report that is due. */
enum { MLD6_DUE_NOTHING = 0, MLD6_DUE_ANSWER, MLD6_DUE_JOIN, MLD6_DUE_LEAVE, MLD6_DUE_SOURCES };

/** Reports are sent this often (RFC 3810 section 9.1). */
#define MLD6_ROBUSTNESS 2

/** Is a version 1 querier about on @p nif (RFC 3810 section 8.2.1)? */
bool mld6_is_v1(struct netif *nif, u32_t now_ms);

/** Report @p g at @p due_ms, unless something is due sooner. */
void mld6_schedule(struct mld_group *g, u8_t what, u32_t due_ms);

/** When the repetition of an unsolicited report is due. */
u32_t mld6_repeat_at(u32_t now_ms);

/** The report of @p g was sent: repeat it at @p again_ms, be idle, or forget a group that was left. */
void mld6_reported(struct netif *nif, struct mld_group *g, u32_t again_ms);

/** Send the reports that are due on @p nif. */
void mld6_report_due(struct netif *nif, u32_t now_ms);

/** Is @p g due at @p now_ms? */
bool mld6_is_due(const struct mld_group *g, u32_t now_ms);

/** Send the message @p p, without checksum.  Takes @p p. */
void mld6_send(struct netif *nif, struct pbuf *p, const ip6_addr_t *to);
/** ...to all routers with version 2.  Takes @p p. */
void mld6_send_v2(struct netif *nif, struct pbuf *p);
/** A pbuf for a message.  @return NULL: no memory */
struct pbuf *mld6_message(size_t len);

#if LWIP_X_MCAST_SOURCES

/** lwip_x_mcast_source() for IPv6. */
err_t mld6_source(struct netif *nif, const ip6_addr_t *group, const ip_addr_t *source, enum lwip_x_mcast_change change);
/** Version 2: send what is due of @p g, which has sources. */
void mld6_source_report(struct netif *nif, struct mld_group *g);

#else

static inline void mld6_source_report(struct netif *nif, struct mld_group *g)
{
  LWIP_UNUSED_ARG(nif);
  LWIP_UNUSED_ARG(g);
}

#endif

#endif

#endif
