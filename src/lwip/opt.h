/**
 * The options of the stack.  A program sets its own in a header lwipopts.h on its include path; what it leaves open gets
 * its default here.  Without any lwipopts.h the set of lwip/x_defaults.h is taken: bare metal, IPv4 with DHCP and DNS
 * over Ethernet.
 *
 * Names and defaults are those of lwIP 2.1.3; where a default differs, docs/DIFFERENCES.md says why.  Options of our own
 * are in lwip/x_opt.h, those of applications in lwip/apps/<name>_opts.h.  The last part of this page describes the hooks.
 */
#ifndef LWIP_HDR_OPT_H
#define LWIP_HDR_OPT_H

#include "lwip/x_lwipopts.h"

#include "lwip/debug.h"

/*
 * System and ports.  NO_SYS says who runs the stack: 1 is bare metal (a main loop, or interrupts, no threads), 0 is
 * an operating system with the port's sys_arch.
 */
/** 1: bare metal, no threads; 0: with an operating system (sys_arch). */
#ifndef NO_SYS
#define NO_SYS 0
#endif
/** 1: the port brings its own timeouts implementation instead of ours. */
#ifndef LWIP_TIMERS_CUSTOM
#define LWIP_TIMERS_CUSTOM 0
#endif

/** 1: sys_timeout() and the stack's own timers; 0: the program calls tcp_tmr() and friends itself.
 *  NO_SYS_NO_TIMERS is the older spelling of the latter. */
#ifndef LWIP_TIMERS
#ifdef NO_SYS_NO_TIMERS
#define LWIP_TIMERS (!NO_SYS || (NO_SYS && !NO_SYS_NO_TIMERS))
#else
#define LWIP_TIMERS 1
#endif
#endif
/** 1: API messages never live on the caller's stack (memory protection units). */
#ifndef LWIP_MPU_COMPATIBLE
#define LWIP_MPU_COMPATIBLE 0
#endif
/** 1: callers lock the core instead of sending a message to the stack's thread. */
#ifndef LWIP_TCPIP_CORE_LOCKING
#define LWIP_TCPIP_CORE_LOCKING 1
#endif
/** 1: drivers lock the core to deliver a packet instead of posting it. */
#ifndef LWIP_TCPIP_CORE_LOCKING_INPUT
#define LWIP_TCPIP_CORE_LOCKING_INPUT 0
#endif
/** 1: short critical sections through the port's sys_arch_protect(); 0 on a Cortex-M without an operating system:
 *  interrupts are masked in line. */
#ifndef SYS_LIGHTWEIGHT_PROT
#define SYS_LIGHTWEIGHT_PROT 1
#endif
/** Called on entry of functions that need the core lock; the port may check it here. */
#ifndef LWIP_ASSERT_CORE_LOCKED
#define LWIP_ASSERT_CORE_LOCKED()
#endif
/** Called once by the stack's thread when it starts. */
#ifndef LWIP_MARK_TCPIP_THREAD
#define LWIP_MARK_TCPIP_THREAD()
#endif

/*
 * Copying
 */
#include <string.h>
#if !defined(MEMCPY) && defined(__GNUC__) && defined(__ARM_ARCH_PROFILE) && __ARM_ARCH_PROFILE == 'M'
#define LWIP_X_COPY 1
#ifdef __cplusplus
extern "C"
#endif
  void
  lwip_x_copy(void *to, const void *from, size_t len);
#define MEMCPY(dst, src, len) lwip_x_copy(dst, src, len)
#else
#define LWIP_X_COPY 0
#endif
/** Copies that may be long. */
#ifndef MEMCPY
#define MEMCPY(dst, src, len) memcpy(dst, src, len)
#endif
/** Copies that are short and of a length known at compile time. */
#ifndef SMEMCPY
#define SMEMCPY(dst, src, len) memcpy(dst, src, len)
#endif
/** Overlapping copies. */
#ifndef MEMMOVE
#define MEMMOVE(dst, src, len) memmove(dst, src, len)
#endif

/*
 * Heap
 */
/** 1: the heap is the C library's malloc() (or mem_clib_malloc and friends). */
#ifndef MEM_LIBC_MALLOC
#define MEM_LIBC_MALLOC 0
#endif
/** 1: every pool element comes from the heap; pool sizes no longer limit. */
#ifndef MEMP_MEM_MALLOC
#define MEMP_MEM_MALLOC 0
#endif
/** 1: pools are zeroed at start, for memory that does not start as zeros. */
#ifndef MEMP_MEM_INIT
#define MEMP_MEM_INIT 0
#endif

/** Octets that heap and pools align to; a power of two.  The size of a pointer unless set: lwIP's 1 traps or is slow
 *  on most machines. */
#ifndef MEM_ALIGNMENT
#ifdef __SIZEOF_POINTER__
#define MEM_ALIGNMENT __SIZEOF_POINTER__
#else
#define MEM_ALIGNMENT 4
#endif
#endif
/** Octets of the heap. */
#ifndef MEM_SIZE
#define MEM_SIZE 1600
#endif
/** Guard octets around pool elements: 1 checks them on free, 2 checks all on every call (slow). */
#ifndef MEMP_OVERFLOW_CHECK
#define MEMP_OVERFLOW_CHECK 0
#endif
/** 1: look for cycles in the free lists on every free. */
#ifndef MEMP_SANITY_CHECK
#define MEMP_SANITY_CHECK 0
#endif
/** The same as MEMP_OVERFLOW_CHECK for blocks of the heap. */
#ifndef MEM_OVERFLOW_CHECK
#define MEM_OVERFLOW_CHECK 0
#endif
/** 1: check the whole heap on every call. */
#ifndef MEM_SANITY_CHECK
#define MEM_SANITY_CHECK 0
#endif
/** 1: mem_malloc() takes from pools listed in lwippools.h. */
#ifndef MEM_USE_POOLS
#define MEM_USE_POOLS 0
#endif
/** 1: and from the next bigger pool when one is empty. */
#ifndef MEM_USE_POOLS_TRY_BIGGER_POOL
#define MEM_USE_POOLS_TRY_BIGGER_POOL 0
#endif
/** 1: lwippools.h holds pools of the program. */
#ifndef MEMP_USE_CUSTOM_POOLS
#define MEMP_USE_CUSTOM_POOLS 0
#endif
/** 1: mem_free() and pbuf_free() may be called from interrupts. */
#ifndef LWIP_ALLOW_MEM_FREE_FROM_OTHER_CONTEXT
#define LWIP_ALLOW_MEM_FREE_FROM_OTHER_CONTEXT 0
#endif

/*
 * Pools (number of elements)
 */
/** Pbufs of type ROM and REF. */
#ifndef MEMP_NUM_PBUF
#define MEMP_NUM_PBUF 16
#endif
/** Raw pcbs. */
#ifndef MEMP_NUM_RAW_PCB
#define MEMP_NUM_RAW_PCB 4
#endif
/** UDP pcbs, DHCP's and DNS's included. */
#ifndef MEMP_NUM_UDP_PCB
#define MEMP_NUM_UDP_PCB 4
#endif
/** TCP connections. */
#ifndef MEMP_NUM_TCP_PCB
#define MEMP_NUM_TCP_PCB 5
#endif
/** Listening TCP pcbs. */
#ifndef MEMP_NUM_TCP_PCB_LISTEN
#define MEMP_NUM_TCP_PCB_LISTEN 8
#endif
/** TCP segments queued for sending. */
#ifndef MEMP_NUM_TCP_SEG
#define MEMP_NUM_TCP_SEG 16
#endif
/** Altcp pcbs, one a layer. */
#ifndef MEMP_NUM_ALTCP_PCB
#define MEMP_NUM_ALTCP_PCB MEMP_NUM_TCP_PCB
#endif
/** IP packets in reassembly. */
#ifndef MEMP_NUM_REASSDATA
#define MEMP_NUM_REASSDATA 5
#endif
/** Not used: fragments are sent one at a time, as copies in PBUF_POOL. */
#ifndef MEMP_NUM_FRAG_PBUF
#define MEMP_NUM_FRAG_PBUF 15
#endif
/** Packets waiting for an ARP answer (with ARP_QUEUEING). */
#ifndef MEMP_NUM_ARP_QUEUE
#define MEMP_NUM_ARP_QUEUE 30
#endif
/** IPv4 group memberships, 224.0.0.1 of each interface included. */
#ifndef MEMP_NUM_IGMP_GROUP
#define MEMP_NUM_IGMP_GROUP 8
#endif

