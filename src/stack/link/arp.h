/**
 * ARP inside the stack: the table of neighbours and what its three files ask of each other.
 *
 *             own request            answer
 *   (free) ------------------> PENDING ------> STABLE
 *      ^      no answer           |  ^           |  ^ the known station answers
 *      +--------------------------+  |           v  |
 *                                    +--------- DOUBT    a tenth of ARP_MAXAGE left, and used; or another station
 *                            it does not                 claims the address
 *
 * arp_cache.c: the table, its states and its timer.  arp_out.c: packets and requests out.  arp_in.c: in.
 */
#ifndef LWIP_STACK_LINK_ARP_H
#define LWIP_STACK_LINK_ARP_H

#include "link_up.h"

#if LWIP_IPV4 && LWIP_ARP

#include "lwip/etharp.h"
#include "../wire/wire_arp.h"

enum arp_state {
  ARP_FREE,
  ARP_PENDING, /**< requests are out; packets wait in the queue */
  ARP_DOUBT, /**< may be out of date; the known station is in use, and alone is being asked (RFC 1122 section 2.3.2.1) */
  ARP_STABLE, /**< resolved; ages */
  ARP_STATIC  /**< set by the program; does not age */
};

/** A neighbour. */
struct arp_entry {
#if ARP_QUEUEING
  struct etharp_q_entry *queue; /**< oldest first */
#else
  struct pbuf *queue; /**< the one packet that waits */
#endif
  struct netif *nif; /**< it goes only after its neighbours */
  u32_t ip;          /**< network byte order */
  u32_t since_ms;    /**< STABLE: last heard; PENDING, DOUBT: last asked */
  u8_t mac[ETH_WIRE_ALEN];
  u8_t state; /**< enum arp_state */
  u8_t count; /**< PENDING, DOUBT: requests sent; STABLE: arp_use_stamp() of the last packet sent there, 0: none */
};

extern struct arp_entry arp_table[ARP_TABLE_SIZE];

/** ms after the last sign of life: forget; ask whoever is in use. */
#define ARP_MAXAGE_MS ((u32_t)ARP_MAXAGE * ARP_TMR_INTERVAL)
#define ARP_REFRESH_MS (ARP_MAXAGE_MS / 10 * 9)

/** Who wants the entry: what may be evicted for it. */
enum arp_claim {
  ARP_CLAIM_OWN,     /**< we have a packet to send */
  ARP_CLAIM_STRANGER /**< somebody asked for us and will want an answer */
};

/** The entry for @p ip on @p nif, whatever its state, or NULL. */
struct arp_entry *arp_find(const struct netif *nif, u32_t ip);

/** Give a new PENDING entry with an empty queue; nothing is asked yet.  @return NULL: no room for this claim */
struct arp_entry *arp_make(struct netif *nif, u32_t ip, enum arp_claim claim, u32_t now_ms);

/** Forget @p e and drop what waits for it. */
void arp_free(struct arp_entry *e);

/** Is the hardware address of @p e known and not too old? */
bool arp_usable(const struct arp_entry *e, u32_t now_ms);

/** The station with @p mac has just said that it has e->ip. */
void arp_heard(struct arp_entry *e, const u8_t *mac, u32_t now_ms);

/** Start asking, in @p state PENDING (everybody) or DOUBT (the station that was known), unless that is under way. */
void arp_ask(struct arp_entry *e, enum arp_state state, u32_t now_ms);

/** Keep @p p until @p e is resolved.  Lends @p p.  @retval ERR_MEM  no room */
err_t arp_enqueue(struct arp_entry *e, struct pbuf *p);

/** Forget what is known on @p nif; static entries only if @p all. */
void arp_forget(const struct netif *nif, bool all);

/** When a neighbour was used, in units of 8192 ms, never 0. */
static inline u8_t arp_use_stamp(u32_t now_ms)
{
  return (u8_t)((now_ms >> 12) | 1);
}

/** Is @p ip reached without a router: in @p nif's network, or link-local (RFC 3927 section 2.6.2)? */
bool arp_on_link(const struct netif *nif, u32_t ip);

/** Send one ARP packet to @p dest in the name of @p spa; our hardware address is the sender's. */
err_t arp_send(struct netif *nif, u8_t op, const u8_t *dest, u32_t spa, u32_t tpa);

/** Broadcast a request for @p tpa in the name of @p spa (0: a probe; tpa: an announcement). */
err_t arp_ask_all(struct netif *nif, u32_t spa, u32_t tpa);

/** Broadcast our address (RFC 5227 section 2.3). */
void arp_announce(struct netif *nif);

/** Announce our address, but at most once every DEFEND_INTERVAL (RFC 5227 section 2.4 (c)).  @return false: not this time */
bool arp_defend(struct netif *nif, u32_t now_ms);

/** For link_protos[].  Takes @p p: payload at the ARP packet. */
void arp_rx(struct pbuf *p, struct netif *nif);

/** For link_observers[]. */
void arp_netif_changed(const struct link_change *c);

#endif
#endif
