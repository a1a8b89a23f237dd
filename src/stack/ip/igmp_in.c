/** IGMP messages in: queries, and in versions 1 and 2 the reports of others, which make ours unnecessary. */
#include "../mem/drop.h"
#include "../wire/wire_igmp.h"
#include "../wire/wire_ip4.h"
#include "igmp_internal.h"
#include "ip4_in.h"
#include "lwip/inet_chksum.h"
#include "lwip/ip.h"
#include "lwip/stats.h"
#include "lwip/sys.h"

#if LWIP_IPV4 && LWIP_IGMP

/** From a neighbour (0.0.0.0 is what snooping switches ask from, RFC 4541 2.1.1), and never from behind a router. */
static bool is_local(const struct ip_rx *rx)
{
  const ip4_addr_t *src = ip_2_ip4(&rx->src);

  if (rx->ttl != 1) {
    return false;
  }
  return src->addr == 0 || ip4_addr_net_eq(src, netif_ip4_addr(rx->inp), netif_ip4_netmask(rx->inp));
}

/** Lends @p p. */
static enum lwip_x_drop query(const struct pbuf *p, const struct ip_rx *rx)
{
  struct igmp_query q;

  if (p->len < LWIP_MIN(rx->len, IGMP_WIRE_V3_QUERY) || !igmp_wire_query_parse((const u8_t *)p->payload, rx->len, &q)) {
    return DROP_IGMP_SHORT;
  }
  if (q.max_ms == 0) {
    q.max_ms = 100;
  }
  if (q.group == 0) {
    IGMP_STATS_INC(igmp.rx_general);
    igmp_note_version(rx->inp, q.version, sys_now());
    mcast_asked_all(false, rx->inp, q.max_ms);
    return DROP_NONE;
  }
  IGMP_STATS_INC(igmp.rx_group);
  return mcast_asked(false, rx->inp, &q.group, q.max_ms) ? DROP_NONE : DROP_IGMP_GROUP;
}

/** Somebody else reported the group (versions 1 and 2). */
static enum lwip_x_drop report(const struct pbuf *p, const struct ip_rx *rx)
{
  const u32_t group = igmp_wire_group((const u8_t *)p->payload);

  IGMP_STATS_INC(igmp.rx_report);
  return mcast_heard(false, rx->inp, &group) ? DROP_NONE : DROP_IGMP_GROUP;
}

/** Lends @p p. */
static enum lwip_x_drop process(struct pbuf *p, const struct ip_rx *rx)
{
  u8_t type;

  if (p->len < IGMP_WIRE_LEN) {
    return DROP_IGMP_SHORT;
  }
  if (inet_chksum_pbuf(p) != 0) {
    return DROP_IGMP_CHKSUM;
  }
  if (netif_igmp_data(rx->inp) == NULL || !is_local(rx)) {
    return DROP_IGMP_SOURCE;
  }
  type = igmp_wire_type((const u8_t *)p->payload);
  if (type == IGMP_WIRE_QUERY) {
    return query(p, rx);
  }
  if (type == IGMP_WIRE_V1_REPORT || type == IGMP_WIRE_V2_REPORT) {
    return report(p, rx);
  }
  return DROP_IGMP_TYPE;
}

void igmp_rx(struct pbuf *p, const struct ip_rx *rx)
{
  IGMP_STATS_INC(igmp.recv);
  drop(p, process(p, rx));
}

void igmp_input(struct pbuf *p, struct netif *inp, const ip4_addr_t *dest)
{
  struct ip_rx rx;
  const u16_t hlen = ip_data.current_ip_header_tot_len;

  (void)dest;
  if (pbuf_add_header_force(p, hlen) != 0) {
    pbuf_free(p);
    return;
  }
  if (ip4_rx_parse(p, inp, &rx) != DROP_NONE || rx.hlen != hlen) {
    drop(p, DROP_IP4_HLEN);
    return;
  }
  (void)pbuf_remove_header(p, hlen);
  igmp_rx(p, &rx);
}

#endif
