/** MLD messages out, and the version they are of. */
#include "mld6_internal.h"

#if LWIP_IPV6 && LWIP_IPV6_MLD

#include "../base/checksum.h"
#include "../base/seq.h"
#include "../wire/wire_ip6.h"
#include "../wire/wire_mld6.h"
#include "lwip/inet_chksum.h"
#include "nd6_host.h"
#include "lwip/ip6.h"
#include "lwip/stats.h"

bool mld6_is_v1(struct netif *nif, u32_t now_ms)
{
  struct lwip_x_nd6 *d = &nif->x_nd6;

  if (d->mld_v1 && time_reached(now_ms, d->mld_v1_until_ms)) {
    d->mld_v1 = 0;
  }
  return d->mld_v1 != 0;
}

/** Checksum, router alert, hop limit 1; from no address before we have one (RFC 3810 section 5.2.13).  Takes @p p. */
static void send(struct netif *nif, struct pbuf *p, const ip6_addr_t *to)
{
  const bool has_addr = ip6_addr_isvalid(netif_ip6_addr_state(nif, 0)) != 0;
  const ip6_addr_t *src = has_addr ? netif_ip6_addr(nif, 0) : IP6_ADDR_ANY6;
  icmp6_wire_chksum_put((u8_t *)p->payload, ip6_chksum_pseudo(p, IP6_WIRE_ICMP6, p->tot_len, src, to));
  if (ip6_options_add_hbh_ra(p, IP6_WIRE_ICMP6, 0) == ERR_OK) {
    MLD6_STATS_INC(mld6.tx_report);
    MLD6_STATS_INC(mld6.xmit);
    (void)ip6_output_if_src(p, src, to, 1, 0, IP6_WIRE_HBH, nif);
  }
  pbuf_free(p);
}

/** ...to the group of routers with the number @p id, network order.  Takes @p p. */
static void send_to_routers(struct netif *nif, struct pbuf *p, u32_t id)
{
  ip6_addr_t routers;

  nd6_link_group(&routers, 0, id, nif);
  send(nif, p, &routers);
}

void mld6_send_v2(struct netif *nif, struct pbuf *p)
{
  send_to_routers(nif, p, PP_HTONL(0x16UL));
}

/** One message a group; nobody is told of a leave when others reported last. */
void mld6_send_v1(struct netif *nif, struct mcast_group *g)
{
  const bool leaving = g->group_state == MCAST_LEAVING;
  const ip6_addr_t *group = mld6_addr_of(g);
  struct pbuf *p;

  if ((leaving && !g->last_reporter_flag) || (p = mcast_message(true, MLD6_WIRE_LEN)) == NULL) {
    return;
  }
  mld6_wire_emit((u8_t *)p->payload, leaving ? ICMP6_WIRE_MLD_DONE : ICMP6_WIRE_MLD_REPORT, group->addr);
  g->last_reporter_flag = 1;
  if (leaving) {
    send_to_routers(nif, p, PP_HTONL(2UL));
  } else {
    send(nif, p, group);
  }
}

#endif
