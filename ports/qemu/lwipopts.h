/** Options of the firmware for emulated Cortex-M boards: no operating system, one Ethernet interface. */
#ifndef PORTS_QEMU_LWIPOPTS_H
#define PORTS_QEMU_LWIPOPTS_H

#include "console.h"

#define LWIP_PLATFORM_DIAG(x) \
  do {                        \
    console_printf x;         \
  } while (0)
#define LWIP_PLATFORM_ASSERT(x) console_assert_failed(x, __FILE__, __LINE__)

#define NO_SYS 1
#define SYS_LIGHTWEIGHT_PROT \
  0 /* on Cortex-M the pools mask interrupts by themselves: the receive interrupt takes pbufs */
#define LWIP_NETCONN 0
#define LWIP_SOCKET 0

/* memory: the board has 4 MB of RAM, of which this takes about 250 KB */
#define MEM_ALIGNMENT 4
#define MEM_SIZE (128 * 1024)
#define PBUF_POOL_SIZE 48
#define PBUF_POOL_BUFSIZE 1536 /* a whole frame with its CRC: the driver reads it in one go */
#define MEMP_NUM_PBUF 128
#define MEMP_NUM_TCP_PCB 32
#define MEMP_NUM_TCP_PCB_LISTEN 8
#define MEMP_NUM_TCP_SEG 256
#define MEMP_NUM_UDP_PCB 8
#define MEMP_NUM_SYS_TIMEOUT 8

/* link and internet */
#define LWIP_ARP 1
#define LWIP_SINGLE_NETIF 1
#define LWIP_NETIF_HOSTNAME 1
#define LWIP_NETIF_STATUS_CALLBACK 1
#define LWIP_NETIF_LINK_CALLBACK 1
#define LWIP_NETIF_EXT_STATUS_CALLBACK 1
#define LWIP_IPV4 1
#define LWIP_IPV6 1
#define LWIP_ICMP 1
#define LWIP_IGMP 1
#define LWIP_DHCP 1
#define LWIP_DNS 1

/* transport.  The emulated MAC drops bursts of more than 6 full frames without telling anybody: no wider window. */
#define LWIP_UDP 1
#define LWIP_TCP 1
#define TCP_MSS 1460
#define TCP_WND (6 * TCP_MSS)
#define TCP_SND_BUF (12 * TCP_MSS)
#define TCP_SND_QUEUELEN 64
#define TCP_LISTEN_BACKLOG 1
#define TCP_QUEUE_OOSEQ 1
#define LWIP_TCP_SACK_OUT 1

/* the example program */
#define LWIP_HTTPD_CUSTOM_FILES 1
#define LWIP_HTTPD_DYNAMIC_HEADERS 1
#define HTTPD_LIMIT_SENDING_TO_2MSS 0
#define HTTPD_FSDATA_FILE "webstatus_fsdata.c"

/* counters */
#define LWIP_STATS 1
#define LWIP_STATS_LARGE 1

#endif
