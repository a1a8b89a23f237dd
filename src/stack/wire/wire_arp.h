/**
 * ARP for IPv4 over Ethernet on the wire (RFC 826).  This header knows octets only: no pbuf, no netif.
 *
 *  0     2     4     5     6    8        14       18       24       28
 *  | hrd | pro | hln | pln | op |  sha   |  spa   |  tha   |  tpa   |
 */
#ifndef LWIP_STACK_WIRE_WIRE_ARP_H
#define LWIP_STACK_WIRE_WIRE_ARP_H

#include "wire_eth.h"
#include <stddef.h>

enum {
  ARP_WIRE_LEN = 28,    /**< octets of a packet */
  ARP_WIRE_REQUEST = 1, /**< who has tpa? */
  ARP_WIRE_REPLY = 2    /**< spa is at sha */
};

/** A packet, decoded.  IP addresses in network byte order. */
struct arp_repr {
  const u8_t *sha; /**< sender, in the packet */
  u32_t spa;
  u32_t tpa;
  u8_t op; /**< ARP_WIRE_REQUEST or ARP_WIRE_REPLY */
};

enum arp_wire_verdict { ARP_WIRE_OK, ARP_WIRE_SHORT, ARP_WIRE_FORMAT };

/** Parse the @p len octets at @p h; more than ARP_WIRE_LEN is padding. */
static inline enum arp_wire_verdict arp_wire_parse(const u8_t *h, size_t len, struct arp_repr *r)
{
  if (len < ARP_WIRE_LEN) {
    return ARP_WIRE_SHORT;
  }
  if (be32_get(h) != 0x00010800u || be16_get(h + 4) != 0x0604u || h[6] != 0 || (h[7] != 1 && h[7] != 2)) {
    return ARP_WIRE_FORMAT;
  }
  r->op = h[7];
  r->sha = h + 8;
  r->spa = ne32_get(h + 14);
  r->tpa = ne32_get(h + 24);
  return ARP_WIRE_OK;
}

/** Write ARP_WIRE_LEN octets to @p h.  @p tha: zeros in a request (RFC 5227 section 1.1). */
static inline void arp_wire_emit(u8_t *h, const struct arp_repr *r, const u8_t *tha)
{
  be32_put(h, 0x00010800u);
  be32_put(h + 4, 0x06040000u | r->op);
  eth_addr_put(h + 8, r->sha);
  ne32_put(h + 14, r->spa);
  eth_addr_put(h + 18, tha);
  ne32_put(h + 24, r->tpa);
}

#endif
