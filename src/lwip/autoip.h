/**
 * Link-local IPv4 addresses without a server (RFC 3927): one is made from the hardware address, probed for, announced
 * and defended (RFC 5227).  If somebody else has it another one is tried, and after many conflicts only slowly.
 *
 * Context of all functions: core thread, or with the core locked.
 */
#ifndef LWIP_HDR_AUTOIP_H
#define LWIP_HDR_AUTOIP_H

#include "lwip/opt.h"

#if LWIP_IPV4 && LWIP_AUTOIP

#include "lwip/netif.h"
#include "lwip/x_acd.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Period of autoip_tmr(), ms, for programs that call it. */
#define AUTOIP_TMR_INTERVAL 100
#define AUTOIP_TICKS_PER_SECOND (1000 / AUTOIP_TMR_INTERVAL)

struct etharp_hdr;

/** AutoIP on one interface: netif_autoip_data().  Read it; do not write. */
struct autoip {
  ip4_addr_t llipaddr; /**< probed for, or ours */
  u8_t state;          /**< autoip_state_enum_t (lwip/prot/autoip.h) */
  u8_t sent_num;       /**< probes sent when the address was found free */
  u16_t ttw;           /**< not used: 0 */
  u8_t lastconflict;   /**< not used: 0 */
  u8_t tried_llipaddr; /**< addresses tried */
  /* internal */
  struct lwip_x_acd x_acd;
};

/** The AutoIP of @p netif, a struct autoip *, or NULL. */
#define netif_autoip_data(netif) ((struct autoip *)netif_get_client_data(netif, LWIP_NETIF_CLIENT_DATA_INDEX_AUTOIP))

/** Lend @p autoip to @p netif, so that autoip_start() needs no heap; it is set to zero. */
void autoip_set_struct(struct netif *netif, struct autoip *autoip);
/** Take back what was lent by autoip_set_struct(); it stops. */
#define autoip_remove_struct(netif) autoip_x_remove_struct(netif)
void autoip_x_remove_struct(struct netif *netif);

/** Start.  @retval ERR_ARG not up  @retval ERR_MEM no memory */
err_t autoip_start(struct netif *netif);
/** Stop, and take the address from the interface.  @retval ERR_OK always */
err_t autoip_stop(struct netif *netif);
/** The link was away: probe again.  The stack calls this when the link comes up. */
void autoip_network_changed(struct netif *netif);
/** Does the address of @p netif come from AutoIP? */
u8_t autoip_supplied_address(const struct netif *netif);
/** Is @p addr the address AutoIP uses or probes for on @p netif? */
u8_t autoip_accept_packet(struct netif *netif, const ip4_addr_t *addr);
/** Does nothing: conflicts are noticed by the ARP module. */
void autoip_arp_reply(struct netif *netif, struct etharp_hdr *hdr);
/** For programs that set LWIP_TIMERS to 0 and call the timers by hand; does nothing otherwise. */
void autoip_tmr(void);

#ifdef __cplusplus
}
#endif

#endif
#endif
