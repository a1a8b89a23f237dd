/** Ours with the options of Debian's liblwip, as far as they cost instructions. */
#ifndef BENCH_THREADS_LWIPOPTS_H
#define BENCH_THREADS_LWIPOPTS_H

#define NO_SYS 0
#define SYS_LIGHTWEIGHT_PROT 1
#define LWIP_NETCONN 1
#ifndef LWIP_SOCKET
#define LWIP_SOCKET 1
#endif
#define LWIP_COMPAT_SOCKETS 0
#define LWIP_TCPIP_CORE_LOCKING 1
#ifndef LWIP_NETCONN_SEM_PER_THREAD
#define LWIP_NETCONN_SEM_PER_THREAD 0
#endif

#define MEM_ALIGNMENT 8
#define MEM_LIBC_MALLOC 1
#define MEMP_MEM_MALLOC 1
#define LWIP_NETIF_TX_SINGLE_PBUF 1
#define ARP_QUEUEING 1
#define LWIP_NETIF_LOOPBACK 1
#define IP_FORWARD 1
#ifndef LWIP_IPV6
#define LWIP_IPV6 1
#endif

#define TCP_MSS 1460
#define TCP_WND 0xFFFF
#define LWIP_WND_SCALE 1
#define TCP_RCV_SCALE 1
#define TCP_SND_BUF TCP_WND
#define MEMP_NUM_TCP_PCB 64
#define MEMP_NUM_NETCONN 64
#define TCP_SND_QUEUELEN ((4 * TCP_SND_BUF + TCP_MSS - 1) / TCP_MSS)
#define LWIP_CHECKSUM_ON_COPY 1
#define LWIP_STATS 0
#define LWIP_TCP_KEEPALIVE 1
#define LWIP_SO_SNDTIMEO 1
#define LWIP_SO_RCVTIMEO 1
#define LWIP_SO_RCVBUF 1
#define LWIP_SO_LINGER 1
#define SO_REUSE 1
#define LWIP_MULTICAST_TX_OPTIONS 1
#define LWIP_IGMP 1
#define LWIP_RAW 1
#define LWIP_UDPLITE 1

#endif
