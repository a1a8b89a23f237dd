/**
 * The options of a program that brings no lwipopts.h: one thread or none, IPv4 over Ethernet with everything a small
 * device needs.  About 24 KB of RAM.  lwip/opt.h includes it; programs never do.
 */
#ifndef LWIP_X_DEFAULTS_H
#define LWIP_X_DEFAULTS_H

#define NO_SYS 1
#define SYS_LIGHTWEIGHT_PROT 0
#define LWIP_NETCONN 0
#define LWIP_SOCKET 0

#define MEM_SIZE (8 * 1024)
#define LWIP_STATS 0
#define TCP_MSS 1460
#define TCP_SND_BUF (3 * TCP_MSS)
#define TCP_LISTEN_BACKLOG 1
#define TCP_DEFAULT_LISTEN_BACKLOG 4
#define MEMP_NUM_UDP_PCB 6
#define PBUF_POOL_SIZE 8

#define LWIP_RAW 1
#define LWIP_DHCP 1
#define LWIP_AUTOIP 1
#define LWIP_IGMP 1
#define LWIP_DNS 1
#define LWIP_NETIF_HOSTNAME 1
#define LWIP_NETIF_STATUS_CALLBACK 1
#define LWIP_NETIF_LINK_CALLBACK 1

#endif
