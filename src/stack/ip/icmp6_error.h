/** ICMPv6 errors about packets that could not be delivered (RFC 4443 section 2.4), rate limited. */
#ifndef LWIP_STACK_IP_ICMP6_ERROR_H
#define LWIP_STACK_IP_ICMP6_ERROR_H

#include "ip_rx.h"

#if LWIP_IPV6 && LWIP_ICMP6

/**
 * Tell the sender of @p rx.  Lends @p p, whose payload is rx->hdr or anything behind it.
 * @param rest      as in wire_icmp6.h
 * @param to_group  also if the packet was sent to a group (Packet Too Big, unknown options that say so)
 */
void icmp6_error(const struct pbuf *p, const struct ip_rx *rx, u8_t type, u8_t code, u32_t rest, bool to_group);

/** Parameter Problem @p code about the octet @p at, counted from the IPv6 header. */
void icmp6_error_param(const struct pbuf *p, const struct ip_rx *rx, u8_t code, u32_t at, bool to_group);

/** Destination Unreachable for ICMP_DUR_* of IPv4, whose meaning is translated. */
void icmp6_send_unreach(const struct pbuf *p, const struct ip_rx *rx, u8_t code4);

/** A packet whose first fragment is @p p (payload at the IPv6 header, lent) was not completed in time. */
void icmp6_error_reassembly(const struct pbuf *p);

#else

static inline void icmp6_error(const struct pbuf *p, const struct ip_rx *rx, u8_t type, u8_t code, u32_t rest,
                               bool to_group)
{
  (void)p;
  (void)rx;
  (void)type;
  (void)code;
  (void)rest;
  (void)to_group;
}
static inline void icmp6_error_param(const struct pbuf *p, const struct ip_rx *rx, u8_t code, u32_t at, bool to_group)
{
  (void)p;
  (void)rx;
  (void)code;
  (void)at;
  (void)to_group;
}
static inline void icmp6_send_unreach(const struct pbuf *p, const struct ip_rx *rx, u8_t code4)
{
  (void)p;
  (void)rx;
  (void)code4;
}
static inline void icmp6_error_reassembly(const struct pbuf *p)
{
  (void)p;
}

#endif

#endif
