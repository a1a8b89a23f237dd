/**
 * UDP and UDP-Lite headers (RFC 768, RFC 3828).
 *
 * Fields are in network byte order.  For applications and hooks; the stack itself reads octets.
 */
#ifndef LWIP_HDR_PROT_UDP_H
#define LWIP_HDR_PROT_UDP_H

#include "lwip/arch.h"

#ifdef __cplusplus
extern "C" {
#endif

#define UDP_HLEN 8 /**< octets */

#ifdef PACK_STRUCT_USE_INCLUDES
#include "arch/bpstruct.h"
#endif
PACK_STRUCT_BEGIN
/** The header. */
struct udp_hdr {
  PACK_STRUCT_FIELD(u16_t src);
  PACK_STRUCT_FIELD(u16_t dest);
  PACK_STRUCT_FIELD(u16_t len); /**< UDP-Lite: octets covered by the checksum */
  PACK_STRUCT_FIELD(u16_t chksum);
} PACK_STRUCT_STRUCT;
PACK_STRUCT_END
#ifdef PACK_STRUCT_USE_INCLUDES
#include "arch/epstruct.h"
#endif

#ifdef __cplusplus
}
#endif
#endif
