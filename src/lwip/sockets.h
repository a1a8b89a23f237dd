/**
 * Berkeley sockets (POSIX.1-2017, RFC 3493, RFC 3542), for programs with threads.
 *
 * The functions are called lwip_socket() and so on; LWIP_COMPAT_SOCKETS gives them their usual names, 1 by macros, 2 as
 * functions.  They return -1 and set errno as POSIX says, unless noted otherwise below.
 *
 * A socket may be used by several threads at once: one receives, another sends, a third closes.  close() wakes every thread
 * that waits in a call on it: the call fails with EBADF, poll() tells POLLNVAL.
 *
 * Context: any thread but the stack's own, not holding the core lock; never an interrupt.
 */
#ifndef LWIP_HDR_SOCKETS_H
#define LWIP_HDR_SOCKETS_H

#include "lwip/opt.h"

#if LWIP_SOCKET_EXTERNAL_HEADERS
#include LWIP_SOCKET_EXTERNAL_HEADER_SOCKETS_H
#else

#if LWIP_SOCKET

#include "lwip/ip_addr.h"
#include "lwip/netif.h"
#include "lwip/err.h"
#include "lwip/inet.h"
#include "lwip/errno.h"
#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Addresses ---- */

/* Types that the program's own headers may have already: say so by defining NAME or NAME_DEFINED in capitals. */
#if !defined(sa_family_t) && !defined(SA_FAMILY_T_DEFINED)
typedef u8_t sa_family_t;
#endif
#if !defined(in_port_t) && !defined(IN_PORT_T_DEFINED)
typedef u16_t in_port_t;
#endif
#if !defined(socklen_t) && !defined(SOCKLEN_T_DEFINED)
typedef u32_t socklen_t;
#endif

#if LWIP_IPV4
/** An IPv4 address with port, both in network order.  sin_len need not be set. */
struct sockaddr_in {
  u8_t sin_len;
  sa_family_t sin_family; /**< AF_INET */
  in_port_t sin_port;
  struct in_addr sin_addr;
#define SIN_ZERO_LEN 8
  char sin_zero[SIN_ZERO_LEN];
};
#endif

#if LWIP_IPV6
/** An IPv6 address with port, both in network order. */
struct sockaddr_in6 {
  u8_t sin6_len;
  sa_family_t sin6_family; /**< AF_INET6 */
  in_port_t sin6_port;
  u32_t sin6_flowinfo;       /**< ignored */
  struct in6_addr sin6_addr; /**< ::ffff:A.B.C.D is the IPv4 address A.B.C.D */
  u32_t sin6_scope_id;       /**< interface of a link-local address; 0: any */
};
#endif

struct sockaddr {
  u8_t sa_len;
  sa_family_t sa_family;
  char sa_data[14];
};

/** Room for an address of any family. */
struct sockaddr_storage {
  u8_t s2_len;
  sa_family_t ss_family;
  char s2_data1[2];
  u32_t s2_data2[3];
#if LWIP_IPV6
  u32_t s2_data3[3];
#endif
};

#define AF_UNSPEC 0
#define AF_INET 2
#if LWIP_IPV6
#define AF_INET6 10
#else
#define AF_INET6 AF_UNSPEC
#endif
#define PF_INET AF_INET
#define PF_INET6 AF_INET6
#define PF_UNSPEC AF_UNSPEC

#define SOCK_STREAM 1
#define SOCK_DGRAM 2
#define SOCK_RAW 3
/* To be added to a type, or given to accept4(). */
#define SOCK_NONBLOCK 0x800
#define SOCK_CLOEXEC 0x80000 /**< taken and ignored */

#define IPPROTO_IP 0
#define IPPROTO_ICMP 1
#define IPPROTO_TCP 6
#define IPPROTO_UDP 17
#if LWIP_IPV6
#define IPPROTO_IPV6 41
#define IPPROTO_ICMPV6 58
#endif
#define IPPROTO_UDPLITE 136
#define IPPROTO_RAW 255

/* ---- Messages ---- */

#ifndef IOV_MAX
#define IOV_MAX 0xFFFF
#elif IOV_MAX > 0xFFFF
#error "IOV_MAX must not be larger than 65535"
#endif

