/**
 * The DHCP client for IPv4 (RFC 2131, 2132, 3396, 5227, 6842).
 *
 *   dhcp_start(nif);                     on an interface that is up; the rest happens by itself
 *   if (dhcp_supplied_address(nif)) ...  or netif_set_status_callback()
 *
 * When the link comes back the client asks whether its address is still good (INIT-REBOOT); if nobody answers it keeps
 * the address as long as the lease lasts.  An address is probed for before use (DHCP_DOES_ARP_CHECK) and declined if
 * somebody has it.  Answers must fit the question (transaction, hardware address, server, address), and what they say
 * is checked: leases last 60 s at least, T1 < T2 < lease, addresses must be possible.
 *
 * Context of all functions: core thread, or with the core locked.
 */
#ifndef LWIP_HDR_DHCP_H
#define LWIP_HDR_DHCP_H

#include "lwip/opt.h"

#if LWIP_DHCP

#include "lwip/netif.h"
#include "lwip/udp.h"
#include "lwip/x_acd.h"
#include "lwip/x_timer.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Periods of the timer functions below, for programs that call them. */
#define DHCP_COARSE_TIMER_SECS 60
#define DHCP_COARSE_TIMER_MSECS (DHCP_COARSE_TIMER_SECS * 1000UL)
#define DHCP_FINE_TIMER_MSECS 500

/** Octets of struct dhcp.boot_file_name. */
#define DHCP_BOOT_FILE_LEN 128U

/** Is AutoIP running until DHCP gets an answer (LWIP_DHCP_AUTOIP_COOP)? */
typedef enum { DHCP_AUTOIP_COOP_STATE_OFF = 0, DHCP_AUTOIP_COOP_STATE_ON = 1 } dhcp_autoip_coop_state_enum_t;

/** The client of one interface: netif_dhcp_data().  Read it; do not write. */
struct dhcp {
  u32_t xid;          /**< transaction, host order */
  u8_t pcb_allocated; /**< it holds a share of the UDP pcb */
  u8_t state;         /**< dhcp_state_enum_t (lwip/prot/dhcp.h) */
  u8_t tries;         /**< messages sent in this state */
#if LWIP_DHCP_AUTOIP_COOP
  u8_t autoip_coop_state; /**< dhcp_autoip_coop_state_enum_t */
#endif
  u8_t subnet_mask_given; /**< the server told the mask; otherwise it is the one of the address class */
  u16_t request_timeout;  /**< wait that is under way, in DHCP_FINE_TIMER_MSECS */
  /* lwIP's minute ticks: not maintained, 0; what they counted is in offered_t*, in seconds */
  u16_t t1_timeout, t2_timeout, t1_renew_time, t2_rebind_time, lease_used, t0_timeout;
  ip_addr_t server_ip_addr; /**< whose offer was taken */
  ip4_addr_t offered_ip_addr;
  ip4_addr_t offered_sn_mask;
  ip4_addr_t offered_gw_addr;
  /* seconds; 0xffffffff: for ever */
  u32_t offered_t0_lease;  /**< the lease */
  u32_t offered_t1_renew;  /**< T1 */
  u32_t offered_t2_rebind; /**< T2 */
#if LWIP_DHCP_BOOTP_FILE
  ip4_addr_t offered_si_addr; /**< the next server to boot from */
  char boot_file_name[DHCP_BOOT_FILE_LEN];
#endif
  /* internal */
  struct netif *x_netif;
  struct lwip_x_timer x_timer;
#if DHCP_DOES_ARP_CHECK
  struct lwip_x_acd x_acd;
#endif
  u32_t x_used_s; /* seconds of the lease used at x_clock_ms */
  u32_t x_clock_ms;
  u32_t x_start_ms; /* begin of this attempt, for the secs field */
};

/** The client of @p netif, a struct dhcp *, or NULL. */
#define netif_dhcp_data(netif) ((struct dhcp *)netif_get_client_data(netif, LWIP_NETIF_CLIENT_DATA_INDEX_DHCP))

/** Lend @p dhcp to @p netif, so that dhcp_start() needs no heap; it is set to zero. */
void dhcp_set_struct(struct netif *netif, struct dhcp *dhcp);
/** Take back what was lent by dhcp_set_struct(); the client stops. */
#define dhcp_remove_struct(netif) dhcp_x_remove_struct(netif)
void dhcp_x_remove_struct(struct netif *netif);
/** Free what dhcp_start() allocated; not for a struct of dhcp_set_struct().  The client stops. */
void dhcp_cleanup(struct netif *netif);

/**
 * Start, or start again from scratch.
 * @retval ERR_OK   waiting for the link, or looking for servers
 * @retval ERR_ARG  @p netif is NULL or not up
 * @retval ERR_MEM  no memory, no UDP pcb, or the MTU is below 576
 */
err_t dhcp_start(struct netif *netif);
/** Renew the lease now.  @retval ERR_VAL there is none */
err_t dhcp_renew(struct netif *netif);
/** As dhcp_release_and_stop(). */
err_t dhcp_release(struct netif *netif);
void dhcp_stop(struct netif *netif);
/** Tell the server that the address is free (if there is a lease), take it from the interface, stop. */
void dhcp_release_and_stop(struct netif *netif);
/** Ask for parameters only (DNS servers...), for an interface with an address of its own. */
void dhcp_inform(struct netif *netif);
/** The link was away: ask whether the lease is still good.  The stack calls this when the link comes up. */
void dhcp_network_changed(struct netif *netif);
#if DHCP_DOES_ARP_CHECK
/** Somebody answered for @p addr: decline it if it is being probed for.  The stack notices by itself. */
void dhcp_arp_reply(struct netif *netif, const ip4_addr_t *addr);
#endif
/** Does the address of @p netif come from DHCP? */
u8_t dhcp_supplied_address(const struct netif *netif);

/** For programs that set LWIP_TIMERS to 0 and call the timers by hand; they do nothing otherwise. */
void dhcp_coarse_tmr(void);
void dhcp_fine_tmr(void);

#if LWIP_DHCP_GET_NTP_SRV
/** Called with the time servers of an answer; SNTP has one, or the program defines it. */
extern void dhcp_set_ntp_servers(u8_t num_ntp_servers, const ip4_addr_t *ntp_server_addrs);
#endif

#ifdef __cplusplus
}
#endif

#endif
#endif
