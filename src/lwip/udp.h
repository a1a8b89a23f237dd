/** UDP (RFC 768) and UDP-Lite (RFC 3828). */
#ifndef LWIP_HDR_UDP_H
#define LWIP_HDR_UDP_H

#include "lwip/opt.h"

#if LWIP_UDP

#include "lwip/pbuf.h"
#include "lwip/netif.h"
#include "lwip/ip_addr.h"
#include "lwip/ip.h"
#include "lwip/ip6_addr.h"
#include "lwip/prot/udp.h"

#ifdef __cplusplus
extern "C" {
#endif

#define UDP_FLAGS_NOCHKSUM 0x01U       /**< send without checksum (IPv4 only) */
#define UDP_FLAGS_UDPLITE 0x02U        /**< UDP-Lite */
#define UDP_FLAGS_CONNECTED 0x04U      /**< receive from the remote end only */
#define UDP_FLAGS_MULTICAST_LOOP 0x08U /**< groups this host is in get what it sends to them */

struct udp_pcb;

/**
 * A datagram came in.
 * @param p    payload behind the UDP header; yours to free
 * @param addr source address, valid until the function returns
 * @param port source port
 */
typedef void (*udp_recv_fn)(void *arg, struct udp_pcb *pcb, struct pbuf *p, const ip_addr_t *addr, u16_t port);

/** A UDP protocol control block. */
struct udp_pcb {
  IP_PCB;

  struct udp_pcb *next; /**< in udp_pcbs */

  u8_t flags;                    /**< UDP_FLAGS_* */
  u8_t x_live;                   /**< internal: the pcb is allocated */
  u16_t local_port, remote_port; /**< host order, 0: none yet */
  u16_t x_bucket;                /**< internal: part of udp_pcbs it lies in, and one; 0: it is not in it */

#if LWIP_MULTICAST_TX_OPTIONS
#if LWIP_IPV4
  ip4_addr_t mcast_ip4; /**< interface for groups by its address, 0.0.0.0: by the index */
#endif
  u8_t mcast_ifindex; /**< interface for groups by index, NETIF_NO_INDEX: by route */
  u8_t mcast_ttl;
#endif

#if LWIP_UDPLITE
  u16_t chksum_len_rx, chksum_len_tx; /**< octets covered by the checksum, header included, 0: all */
#endif

  udp_recv_fn recv;
  void *recv_arg;
#if LWIP_X_UDP_HASH > 1
  struct udp_pcb **x_at; /**< internal: what points to this pcb */
#endif
};

/** All bound and connected pcbs.  Read only: walk it by .next, change nothing. */
extern struct udp_pcb *udp_pcbs;

/** A new pcb for IPv4.  @return NULL: none free */
struct udp_pcb *udp_new(void);
/** As udp_new(), for the addresses IPADDR_TYPE_*. */
struct udp_pcb *udp_new_ip_type(u8_t type);
/** Free @p pcb; NULL is harmless.  May be called from its own callback. */
void udp_remove(struct udp_pcb *pcb);

/**
 * Receive what is sent to @p ipaddr (NULL or any: every local address) and @p port.
 * @param port 0: one nobody can guess (RFC 6056)
 * @retval ERR_USE the port is taken, and not both pcbs have SOF_REUSEADDR (SO_REUSE)
 * @retval ERR_VAL an address of the other version
 * @retval ERR_ARG no such pcb
 */
err_t udp_bind(struct udp_pcb *pcb, const ip_addr_t *ipaddr, u16_t port);
/** Receive and send only by @p netif; NULL: by any. */
void udp_bind_netif(struct udp_pcb *pcb, const struct netif *netif);
/** Receive only from @p ipaddr and @p port, and let udp_send() send there.  Binds an unbound pcb.  Errors as udp_bind() */
err_t udp_connect(struct udp_pcb *pcb, const ip_addr_t *ipaddr, u16_t port);
/** Undo udp_connect(); the local port stays. */
void udp_disconnect(struct udp_pcb *pcb);
/** Call @p recv for each datagram; NULL: drop them. */
void udp_recv(struct udp_pcb *pcb, udp_recv_fn recv, void *recv_arg);

/**
 * Send @p p to @p dst_ip and @p dst_port.  Lends @p p: headers are put in front of its payload, in
 * its own headroom or in a pbuf chained before it.  Binds an unbound pcb.
 * @retval ERR_RTE no route, or the pcb's address is none of the interface's any more
 * @retval ERR_VAL wrong version, or a broadcast without SOF_BROADCAST (IP_SOF_BROADCAST)
 * @retval ERR_MEM no memory, or longer than 65535 octets
 * @retval ERR_ARG no such pcb
 * Context: core.
 */
err_t udp_sendto(struct udp_pcb *pcb, struct pbuf *p, const ip_addr_t *dst_ip, u16_t dst_port);
/** As udp_sendto(), by @p netif. */
err_t udp_sendto_if(struct udp_pcb *pcb, struct pbuf *p, const ip_addr_t *dst_ip, u16_t dst_port, struct netif *netif);
/** As udp_sendto_if(), from @p src_ip, which may be any (DHCP). */
err_t udp_sendto_if_src(struct udp_pcb *pcb, struct pbuf *p, const ip_addr_t *dst_ip, u16_t dst_port,
                        struct netif *netif, const ip_addr_t *src_ip);
/** Send to where the pcb is connected.  @retval ERR_VAL nowhere */
err_t udp_send(struct udp_pcb *pcb, struct pbuf *p);

#if LWIP_CHECKSUM_ON_COPY && CHECKSUM_GEN_UDP
/* With @p have_chksum, @p chksum is the sum over the payload, folded, in network order as inet_chksum() gives it uninverted. */
err_t udp_sendto_if_chksum(struct udp_pcb *pcb, struct pbuf *p, const ip_addr_t *dst_ip, u16_t dst_port,
                           struct netif *netif, u8_t have_chksum, u16_t chksum);
err_t udp_sendto_chksum(struct udp_pcb *pcb, struct pbuf *p, const ip_addr_t *dst_ip, u16_t dst_port, u8_t have_chksum,
                        u16_t chksum);
err_t udp_send_chksum(struct udp_pcb *pcb, struct pbuf *p, u8_t have_chksum, u16_t chksum);
err_t udp_sendto_if_src_chksum(struct udp_pcb *pcb, struct pbuf *p, const ip_addr_t *dst_ip, u16_t dst_port,
                               struct netif *netif, u8_t have_chksum, u16_t chksum, const ip_addr_t *src_ip);
#endif

#define udp_flags(pcb) ((pcb)->flags)
#define udp_setflags(pcb, f) ((pcb)->flags = (f))

#define udp_set_flags(pcb, set_flags)                  \
  do {                                                 \
    (pcb)->flags = (u8_t)((pcb)->flags | (set_flags)); \
  } while (0)
#define udp_clear_flags(pcb, clr_flags)                              \
  do {                                                               \
    (pcb)->flags = (u8_t)((pcb)->flags & (u8_t)(~(clr_flags)&0xff)); \
  } while (0)
#define udp_is_flag_set(pcb, flag) (((pcb)->flags & (flag)) != 0)

/** Process a datagram: payload at the UDP header, ip_data about its IP header.  Takes @p p. */
void udp_input(struct pbuf *p, struct netif *inp);

/** Nothing to set up. */
void udp_init(void);

/** A new pcb for IPv6. */
#define udp_new_ip6() udp_new_ip_type(IPADDR_TYPE_V6)

#if LWIP_MULTICAST_TX_OPTIONS
#if LWIP_IPV4
#define udp_set_multicast_netif_addr(pcb, ip4addr) ip4_addr_copy((pcb)->mcast_ip4, *(ip4addr))
#define udp_get_multicast_netif_addr(pcb) (&(pcb)->mcast_ip4)
#endif
#define udp_set_multicast_netif_index(pcb, idx) ((pcb)->mcast_ifindex = (idx))
#define udp_get_multicast_netif_index(pcb) ((pcb)->mcast_ifindex)
#define udp_set_multicast_ttl(pcb, value) ((pcb)->mcast_ttl = (value))
#define udp_get_multicast_ttl(pcb) ((pcb)->mcast_ttl)
#endif

#if UDP_DEBUG
/** Print a UDP header. */
void udp_debug_print(struct udp_hdr *udphdr);
#else
#define udp_debug_print(udphdr)
#endif

/** An address of this host changes: pcbs bound to @p old_addr move to @p new_addr. */
void udp_netif_ip_addr_changed(const ip_addr_t *old_addr, const ip_addr_t *new_addr);

#ifdef __cplusplus
}
#endif

#endif /* LWIP_UDP */

#endif
