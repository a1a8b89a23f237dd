/** Options that cannot go together stop the build here, with a sentence that says what to change. */
#include "lwip/opt.h"

#include "lwip/def.h"

/* Under PBUF_POOL_BUFSIZE and others these appear in #if: here the preprocessor needs numbers. */
#ifndef PBUF_TRANSPORT_HLEN
#define PBUF_TRANSPORT_HLEN 20
#endif
#ifndef PBUF_IP_HLEN
#define PBUF_IP_HLEN (LWIP_IPV6 ? 40 : 20)
#endif

/*
 * Memory
 */
#if MEM_ALIGNMENT < 1 || (MEM_ALIGNMENT & (MEM_ALIGNMENT - 1)) != 0
#error "MEM_ALIGNMENT is not a power of two: set it to the size of a pointer, 4 or 8"
#endif
#if MEM_LIBC_MALLOC && MEM_USE_POOLS
#error "MEM_LIBC_MALLOC and MEM_USE_POOLS both want to be the heap: set one of them to 0"
#endif
#if MEMP_MEM_MALLOC && MEM_USE_POOLS
#error "MEMP_MEM_MALLOC takes pools from the heap and MEM_USE_POOLS the heap from pools: set one of them to 0"
#endif
#if MEM_USE_POOLS && !MEMP_USE_CUSTOM_POOLS
#error "MEM_USE_POOLS needs pools to take from: set MEMP_USE_CUSTOM_POOLS to 1 and list them in lwippools.h"
#endif
#if MEM_SIZE < 64 && !MEM_LIBC_MALLOC && !MEM_USE_POOLS
#error "MEM_SIZE holds not even one block: set it to at least 64"
#endif

/*
 * Threads
 */
#if NO_SYS && LWIP_NETCONN
#error "LWIP_NETCONN needs threads: set LWIP_NETCONN to 0, or NO_SYS to 0 with a port's sys_arch"
#endif
#if LWIP_SOCKET && !LWIP_NETCONN
#error "LWIP_SOCKET is built on LWIP_NETCONN: set LWIP_SOCKET to 0 or LWIP_NETCONN to 1"
#endif
#if NO_SYS && LWIP_NETIF_API
#error "LWIP_NETIF_API needs threads: set LWIP_NETIF_API to 0, or NO_SYS to 0"
#endif
#if NO_SYS && LWIP_TCPIP_TIMEOUT
#error "LWIP_TCPIP_TIMEOUT needs the stack's thread: set it to 0 and call sys_timeout(), or set NO_SYS to 0"
#endif
#if LWIP_TCPIP_CORE_LOCKING_INPUT && !LWIP_TCPIP_CORE_LOCKING
#error "LWIP_TCPIP_CORE_LOCKING_INPUT locks what LWIP_TCPIP_CORE_LOCKING makes: set both to 1"
#endif
#if NO_SYS && LWIP_NETIF_LOOPBACK && LWIP_NETIF_LOOPBACK_MULTITHREADING
#error "LWIP_NETIF_LOOPBACK_MULTITHREADING needs the stack's thread: set it to 0 and call netif_poll_all()"
#endif
#if !NO_SYS && LWIP_NETCONN && !LWIP_TCPIP_CORE_LOCKING && !LWIP_TIMERS
#error \
  "Without the core lock the stack's thread keeps the time of calls that wait: set LWIP_TIMERS or LWIP_TCPIP_CORE_LOCKING to 1"
