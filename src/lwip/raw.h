/** Raw access to IP: a protocol of your own, or a look at somebody else's packets. */
#ifndef LWIP_HDR_RAW_H
#define LWIP_HDR_RAW_H

#include "lwip/opt.h"

#if LWIP_RAW

#include "lwip/pbuf.h"
#include "lwip/def.h"
#include "lwip/ip.h"
#include "lwip/ip_addr.h"
#include "lwip/ip6_addr.h"

#ifdef __cplusplus
extern "C" {
#endif

#define RAW_FLAGS_CONNECTED 0x01U      /**< only packets from remote_ip are received */
#define RAW_FLAGS_HDRINCL 0x02U        /**< what is sent brings its IP header */
#define RAW_FLAGS_MULTICAST_LOOP 0x04U /**< groups this host is in get what it sends to them */

struct raw_pcb;

/**
 * A packet of the pcb's protocol came in.
 * @param p    payload at the IP header; leave it as it is unless you eat it
 * @param addr its source, valid during the call
 * @return 1: eaten, @p p is yours to free; 0: not wanted, @p p stays with the stack
 */
typedef u8_t (*raw_recv_fn)(void *arg, struct raw_pcb *pcb, struct pbuf *p, const ip_addr_t *addr);

/** A raw protocol control block. */
struct raw_pcb {
  IP_PCB;

  struct raw_pcb *next;

  u8_t protocol; /**< received and sent */
  u8_t flags;    /**< RAW_FLAGS_* */

#if LWIP_MULTICAST_TX_OPTIONS
  u8_t mcast_ifindex; /**< interface for groups, NETIF_NO_INDEX: by route */
  u8_t mcast_ttl;
#endif

  raw_recv_fn recv;
  void *recv_arg;
#if LWIP_IPV6
  u16_t chksum_offset; /**< where the checksum of RFC 3542 goes, octets from the start of the payload */
  u8_t chksum_reqd;    /**< and whether there is one */
#endif
  u8_t x_live; /**< internal: the pcb is allocated */
};

/** A new pcb for @p proto, IPv4.  @return NULL: none free */
struct raw_pcb *raw_new(u8_t proto);
/** As raw_new(), for the addresses IPADDR_TYPE_*. */
struct raw_pcb *raw_new_ip_type(u8_t type, u8_t proto);
/** Free @p pcb.  May be called from its own callback. */
void raw_remove(struct raw_pcb *pcb);
/** Receive only what is sent to @p ipaddr, and send from there.  @retval ERR_VAL NULL or of the other version */
err_t raw_bind(struct raw_pcb *pcb, const ip_addr_t *ipaddr);
/** Receive and send only by @p netif; NULL: by any. */
void raw_bind_netif(struct raw_pcb *pcb, const struct netif *netif);
/** Receive only from @p ipaddr, and let raw_send() send there.  @retval ERR_VAL as raw_bind() */
err_t raw_connect(struct raw_pcb *pcb, const ip_addr_t *ipaddr);
/** Undo raw_connect(). */
void raw_disconnect(struct raw_pcb *pcb);

/**
 * Send @p p to @p ipaddr.  Lends @p p: payload behind the IP header, or at it with RAW_FLAGS_HDRINCL.
 * @retval ERR_RTE no route
 * @retval ERR_VAL wrong arguments, or a broadcast without SOF_BROADCAST (IP_SOF_BROADCAST)
 * @retval ERR_MEM no memory for the header
 * Context: core.
 */
err_t raw_sendto(struct raw_pcb *pcb, struct pbuf *p, const ip_addr_t *ipaddr);
/** As raw_sendto(), by @p netif and from @p src_ip. */
err_t raw_sendto_if_src(struct raw_pcb *pcb, struct pbuf *p, const ip_addr_t *dst_ip, struct netif *netif,
                        const ip_addr_t *src_ip);
/** Send to the address the pcb is connected to. */
err_t raw_send(struct raw_pcb *pcb, struct pbuf *p);

/** Call @p recv for packets of the pcb's protocol; NULL: for none. */
void raw_recv(struct raw_pcb *pcb, raw_recv_fn recv, void *recv_arg);

#define raw_flags(pcb) ((pcb)->flags)
#define raw_setflags(pcb, f) ((pcb)->flags = (f))

#define raw_set_flags(pcb, set_flags)                  \
  do {                                                 \
    (pcb)->flags = (u8_t)((pcb)->flags | (set_flags)); \
  } while (0)
#define raw_clear_flags(pcb, clr_flags)                              \
  do {                                                               \
    (pcb)->flags = (u8_t)((pcb)->flags & (u8_t)(~(clr_flags)&0xff)); \
  } while (0)
#define raw_is_flag_set(pcb, flag) (((pcb)->flags & (flag)) != 0)

/** Nothing to set up. */
#define raw_init()

/** A new pcb for IPv6. */
#define raw_new_ip6(proto) raw_new_ip_type(IPADDR_TYPE_V6, proto)

#if LWIP_MULTICAST_TX_OPTIONS
#define raw_set_multicast_netif_index(pcb, idx) ((pcb)->mcast_ifindex = (idx))
#define raw_get_multicast_netif_index(pcb) ((pcb)->mcast_ifindex)
#define raw_set_multicast_ttl(pcb, value) ((pcb)->mcast_ttl = (value))
#define raw_get_multicast_ttl(pcb) ((pcb)->mcast_ttl)
#endif

#ifdef __cplusplus
}
#endif

#endif /* LWIP_RAW */

#endif