/** What lwIP's own timers take from the timeout pool.  Ours take nothing (stack/base/timer.h); the name stays, because
 *  programs size their pool with it, and all of it is theirs. */
#ifdef PPP_NUM_TIMEOUTS
#define LWIP_X_PPP_TIMEOUTS PPP_NUM_TIMEOUTS
#else
#define LWIP_X_PPP_TIMEOUTS 0
#endif
#define LWIP_NUM_SYS_TIMEOUT_INTERNAL                                                                                 \
  (LWIP_TCP + IP_REASSEMBLY + LWIP_ARP + (2 * LWIP_DHCP) + LWIP_AUTOIP + LWIP_IGMP + LWIP_DNS + LWIP_X_PPP_TIMEOUTS + \
   (LWIP_IPV6 * (1 + LWIP_IPV6_REASS + LWIP_IPV6_MLD)))
/** Timeouts pending through sys_timeout(); the stack's own need none. */
#ifndef MEMP_NUM_SYS_TIMEOUT
#define MEMP_NUM_SYS_TIMEOUT LWIP_NUM_SYS_TIMEOUT_INTERNAL
#endif
/** Netbufs. */
#ifndef MEMP_NUM_NETBUF
#define MEMP_NUM_NETBUF 2
#endif
/** Netconns, and so sockets. */
#ifndef MEMP_NUM_NETCONN
#define MEMP_NUM_NETCONN 4
#endif
/** Threads inside lwip_select() and lwip_poll() (with LWIP_MPU_COMPATIBLE). */
#ifndef MEMP_NUM_SELECT_CB
#define MEMP_NUM_SELECT_CB 4
#endif
/** Messages to the stack's thread. */
#ifndef MEMP_NUM_TCPIP_MSG_API
#define MEMP_NUM_TCPIP_MSG_API 8
#endif
/** Received packets on their way to the stack's thread. */
#ifndef MEMP_NUM_TCPIP_MSG_INPKT
#define MEMP_NUM_TCPIP_MSG_INPKT 8
#endif
/** Lwip_getaddrinfo() results not yet freed. */
#ifndef MEMP_NUM_NETDB
#define MEMP_NUM_NETDB 1
#endif
/** Entries of the dynamic local host list of DNS. */
#ifndef MEMP_NUM_LOCALHOSTLIST
#define MEMP_NUM_LOCALHOSTLIST 1
#endif
/** Pbufs of type POOL. */
#ifndef PBUF_POOL_SIZE
#define PBUF_POOL_SIZE 16
#endif
/** Netconn calls at the same time (with LWIP_MPU_COMPATIBLE). */
#ifndef MEMP_NUM_API_MSG
#define MEMP_NUM_API_MSG MEMP_NUM_TCPIP_MSG_API
#endif
/** Netconn_gethostbyname() calls at the same time (with LWIP_MPU_COMPATIBLE). */
#ifndef MEMP_NUM_DNS_API_MSG
#define MEMP_NUM_DNS_API_MSG MEMP_NUM_TCPIP_MSG_API
#endif
/** Socket option calls at the same time (with LWIP_MPU_COMPATIBLE). */
#ifndef MEMP_NUM_SOCKET_SETGETSOCKOPT_DATA
#define MEMP_NUM_SOCKET_SETGETSOCKOPT_DATA MEMP_NUM_TCPIP_MSG_API
#endif
/** Netifapi calls at the same time (with LWIP_MPU_COMPATIBLE). */
#ifndef MEMP_NUM_NETIFAPI_MSG
#define MEMP_NUM_NETIFAPI_MSG MEMP_NUM_TCPIP_MSG_API
#endif

/*
 * ARP and Ethernet
 */
/** ARP for IPv4 over Ethernet. */
#ifndef LWIP_ARP
#define LWIP_ARP 1
#endif
/** Neighbours remembered. */
#ifndef ARP_TABLE_SIZE
#define ARP_TABLE_SIZE 10
#endif
/** Seconds an entry lives unless it is confirmed. */
#ifndef ARP_MAXAGE
#define ARP_MAXAGE 300
#endif
/** 1: keep up to ARP_QUEUE_LEN packets for an unresolved neighbour; 0: only the newest. */
#ifndef ARP_QUEUEING
#define ARP_QUEUEING 0
#endif
/** Packets kept for one neighbour. */
#ifndef ARP_QUEUE_LEN
#define ARP_QUEUE_LEN 3
#endif
/** 1: 802.1Q tags are understood (hooks LWIP_HOOK_VLAN_CHECK and _SET decide). */
#ifndef ETHARP_SUPPORT_VLAN
#define ETHARP_SUPPORT_VLAN 0
#endif
/** Ethernet frames, also without ARP (PPPoE). */
#ifndef LWIP_ETHERNET
#define LWIP_ETHERNET LWIP_ARP
#endif
/** Octets before the Ethernet header, so that the IP header is aligned to 4 (2 does it). */
#ifndef ETH_PAD_SIZE
#define ETH_PAD_SIZE 0
#endif
/** 1: etharp_add_static_entry() and etharp_remove_static_entry(). */
#ifndef ETHARP_SUPPORT_STATIC_ENTRIES
#define ETHARP_SUPPORT_STATIC_ENTRIES 0
#endif
/** 1: the same address on two interfaces is two neighbours. */
#ifndef ETHARP_TABLE_MATCH_NETIF
#define ETHARP_TABLE_MATCH_NETIF !LWIP_SINGLE_NETIF
#endif

/*
 * IPv4
 */
/** IPv4. */
#ifndef LWIP_IPV4
#define LWIP_IPV4 1
#endif
/** 1: route packets between interfaces. */
#ifndef IP_FORWARD
#define IP_FORWARD 0
#endif
/** Put fragments together. */
#ifndef IP_REASSEMBLY
#define IP_REASSEMBLY 1
#endif
/** Fragment packets that are bigger than the interface's MTU. */
#ifndef IP_FRAG
#define IP_FRAG 1
#endif
/** 1: skip IP options (source routes are dropped always); 0: drop packets that have any. */
#ifndef IP_OPTIONS_ALLOWED
#define IP_OPTIONS_ALLOWED 1
#endif
/** Seconds to wait for missing fragments. */
#ifndef IP_REASS_MAXAGE
#define IP_REASS_MAXAGE 15
#endif
/** Pbufs held for reassembly. */
#ifndef IP_REASS_MAX_PBUFS
#define IP_REASS_MAX_PBUFS 10
#endif
/** Time to live of what we send. */
#ifndef IP_DEFAULT_TTL
#define IP_DEFAULT_TTL 255
#endif
/** 1: sending to a broadcast address needs SOF_BROADCAST on the pcb. */
#ifndef IP_SOF_BROADCAST
#define IP_SOF_BROADCAST 0
#endif
/** 1: so does receiving one. */
#ifndef IP_SOF_BROADCAST_RECV
#define IP_SOF_BROADCAST_RECV 0
#endif
/** 1: forward out of the interface the packet came in by. */
#ifndef IP_FORWARD_ALLOW_TX_ON_RX_NETIF
#define IP_FORWARD_ALLOW_TX_ON_RX_NETIF 0
#endif

