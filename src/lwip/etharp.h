/** ARP (RFC 826): neighbours' hardware addresses on an Ethernet.  All functions: core context. */
#ifndef LWIP_HDR_NETIF_ETHARP_H
#define LWIP_HDR_NETIF_ETHARP_H

#include "lwip/opt.h"

#if LWIP_ARP || LWIP_ETHERNET

#include "lwip/pbuf.h"
#include "lwip/ip4_addr.h"
#include "lwip/netif.h"
#include "lwip/ip4.h"
#include "lwip/prot/ethernet.h"

#ifdef __cplusplus
extern "C" {
#endif

#if LWIP_IPV4 && LWIP_ARP

#include "lwip/prot/etharp.h"

/** ms; nothing depends on etharp_tmr() being called. */
#define ARP_TMR_INTERVAL 1000

#if ARP_QUEUEING
/** A packet that waits for its neighbour's hardware address. */
struct etharp_q_entry {
  struct etharp_q_entry *next;
  struct pbuf *p;
};
#endif

#define etharp_init() /* nothing to do: kept for programs */
/** Expire and ask again as is due.  A timer does so; calling it does no harm. */
void etharp_tmr(void);

/**
 * Look @p ipaddr up; does not ask for it.
 *
 * @param eth_ret  gets a pointer to the hardware address in the table, read-only, good until the next call
 * @param ip_ret   gets a pointer to the IP address in the table
 * @return its index in the table, or -1 if it is not resolved
 */
ssize_t etharp_find_addr(struct netif *netif, const ip4_addr_t *ipaddr, struct eth_addr **eth_ret,
                         const ip4_addr_t **ip_ret);

/** Entry @p i (0 to ARP_TABLE_SIZE - 1) of the table.  @return 1, or 0 if it is not resolved */
int etharp_get_entry(size_t i, ip4_addr_t **ipaddr, struct netif **netif, struct eth_addr **eth_ret);

/**
 * Send IPv4 packet @p q to @p ipaddr: broadcast, group, neighbour or via the gateway.  Resolves the hardware
 * address as needed and keeps the packet meanwhile (a copy of what may change).  Lends @p q.
 *
 * @retval ERR_OK   sent or queued
 * @retval ERR_RTE  not a neighbour and there is no gateway
 * @retval ERR_MEM  queue or table full
 */
err_t etharp_output(struct netif *netif, struct pbuf *q, const ip4_addr_t *ipaddr);

/**
 * Send @p q to the neighbour @p ipaddr once its hardware address is known; NULL: ask for the address only.
 * Lends @p q.  @retval ERR_ARG  not a unicast address  @retval ERR_MEM  queue or table full
 */
err_t etharp_query(struct netif *netif, const ip4_addr_t *ipaddr, struct pbuf *q);

/** Broadcast one request for @p ipaddr.  For an own address that is an announcement (RFC 5227 section 3). */
err_t etharp_request(struct netif *netif, const ip4_addr_t *ipaddr);

/** Tell everybody our address. */
#define etharp_gratuitous(netif) etharp_request((netif), netif_ip4_addr(netif))

/** Forget all neighbours on @p netif and drop what waits for them. */
void etharp_cleanup_netif(struct netif *netif);

#if ETHARP_SUPPORT_STATIC_ENTRIES
/** Fix the address of a neighbour (on the interface whose network has @p ipaddr).
 *  @retval ERR_RTE  no such network  @retval ERR_MEM  table full of such entries */
err_t etharp_add_static_entry(const ip4_addr_t *ipaddr, struct eth_addr *ethaddr);
/** @retval ERR_MEM  not in the table  @retval ERR_ARG  not a static entry */
err_t etharp_remove_static_entry(const ip4_addr_t *ipaddr);
#endif

/** Takes @p p: payload at the ARP packet. */
void etharp_input(struct pbuf *p, struct netif *netif);

#endif

#ifdef __cplusplus
}
#endif

#endif
#endif
