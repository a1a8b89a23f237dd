/**
 * Membership of groups: what IGMP and MLD are inside (RFC 3376 and RFC 3810 describe one machine in two formats).
 *
 *   mcast_group.c   groups, their states, the timer
 *   mcast_report.c  reports of the newest version
 *   mcast_source.c  the sources of a group
 *   igmp_*.c        IGMP: its API, its messages in, and out to older queriers
 *   mld6_*.c        MLD likewise
 */
#ifndef LWIP_STACK_IP_MCAST_GROUP_H
#define LWIP_STACK_IP_MCAST_GROUP_H

#include "lwip/opt.h"

#define MCAST_IGMP (LWIP_IPV4 && LWIP_IGMP)
#define MCAST_MLD6 (LWIP_IPV6 && LWIP_IPV6_MLD)

#if MCAST_IGMP || MCAST_MLD6

#include "lwip/memp.h"
#include "lwip/netif.h"
#include "lwip/stats.h"
#include "mcast_source.h"

/** Reports are sent this often (RFC 3376 8.1, RFC 3810 9.1). */
#define MCAST_ROBUSTNESS 2

/** How long an older querier is believed to be there: two query intervals and an answer (RFC 3376 8.12, RFC 3810 9.12). */
#define MCAST_OLD_QUERIER_MS 260000u

/** mcast_group.group_state */
enum { MCAST_LEAVING = 0, MCAST_DELAYING = 1, MCAST_IDLE = 2 };

/** mcast_group.x_pending: the report that is due. */
enum { MCAST_DUE_NOTHING = 0, MCAST_DUE_ANSWER, MCAST_DUE_JOIN, MCAST_DUE_LEAVE, MCAST_DUE_SOURCES };

/**
 * How struct igmp_group and struct mld_group begin; their address follows.  In here these members are used by way of this
 * structure only, and the address by way of the others.
 */
struct mcast_group {
  struct mcast_group *next;
#if LWIP_X_MCAST_SOURCES
  struct lwip_x_mcast_source *x_sources;
#endif
  u8_t last_reporter_flag;
  u8_t group_state;
  u16_t timer;
  u8_t use;
  u8_t x_pending;
  u8_t x_resend;
  u8_t x_silent;
  u32_t x_due_ms;
};

/* --- what is IGMP's or MLD's own: @c six tells which --- */

#if MCAST_IGMP && MCAST_MLD6
#define MCAST_EITHER(six, mld, igmp) ((six) ? (mld) : (igmp))
#elif MCAST_MLD6
#define MCAST_EITHER(six, mld, igmp) ((void)(six), (mld))
#else
#define MCAST_EITHER(six, mld, igmp) ((void)(six), (igmp))
#endif

#if IGMP_STATS && MLD6_STATS
#define MCAST_STATS_INC(six, what) (MCAST_EITHER((six), &lwip_stats.mld6, &lwip_stats.igmp)->what++)
#elif MLD6_STATS
#define MCAST_STATS_INC(six, what) MCAST_EITHER((six), (void)lwip_stats.mld6.what++, (void)0)
#elif IGMP_STATS
#define MCAST_STATS_INC(six, what) MCAST_EITHER((six), (void)0, (void)lwip_stats.igmp.what++)
#else
#define MCAST_STATS_INC(six, what) ((void)(six))
#endif

/** A report of the newest version, without checksum, to all routers.  Takes it. */
void mld6_send_v2(struct netif *nif, struct pbuf *p);
void igmp_send_v3(struct netif *nif, struct pbuf *p);
/** The older querier gets what is due of @p g. */
void mld6_send_v1(struct netif *nif, struct mcast_group *g);
void igmp_send_old(struct netif *nif, struct mcast_group *g);
/** Is an older querier about? */
bool mld6_is_v1(struct netif *nif, u32_t now_ms);
bool igmp_is_old(struct netif *nif, u32_t now_ms);
/** Is @p g never reported? */
bool mld6_is_silent(const struct mcast_group *g);
bool igmp_is_silent(const struct mcast_group *g);
/** Tell the interface. */
void mld6_filter(struct netif *nif, const struct mcast_group *g, enum netif_mac_filter_action action);
void igmp_filter(struct netif *nif, const struct mcast_group *g, enum netif_mac_filter_action action);
/** Records that fit into one report. */
u8_t igmp_room(const struct netif *nif);
enum { MLD6_ROOM = 60 }; /* of the smallest MTU: (1280 - 56) / 20 */

