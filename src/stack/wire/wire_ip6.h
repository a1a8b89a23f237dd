/**
 * IPv6 on the wire (RFC 8200).  This header knows octets only: no pbuf, no netif.
 *
 *  0                    4      6       7        8     24    40
 *  | v|class|flow label | plen | nexth | hoplim | src | dst | extension headers... | upper layer
 *
 *  Hop-by-hop and destination options:  | nexth | len | options...         len: octets / 8 - 1
 *  Routing:                             | nexth | len | type | left | ...
 *  Fragment:                            | nexth | 0 | offset|M | id |      8 octets
 *
 * Addresses stay in network order, all else is in host order.
 */
#ifndef LWIP_STACK_WIRE_WIRE_IP6_H
#define LWIP_STACK_WIRE_WIRE_IP6_H

#include "../base/bytes.h"
#include <stdbool.h>
#include <stddef.h>

enum {
  IP6_WIRE_HLEN = 40,
  IP6_WIRE_FRAG_HLEN = 8,
  IP6_WIRE_NEXTH_AT = 6, /**< where the header names what follows it */
  IP6_WIRE_HOPLIM_AT = 7,
  IP6_WIRE_MIN_MTU = 1280,  /**< what every link carries (section 5) */
  IP6_WIRE_MF = 0x0001,     /**< of ip6_wire_frag(): more fragments follow */
  IP6_WIRE_OFFSET = 0xfff8, /**< of ip6_wire_frag(): offset in octets */
  IP6_WIRE_EXT_MAX = 128,   /**< octets of extension headers that are looked at */
  IP6_WIRE_EXT_COUNT = 8,   /**< extension headers that are looked at */
  IP6_WIRE_OPT_COUNT = 8    /**< options of one header, padding aside, that are looked at (RFC 8504 5.3) */
};

/** Next headers (IANA) the IP floor itself knows. */
enum {
  IP6_WIRE_HBH = 0,
  IP6_WIRE_TCP = 6,
  IP6_WIRE_UDP = 17,
  IP6_WIRE_ROUTING = 43,
  IP6_WIRE_FRAGMENT = 44,
  IP6_WIRE_ICMP6 = 58,
  IP6_WIRE_NONE = 59,
  IP6_WIRE_DESTOPTS = 60,
  IP6_WIRE_UDPLITE = 136
};

static inline u8_t ip6_wire_version(const u8_t *h)
{
  return (u8_t)(h[0] >> 4);
}

/** Traffic class. */
static inline u8_t ip6_wire_class(const u8_t *h)
{
  return (u8_t)(be16_get(h) >> 4);
}

/** Flow label, 20 bits. */
static inline u32_t ip6_wire_flow(const u8_t *h)
{
  return be32_get(h) & 0xfffffu;
}

/** Octets behind the header. */
static inline u16_t ip6_wire_plen(const u8_t *h)
{
  return be16_get(h + 4);
}

static inline u8_t ip6_wire_nexth(const u8_t *h)
{
  return h[IP6_WIRE_NEXTH_AT];
}

static inline u8_t ip6_wire_hoplim(const u8_t *h)
{
  return h[IP6_WIRE_HOPLIM_AT];
}

/** Read the 16 octets of an address, wherever they lie. */
static inline void ip6_wire_addr_get(u32_t to[4], const u8_t *from)
{
  __builtin_memcpy(to, from, 16);
}

/** Write the 16 octets of an address. */
static inline void ip6_wire_addr_put(u8_t *to, const u32_t from[4])
{
  __builtin_memcpy(to, from, 16);
}

static inline void ip6_wire_src(const u8_t *h, u32_t addr[4])
{
  ip6_wire_addr_get(addr, h + 8);
}

static inline void ip6_wire_dst(const u8_t *h, u32_t addr[4])
{
  ip6_wire_addr_get(addr, h + 24);
}

static inline void ip6_wire_plen_put(u8_t *h, u16_t plen)
{
  be16_put(h + 4, plen);
}

/** Write the header. */
static inline void ip6_wire_emit(u8_t *h, u8_t tclass, u32_t flow, u16_t plen, u8_t nexth, u8_t hoplim,
                                 const u32_t src[4], const u32_t dst[4])
{
  be32_put(h, 0x60000000u | ((u32_t)tclass << 20) | flow);
  be32_put(h + 4, ((u32_t)plen << 16) | ((u32_t)nexth << 8) | hoplim);
  ip6_wire_addr_put(h + 8, src);
  ip6_wire_addr_put(h + 24, dst);
}

/* A Fragment header @p f. */

/** IP6_WIRE_MF and the offset in octets in one. */
static inline u16_t ip6_wire_frag(const u8_t *f)
{
  return be16_get(f + 2) & (IP6_WIRE_OFFSET | IP6_WIRE_MF);
}

static inline u32_t ip6_wire_frag_id(const u8_t *f)
{
  return be32_get(f + 4);
}

static inline void ip6_wire_frag_emit(u8_t *f, u8_t nexth, u16_t offset_and_more, u32_t id)
{
  be32_put(f, ((u32_t)nexth << 24) | offset_and_more);
  be32_put(f + 4, id);
}

/** Is it a header that another one follows? */
static inline bool ip6_wire_is_ext(u8_t nexth)
{
  return nexth == IP6_WIRE_HBH || nexth == IP6_WIRE_DESTOPTS || nexth == IP6_WIRE_ROUTING || nexth == IP6_WIRE_FRAGMENT;
}

/** What the chain of headers is. */
enum ip6_wire_chain {
  IP6_CHAIN_WHOLE,      /**< the upper-layer header lies behind it */
  IP6_CHAIN_FRAGMENT,   /**< a part of a packet lies behind it */
  IP6_CHAIN_CUT,        /**< it does not end in the packet */
  IP6_CHAIN_LIMIT,      /**< longer than anybody needs */
  IP6_CHAIN_DISCARD,    /**< an option we do not know says so */
  IP6_CHAIN_ROUTING,    /**< a source route: Parameter Problem, code 0, pointer @c at */
  IP6_CHAIN_ORDER,      /**< hop-by-hop options elsewhere than first: code 1 */
  IP6_CHAIN_OPTION,     /**< an option we do not know: code 2, not if it came to a group */
  IP6_CHAIN_OPTION_ANY, /**< the same, and to a group too */
  IP6_CHAIN_FIRST       /**< a first fragment that does not hold all headers (RFC 7112): code 3 */
};

/** A chain of headers. */
struct ip6_chain {
  u16_t hlen;     /**< octets of all headers, a Fragment header included */
  u16_t frag;     /**< where the Fragment header lies, 0: there is none */
  u16_t frag_at;  /**< where the octet lies that announces it */
  u16_t nexth_at; /**< where the octet lies that names what follows */
  u16_t at;       /**< the octet that is the problem, counted from the IPv6 header */
  u8_t nexth;     /**< what follows */
  bool alert;     /**< there is a Router Alert option (RFC 2711) */
};

/**
 * Walk the chain of a packet of @p len octets at @p h, IPv6 header included, of which @p have are contiguous.
 * @return what it is, and *@p c about it
 */
enum ip6_wire_chain ip6_wire_walk(const u8_t *h, size_t len, size_t have, struct ip6_chain *c);

#endif
