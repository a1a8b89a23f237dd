/**
 * Address conflict detection (RFC 5227): is an IPv4 address free, and does it stay ours?
 *
 * acd_start() probes; ACD_FREE says that nobody answered.  The owner then gives the address to its
 * interface, and the machine announces it and watches: a conflict is answered by one announcement at
 * most every DEFEND_INTERVAL; a second conflict within that time is reported as ACD_LOST.  The owner
 * decides: acd_stop() and leave the address, or stay, and the limited defence goes on (RFC 5227
 * section 2.4 (b) and (c)).
 */
#ifndef LWIP_STACK_LINK_ACD_H
#define LWIP_STACK_LINK_ACD_H

#include "lwip/netif.h"
#include "../base/timer.h"

#if LWIP_IPV4 && LWIP_ARP

struct arp_repr;

enum acd_event {
  ACD_FREE,     /**< nobody has it: take it; watching goes on */
  ACD_CONFLICT, /**< somebody has it or probes for it; the machine has stopped */
  ACD_LOST      /**< somebody insists on it after we took it; watching and defending go on until acd_stop() */
};

enum acd_state { ACD_OFF, ACD_PROBING, ACD_ANNOUNCING, ACD_WATCHING };

/** All zero: off. */
struct acd {
  struct timer timer;
  struct acd *next; /**< of all that are not off */
  struct netif *nif;
  void (*on_event)(struct acd *a, enum acd_event e);
  ip4_addr_t addr;
  u8_t state;     /**< enum acd_state */
  u8_t sent;      /**< probes or announcements sent */
  u8_t conflicts; /**< since an address was last kept; survives acd_stop(): RFC 5227 MAX_CONFLICTS */
  u8_t quick;     /**< the owner's: one probe and a second (LWIP_X_ACD_QUICK_WAIT_MS) are enough */
};

/** Probe for @p addr on @p nif and report to @p on_event, which may call acd_start() and acd_stop().
 *  The owner stops it before the interface goes (LINK_EV_REMOVED). */
void acd_start(struct acd *a, struct netif *nif, const ip4_addr_t *addr,
               void (*on_event)(struct acd *, enum acd_event));

/** No more events, no more defence.  Harmless when off. */
void acd_stop(struct acd *a);

/** An ARP packet came in on @p nif; called for each one that is well-formed and not from ourselves. */
void acd_arp_seen(struct netif *nif, const struct arp_repr *r);

#endif

#endif
