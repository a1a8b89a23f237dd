/** MLD messages out: all that is due on an interface in one version 2 report, or message by message to an older querier. */
#include "mld6_internal.h"

#if LWIP_IPV6 && LWIP_IPV6_MLD

#include "../base/checksum.h"
#include "../base/seq.h"
#include "../mem/pbuf_ctrl.h"
#include "../wire/wire_ip6.h"
#include "../wire/wire_mld6.h"
#include "lwip/inet_chksum.h"
#include "nd6_host.h"
#include "lwip/ip6.h"
#include "lwip/stats.h"

/** Records in one report: it fits the smallest MTU. */
#define RECORDS_MAX 60u

bool mld6_is_v1(struct netif *nif, u32_t now_ms)
{
  struct lwip_x_nd6 *d = &nif->x_nd6;

  if (d->mld_v1 && time_reached(now_ms, d->mld_v1_until_ms)) {
    d->mld_v1 = 0;
  }
  return d->mld_v1 != 0;
}

/** Checksum, router alert, hop limit 1; from no address before we have one (RFC 3810 section 5.2.13).  Takes @p p. */
void mld6_send(struct netif *nif, struct pbuf *p, const ip6_addr_t *to)
{
  const bool has_addr = ip6_addr_isvalid(netif_ip6_addr_state(nif, 0)) != 0;
  const ip6_addr_t *src = has_addr ? netif_ip6_addr(nif, 0) : IP6_ADDR_ANY6;
  icmp6_wire_chksum_put((u8_t *)p->payload, ip6_chksum_pseudo(p, IP6_WIRE_ICMP6, p->tot_len, src, to));
  if (ip6_options_add_hbh_ra(p, IP6_WIRE_ICMP6, 0) == ERR_OK) {
    MLD6_STATS_INC(mld6.xmit);
    (void)ip6_output_if_src(p, src, to, 1, 0, IP6_WIRE_HBH, nif);
  }
  pbuf_free(p);
}

void mld6_send_v2(struct netif *nif, struct pbuf *p)
{
  ip6_addr_t routers;

  nd6_link_group(&routers, 0, PP_HTONL(0x16UL), nif);
  MLD6_STATS_INC(mld6.tx_report);
  mld6_send(nif, p, &routers);
}

struct pbuf *mld6_message(size_t len)
{
  struct pbuf *p = pbuf_alloc_ctrl(PBUF_TRANSPORT, (u16_t)len);

  if (p == NULL) {
    MLD6_STATS_INC(mld6.memerr);
  }
  return p;
}

/** Version 1: one message a group; nobody is told of a leave when others reported last. */
static void send_v1(struct netif *nif, struct mld_group *g)
{
  const bool leaving = g->group_state == MLD6_STATE_LEAVING;
  ip6_addr_t routers;
  struct pbuf *p;

  mcast_settle(&MCAST_SOURCES(g)); /* this version knows no sources */
  if (leaving) {
    g->x_resend = 0;
  }
  if ((leaving && !g->last_reporter_flag) || (p = mld6_message(MLD6_WIRE_LEN)) == NULL) {
    return;
  }
  nd6_link_group(&routers, 0, PP_HTONL(2UL), nif);
  mld6_wire_emit((u8_t *)p->payload, leaving ? ICMP6_WIRE_MLD_DONE : ICMP6_WIRE_MLD_REPORT, g->group_address.addr);
  g->last_reporter_flag = 1;
  MLD6_STATS_INC(mld6.tx_report);
  mld6_send(nif, p, leaving ? &routers : &g->group_address);
}

static u8_t record_mode(const struct mld_group *g)
{
  if (g->x_pending == MLD6_DUE_ANSWER) {
    return MLD6_WIRE_IS_EXCLUDE;
  }
  return g->x_pending == MLD6_DUE_JOIN ? MLD6_WIRE_TO_EXCLUDE : MLD6_WIRE_TO_INCLUDE;
}

static unsigned count_due(struct netif *nif, u32_t now_ms)
{
  const struct mld_group *g;
  unsigned n = 0;

  for (g = netif_mld6_data(nif); g != NULL; g = g->next) {
    if (MCAST_SOURCES(g) == NULL && mld6_is_due(g, now_ms)) {
      n++;
    }
  }
  return n;
}

/** Version 2: groups with sources are reported one by one. */
static void report_sourced(struct netif *nif, u32_t now_ms)
{
  struct mld_group *g, *next;

  for (g = netif_mld6_data(nif); g != NULL; g = next) {
    next = g->next;
    if (MCAST_SOURCES(g) != NULL && mld6_is_due(g, now_ms)) {
      mld6_source_report(nif, g);
      mld6_reported(nif, g, mld6_repeat_at(now_ms));
    }
  }
}

/** A report of @p n records.  Without memory nothing is sent, and the groups wait for the next query. */
static void send_v2(struct netif *nif, unsigned n, u32_t now_ms)
{
  struct pbuf *p = mld6_message(ICMP6_WIRE_HLEN + n * MLD6_WIRE_RECORD_LEN);
  struct mld_group *g = netif_mld6_data(nif), *next;
  u8_t *to = p != NULL ? (u8_t *)p->payload : NULL;
  const u32_t again_ms = mld6_repeat_at(now_ms);

  if (p != NULL) {
    icmp6_wire_emit(to, ICMP6_WIRE_MLD2_REPORT, 0, n);
    to += ICMP6_WIRE_HLEN;
  }
  for (; g != NULL && n > 0; g = next) {
    next = g->next;
    if (MCAST_SOURCES(g) != NULL || !mld6_is_due(g, now_ms)) {
      continue;
    }
    if (p != NULL) {
      mld6_wire_record_emit(to, record_mode(g), 0, g->group_address.addr);
      to += MLD6_WIRE_RECORD_LEN;
      g->last_reporter_flag = 1;
    }
    mld6_reported(nif, g, again_ms);
    n--;
  }
  if (p != NULL) {
    mld6_send_v2(nif, p);
  }
}

void mld6_report_due(struct netif *nif, u32_t now_ms)
{
  struct mld_group *g, *next;
  unsigned n;

  if (!mld6_is_v1(nif, now_ms)) {
    report_sourced(nif, now_ms);
    while ((n = count_due(nif, now_ms)) > 0) {
      send_v2(nif, LWIP_MIN(n, RECORDS_MAX), now_ms);
    }
    return;
  }
  for (g = netif_mld6_data(nif); g != NULL; g = next) {
    next = g->next;
    if (mld6_is_due(g, now_ms)) {
      send_v1(nif, g);
      mld6_reported(nif, g, mld6_repeat_at(now_ms));
    }
  }
}

#endif
