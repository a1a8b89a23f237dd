/* Options shared by every stack under test.  Everything can be overridden with -D. */
#ifndef BENCH_LWIPOPTS_H
#define BENCH_LWIPOPTS_H
#ifdef H_OPTS_FILE
#include H_OPTS_FILE /* e.g. the STM32duino options; the rest fills the gaps */
#endif
#define D_(x) x
#ifndef NO_SYS
#define NO_SYS 1
#endif
#ifndef SYS_LIGHTWEIGHT_PROT
#define SYS_LIGHTWEIGHT_PROT 0
#endif
#define LWIP_NOASSERT 1
#define LWIP_NETCONN 0
#define LWIP_SOCKET 0
#ifndef MEM_ALIGNMENT
#ifdef __ARM_EABI__
#define MEM_ALIGNMENT 4
#else
#define MEM_ALIGNMENT 8
#endif
#endif
/* --- scale knobs --- */
#ifndef H_MAXCONN
#define H_MAXCONN 10050
#endif
#ifndef H_MAXPBUF
#define H_MAXPBUF 2048
#endif
#ifndef MEM_SIZE
#define MEM_SIZE (8 * 1024 * 1024)
#endif
#define MEMP_NUM_PBUF H_MAXPBUF
#define MEMP_NUM_TCP_PCB H_MAXCONN
#define MEMP_NUM_TCP_PCB_LISTEN 1024
#ifndef MEMP_NUM_UDP_PCB
#define MEMP_NUM_UDP_PCB H_MAXCONN
#endif
#define MEMP_NUM_TCP_SEG (2 * H_MAXPBUF)
#ifndef MEMP_NUM_SYS_TIMEOUT
#define MEMP_NUM_SYS_TIMEOUT 10050
#endif
#define PBUF_POOL_SIZE H_MAXPBUF
#define PBUF_POOL_BUFSIZE 1536
#define TCP_LISTEN_BACKLOG 0
/* --- protocols --- */
#define LWIP_IPV4 1
#ifndef LWIP_IPV6
#define LWIP_IPV6 0
#endif
#define LWIP_ARP 1
#define LWIP_ETHERNET 1
#define LWIP_ICMP 1
#define LWIP_RAW 1
#define LWIP_UDP 1
#define LWIP_TCP 1
#define LWIP_DNS 1
#ifndef LWIP_DHCP
#define LWIP_DHCP 1
#endif
#ifndef DNS_TABLE_SIZE
#define DNS_TABLE_SIZE 4
#endif
#ifndef ARP_TABLE_SIZE
#define ARP_TABLE_SIZE 10
#endif
#define IP_REASS_MAX_PBUFS 1024
#define MEMP_NUM_REASSDATA 256
#define MEMP_NUM_FRAG_PBUF 256
#define LWIP_IPV6_DUP_DETECT_ATTEMPTS 0
#define LWIP_IPV6_AUTOCONFIG 0
#define LWIP_IPV6_SEND_ROUTER_SOLICIT 0
#define LWIP_IPV6_DHCP6 0
/* --- loop interface (127.0.0.1) --- */
#define LWIP_NETIF_LOOPBACK 1
#define LWIP_HAVE_LOOPIF 1
#define LWIP_LOOPBACK_MAX_PBUFS 0
#define LWIP_NETIF_LOOPBACK_MULTITHREADING 0
/* --- TCP tuning --- */
#define TCP_MSS 1460
#ifndef H_WND
#define H_WND (256 * 1024)
#endif
#define LWIP_WND_SCALE 1
#define TCP_RCV_SCALE 7
#define TCP_WND H_WND
#define TCP_SND_BUF H_WND
#define TCP_SND_QUEUELEN ((4 * TCP_SND_BUF) / TCP_MSS)
#ifndef TCP_QUEUE_OOSEQ
#define TCP_QUEUE_OOSEQ 1
#endif
#define TCP_OOSEQ_MAX_PBUFS 0
#ifndef LWIP_TCP_SACK_OUT
#define LWIP_TCP_SACK_OUT 0
#endif
#ifndef LWIP_TCP_TIMESTAMPS
#define LWIP_TCP_TIMESTAMPS 0
#endif
#ifndef LWIP_CHECKSUM_ON_COPY
#define LWIP_CHECKSUM_ON_COPY 0
#endif
#define LWIP_TCP_KEEPALIVE 1
#ifdef H_HWCSUM /* the checksums are the Ethernet MAC's job (STM32 default) */
#define CHECKSUM_GEN_IP 0
#define CHECKSUM_GEN_UDP 0
#define CHECKSUM_GEN_TCP 0
#define CHECKSUM_GEN_ICMP 0
#define CHECKSUM_GEN_ICMP6 0
#define CHECKSUM_CHECK_IP 0
#define CHECKSUM_CHECK_UDP 0
#define CHECKSUM_CHECK_TCP 0
#define CHECKSUM_CHECK_ICMP 0
#define CHECKSUM_CHECK_ICMP6 0
#endif
#define LWIP_STATS 0
/* --- httpd: one in-memory page served by the benchmark itself --- */
#define LWIP_HTTPD_CUSTOM_FILES 1
#define LWIP_HTTPD_DYNAMIC_FILE_READ 0
#define LWIP_HTTPD_DYNAMIC_HEADERS 0
#define LWIP_HTTPD_CGI 0
#define LWIP_HTTPD_SSI 0
#define LWIP_HTTPD_SUPPORT_11_KEEPALIVE 1
#define HTTPD_USE_MEM_POOL 0
#define LWIP_DISABLE_TCP_SANITY_CHECKS 1
#define LWIP_DISABLE_MEMP_SANITY_CHECKS 1
#endif
