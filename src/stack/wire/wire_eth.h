/**
 * Ethernet on the wire (IEEE 802.3, 802.1Q).  This header knows octets only: no pbuf, no netif.
 *
 *  0        6        12     14          0     2      4
 *  |  dest  |  src   | type | payload   | tci | type |    the tag, if type is 0x8100
 */
#ifndef LWIP_STACK_WIRE_WIRE_ETH_H
#define LWIP_STACK_WIRE_WIRE_ETH_H

#include "../base/bytes.h"
#include <stdbool.h>

enum {
  ETH_WIRE_ALEN = 6,   /**< octets of an address */
  ETH_WIRE_HLEN = 14,  /**< octets of the header */
  ETH_WIRE_TAGLEN = 4, /**< octets of a VLAN tag with the type behind it */
  ETH_WIRE_TYPE_IP4 = 0x0800,
  ETH_WIRE_TYPE_ARP = 0x0806,
  ETH_WIRE_TYPE_VLAN = 0x8100,
  ETH_WIRE_TYPE_IP6 = 0x86DD,
  ETH_WIRE_VID_NONE = 0,        /**< the tag carries a priority only */
  ETH_WIRE_VID_RESERVED = 0xFFF /**< never on the wire (IEEE 802.1Q table 9-2) */
};

static inline const u8_t *eth_wire_dest(const u8_t *h)
{
  return h;
}

static inline const u8_t *eth_wire_src(const u8_t *h)
{
  return h + 6;
}

static inline u16_t eth_wire_type(const u8_t *h)
{
  return be16_get(h + 12);
}

/** The VLAN identifier of the tag at @p tag, right behind the header. */
static inline u16_t eth_wire_vid(const u8_t *tag)
{
  return (u16_t)(be16_get(tag) & 0xFFF);
}

static inline u16_t eth_wire_tagged_type(const u8_t *tag)
{
  return be16_get(tag + 2);
}

static inline void eth_wire_put_tag(u8_t *tag, u16_t tci, u16_t type)
{
  be16_put(tag, tci);
  be16_put(tag + 2, type);
}

/** Copy an address; compiles to a word and a half-word where the machine can. */
static inline void eth_addr_put(u8_t *to, const u8_t *from)
{
  __builtin_memcpy(to, from, ETH_WIRE_ALEN);
}

/** The last two octets, in whatever order the machine likes. */
static inline u16_t eth_addr_tail(const u8_t *a)
{
  u16_t v;
  __builtin_memcpy(&v, a + 4, 2);
  return v;
}

static inline bool eth_addr_same(const u8_t *a, const u8_t *b)
{
  return eth_addr_tail(a) == eth_addr_tail(b) && ne32_get(a) == ne32_get(b); /* the tail differs more often */
}

static inline bool eth_addr_is_zero(const u8_t *a)
{
  return (ne32_get(a) | eth_addr_tail(a)) == 0;
}

static inline bool eth_addr_is_broadcast(const u8_t *a)
{
  return ne32_get(a) == 0xFFFFFFFFu && eth_addr_tail(a) == 0xFFFFu;
}

/** Multicast or broadcast: the first bit on the wire. */
static inline bool eth_addr_is_group(const u8_t *a)
{
  return (a[0] & 1) != 0;
}

/** Neither a group nor zero: can be a station. */
static inline bool eth_addr_is_station(const u8_t *a)
{
  return !eth_addr_is_group(a) && !eth_addr_is_zero(a);
}

/** The address of IPv4 group @p group, network byte order: 01:00:5e and its low 23 bits (RFC 1112 section 6.4). */
static inline void eth_addr_put_ip4_group(u8_t *to, u32_t group)
{
  const u32_t g = be32_get((const u8_t *)&group);

  be32_put(to, 0x01005e00u | ((g >> 16) & 0x7f));
  be16_put(to + 4, (u16_t)g);
}

#endif