#if !defined(iovec) && !defined(__iovec_defined)
struct iovec {
  void *iov_base;
  size_t iov_len;
};
#endif

struct msghdr {
  void *msg_name; /**< address of the other end, or NULL */
  socklen_t msg_namelen;
  struct iovec *msg_iov;
  int msg_iovlen;
  void *msg_control; /**< ancillary data, aligned as a struct cmsghdr, or NULL */
  socklen_t msg_controllen;
  int msg_flags; /**< recvmsg(): MSG_TRUNC, MSG_CTRUNC */
};

/* Flags of send and recv. */
#define MSG_PEEK 0x01     /**< leave it to be received again */
#define MSG_WAITALL 0x02  /**< streams: wait until the buffer is full, or the end, an error or the timeout comes */
#define MSG_TRUNC 0x04    /**< datagrams: return the real length.  In msg_flags: the datagram was longer */
#define MSG_DONTWAIT 0x08 /**< do not wait, this once */
#define MSG_MORE 0x10     /**< more follows at once */
#define MSG_NOSIGNAL 0x20 /**< there are no signals anyway */
#define MSG_FASTOPEN \
  0x80 /**< sendto(), sendmsg() on a fresh TCP socket: connect, with the text in the SYN if possible (LWIP_X_TCP_FASTOPEN) */
#define MSG_OOB 0x40    /**< receiving: EINVAL.  Sending: TCP sends the octets in line; EOPNOTSUPP on datagrams */
/* In msg_flags of recvmsg() only. */
#define MSG_CTRUNC 0x08 /**< msg_control was too small for all there was */

/** Ancillary data (RFC 3542 section 20): the header, to be followed by the data at CMSG_DATA(). */
struct cmsghdr {
  socklen_t cmsg_len; /**< CMSG_LEN(octets of data) */
  int cmsg_level;
  int cmsg_type;
};
#define ALIGN_H(size) (((size) + sizeof(long) - 1U) & ~(sizeof(long) - 1U))
#define ALIGN_D(size) ALIGN_H(size)
#define CMSG_FIRSTHDR(mhdr) \
  ((mhdr)->msg_controllen >= sizeof(struct cmsghdr) ? (struct cmsghdr *)(mhdr)->msg_control : (struct cmsghdr *)NULL)
#define CMSG_NXTHDR(mhdr, cmsg)                                                                        \
  (((cmsg) == NULL) ? CMSG_FIRSTHDR(mhdr)                                                              \
                    : (((u8_t *)(cmsg) + ALIGN_H((cmsg)->cmsg_len) + ALIGN_D(sizeof(struct cmsghdr)) > \
                        (u8_t *)((mhdr)->msg_control) + (mhdr)->msg_controllen)                        \
                         ? (struct cmsghdr *)NULL                                                      \
                         : (struct cmsghdr *)((void *)((u8_t *)(cmsg) + ALIGN_H((cmsg)->cmsg_len)))))
#define CMSG_DATA(cmsg) ((void *)((u8_t *)(cmsg) + ALIGN_D(sizeof(struct cmsghdr))))
#define CMSG_SPACE(length) (ALIGN_D(sizeof(struct cmsghdr)) + ALIGN_H(length))
#define CMSG_LEN(length) (ALIGN_D(sizeof(struct cmsghdr)) + (length))

#if LWIP_IPV4
/** IP_PKTINFO (with LWIP_NETBUF_RECVINFO). */
struct in_pktinfo {
  unsigned int ipi_ifindex; /**< received by, or to be sent by; 0: any */
  struct in_addr ipi_addr;  /**< received: destination in the packet.  Sending: source, if ipi_spec_dst is 0.0.0.0 */
  struct in_addr
    ipi_spec_dst; /**< received: ipi_addr, or for groups and broadcasts the interface's.  Sending: source */
};
#endif
#if LWIP_IPV6
/** IPV6_PKTINFO (RFC 3542 section 6), with LWIP_NETBUF_RECVINFO. */
struct in6_pktinfo {
  struct in6_addr ipi6_addr;
  unsigned int ipi6_ifindex;
};
#endif

/* ---- Options ---- */

#define SOL_SOCKET 0xfff

