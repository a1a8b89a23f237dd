/** ICMPv6 messages out. */
#ifndef LWIP_STACK_IP_ICMP6_SEND_H
#define LWIP_STACK_IP_ICMP6_SEND_H

#include "lwip/ip6.h"

#if LWIP_IPV6

/** Send the message @p p, whose checksum is still missing, with hop limit @p hl and traffic class @p tc.  Takes @p p. */
void icmp6_send(struct pbuf *p, const ip6_addr_t *src, const ip6_addr_t *dest, u8_t hl, u8_t tc, struct netif *nif);

#endif

#endif
