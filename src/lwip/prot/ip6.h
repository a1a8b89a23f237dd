/**
 * IPv6 headers and extension headers (RFC 8200).
 *
 * Fields are in network byte order.  For applications and hooks; the stack itself reads octets.
 */
#ifndef LWIP_HDR_PROT_IP6_H
#define LWIP_HDR_PROT_IP6_H

#include "lwip/arch.h"
#include "lwip/ip6_addr.h"
#include "lwip/def.h"

#ifdef __cplusplus
extern "C" {
#endif

#ifdef PACK_STRUCT_USE_INCLUDES
#include "arch/bpstruct.h"
#endif
PACK_STRUCT_BEGIN
/** An address inside a packet: it may lie anywhere. */
struct ip6_addr_packed {
  PACK_STRUCT_FIELD(u32_t addr[4]);
} PACK_STRUCT_STRUCT;
PACK_STRUCT_END
#ifdef PACK_STRUCT_USE_INCLUDES
#include "arch/epstruct.h"
#endif

typedef struct ip6_addr_packed ip6_addr_p_t;

#define IP6_HLEN 40             /**< octets */
#define IP6_MIN_MTU_LENGTH 1280 /**< what every link carries */

/* What comes next */
#define IP6_NEXTH_HOPBYHOP 0
#define IP6_NEXTH_TCP 6
#define IP6_NEXTH_UDP 17
#define IP6_NEXTH_ENCAPS 41
#define IP6_NEXTH_ROUTING 43
#define IP6_NEXTH_FRAGMENT 44
#define IP6_NEXTH_ICMP6 58
#define IP6_NEXTH_NONE 59
#define IP6_NEXTH_DESTOPTS 60
#define IP6_NEXTH_UDPLITE 136

#ifdef PACK_STRUCT_USE_INCLUDES
#include "arch/bpstruct.h"
#endif
PACK_STRUCT_BEGIN
/** The header. */
struct ip6_hdr {
  PACK_STRUCT_FIELD(u32_t _v_tc_fl); /**< version, traffic class, flow label */
  PACK_STRUCT_FIELD(u16_t _plen);    /**< octets behind this header */
  PACK_STRUCT_FLD_8(u8_t _nexth);
  PACK_STRUCT_FLD_8(u8_t _hoplim);
  PACK_STRUCT_FLD_S(ip6_addr_p_t src);
  PACK_STRUCT_FLD_S(ip6_addr_p_t dest);
} PACK_STRUCT_STRUCT;
PACK_STRUCT_END
#ifdef PACK_STRUCT_USE_INCLUDES
#include "arch/epstruct.h"
#endif

/* Read a field, in host order */
#define IP6H_V(hdr) ((lwip_ntohl((hdr)->_v_tc_fl) >> 28) & 0x0f)
#define IP6H_TC(hdr) ((lwip_ntohl((hdr)->_v_tc_fl) >> 20) & 0xff)
#define IP6H_FL(hdr) (lwip_ntohl((hdr)->_v_tc_fl) & 0x000fffff)
#define IP6H_PLEN(hdr) (lwip_ntohs((hdr)->_plen))
#define IP6H_NEXTH(hdr) ((hdr)->_nexth)
#define IP6H_NEXTH_P(hdr) ((u8_t *)(hdr) + 6)
#define IP6H_HOPLIM(hdr) ((hdr)->_hoplim)

/* Write a field, from host order */
#define IP6H_VTCFL_SET(hdr, v, tc, fl) \
  (hdr)->_v_tc_fl = (lwip_htonl((((u32_t)(v)) << 28) | (((u32_t)(tc)) << 20) | (fl)))
#define IP6H_PLEN_SET(hdr, plen) (hdr)->_plen = lwip_htons(plen)
#define IP6H_NEXTH_SET(hdr, nexth) (hdr)->_nexth = (nexth)
#define IP6H_HOPLIM_SET(hdr, hl) (hdr)->_hoplim = (u8_t)(hl)

/* Options of the hop-by-hop and destination headers */
#define IP6_PAD1_OPTION 0
#define IP6_PADN_OPTION 1
#define IP6_ROUTER_ALERT_OPTION 5
#define IP6_JUMBO_OPTION 194
#define IP6_HOME_ADDRESS_OPTION 201
#define IP6_ROUTER_ALERT_DLEN 2 /**< octets of data */
#define IP6_ROUTER_ALERT_VALUE_MLD 0

#ifdef PACK_STRUCT_USE_INCLUDES
#include "arch/bpstruct.h"
#endif
PACK_STRUCT_BEGIN
/** One of them. */
struct ip6_opt_hdr {
  PACK_STRUCT_FLD_8(u8_t _opt_type);
  PACK_STRUCT_FLD_8(u8_t _opt_dlen); /**< octets behind */
} PACK_STRUCT_STRUCT;
PACK_STRUCT_END
#ifdef PACK_STRUCT_USE_INCLUDES
#include "arch/epstruct.h"
#endif

#define IP6_OPT_HLEN 2 /**< octets */
#define IP6_OPT_TYPE_ACTION(hdr) ((((hdr)->_opt_type) >> 6) & 0x3)
#define IP6_OPT_TYPE_CHANGE(hdr) ((((hdr)->_opt_type) >> 5) & 0x1)
#define IP6_OPT_TYPE(hdr) ((hdr)->_opt_type)
#define IP6_OPT_DLEN(hdr) ((hdr)->_opt_dlen)

#ifdef PACK_STRUCT_USE_INCLUDES
#include "arch/bpstruct.h"
#endif
PACK_STRUCT_BEGIN
/** Hop-by-hop options. */
struct ip6_hbh_hdr {
  PACK_STRUCT_FLD_8(u8_t _nexth);
  PACK_STRUCT_FLD_8(u8_t _hlen); /**< in eights of octets, without the first eight */
} PACK_STRUCT_STRUCT;
PACK_STRUCT_END
#ifdef PACK_STRUCT_USE_INCLUDES
#include "arch/epstruct.h"
#endif

#define IP6_HBH_HLEN 2 /**< octets */
#define IP6_HBH_NEXTH(hdr) ((hdr)->_nexth)

#ifdef PACK_STRUCT_USE_INCLUDES
#include "arch/bpstruct.h"
#endif
PACK_STRUCT_BEGIN
/** Destination options. */
struct ip6_dest_hdr {
  PACK_STRUCT_FLD_8(u8_t _nexth);
  PACK_STRUCT_FLD_8(u8_t _hlen); /**< as above */
} PACK_STRUCT_STRUCT;
PACK_STRUCT_END
#ifdef PACK_STRUCT_USE_INCLUDES
#include "arch/epstruct.h"
#endif

#define IP6_DEST_HLEN 2 /**< octets */
#define IP6_DEST_NEXTH(hdr) ((hdr)->_nexth)

#ifdef PACK_STRUCT_USE_INCLUDES
#include "arch/bpstruct.h"
#endif
PACK_STRUCT_BEGIN
/** Routing. */
struct ip6_rout_hdr {
  PACK_STRUCT_FLD_8(u8_t _nexth);
  PACK_STRUCT_FLD_8(u8_t _hlen); /**< as above */
  PACK_STRUCT_FLD_8(u8_t _routing_type);
  PACK_STRUCT_FLD_8(u8_t _segments_left);
} PACK_STRUCT_STRUCT;
PACK_STRUCT_END
#ifdef PACK_STRUCT_USE_INCLUDES
#include "arch/epstruct.h"
#endif

#define IP6_ROUT_TYPE2 2 /**< Mobile IPv6 */
#define IP6_ROUT_RPL 3   /**< RPL source route */
#define IP6_ROUT_NEXTH(hdr) ((hdr)->_nexth)
#define IP6_ROUT_TYPE(hdr) ((hdr)->_routing_type)
#define IP6_ROUT_SEG_LEFT(hdr) ((hdr)->_segments_left)

#ifdef PACK_STRUCT_USE_INCLUDES
#include "arch/bpstruct.h"
#endif
PACK_STRUCT_BEGIN
/** Fragment. */
struct ip6_frag_hdr {
  PACK_STRUCT_FLD_8(u8_t _nexth);
  PACK_STRUCT_FLD_8(u8_t reserved);
  PACK_STRUCT_FIELD(u16_t _fragment_offset); /**< in octets, a multiple of 8; bit 0: more fragments */
  PACK_STRUCT_FIELD(u32_t _identification);
} PACK_STRUCT_STRUCT;
PACK_STRUCT_END
#ifdef PACK_STRUCT_USE_INCLUDES
#include "arch/epstruct.h"
#endif

#define IP6_FRAG_HLEN 8 /**< octets */
#define IP6_FRAG_OFFSET_MASK 0xfff8
#define IP6_FRAG_MORE_FLAG 0x0001
#define IP6_FRAG_NEXTH(hdr) ((hdr)->_nexth)
#define IP6_FRAG_MBIT(hdr) (lwip_ntohs((hdr)->_fragment_offset) & 0x1)
#define IP6_FRAG_ID(hdr) (lwip_ntohl((hdr)->_identification))

#ifdef __cplusplus
}
#endif
#endif
