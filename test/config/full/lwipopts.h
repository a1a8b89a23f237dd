/**
 * Everything that is built, switched on: the options of the unit tests, the fuzzers, the wire
 * scripts and the simulator.  Every figure can be changed with -D.  Link test/config/test_port.c.
 */
#ifndef TEST_CONFIG_FULL_LWIPOPTS_H
#define TEST_CONFIG_FULL_LWIPOPTS_H

#include "../test_port.h"

/* the port */
#define LWIP_PLATFORM_DIAG(x) \
  do {                        \
    test_diag x;              \
  } while (0)
#define LWIP_PLATFORM_ASSERT(x) test_assert_failed(x, __FILE__, __LINE__)
#ifndef LWIP_RAND
#define LWIP_RAND() test_rand()
#endif
#ifndef LWIP_X_CONTEXT
#define LWIP_X_CONTEXT() test_context
#endif
#ifndef LWIP_X_ALLOC_FAIL
#define LWIP_X_ALLOC_FAIL() test_alloc_fails()
#endif
#ifndef NO_SYS
#define NO_SYS 1
#endif
#define SYS_LIGHTWEIGHT_PROT 0
#define LWIP_NETCONN 0
#define LWIP_SOCKET 0
#ifndef LWIP_STATS
#define LWIP_STATS 1
#endif
#define LWIP_STATS_DISPLAY 1
#define LWIP_STATS_LARGE 1

/* memory */
#ifndef MEM_ALIGNMENT
#define MEM_ALIGNMENT 8
#endif
#ifndef MEM_SIZE
#define MEM_SIZE (1024 * 1024)
#endif
#ifndef PBUF_POOL_SIZE
#define PBUF_POOL_SIZE 256
#endif
#ifndef PBUF_POOL_BUFSIZE
#define PBUF_POOL_BUFSIZE 1536
#endif
#ifndef MEMP_NUM_PBUF
#define MEMP_NUM_PBUF 256
#endif
#ifndef MEMP_NUM_RAW_PCB
#define MEMP_NUM_RAW_PCB 8
#endif
#ifndef MEMP_NUM_UDP_PCB
#define MEMP_NUM_UDP_PCB 16
#endif
#ifndef MEMP_NUM_TCP_PCB
#define MEMP_NUM_TCP_PCB 32
#endif
#ifndef MEMP_NUM_TCP_PCB_LISTEN
#define MEMP_NUM_TCP_PCB_LISTEN 8
#endif
#ifndef MEMP_NUM_TCP_SEG
#define MEMP_NUM_TCP_SEG 512
#endif
#ifndef MEMP_NUM_REASSDATA
#define MEMP_NUM_REASSDATA 8
#endif
#ifndef MEMP_NUM_FRAG_PBUF
#define MEMP_NUM_FRAG_PBUF 64
#endif
#ifndef MEMP_NUM_SYS_TIMEOUT
#define MEMP_NUM_SYS_TIMEOUT 32
#endif
#define MEMP_NUM_IGMP_GROUP 8
#define MEMP_NUM_ARP_QUEUE 32
#define MEMP_NUM_ALTCP_PCB 16
#define MEMP_NUM_LOCALHOSTLIST 4

/* link */
#define LWIP_ARP 1
#define LWIP_ETHERNET 1
#ifndef ARP_QUEUEING
#define ARP_QUEUEING 1
#endif
#define ETHARP_SUPPORT_STATIC_ENTRIES 1
#define ETHARP_TABLE_MATCH_NETIF 1
#ifndef ETHARP_SUPPORT_VLAN
#define ETHARP_SUPPORT_VLAN 0
#endif
#define LWIP_NETIF_HOSTNAME 1
#define LWIP_NETIF_STATUS_CALLBACK 1
#define LWIP_NETIF_EXT_STATUS_CALLBACK 1
#define LWIP_NETIF_LINK_CALLBACK 1
#define LWIP_NETIF_REMOVE_CALLBACK 1
#define LWIP_NETIF_HWADDRHINT 1
#define LWIP_NUM_NETIF_CLIENT_DATA 2
#define LWIP_NETIF_LOOPBACK 1
#define LWIP_HAVE_LOOPIF 1
#define LWIP_LOOPIF_MULTICAST 1
#ifndef LWIP_LOOPBACK_MAX_PBUFS
#define LWIP_LOOPBACK_MAX_PBUFS 0
#endif
#define LWIP_CHECKSUM_CTRL_PER_NETIF 1
#ifndef LWIP_X_RX_CHECKED
#define LWIP_X_RX_CHECKED 1
#endif