/* int, 0 or 1 unless noted. */
#define SO_DEBUG 0x0001       /**< no effect */
#define SO_ACCEPTCONN 0x0002  /**< is it listening?  Read only */
#define SO_REUSEADDR 0x0004   /**< share the address: datagram sockets that all have it (SO_REUSE) */
#define SO_KEEPALIVE 0x0008   /**< probe silent connections */
#define SO_DONTROUTE 0x0010   /**< no effect */
#define SO_BROADCAST 0x0020   /**< allow sending to broadcast addresses (IP_SOF_BROADCAST) */
#define SO_USELOOPBACK 0x0040 /**< no effect */
#define SO_LINGER 0x0080      /**< struct linger (LWIP_SO_LINGER) */
#define SO_DONTLINGER ((int)(~SO_LINGER))
#define SO_OOBINLINE 0x0100 /**< always so */
#define SO_REUSEPORT 0x0200 /**< as SO_REUSEADDR */
#define SO_SNDBUF 0x1001    /**< octets that may wait to be acknowledged, at most TCP_SND_BUF */
#define SO_RCVBUF 0x1002    /**< octets of datagrams that may wait (LWIP_SO_RCVBUF) */
#define SO_SNDLOWAT 0x1003  /**< 1.  Read only */
#define SO_RCVLOWAT 0x1004  /**< 1.  Read only */
#define SO_SNDTIMEO 0x1005  /**< struct timeval, or int of ms with LWIP_SO_SNDRCVTIMEO_NONSTANDARD (LWIP_SO_SNDTIMEO) */
#define SO_RCVTIMEO 0x1006  /**< the same (LWIP_SO_RCVTIMEO) */
#define SO_ERROR 0x1007     /**< why it failed, once.  Read only */
#define SO_TYPE 0x1008      /**< SOCK_*.  Read only */
#define SO_CONTIMEO 0x1009  /**< not there */
#define SO_NO_CHECK 0x100a  /**< UDP: send without a checksum */
#define SO_BINDTODEVICE 0x100b /**< struct ifreq, or a name: use this interface only; "": any */
#define SO_DOMAIN 0x100c       /**< AF_INET or AF_INET6.  Read only */
#define SO_PROTOCOL 0x100d     /**< IPPROTO_*.  Read only */
#define SO_TIMESTAMP 0x100e    /**< recvmsg() tells when: struct timeval (LWIP_X_SO_TIMESTAMP) */
#define SCM_TIMESTAMP SO_TIMESTAMP

/** SO_LINGER: what closing does with octets the peer has not acknowledged. */
struct linger {
  int l_onoff;  /**< 0: close() returns at once and they are sent in the background */
  int l_linger; /**< seconds that close() waits for them; 0: the connection is reset */
};

#define IFNAMSIZ NETIF_NAMESIZE
struct ifreq {
  char ifr_name[IFNAMSIZ];
};

/* IPPROTO_IP: int, or unsigned char for those of groups. */
#define IP_TOS 1      /**< also as ancillary data, unsigned char */
#define IP_TTL 2      /**< 1..255; also as ancillary data */
#define IP_PKTINFO 8  /**< tell struct in_pktinfo (LWIP_NETBUF_RECVINFO) */
#define IP_RECVTTL 12 /**< tell IP_TTL */
#define IP_RECVTOS 13 /**< tell IP_TOS */

#if LWIP_MULTICAST_TX_OPTIONS
#define IP_MULTICAST_TTL 5
#define IP_MULTICAST_IF 6 /**< struct in_addr: the interface with this address; 0.0.0.0: by route */
#define IP_MULTICAST_LOOP 7
#endif

#if LWIP_IGMP
#define IP_ADD_MEMBERSHIP 3
#define IP_DROP_MEMBERSHIP 4
typedef struct ip_mreq {
  struct in_addr imr_multiaddr; /**< the group */
  struct in_addr imr_interface; /**< address of the interface; 0.0.0.0: the one that has a route */
} ip_mreq;

/* Groups with sources (RFC 3678): what others send there is dropped for this socket; LWIP_X_MCAST_SOURCES: and routers are told. */
#define IP_UNBLOCK_SOURCE 37
#define IP_BLOCK_SOURCE 38
#define IP_ADD_SOURCE_MEMBERSHIP 39
#define IP_DROP_SOURCE_MEMBERSHIP 40
struct ip_mreq_source {
  struct in_addr imr_multiaddr;
  struct in_addr imr_interface;
  struct in_addr imr_sourceaddr;
};
#endif