/* Without IPv4 these are off, whatever lwipopts.h says. */
#if !LWIP_IPV4
#undef IP_FORWARD
#define IP_FORWARD 0
#undef IP_REASSEMBLY
#define IP_REASSEMBLY 0
#undef IP_FRAG
#define IP_FRAG 0
#endif

/*
 * ICMP
 */
/** Answer pings, send and understand errors. */
#ifndef LWIP_ICMP
#define LWIP_ICMP 1
#endif
/** Time to live of ICMP messages. */
#ifndef ICMP_TTL
#define ICMP_TTL IP_DEFAULT_TTL
#endif
/** 1: answer pings to broadcast addresses. */
#ifndef LWIP_BROADCAST_PING
#define LWIP_BROADCAST_PING 0
#endif
/** 1: answer pings to groups. */
#ifndef LWIP_MULTICAST_PING
#define LWIP_MULTICAST_PING 0
#endif

/*
 * Raw pcbs
 */
/** The application may receive and send IP packets itself. */
#ifndef LWIP_RAW
#define LWIP_RAW 0
#endif
/** Time to live of what raw pcbs send. */
#ifndef RAW_TTL
#define RAW_TTL IP_DEFAULT_TTL
#endif

/*
 * DHCP for IPv4
 */
/** DHCP client. */
#ifndef LWIP_DHCP
#define LWIP_DHCP 0
#endif
/** 1: probe an offered address before using it. */
#ifndef DHCP_DOES_ARP_CHECK
#define DHCP_DOES_ARP_CHECK (LWIP_DHCP && LWIP_ARP)
#endif
/** 1: keep the name of the boot file. */
#ifndef LWIP_DHCP_BOOTP_FILE
#define LWIP_DHCP_BOOTP_FILE 0
#endif
/** 1: ask for NTP servers and hand them to dhcp_set_ntp_servers(). */
#ifndef LWIP_DHCP_GET_NTP_SRV
#define LWIP_DHCP_GET_NTP_SRV 0
#endif
/** NTP servers taken from an answer. */
#ifndef LWIP_DHCP_MAX_NTP_SERVERS
#define LWIP_DHCP_MAX_NTP_SERVERS 1
#endif
/** DNS servers taken from an answer. */
#ifndef LWIP_DHCP_MAX_DNS_SERVERS
#define LWIP_DHCP_MAX_DNS_SERVERS DNS_MAX_SERVERS
#endif

/*
 * AutoIP
 */
/** Link-local IPv4 addresses. */
#ifndef LWIP_AUTOIP
#define LWIP_AUTOIP 0
#endif
/** 1: take a link-local address while DHCP gets no answer. */
#ifndef LWIP_DHCP_AUTOIP_COOP
#define LWIP_DHCP_AUTOIP_COOP 0
#endif
/** DISCOVER messages before that happens. */
#ifndef LWIP_DHCP_AUTOIP_COOP_TRIES
#define LWIP_DHCP_AUTOIP_COOP_TRIES 9
#endif

#if !LWIP_IPV4
#undef LWIP_DHCP
#define LWIP_DHCP 0
#undef LWIP_AUTOIP
#define LWIP_AUTOIP 0
#endif

/*
 * SNMP
 */
/** 1: the application implements mib2_netif_added() and friends. */
#ifndef LWIP_MIB2_CALLBACKS
#define LWIP_MIB2_CALLBACKS 0
#endif

/*
 * Groups
 */
/** IGMP: memberships of IPv4 groups. */
#ifndef LWIP_IGMP
#define LWIP_IGMP 0
#endif
/** Interface, TTL and loopback of group packets by pcb. */
#ifndef LWIP_MULTICAST_TX_OPTIONS
#define LWIP_MULTICAST_TX_OPTIONS ((LWIP_IGMP || LWIP_IPV6_MLD) && (LWIP_UDP || LWIP_RAW))
#endif

#if !LWIP_IPV4
#undef LWIP_IGMP
#define LWIP_IGMP 0
#endif

/*
 * DNS
 */
/** DNS client. */
#ifndef LWIP_DNS
#define LWIP_DNS 0
#endif
/** Names cached or asked at the same time. */
#ifndef DNS_TABLE_SIZE
#define DNS_TABLE_SIZE 4
#endif
/** Octets of a name, with the terminating zero. */
#ifndef DNS_MAX_NAME_LENGTH
#define DNS_MAX_NAME_LENGTH 256
#endif
/** Servers known. */
#ifndef DNS_MAX_SERVERS
#define DNS_MAX_SERVERS 2
#endif
/** Times a question is sent to one server. */
#ifndef DNS_MAX_RETRIES
#define DNS_MAX_RETRIES 4
#endif
/** Kept for compatibility: the name in an answer is always compared. */
#ifndef DNS_DOES_NAME_CHECK
#define DNS_DOES_NAME_CHECK 1
#endif

/** Kept for compatibility: ids and source ports are always random, and a question is never asked twice at a time. */
#define LWIP_DNS_SECURE_RAND_XID 1
#define LWIP_DNS_SECURE_NO_MULTIPLE_OUTSTANDING 2
#define LWIP_DNS_SECURE_RAND_SRC_PORT 4
#ifndef LWIP_DNS_SECURE
#define LWIP_DNS_SECURE \
  (LWIP_DNS_SECURE_RAND_XID | LWIP_DNS_SECURE_NO_MULTIPLE_OUTSTANDING | LWIP_DNS_SECURE_RAND_SRC_PORT)
#endif
/** 1: a table of names that need no server, DNS_LOCAL_HOSTLIST_INIT. */
#ifndef DNS_LOCAL_HOSTLIST
#define DNS_LOCAL_HOSTLIST 0
#endif
/** 1: and the program may change it. */
#ifndef DNS_LOCAL_HOSTLIST_IS_DYNAMIC
#define DNS_LOCAL_HOSTLIST_IS_DYNAMIC 0
#endif
/** 1: names under .local are asked by multicast. */
#ifndef LWIP_DNS_SUPPORT_MDNS_QUERIES
#define LWIP_DNS_SUPPORT_MDNS_QUERIES 0
#endif

/*
 * UDP
 */
/** UDP. */
#ifndef LWIP_UDP
#define LWIP_UDP 1
#endif
/** UDP-Lite. */
#ifndef LWIP_UDPLITE
#define LWIP_UDPLITE 0
#endif
/** Time to live of UDP datagrams. */
#ifndef UDP_TTL
#define UDP_TTL IP_DEFAULT_TTL
#endif
/** 1: a netbuf knows the destination address of what was received. */
#ifndef LWIP_NETBUF_RECVINFO
#define LWIP_NETBUF_RECVINFO 0
#endif

/*
 * TCP
 */
