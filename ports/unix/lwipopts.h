/** Options of the Unix port: one thread, room for many connections, everything counted. */
#ifndef PORTS_UNIX_LWIPOPTS_H
#define PORTS_UNIX_LWIPOPTS_H

#define NO_SYS 1
#define SYS_LIGHTWEIGHT_PROT 0
#define LWIP_NETCONN 0
#define LWIP_SOCKET 0

/* memory */
#define MEM_ALIGNMENT 8
#define MEM_SIZE (4 * 1024 * 1024)
#define PBUF_POOL_SIZE 1024
#define PBUF_POOL_BUFSIZE 1600
#define MEMP_NUM_PBUF 1024
#define MEMP_NUM_TCP_PCB 256
#define MEMP_NUM_TCP_PCB_LISTEN 16
#define MEMP_NUM_TCP_SEG 2048
#define MEMP_NUM_UDP_PCB 32
#define MEMP_NUM_RAW_PCB 8
#define MEMP_NUM_REASSDATA 16
#define IP_REASS_MAX_PBUFS 256
#define MEMP_NUM_SYS_TIMEOUT 32
#define MEMP_NUM_IGMP_GROUP 16

/* link */
#define LWIP_ARP 1
#define ARP_TABLE_SIZE 32
#define ARP_QUEUEING 1
#define ARP_QUEUE_LEN 10
#define ETHARP_SUPPORT_STATIC_ENTRIES 1
#define LWIP_NETIF_HOSTNAME 1
#define LWIP_NETIF_STATUS_CALLBACK 1
#define LWIP_NETIF_LINK_CALLBACK 1
#define LWIP_NETIF_EXT_STATUS_CALLBACK 1
#define LWIP_NETIF_LOOPBACK 1
#define LWIP_HAVE_LOOPIF 1

/* internet */
#define LWIP_IPV4 1
#ifndef LWIP_IPV6
#define LWIP_IPV6 1
#endif
#define LWIP_IPV6_NUM_ADDRESSES 6
#define LWIP_IPV6_DHCP6 LWIP_IPV6
#define LWIP_IPV6_DHCP6_STATEFUL LWIP_IPV6
#define LWIP_ND6_RDNSS_MAX_DNS_SERVERS 2
#define MEMP_NUM_MLD6_GROUP 16
#define LWIP_ICMP 1
#define LWIP_X_ICMP_ERROR_RATE 250 /* who tests shall see all of them */
#define LWIP_RAW 1
#define LWIP_IGMP 1
#define IP_REASSEMBLY 1
#define IP_FRAG 1

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

/* services */
#define LWIP_DHCP 1
#define LWIP_AUTOIP 1
#define LWIP_DHCP_AUTOIP_COOP 1
#define LWIP_DNS 1
#define DNS_TABLE_SIZE 16

/* the example program */
#define LWIP_HTTPD_CUSTOM_FILES 1
#define LWIP_HTTPD_DYNAMIC_HEADERS 1
#define HTTPD_LIMIT_SENDING_TO_2MSS 0
#define HTTPD_FSDATA_FILE "webstatus_fsdata.c"

/* counters */
#define LWIP_STATS 1
#define LWIP_STATS_LARGE 1
#define LWIP_STATS_DISPLAY 1

#endif