#if LWIP_IGMP || LWIP_IPV6_MLD
/* IPPROTO_IP and IPPROTO_IPV6: the same for both versions, with the interface's number (RFC 3678 section 5). */
#define MCAST_JOIN_GROUP 42
#define MCAST_BLOCK_SOURCE 43
#define MCAST_UNBLOCK_SOURCE 44
#define MCAST_LEAVE_GROUP 45
#define MCAST_JOIN_SOURCE_GROUP 46
#define MCAST_LEAVE_SOURCE_GROUP 47
struct group_req {
  u32_t gr_interface; /**< 0: the one that has a route */
  struct sockaddr_storage gr_group;
};
struct group_source_req {
  u32_t gsr_interface;
  struct sockaddr_storage gsr_group;
  struct sockaddr_storage gsr_source;
};
#endif

#if LWIP_TCP
/* IPPROTO_TCP: int unless noted. */
#define TCP_NODELAY 0x01
#define TCP_KEEPALIVE 0x02 /**< as TCP_KEEPIDLE, in ms */
#define TCP_KEEPIDLE 0x03  /**< s of silence before probing (LWIP_TCP_KEEPALIVE, as the next two) */
#define TCP_KEEPINTVL 0x04 /**< s between probes */
#define TCP_KEEPCNT 0x05   /**< probes */
#define TCP_MAXSEG 0x06    /**< largest segment: before connecting what is announced, then what is sent */
#define TCP_USER_TIMEOUT \
  0x07 /**< ms that sent octets may stay unacknowledged; 0: by TCP_MAXRTX (LWIP_X_TCP_USER_TIMEOUT) */
#define TCP_CONGESTION 0x08 /**< name of the algorithm */
#define TCP_INFO 0x09       /**< struct tcp_info.  Read only */
#define TCP_FASTOPEN \
  0x0A /**< listeners: how many connections opened by text in a SYN may wait for their handshake to end */
#define TCP_FASTOPEN_CONNECT 0x0B /**< before connecting: let the SYN wait for the first text if that can go with it */

/** TCP_INFO, with the names and units of Linux.  What we do not count is 0. */
struct tcp_info {
  u8_t
    tcpi_state; /**< 1 ESTABLISHED, SYN_SENT, SYN_RECV, FIN_WAIT1, FIN_WAIT2, TIME_WAIT, CLOSE, CLOSE_WAIT, LAST_ACK, LISTEN, CLOSING */
  u8_t tcpi_ca_state;
  u8_t tcpi_retransmits; /**< of the oldest segment */
  u8_t tcpi_probes;
  u8_t tcpi_backoff;
  u8_t tcpi_options; /**< 1 timestamps, 2 SACK, 4 window scaling */
  u8_t tcpi_snd_wscale;
  u8_t tcpi_rcv_wscale;
  u32_t tcpi_rto;     /**< microseconds */
  u32_t tcpi_snd_mss; /**< octets */
  u32_t tcpi_unacked; /**< segments */
  u32_t tcpi_pmtu;
  u32_t tcpi_rtt;          /**< microseconds */
  u32_t tcpi_rttvar;       /**< microseconds */
  u32_t tcpi_snd_ssthresh; /**< segments; 0x7fffffff: nothing was lost yet */
  u32_t tcpi_snd_cwnd;     /**< segments */
  u32_t tcpi_advmss;
  u32_t tcpi_rcv_space;
  u32_t tcpi_snd_wnd; /**< octets the peer has room for */
  u32_t tcpi_rcv_wnd; /**< octets we have room for */
};
#endif

