/* The options of a program with an operating system and sockets; each program of this folder runs with them. */
#ifndef LWIPOPTS_H
#define LWIPOPTS_H

#include <stdlib.h>
#define LWIP_RAND() ((u32_t)rand())

#define NO_SYS 0
#define SYS_LIGHTWEIGHT_PROT 1
#ifndef LWIP_TCPIP_CORE_LOCKING
#define LWIP_TCPIP_CORE_LOCKING 1
#endif
#define LWIP_NETCONN 1
#define LWIP_SOCKET 1
#define LWIP_COMPAT_SOCKETS 1
#define LWIP_ERRNO_STDINCLUDE 1
#define LWIP_POSIX_SOCKETS_IO_NAMES 0
#define LWIP_NETIF_API 1
#define LWIP_SO_RCVTIMEO 1
#define LWIP_SO_SNDTIMEO 1
#define LWIP_SO_RCVBUF 1
#define LWIP_SO_LINGER 1
#define SO_REUSE 1
#define MEM_ALIGNMENT 8
#define MEM_SIZE 64000
#define MEMP_NUM_NETCONN 16
#define MEMP_NUM_NETBUF 16
#define MEMP_NUM_TCP_PCB 16
#define MEMP_NUM_TCP_SEG 64
#define MEMP_NUM_SYS_TIMEOUT 10
#define PBUF_POOL_SIZE 64
#define TCP_MSS 1460
#define TCP_WND (8 * TCP_MSS)
#define TCP_SND_BUF (8 * TCP_MSS)
#define TCPIP_MBOX_SIZE 32
#define DEFAULT_TCP_RECVMBOX_SIZE 16
#define DEFAULT_UDP_RECVMBOX_SIZE 16
#define DEFAULT_ACCEPTMBOX_SIZE 8
#define TCPIP_THREAD_STACKSIZE 0
#define LWIP_RAW 1
#define LWIP_DNS 1
#define LWIP_DHCP 1
#define LWIP_NETIF_LOOPBACK 1
#define LWIP_HAVE_LOOPIF 1

#endif