/** TCP. */
#ifndef LWIP_TCP
#define LWIP_TCP 1
#endif
/** Time to live of TCP segments. */
#ifndef TCP_TTL
#define TCP_TTL IP_DEFAULT_TTL
#endif
/** Octets of the receive window. */
#ifndef TCP_WND
#define TCP_WND (4 * TCP_MSS)
#endif
/** Times a segment is sent again before the connection is given up. */
#ifndef TCP_MAXRTX
#define TCP_MAXRTX 12
#endif
/** The same for a SYN: after 1, 2, 4, ... s; 7: given up after three minutes (RFC 9293 MUST-23). */
#ifndef TCP_SYNMAXRTX
#define TCP_SYNMAXRTX 7
#endif
/** Keep segments that arrive out of order. */
#ifndef TCP_QUEUE_OOSEQ
#define TCP_QUEUE_OOSEQ LWIP_TCP
#endif
/** 1: tell the peer what arrived out of order (SACK, RFC 2018). */
#ifndef LWIP_TCP_SACK_OUT
#define LWIP_TCP_SACK_OUT 0
#endif
/** Blocks in one such report. */
#ifndef LWIP_TCP_MAX_SACK_NUM
#define LWIP_TCP_MAX_SACK_NUM 4
#endif
/** Octets of text in one segment, at most what the MTU allows; Ethernet: 1460. */
#ifndef TCP_MSS
#define TCP_MSS 536
#endif
/** 1: respect the MTU of the outgoing interface. */
#ifndef TCP_CALCULATE_EFF_SEND_MSS
#define TCP_CALCULATE_EFF_SEND_MSS 1
#endif
/** Octets a connection may queue for sending. */
#ifndef TCP_SND_BUF
#define TCP_SND_BUF (2 * TCP_MSS)
#endif
/** Pbufs it may queue for sending. */
#ifndef TCP_SND_QUEUELEN
#define TCP_SND_QUEUELEN ((4 * (TCP_SND_BUF) + (TCP_MSS - 1)) / (TCP_MSS))
#endif
/** Octets free before a connection counts as writable. */
#ifndef TCP_SNDLOWAT
#define TCP_SNDLOWAT LWIP_MIN(LWIP_MAX(((TCP_SND_BUF) / 2), (2 * TCP_MSS) + 1), (TCP_SND_BUF)-1)
#endif
/** Pbufs free before a connection counts as writable. */
#ifndef TCP_SNDQUEUELOWAT
#define TCP_SNDQUEUELOWAT LWIP_MAX(((TCP_SND_QUEUELEN) / 2), 5)
#endif
/** Octets kept out of order by one connection; 0: the window limits. */
#ifndef TCP_OOSEQ_MAX_BYTES
#define TCP_OOSEQ_MAX_BYTES 0
#endif

/** The same by connection: an expression of pcb. */
#if !defined TCP_OOSEQ_BYTES_LIMIT && TCP_OOSEQ_MAX_BYTES
#define TCP_OOSEQ_BYTES_LIMIT(pcb) TCP_OOSEQ_MAX_BYTES
#endif
/** Pbufs kept out of order by one connection; 0: the window limits. */
#ifndef TCP_OOSEQ_MAX_PBUFS
#define TCP_OOSEQ_MAX_PBUFS 0
#endif

/** The same by connection: an expression of pcb. */
#if !defined TCP_OOSEQ_PBUFS_LIMIT && TCP_OOSEQ_MAX_PBUFS
#define TCP_OOSEQ_PBUFS_LIMIT(pcb) TCP_OOSEQ_MAX_PBUFS
#endif
/** 1: tcp_listen_with_backlog() limits connections that are not yet accepted. */
#ifndef TCP_LISTEN_BACKLOG
#define TCP_LISTEN_BACKLOG 0
#endif
/** The limit of tcp_listen(). */
#ifndef TCP_DEFAULT_LISTEN_BACKLOG
#define TCP_DEFAULT_LISTEN_BACKLOG 0xff
#endif
/** Octets allocated ahead when data are copied in small pieces; 0: none. */
#ifndef TCP_OVERSIZE
#define TCP_OVERSIZE TCP_MSS
#endif
/** 1: timestamps and PAWS (RFC 7323). */
#ifndef LWIP_TCP_TIMESTAMPS
#define LWIP_TCP_TIMESTAMPS 0
#endif
/** Octets the window must open by before the peer is told. */
#ifndef TCP_WND_UPDATE_THRESHOLD
#define TCP_WND_UPDATE_THRESHOLD LWIP_MIN((TCP_WND / 4), (TCP_MSS * 4))
#endif

/** How TCP tells the program: callbacks set by connection, or one function lwip_tcp_event() for all; exactly one of them. */
#if !defined LWIP_EVENT_API && !defined LWIP_CALLBACK_API
#define LWIP_EVENT_API 0
#define LWIP_CALLBACK_API 1
#endif
#ifndef LWIP_EVENT_API
#define LWIP_EVENT_API 0
#endif
#ifndef LWIP_CALLBACK_API
#define LWIP_CALLBACK_API 0
#endif
/** 1: windows over 65535 octets (RFC 7323); see TCP_RCV_SCALE. */
#ifndef LWIP_WND_SCALE
#define LWIP_WND_SCALE 0
#endif
/** Shift of our window, 0 to 14. */
#ifndef TCP_RCV_SCALE
#define TCP_RCV_SCALE 0
#endif
/** Pointers that extensions may keep in a pcb (tcp_ext_arg_alloc_id()). */
#ifndef LWIP_TCP_PCB_NUM_EXT_ARGS
#define LWIP_TCP_PCB_NUM_EXT_ARGS 0
#endif
/** Altcp: TCP, TLS and proxies behind one interface. */
#ifndef LWIP_ALTCP
#define LWIP_ALTCP 0
#endif
/** TLS over altcp. */
#ifndef LWIP_ALTCP_TLS
#define LWIP_ALTCP_TLS 0
#endif

/*
 * Packet buffers
 */

/** Octets of link header: Ethernet's, with room for a VLAN tag if tags are sent. */
#ifndef PBUF_LINK_HLEN
#ifdef LWIP_HOOK_VLAN_SET
#define PBUF_LINK_HLEN (18 + ETH_PAD_SIZE)
#else
#define PBUF_LINK_HLEN (14 + ETH_PAD_SIZE)
#endif
#endif
/** Octets a driver wants in front of the link header. */
#ifndef PBUF_LINK_ENCAPSULATION_HLEN
#define PBUF_LINK_ENCAPSULATION_HLEN 0
#endif
/** Octets of payload in a pbuf of the pool: a whole frame. */
#ifndef PBUF_POOL_BUFSIZE
#define PBUF_POOL_BUFSIZE \
  LWIP_MEM_ALIGN_SIZE(TCP_MSS + PBUF_IP_HLEN + PBUF_TRANSPORT_HLEN + PBUF_LINK_ENCAPSULATION_HLEN + PBUF_LINK_HLEN)
#endif
/** Type of a pbuf's reference count. */
#ifndef LWIP_PBUF_REF_T
#define LWIP_PBUF_REF_T u8_t
#endif
/** Members the program adds to struct pbuf. */
#ifndef LWIP_PBUF_CUSTOM_DATA
#define LWIP_PBUF_CUSTOM_DATA
#endif

/*
 * Network interfaces
 */
/** 1: there is exactly one interface; no list is searched. */
#ifndef LWIP_SINGLE_NETIF
#define LWIP_SINGLE_NETIF 0
#endif
/** 1: an interface has a hostname (sent by DHCP). */
#ifndef LWIP_NETIF_HOSTNAME
#define LWIP_NETIF_HOSTNAME 0
#endif
/** 1: netifapi, for threads. */
#ifndef LWIP_NETIF_API
#define LWIP_NETIF_API 0
#endif
/** 1: a callback when the interface goes up or down or its address changes. */
#ifndef LWIP_NETIF_STATUS_CALLBACK
#define LWIP_NETIF_STATUS_CALLBACK 0
#endif
/** 1: any number of callbacks for all interfaces, with the reason. */
#ifndef LWIP_NETIF_EXT_STATUS_CALLBACK
#define LWIP_NETIF_EXT_STATUS_CALLBACK 0
#endif
/** 1: a callback when the link comes or goes. */
#ifndef LWIP_NETIF_LINK_CALLBACK
#define LWIP_NETIF_LINK_CALLBACK 0
#endif
/** 1: a callback when the interface is removed. */
#ifndef LWIP_NETIF_REMOVE_CALLBACK
#define LWIP_NETIF_REMOVE_CALLBACK 0
#endif
/** 1: connections remember their neighbour's table entry. */
#ifndef LWIP_NETIF_HWADDRHINT
#define LWIP_NETIF_HWADDRHINT 0
#endif
/** 1: a packet to send is always one pbuf, for drivers that cannot gather. */
#ifndef LWIP_NETIF_TX_SINGLE_PBUF
#define LWIP_NETIF_TX_SINGLE_PBUF 0
#endif
/** Pointers that programs may keep in an interface (netif_alloc_client_data_id()). */
#ifndef LWIP_NUM_NETIF_CLIENT_DATA
#define LWIP_NUM_NETIF_CLIENT_DATA 0
#endif