#if LWIP_IPV6
/* IPPROTO_IPV6: int. */
#define IPV6_CHECKSUM 7 /**< raw: offset of a checksum to be filled in and verified; -1: none (RFC 3542 section 3.1) */
#define IPV6_UNICAST_HOPS 16 /**< -1: the default */
#define IPV6_V6ONLY 27       /**< before bind(): leave IPv4 alone */
#define IPV6_RECVPKTINFO 49  /**< tell struct in6_pktinfo as IPV6_PKTINFO */
#define IPV6_PKTINFO 50      /**< ancillary data */
#define IPV6_RECVHOPLIMIT 51 /**< tell IPV6_HOPLIMIT */
#define IPV6_HOPLIMIT 52     /**< ancillary data */
#define IPV6_RECVTCLASS 66   /**< tell IPV6_TCLASS */
#define IPV6_TCLASS 67       /**< also as ancillary data */
#if LWIP_MULTICAST_TX_OPTIONS
#define IPV6_MULTICAST_IF 17 /**< interface number; 0: by route */
#define IPV6_MULTICAST_HOPS 18
#define IPV6_MULTICAST_LOOP 19
#endif
#endif

#if LWIP_IPV6_MLD
#define IPV6_JOIN_GROUP 12
#define IPV6_ADD_MEMBERSHIP IPV6_JOIN_GROUP
#define IPV6_LEAVE_GROUP 13
#define IPV6_DROP_MEMBERSHIP IPV6_LEAVE_GROUP
typedef struct ipv6_mreq {
  struct in6_addr ipv6mr_multiaddr; /**< the group */
  unsigned int ipv6mr_interface;    /**< number of the interface; 0: the one that has a route */
} ipv6_mreq;
#endif

#if LWIP_UDP && LWIP_UDPLITE
/* IPPROTO_UDPLITE: int, octets covered by the checksum. */
#define UDPLITE_SEND_CSCOV 0x01
#define UDPLITE_RECV_CSCOV 0x02
#endif

/* Type of service. */
#define IPTOS_TOS_MASK 0x1E
#define IPTOS_TOS(tos) ((tos)&IPTOS_TOS_MASK)
#define IPTOS_LOWDELAY 0x10
#define IPTOS_THROUGHPUT 0x08
#define IPTOS_RELIABILITY 0x04
#define IPTOS_LOWCOST 0x02
#define IPTOS_MINCOST IPTOS_LOWCOST
#define IPTOS_PREC_MASK 0xe0
#define IPTOS_PREC(tos) ((tos)&IPTOS_PREC_MASK)
#define IPTOS_PREC_NETCONTROL 0xe0
#define IPTOS_PREC_INTERNETCONTROL 0xc0
#define IPTOS_PREC_CRITIC_ECP 0xa0
#define IPTOS_PREC_FLASHOVERRIDE 0x80
#define IPTOS_PREC_FLASH 0x60
#define IPTOS_PREC_IMMEDIATE 0x40
#define IPTOS_PREC_PRIORITY 0x20
#define IPTOS_PREC_ROUTINE 0x00

/* ---- ioctl, fcntl, shutdown ---- */

#if !defined(FIONREAD) || !defined(FIONBIO)
#define IOCPARM_MASK 0x7fU
#define IOC_VOID 0x20000000UL
#define IOC_OUT 0x40000000UL
#define IOC_IN 0x80000000UL
#define IOC_INOUT (IOC_IN | IOC_OUT)
#define _IO(x, y) ((long)(IOC_VOID | ((x) << 8) | (y)))
#define _IOR(x, y, t) ((long)(IOC_OUT | ((sizeof(t) & IOCPARM_MASK) << 16) | ((x) << 8) | (y)))
#define _IOW(x, y, t) ((long)(IOC_IN | ((sizeof(t) & IOCPARM_MASK) << 16) | ((x) << 8) | (y)))
#endif
/** int: octets that can be received; a datagram socket tells of the next datagram. */
#ifndef FIONREAD
#define FIONREAD _IOR('f', 127, unsigned long)
#endif
/** int: 0 or not, O_NONBLOCK */
#ifndef FIONBIO
#define FIONBIO _IOW('f', 126, unsigned long)
#endif
/* Not there. */
#ifndef SIOCSHIWAT
#define SIOCSHIWAT _IOW('s', 0, unsigned long)
#define SIOCGHIWAT _IOR('s', 1, unsigned long)
#define SIOCSLOWAT _IOW('s', 2, unsigned long)
#define SIOCGLOWAT _IOR('s', 3, unsigned long)
#define SIOCATMARK _IOR('s', 7, unsigned long)
#endif

