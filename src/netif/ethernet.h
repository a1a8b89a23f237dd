/** Ethernet frames in and out, with and without VLAN tag. */
#ifndef LWIP_HDR_NETIF_ETHERNET_H
#define LWIP_HDR_NETIF_ETHERNET_H

#include "lwip/opt.h"

#if LWIP_ARP || LWIP_ETHERNET

#include "lwip/pbuf.h"
#include "lwip/netif.h"
#include "lwip/prot/ethernet.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Set to 1 and define LWIP_ARP_FILTER_NETIF_FN(pbuf, netif, type) to give the interface a frame belongs to, where
 *  several share one piece of hardware; @c type is the EtherType in host byte order. */
#ifndef LWIP_ARP_FILTER_NETIF
#define LWIP_ARP_FILTER_NETIF 0
#endif

/**
 * Take in a frame: payload at the Ethernet header (after ETH_PAD_SIZE octets), without FCS.
 *
 * Dropped are frames that are cut short, from a group, zero or our own address, unicast to another station
 * (LWIP_X_ETH_ACCEPT_ALL lets these through) and of a VLAN not accepted.  A priority tag (VID 0) is ignored.
 *
 * Always takes @p p and returns ERR_OK.  May be called while the core is busy in another context; the frame
 * is handled when that one leaves.
 */
err_t ethernet_input(struct pbuf *p, struct netif *netif);

/**
 * Put an Ethernet header in front of @p p and send it.  Lends @p p.
 *
 * @param eth_type  EtherType in host byte order
 * @retval ERR_BUF  no room for the header
 * @return otherwise what netif->linkoutput() says
 */
err_t ethernet_output(struct netif *netif, struct pbuf *p, const struct eth_addr *src, const struct eth_addr *dst,
                      u16_t eth_type);

/** ff:ff:ff:ff:ff:ff and 00:00:00:00:00:00. */
extern const struct eth_addr ethbroadcast, ethzero;

#ifdef __cplusplus
}
#endif

#endif
#endif
