/** MLD messages in: queries, and in version 1 the reports of others, which make ours unnecessary. */
#include "mld6_internal.h"

#if LWIP_IPV6 && LWIP_IPV6_MLD

#include "../mem/drop.h"
#include "../mem/pbuf_pull.h"
#include "../wire/wire_ip6.h"
#include "../wire/wire_mld6.h"
#include "lwip/icmp6.h"
#include "lwip/stats.h"
#include "lwip/sys.h"

static enum lwip_x_drop query(const u8_t *m, u16_t len, struct netif *nif)
{
  const u8_t *group = mld6_wire_group(m);
  struct mld6_query q;

  if (!mld6_wire_query_parse(m, len, &q)) {
    return DROP_MLD6_FORMAT;
  }
  if (q.version == 1) {
    nif->x_nd6.mld_v1 = 1;
    nif->x_nd6.mld_v1_until_ms = sys_now() + MCAST_OLD_QUERIER_MS;
  }
  q.max_ms = LWIP_MAX(q.max_ms, 1);
  if (memcmp(group, IP6_ADDR_ANY6, 16) == 0) {
    MLD6_STATS_INC(mld6.rx_general);
    mcast_asked_all(true, nif, q.max_ms);
    return DROP_NONE;
  }
  MLD6_STATS_INC(mld6.rx_group);
  return mcast_asked(true, nif, group, q.max_ms) ? DROP_NONE : DROP_MLD6_GROUP;
}

/** Somebody else reported the group (version 1). */
static enum lwip_x_drop report(const u8_t *m, struct netif *nif)
{
  MLD6_STATS_INC(mld6.rx_report);
  return mcast_heard(true, nif, mld6_wire_group(m)) ? DROP_NONE : DROP_MLD6_GROUP;
}

/** Lends @p p. */
static enum lwip_x_drop process(const struct pbuf *p, const struct ip_rx *rx)
{
  const u8_t *m = (const u8_t *)p->payload;

  if (icmp6_wire_type(m) == ICMP6_WIRE_MLD_QUERY) {
    return ip6_addr_islinklocal(ip_2_ip6(&rx->src)) ? query(m, rx->len, rx->inp) : DROP_MLD6_ORIGIN;
  }
  if (icmp6_wire_type(m) == ICMP6_WIRE_MLD_REPORT) {
    return report(m, rx->inp);
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
