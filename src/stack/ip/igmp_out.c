/** IGMP messages out, and the version they are of. */
#include "../base/seq.h"
#include "../wire/wire_igmp.h"
#include "../wire/wire_ip4.h"
#include "igmp_internal.h"
#include "lwip/inet_chksum.h"
#include "lwip/ip.h"
#include "lwip/sys.h"

#if LWIP_IPV4 && LWIP_IGMP

void igmp_note_version(struct netif *nif, u8_t version, u32_t now_ms)
{
  struct mcast_group *first = mcast_first(false, nif);

  if (version == 1) {
    first->x_resend |= IGMP_SEEN_V1;
    first->x_due_ms = now_ms + MCAST_OLD_QUERIER_MS;
  } else if (version == 2) {
    first->x_resend |= IGMP_SEEN_V2;
    netif_igmp_data(nif)->x_v2_ms = now_ms + MCAST_OLD_QUERIER_MS;
  }
}

/** The version spoken on @p nif: that of the oldest querier (RFC 3376 7.2.1). */
static u8_t version_on(struct netif *nif, u32_t now_ms)
{
  struct mcast_group *first = mcast_first(false, nif);

  if ((first->x_resend & IGMP_SEEN_V1) != 0 && time_reached(now_ms, first->x_due_ms)) {
    first->x_resend &= (u8_t)~IGMP_SEEN_V1;
  }
  if ((first->x_resend & IGMP_SEEN_V2) != 0 && time_reached(now_ms, netif_igmp_data(nif)->x_v2_ms)) {
    first->x_resend &= (u8_t)~IGMP_SEEN_V2;
  }
  if ((first->x_resend & IGMP_SEEN_V1) != 0) {
    return 1;
  }
  return (first->x_resend & IGMP_SEEN_V2) != 0 ? 2 : 3;
}

bool igmp_is_old(struct netif *nif, u32_t now_ms)
{
  return version_on(nif, now_ms) != 3;
}

/** Checksum, router alert, TTL 1.  Takes @p p. */
static void send(struct netif *nif, struct pbuf *p, u32_t to)
{
  static const u8_t router_alert[4] = { 0x94, 0x04, 0, 0 };
  u8_t alert[sizeof router_alert];
  ip4_addr_t dst;
  u16_t sum;

  dst.addr = to;
  memcpy(alert, router_alert, sizeof alert);
  sum = inet_chksum(p->payload, p->len);
  memcpy((u8_t *)p->payload + 2, &sum, sizeof sum);
  IGMP_STATS_INC(igmp.tx_report);
  IGMP_STATS_INC(igmp.xmit);
  (void)ip4_output_if_opt(p, netif_ip4_addr(nif), &dst, 1, 0xc0, IP4_WIRE_IGMP, nif, alert, sizeof alert);
  pbuf_free(p);
}

void igmp_send_v3(struct netif *nif, struct pbuf *p)
{
  send(nif, p, IGMP_V3_ROUTERS);
}

/** One message a group; nobody is told of a leave in version 1, or when others reported last. */
void igmp_send_old(struct netif *nif, struct mcast_group *g)
{
  const bool leaving = g->group_state == MCAST_LEAVING;
  const u8_t version = version_on(nif, sys_now());
  const u8_t type = version == 1 ? IGMP_WIRE_V1_REPORT : leaving ? IGMP_WIRE_LEAVE : IGMP_WIRE_V2_REPORT;
  const u32_t group = ne32_get(mcast_addr(g));
  struct pbuf *p;

  if (leaving && (version == 1 || !g->last_reporter_flag)) {
    return;
  }
  p = mcast_message(false, IGMP_WIRE_LEN);
  if (p != NULL) {
    igmp_wire_emit((u8_t *)p->payload, type, group);
    g->last_reporter_flag = 1;
    send(nif, p, leaving ? IGMP_ALL_ROUTERS : group);
  }
}

#endif
