/**
 * Neighbour discovery from the inside: the tables, for programs that show them.  Read only.
 * Lifetimes are kept as the second they end at; stack/ip/nd6_internal.h has what works on them.
 */
#ifndef LWIP_PRIV_ND6_PRIV_H
#define LWIP_PRIV_ND6_PRIV_H

#include "lwip/opt.h"
#include "lwip/pbuf.h"
#include "lwip/ip6_addr.h"
#include "lwip/netif.h"

#ifdef __cplusplus
extern "C" {
#endif

#if LWIP_IPV6

/** States of a neighbour (RFC 4861 section 7.3.2). */
enum nd6_neighbor_cache_entry_state {
  ND6_NO_ENTRY = 0,
  ND6_INCOMPLETE, /**< solicitations to its group are out; packets wait */
  ND6_REACHABLE,  /**< answered, or the upper layers made progress, not long ago */
  ND6_STALE,      /**< known, not used since it was last confirmed */
  ND6_DELAY,      /**< used; the upper layers have a moment to confirm it */
  ND6_PROBE       /**< solicitations to it alone are out */
};

#if LWIP_ND6_QUEUEING
/** A packet that waits. */
struct nd6_q_entry {
  struct nd6_q_entry *next;
  struct pbuf *p;
};
#endif

/** A neighbour. */
struct nd6_neighbor_cache_entry {
  ip6_addr_t next_hop_address;
  struct netif *netif;
#if LWIP_ND6_QUEUEING
  struct nd6_q_entry *q; /**< oldest first */
#else
  struct pbuf *q; /**< the one packet that waits */
#endif
  u32_t x_due_ms; /**< REACHABLE, DELAY: when it ends; INCOMPLETE, PROBE: the next solicitation */
  u16_t x_used;   /**< the clock's upper bits when a packet was last sent to it */
  u8_t lladdr[NETIF_MAX_HWADDR_LEN];
  u8_t state; /**< enum nd6_neighbor_cache_entry_state */
  u8_t isrouter;
  u8_t x_probes; /**< solicitations sent since the last answer */
};

/** A destination with a way or an MTU of its own: learned from a redirect or a Packet Too Big. */
struct nd6_destination_cache_entry {
  ip6_addr_t destination_addr; /**< any: free */
  ip6_addr_t next_hop_addr;    /**< any: the usual way */
  u32_t x_mtu_until_s;         /**< until then pmtu holds (RFC 8201 section 4) */
  u16_t pmtu;                  /**< octets, 0: that of the interface */
  u8_t x_netif_idx;
};

/** A prefix. */
struct nd6_prefix_list_entry {
  ip6_addr_t prefix;
  struct netif *netif; /**< NULL: free */
  u32_t x_until_s;     /**< ND6_X_FOREVER: no end */
  u8_t x_len;          /**< bits */
  u8_t x_kind;         /**< what it says */
  s8_t x_preference;   /**< of a route (RFC 4191) */
  u8_t x_routers;      /**< who said so: bit i is default_router_list[i] */
};

/** A router. */
struct nd6_router_list_entry {
  ip6_addr_t x_addr;   /**< link-local */
  struct netif *netif; /**< NULL: free */
  u32_t x_until_s;
  u8_t flags;    /**< of its advertisement: ND6_RA_FLAG_* */
  u8_t x_failed; /**< it did not answer when last probed */
};

extern struct nd6_neighbor_cache_entry neighbor_cache[];
extern struct nd6_destination_cache_entry destination_cache[];
extern struct nd6_prefix_list_entry prefix_list[];
extern struct nd6_router_list_entry default_router_list[];

#define ND6_X_FOREVER 0xFFFFFFFFu

#endif

#ifdef __cplusplus
}
#endif
#endif