#endif
#if LWIP_X_CORE_AUTOLOCK && (NO_SYS || !LWIP_TCPIP_CORE_LOCKING || !LWIP_X_CORE_GUARD)
#error "LWIP_X_CORE_AUTOLOCK takes the core lock: set LWIP_TCPIP_CORE_LOCKING and LWIP_X_CORE_GUARD to 1, NO_SYS to 0"
#endif
#if LWIP_X_PORT_FREERTOS && LWIP_X_PORT_CMSIS_RTOS2
#error "LWIP_X_PORT_FREERTOS and LWIP_X_PORT_CMSIS_RTOS2 are two ports: set one of them to 0"
#endif
#if NO_SYS && (LWIP_X_PORT_FREERTOS || LWIP_X_PORT_CMSIS_RTOS2)
#error "LWIP_X_PORT_FREERTOS and LWIP_X_PORT_CMSIS_RTOS2 bring threads: set NO_SYS to 0"
#endif
#if !NO_SYS && !SYS_LIGHTWEIGHT_PROT
#error "Threads share pools and heap: set SYS_LIGHTWEIGHT_PROT to 1"
#endif
#if LWIP_NETCONN && LWIP_TCP && !LWIP_CALLBACK_API
#error "LWIP_NETCONN is told of events by callbacks: set LWIP_CALLBACK_API to 1 and LWIP_EVENT_API to 0"
#endif
#if LWIP_NETCONN && !MEMP_MEM_MALLOC && (MEMP_NUM_NETCONN < 1 || MEMP_NUM_NETBUF < 1)
#error "LWIP_NETCONN without netconns or netbufs: set MEMP_NUM_NETCONN and MEMP_NUM_NETBUF to at least 1"
#endif
#if !NO_SYS && !MEMP_MEM_MALLOC && MEMP_NUM_TCPIP_MSG_API < 1
#error "The stack's thread without messages: set MEMP_NUM_TCPIP_MSG_API to at least 1"
#endif
#if !NO_SYS && !LWIP_TCPIP_CORE_LOCKING_INPUT && !MEMP_MEM_MALLOC && MEMP_NUM_TCPIP_MSG_INPKT < 1
#error \
  "No message for received packets: set MEMP_NUM_TCPIP_MSG_INPKT to at least 1, or LWIP_TCPIP_CORE_LOCKING_INPUT to 1"
#endif
#if !NO_SYS && LWIP_X_TCPIP_BATCH < 1
#error "LWIP_X_TCPIP_BATCH must be at least 1"
#endif

/*
 * Network
 */
#if !LWIP_IPV4 && !LWIP_IPV6
#error "No network protocol: set LWIP_IPV4 or LWIP_IPV6 to 1"
#endif
#if LWIP_ARP && !LWIP_ETHERNET
#error "LWIP_ARP needs Ethernet frames: set LWIP_ETHERNET to 1"
#endif
#if ETHARP_SUPPORT_VLAN && !LWIP_ETHERNET
#error "ETHARP_SUPPORT_VLAN needs Ethernet frames: set LWIP_ETHERNET to 1"
#endif
#if defined(LWIP_HOOK_VLAN_SET) && PBUF_LINK_HLEN < 18 + ETH_PAD_SIZE
#error "LWIP_HOOK_VLAN_SET needs room for the tag: set PBUF_LINK_HLEN to 18 + ETH_PAD_SIZE"
#endif
#if LWIP_ARP && (ARP_TABLE_SIZE < 1 || ARP_TABLE_SIZE > 255)
#error "ARP_TABLE_SIZE must be 1 to 255"
#endif
#if LWIP_SINGLE_NETIF && LWIP_HAVE_LOOPIF
#error "LWIP_HAVE_LOOPIF is a second interface: set it or LWIP_SINGLE_NETIF to 0"
#endif
#if LWIP_SINGLE_NETIF && IP_FORWARD && !IP_FORWARD_ALLOW_TX_ON_RX_NETIF
#error "IP_FORWARD needs two interfaces: set LWIP_SINGLE_NETIF to 0"
#endif
#if LWIP_HAVE_LOOPIF && !LWIP_NETIF_LOOPBACK
#error "LWIP_HAVE_LOOPIF needs the queue of LWIP_NETIF_LOOPBACK: set it to 1"
#endif
#if LWIP_NUM_NETIF_CLIENT_DATA > 255
#error "LWIP_NUM_NETIF_CLIENT_DATA is an u8_t: set it to at most 255"
#endif
#if IP_REASSEMBLY && MEMP_NUM_REASSDATA > IP_REASS_MAX_PBUFS
#error \
  "MEMP_NUM_REASSDATA over IP_REASS_MAX_PBUFS: each packet in reassembly holds at least one pbuf; raise IP_REASS_MAX_PBUFS"
