/** Options of lwip-run: the stack of a Unix program, with threads and room for many sockets. */
#ifndef PORTS_UNIX_RUN_LWIPOPTS_H
#define PORTS_UNIX_RUN_LWIPOPTS_H

/* The numbers of this system, so that little has to be translated. */
#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/time.h>
#include <sys/uio.h>
#define LWIP_ERRNO_STDINCLUDE 1

#define NO_SYS 0
#define SYS_LIGHTWEIGHT_PROT 1
#define LWIP_NETCONN 1
#define LWIP_SOCKET 1
#define LWIP_COMPAT_SOCKETS 0
#define LWIP_TCPIP_CORE_LOCKING 1
#define LWIP_NETCONN_SEM_PER_THREAD 1
#define LWIP_SO_SNDTIMEO 1
#define LWIP_SO_RCVTIMEO 1
#define LWIP_SO_RCVBUF 1
#define RECV_BUFSIZE_DEFAULT 212992
#define LWIP_SO_LINGER 1
#define LWIP_NETBUF_RECVINFO 1
#define LWIP_FIONREAD_LINUXMODE 1
#define LWIP_X_SO_TIMESTAMP 1
#define LWIP_X_WALL_TIME(sec, usec) \
  do {                              \
    struct timeval wall;            \
    gettimeofday(&wall, NULL);      \
    (sec) = (u32_t)wall.tv_sec;     \
    (usec) = (u32_t)wall.tv_usec;   \
  } while (0)
#define SO_REUSE 1
#define LWIP_SOCKET_MAX_MEMBERSHIPS 64

/** An event of a socket: the program may be waiting in poll() with other descriptors. */
#define LWIP_X_HOOK_SOCKET_EVENT() run_socket_event()
void run_socket_event(void);

/* memory */
#define MEM_LIBC_MALLOC 1
#define MEMP_MEM_MALLOC 1
#define MEM_ALIGNMENT 16
#define PBUF_POOL_BUFSIZE 1600
#define MEMP_NUM_NETCONN 1000
#define MEMP_NUM_NETDB 64
#define MEMP_NUM_TCP_PCB 1000
#define MEMP_NUM_TCP_PCB_LISTEN 64
#define MEMP_NUM_UDP_PCB 256
#define TCPIP_MBOX_SIZE 1024
#define DEFAULT_UDP_RECVMBOX_SIZE 256
#define DEFAULT_RAW_RECVMBOX_SIZE 64
#define DEFAULT_ACCEPTMBOX_SIZE 255
#define DEFAULT_TCP_RECVMBOX_SIZE 1024

/* link */
#define LWIP_ARP 1
#define ARP_TABLE_SIZE 64
#define ARP_QUEUEING 1
#define LWIP_NETIF_HOSTNAME 1
#define LWIP_NETIF_LOOPBACK 1
#define LWIP_HAVE_LOOPIF 1
#define LWIP_LOOPIF_MULTICAST 1

/* internet */
#define LWIP_IPV4 1
#ifndef LWIP_IPV6
#define LWIP_IPV6 1
#endif
#define LWIP_IPV6_NUM_ADDRESSES 8
#define LWIP_ND6_RDNSS_MAX_DNS_SERVERS 2
#define MEMP_NUM_MLD6_GROUP 64
#define LWIP_ICMP 1
#define LWIP_RAW 1
#define LWIP_IGMP 1
#define LWIP_X_MCAST_SOURCES 64
#define LWIP_MULTICAST_TX_OPTIONS 1
#define IP_SOF_BROADCAST 1

/* transport */
#define LWIP_UDP 1
#define LWIP_TCP 1
#define TCP_MSS 1460
#define LWIP_WND_SCALE 1
#define TCP_RCV_SCALE 3
#define TCP_WND (256 * 1024)
#define TCP_SND_BUF (256 * 1024)
#define TCP_SND_QUEUELEN 1024
#define TCP_LISTEN_BACKLOG 1
#define TCP_QUEUE_OOSEQ 1
#define LWIP_TCP_SACK_OUT 1
#define LWIP_TCP_TIMESTAMPS 1
#define LWIP_TCP_KEEPALIVE 1
#define LWIP_X_TCP_USER_TIMEOUT 1
#define LWIP_X_TCP_FASTOPEN 1

/* services */
#define LWIP_DHCP 1
#define LWIP_DNS 1
#define DNS_TABLE_SIZE 32

#endif
