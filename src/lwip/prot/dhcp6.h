/**
 * DHCPv6 messages (RFC 8415).
 *
 * Fields are in network byte order.  For applications and hooks; the stack itself reads octets.
 */
#ifndef LWIP_HDR_PROT_DHCP6_H
#define LWIP_HDR_PROT_DHCP6_H

#include "lwip/arch.h"

#ifdef __cplusplus
extern "C" {
#endif

#define DHCP6_CLIENT_PORT 546
#define DHCP6_SERVER_PORT 547

#define DHCP6_TRANSACTION_ID_LEN 3 /**< octets */

#ifdef PACK_STRUCT_USE_INCLUDES
#include "arch/bpstruct.h"
#endif
PACK_STRUCT_BEGIN
/** The header; options follow. */
struct dhcp6_msg {
  PACK_STRUCT_FLD_8(u8_t msgtype);
  PACK_STRUCT_FLD_8(u8_t transaction_id[DHCP6_TRANSACTION_ID_LEN]);
} PACK_STRUCT_STRUCT;
PACK_STRUCT_END
#ifdef PACK_STRUCT_USE_INCLUDES
#include "arch/epstruct.h"
#endif

/** Where the client stands. */
typedef enum {
  DHCP6_STATE_OFF = 0,
  DHCP6_STATE_STATELESS_IDLE = 1,
  DHCP6_STATE_REQUESTING_CONFIG = 2,
  /* ours from here */
  DHCP6_X_STATE_SOLICITING = 3,
  DHCP6_X_STATE_REQUESTING = 4,
  DHCP6_X_STATE_BOUND = 5,
  DHCP6_X_STATE_RENEWING = 6,
  DHCP6_X_STATE_REBINDING = 7,
  DHCP6_X_STATE_CONFIRMING = 8,
  DHCP6_X_STATE_DECLINING = 9,
  DHCP6_X_STATE_RELEASING = 10 /**< dhcp6_disable() was called; DHCP6_STATE_OFF follows */
} dhcp6_state_enum_t;

/* Messages */
#define DHCP6_SOLICIT 1
#define DHCP6_ADVERTISE 2
#define DHCP6_REQUEST 3
#define DHCP6_CONFIRM 4
#define DHCP6_RENEW 5
#define DHCP6_REBIND 6
#define DHCP6_REPLY 7
#define DHCP6_RELEASE 8
#define DHCP6_DECLINE 9
#define DHCP6_RECONFIGURE 10
#define DHCP6_INFOREQUEST 11
#define DHCP6_RELAYFORW 12
#define DHCP6_RELAYREPL 13

/* Options */
#define DHCP6_OPTION_CLIENTID 1
#define DHCP6_OPTION_SERVERID 2
#define DHCP6_OPTION_IA_NA 3
#define DHCP6_OPTION_IA_TA 4
#define DHCP6_OPTION_IAADDR 5
#define DHCP6_OPTION_ORO 6
#define DHCP6_OPTION_PREFERENCE 7
#define DHCP6_OPTION_ELAPSED_TIME 8
#define DHCP6_OPTION_RELAY_MSG 9
#define DHCP6_OPTION_AUTH 11
#define DHCP6_OPTION_UNICAST 12
#define DHCP6_OPTION_STATUS_CODE 13
#define DHCP6_OPTION_RAPID_COMMIT 14
#define DHCP6_OPTION_USER_CLASS 15
#define DHCP6_OPTION_VENDOR_CLASS 16
#define DHCP6_OPTION_VENDOR_OPTS 17
#define DHCP6_OPTION_INTERFACE_ID 18
#define DHCP6_OPTION_RECONF_MSG 19
#define DHCP6_OPTION_RECONF_ACCEPT 20
#define DHCP6_OPTION_DNS_SERVERS 23
#define DHCP6_OPTION_DOMAIN_LIST 24
#define DHCP6_OPTION_SNTP_SERVERS 31

/* Status codes */
#define DHCP6_STATUS_SUCCESS 0
#define DHCP6_STATUS_UNSPECFAIL 1
#define DHCP6_STATUS_NOADDRSAVAIL 2
#define DHCP6_STATUS_NOBINDING 3
#define DHCP6_STATUS_NOTONLINK 4
#define DHCP6_STATUS_USEMULTICAST 5

/* Kinds of client identifiers */
#define DHCP6_DUID_LLT 1
#define DHCP6_DUID_EN 2
#define DHCP6_DUID_LL 3
#define DHCP6_DUID_UUID 4

#ifdef __cplusplus
}
#endif
#endif
