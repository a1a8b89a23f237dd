/** ICMP errors about packets that could not be delivered (RFC 1122 3.2.2, RFC 1812 4.3.2), rate limited. */
#ifndef LWIP_STACK_IP_ICMP_ERROR_H
#define LWIP_STACK_IP_ICMP_ERROR_H

#include "icmp6_error.h"
#include "ip_rx.h"

#if LWIP_IPV4 && LWIP_ICMP

/** Destination Unreachable with @p code (ICMP_DUR_*) about an IPv4 packet for us.  Lends @p p, payload at the transport header. */
void icmp4_send_unreach(const struct pbuf *p, const struct ip_rx *rx, u8_t code);

/** An error about a packet for another host, from the address of the interface it came in by; @p rest as in wire_icmp.h. */
void icmp_error_forward(const struct ip_rx *rx, u8_t type, u8_t code, u32_t rest);

/** A datagram whose first fragment is @p p (payload at the IP header, lent) was not completed in time. */
void icmp_error_reassembly(const struct pbuf *p);

#else

static inline void icmp4_send_unreach(const struct pbuf *p, const struct ip_rx *rx, u8_t code)
{
  (void)p;
  (void)rx;
  (void)code;
}
static inline void icmp_error_forward(const struct ip_rx *rx, u8_t type, u8_t code, u32_t rest)
{
  (void)rx;
  (void)type;
  (void)code;
  (void)rest;
}
static inline void icmp_error_reassembly(const struct pbuf *p)
{
  (void)p;
}

#endif

/** The same for either family. */
static inline void icmp_send_unreach(const struct pbuf *p, const struct ip_rx *rx, u8_t code)
{
  if ((LWIP_IPV6 && !LWIP_IPV4) || (LWIP_IPV6 && (rx->flags & IP_RX_V6) != 0)) {
    icmp6_send_unreach(p, rx, code);
  } else {
    icmp4_send_unreach(p, rx, code);
  }
}

#endif
