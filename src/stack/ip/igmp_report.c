/** IGMP messages out: all that is due on an interface in one version 3 report, or message by message to older queriers. */
#include "../base/random.h"
#include "../base/seq.h"
#include "../mem/drop.h"
#include "../mem/pbuf_ctrl.h"
#include "../wire/wire_igmp.h"
#include "../wire/wire_ip4.h"
#include "igmp_internal.h"
#include "lwip/inet_chksum.h"
#include "lwip/ip.h"
#include "lwip/stats.h"

#if LWIP_IPV4 && LWIP_IGMP

/** Records in one report: it fits the smallest MTU IPv4 hosts accept. */
#define RECORDS_MAX 64u

/** Header, router alert and the report's own header: what an MTU has to leave for records. */
#define HEADERS 32u

u8_t igmp_version(struct igmp_group *head, u32_t now_ms)
{
  if ((head->pending & IGMP_SEEN_V1) != 0 && time_reached(now_ms, head->due_ms)) {
    head->pending &= (u8_t)~IGMP_SEEN_V1;
  }
  if ((head->pending & IGMP_SEEN_V2) != 0 && time_reached(now_ms, head->v2_ms)) {
    head->pending &= (u8_t)~IGMP_SEEN_V2;
  }
  if ((head->pending & IGMP_SEEN_V1) != 0) {
    return 1;
  }
  return (head->pending & IGMP_SEEN_V2) != 0 ? 2 : 3;
}

/** Checksum, router alert, TTL 1.  Takes @p p. */
void igmp_send(struct netif *nif, struct pbuf *p, u32_t to)
{
  static const u8_t router_alert[4] = { 0x94, 0x04, 0, 0 };
  u8_t alert[sizeof router_alert];
  ip4_addr_t dst;
  u16_t sum;

  dst.addr = to;
  memcpy(alert, router_alert, sizeof alert);
  sum = inet_chksum(p->payload, p->len);
  memcpy((u8_t *)p->payload + 2, &sum, sizeof sum);
  IGMP_STATS_INC(igmp.xmit);
  (void)ip4_output_if_opt(p, netif_ip4_addr(nif), &dst, 1, 0xc0, IP4_WIRE_IGMP, nif, alert, sizeof alert);
  pbuf_free(p);
}

/** A pbuf with room for IP options too. */
struct pbuf *igmp_message(u16_t len)
{
  struct pbuf *p = pbuf_alloc_ctrl(PBUF_TRANSPORT, len);

  if (p == NULL) {
    IGMP_STATS_INC(igmp.memerr);
  }
  return p;
}

/** Versions 1 and 2: one message a group; nobody is told of a leave in version 1, or when others reported last. */
static void send_old(struct netif *nif, struct igmp_group *g, u8_t version)
{
  const bool leaving = g->group_state == IGMP_STATE_LEAVING;
  const u8_t type = version == 1 ? IGMP_WIRE_V1_REPORT : leaving ? IGMP_WIRE_LEAVE : IGMP_WIRE_V2_REPORT;
  struct pbuf *p;

  mcast_settle(&MCAST_SOURCES(g)); /* these versions know no sources */
  if (leaving) {
    g->resend = 0;
  }
  if (leaving && (version == 1 || !g->last_reporter_flag)) {
    return;
  }
  p = igmp_message(IGMP_WIRE_LEN);
  if (p == NULL) {
    return;
  }
  igmp_wire_emit((u8_t *)p->payload, type, g->group_address.addr);
  g->last_reporter_flag = 1;
  IGMP_STATS_INC(igmp.tx_report);
  igmp_send(nif, p, leaving ? IGMP_ALL_ROUTERS : g->group_address.addr);
}

static u8_t record_mode(const struct igmp_group *g)
{
  if (g->pending == IGMP_DUE_ANSWER) {
    return IGMP_WIRE_IS_EXCLUDE;
  }
  return g->pending == IGMP_DUE_JOIN ? IGMP_WIRE_TO_EXCLUDE : IGMP_WIRE_TO_INCLUDE;
}

static u16_t count_due(const struct igmp_group *head, u32_t now_ms)
{
  const struct igmp_group *g;
  u16_t n = 0;

  for (g = head->next; g != NULL; g = g->next) {
    if (MCAST_SOURCES(g) == NULL && igmp_is_due(g, now_ms)) {
      n++;
    }
  }
  return n;
}

/** Version 3: groups with sources are reported one by one. */
static void report_sourced(struct netif *nif, struct igmp_group *head, u32_t now_ms)
{
  struct igmp_group *g, *next;

  for (g = head->next; g != NULL; g = next) {
    next = g->next;
    if (MCAST_SOURCES(g) != NULL && igmp_is_due(g, now_ms)) {
      igmp_source_report(nif, g);
      igmp_reported(nif, g, now_ms);
    }
  }
}

/** Version 3: a report of up to @p n records.  Without memory nothing is sent, and the groups wait for the next query. */
static void send_v3(struct netif *nif, struct igmp_group *head, u16_t n, u32_t now_ms)
{
  struct pbuf *p = igmp_message((u16_t)(IGMP_WIRE_LEN + n * IGMP_WIRE_LEN));
  struct igmp_group *g = head->next;
  u8_t *to = p != NULL ? (u8_t *)p->payload : NULL;

  if (p != NULL) {
    igmp_wire_report_emit(to, n);
  }
  while (g != NULL && n > 0) {
    struct igmp_group *next = g->next;
    if (MCAST_SOURCES(g) == NULL && igmp_is_due(g, now_ms)) {
      if (p != NULL) {
        to += IGMP_WIRE_LEN;
        igmp_wire_record_emit(to, record_mode(g), 0, g->group_address.addr);
        g->last_reporter_flag = 1;
      }
      igmp_reported(nif, g, now_ms);
      n--;
    }
    g = next;
  }
  if (p != NULL) {
    IGMP_STATS_INC(igmp.tx_report);
    igmp_send(nif, p, IGMP_V3_ROUTERS);
  }
}

void igmp_report_due(struct netif *nif, struct igmp_group *head, u32_t now_ms)
{
  const u8_t version = igmp_version(head, now_ms);
  struct igmp_group *g = head->next;
  u16_t room = RECORDS_MAX;
  u16_t n;

  if (version == 3) {
    report_sourced(nif, head, now_ms);
    if (nif->mtu != 0) {
      room = (u16_t)LWIP_MIN(RECORDS_MAX, (LWIP_MAX(nif->mtu, HEADERS + IGMP_WIRE_LEN) - HEADERS) / IGMP_WIRE_LEN);
    }
    for (n = count_due(head, now_ms); n > 0; n = count_due(head, now_ms)) {
      send_v3(nif, head, LWIP_MIN(n, room), now_ms);
    }
    return;
  }
  while (g != NULL) {
    struct igmp_group *next = g->next;
    if (igmp_is_due(g, now_ms)) {
      send_old(nif, g, version);
      igmp_reported(nif, g, now_ms);
    }
    g = next;
  }
}

#endif