#ifndef F_GETFL
#define F_GETFL 3
#endif
#ifndef F_SETFL
#define F_SETFL 4
#endif
#ifndef O_NONBLOCK
#define O_NONBLOCK 1
#endif
#ifndef O_NDELAY
#define O_NDELAY O_NONBLOCK
#endif
#ifndef O_RDONLY
#define O_RDONLY 2
#endif
#ifndef O_WRONLY
#define O_WRONLY 4
#endif
#ifndef O_RDWR
#define O_RDWR (O_RDONLY | O_WRONLY)
#endif

#ifndef SHUT_RD
#define SHUT_RD 0
#define SHUT_WR 1
#define SHUT_RDWR 2
#endif

/* ---- select, poll ---- */

/** 1: struct timeval is ours.  0: it is that of <sys/time.h>, by default where there is one. */
#ifndef LWIP_TIMEVAL_PRIVATE
#ifdef __has_include
#if __has_include(<sys/time.h>)
#define LWIP_TIMEVAL_PRIVATE 0
#include <sys/time.h>
#endif
#endif
#endif
#ifndef LWIP_TIMEVAL_PRIVATE
#define LWIP_TIMEVAL_PRIVATE 1
#endif
#if LWIP_TIMEVAL_PRIVATE
struct timeval {
  long tv_sec;
  long tv_usec;
};
#endif

#ifndef FD_SET
#undef FD_SETSIZE
#define FD_SETSIZE MEMP_NUM_NETCONN
#define LWIP_SELECT_MAXNFDS (FD_SETSIZE + LWIP_SOCKET_OFFSET)
#define FDSETSAFESET(n, code)                                                                  \
  do {                                                                                         \
    if (((n)-LWIP_SOCKET_OFFSET < MEMP_NUM_NETCONN) && (((int)(n)-LWIP_SOCKET_OFFSET) >= 0)) { \
      code;                                                                                    \
    }                                                                                          \
  } while (0)
#define FDSETSAFEGET(n, code) \
  (((n)-LWIP_SOCKET_OFFSET < MEMP_NUM_NETCONN) && (((int)(n)-LWIP_SOCKET_OFFSET) >= 0) ? (code) : 0)
#define FD_SET(n, p)                                           \
  FDSETSAFESET(n, (p)->fd_bits[((n)-LWIP_SOCKET_OFFSET) / 8] = \
                    (u8_t)((p)->fd_bits[((n)-LWIP_SOCKET_OFFSET) / 8] | (1 << (((n)-LWIP_SOCKET_OFFSET) & 7))))
#define FD_CLR(n, p)                                           \
  FDSETSAFESET(n, (p)->fd_bits[((n)-LWIP_SOCKET_OFFSET) / 8] = \
                    (u8_t)((p)->fd_bits[((n)-LWIP_SOCKET_OFFSET) / 8] & ~(1 << (((n)-LWIP_SOCKET_OFFSET) & 7))))
#define FD_ISSET(n, p) \
  FDSETSAFEGET(n, (p)->fd_bits[((n)-LWIP_SOCKET_OFFSET) / 8] & (1 << (((n)-LWIP_SOCKET_OFFSET) & 7)))
#define FD_ZERO(p) memset((void *)(p), 0, sizeof(*(p)))
typedef struct fd_set {
  unsigned char fd_bits[(FD_SETSIZE + 7) / 8];
} fd_set;
#elif FD_SETSIZE < (LWIP_SOCKET_OFFSET + MEMP_NUM_NETCONN)
#error \
  "FD_SETSIZE of the C library is smaller than LWIP_SOCKET_OFFSET + MEMP_NUM_NETCONN: define it larger, or lower these"
#else
#define LWIP_SELECT_MAXNFDS FD_SETSIZE
#endif

#if !defined(POLLIN) && !defined(POLLOUT)
#define POLLIN 0x1
#define POLLOUT 0x2
#define POLLERR 0x4 /**< told without being asked for, as POLLHUP and POLLNVAL */
#define POLLNVAL 0x8
#define POLLRDNORM 0x10  /**< as POLLIN */
#define POLLRDBAND 0x20  /**< never */
#define POLLPRI 0x40     /**< never */
#define POLLWRNORM 0x80  /**< as POLLOUT */
#define POLLWRBAND 0x100 /**< never */
#define POLLHUP 0x200
typedef unsigned int nfds_t;
struct pollfd {
  int fd; /**< negative: skip */
  short events;
  short revents;
};
#endif
/** The peer will send no more. */
#ifndef POLLRDHUP
#define POLLRDHUP 0x2000
#endif

