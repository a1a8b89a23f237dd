/** What neighbour discovery keeps about an interface, as a member of it.  The stack's business. */
#ifndef LWIP_X_ND6_H
#define LWIP_X_ND6_H

#include "lwip/opt.h"

#if LWIP_IPV6

/** Where the address in a slot is from. */
enum lwip_x_ip6_origin {
  LWIP_X_IP6_MANUAL,    /**< set by the program */
  LWIP_X_IP6_STABLE,    /**< from a prefix (RFC 4862) */
  LWIP_X_IP6_TEMPORARY, /**< from a prefix, for a day (RFC 8981) */
  LWIP_X_IP6_LEASED     /**< from DHCPv6 (RFC 8415) */
};

struct lwip_x_nd6 {
  u32_t reachable_ms;                       /**< how long a neighbour counts as reachable; drawn from the next one */
  u32_t base_reachable_ms;                  /**< as a router said */
  u32_t retrans_ms;                         /**< between solicitations */
  u32_t rs_at_ms;                           /**< the next router solicitation */
  u32_t rs_wait_ms;                         /**< and how long it waits for an answer; 0: none is due */
  u32_t aged_s;                             /**< when the lifetimes of the addresses were last brought up to date */
  u32_t dad_at_ms[LWIP_IPV6_NUM_ADDRESSES]; /**< the next probe, or the end of the wait after the last */
#if LWIP_IPV6_MLD
  u32_t mld_v1_until_ms; /**< until then a version 1 querier is believed to be there */
#endif
  u8_t dad_left[LWIP_IPV6_NUM_ADDRESSES];  /**< probes to send, and one; 0: none runs */
  u8_t dad_nonce[LWIP_IPV6_NUM_ADDRESSES]; /**< counts rounds and probes: what the nonces are derived from */
  u8_t origin[LWIP_IPV6_NUM_ADDRESSES];    /**< enum lwip_x_ip6_origin */
#if LWIP_X_ND6_ANNOUNCE
  u8_t tell[LWIP_IPV6_NUM_ADDRESSES]; /**< advertisements of an address of ours to send still; bit 7: to everybody */
#endif
#if LWIP_X_IPV6_TEMPORARY
  u32_t prefer_end_s[LWIP_IPV6_NUM_ADDRESSES]; /**< when a temporary address gives way */
  u8_t heir[LWIP_IPV6_NUM_ADDRESSES];          /**< 1: its successor was made */
  u8_t temp_tries;                             /**< since one was not taken */
#endif
#if LWIP_X_IPV6_STABLE_IID
  u8_t dad_counter
    [LWIP_IPV6_NUM_ADDRESSES]; /**< how many addresses for the prefix were taken already (RFC 7217 section 5) */
#endif
#if LWIP_IPV6_MLD
  u8_t mld_v1; /**< 1: there was a version 1 querier */
#endif
  u8_t hop_limit; /**< for packets of ours, 0: no router said */
};

#ifdef __cplusplus
extern "C" {
#endif

struct netif;

/** Seconds left of a lifetime in struct netif. */
u32_t lwip_x_ip6_life_left(const struct netif *netif, u32_t life_s);
/** Set a lifetime in struct netif to @p secs from now. */
void lwip_x_ip6_life_set(struct netif *netif, u32_t *life_s, u32_t secs);

#if LWIP_X_IPV6_STABLE_IID
/**
 * The program gives it: 16 octets nobody else knows and that are the same after each start, from flash or derived from
 * something unique in the chip.
 */
void lwip_x_ip6_secret(u8_t key[16]);
#endif

#ifdef __cplusplus
}
#endif

#endif
#endif