/** Octets of an address on the wire. */
static inline u8_t mcast_addr_len(bool six)
{
  return MCAST_EITHER(six, 16, 4);
}

/** The client data of an interface that is its first group. */
static inline u8_t mcast_list(bool six)
{
  return MCAST_EITHER(six, LWIP_NETIF_CLIENT_DATA_INDEX_MLD6, LWIP_NETIF_CLIENT_DATA_INDEX_IGMP);
}

static inline struct mcast_group *mcast_first(bool six, const struct netif *nif)
{
  return (struct mcast_group *)netif_get_client_data(nif, mcast_list(six));
}

/** Where the address lies: without what the compiler may put behind the structure. */
enum { MCAST_ADDR_AT = offsetof(struct mcast_group, x_due_ms) + sizeof(u32_t) };

/** The octets of the address of @p g. */
static inline u8_t *mcast_addr(struct mcast_group *g)
{
  return (u8_t *)g + MCAST_ADDR_AT;
}

/** What programs do to @p nif for the group at @p addr, which is one they may join. */
typedef err_t (*mcast_change_fn)(bool six, struct netif *nif, const void *addr);

/** @retval ERR_MEM  no free group, or joined too often */
err_t mcast_join(bool six, struct netif *nif, const void *addr);
/** @retval ERR_VAL  not joined */
err_t mcast_leave(bool six, struct netif *nif, const void *addr);

/** A new group behind the first one, in MCAST_IDLE and used by nobody.  @return NULL: no memory */
struct mcast_group *mcast_add(bool six, struct netif *nif, const void *addr);
/** The membership of @p nif, or NULL. */
struct mcast_group *mcast_lookup(bool six, struct netif *nif, const void *addr);
/** Forget all groups of @p nif, without a word. */
void mcast_stop(bool six, struct netif *nif);
/** Report every group of @p nif soon. */
void mcast_report_groups(bool six, struct netif *nif);

/** A query about all groups, to be answered within @p max_ms. */
void mcast_asked_all(bool six, struct netif *nif, u32_t max_ms);
/** A query about one.  @return false: none that is reported */
bool mcast_asked(bool six, struct netif *nif, const void *addr, u32_t max_ms);
/** Another host reported it: to older queriers ours need not be.  @return as mcast_asked() */
bool mcast_heard(bool six, struct netif *nif, const void *addr);

/** Is a report of @p g due at @p now_ms? */
bool mcast_is_due(const struct mcast_group *g, u32_t now_ms);
/** When the repetition of an unsolicited report is due. */
u32_t mcast_repeat_at(u32_t now_ms);
/** The report of @p g was sent: repeat it at @p again_ms, be idle, or forget a group that was left. */
void mcast_reported(bool six, struct netif *nif, struct mcast_group *g, u32_t again_ms);

/* mcast_report.c */

/** Send the reports that are due on @p nif. */
void mcast_report_due(bool six, struct netif *nif, u32_t now_ms);
/** A pbuf for a message of @p len octets.  @return NULL: no memory */
struct pbuf *mcast_message(bool six, size_t len);

#if LWIP_X_MCAST_SOURCES
/** lwip_x_mcast_source(), for arguments that are possible. */
err_t mcast_change_source(bool six, struct netif *nif, const void *addr, const ip_addr_t *source,
                          enum lwip_x_mcast_change change);
#endif

#endif

#endif
