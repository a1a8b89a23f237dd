/**
 * Out: IPv4 packets to their neighbours, and the requests and answers of ARP itself.
 *
 * etharp_output() is on the path of every packet sent: a neighbour that is known costs one look-up and
 * the header, everything else is for resolve().
 */
#include "arp.h"

#if LWIP_IPV4 && LWIP_ARP

#include "../base/core.h"
#include "../base/hooks.h"
#include "../mem/drop.h"
#include "../mem/pbuf_ctrl.h"
#include "eth_send.h"
#include "lwip/sys.h"
#include "netif/ethernet.h"

static inline bool on_link(const struct netif *nif, const ip4_addr_t *a)
{
  return ip4_addr_net_eq(a, netif_ip4_addr(nif), netif_ip4_netmask(nif)) || ip4_addr_islinklocal(a);
}

bool arp_on_link(const struct netif *nif, u32_t ip)
{
  const ip4_addr_t a = { ip };

  return on_link(nif, &a);
}

err_t arp_send(struct netif *nif, u8_t op, const u8_t *dest, u32_t spa, u32_t tpa)
{
  const struct arp_repr r = { nif->hwaddr, spa, tpa, op };
  struct pbuf *p = pbuf_alloc_ctrl(PBUF_LINK, ARP_WIRE_LEN);
  err_t err;

  if (p == NULL) {
    ETHARP_STATS_INC(etharp.memerr);
    return ERR_MEM;
  }
  arp_wire_emit((u8_t *)p->payload, &r, op == ARP_WIRE_REPLY ? dest : ethzero.addr);
  ETHARP_STATS_INC(etharp.xmit);
  err = eth_send(nif, p, dest, ETH_WIRE_TYPE_ARP);
  pbuf_free(p);
  return err;
}

err_t arp_ask_all(struct netif *nif, u32_t spa, u32_t tpa)
{
  return arp_send(nif, ARP_WIRE_REQUEST, ethbroadcast.addr, spa, tpa);
}

void arp_announce(struct netif *nif)
{
  arp_ask_all(nif, netif_ip4_addr(nif)->addr, netif_ip4_addr(nif)->addr);
}

/** Send @p p (NULL: only ask) to neighbour @p ip. */
static err_t resolve(struct netif *nif, struct pbuf *p, u32_t ip)
{
  u32_t now_ms = sys_now();
  struct arp_entry *e = arp_find(nif, ip);
  err_t err = ERR_OK;

  if (e != NULL && arp_usable(e, now_ms)) {
    if (e->state == ARP_STABLE && now_ms - e->since_ms >= ARP_REFRESH_MS) {
      arp_ask(e, ARP_DOUBT, now_ms);
    }
    return p == NULL ? ERR_OK : eth_send(nif, p, e->mac, ETH_WIRE_TYPE_IP4);
  }
  if (e == NULL) {
    e = arp_make(nif, ip, ARP_CLAIM_OWN, now_ms);
  }
  if (e == NULL) {
    drop_count(DROP_ARP_TABLE);
    return ERR_MEM;
  }
  if (p != NULL) {
    err = arp_enqueue(e, p);
  }
  arp_ask(e, ARP_PENDING, now_ms);
  return err;
}

/** Where packets to @p dest go: there, or to the gateway; 0: nowhere.  Groups are always on the link. */
static inline u32_t next_hop(struct netif *nif, const ip4_addr_t *dest)
{
  const ip4_addr_t *gw;

  if (on_link(nif, dest) || ip4_addr1(dest) >= 224) {
    return dest->addr;
  }
  gw = hook_etharp_gw(nif, dest);
  return gw != NULL ? gw->addr : netif_ip4_gw(nif)->addr;
}

/** Everything that is not a known neighbour; groups and broadcast need no table. */
static err_t output_slow(struct netif *nif, struct pbuf *p, u32_t hop)
{
  const ip4_addr_t to = { hop };
  u8_t mac[ETH_WIRE_ALEN];

  if (hop == IPADDR_ANY) {
    return ERR_RTE;
  }
  if (ip4_addr_ismulticast(&to)) {
    eth_addr_put_ip4_group(mac, hop);
    return eth_send(nif, p, mac, ETH_WIRE_TYPE_IP4);
  }
  if (ip4_addr_isbroadcast_u32(hop, nif)) {
    return eth_send(nif, p, ethbroadcast.addr, ETH_WIRE_TYPE_IP4);
  }
  return resolve(nif, p, hop);
}

err_t etharp_output(struct netif *netif, struct pbuf *q, const ip4_addr_t *ipaddr)
{
  /* Whom the last packet went to, usually the next one goes to as well. */
  static struct arp_entry *recent = arp_table;
  struct arp_entry *e = recent;
  const u32_t hop = next_hop(netif, ipaddr);
  u32_t now_ms;

  if (e->ip != hop || e->nif != netif) {
    e = arp_find(netif, hop);
  }
  now_ms = sys_now();
  if (e == NULL || e->state < ARP_STABLE || (now_ms - e->since_ms >= ARP_REFRESH_MS && e->state == ARP_STABLE)) {
    return output_slow(netif, q, hop);
  }
  recent = e;
  e->count = arp_use_stamp(now_ms);
  ETHARP_STATS_INC(etharp.cachehit);
  return eth_send(netif, q, e->mac, ETH_WIRE_TYPE_IP4);
}

err_t etharp_query(struct netif *netif, const ip4_addr_t *ipaddr, struct pbuf *q)
{
  err_t err;

  if (ip4_addr_ismulticast(ipaddr) || ip4_addr_isbroadcast(ipaddr, netif)) {
    return ERR_ARG;
  }
  if (!core_enter()) {
    return ERR_INPROGRESS;
  }
  err = resolve(netif, q, ipaddr->addr);
  core_leave();
  return err;
}

err_t etharp_request(struct netif *netif, const ip4_addr_t *ipaddr)
{
  err_t err;

  if (!core_enter()) {
    return ERR_INPROGRESS;
  }
  err = arp_ask_all(netif, netif_ip4_addr(netif)->addr, ipaddr->addr);
  core_leave();
  return err;
}

#endif
