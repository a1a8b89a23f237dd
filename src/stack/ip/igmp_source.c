/** A version 3 report of one group with sources (RFC 3376 section 4.2). */
#include "igmp_internal.h"

#if LWIP_IPV4 && LWIP_IGMP && LWIP_X_MCAST_SOURCES

#include "../wire/wire_igmp.h"
#include "lwip/pbuf.h"
#include "lwip/stats.h"

enum { SOURCE_LEN = 4 };

/** The records that are due: one, or two where sources have changed. */
static unsigned records_due(const struct igmp_group *g, enum mcast_record record[2])
{
  if (g->pending == IGMP_DUE_SOURCES) {
    record[0] = MCAST_ALLOW;
    record[1] = MCAST_BLOCK;
    return 2;
  }
  if (g->pending == IGMP_DUE_ANSWER) {
    record[0] = g->use > 0 ? MCAST_IS_EXCLUDE : MCAST_IS_INCLUDE;
  } else {
    record[0] = g->use > 0 ? MCAST_TO_EXCLUDE : MCAST_TO_INCLUDE;
  }
  return 1;
}

static u8_t *emit(u8_t *to, const struct igmp_group *g, enum mcast_record record, u16_t sources)
{
  const mcast_source_t *s;

  igmp_wire_record_emit(to, (u8_t)record, sources, g->group_address.addr);
  to += IGMP_WIRE_LEN;
  for (s = g->x_sources; s != NULL; s = s->next) {
    if (mcast_belongs(s, g->use, record)) {
      ne32_put(to, ip_2_ip4(&s->addr)->addr);
      to += SOURCE_LEN;
    }
  }
  return to;
}

void igmp_source_report(struct netif *nif, struct igmp_group *g)
{
  enum mcast_record record[2];
  const unsigned n = records_due(g, record);
  u16_t count[2], len = IGMP_WIRE_LEN, said = 0;
  struct pbuf *p;
  u8_t *to;
  unsigned i;

  for (i = 0; i < n; i++) {
    count[i] = mcast_count(g->x_sources, g->use, record[i]);
    if (mcast_says(record[i], count[i])) {
      len = (u16_t)(len + IGMP_WIRE_LEN + count[i] * SOURCE_LEN);
      said++;
    }
  }
  p = said > 0 ? igmp_message(len) : NULL;
  if (p != NULL) {
    to = (u8_t *)p->payload;
    igmp_wire_report_emit(to, said);
    to += IGMP_WIRE_LEN;
    for (i = 0; i < n; i++) {
      to = mcast_says(record[i], count[i]) ? emit(to, g, record[i], count[i]) : to;
    }
    g->last_reporter_flag = 1;
    IGMP_STATS_INC(igmp.tx_report);
    igmp_send(nif, p, IGMP_V3_ROUTERS);
  }
  mcast_told(&g->x_sources);
}

#endif