/* internet */
#define LWIP_IPV4 1
#ifndef LWIP_IPV6
#define LWIP_IPV6 1
#endif
#define LWIP_IPV6_NUM_ADDRESSES 6
#define MEMP_NUM_MLD6_GROUP 16
#ifndef LWIP_ND6_RDNSS_MAX_DNS_SERVERS
#define LWIP_ND6_RDNSS_MAX_DNS_SERVERS 2
#endif
#ifndef LWIP_X_ND6_DNSSL
#define LWIP_X_ND6_DNSSL 3
#endif
#ifndef LWIP_X_ND6_ROUTES
#define LWIP_X_ND6_ROUTES 1
#endif
#define LWIP_IPV6_DHCP6 (LWIP_IPV6 && LWIP_UDP)
#ifndef LWIP_IPV6_DHCP6_STATEFUL
#define LWIP_IPV6_DHCP6_STATEFUL LWIP_IPV6_DHCP6
#endif
#ifndef LWIP_DHCP6_GET_NTP_SRV
#define LWIP_DHCP6_GET_NTP_SRV 1
#endif
#define LWIP_DHCP6_MAX_NTP_SERVERS 2
#define IP_FORWARD 1
#define IP_REASSEMBLY 1
#ifndef IP_REASS_MAX_PBUFS
#define IP_REASS_MAX_PBUFS 64
#endif
#define IP_FRAG 1
#define IP_OPTIONS_ALLOWED 1
#define IP_SOF_BROADCAST 1
#define IP_SOF_BROADCAST_RECV 1
#define LWIP_ICMP 1
#define LWIP_IGMP 1
#ifndef LWIP_X_MCAST_SOURCES
#define LWIP_X_MCAST_SOURCES 6
#endif
#define LWIP_MULTICAST_TX_OPTIONS 1
#define LWIP_RAW 1

/* transport */
#define LWIP_UDP 1
#define LWIP_UDPLITE 1
#define LWIP_TCP 1
#define SO_REUSE 1
#ifndef TCP_MSS
#define TCP_MSS 1460
#endif
#ifndef LWIP_WND_SCALE
#define LWIP_WND_SCALE 1
#define TCP_RCV_SCALE 2
#endif
#ifndef TCP_WND
#define TCP_WND (64 * TCP_MSS)
#endif
#ifndef TCP_SND_BUF
#define TCP_SND_BUF (64 * TCP_MSS)
#endif
#ifndef TCP_SND_QUEUELEN
#define TCP_SND_QUEUELEN 256
#endif
#define TCP_LISTEN_BACKLOG 1
#define TCP_QUEUE_OOSEQ 1
#define LWIP_TCP_SACK_OUT 1
#ifndef LWIP_TCP_TIMESTAMPS
#define LWIP_TCP_TIMESTAMPS 1
#endif
#define LWIP_TCP_KEEPALIVE 1
#define LWIP_TCP_PCB_NUM_EXT_ARGS 2
#ifndef LWIP_X_TCP_USER_TIMEOUT
#define LWIP_X_TCP_USER_TIMEOUT 1
#endif
#ifndef LWIP_X_TCP_REPORTS
#define LWIP_X_TCP_REPORTS 1
#endif
#ifndef LWIP_X_TCP_PLPMTUD
#define LWIP_X_TCP_PLPMTUD 1
#endif
#ifndef LWIP_X_TCP_INFO
#define LWIP_X_TCP_INFO 1
#endif
#ifndef LWIP_X_TCP_ECN
#define LWIP_X_TCP_ECN 1
#endif
#ifndef LWIP_X_TCP_FASTOPEN
#define LWIP_X_TCP_FASTOPEN 1
#endif
#ifndef LWIP_X_TCP_TSO
#define LWIP_X_TCP_TSO 1
#endif
#ifndef LWIP_X_TCP_PACING
#define LWIP_X_TCP_PACING 1
#endif
#ifndef LWIP_X_TCP_AUTOSIZE
#define LWIP_X_TCP_AUTOSIZE 1
#endif
#ifndef LWIP_X_TCP_SYN_COOKIES
#define LWIP_X_TCP_SYN_COOKIES 1
#endif
#define LWIP_ALTCP 1

/* services */
#define LWIP_DHCP 1
#define LWIP_DHCP_BOOTP_FILE 1
#define LWIP_DHCP_GET_NTP_SRV 1
#define LWIP_DHCP_MAX_NTP_SERVERS 2
#define LWIP_AUTOIP 1
#define LWIP_DHCP_AUTOIP_COOP 1
#define LWIP_ACD 1
#define LWIP_DNS 1
#define DNS_LOCAL_HOSTLIST 1
#define DNS_LOCAL_HOSTLIST_IS_DYNAMIC 1
#define DNS_MAX_SERVERS 2
#define LWIP_DNS_SUPPORT_MDNS_QUERIES 1
#ifndef LWIP_X_DNS_0X20
#define LWIP_X_DNS_0X20 1
#endif

/* applications; the functions they ask of the program have weak stand-ins in test_port.c */
#define LWIP_HTTPD_CUSTOM_FILES 1
#define LWIP_HTTPD_DYNAMIC_FILE_READ 1
#define LWIP_HTTPD_FS_ASYNC_READ 1
#define LWIP_HTTPD_FILE_STATE 1
#define LWIP_HTTPD_DYNAMIC_HEADERS 1
#define LWIP_HTTPD_SUPPORT_V09 1
#define LWIP_HTTPD_KILL_OLD_ON_CONNECTIONS_EXCEEDED 1
#define HTTPD_USE_MEM_POOL 1
#define MEMP_NUM_PARALLEL_HTTPD_CONNS 8

#endif
