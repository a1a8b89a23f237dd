/** A version 2 report of one group with sources (RFC 3810 section 5.2). */
#include "mld6_internal.h"

#if LWIP_IPV6 && LWIP_IPV6_MLD && LWIP_X_MCAST_SOURCES

#include "../wire/wire_mld6.h"
#include "lwip/pbuf.h"
#include <string.h>

enum { SOURCE_LEN = 16 };

/** The records that are due: one, or two where sources have changed. */
static unsigned records_due(const struct mld_group *g, enum mcast_record record[2])
{
  if (g->x_pending == MLD6_DUE_SOURCES) {
    record[0] = MCAST_ALLOW;
    record[1] = MCAST_BLOCK;
    return 2;
  }
  if (g->x_pending == MLD6_DUE_ANSWER) {
    record[0] = g->use > 0 ? MCAST_IS_EXCLUDE : MCAST_IS_INCLUDE;
  } else {
    record[0] = g->use > 0 ? MCAST_TO_EXCLUDE : MCAST_TO_INCLUDE;
  }
  return 1;
}

static u8_t *emit(u8_t *to, const struct mld_group *g, enum mcast_record record, u16_t sources)
{
  const mcast_source_t *s;

  mld6_wire_record_emit(to, (u8_t)record, sources, g->group_address.addr);
  to += MLD6_WIRE_RECORD_LEN;
  for (s = g->x_sources; s != NULL; s = s->next) {
    if (mcast_belongs(s, g->use, record)) {
      memcpy(to, ip_2_ip6(&s->addr)->addr, SOURCE_LEN);
      to += SOURCE_LEN;
    }
  }
  return to;
}

void mld6_source_report(struct netif *nif, struct mld_group *g)
{
  enum mcast_record record[2];
  const unsigned n = records_due(g, record);
  u16_t count[2], len = ICMP6_WIRE_HLEN, said = 0;
  struct pbuf *p;
  u8_t *to;
  unsigned i;

  for (i = 0; i < n; i++) {
    count[i] = mcast_count(g->x_sources, g->use, record[i]);
    if (mcast_says(record[i], count[i])) {
      len = (u16_t)(len + MLD6_WIRE_RECORD_LEN + count[i] * SOURCE_LEN);
      said++;
    }
  }
  p = said > 0 ? mld6_message(len) : NULL;
  if (p != NULL) {
    to = (u8_t *)p->payload;
    icmp6_wire_emit(to, ICMP6_WIRE_MLD2_REPORT, 0, said);
    to += ICMP6_WIRE_HLEN;
    for (i = 0; i < n; i++) {
      to = mcast_says(record[i], count[i]) ? emit(to, g, record[i], count[i]) : to;
    }
    g->last_reporter_flag = 1;
    mld6_send_v2(nif, p);
  }
  mcast_told(&g->x_sources);
}

#endif