/*
 * Loopback
 */
/** 1: packets to an interface's own address come back. */
#ifndef LWIP_NETIF_LOOPBACK
#define LWIP_NETIF_LOOPBACK 0
#endif
/** 1: there is an interface with 127.0.0.1. */
#ifndef LWIP_HAVE_LOOPIF
#define LWIP_HAVE_LOOPIF (LWIP_NETIF_LOOPBACK && !LWIP_SINGLE_NETIF)
#endif
/** 1: groups work on it. */
#ifndef LWIP_LOOPIF_MULTICAST
#define LWIP_LOOPIF_MULTICAST 0
#endif
/** Pbufs on their way back; 0: no limit. */
#ifndef LWIP_LOOPBACK_MAX_PBUFS
#define LWIP_LOOPBACK_MAX_PBUFS 0
#endif
/** 1: deliver them from the stack's thread; 0: netif_poll() does. */
#ifndef LWIP_NETIF_LOOPBACK_MULTITHREADING
#define LWIP_NETIF_LOOPBACK_MULTITHREADING (!NO_SYS)
#endif

/*
 * Threads
 */
/** The stack's thread. */
#ifndef TCPIP_THREAD_NAME
#define TCPIP_THREAD_NAME "tcpip_thread"
#endif
/** Its stack; the unit is the port's. */
#ifndef TCPIP_THREAD_STACKSIZE
#define TCPIP_THREAD_STACKSIZE 0
#endif
/** Its priority. */
#ifndef TCPIP_THREAD_PRIO
#define TCPIP_THREAD_PRIO 1
#endif
/** Messages waiting for it. */
#ifndef TCPIP_MBOX_SIZE
#define TCPIP_MBOX_SIZE 0
#endif
/** Called on every round of it, for a watchdog. */
#ifndef LWIP_TCPIP_THREAD_ALIVE
#define LWIP_TCPIP_THREAD_ALIVE()
#endif
/** The receiving thread of SLIP. */
#ifndef SLIPIF_THREAD_NAME
#define SLIPIF_THREAD_NAME "slipif_loop"
#endif
/** Its stack. */
#ifndef SLIPIF_THREAD_STACKSIZE
#define SLIPIF_THREAD_STACKSIZE 0
#endif
/** Its priority. */
#ifndef SLIPIF_THREAD_PRIO
#define SLIPIF_THREAD_PRIO 1
#endif
/** Other threads. */
#ifndef DEFAULT_THREAD_NAME
#define DEFAULT_THREAD_NAME "lwIP"
#endif
/** Their stack. */
#ifndef DEFAULT_THREAD_STACKSIZE
#define DEFAULT_THREAD_STACKSIZE 0
#endif
/** Their priority. */
#ifndef DEFAULT_THREAD_PRIO
#define DEFAULT_THREAD_PRIO 1
#endif
/** Packets waiting in a raw netconn. */
#ifndef DEFAULT_RAW_RECVMBOX_SIZE
#define DEFAULT_RAW_RECVMBOX_SIZE 0
#endif
/** Datagrams waiting in a UDP netconn. */
#ifndef DEFAULT_UDP_RECVMBOX_SIZE
#define DEFAULT_UDP_RECVMBOX_SIZE 0
#endif
/** Pieces of text waiting in a TCP netconn. */
#ifndef DEFAULT_TCP_RECVMBOX_SIZE
#define DEFAULT_TCP_RECVMBOX_SIZE 0
#endif
/** Connections waiting in a listening netconn. */
#ifndef DEFAULT_ACCEPTMBOX_SIZE
#define DEFAULT_ACCEPTMBOX_SIZE 0
#endif

/*
 * Netconn
 */
/** The sequential API (needs NO_SYS 0). */
#ifndef LWIP_NETCONN
#define LWIP_NETCONN 1
#endif
/** 1: tcpip_timeout() and tcpip_untimeout(). */
#ifndef LWIP_TCPIP_TIMEOUT
#define LWIP_TCPIP_TIMEOUT 0
#endif
/** 1: one semaphore a thread instead of one a netconn. */
#ifndef LWIP_NETCONN_SEM_PER_THREAD
#define LWIP_NETCONN_SEM_PER_THREAD 0
#endif
/** 1: one thread may read while another writes and a third closes. */
#ifndef LWIP_NETCONN_FULLDUPLEX
#define LWIP_NETCONN_FULLDUPLEX 0
#endif

/*
 * Sockets
 */
/** BSD sockets (needs LWIP_NETCONN). */
#ifndef LWIP_SOCKET
#define LWIP_SOCKET 1
#endif
/** 1: lwip/sockets.h and its sisters are only the program's headers LWIP_SOCKET_EXTERNAL_HEADER_SOCKETS_H and ..._INET_H. */
#ifndef LWIP_SOCKET_EXTERNAL_HEADERS
#define LWIP_SOCKET_EXTERNAL_HEADERS 0
#endif
/** 1: the names without lwip_ are macros; 2: they are functions.  Sketches have names of their own: 0 there. */
#ifndef LWIP_COMPAT_SOCKETS
#if defined(ARDUINO) && defined(__cplusplus)
#define LWIP_COMPAT_SOCKETS 0
#else
#define LWIP_COMPAT_SOCKETS 1
#endif
#endif
/** 1: read, write, close, fcntl too. */
#ifndef LWIP_POSIX_SOCKETS_IO_NAMES
#define LWIP_POSIX_SOCKETS_IO_NAMES 1
#endif
/** Number of the first socket. */
#ifndef LWIP_SOCKET_OFFSET
#define LWIP_SOCKET_OFFSET 0
#endif
/** 1: idle time, interval and count of keepalives by connection. */
#ifndef LWIP_TCP_KEEPALIVE
#define LWIP_TCP_KEEPALIVE 0
#endif
/** 1: SO_SNDTIMEO. */
#ifndef LWIP_SO_SNDTIMEO
#define LWIP_SO_SNDTIMEO 0
#endif
/** 1: SO_RCVTIMEO. */
#ifndef LWIP_SO_RCVTIMEO
#define LWIP_SO_RCVTIMEO 0
#endif
/** 1: both take an int of milliseconds instead of a struct timeval. */
#ifndef LWIP_SO_SNDRCVTIMEO_NONSTANDARD
#define LWIP_SO_SNDRCVTIMEO_NONSTANDARD 0
#endif
/** 1: SO_RCVBUF. */
#ifndef LWIP_SO_RCVBUF
#define LWIP_SO_RCVBUF 0
#endif
/** 1: SO_LINGER. */
#ifndef LWIP_SO_LINGER
#define LWIP_SO_LINGER 0
#endif
/** Octets a netconn holds for its reader unless SO_RCVBUF says otherwise. */
#ifndef RECV_BUFSIZE_DEFAULT
#define RECV_BUFSIZE_DEFAULT INT_MAX
#endif
/** Ms that closing may block. */
#ifndef LWIP_TCP_CLOSE_TIMEOUT_MS_DEFAULT
#define LWIP_TCP_CLOSE_TIMEOUT_MS_DEFAULT 20000
#endif
/** 1: SO_REUSEADDR. */
#ifndef SO_REUSE
#define SO_REUSE 0
#endif
/** 1: group and broadcast datagrams go to all pcbs that share the port. */
#ifndef SO_REUSE_RXTOALL
#define SO_REUSE_RXTOALL 0
#endif
/** 1: FIONREAD on a datagram socket tells the size of the next datagram. */
#ifndef LWIP_FIONREAD_LINUXMODE
#define LWIP_FIONREAD_LINUXMODE 0
#endif
/** Groups that sockets may be members of, all together. */
#ifndef LWIP_SOCKET_MAX_MEMBERSHIPS
#define LWIP_SOCKET_MAX_MEMBERSHIPS 4
#endif
/** Lwip_select(). */
#ifndef LWIP_SOCKET_SELECT
#define LWIP_SOCKET_SELECT 1
#endif
/** Lwip_poll(). */
#ifndef LWIP_SOCKET_POLL
#define LWIP_SOCKET_POLL 1
#endif

