/**
 * The sources of a group, merged (RFC 3376 section 3.2, RFC 3810 section 4.2); the same for IGMP and MLD.
 *
 * A group that somebody has joined from all sources (use > 0) is in mode EXCLUDE: all are wanted but those that everybody
 * blocks and nobody includes.  Otherwise it is in mode INCLUDE: those are wanted that somebody includes.
 */
#ifndef LWIP_STACK_IP_MCAST_SOURCE_H
#define LWIP_STACK_IP_MCAST_SOURCE_H

#include "lwip/x_mcast.h"
#include <stdbool.h>

/** Records of a report (RFC 3376 section 4.2.12, RFC 3810 section 5.2.12). */
enum mcast_record {
  MCAST_IS_INCLUDE = 1,
  MCAST_IS_EXCLUDE = 2,
  MCAST_TO_INCLUDE = 3,
  MCAST_TO_EXCLUDE = 4,
  MCAST_ALLOW = 5,
  MCAST_BLOCK = 6
};

#if LWIP_X_MCAST_SOURCES && ((LWIP_IPV4 && LWIP_IGMP) || (LWIP_IPV6 && LWIP_IPV6_MLD))

/** The sources of a group of either protocol. */
#define MCAST_SOURCES(g) ((g)->x_sources)

typedef struct lwip_x_mcast_source mcast_source_t;

/** Is the group wanted from any source of the list? */
bool mcast_included(const mcast_source_t *list);

/** Make @p change for @p addr.  @return ERR_VAL, ERR_MEM: nothing has changed */
err_t mcast_change(mcast_source_t **list, u8_t use, const ip_addr_t *addr, enum lwip_x_mcast_change change);

/** Did that change which sources are wanted?  Those that it did change are reported @p times times from now on. */
bool mcast_changed(mcast_source_t *list, u8_t use, u8_t times);

/** A record tells the whole state: no change of a source has to be told any more. */
void mcast_settle(mcast_source_t **list);

/** Forget sources that nobody asks for and nobody has to be told of. */
void mcast_sweep(mcast_source_t **list);

/** The changes were told once. */
void mcast_told(mcast_source_t **list);

/** Forget all. */
void mcast_clear(mcast_source_t **list);

/** Does @p s belong into a record of type @p record? */
bool mcast_belongs(const mcast_source_t *s, u8_t use, enum mcast_record record);

/** Sources in a record. */
u16_t mcast_count(const mcast_source_t *list, u8_t use, enum mcast_record record);

/** Does a record of @p n sources say anything? */
static inline bool mcast_says(enum mcast_record record, u16_t n)
{
  return n > 0 || record == MCAST_IS_EXCLUDE || record == MCAST_TO_EXCLUDE || record == MCAST_TO_INCLUDE;
}

#else

#define MCAST_SOURCES(g) NULL
#define mcast_included(list) false
#define mcast_settle(list) ((void)0)
#define mcast_clear(list) ((void)0)

#endif

#endif
