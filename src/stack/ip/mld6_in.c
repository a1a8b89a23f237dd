/** MLD messages in: queries, and in version 1 the reports of others, which make ours unnecessary. */
#include "mld6_internal.h"

#if LWIP_IPV6 && LWIP_IPV6_MLD

#include "../base/random.h"
#include "../mem/drop.h"
#include "../mem/pbuf_pull.h"
#include "../wire/wire_ip6.h"
#include "../wire/wire_mld6.h"
#include "lwip/icmp6.h"
#include "lwip/stats.h"
#include "lwip/sys.h"

/** How long an older querier is believed to be there: two query intervals and an answer (RFC 3810 section 9.12). */
#define OLD_QUERIER_MS 260000u

/** In version 2 all groups answer in one report; in version 1 each draws its own delay, so that others can be quicker. */
static void general_query(struct netif *nif, const struct mld6_query *q, u32_t now_ms)
{
  u32_t due = now_ms + 1 + random_below(q->max_ms);
  struct mld_group *g;

  for (g = netif_mld6_data(nif); g != NULL; g = g->next) {
    if (g->group_state == MLD6_STATE_LEAVING) {
      continue;
    }
    mld6_schedule(g, MLD6_DUE_ANSWER, due);
    if (mld6_is_v1(nif, now_ms)) {
      due = now_ms + 1 + random_below(q->max_ms);
    }
  }
}

static enum lwip_x_drop query(const u8_t *m, u16_t len, struct netif *nif, const ip6_addr_t *group)
{
  const u32_t now = sys_now();
  struct mld6_query q;
  struct mld_group *g;

  if (!mld6_wire_query_parse(m, len, &q)) {
    return DROP_MLD6_FORMAT;
  }
  if (q.version == 1) {
    nif->x_nd6.mld_v1 = 1;
    nif->x_nd6.mld_v1_until_ms = now + OLD_QUERIER_MS;
  }
  q.max_ms = LWIP_MAX(q.max_ms, 1);
  if (ip6_addr_isany(group)) {
    MLD6_STATS_INC(mld6.rx_general);
    general_query(nif, &q, now);
    return DROP_NONE;
  }
  MLD6_STATS_INC(mld6.rx_group);
  g = mld6_lookfor_group(nif, group);
  if (g == NULL) {
    return DROP_MLD6_GROUP;
  }
  mld6_schedule(g, MLD6_DUE_ANSWER, now + 1 + random_below(q.max_ms));
  return DROP_NONE;
}

/** Somebody else reported the group (version 1): ours need not be. */
static enum lwip_x_drop report(struct netif *nif, const ip6_addr_t *group)
{
  struct mld_group *g = mld6_lookfor_group(nif, group);

  MLD6_STATS_INC(mld6.rx_report);
  if (g == NULL) {
    return DROP_MLD6_GROUP;
  }
  if (g->group_state == MLD6_STATE_DELAYING && mld6_is_v1(nif, sys_now())) {
    g->x_pending = MLD6_DUE_NOTHING;
    g->x_resend = 0;
    g->last_reporter_flag = 0;
    g->group_state = MLD6_STATE_IDLE;
  }
  return DROP_NONE;
}

/** Lends @p p. */
static enum lwip_x_drop process(const struct pbuf *p, const struct ip_rx *rx)
{
  const u8_t *m = (const u8_t *)p->payload;
  ip6_addr_t group;

  ip6_wire_addr_get(group.addr, mld6_wire_group(m));
  if (icmp6_wire_type(m) == ICMP6_WIRE_MLD_QUERY) {
    return ip6_addr_islinklocal(ip_2_ip6(&rx->src)) ? query(m, rx->len, rx->inp, &group) : DROP_MLD6_ORIGIN;
  }
  if (icmp6_wire_type(m) == ICMP6_WIRE_MLD_REPORT) {
    return report(rx->inp, &group);
  }
  return DROP_NONE; /* for routers */
}

void mld6_rx(struct pbuf *p, const struct ip_rx *rx)
{
  MLD6_STATS_INC(mld6.recv);
  if (p->tot_len < MLD6_WIRE_LEN) {
    drop(p, DROP_MLD6_FORMAT);
    return;
  }
  p = pbuf_pull(p, LWIP_MIN(p->tot_len, MLD6_WIRE_QUERY2_LEN));
  if (p != NULL) {
    drop(p, process(p, rx));
  }
}

void mld6_input(struct pbuf *p, struct netif *inp)
{
  icmp6_input(p, inp);
}

#endif