/*
 * Statistics
 */
/** Counters in lwip_stats. */
#ifndef LWIP_STATS
#define LWIP_STATS 1
#endif

#if LWIP_STATS
/** stats_display() prints them. */
#ifndef LWIP_STATS_DISPLAY
#define LWIP_STATS_DISPLAY 0
#endif
/* By part of the stack. */
#ifndef LINK_STATS
#define LINK_STATS 1
#endif
#ifndef ETHARP_STATS
#define ETHARP_STATS (LWIP_ARP)
#endif
#ifndef IP_STATS
#define IP_STATS 1
#endif
#ifndef IPFRAG_STATS
#define IPFRAG_STATS (IP_REASSEMBLY || IP_FRAG)
#endif
#ifndef ICMP_STATS
#define ICMP_STATS 1
#endif
#ifndef IGMP_STATS
#define IGMP_STATS (LWIP_IGMP)
#endif
#ifndef UDP_STATS
#define UDP_STATS (LWIP_UDP)
#endif
#ifndef TCP_STATS
#define TCP_STATS (LWIP_TCP)
#endif
#ifndef MEM_STATS
#define MEM_STATS ((MEM_LIBC_MALLOC == 0) && (MEM_USE_POOLS == 0))
#endif
#ifndef MEMP_STATS
#define MEMP_STATS (MEMP_MEM_MALLOC == 0)
#endif
#ifndef SYS_STATS
#define SYS_STATS (NO_SYS == 0)
#endif
#ifndef IP6_STATS
#define IP6_STATS (LWIP_IPV6)
#endif
#ifndef ICMP6_STATS
#define ICMP6_STATS (LWIP_IPV6 && LWIP_ICMP6)
#endif
#ifndef IP6_FRAG_STATS
#define IP6_FRAG_STATS (LWIP_IPV6 && (LWIP_IPV6_FRAG || LWIP_IPV6_REASS))
#endif
#ifndef MLD6_STATS
#define MLD6_STATS (LWIP_IPV6 && LWIP_IPV6_MLD)
#endif
#ifndef ND6_STATS
#define ND6_STATS (LWIP_IPV6)
#endif
/** Counters of the SNMP MIB-II (RFC 1213). */
#ifndef MIB2_STATS
#define MIB2_STATS 0
#endif
#else
#undef LWIP_STATS_DISPLAY
#define LWIP_STATS_DISPLAY 0
#undef LINK_STATS
#define LINK_STATS 0
#undef ETHARP_STATS
#define ETHARP_STATS 0
#undef IP_STATS
#define IP_STATS 0
#undef IPFRAG_STATS
#define IPFRAG_STATS 0
#undef ICMP_STATS
#define ICMP_STATS 0
#undef IGMP_STATS
#define IGMP_STATS 0
#undef UDP_STATS
#define UDP_STATS 0
#undef TCP_STATS
#define TCP_STATS 0
#undef MEM_STATS
#define MEM_STATS 0
#undef MEMP_STATS
#define MEMP_STATS 0
#undef SYS_STATS
#define SYS_STATS 0
#undef IP6_STATS
#define IP6_STATS 0
#undef ICMP6_STATS
#define ICMP6_STATS 0
#undef IP6_FRAG_STATS
#define IP6_FRAG_STATS 0
#undef MLD6_STATS
#define MLD6_STATS 0
#undef ND6_STATS
#define ND6_STATS 0
#undef MIB2_STATS
#define MIB2_STATS 0
#endif

/*
 * Checksums.  Set a GEN option to 0 when the hardware fills in that checksum, and a CHECK option to 0 when it drops
 * what is wrong.
 */
/** 1: each interface chooses at run time (NETIF_SET_CHECKSUM_CTRL()). */
#ifndef LWIP_CHECKSUM_CTRL_PER_NETIF
#define LWIP_CHECKSUM_CTRL_PER_NETIF 0
#endif
/** Fill in the IPv4 header's. */
#ifndef CHECKSUM_GEN_IP
#define CHECKSUM_GEN_IP 1
#endif
/** Fill in UDP's. */
#ifndef CHECKSUM_GEN_UDP
#define CHECKSUM_GEN_UDP 1
#endif
/** Fill in TCP's. */
#ifndef CHECKSUM_GEN_TCP
#define CHECKSUM_GEN_TCP 1
#endif
/** Fill in ICMP's. */
#ifndef CHECKSUM_GEN_ICMP
#define CHECKSUM_GEN_ICMP 1
#endif
/** Fill in ICMPv6's. */
#ifndef CHECKSUM_GEN_ICMP6
#define CHECKSUM_GEN_ICMP6 1
#endif
/** Check the IPv4 header's. */
#ifndef CHECKSUM_CHECK_IP
#define CHECKSUM_CHECK_IP 1
#endif
/** Check UDP's. */
#ifndef CHECKSUM_CHECK_UDP
#define CHECKSUM_CHECK_UDP 1
#endif
/** Check TCP's. */
#ifndef CHECKSUM_CHECK_TCP
#define CHECKSUM_CHECK_TCP 1
#endif
/** Check ICMP's. */
#ifndef CHECKSUM_CHECK_ICMP
#define CHECKSUM_CHECK_ICMP 1
#endif
/** Check ICMPv6's. */
#ifndef CHECKSUM_CHECK_ICMP6
#define CHECKSUM_CHECK_ICMP6 1
#endif
/** 1: sum up data while copying them into segments. */
#ifndef LWIP_CHECKSUM_ON_COPY
#define LWIP_CHECKSUM_ON_COPY 0
#endif

/*
 * IPv6
 */
/** IPv6. */
#ifndef LWIP_IPV6
#define LWIP_IPV6 0
#endif
/** Seconds to wait for missing fragments. */
#ifndef IPV6_REASS_MAXAGE
#define IPV6_REASS_MAXAGE 60
#endif
/** 1: addresses carry a zone. */
#ifndef LWIP_IPV6_SCOPES
#define LWIP_IPV6_SCOPES (LWIP_IPV6 && !LWIP_SINGLE_NETIF)
#endif
/** 1: assert that they do where they must. */
#ifndef LWIP_IPV6_SCOPES_DEBUG
#define LWIP_IPV6_SCOPES_DEBUG 0
#endif
/** Addresses of an interface, the link-local one included. */
#ifndef LWIP_IPV6_NUM_ADDRESSES
#define LWIP_IPV6_NUM_ADDRESSES 3
#endif
/** 1: route packets between interfaces. */
#ifndef LWIP_IPV6_FORWARD
#define LWIP_IPV6_FORWARD 0
#endif
/** Fragment packets that are bigger than the path allows. */
#ifndef LWIP_IPV6_FRAG
#define LWIP_IPV6_FRAG 1
#endif
/** Put fragments together. */
#ifndef LWIP_IPV6_REASS
#define LWIP_IPV6_REASS LWIP_IPV6
#endif
/** Ask for routers when an interface comes up. */
#ifndef LWIP_IPV6_SEND_ROUTER_SOLICIT
#define LWIP_IPV6_SEND_ROUTER_SOLICIT LWIP_IPV6
#endif
/** Addresses from router advertisements (SLAAC). */
#ifndef LWIP_IPV6_AUTOCONFIG
#define LWIP_IPV6_AUTOCONFIG LWIP_IPV6
#endif
/** Addresses become deprecated and invalid with time. */
#ifndef LWIP_IPV6_ADDRESS_LIFETIMES
#define LWIP_IPV6_ADDRESS_LIFETIMES LWIP_IPV6_AUTOCONFIG
#endif
/** Probes before an address is used; 0: none. */
#ifndef LWIP_IPV6_DUP_DETECT_ATTEMPTS
#define LWIP_IPV6_DUP_DETECT_ATTEMPTS 1
#endif

