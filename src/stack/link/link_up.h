/**
 * What the link floor calls above itself.  Const tables, filled in init/wiring.c; the link floor
 * never includes a header of a floor above.
 */
#ifndef LWIP_STACK_LINK_LINK_UP_H
#define LWIP_STACK_LINK_LINK_UP_H

#include "lwip/netif.h"
#include "lwip/pbuf.h"
#include "lwip/ip_addr.h"

/** One network protocol over a link.  @c input takes the pbuf: payload at the network header, link header in front of it. */
struct link_proto {
  u16_t ethertype; /**< host order, >= 0x0600 */
  void (*input)(struct pbuf *p, struct netif *nif);
};
/** Ends with an entry whose input is NULL. */
extern const struct link_proto link_protos[];

/** What happened to an interface, for whoever keeps state by interface or address. */
enum link_event {
  LINK_EV_ADDED,       /**< netif_add() done */
  LINK_EV_REMOVED,     /**< about to go: forget every pointer to it */
  LINK_EV_UP,          /**< administratively up */
  LINK_EV_DOWN,        /**< administratively down */
  LINK_EV_LINK_UP,     /**< carrier there */
  LINK_EV_LINK_DOWN,   /**< carrier lost */
  LINK_EV_READY,       /**< up and carrier and an IPv4 address: announce it (gratuitous ARP, IGMP reports) */
  LINK_EV_ADDR_CHANGED /**< @c old is leaving (pcbs bound to it must go) and @c now takes its place; either may be any */
};
struct link_change {
  struct netif *nif;
  enum link_event what;
  const ip_addr_t *old, *now; /**< only with LINK_EV_ADDR_CHANGED */
};
typedef void (*link_observer_fn)(const struct link_change *c);
/** Called in this order on every change; ends with NULL. */
extern const link_observer_fn link_observers[];

#if LWIP_IPV6
/** The IPv6 address in @p slot of @p nif is in another state than @p old_state (IP6_ADDR_*), its former one: groups to join, probes to send. */
extern void (*const link_ip6_addr_changed)(struct netif *nif, s8_t slot, u8_t old_state);
#endif

#endif