/* ---- Functions ---- */

#define lwip_socket_init()
/** LWIP_NETCONN_SEM_PER_THREAD: as netconn_thread_init() and netconn_thread_cleanup(). */
void lwip_socket_thread_init(void);
void lwip_socket_thread_cleanup(void);

#if LWIP_COMPAT_SOCKETS == 2
#define lwip_accept accept
#define lwip_x_accept4 accept4
#define lwip_bind bind
#define lwip_shutdown shutdown
#define lwip_getpeername getpeername
#define lwip_getsockname getsockname
#define lwip_setsockopt setsockopt
#define lwip_getsockopt getsockopt
#define lwip_connect connect
#define lwip_listen listen
#define lwip_recv recv
#define lwip_recvmsg recvmsg
#define lwip_recvfrom recvfrom
#define lwip_send send
#define lwip_sendmsg sendmsg
#define lwip_sendto sendto
#define lwip_socket socket
#if LWIP_SOCKET_SELECT
#define lwip_select select
#endif
#if LWIP_SOCKET_POLL
#define lwip_poll poll
#endif
#define lwip_inet_ntop inet_ntop
#define lwip_inet_pton inet_pton
#if LWIP_POSIX_SOCKETS_IO_NAMES
#define lwip_read read
#define lwip_readv readv
#define lwip_write write
#define lwip_writev writev
#define lwip_close close
#define closesocket(s) close(s)
#define lwip_x_dup dup
int fcntl(int s, int cmd, ...);
#define lwip_ioctl ioctl
#define ioctlsocket ioctl
#else
#define lwip_close closesocket
#define lwip_ioctl ioctlsocket
#endif
#endif

/** A new socket.  SOCK_RAW needs a protocol; EMFILE: all MEMP_NUM_NETCONN are in use. */
int lwip_socket(int domain, int type, int protocol);
/** Bind to a local address and port; port 0: a free one. */
int lwip_bind(int s, const struct sockaddr *name, socklen_t namelen);
/** Connect.  Datagram sockets: set the other end; AF_UNSPEC: none again. */
int lwip_connect(int s, const struct sockaddr *name, socklen_t namelen);
/** @p backlog connections may wait to be accepted (1..255). */
int lwip_listen(int s, int backlog);
/** Wait for a connection.  @p addr and @p addrlen, both or neither NULL: where its address goes, cut at *addrlen. */
int lwip_accept(int s, struct sockaddr *addr, socklen_t *addrlen);
/** The same; @p flags is 0 or SOCK_NONBLOCK. */
int lwip_x_accept4(int s, struct sockaddr *addr, socklen_t *addrlen, int flags);
/** Close one direction of a connection, or both. */
int lwip_shutdown(int s, int how);
/** Give the descriptor back; the last one of a socket closes it (SO_LINGER). */
int lwip_close(int s);
/** Another descriptor of the same socket, the lowest free one. */
int lwip_x_dup(int s);
int lwip_getpeername(int s, struct sockaddr *name, socklen_t *namelen);
int lwip_getsockname(int s, struct sockaddr *name, socklen_t *namelen);
int lwip_getsockopt(int s, int level, int optname, void *optval, socklen_t *optlen);
int lwip_setsockopt(int s, int level, int optname, const void *optval, socklen_t optlen);

ssize_t lwip_recv(int s, void *mem, size_t len, int flags);
ssize_t lwip_read(int s, void *mem, size_t len);
ssize_t lwip_readv(int s, const struct iovec *iov, int iovcnt);
ssize_t lwip_recvfrom(int s, void *mem, size_t len, int flags, struct sockaddr *from, socklen_t *fromlen);
ssize_t lwip_recvmsg(int s, struct msghdr *message, int flags);
ssize_t lwip_send(int s, const void *dataptr, size_t size, int flags);
ssize_t lwip_sendmsg(int s, const struct msghdr *message, int flags);
ssize_t lwip_sendto(int s, const void *dataptr, size_t size, int flags, const struct sockaddr *to, socklen_t tolen);
ssize_t lwip_write(int s, const void *dataptr, size_t size);
ssize_t lwip_writev(int s, const struct iovec *iov, int iovcnt);

