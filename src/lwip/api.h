/**
 * Netconns: connections for threads, one call after the other instead of callbacks.  UDP, TCP and raw IP.
 *
 * A netconn may be used by several threads at once: one receives, another sends, a third closes it.  Who waits in a call
 * while the netconn is closed or deleted gets ERR_ABRT.  A deleted netconn must not be used any more.
 *
 * Functions that may have to wait return ERR_WOULDBLOCK instead on a non-blocking netconn, and when its time is over
 * (netconn_set_recvtimeout(), netconn_set_sendtimeout()).  Others wait for the core at most.
 *
 * Addresses are in network order, ports in host order.
 * Context: any thread, not the stack's own and without holding the core lock; never an interrupt.
 */
#ifndef LWIP_HDR_API_H
#define LWIP_HDR_API_H

#include "lwip/opt.h"

#if LWIP_NETCONN || LWIP_SOCKET

#include "lwip/arch.h"
#include "lwip/netbuf.h"
#include "lwip/sys.h"
#include "lwip/ip_addr.h"
#include "lwip/err.h"
#include "lwip/tcpbase.h"

#ifdef __cplusplus
extern "C" {
#endif

/* How to write, and to receive. */
#define NETCONN_NOFLAG 0x00
#define NETCONN_NOCOPY 0x00     /**< lend the octets until the peer has acknowledged them */
#define NETCONN_COPY 0x01       /**< copy them */
#define NETCONN_MORE 0x02       /**< more will be written at once: no PSH yet */
#define NETCONN_DONTBLOCK 0x04  /**< for this call, as if the netconn were non-blocking */
#define NETCONN_NOAUTORCVD 0x08 /**< the window opens with netconn_tcp_recvd(), not with this call */
#define NETCONN_NOFIN 0x10      /**< the end of what the peer sends stays to be received by a later call */

/* netconn.flags */
#define NETCONN_FLAG_MBOXCLOSED 0x01             /**< closed for receiving: nothing will come any more */
#define NETCONN_FLAG_NON_BLOCKING 0x02           /**< calls do not wait */
#define NETCONN_FLAG_IN_NONBLOCKING_CONNECT 0x04 /**< netconn_connect() was begun by a call that did not wait */
#define NETCONN_FLAG_MBOXINVALID 0x08            /**< being deleted */
#define NETCONN_FLAG_CHECK_WRITESPACE 0x10       /**< a write found no room: NETCONN_EVT_SENDPLUS when there is some */
#if LWIP_IPV6
#define NETCONN_FLAG_IPV6_V6ONLY 0x20 /**< of type IPv6, without IPv4 */
#endif
#if LWIP_NETBUF_RECVINFO
#define NETCONN_FLAG_PKTINFO 0x40 /**< netbufs tell where they were sent to */
#endif
#define NETCONN_FIN_RX_PENDING 0x80 /**< the peer's end was found, but not told to the program (NETCONN_NOFIN) */

#define NETCONNTYPE_GROUP(t) ((t)&0xF0)
#define NETCONNTYPE_DATAGRAM(t) ((t)&0xE0)
#if LWIP_IPV6
#define NETCONN_TYPE_IPV6 0x08
#define NETCONNTYPE_ISIPV6(t) (((t)&NETCONN_TYPE_IPV6) != 0)
#define NETCONNTYPE_ISUDPLITE(t) (((t)&0xF3) == NETCONN_UDPLITE)
#define NETCONNTYPE_ISUDPNOCHKSUM(t) (((t)&0xF3) == NETCONN_UDPNOCHKSUM)
#else
#define NETCONNTYPE_ISIPV6(t) (0)
#define NETCONNTYPE_ISUDPLITE(t) ((t) == NETCONN_UDPLITE)
#define NETCONNTYPE_ISUDPNOCHKSUM(t) ((t) == NETCONN_UDPNOCHKSUM)
#endif

/** Protocol and version.  Those of IPv6 serve IPv4 too, unless netconn_set_ipv6only() says otherwise. */
enum LWIP_X_SMALL_ENUM netconn_type {
  NETCONN_INVALID = 0,
  NETCONN_TCP = 0x10,
  NETCONN_UDP = 0x20,
  NETCONN_UDPLITE = 0x21,
  NETCONN_UDPNOCHKSUM = 0x22, /**< UDP without a checksum */
#if LWIP_IPV6
  NETCONN_TCP_IPV6 = NETCONN_TCP | NETCONN_TYPE_IPV6,
  NETCONN_UDP_IPV6 = NETCONN_UDP | NETCONN_TYPE_IPV6,
  NETCONN_UDPLITE_IPV6 = NETCONN_UDPLITE | NETCONN_TYPE_IPV6,
  NETCONN_UDPNOCHKSUM_IPV6 = NETCONN_UDPNOCHKSUM | NETCONN_TYPE_IPV6,
  NETCONN_RAW_IPV6 = 0x40 | NETCONN_TYPE_IPV6,
#endif
  NETCONN_RAW = 0x40
};

/** What a TCP netconn is at. */
enum LWIP_X_SMALL_ENUM netconn_state {
  NETCONN_NONE,
  NETCONN_WRITE, /**< a thread waits for room to send */
  NETCONN_LISTEN,
  NETCONN_CONNECT, /**< the connection is being opened */
  NETCONN_CLOSE    /**< a thread waits for the end (linger) */
};

/**
 * What a netconn_callback is told.
 *
 * RCVPLUS: there is one thing more to receive (@p len octets) or to accept (0), or the peer will send no more, or the
 * connection failed (0).  RCVMINUS: one was received (its length) or accepted (0).
 * SENDPLUS: connected, or there is room to send again.  SENDMINUS: the last write did not find room for all it had.
 * ERROR: the connection failed; netconn_err() tells why.
 */
enum netconn_evt {
  NETCONN_EVT_RCVPLUS,
  NETCONN_EVT_RCVMINUS,
  NETCONN_EVT_SENDPLUS,
  NETCONN_EVT_SENDMINUS,
  NETCONN_EVT_ERROR
};

#if LWIP_IGMP || (LWIP_IPV6 && LWIP_IPV6_MLD)
/** What netconn_join_leave_group() is to do. */
enum netconn_igmp { NETCONN_JOIN, NETCONN_LEAVE };
#endif

#if LWIP_DNS
/* Which addresses netconn_gethostbyname_addrtype() looks for; the numbers are those of lwip/dns.h. */
#define NETCONN_DNS_DEFAULT NETCONN_DNS_IPV4_IPV6
#define NETCONN_DNS_IPV4 0
#define NETCONN_DNS_IPV6 1
#define NETCONN_DNS_IPV4_IPV6 2 /**< IPv4, and IPv6 if there is none */
#define NETCONN_DNS_IPV6_IPV4 3 /**< IPv6, and IPv4 if there is none */
#endif

struct ip_pcb;
struct tcp_pcb;
struct udp_pcb;
struct raw_pcb;
struct netconn;
struct api_msg;

/** Called about events.  Context: inside the core; it must not wait and must not call netconn functions. */
typedef void (*netconn_callback)(struct netconn *, enum netconn_evt, u16_t len);

/** What has come and was not received yet. */
struct lwip_x_netconn_queue {
  union {
    struct pbuf *p;       /**< TCP: one chain; a piece as it came ends where len is tot_len */
    struct netbuf *buf;   /**< UDP, raw: by x_next */
    struct netconn *conn; /**< listener: connections, by x_next */
  } first;
  union {
    struct pbuf *p;
    struct netbuf *buf;
    struct netconn *conn;
  } last;
  u16_t len;  /**< pieces, datagrams or connections */
  u16_t room; /**< octets that still fit behind the last piece, which was made to gather small ones */
};

/** A connection.  Programs may read every member and write callback and, before threads use it, the timeouts. */
struct netconn {
  enum netconn_type type;
  enum netconn_state state;
  u8_t flags;        /**< NETCONN_FLAG_* that the program sets */
  u8_t x_flags;      /**< internal: NETCONN_FLAG_* that tell; read them with netconn_is_flag_set() */
  err_t pending_err; /**< why the connection failed, until netconn_err() or a call has told */
  err_t x_why;       /**< internal: why there is no pcb */
  u8_t x_state;      /**< internal */
#if LWIP_SOCKET
  u8_t x_errno; /**< internal: a failure not told to the program that has the socket */
#endif
#if !LWIP_NETCONN_SEM_PER_THREAD
  u8_t x_sem; /**< internal: is op_completed in use? */
#endif
  /** The core's part; NULL: it is gone. */
  union {
    struct ip_pcb *ip;
    struct tcp_pcb *tcp;
    struct udp_pcb *udp;
    struct raw_pcb *raw;
  } pcb;
  netconn_callback callback;
  struct api_msg *current_msg; /**< the calls that wait, linked */
#if !LWIP_NETCONN_SEM_PER_THREAD
  sys_sem_t op_completed; /**< what the first of them waits for */
#endif
  struct lwip_x_netconn_queue x_rx;
  struct netconn *x_next; /**< internal: the next that waits to be accepted */
#if LWIP_SOCKET
  int socket; /**< for the socket layer */
#endif
#if LWIP_SO_SNDTIMEO
  s32_t send_timeout; /**< ms that a call may wait for room; 0: for ever */
#endif
#if LWIP_SO_RCVTIMEO
  u32_t recv_timeout; /**< ms that a call may wait for something to receive or accept; 0: for ever */
#endif
#if LWIP_SO_RCVBUF
  int recv_bufsize; /**< octets of datagrams that may wait; TCP goes by its window */
  int recv_avail;   /**< octets that wait */
#endif
#if LWIP_SO_LINGER
  s16_t linger; /**< seconds that closing waits for the peer to have it all; 0: reset at once; negative: do not wait */
#endif
#if LWIP_X_SO_SNDBUF && LWIP_TCP
  tcpwnd_size_t x_withheld; /**< internal: octets of TCP_SND_BUF not to be used */
#endif
};

/** Octets to be written by netconn_write_vectors_partly().  The same shape as struct iovec. */
struct netvector {
  const void *ptr;
  size_t len;
};

/** Tell @p c's callback. */
#define API_EVENT(c, e, l)   \
  if (c->callback) {         \
    (*c->callback)(c, e, l); \
  }

/**
 * Make a netconn.
 * @param t         its type
 * @param proto     the protocol of a raw one
 * @param callback  called about events, or NULL
 * @return NULL: no memory (MEMP_NUM_NETCONN, the protocol's pcbs, semaphores), or the type is not built in
 */
struct netconn *netconn_new_with_proto_and_callback(enum netconn_type t, u8_t proto, netconn_callback callback);
#define netconn_new(t) netconn_new_with_proto_and_callback(t, 0, NULL)
#define netconn_new_with_callback(t, c) netconn_new_with_proto_and_callback(t, 0, c)

/** The first half of netconn_delete(): close it, as netconn_close(), and wake who waits; @p conn stays. */
err_t netconn_prepare_delete(struct netconn *conn);
/**
 * Close @p conn and free it.  A TCP connection sends what was written and then ends in the background; what was received
 * and not read resets it.  NULL is harmless.  Takes @p conn.
 * @retval ERR_OK           always, except:
 * @retval ERR_WOULDBLOCK   the linger time was over: the connection was reset.  @p conn is freed all the same
 */
err_t netconn_delete(struct netconn *conn);
#define netconn_type(conn) (conn->type)

/**
 * The address and port of this end (@p local != 0) or the other; raw: the protocol in place of a port.
 * @retval ERR_CONN  there is none
 */
err_t netconn_getaddr(struct netconn *conn, ip_addr_t *addr, u16_t *port, u8_t local);
#define netconn_peer(c, i, p) netconn_getaddr(c, i, p, 0)
#define netconn_addr(c, i, p) netconn_getaddr(c, i, p, 1)

/** Bind to @p addr (NULL: any) and @p port (0: a free one).  Errors as tcp_bind(), udp_bind(), raw_bind(). */
err_t netconn_bind(struct netconn *conn, const ip_addr_t *addr, u16_t port);
/** Send and receive by interface @p if_idx only; NETIF_NO_INDEX undoes it.  @retval ERR_IF there is none */
err_t netconn_bind_if(struct netconn *conn, u8_t if_idx);

/**
 * TCP: open a connection.  UDP, raw: set where netconn_send() sends and from where to receive.
 * @retval ERR_INPROGRESS  TCP, non-blocking: begun; NETCONN_EVT_SENDPLUS or _ERROR follows
 * @retval ERR_ALREADY     begun by an earlier call  @retval ERR_ISCONN  open already
 * @retval ERR_RST  refused  @retval ERR_ABRT  nobody answers, or closed meanwhile
 * @retval others  as tcp_connect(), udp_connect()
 */
err_t netconn_connect(struct netconn *conn, const ip_addr_t *addr, u16_t port);
/** UDP, raw: undo netconn_connect().  @retval ERR_VAL TCP */
err_t netconn_disconnect(struct netconn *conn);

/** TCP: listen.  Again: change the backlog.  @retval ERR_CONN not a TCP netconn, or connected  @retval ERR_USE, ERR_MEM */
err_t netconn_listen_with_backlog(struct netconn *conn, u8_t backlog);
#define netconn_listen(conn) netconn_listen_with_backlog(conn, TCP_DEFAULT_LISTEN_BACKLOG)
/**
 * Wait for a connection.
 * @param new_conn  gives it; NULL on error
 * @retval ERR_CLSD  @p conn does not listen
 */
err_t netconn_accept(struct netconn *conn, struct netconn **new_conn);

/**
 * Wait for what comes: a piece of text (TCP; tot_len says how long), or a datagram.
 * @param new_buf  gives it; NULL on error
 * @retval ERR_CLSD  the peer has closed, or netconn_shutdown() has
 * @retval ERR_CONN  not connected, and nothing will come
 * @retval ERR_RST, ERR_ABRT  the connection failed; told once, ERR_CONN afterwards
 */
err_t netconn_recv(struct netconn *conn, struct netbuf **new_buf);
/** The same for UDP and raw netconns.  @param apiflags  NETCONN_DONTBLOCK */
err_t netconn_recv_udp_raw_netbuf_flags(struct netconn *conn, struct netbuf **new_buf, u8_t apiflags);
err_t netconn_recv_udp_raw_netbuf(struct netconn *conn, struct netbuf **new_buf);
/** The same for TCP, without a netbuf.  @param apiflags  NETCONN_DONTBLOCK, _NOAUTORCVD, _NOFIN */
err_t netconn_recv_tcp_pbuf_flags(struct netconn *conn, struct pbuf **new_buf, u8_t apiflags);
err_t netconn_recv_tcp_pbuf(struct netconn *conn, struct pbuf **new_buf);
/** @p len octets received with NETCONN_NOAUTORCVD were used: open the window. */
err_t netconn_tcp_recvd(struct netconn *conn, size_t len);

/** Send the octets of @p buf, which stays the program's, to @p addr and @p port.  There may be headers in front of them
 *  afterwards: give it new ones before it is sent again.  Errors as udp_sendto(), raw_sendto(). */
err_t netconn_sendto(struct netconn *conn, struct netbuf *buf, const ip_addr_t *addr, u16_t port);
/** The same, to buf->addr if that is set (and buf->port), else to where @p conn is connected. */
err_t netconn_send(struct netconn *conn, struct netbuf *buf);

/**
 * TCP: write @p size octets; returns when all are queued.
 * @param apiflags       NETCONN_COPY or _NOCOPY, _MORE, _DONTBLOCK
 * @param bytes_written  where the number of octets queued goes, or NULL: then a call that must not wait takes all or nothing
 * @retval ERR_OK          all, or on a call that must not wait some, are queued
 * @retval ERR_WOULDBLOCK  none is queued: no room, or no room in time
 * @retval ERR_CONN        not connected, or closed for sending
 * @retval ERR_RST, ERR_ABRT  the connection failed
 */
err_t netconn_write_partly(struct netconn *conn, const void *dataptr, size_t size, u8_t apiflags,
                           size_t *bytes_written);
/** The same for @p vectorcnt pieces. */
err_t netconn_write_vectors_partly(struct netconn *conn, struct netvector *vectors, u16_t vectorcnt, u8_t apiflags,
                                   size_t *bytes_written);
#define netconn_write(conn, dataptr, size, apiflags) netconn_write_partly(conn, dataptr, size, apiflags, NULL)

/** TCP: close; @p conn can only be deleted afterwards.  What was written is sent.  @retval ERR_CONN there is no connection */
err_t netconn_close(struct netconn *conn);
/** TCP: close one direction or both.  @retval ERR_CONN not connected */
err_t netconn_shutdown(struct netconn *conn, u8_t shut_rx, u8_t shut_tx);

#if LWIP_IGMP || (LWIP_IPV6 && LWIP_IPV6_MLD)
/** UDP: join or leave @p multiaddr on the interface with the address @p netif_addr (any: the one that has a route). */
err_t netconn_join_leave_group(struct netconn *conn, const ip_addr_t *multiaddr, const ip_addr_t *netif_addr,
                               enum netconn_igmp join_or_leave);
/** The same on interface @p if_idx.  @retval ERR_IF there is none */
err_t netconn_join_leave_group_netif(struct netconn *conn, const ip_addr_t *multiaddr, u8_t if_idx,
                                     enum netconn_igmp join_or_leave);
#endif

#if LWIP_DNS
#if LWIP_IPV4 && LWIP_IPV6
/** Find the address of @p name, waiting for the answer.  @retval ERR_VAL no such name  @retval others as dns_gethostbyname() */
err_t netconn_gethostbyname_addrtype(const char *name, ip_addr_t *addr, u8_t dns_addrtype);
#define netconn_gethostbyname(name, addr) netconn_gethostbyname_addrtype(name, addr, NETCONN_DNS_DEFAULT)
#else
/** Find the address of @p name, waiting for the answer.  @retval ERR_VAL no such name  @retval others as dns_gethostbyname() */
err_t netconn_gethostbyname(const char *name, ip_addr_t *addr);
#define netconn_gethostbyname_addrtype(name, addr, dns_addrtype) netconn_gethostbyname(name, addr)
#endif
#endif

/** Why the connection failed; ERR_OK: it did not, or that was told already. */
err_t netconn_err(struct netconn *conn);

#define netconn_recv_bufsize(conn) ((conn)->recv_bufsize)

#define netconn_set_flags(conn, set_flags)               \
  do {                                                   \
    (conn)->flags = (u8_t)((conn)->flags | (set_flags)); \
  } while (0)
#define netconn_clear_flags(conn, clr_flags)                           \
  do {                                                                 \
    (conn)->flags = (u8_t)((conn)->flags & (u8_t)(~(clr_flags)&0xff)); \
  } while (0)
#define netconn_is_flag_set(conn, flag) ((((conn)->flags | (conn)->x_flags) & (flag)) != 0)

/** Shall calls return ERR_WOULDBLOCK instead of waiting? */
#define netconn_set_nonblocking(conn, val)                  \
  do {                                                      \
    if (val) {                                              \
      netconn_set_flags(conn, NETCONN_FLAG_NON_BLOCKING);   \
    } else {                                                \
      netconn_clear_flags(conn, NETCONN_FLAG_NON_BLOCKING); \
    }                                                       \
  } while (0)
#define netconn_is_nonblocking(conn) (((conn)->flags & NETCONN_FLAG_NON_BLOCKING) != 0)

#if LWIP_IPV6
/** Before binding or connecting: shall one of type IPv6 leave IPv4 alone? */
#define netconn_set_ipv6only(conn, val)                    \
  do {                                                     \
    if (val) {                                             \
      netconn_set_flags(conn, NETCONN_FLAG_IPV6_V6ONLY);   \
    } else {                                               \
      netconn_clear_flags(conn, NETCONN_FLAG_IPV6_V6ONLY); \
    }                                                      \
  } while (0)
#define netconn_get_ipv6only(conn) (((conn)->flags & NETCONN_FLAG_IPV6_V6ONLY) != 0)
#endif

#if LWIP_SO_SNDTIMEO
#define netconn_set_sendtimeout(conn, timeout) ((conn)->send_timeout = (timeout))
#define netconn_get_sendtimeout(conn) ((conn)->send_timeout)
#endif
#if LWIP_SO_RCVTIMEO
#define netconn_set_recvtimeout(conn, timeout) ((conn)->recv_timeout = (timeout))
#define netconn_get_recvtimeout(conn) ((conn)->recv_timeout)
#endif
#if LWIP_SO_RCVBUF
#define netconn_set_recvbufsize(conn, recvbufsize) ((conn)->recv_bufsize = (recvbufsize))
#define netconn_get_recvbufsize(conn) ((conn)->recv_bufsize)
#endif

#if LWIP_NETCONN_SEM_PER_THREAD
/** Give the calling thread its semaphore; done by itself when it first needs it, where the port can. */
void netconn_thread_init(void);
/** Take it back, before the thread ends. */
void netconn_thread_cleanup(void);
#else
#define netconn_thread_init()
#define netconn_thread_cleanup()
#endif

#ifdef __cplusplus
}
#endif

#endif
#endif