#endif
#if LWIP_IGMP && !MEMP_MEM_MALLOC && MEMP_NUM_IGMP_GROUP < 2
#error "MEMP_NUM_IGMP_GROUP must be at least 2: every interface joins 224.0.0.1"
#endif
#if LWIP_X_MCAST_SOURCES > 64
#error "The sources of a group have to fit into one report: set LWIP_X_MCAST_SOURCES to 64 at most"
#endif
#if LWIP_IGMP && !LWIP_MULTICAST_TX_OPTIONS && (LWIP_UDP || LWIP_RAW)
#error "LWIP_IGMP lets programs send to groups: set LWIP_MULTICAST_TX_OPTIONS to 1"
#endif
#if LWIP_MULTICAST_TX_OPTIONS && !LWIP_UDP && !LWIP_RAW
#error "LWIP_MULTICAST_TX_OPTIONS are members of UDP and raw pcbs: set LWIP_UDP or LWIP_RAW to 1, or it to 0"
#endif
#if LWIP_IPV6_MLD && !LWIP_IPV6
#error "LWIP_IPV6_MLD needs LWIP_IPV6: set it to 0"
#endif
#if LWIP_IPV6 && !LWIP_ICMP6
#error "LWIP_IPV6 does not work without ICMPv6: set LWIP_ICMP6 to 1"
#endif
#if LWIP_IPV6 && (LWIP_ND6_NUM_ROUTERS < 1 || LWIP_ND6_NUM_ROUTERS > 8)
#error "LWIP_ND6_NUM_ROUTERS has to be from 1 to 8"
#endif
#if LWIP_IPV6 && \
  (LWIP_ND6_NUM_NEIGHBORS <= LWIP_ND6_NUM_ROUTERS || LWIP_ND6_NUM_PREFIXES < 1 || LWIP_ND6_NUM_DESTINATIONS < 1)
#error \
  "Neighbour discovery needs LWIP_ND6_NUM_NEIGHBORS > LWIP_ND6_NUM_ROUTERS, and at least one of LWIP_ND6_NUM_PREFIXES and LWIP_ND6_NUM_DESTINATIONS"
#endif
#if LWIP_IPV6 && (LWIP_IPV6_NUM_ADDRESSES < 1 || LWIP_IPV6_NUM_ADDRESSES > 127)
#error "LWIP_IPV6_NUM_ADDRESSES has to be from 1 (link-local only) to 127"
#endif
#if LWIP_IPV6 && LWIP_X_IPV6_TEMPORARY && \
  (LWIP_IPV6_NUM_ADDRESSES < 4 || !LWIP_IPV6_AUTOCONFIG || !LWIP_IPV6_ADDRESS_LIFETIMES)
#error \
  "LWIP_X_IPV6_TEMPORARY needs LWIP_IPV6_NUM_ADDRESSES of 4 or more, LWIP_IPV6_AUTOCONFIG and LWIP_IPV6_ADDRESS_LIFETIMES"
#endif
#if LWIP_IPV6_DHCP6_STATEFUL && !LWIP_IPV6_ADDRESS_LIFETIMES
#error "LWIP_IPV6_DHCP6_STATEFUL needs LWIP_IPV6_ADDRESS_LIFETIMES: leases end"
#endif
#if LWIP_IPV6_DHCP6 && !LWIP_IPV6
#error "LWIP_IPV6_DHCP6 needs LWIP_IPV6: set it to 0"
#endif

/*
 * Pools that are in use must have elements
 */
