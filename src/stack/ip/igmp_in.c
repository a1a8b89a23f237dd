/** IGMP messages in: queries, and in versions 1 and 2 the reports of others, which make ours unnecessary. */
#include "../base/random.h"
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

/** How long an older querier is believed to be there: two query intervals and an answer (RFC 3376 8.12). */
#define OLD_QUERIER_MS 260000u

/** From a neighbour (0.0.0.0 is what snooping switches ask from, RFC 4541 2.1.1), and never from behind a router. */
static bool is_local(const struct ip_rx *rx)
{
  const ip4_addr_t *src = ip_2_ip4(&rx->src);

  if (rx->ttl != 1) {
    return false;
  }
  return src->addr == 0 || ip4_addr_net_eq(src, netif_ip4_addr(rx->inp), netif_ip4_netmask(rx->inp));
}

/** Speak the version of the oldest querier (RFC 3376 7.2.1). */
static void note_version(struct igmp_group *head, u8_t version, u32_t now_ms)
{
  if (version == 1) {
    head->pending |= IGMP_SEEN_V1;
    head->due_ms = now_ms + OLD_QUERIER_MS;
  } else if (version == 2) {
    head->pending |= IGMP_SEEN_V2;
    head->v2_ms = now_ms + OLD_QUERIER_MS;
  }
}

/** In version 3 all groups answer in one report; in older versions each draws its own delay, so that others can be quicker. */
static void general_query(struct igmp_group *head, const struct igmp_query *q, u32_t now_ms)
{
  const u8_t version = igmp_version(head, now_ms);
  u32_t due = now_ms + 1 + random_below(q->max_ms);
  struct igmp_group *g;

  for (g = head->next; g != NULL; g = g->next) {
    if (g->group_state == IGMP_STATE_LEAVING) {
      continue;
    }
    igmp_schedule(g, IGMP_DUE_ANSWER, due);
    if (version != 3) {
      due = now_ms + 1 + random_below(q->max_ms);
    }
  }
}

/** Lends @p p. */
static enum lwip_x_drop query(const struct pbuf *p, const struct ip_rx *rx, struct igmp_group *head)
{
  const u32_t now = sys_now();
  struct igmp_query q;
  struct igmp_group *g;
  ip4_addr_t group;

  if (p->len < LWIP_MIN(rx->len, IGMP_WIRE_V3_QUERY) || !igmp_wire_query_parse((const u8_t *)p->payload, rx->len, &q)) {
    return DROP_IGMP_SHORT;
  }
  if (q.max_ms == 0) {
    q.max_ms = 100;
  }
  if (q.group == 0) {
    IGMP_STATS_INC(igmp.rx_general);
    note_version(head, q.version, now);
    general_query(head, &q, now);
    return DROP_NONE;
  }
  IGMP_STATS_INC(igmp.rx_group);
  group.addr = q.group;
  g = igmp_lookfor_group(rx->inp, &group);
  if (g == NULL || g == head) {
    return DROP_IGMP_GROUP;
  }
  igmp_schedule(g, IGMP_DUE_ANSWER, now + 1 + random_below(q.max_ms));
  return DROP_NONE;
}

/** Somebody else reported the group (versions 1 and 2): ours need not be. */
static enum lwip_x_drop report(const struct pbuf *p, const struct ip_rx *rx, struct igmp_group *head)
{
  struct igmp_group *g;
  ip4_addr_t group;

  IGMP_STATS_INC(igmp.rx_report);
  group.addr = igmp_wire_group((const u8_t *)p->payload);
  g = igmp_lookfor_group(rx->inp, &group);
  if (g == NULL || g == head) {
    return DROP_IGMP_GROUP;
  }
  if (g->group_state == IGMP_STATE_DELAYING && igmp_version(head, sys_now()) != 3) {
    g->pending = IGMP_DUE_NOTHING;
    g->resend = 0;
    g->last_reporter_flag = 0;
    g->group_state = IGMP_STATE_IDLE;
  }
  return DROP_NONE;
}

/** Lends @p p. */
static enum lwip_x_drop process(struct pbuf *p, const struct ip_rx *rx)
{
  struct igmp_group *head = netif_igmp_data(rx->inp);
  u8_t type;

  if (p->len < IGMP_WIRE_LEN) {
    return DROP_IGMP_SHORT;
  }
  if (inet_chksum_pbuf(p) != 0) {
    return DROP_IGMP_CHKSUM;
  }
  if (head == NULL || !is_local(rx)) {
    return DROP_IGMP_SOURCE;
  }
  type = igmp_wire_type((const u8_t *)p->payload);
  if (type == IGMP_WIRE_QUERY) {
    return query(p, rx, head);
  }
  if (type == IGMP_WIRE_V1_REPORT || type == IGMP_WIRE_V2_REPORT) {
    return report(p, rx, head);
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
