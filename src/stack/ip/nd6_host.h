/** Neighbour discovery, as the rest of the stack uses it. */
#ifndef LWIP_STACK_IP_ND6_HOST_H
#define LWIP_STACK_IP_ND6_HOST_H

#include "../link/link_up.h"
#include "ip_rx.h"
#include "lwip/nd6.h"

#if LWIP_IPV6

/** Process a message of neighbour discovery whose checksum is right: router and neighbour solicitations and advertisements, redirects.
 *  Takes @p p: payload at the ICMPv6 header. */
void nd6_rx(struct pbuf *p, const struct ip_rx *rx);

/** Read an address of @p nif's zone from a packet. */
void nd6_addr_get(ip6_addr_t *to, const u8_t *from, const struct netif *nif);

/** For link_observers[]. */
void nd6_netif_changed(const struct link_change *c);

/** For link_ip6_state: join groups, begin or end duplicate detection. */
void nd6_addr_changed(struct netif *nif, s8_t slot, u8_t old_state);

/** A router said that packets of more than @p mtu octets do not reach @p dest by @p nif (RFC 8201).  Values that would grow or are under 1280 are ignored. */
void nd6_learn_mtu(const ip6_addr_t *dest, struct netif *nif, u32_t mtu);

/** The hop limit routers on @p nif want (RFC 4861 section 6.3.4), or @p otherwise. */
static inline u8_t nd6_hop_limit(const struct netif *nif, u8_t otherwise)
{
  return nif->x_nd6.hop_limit != 0 ? nif->x_nd6.hop_limit : otherwise;
}

/** The group ff02::, its last two words @p w2 and @p w3 (network order), on @p nif's link. */
void nd6_link_group(ip6_addr_t *group, u32_t w2, u32_t w3, const struct netif *nif);
/** The solicited-node group of @p addr (RFC 4291 section 2.7.1). */
static inline void nd6_solicited_group(ip6_addr_t *group, const ip6_addr_t *addr, const struct netif *nif)
{
  nd6_link_group(group, PP_HTONL(1UL), PP_HTONL(0xff000000UL) | addr->addr[3], nif);
}

/** Seconds since the start. */
u32_t nd6_now_s(void);
/** The second a lifetime of @p life_s ends at; ND6_X_FOREVER: never. */
u32_t nd6_until(u32_t life_s);

/** Ask for routers on @p nif. */
void nd6_rs_start(struct netif *nif, u32_t delay_ms);

/** A slot for an address, or -1. */
s8_t nd6_addr_slot(const struct netif *nif);

/** Give the @p slot of @p nif an address learned from elsewhere, to be probed first; lifetimes in s, LWIP_X_IP6_*. */
void nd6_addr_configure(struct netif *nif, s8_t slot, const ip6_addr_t *addr, u8_t origin, u32_t valid_s,
                        u32_t preferred_s);

/** What is left of the lifetimes of an address, s; none without LWIP_IPV6_ADDRESS_LIFETIMES. */
#if LWIP_IPV6_ADDRESS_LIFETIMES
#define nd6_addr_valid_s(nif, slot) netif_ip6_addr_valid_life(nif, slot)
#define nd6_addr_preferred_s(nif, slot) netif_ip6_addr_pref_life(nif, slot)
#else
#define nd6_addr_valid_s(nif, slot) 0xffffffffUL
#define nd6_addr_preferred_s(nif, slot) 0xffffffffUL
#endif

/** Set the lifetimes of the address in @p slot of @p nif, s. */
void nd6_addr_set_life(struct netif *nif, s8_t slot, u32_t valid_s, u32_t preferred_s);

/** What routers say that is for the floors above (init/wiring.c). */
struct nd6_news {
  /** An advertisement came with these flags: addresses, other parameters from DHCPv6. */
  void (*flags)(struct netif *nif, u8_t managed, u8_t other);
  /** A DNS server to use, or no longer to use. */
  void (*dns)(const ip6_addr_t *server, bool use);
  /** Duplicate detection of a leased address has failed. */
  void (*lease_taken)(struct netif *nif, s8_t slot);
};
extern const struct nd6_news nd6_news;

#endif

#endif
