/**
 * Which checksums of a frame the MAC shall make, decided by the frame alone.
 *
 * The stack leaves a checksum field 0 that it has not made: then the MAC has to.  A field that is not 0 is left alone, be it
 * made in software (a datagram that is sent in fragments, ICMPv6) or by another host (a forwarded packet), and a checksum
 * that happens to be 0 is made again, the same.  The MAC makes none for fragments, nor behind extension headers; for IPv6
 * without UDP, TCP or ICMPv6 it would write one where none belongs (erratum), and so it is asked per frame.
 */
#include "stm32_offload.h"

#if LWIP_X_STM32_ETH && LWIP_X_STM32_ETH_CHECKSUMS

#include "../../wire/wire_eth.h"

#if !LWIP_CHECKSUM_CTRL_PER_NETIF
#error "LWIP_X_STM32_ETH_CHECKSUMS is decided per interface and packet: set LWIP_CHECKSUM_CTRL_PER_NETIF to 1"
#endif

#define IP4_HEADER 20u
#define IP6_HEADER 40u

enum { PROTO_ICMP = 1, PROTO_TCP = 6, PROTO_UDP = 17, PROTO_ICMP6 = 58 };

/** Where the checksum is in the header of @p proto; 0: the MAC does not know it. */
static u16_t sum_offset(u8_t proto)
{
  switch (proto) {
    case PROTO_TCP:
      return 16;
    case PROTO_UDP:
      return 6;
    case PROTO_ICMP:
    case PROTO_ICMP6:
      return 2;
    default:
      return 0;
  }
}

/** Has the header of @p proto at @p offset a checksum field, and is that 0? */
static bool is_open(const struct pbuf *p, u16_t offset, u8_t proto)
{
  const u16_t at = sum_offset(proto);

  return at != 0 && pbuf_try_get_at(p, (u16_t)(offset + at)) == 0 && pbuf_try_get_at(p, (u16_t)(offset + at + 1u)) == 0;
}

static u8_t for_ip4(const struct pbuf *p, u16_t offset)
{
  u8_t room[IP4_HEADER];
  const u8_t *h = (const u8_t *)pbuf_get_contiguous(p, room, sizeof room, IP4_HEADER, offset);

  if (h == NULL || be16_get(h + 10) != 0) {
    return 0;
  }
  if ((be16_get(h + 6) & 0x3FFFu) != 0) {
    return STM32_TX_SUM_IP;
  }
  return is_open(p, (u16_t)(offset + (h[0] & 15u) * 4u), h[9]) ? STM32_TX_SUM_ALL : STM32_TX_SUM_IP;
}

static u8_t for_ip6(const struct pbuf *p, u16_t offset)
{
  const int proto = pbuf_try_get_at(p, (u16_t)(offset + 6u));

  return proto >= 0 && is_open(p, (u16_t)(offset + IP6_HEADER), (u8_t)proto) ? STM32_TX_SUM_ALL : 0;
}

u8_t stm32_offload(const struct pbuf *p)
{
  u8_t room[ETH_WIRE_HLEN + ETH_WIRE_TAGLEN];
  u16_t offset = ETH_WIRE_HLEN;
  const u8_t *h = (const u8_t *)pbuf_get_contiguous(p, room, sizeof room, sizeof room, 0);
  u16_t type;

  if (h == NULL) {
    return 0;
  }
  type = eth_wire_type(h);
  if (type == ETH_WIRE_TYPE_VLAN) {
    type = eth_wire_tagged_type(h + ETH_WIRE_HLEN);
    offset = ETH_WIRE_HLEN + ETH_WIRE_TAGLEN;
  }
  return type == ETH_WIRE_TYPE_IP4 ? for_ip4(p, offset) : type == ETH_WIRE_TYPE_IP6 ? for_ip6(p, offset) : 0;
}

#endif
