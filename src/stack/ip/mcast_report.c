/**
 * Reports of IGMP version 3 (RFC 3376 section 4.2) and MLD version 2 (RFC 3810 section 5.2): all that is due on an interface in
 * one.  They differ in their type and in the length of an address:
 *
 *  0      1   2        4   6         8
 *  | type | 0 | chksum | 0 | records | records...
 *
 *  0      1     2         4
 *  | mode | aux | sources | group | sources...            a record of it
 */
#include "mcast_group.h"

#if MCAST_IGMP || MCAST_MLD6

#include "../base/bytes.h"
#include "../mem/pbuf_ctrl.h"
#include "../wire/wire_igmp.h"
#include "../wire/wire_mld6.h"
#include <string.h>

/** Octets of the header; of a record in front of its address. */
enum { REPORT_HLEN = 8, RECORD_HLEN = 4 };

struct pbuf *mcast_message(bool six, size_t len)
{
  struct pbuf *p = pbuf_alloc_ctrl(PBUF_TRANSPORT, (u16_t)len);

  if (p == NULL) {
    MCAST_STATS_INC(six, memerr);
  }
  return p;
}

/** A report of @p records, @p len octets together; *@p to is where they go.  @return NULL: no memory */
static struct pbuf *begin(bool six, u16_t records, size_t len, u8_t **to)
{
  struct pbuf *p = mcast_message(six, REPORT_HLEN + len);

  if (p != NULL) {
    u8_t *h = (u8_t *)p->payload;
    be32_put(h, (u32_t)MCAST_EITHER(six, ICMP6_WIRE_MLD2_REPORT, IGMP_WIRE_V3_REPORT) << 24);
    be32_put(h + 4, records);
    *to = h + REPORT_HLEN;
  }
  return p;
}

/** Write a record without the @p sources that follow it.  @return where they go */
static u8_t *put_record(bool six, u8_t *to, enum mcast_record mode, u16_t sources, struct mcast_group *g)
{
  be32_put(to, (u32_t)mode << 24 | sources);
  memcpy(to + RECORD_HLEN, mcast_addr(g), mcast_addr_len(six));
  g->last_reporter_flag = 1;
  return to + RECORD_HLEN + mcast_addr_len(six);
}

/** The record of the whole state that is due. */
static enum mcast_record mode_of(const struct mcast_group *g)
{
  if (g->x_pending == MCAST_DUE_ANSWER) {
    return g->use > 0 ? MCAST_IS_EXCLUDE : MCAST_IS_INCLUDE;
  }
  return g->use > 0 ? MCAST_TO_EXCLUDE : MCAST_TO_INCLUDE;
}

#if LWIP_X_MCAST_SOURCES

/** The records that are due: one, or two where sources have changed. */
static unsigned records_due(const struct mcast_group *g, enum mcast_record record[2])
{
  if (g->x_pending == MCAST_DUE_SOURCES) {
    record[0] = MCAST_ALLOW;
    record[1] = MCAST_BLOCK;
    return 2;
  }
  record[0] = mode_of(g);
  return 1;
}

static u8_t *put_sources(bool six, u8_t *to, const struct mcast_group *g, enum mcast_record record)
{
  const mcast_source_t *s;

  for (s = g->x_sources; s != NULL; s = s->next) {
    if (mcast_belongs(s, g->use, record)) {
      memcpy(to, &s->addr, mcast_addr_len(six)); /* of either family: its octets come first */
      to += mcast_addr_len(six);
    }
  }
  return to;
}