#if LWIP_SOCKET_SELECT
/** As POSIX says; nothing is ever exceptional. */
int lwip_select(int maxfdp1, fd_set *readset, fd_set *writeset, fd_set *exceptset, struct timeval *timeout);
#endif
#if LWIP_SOCKET_POLL
/** As POSIX says; @p timeout in ms, negative: for ever. */
int lwip_poll(struct pollfd *fds, nfds_t nfds, int timeout);
#endif
/** FIONREAD, FIONBIO. */
int lwip_ioctl(int s, long cmd, void *argp);
/** F_GETFL, F_SETFL with O_NONBLOCK. */
int lwip_fcntl(int s, int cmd, int val);

/** The text of an address.  @return @p dst; NULL: errno is EAFNOSUPPORT or ENOSPC */
const char *lwip_inet_ntop(int af, const void *src, char *dst, socklen_t size);
/** The address in a text.  @return 1; 0: it is none; -1: errno is EAFNOSUPPORT */
int lwip_inet_pton(int af, const char *src, void *dst);

#if LWIP_COMPAT_SOCKETS == 1
#define accept(s, addr, addrlen) lwip_accept(s, addr, addrlen)
#define accept4(s, addr, addrlen, flags) lwip_x_accept4(s, addr, addrlen, flags)
#define bind(s, name, namelen) lwip_bind(s, name, namelen)
#define shutdown(s, how) lwip_shutdown(s, how)
#define getpeername(s, name, namelen) lwip_getpeername(s, name, namelen)
#define getsockname(s, name, namelen) lwip_getsockname(s, name, namelen)
#define setsockopt(s, level, optname, opval, optlen) lwip_setsockopt(s, level, optname, opval, optlen)
#define getsockopt(s, level, optname, opval, optlen) lwip_getsockopt(s, level, optname, opval, optlen)
#define closesocket(s) lwip_close(s)
#define connect(s, name, namelen) lwip_connect(s, name, namelen)
#define listen(s, backlog) lwip_listen(s, backlog)
#define recv(s, mem, len, flags) lwip_recv(s, mem, len, flags)
#define recvmsg(s, message, flags) lwip_recvmsg(s, message, flags)
#define recvfrom(s, mem, len, flags, from, fromlen) lwip_recvfrom(s, mem, len, flags, from, fromlen)
#define send(s, dataptr, size, flags) lwip_send(s, dataptr, size, flags)
#define sendmsg(s, message, flags) lwip_sendmsg(s, message, flags)
#define sendto(s, dataptr, size, flags, to, tolen) lwip_sendto(s, dataptr, size, flags, to, tolen)
#define socket(domain, type, protocol) lwip_socket(domain, type, protocol)
#if LWIP_SOCKET_SELECT
#define select(maxfdp1, readset, writeset, exceptset, timeout) \
  lwip_select(maxfdp1, readset, writeset, exceptset, timeout)
#endif
#if LWIP_SOCKET_POLL
#define poll(fds, nfds, timeout) lwip_poll(fds, nfds, timeout)
#endif
#define ioctlsocket(s, cmd, argp) lwip_ioctl(s, cmd, argp)
#define inet_ntop(af, src, dst, size) lwip_inet_ntop(af, src, dst, size)
#define inet_pton(af, src, dst) lwip_inet_pton(af, src, dst)

#if LWIP_POSIX_SOCKETS_IO_NAMES
#define read(s, mem, len) lwip_read(s, mem, len)
#define readv(s, iov, iovcnt) lwip_readv(s, iov, iovcnt)
#define write(s, dataptr, len) lwip_write(s, dataptr, len)
#define writev(s, iov, iovcnt) lwip_writev(s, iov, iovcnt)
#define close(s) lwip_close(s)
/* With two arguments or three. */
#define fcntl(s, ...) LWIP_X_FCNTL(s, __VA_ARGS__, 0, 0)
#define LWIP_X_FCNTL(s, cmd, val, ...) lwip_fcntl(s, cmd, val)
#define ioctl(s, cmd, argp) lwip_ioctl(s, cmd, argp)
#endif
#endif

#ifdef __cplusplus
}
#endif

#endif
#endif
#endif
