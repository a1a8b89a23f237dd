/** What IPv4 and IPv6 have in common. */
#ifndef LWIP_HDR_PROT_IP_H
#define LWIP_HDR_PROT_IP_H

#include "lwip/arch.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Protocols over IP */
#define IP_PROTO_ICMP 1
#define IP_PROTO_IGMP 2
#define IP_PROTO_TCP 6
#define IP_PROTO_UDP 17
#define IP_PROTO_UDPLITE 136

/** 4 or 6: the version of the packet at @p ptr. */
#define IP_HDR_GET_VERSION(ptr) ((*(u8_t *)(ptr)) >> 4)

#ifdef __cplusplus
}
#endif
#endif