/*
 * ICMPv6
 */
/** ICMPv6. */
#ifndef LWIP_ICMP6
#define LWIP_ICMP6 LWIP_IPV6
#endif
/** Octets of the packet quoted in an error; 0: as many as fit the minimum MTU. */
#ifndef LWIP_ICMP6_DATASIZE
#define LWIP_ICMP6_DATASIZE 0
#endif
/** Hop limit of ICMPv6 messages. */
#ifndef LWIP_ICMP6_HL
#define LWIP_ICMP6_HL 255
#endif

/*
 * Multicast listener discovery
 */
/** Memberships of IPv6 groups. */
#ifndef LWIP_IPV6_MLD
#define LWIP_IPV6_MLD LWIP_IPV6
#endif
/** Of them at the same time. */
#ifndef MEMP_NUM_MLD6_GROUP
#define MEMP_NUM_MLD6_GROUP 4
#endif

/*
 * Neighbour discovery
 */
/** 1: keep packets for an unresolved neighbour. */
#ifndef LWIP_ND6_QUEUEING
#define LWIP_ND6_QUEUEING LWIP_IPV6
#endif
/** Packets kept. */
#ifndef MEMP_NUM_ND6_QUEUE
#define MEMP_NUM_ND6_QUEUE 20
#endif
/** Neighbours remembered. */
#ifndef LWIP_ND6_NUM_NEIGHBORS
#define LWIP_ND6_NUM_NEIGHBORS 10
#endif
/** Destinations remembered. */
#ifndef LWIP_ND6_NUM_DESTINATIONS
#define LWIP_ND6_NUM_DESTINATIONS 10
#endif
/** On-link prefixes remembered. */
#ifndef LWIP_ND6_NUM_PREFIXES
#define LWIP_ND6_NUM_PREFIXES 5
#endif
/** Routers remembered. */
#ifndef LWIP_ND6_NUM_ROUTERS
#define LWIP_ND6_NUM_ROUTERS 3
#endif
/** Solicitations to resolve a neighbour. */
#ifndef LWIP_ND6_MAX_MULTICAST_SOLICIT
#define LWIP_ND6_MAX_MULTICAST_SOLICIT 3
#endif
/** Solicitations to confirm one. */
#ifndef LWIP_ND6_MAX_UNICAST_SOLICIT
#define LWIP_ND6_MAX_UNICAST_SOLICIT 3
#endif
/** Ms. */
#ifndef LWIP_ND6_MAX_ANYCAST_DELAY_TIME
#define LWIP_ND6_MAX_ANYCAST_DELAY_TIME 1000
#endif
/** Unsolicited advertisements. */
#ifndef LWIP_ND6_MAX_NEIGHBOR_ADVERTISEMENT
#define LWIP_ND6_MAX_NEIGHBOR_ADVERTISEMENT 3
#endif
/** Ms a neighbour counts as reachable, unless a router says otherwise. */
#ifndef LWIP_ND6_REACHABLE_TIME
#define LWIP_ND6_REACHABLE_TIME 30000
#endif
/** Ms between solicitations. */
#ifndef LWIP_ND6_RETRANS_TIMER
#define LWIP_ND6_RETRANS_TIMER 1000
#endif
/** Ms to wait for the upper layers before probing. */
#ifndef LWIP_ND6_DELAY_FIRST_PROBE_TIME
#define LWIP_ND6_DELAY_FIRST_PROBE_TIME 5000
#endif
/** 1: routers may change the times, the MTU and the hop limit. */
#ifndef LWIP_ND6_ALLOW_RA_UPDATES
#define LWIP_ND6_ALLOW_RA_UPDATES 1
#endif
/** 1: progress of TCP confirms the neighbour. */
#ifndef LWIP_ND6_TCP_REACHABILITY_HINTS
#define LWIP_ND6_TCP_REACHABILITY_HINTS 1
#endif
/** DNS servers taken from router advertisements. */
#ifndef LWIP_ND6_RDNSS_MAX_DNS_SERVERS
#define LWIP_ND6_RDNSS_MAX_DNS_SERVERS 0
#endif

/*
 * DHCPv6
 */
/** DHCPv6 client. */
#ifndef LWIP_IPV6_DHCP6
#define LWIP_IPV6_DHCP6 0
#endif
/** 1: addresses from DHCPv6. */
#ifndef LWIP_IPV6_DHCP6_STATEFUL
#define LWIP_IPV6_DHCP6_STATEFUL 0
#endif
/** 1: DNS and NTP servers from DHCPv6. */
#ifndef LWIP_IPV6_DHCP6_STATELESS
#define LWIP_IPV6_DHCP6_STATELESS LWIP_IPV6_DHCP6
#endif
/** 1: ask for NTP servers. */
#ifndef LWIP_DHCP6_GET_NTP_SRV
#define LWIP_DHCP6_GET_NTP_SRV 0
#endif
/** NTP servers taken from an answer. */
#ifndef LWIP_DHCP6_MAX_NTP_SERVERS
#define LWIP_DHCP6_MAX_NTP_SERVERS 1
#endif
/** DNS servers taken from an answer. */
#ifndef LWIP_DHCP6_MAX_DNS_SERVERS
#define LWIP_DHCP6_MAX_DNS_SERVERS DNS_MAX_SERVERS
#endif

/*
 * Debug output.  Output needs LWIP_DEBUG; each part below is LWIP_DBG_ON or LWIP_DBG_OFF.
 */
/** Print messages of at least this level. */
#ifndef LWIP_DBG_MIN_LEVEL
#define LWIP_DBG_MIN_LEVEL LWIP_DBG_LEVEL_ALL
#endif
/** And of these types. */
#ifndef LWIP_DBG_TYPES_ON
#define LWIP_DBG_TYPES_ON LWIP_DBG_ON
#endif