/** Send what is due of @p g, which has sources. */
static void report_one(bool six, struct netif *nif, struct mcast_group *g)
{
  enum mcast_record record[2];
  const unsigned n = records_due(g, record);
  u16_t count[2], said = 0;
  struct pbuf *p = NULL;
  size_t len = 0;
  u8_t *to;
  unsigned i;

  for (i = 0; i < n; i++) {
    count[i] = mcast_count(g->x_sources, g->use, record[i]);
    if (mcast_says(record[i], count[i])) {
      len += RECORD_HLEN + (1u + count[i]) * mcast_addr_len(six);
      said++;
    }
  }
  if (said > 0) {
    p = begin(six, said, len, &to);
  }
  if (p != NULL) {
    for (i = 0; i < n; i++) {
      if (mcast_says(record[i], count[i])) {
        to = put_sources(six, put_record(six, to, record[i], count[i], g), g, record[i]);
      }
    }
    MCAST_EITHER(six, mld6_send_v2, igmp_send_v3)(nif, p);
  }
  mcast_told(&g->x_sources);
}

/** Groups with sources are reported one by one. */
static void report_sourced(bool six, struct netif *nif, u32_t now_ms)
{
  struct mcast_group *g, *next;

  for (g = mcast_first(six, nif); g != NULL; g = next) {
    next = g->next;
    if (g->x_sources != NULL && mcast_is_due(g, now_ms)) {
      report_one(six, nif, g);
      mcast_reported(six, nif, g, mcast_repeat_at(now_ms));
    }
  }
}

#else

static void report_sourced(bool six, struct netif *nif, u32_t now_ms)
{
  LWIP_UNUSED_ARG(six);
  LWIP_UNUSED_ARG(nif);
  LWIP_UNUSED_ARG(now_ms);
}

#endif

/** Is a record of @p g due that stands for all of it? */
static bool is_plain(const struct mcast_group *g, u32_t now_ms)
{
  return MCAST_SOURCES(g) == NULL && mcast_is_due(g, now_ms);
}

static u16_t count_plain(bool six, struct netif *nif, u32_t now_ms)
{
  const struct mcast_group *g;
  u16_t n = 0;

  for (g = mcast_first(six, nif); g != NULL; g = g->next) {
    if (is_plain(g, now_ms)) {
      n++;
    }
  }
  return n;
}

/** A report of @p n records.  Without memory nothing is sent, and the groups wait for the next query. */
static void report_plain(bool six, struct netif *nif, u16_t n, u32_t now_ms)
{
  u8_t *to = NULL;
  struct pbuf *p = begin(six, n, (size_t)n * (RECORD_HLEN + mcast_addr_len(six)), &to);
  const u32_t again_ms = mcast_repeat_at(now_ms);
  struct mcast_group *g, *next;

  for (g = mcast_first(six, nif); g != NULL && n > 0; g = next) {
    next = g->next;
    if (!is_plain(g, now_ms)) {
      continue;
    }
    if (p != NULL) {
      to = put_record(six, to, mode_of(g), 0, g);
    }
    mcast_reported(six, nif, g, again_ms);
    n--;
  }
  if (p != NULL) {
    MCAST_EITHER(six, mld6_send_v2, igmp_send_v3)(nif, p);
  }
}

/** Message by message. */
static void report_old(bool six, struct netif *nif, u32_t now_ms)
{
  struct mcast_group *g, *next;

  for (g = mcast_first(six, nif); g != NULL; g = next) {
    next = g->next;
    if (mcast_is_due(g, now_ms)) {
      mcast_settle(&MCAST_SOURCES(g)); /* these versions know no sources */
      if (g->group_state == MCAST_LEAVING) {
        g->x_resend = 0;
      }
      MCAST_EITHER(six, mld6_send_v1, igmp_send_old)(nif, g);
      mcast_reported(six, nif, g, mcast_repeat_at(now_ms));
    }
  }
}

void mcast_report_due(bool six, struct netif *nif, u32_t now_ms)
{
  const u16_t room = MCAST_EITHER(six, MLD6_ROOM, igmp_room(nif));
  u16_t n;

  if (mcast_first(six, nif) == NULL) {
    return;
  }
  if (MCAST_EITHER(six, mld6_is_v1, igmp_is_old)(nif, now_ms)) {
    report_old(six, nif, now_ms);
    return;
  }
  report_sourced(six, nif, now_ms);
  while ((n = count_plain(six, nif, now_ms)) > 0) {
    report_plain(six, nif, LWIP_MIN(n, room), now_ms);
  }
}

#endif
