/**
 * In: ARP packets from neighbours (RFC 826), with the caution that a shared wire needs.
 *
 * What is known of a sender is updated only where we had asked; a new entry is made only for one who asks for
 * us, on our network, in his own name.  Somebody else with our address is a conflict (RFC 5227 section 2.4).
 */
#include "arp.h"

#if LWIP_IPV4 && LWIP_ARP

#include "../base/core.h"
#include "../base/seq.h"
#include "../mem/drop.h"
#include "../mem/pbuf_pull.h"
#include "acd.h"
#include "lwip/sys.h"
#include "netif/ethernet.h"

bool arp_defend(struct netif *nif, u32_t now_ms)
{
  if (nif->x_defended_ms != 0 && now_ms - nif->x_defended_ms < LWIP_X_ACD_DEFEND_INTERVAL_MS) {
    return false;
  }
  nif->x_defended_ms = now_ms | 1; /* 0 means never */
  arp_announce(nif);
  return true;
}

static bool is_us(const struct netif *nif, u32_t ip)
{
  return ip == netif_ip4_addr(nif)->addr && ip != IPADDR_ANY;
}

/** Can a station say that it is the sender of @p r?  A probe says nothing (RFC 5227 section 2.1.1). */
static bool sender_ok(const struct netif *nif, const struct arp_repr *r)
{
  const ip4_addr_t spa = { r->spa };

  if (!eth_addr_is_station(r->sha) || eth_addr_same(r->sha, nif->hwaddr)) {
    return false;
  }
  if (r->spa == IPADDR_ANY) {
    return r->op == ARP_WIRE_REQUEST;
  }
  return ip4_addr1_val(spa) < 224 && !ip4_addr_isloopback(&spa) && !ip4_addr_isbroadcast_u32(r->spa, nif);
}

/** Learn where the sender is: if we asked for him, or if he asks for us and is a neighbour. */
static void learn(struct netif *nif, const struct arp_repr *r, bool asks_us)
{
  u32_t now_ms = sys_now();
  struct arp_entry *e = arp_find(nif, r->spa);

  if (e == NULL && asks_us && r->spa != IPADDR_ANY && arp_on_link(nif, r->spa)) {
    e = arp_make(nif, r->spa, ARP_CLAIM_STRANGER, now_ms);
  }
  if (e != NULL) {
    arp_heard(e, r->sha, now_ms);
  }
}

/** Act on a well-formed packet. */
static void handle(struct netif *nif, const struct arp_repr *r)
{
  bool asks_us = r->op == ARP_WIRE_REQUEST && is_us(nif, r->tpa);

  acd_arp_seen(nif, r);
  if (is_us(nif, r->spa)) {
    return; /* a conflict: no answer, nothing to learn */
  }
  learn(nif, r, asks_us);
  if (asks_us) {
    arp_send(nif, ARP_WIRE_REPLY, r->sha, r->tpa, r->spa);
  }
}

void arp_rx(struct pbuf *p, struct netif *nif)
{
  enum lwip_x_drop why = DROP_NONE;
  struct arp_repr r;

  ETHARP_STATS_INC(etharp.recv);
  if (p->tot_len < ARP_WIRE_LEN || !(nif->flags & NETIF_FLAG_ETHARP)) {
    drop(p, DROP_ARP_SHORT);
    return;
  }
  p = pbuf_pull(p, ARP_WIRE_LEN);
  if (p == NULL) {
    return;
  }
  if (arp_wire_parse((const u8_t *)p->payload, p->len, &r) != ARP_WIRE_OK) {
    why = DROP_ARP_FORMAT;
  } else if (!sender_ok(nif, &r)) {
    why = DROP_ARP_SENDER;
  }
  if (why != DROP_NONE) {
    drop(p, why);
    return;
  }
  handle(nif, &r);
  pbuf_free(p);
}

void etharp_input(struct pbuf *p, struct netif *netif)
{
  core_input(p, netif, arp_rx);
}

void arp_netif_changed(const struct link_change *c)
{
  struct netif *nif = c->nif;
  bool moved = c->what == LINK_EV_ADDR_CHANGED && IP_IS_V4_VAL(*c->now);

  if (c->what == LINK_EV_READY && (nif->flags & NETIF_FLAG_ETHARP)) {
    arp_announce(nif); /* neighbours may still know the address elsewhere */
  }
  if (moved) {
    nif->x_defended_ms = 0;
  }
  if (moved || c->what == LINK_EV_DOWN || c->what == LINK_EV_LINK_DOWN || c->what == LINK_EV_REMOVED) {
    arp_forget(nif, c->what == LINK_EV_REMOVED);
  }
}

#endif