#ifndef ETHARP_DEBUG
#define ETHARP_DEBUG LWIP_DBG_OFF
#endif
#ifndef NETIF_DEBUG
#define NETIF_DEBUG LWIP_DBG_OFF
#endif
#ifndef PBUF_DEBUG
#define PBUF_DEBUG LWIP_DBG_OFF
#endif
#ifndef API_LIB_DEBUG
#define API_LIB_DEBUG LWIP_DBG_OFF
#endif
#ifndef API_MSG_DEBUG
#define API_MSG_DEBUG LWIP_DBG_OFF
#endif
#ifndef SOCKETS_DEBUG
#define SOCKETS_DEBUG LWIP_DBG_OFF
#endif
#ifndef ICMP_DEBUG
#define ICMP_DEBUG LWIP_DBG_OFF
#endif
#ifndef IGMP_DEBUG
#define IGMP_DEBUG LWIP_DBG_OFF
#endif
#ifndef INET_DEBUG
#define INET_DEBUG LWIP_DBG_OFF
#endif
#ifndef IP_DEBUG
#define IP_DEBUG LWIP_DBG_OFF
#endif
#ifndef IP_REASS_DEBUG
#define IP_REASS_DEBUG LWIP_DBG_OFF
#endif
#ifndef RAW_DEBUG
#define RAW_DEBUG LWIP_DBG_OFF
#endif
#ifndef MEM_DEBUG
#define MEM_DEBUG LWIP_DBG_OFF
#endif
#ifndef MEMP_DEBUG
#define MEMP_DEBUG LWIP_DBG_OFF
#endif
#ifndef SYS_DEBUG
#define SYS_DEBUG LWIP_DBG_OFF
#endif
#ifndef TIMERS_DEBUG
#define TIMERS_DEBUG LWIP_DBG_OFF
#endif
#ifndef TCP_DEBUG
#define TCP_DEBUG LWIP_DBG_OFF
#endif
#ifndef TCP_INPUT_DEBUG
#define TCP_INPUT_DEBUG LWIP_DBG_OFF
#endif
#ifndef TCP_FR_DEBUG
#define TCP_FR_DEBUG LWIP_DBG_OFF
#endif
#ifndef TCP_RTO_DEBUG
#define TCP_RTO_DEBUG LWIP_DBG_OFF
#endif
#ifndef TCP_CWND_DEBUG
#define TCP_CWND_DEBUG LWIP_DBG_OFF
#endif
#ifndef TCP_WND_DEBUG
#define TCP_WND_DEBUG LWIP_DBG_OFF
#endif
#ifndef TCP_OUTPUT_DEBUG
#define TCP_OUTPUT_DEBUG LWIP_DBG_OFF
#endif
#ifndef TCP_RST_DEBUG
#define TCP_RST_DEBUG LWIP_DBG_OFF
#endif
#ifndef TCP_QLEN_DEBUG
#define TCP_QLEN_DEBUG LWIP_DBG_OFF
#endif
#ifndef UDP_DEBUG
#define UDP_DEBUG LWIP_DBG_OFF
#endif
#ifndef TCPIP_DEBUG
#define TCPIP_DEBUG LWIP_DBG_OFF
#endif
#ifndef SLIP_DEBUG
#define SLIP_DEBUG LWIP_DBG_OFF
#endif
#ifndef DHCP_DEBUG
#define DHCP_DEBUG LWIP_DBG_OFF
#endif
#ifndef AUTOIP_DEBUG
#define AUTOIP_DEBUG LWIP_DBG_OFF
#endif
#ifndef DNS_DEBUG
#define DNS_DEBUG LWIP_DBG_OFF
#endif
#ifndef IP6_DEBUG
#define IP6_DEBUG LWIP_DBG_OFF
#endif
#ifndef DHCP6_DEBUG
#define DHCP6_DEBUG LWIP_DBG_OFF
#endif
/** 1: open the inside to unit tests. */
#ifndef LWIP_TESTMODE
#define LWIP_TESTMODE 0
#endif

/*
 * Measuring
 */
/** 1: PERF_START and PERF_STOP() of arch/perf.h. */
#ifndef LWIP_PERF
#define LWIP_PERF 0
#endif

/*
 * Ours
 */
#include "lwip/x_opt.h"

/*
 * Hooks: macros that a program defines in lwipopts.h; they are called from inside the core.  What they call is
 * declared in the header named by LWIP_HOOK_FILENAME, which the stack includes where it uses hooks.  Without a hook
 * nothing is called; the definitions below are for the documentation only.
 */
#ifdef __DOXYGEN__

/** The header that declares what the hooks call: "my_hooks.h". */
#define LWIP_HOOK_FILENAME

/* Input.  "Eaten" means: the hook took the pbuf and will free it. */

/** A packet came in, payload at the IP header.  @return int, not 0: eaten */
#define LWIP_HOOK_IP4_INPUT(pbuf, input_netif)
#define LWIP_HOOK_IP6_INPUT(pbuf, input_netif)
/** A frame of a type nobody wants, payload at the Ethernet header.  @return err_t, ERR_OK: eaten */
#define LWIP_HOOK_UNKNOWN_ETH_PROTOCOL(pbuf, netif)
/** A tagged frame came in: struct eth_hdr *, struct eth_vlan_hdr *.  @return int, 0: drop it */
#define LWIP_HOOK_VLAN_CHECK(netif, eth_hdr, vlan_hdr)
/** A segment for @p pcb: struct tcp_hdr *hdr, host order.  Of the @p optlen octets of options the first @p opt1len lie
 *  behind the header; the rest, when a pbuf ended there, at @p opt2.  @return err_t, not ERR_OK: drop it.  The hook does
 *  not free @p p */
#define LWIP_HOOK_TCP_INPACKET_PCB(pcb, hdr, optlen, opt1len, opt2, p)

/* Routes and neighbours. */

/** @return struct netif * to send by, or NULL: the usual way.  const ip4_addr_t *, each may be NULL */
#define LWIP_HOOK_IP4_ROUTE_SRC(src, dest)
#define LWIP_HOOK_IP4_ROUTE(dest)
#define LWIP_HOOK_IP6_ROUTE(src, dest)
/** May the packet @p src (a pbuf) be forwarded to @p dest (u32_t, host order)?  @return int, 1: yes, 0: no, -1: the usual
 *  rules */
#define LWIP_HOOK_IP4_CANFORWARD(src, dest)
/** @return const ip4_addr_t * of the next hop to @p dest, or NULL: the netif's gateway */
#define LWIP_HOOK_ETHARP_GET_GW(netif, dest)
/** @return const ip6_addr_t * of the next hop to @p dest, or NULL: the usual one */
#define LWIP_HOOK_ND6_GET_GW(netif, dest)

/* Output. */

/** @return s32_t, the tag of this frame in host order, negative: none */
#define LWIP_HOOK_VLAN_SET(netif, p, src, dst, eth_type)
/** @return u32_t, the initial sequence number.  Ours is RFC 6528's: replace it for tests only */
#define LWIP_HOOK_TCP_ISN(local_ip, local_port, remote_ip, remote_port)
/** @return u8_t, octets of options with the program's own: at least @p internal_len, a multiple of 4 */
#define LWIP_HOOK_TCP_OUT_TCPOPT_LENGTH(pcb, internal_len)
/** Write them from u32_t *opts on.  @p pcb may be NULL or listen.  @return u32_t *, behind the last one */
#define LWIP_HOOK_TCP_OUT_ADD_TCPOPTS(p, hdr, pcb, opts)

/* Services. */

/** Add options at msg->options[*options_len_ptr] and advance it (u16_t *). */
#define LWIP_HOOK_DHCP_APPEND_OPTIONS(netif, dhcp, state, msg, msg_type, options_len_ptr)
/** An option not used here: @p len octets at @p offset of @p pbuf. */
#define LWIP_HOOK_DHCP_PARSE_OPTION(netif, dhcp, state, msg, msg_type, option, len, pbuf, offset)
#define LWIP_HOOK_DHCP6_APPEND_OPTIONS(netif, dhcp6, state, msg, msg_type, options_len_ptr, max_len)
#define LWIP_HOOK_DHCP6_PARSE_OPTION(netif, dhcp6, state, msg, msg_type, option, len, pbuf, offset)
/** @return int, not 0: resolved, *addr and *err are set */
#define LWIP_HOOK_NETCONN_EXTERNAL_RESOLVE(name, addr, addrtype, err)
/** @return int, not 0: done, *err is what the call returns */
#define LWIP_HOOK_SOCKETS_SETSOCKOPT(s, sock, level, optname, optval, optlen, err)
#define LWIP_HOOK_SOCKETS_GETSOCKOPT(s, sock, level, optname, optval, optlen, err)
/** An element was freed to a pool that had been empty. */
#define LWIP_HOOK_MEMP_AVAILABLE(memp_t_type)

#endif

#endif
