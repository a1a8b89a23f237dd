/**
 * IGMP messages (RFC 2236).
 *
 * Fields are in network byte order.  For applications and hooks; the stack itself reads octets.
 */
#ifndef LWIP_HDR_PROT_IGMP_H
#define LWIP_HDR_PROT_IGMP_H

#include "lwip/arch.h"
#include "lwip/prot/ip4.h"

#ifdef __cplusplus
extern "C" {
#endif

#define IGMP_TTL 1
#define IGMP_MINLEN 8        /**< octets */
#define ROUTER_ALERT 0x9404U /**< IP option (RFC 2113), first half */
#define ROUTER_ALERTLEN 4    /**< octets */

/* Types */
#define IGMP_MEMB_QUERY 0x11
#define IGMP_V1_MEMB_REPORT 0x12
#define IGMP_V2_MEMB_REPORT 0x16
#define IGMP_LEAVE_GROUP 0x17

/* States of a membership (RFC 2236 section 6) */
#define IGMP_GROUP_NON_MEMBER 0
#define IGMP_GROUP_DELAYING_MEMBER 1
#define IGMP_GROUP_IDLE_MEMBER 2

#ifdef PACK_STRUCT_USE_INCLUDES
#include "arch/bpstruct.h"
#endif
PACK_STRUCT_BEGIN
/** A message of versions 1 and 2. */
struct igmp_msg {
  PACK_STRUCT_FLD_8(u8_t igmp_msgtype);
  PACK_STRUCT_FLD_8(u8_t igmp_maxresp);
  PACK_STRUCT_FIELD(u16_t igmp_checksum);
  PACK_STRUCT_FLD_S(ip4_addr_p_t igmp_group_address);
} PACK_STRUCT_STRUCT;
PACK_STRUCT_END
#ifdef PACK_STRUCT_USE_INCLUDES
#include "arch/epstruct.h"
#endif

#ifdef __cplusplus
}
#endif
#endif