#if !MEMP_MEM_MALLOC && !defined LWIP_DISABLE_MEMP_SANITY_CHECKS
#if LWIP_UDP && MEMP_NUM_UDP_PCB < 1
#error "LWIP_UDP without pcbs: set MEMP_NUM_UDP_PCB to at least 1, or LWIP_UDP to 0"
#endif
#if LWIP_TCP && MEMP_NUM_TCP_PCB < 1
#error "LWIP_TCP without pcbs: set MEMP_NUM_TCP_PCB to at least 1, or LWIP_TCP to 0"
#endif
#if LWIP_RAW && MEMP_NUM_RAW_PCB < 1
#error "LWIP_RAW without pcbs: set MEMP_NUM_RAW_PCB to at least 1, or LWIP_RAW to 0"
#endif
#if LWIP_TCP && MEMP_NUM_TCP_SEG < 2
#error "MEMP_NUM_TCP_SEG must be at least 2: one segment is reserved for answers"
#endif
#if IP_REASSEMBLY && MEMP_NUM_REASSDATA < 1
#error "IP_REASSEMBLY without room: set MEMP_NUM_REASSDATA to at least 1, or IP_REASSEMBLY to 0"
#endif
#endif

/*
 * UDP and who lives on it
 */
#if LWIP_UDPLITE && !LWIP_UDP
#error "LWIP_UDPLITE is part of UDP: set LWIP_UDP to 1"
#endif
#if LWIP_DHCP && !LWIP_UDP
#error "LWIP_DHCP runs over UDP: set LWIP_UDP to 1"
#endif
#if LWIP_IPV6_DHCP6 && !LWIP_UDP
#error "LWIP_IPV6_DHCP6 runs over UDP: set LWIP_UDP to 1"
#endif
#if LWIP_DNS && !LWIP_UDP
#error "LWIP_DNS runs over UDP: set LWIP_UDP to 1"
#endif
#if LWIP_AUTOIP && !LWIP_ARP
#error "LWIP_AUTOIP probes by ARP: set LWIP_ARP to 1, or LWIP_AUTOIP to 0"
#endif
#if DHCP_DOES_ARP_CHECK && !(LWIP_DHCP && LWIP_ARP)
#error "DHCP_DOES_ARP_CHECK needs LWIP_DHCP and LWIP_ARP: set it to 0"
#endif
#if LWIP_DHCP_AUTOIP_COOP && !(LWIP_DHCP && LWIP_AUTOIP)
#error "LWIP_DHCP_AUTOIP_COOP needs LWIP_DHCP and LWIP_AUTOIP: set both to 1, or it to 0"
#endif
#if LWIP_DHCP_GET_NTP_SRV && LWIP_DHCP_MAX_NTP_SERVERS < 1
#error "LWIP_DHCP_GET_NTP_SRV has nowhere to put a server: set LWIP_DHCP_MAX_NTP_SERVERS to at least 1"
#endif
#if LWIP_DNS && (DNS_MAX_SERVERS < 1 || DNS_MAX_SERVERS > 255)
#error "DNS_MAX_SERVERS must be 1 to 255"
#endif
#if LWIP_DNS && (DNS_TABLE_SIZE < 1 || DNS_TABLE_SIZE > 32767)
#error "DNS_TABLE_SIZE must be 1 to 32767"
#endif
#if LWIP_DNS && (DNS_MAX_NAME_LENGTH < 2 || DNS_MAX_NAME_LENGTH > 256)
#error "DNS_MAX_NAME_LENGTH must be 2 to 256"
#endif
#if DNS_LOCAL_HOSTLIST && !DNS_LOCAL_HOSTLIST_IS_DYNAMIC && !defined DNS_LOCAL_HOSTLIST_INIT
#error "DNS_LOCAL_HOSTLIST is empty: define DNS_LOCAL_HOSTLIST_INIT, or set DNS_LOCAL_HOSTLIST_IS_DYNAMIC to 1"
#endif

