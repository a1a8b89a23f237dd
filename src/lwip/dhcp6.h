/** DHCPv6 client (RFC 8415). */
#ifndef LWIP_HDR_DHCP6_H
#define LWIP_HDR_DHCP6_H

#include "lwip/opt.h"

#if LWIP_IPV6_DHCP6

#include "lwip/err.h"
#include "lwip/netif.h"
#include "lwip/prot/dhcp6.h"
#include "lwip/x_timer.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Octets of the longest DUID (RFC 8415 section 11.1). */
#define DHCP6_X_DUID_MAX 130

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
  /* ours from here */
  struct lwip_x_timer x_timer;
  struct netif *x_netif;
  u32_t x_start_ms;   /**< when the exchange began */
  u32_t x_wait_ms;    /**< for the answer to the message last sent */
  u32_t x_inf_max_ms; /**< between information requests, as a server wants it; 0: not told */
  u32_t x_renew_s;    /**< the second at which to ask again: parameters that are old, a lease (T1) */
  u8_t x_mode;        /**< bit 0: addresses too */
  u8_t x_configured;  /**< the parameters are there */
#if LWIP_IPV6_DHCP6_STATEFUL
  u8_t x_have_offer; /**< x_server and x_offer are the best advertisement */
  u8_t x_preference; /**< of it */
  u8_t x_server_len;
  u8_t x_server[DHCP6_X_DUID_MAX];          /**< DUID of the server that advertised or gave the addresses */
  u8_t x_offer[16];                         /**< the address it advertised */
  u32_t x_sol_max_ms;                       /**< between solicitations, as a server wants it; 0: not told */
  u8_t x_gone[LWIP_IPV6_NUM_ADDRESSES][16]; /**< addresses being released */
  u8_t x_gone_n;
  u32_t x_rebind_s; /**< the second at which to ask every server (T2) */
#endif
};

/** Give @p netif memory for its client instead of the heap's. */
void dhcp6_set_struct(struct netif *netif, struct dhcp6 *dhcp6);
#define dhcp6_remove_struct(netif) dhcp6_x_remove_struct(netif)
/** Stop the client and take its memory from @p netif. */
void dhcp6_x_remove_struct(struct netif *netif);
/** Free the client's memory. */
void dhcp6_cleanup(struct netif *netif);

/**
 * Ask for addresses and parameters as soon as a router says that they come from DHCPv6 (RFC 4861 section 4.2, flags M and O).
 * An address is checked for duplicates and then put into a free slot of @p netif->ip6_addr[]; it is renewed as long as the
 * client runs.
 * @retval ERR_VAL  LWIP_IPV6_DHCP6_STATEFUL is 0
 * @retval ERR_MEM  no memory for the client, or no UDP pcb
 */
err_t dhcp6_enable_stateful(struct netif *netif);
/** Ask for parameters only, as soon as a router says so.  @retval ERR_MEM  as above */
err_t dhcp6_enable_stateless(struct netif *netif);
/** No more of it; leased addresses are removed at once and given back: the server is told up to four times within 15 s until it answers. */
void dhcp6_disable(struct netif *netif);

#if LWIP_X_DHCP6_DUID
/**
 * The program gives it: what servers know this device by, the same for ever and on all interfaces (RFC 8415 section 11), such as a
 * DUID-LLT that was made at the first start and is kept in flash, or a DUID-UUID.
 * @param to  room for DHCP6_X_DUID_MAX octets
 * @return how many there are, 0 < n <= DHCP6_X_DUID_MAX
 */
u8_t lwip_x_dhcp6_duid(const struct netif *netif, u8_t *to);
#endif

/** Harmless: the stack has its own timer. */
void dhcp6_tmr(void);
/** A router advertisement came with these flags. */
void dhcp6_nd6_ra_trigger(struct netif *netif, u8_t managed_addr_config, u8_t other_config);

#if LWIP_DHCP6_GET_NTP_SRV
/** The application (or SNTP) implements it; the stack has an empty one. */
extern void dhcp6_set_ntp_servers(u8_t num_ntp_servers, const ip_addr_t *ntp_server_addrs);
#endif

#define netif_dhcp6_data(netif) ((struct dhcp6 *)netif_get_client_data(netif, LWIP_NETIF_CLIENT_DATA_INDEX_DHCP6))

#ifdef __cplusplus
}
#endif

#endif
#endif
