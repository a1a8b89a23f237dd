/** DHCPv6 client (RFC 8415). */
#ifndef LWIP_HDR_DHCP6_H
#define LWIP_HDR_DHCP6_H

#include "lwip/opt.h"

#if LWIP_IPV6_DHCP6

#include "lwip/err.h"
#include "lwip/netif.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Kept for programs that call it: ms between calls of dhcp6_tmr(). */
#define DHCP6_TIMER_MSECS 500

/** The client of an interface. */
struct dhcp6 {
  u32_t xid; /**< of the message last sent */
  u8_t pcb_allocated;
  u8_t state; /**< DHCP6_STATE_* of lwip/prot/dhcp6.h */
  u8_t tries;
  u8_t request_config_pending;
  u16_t request_timeout; /**< in DHCP6_TIMER_MSECS */
};

/** Give @p netif memory for its client instead of the heap's. */
void dhcp6_set_struct(struct netif *netif, struct dhcp6 *dhcp6);
#define dhcp6_remove_struct(netif) netif_set_client_data(netif, LWIP_NETIF_CLIENT_DATA_INDEX_DHCP6, NULL)
/** Free the client's memory. */
void dhcp6_cleanup(struct netif *netif);

/** Addresses and parameters.  @retval ERR_VAL not supported */
err_t dhcp6_enable_stateful(struct netif *netif);
/** Parameters only, when routers say so. */
err_t dhcp6_enable_stateless(struct netif *netif);
void dhcp6_disable(struct netif *netif);

/** Harmless: the stack has its own timer. */
void dhcp6_tmr(void);
/** A router advertisement came with these flags. */
void dhcp6_nd6_ra_trigger(struct netif *netif, u8_t managed_addr_config, u8_t other_config);

#if LWIP_DHCP6_GET_NTP_SRV
/** The application implements it. */
extern void dhcp6_set_ntp_servers(u8_t num_ntp_servers, const ip_addr_t *ntp_server_addrs);
#endif

#define netif_dhcp6_data(netif) ((struct dhcp6 *)netif_get_client_data(netif, LWIP_NETIF_CLIENT_DATA_INDEX_DHCP6))

#ifdef __cplusplus
}
#endif

#endif
#endif