/*
 * TCP
 */
#if LWIP_ALTCP && LWIP_EVENT_API
#error "LWIP_ALTCP is built on callbacks: set LWIP_EVENT_API to 0"
#endif
#if LWIP_ALTCP_TLS && !LWIP_ALTCP
#error "LWIP_ALTCP_TLS is a layer of altcp: set LWIP_ALTCP to 1"
#endif
#if LWIP_ALTCP && !LWIP_TCP
#error "LWIP_ALTCP needs TCP below it: set LWIP_TCP to 1"
#endif
#if LWIP_TCP
#if (LWIP_EVENT_API && LWIP_CALLBACK_API) || (!LWIP_EVENT_API && !LWIP_CALLBACK_API)
#error "TCP tells the program one way: set exactly one of LWIP_CALLBACK_API and LWIP_EVENT_API to 1"
#endif
#if (LWIP_X_TCP_HASH & (LWIP_X_TCP_HASH - 1)) || LWIP_X_TCP_HASH < 1 || LWIP_X_TCP_HASH > 0x10000
#error "LWIP_X_TCP_HASH must be a power of two up to 65536"
#endif
#if (LWIP_X_TCP_LISTEN_HASH & (LWIP_X_TCP_LISTEN_HASH - 1)) || LWIP_X_TCP_LISTEN_HASH < 1
#error "LWIP_X_TCP_LISTEN_HASH must be a power of two"
#endif
#if LWIP_X_TCP_CHALLENGES < 1 || LWIP_X_TCP_CHALLENGES > 15
#error "LWIP_X_TCP_CHALLENGES must be 1 to 15"
#endif
#if LWIP_X_TCP_DELACK_MS < 1 || LWIP_X_TCP_DELACK_MS >= 500
#error "LWIP_X_TCP_DELACK_MS must be less than 500 (RFC 9293 MUST-40)"
#endif
#if TCP_MSS < 48 || TCP_MSS > 65495
#error "TCP_MSS must be 48 to 65495: 1460 fits Ethernet"
#endif
#if LWIP_WND_SCALE && (TCP_RCV_SCALE < 0 || TCP_RCV_SCALE > 14)
#error "TCP_RCV_SCALE must be 0 to 14 (RFC 7323)"
#endif
#if LWIP_WND_SCALE && (TCP_WND >> TCP_RCV_SCALE) > 0xFFFF
#error "TCP_WND does not fit the window field: raise TCP_RCV_SCALE"
#endif
#if LWIP_WND_SCALE && (TCP_WND >> TCP_RCV_SCALE) < 1
#error "TCP_WND scaled is zero: lower TCP_RCV_SCALE"
#endif
#if !LWIP_WND_SCALE && TCP_WND > 0xFFFF
#error "TCP_WND over 65535 needs window scaling: set LWIP_WND_SCALE to 1 and TCP_RCV_SCALE, or lower TCP_WND"
#endif
#if !LWIP_WND_SCALE && TCP_SND_BUF > 0xFFFF
#error "TCP_SND_BUF over 65535 needs LWIP_WND_SCALE 1"
#endif
#if TCP_SND_QUEUELEN > 0xFFFF || TCP_SND_QUEUELEN < 2
#error "TCP_SND_QUEUELEN must be 2 to 65535"
#endif
#if TCP_MAXRTX > 255 || TCP_SYNMAXRTX > 255 || TCP_MAXRTX < 1 || TCP_SYNMAXRTX < 1
#error "TCP_MAXRTX and TCP_SYNMAXRTX must be 1 to 255"
#endif
#if TCP_LISTEN_BACKLOG && (TCP_DEFAULT_LISTEN_BACKLOG < 1 || TCP_DEFAULT_LISTEN_BACKLOG > 0xff)
#error "TCP_DEFAULT_LISTEN_BACKLOG must be 1 to 255"
#endif
#if LWIP_X_TCP_RACK && !LWIP_X_TCP_SACK
#error "LWIP_X_TCP_RACK needs to know what arrived: set LWIP_X_TCP_SACK to 1"
#endif
#if LWIP_X_TCP_PRR && !LWIP_X_TCP_SACK
#error "LWIP_X_TCP_PRR needs to know what arrived: set LWIP_X_TCP_SACK to 1"
#endif
#if LWIP_X_TCP_UNDO && !LWIP_X_TCP_SACK
#error "LWIP_X_TCP_UNDO needs to know what arrived: set LWIP_X_TCP_SACK to 1"
#endif
#if LWIP_X_TCP_FASTOPEN && (LWIP_X_TCP_FASTOPEN_CACHE < 1 || LWIP_X_TCP_FASTOPEN_CACHE > 255)
#error "LWIP_X_TCP_FASTOPEN_CACHE must be 1 to 255"
#endif
#if LWIP_X_TCP_DSACK && !LWIP_TCP_SACK_OUT
#error "LWIP_X_TCP_DSACK is a block of a SACK option: set LWIP_TCP_SACK_OUT to 1"
#endif
#if LWIP_X_TCP_TSO && LWIP_NETIF_TX_SINGLE_PBUF
#error "LWIP_X_TCP_TSO gives drivers chains: set LWIP_NETIF_TX_SINGLE_PBUF to 0"
#endif
#if LWIP_X_VLAN_OFFLOAD && !ETHARP_SUPPORT_VLAN
#error "LWIP_X_VLAN_OFFLOAD is about tags: set ETHARP_SUPPORT_VLAN to 1"
#endif
#if LWIP_TCP_SACK_OUT && !TCP_QUEUE_OOSEQ
#error "LWIP_TCP_SACK_OUT reports what TCP_QUEUE_OOSEQ keeps: set TCP_QUEUE_OOSEQ to 1"
#endif
#if LWIP_TCP_SACK_OUT && LWIP_TCP_MAX_SACK_NUM < 1
#error "LWIP_TCP_MAX_SACK_NUM must be at least 1: 4 is what a segment holds"
#endif
#if !defined LWIP_DISABLE_TCP_SANITY_CHECKS
#if LWIP_X_TCP_WND_START < TCP_MSS || LWIP_X_TCP_WND_START > TCP_WND
#error "LWIP_X_TCP_WND_START must be TCP_MSS at least and TCP_WND at most"
#endif
#if LWIP_X_TCP_SND_BUF_START > TCP_SND_BUF || (LWIP_X_TCP_AUTOSIZE && LWIP_X_TCP_SND_BUF_START < 2 * TCP_MSS)
#error "LWIP_X_TCP_SND_BUF_START must be 2 * TCP_MSS at least and TCP_SND_BUF at most"
#endif
#if LWIP_X_TCP_AUTOSIZE < 2 && (LWIP_X_TCP_WND_START != TCP_WND || LWIP_X_TCP_SND_BUF_START != TCP_SND_BUF)
#error "LWIP_X_TCP_WND_START and LWIP_X_TCP_SND_BUF_START are for LWIP_X_TCP_AUTOSIZE 2: set that, or leave them out"
#endif
#if TCP_WND < TCP_MSS
#error "TCP_WND below TCP_MSS: the peer could never send a full segment; raise it to 2 * TCP_MSS or more"
#endif
#if TCP_SND_BUF < 2 * TCP_MSS
#error "TCP_SND_BUF below 2 * TCP_MSS: each segment would wait for a delayed acknowledgement; raise it"
#endif
#if TCP_SNDLOWAT >= TCP_SND_BUF
#error "TCP_SNDLOWAT must be below TCP_SND_BUF, or a connection never becomes writable"
#endif
#if TCP_SNDQUEUELOWAT >= TCP_SND_QUEUELEN
#error "TCP_SNDQUEUELOWAT must be below TCP_SND_QUEUELEN, or a connection never becomes writable"
#endif
#endif
#endif
