/**
 * Options of our own, all named LWIP_X_*; lwip/opt.h includes this after the options lwIP knows.
 * Set them in lwipopts.h like any other.
 */
#ifndef LWIP_X_OPT_H
#define LWIP_X_OPT_H

#include "lwip/opt.h"

/** Refuse calls from a second context, defer input and timers while the core is busy (stack/base/core.h).
 *  Needs LWIP_X_CONTEXT() from the port; Cortex-M has one.  With threads: refuse calls of the raw API by who is not the
 *  stack's thread and does not hold the core lock; our sys_arch ports can tell. */
#ifndef LWIP_X_CORE_GUARD
#if !NO_SYS || defined(LWIP_X_CONTEXT)
#define LWIP_X_CORE_GUARD 1
#else
#define LWIP_X_CORE_GUARD 0
#endif
#endif

/** 1: a call of the raw API by another thread takes the core lock by itself instead of being refused, for programs that
 *  forget it.  What it returns may still be changed by the stack's thread afterwards. */
#ifndef LWIP_X_CORE_AUTOLOCK
#define LWIP_X_CORE_AUTOLOCK 0
#endif

/** Datagrams that may wait in a netconn: DEFAULT_UDP_RECVMBOX_SIZE and DEFAULT_RAW_RECVMBOX_SIZE, or 8 if these are 0. */
#ifndef LWIP_X_NETCONN_UDP_QUEUE
#if DEFAULT_UDP_RECVMBOX_SIZE > 0
#define LWIP_X_NETCONN_UDP_QUEUE DEFAULT_UDP_RECVMBOX_SIZE
#else
#define LWIP_X_NETCONN_UDP_QUEUE 8
#endif
#endif
#ifndef LWIP_X_NETCONN_RAW_QUEUE
#if DEFAULT_RAW_RECVMBOX_SIZE > 0
#define LWIP_X_NETCONN_RAW_QUEUE DEFAULT_RAW_RECVMBOX_SIZE
#else
#define LWIP_X_NETCONN_RAW_QUEUE 8
#endif
#endif

/** Messages to the stack's thread that it takes without giving others a chance at the core. */
#ifndef LWIP_X_TCPIP_BATCH
#define LWIP_X_TCPIP_BATCH 8
#endif

/** The port of sys_arch in src/stack/port: FreeRTOS (V10, V11), or CMSIS-RTOS2. */
#ifndef LWIP_X_PORT_FREERTOS
#define LWIP_X_PORT_FREERTOS 0
#endif
#ifndef LWIP_X_PORT_CMSIS_RTOS2
#define LWIP_X_PORT_CMSIS_RTOS2 0
#endif

/** 1: SO_SNDBUF of TCP sockets. */
#ifndef LWIP_X_SO_SNDBUF
#define LWIP_X_SO_SNDBUF LWIP_SOCKET
#endif

/** A statement for each event of a socket, run inside the core: for programs that wait for sockets together with other things. */
#ifndef LWIP_X_HOOK_SOCKET_EVENT
#define LWIP_X_HOOK_SOCKET_EVENT()
#endif

/**
 * Sources of multicast groups, of all interfaces together, that IGMPv3 and MLDv2 report: lwip/x_mcast.h, and what sockets ask for by
 * IP_ADD_SOURCE_MEMBERSHIP and its sisters.  0: groups are joined from all sources, and sockets drop what they do not want.
 */
#ifndef LWIP_X_MCAST_SOURCES
#define LWIP_X_MCAST_SOURCES 0
#endif

/** 1: SO_TIMESTAMP; LWIP_X_WALL_TIME(sec, usec) sets two u32_t to the time of day, by default to that since start. */
#ifndef LWIP_X_SO_TIMESTAMP
#define LWIP_X_SO_TIMESTAMP 0
#endif
#ifndef LWIP_X_WALL_TIME
#define LWIP_X_WALL_TIME(sec, usec)  \
  do {                               \
    u32_t now_ms = sys_now();        \
    (sec) = now_ms / 1000u;          \
    (usec) = now_ms % 1000u * 1000u; \
  } while (0)
#endif

/** Frames put aside while the core is busy; more are dropped and counted.  No more than half of the buffers they lie in. */
#ifndef LWIP_X_DEFER_QUEUE_LEN
#if PBUF_POOL_SIZE >= 16
#define LWIP_X_DEFER_QUEUE_LEN 8
#else
#define LWIP_X_DEFER_QUEUE_LEN 4
#endif
#endif

/** Asked at the start of every mem_malloc() and memp_malloc(): true makes it fail (for tests of what happens then). */
#ifndef LWIP_X_ALLOC_FAIL
#define LWIP_X_ALLOC_FAIL() 0
#endif

/** LWIP_TIMERS 0 or LWIP_TIMERS_CUSTOM: how often the program's own clockwork should make the timers run (lwip_cyclic_timers[]), ms. */
#ifndef LWIP_X_POLL_INTERVAL_MS
#define LWIP_X_POLL_INTERVAL_MS 50
#endif

/** Take unicast frames for other stations too, as lwIP does (for drivers whose hwaddr is not what the MAC filters by). */
#ifndef LWIP_X_ETH_ACCEPT_ALL
#define LWIP_X_ETH_ACCEPT_ALL 0
#endif

/** ms between the requests for one address (RFC 1122 section 2.3.2.1: at most one a second), and how many before giving up. */
#ifndef LWIP_X_ARP_RETRY_MS
#define LWIP_X_ARP_RETRY_MS 1000
#endif
#ifndef LWIP_X_ARP_REQUESTS
#define LWIP_X_ARP_REQUESTS 5
#endif

/** Packets that may wait for unresolved addresses, all together. */
#ifndef LWIP_X_ARP_QUEUE_TOTAL
#define LWIP_X_ARP_QUEUE_TOTAL (ARP_QUEUE_LEN * 3)
#endif

/** Probing before an address is used (stack/link/acd.h).  Without it conflicts are still noticed and defended against. */
#ifndef LWIP_X_ACD
#define LWIP_X_ACD (LWIP_IPV4 && LWIP_ARP && ((LWIP_DHCP && DHCP_DOES_ARP_CHECK) || LWIP_AUTOIP))
#endif

/* Address conflict detection: RFC 5227 section 1.1, in ms. */
#ifndef LWIP_X_ACD_PROBE_WAIT_MS
#define LWIP_X_ACD_PROBE_WAIT_MS 1000
#endif
#ifndef LWIP_X_ACD_PROBE_NUM
#define LWIP_X_ACD_PROBE_NUM 3
#endif
#ifndef LWIP_X_ACD_PROBE_MIN_MS
#define LWIP_X_ACD_PROBE_MIN_MS 1000
#endif
#ifndef LWIP_X_ACD_PROBE_MAX_MS
#define LWIP_X_ACD_PROBE_MAX_MS 2000
#endif
#ifndef LWIP_X_ACD_ANNOUNCE_WAIT_MS
#define LWIP_X_ACD_ANNOUNCE_WAIT_MS 2000
#endif
/* For an address a DHCP server has given, and checked: one probe, and this long for somebody to object. */
#ifndef LWIP_X_ACD_QUICK_WAIT_MS
#define LWIP_X_ACD_QUICK_WAIT_MS 1000
#endif
#ifndef LWIP_X_ACD_ANNOUNCE_NUM
#define LWIP_X_ACD_ANNOUNCE_NUM 2
#endif
#ifndef LWIP_X_ACD_ANNOUNCE_INTERVAL_MS
#define LWIP_X_ACD_ANNOUNCE_INTERVAL_MS 2000
#endif
#ifndef LWIP_X_ACD_MAX_CONFLICTS
#define LWIP_X_ACD_MAX_CONFLICTS 10
#endif
#ifndef LWIP_X_ACD_RATE_LIMIT_MS
#define LWIP_X_ACD_RATE_LIMIT_MS 60000
#endif
#ifndef LWIP_X_ACD_DEFEND_INTERVAL_MS
#define LWIP_X_ACD_DEFEND_INTERVAL_MS 10000
#endif

/** 1: DNS queries mix the case of their letters and answers must do so too: more to guess for a forger, but a few
 *  servers do not copy it (draft-vixie-dnsext-dns0x20). */
#ifndef LWIP_X_DNS_0X20
#define LWIP_X_DNS_0X20 0
#endif

/** DHCP: milliseconds until the first retransmission, doubled for each further one up to 64 s, give or take a second
 *  (RFC 2131 section 4.1 suggests 4000). */
#ifndef LWIP_X_DHCP_FIRST_RETRY_MS
#define LWIP_X_DHCP_FIRST_RETRY_MS 4000
#endif

/** Buckets of the table that finds a UDP pcb by its local port; a power of two. */
#ifndef LWIP_X_UDP_HASH
#if MEMP_NUM_UDP_PCB <= 8
#define LWIP_X_UDP_HASH 1
#elif MEMP_NUM_UDP_PCB <= 64
#define LWIP_X_UDP_HASH 32
#elif MEMP_NUM_UDP_PCB <= 1024
#define LWIP_X_UDP_HASH 512
#else
#define LWIP_X_UDP_HASH 8192
#endif
#endif

/** Believe routers that a path is narrower than the link (RFC 1191), also for datagrams other than TCP's; 0: these are sent without Don't Fragment. */
#ifndef LWIP_X_IP4_PMTU
#define LWIP_X_IP4_PMTU (IP_FRAG && LWIP_ICMP)
#endif

/** IPv6 packets carry a flow label (RFC 6437), so that routers can tell flows apart; 0: it is 0. */
#ifndef LWIP_X_IP6_FLOW_LABEL
#define LWIP_X_IP6_FLOW_LABEL 1
#endif

/** IPv6: opaque interface identifiers instead of the hardware address (RFC 7217, RFC 8064); the program gives lwip_x_ip6_secret(). */
#ifndef LWIP_X_IPV6_STABLE_IID
#define LWIP_X_IPV6_STABLE_IID 0
#endif

/** IPv6: beside each address from a prefix one with a random identifier, for a day (RFC 8981).  Needs LWIP_IPV6_NUM_ADDRESSES >= 4. */
#ifndef LWIP_X_IPV6_TEMPORARY
#define LWIP_X_IPV6_TEMPORARY 0
#endif

/** IPv6: use an address from a prefix at once, while it is being checked that nobody else has it (RFC 4429). */
#ifndef LWIP_X_IPV6_OPTIMISTIC_DAD
#define LWIP_X_IPV6_OPTIMISTIC_DAD 0
#endif

/** IPv6: routes to prefixes that routers advertise (RFC 4191, host type C), and the router that gave the source its prefix before
 *  others (RFC 8028): for links with several routers that lead to different networks.  Preferences of routers count anyway. */
#ifndef LWIP_X_ND6_ROUTES
#define LWIP_X_ND6_ROUTES 0
#endif

/** IPv6: tell routers of an address that is new, and everybody of one that came back with the link, LWIP_ND6_MAX_NEIGHBOR_ADVERTISEMENT
 *  times (RFC 9131, RFC 4861 section 7.2.6), so that the first answer need not wait until we are asked for. */
#ifndef LWIP_X_ND6_ANNOUNCE
#define LWIP_X_ND6_ANNOUNCE 0
#endif

/** IPv6: domains to complete short names with that are kept of what routers advertise (RFC 8106 section 5.2, lwip/x_dns_search.h); 0: none. */
#ifndef LWIP_X_ND6_DNSSL
#define LWIP_X_ND6_DNSSL 0
#endif

/** IPv6: let the router we send by tell us of a better one (RFC 4861 section 8). */
#ifndef LWIP_X_ND6_REDIRECTS
#define LWIP_X_ND6_REDIRECTS 1
#endif

/** DHCPv6: the program gives lwip_x_dhcp6_duid() (lwip/dhcp6.h); 0: all interfaces are known by the hardware address of the first (DUID-LL). */
#ifndef LWIP_X_DHCP6_DUID
#define LWIP_X_DHCP6_DUID 0
#endif

/** DHCPv6: take an address at once from a server that gives it at once (RFC 8415 section 18.2.1, rapid commit). */
#ifndef LWIP_X_DHCP6_RAPID_COMMIT
#define LWIP_X_DHCP6_RAPID_COMMIT 1
#endif

/** IPv6: packets that may wait for one neighbour, and for all together. */
#ifndef LWIP_X_ND6_QUEUE_LEN
#define LWIP_X_ND6_QUEUE_LEN 3
#endif
#ifndef LWIP_X_ND6_QUEUE_TOTAL
#define LWIP_X_ND6_QUEUE_TOTAL (LWIP_X_ND6_QUEUE_LEN * 3)
#endif

/** ICMP errors sent a second, and at once. */
#ifndef LWIP_X_ICMP_ERROR_RATE
#define LWIP_X_ICMP_ERROR_RATE 10
#endif

/** Echo replies sent a second; 0: no limit. */
#ifndef LWIP_X_ICMP_ECHO_RATE
#define LWIP_X_ICMP_ECHO_RATE 0
#endif

/*
 * TCP: recovery from loss and congestion control.  Each part is a file that is not there when it is off.  By default all of it
 * is on where windows are large; with a few segments in flight, NewReno with limited transmit and a loss probe do nearly as
 * well and cost nothing.
 */

/** Does this build send windows of many segments?  (What the defaults below follow.) */
#define LWIP_X_TCP_LARGE (TCP_SND_BUF >= 12 * TCP_MSS)

/** TCP: 1: believe what the peer says it received out of order (SACK, RFC 2018) and send again just what is missing
 *  (RFC 6675).  (Reporting to the peer is LWIP_TCP_SACK_OUT.) */
#ifndef LWIP_X_TCP_SACK
#define LWIP_X_TCP_SACK LWIP_X_TCP_LARGE
#endif

/** TCP: 1: find losses by time rather than by counting, and probe the tail of a flight (RACK-TLP, RFC 8985); for peers
 *  with SACK. */
#ifndef LWIP_X_TCP_RACK
#define LWIP_X_TCP_RACK LWIP_X_TCP_SACK
#endif

/** TCP: 1: shrink the window smoothly while recovering (PRR, RFC 9937); for peers with SACK. */
#ifndef LWIP_X_TCP_PRR
#define LWIP_X_TCP_PRR LWIP_X_TCP_SACK
#endif

/** TCP: 1: take a reduction of the window back when it turns out that nothing was lost (Eifel RFC 3522 and 4015, F-RTO RFC 5682,
 *  D-SACK RFC 3708). */
#ifndef LWIP_X_TCP_UNDO
#define LWIP_X_TCP_UNDO LWIP_X_TCP_RACK
#endif

/** TCP: 1: tell the peer what arrived twice (D-SACK, RFC 2883). */
#ifndef LWIP_X_TCP_DSACK
#define LWIP_X_TCP_DSACK LWIP_TCP_SACK_OUT
#endif

/** TCP: 1: CUBIC (RFC 9438) beside NewReno, and by default; lwip/x_tcp_cc.h chooses for each connection. */
#ifndef LWIP_X_TCP_CUBIC
#define LWIP_X_TCP_CUBIC LWIP_X_TCP_LARGE
#endif

/** TCP: 1: end the first slow start before the queue on the way overflows (HyStart++, RFC 9406). */
#ifndef LWIP_X_TCP_HYSTART
#define LWIP_X_TCP_HYSTART LWIP_X_TCP_LARGE
#endif

/** TCP: 1: with nothing heard for two round trips, send a segment again before the retransmission timeout (RFC 8985 section 7;
 *  to peers without SACK, the first one). */
#ifndef LWIP_X_TCP_PROBE
#define LWIP_X_TCP_PROBE 1
#endif

/** TCP: the shortest retransmission timeout where timestamps or RACK make a spurious one cheap, ms. */
#ifndef LWIP_X_TCP_RTO_MIN
#define LWIP_X_TCP_RTO_MIN 200
#define LWIP_X_TCP_RTO_MIN_PLAIN 1000
#endif

/** TCP: the shortest retransmission timeout elsewhere, ms (RFC 6298 (2.4): 1000). */
#ifndef LWIP_X_TCP_RTO_MIN_PLAIN
#define LWIP_X_TCP_RTO_MIN_PLAIN LWIP_X_TCP_RTO_MIN
#endif

/** TCP: how long an ACK may wait for a second segment or for data to go with, ms; less than 500 (RFC 9293 MUST-40). */
#ifndef LWIP_X_TCP_DELACK_MS
#define LWIP_X_TCP_DELACK_MS 100
#endif

/** TCP: a peer that announces a smaller MSS gets segments of this many octets (CVE-2019-11479). */
#ifndef LWIP_X_TCP_MSS_MIN
#define LWIP_X_TCP_MSS_MIN 64
#endif

/** TCP: challenge ACKs a second and connection (RFC 5961 section 7), at most 15. */
#ifndef LWIP_X_TCP_CHALLENGES
#define LWIP_X_TCP_CHALLENGES 10
#endif

/** TCP: resets and ACKs a second for segments that belong to no connection. */
#ifndef LWIP_X_TCP_RST_RATE
#define LWIP_X_TCP_RST_RATE 10
#endif

/** TCP: buckets of the table that finds a connection by its addresses and ports; a power of two.  1: no table. */
#ifndef LWIP_X_TCP_HASH
#if MEMP_NUM_TCP_PCB <= 12
#define LWIP_X_TCP_HASH 1
#elif MEMP_NUM_TCP_PCB <= 64
#define LWIP_X_TCP_HASH 32
#elif MEMP_NUM_TCP_PCB <= 1024
#define LWIP_X_TCP_HASH 512
#else
#define LWIP_X_TCP_HASH 8192
#endif
#endif

/** TCP: buckets of the table that finds a listener by its port; a power of two. */
#ifndef LWIP_X_TCP_LISTEN_HASH
#if LWIP_X_TCP_HASH == 1
#define LWIP_X_TCP_LISTEN_HASH 1
#elif MEMP_NUM_TCP_PCB_LISTEN <= 8
#define LWIP_X_TCP_LISTEN_HASH 4
#elif MEMP_NUM_TCP_PCB_LISTEN <= 64
#define LWIP_X_TCP_LISTEN_HASH 32
#else
#define LWIP_X_TCP_LISTEN_HASH 512
#endif
#endif

/** TCP: half-open connections (a SYN came, the handshake is not finished); each takes less than 40 octets with IPv4. */
#ifndef LWIP_X_TCP_SYN_MAX
#if MEMP_NUM_TCP_PCB <= 32
#define LWIP_X_TCP_SYN_MAX 16
#else
#define LWIP_X_TCP_SYN_MAX 256
#endif
#endif

/** TCP: SYN cookies (RFC 4987 3.6): beyond LWIP_X_TCP_SYN_MAX half-open connections cost no memory; else the oldest gives way. */
#ifndef LWIP_X_TCP_SYN_COOKIES
#define LWIP_X_TCP_SYN_COOKIES 0
#endif

/** TCP: 1: it is wired in by the first pcb, so that the linker leaves it out of a program that makes none, although it is compiled
 *  in.  Until then whoever sends a segment hears by ICMP that the protocol is not there; he gets no reset. */
#ifndef LWIP_X_TCP_ON_USE
#ifdef ARDUINO
#define LWIP_X_TCP_ON_USE 1
#else
#define LWIP_X_TCP_ON_USE 0
#endif
#endif

/** TCP: lwip_x_tcp_user_timeout(), how long a connection may wait for its peer (RFC 9293 3.8.3, RFC 5482 semantics). */
#ifndef LWIP_X_TCP_USER_TIMEOUT
#define LWIP_X_TCP_USER_TIMEOUT 0
#endif

/** TCP: lwip_x_tcp_reports(), which tells of soft errors (RFC 9293 3.9.1.8). */
#ifndef LWIP_X_TCP_REPORTS
#define LWIP_X_TCP_REPORTS 0
#endif

/** TCP: send smaller segments where large ones vanish without an ICMP error, and large ones again later (RFC 4821, RFC 8899). */
#ifndef LWIP_X_TCP_PLPMTUD
#define LWIP_X_TCP_PLPMTUD 0
#endif

/** TCP: explicit congestion notification (RFC 3168, RFC 8511).  1: with peers that offer it, and lwip_x_tcp_ecn() offers it; 2: all
 *  connections of ours offer it.  Reassembly merges the marks of fragments. */
#ifndef LWIP_X_TCP_ECN
#define LWIP_X_TCP_ECN 0
#endif

/** TCP: Fast Open (RFC 7413), text in SYNs: lwip_x_tcp_fastopen_listen() and lwip_x_tcp_fastopen_connect(). */
#ifndef LWIP_X_TCP_FASTOPEN
#define LWIP_X_TCP_FASTOPEN 0
#endif
/** TCP: connections of one listener, opened by a SYN with text, whose handshake is not finished; more are opened the usual way (RFC 7413 4.2, 5.1). */
#ifndef LWIP_X_TCP_FASTOPEN_PENDING
#define LWIP_X_TCP_FASTOPEN_PENDING LWIP_MAX(1, MEMP_NUM_TCP_PCB / 4)
#endif
/** TCP: servers whose cookies are kept, 1 to 255. */
#ifndef LWIP_X_TCP_FASTOPEN_CACHE
#define LWIP_X_TCP_FASTOPEN_CACHE 4
#endif

/** TCP: give interfaces whose hardware cuts text into segments much of it at once (lwip/x_netif.h). */
#ifndef LWIP_X_TCP_TSO
#define LWIP_X_TCP_TSO 0
#endif

/** 802.1Q tags may be outside of frames, in p->x_tci, for drivers whose hardware takes them off and puts them on (lwip/x_netif.h). */
#ifndef LWIP_X_VLAN_OFFLOAD
#define LWIP_X_VLAN_OFFLOAD (LWIP_X_STM32_ETH && LWIP_X_STM32_ETH_VLAN && LWIP_X_STM32_ETH_FAMILY > STM32_ETH_F7)
#endif

/** TCP: pacing: text leaves at a rate a little above one window in a round trip, in steps of a millisecond, instead of in bursts that
 *  overflow short queues.  1: of connections that lwip_x_tcp_pacing() says; 2: of all. */
#ifndef LWIP_X_TCP_PACING
#define LWIP_X_TCP_PACING 0
#endif

/** TCP: buffers that size themselves: the receive window and the send buffer follow what the path and the program can do, from little
 *  (LWIP_X_TCP_WND_START) up to TCP_WND and TCP_SND_BUF, and what memory there is.  1: of connections that lwip_x_tcp_autosize() says;
 *  2: of all. */
#ifndef LWIP_X_TCP_AUTOSIZE
#define LWIP_X_TCP_AUTOSIZE 0
#endif
/** TCP: the receive window a connection begins with, octets (other than TCP_WND only with LWIP_X_TCP_AUTOSIZE 2). */
#ifndef LWIP_X_TCP_WND_START
#if LWIP_X_TCP_AUTOSIZE > 1
#define LWIP_X_TCP_WND_START LWIP_MIN(TCP_WND, 4 * TCP_MSS)
#else
#define LWIP_X_TCP_WND_START TCP_WND
#endif
#endif
/** TCP: the send buffer a connection begins with, octets (other than TCP_SND_BUF only with LWIP_X_TCP_AUTOSIZE 2). */
#ifndef LWIP_X_TCP_SND_BUF_START
#if LWIP_X_TCP_AUTOSIZE > 1
#define LWIP_X_TCP_SND_BUF_START LWIP_MIN(TCP_SND_BUF, 4 * TCP_MSS)
#else
#define LWIP_X_TCP_SND_BUF_START TCP_SND_BUF
#endif
#endif
/** TCP: octets that all receive windows together may have grown by. */
#ifndef LWIP_X_TCP_WND_SHARED
#define LWIP_X_TCP_WND_SHARED ((u32_t)PBUF_POOL_SIZE * PBUF_POOL_BUFSIZE / 2)
#endif
/** TCP: octets that all send buffers together may have grown by. */
#ifndef LWIP_X_TCP_SND_BUF_SHARED
#define LWIP_X_TCP_SND_BUF_SHARED ((u32_t)MEM_SIZE / 2)
#endif

/** TCP: lwip_x_tcp_info(). */
#ifndef LWIP_X_TCP_INFO
#define LWIP_X_TCP_INFO 0
#endif

/*
 * Ethernet of STM32 (netif/stm32_eth.h)
 */
/** The driver for the MAC of F107, F2, F4, F7, H5, H7 and H7RS.  Off, nothing of it is compiled. */
#ifndef LWIP_X_STM32_ETH
#define LWIP_X_STM32_ETH 0
#endif

/* Values of LWIP_X_STM32_ETH_FAMILY: up to STM32_ETH_F7 the MAC of the first generation, then the second. */
#define STM32_ETH_F1 1
#define STM32_ETH_F2 2
#define STM32_ETH_F4 4
#define STM32_ETH_F7 7
#define STM32_ETH_H5 15
#define STM32_ETH_H7 17
#define STM32_ETH_H7RS 18
#define STM32_ETH_N6 26

/** Whose MAC: STM32_ETH_F1, _F2, _F4, _F7, _H5, _H7, _H7RS or _N6.  Found by itself where the device's usual define (STM32F4xx, STM32F407xx...) is there. */
#ifndef LWIP_X_STM32_ETH_FAMILY
#if defined(STM32F1xx) || defined(STM32F1) || defined(STM32F107xC)
#define LWIP_X_STM32_ETH_FAMILY STM32_ETH_F1
#elif defined(STM32F2xx) || defined(STM32F2)
#define LWIP_X_STM32_ETH_FAMILY STM32_ETH_F2
#elif defined(STM32F4xx) || defined(STM32F4) || defined(STM32F407xx) || defined(STM32F429xx)
#define LWIP_X_STM32_ETH_FAMILY STM32_ETH_F4
#elif defined(STM32F7xx) || defined(STM32F7) || defined(STM32F746xx) || defined(STM32F767xx)
#define LWIP_X_STM32_ETH_FAMILY STM32_ETH_F7
#elif defined(STM32H5xx) || defined(STM32H5) || defined(STM32H563xx) || defined(STM32H573xx)
#define LWIP_X_STM32_ETH_FAMILY STM32_ETH_H5
#elif defined(STM32H7RSxx) || defined(STM32H7RS)
#define LWIP_X_STM32_ETH_FAMILY STM32_ETH_H7RS
#elif defined(STM32H7xx) || defined(STM32H7) || defined(STM32H743xx) || defined(STM32H723xx)
#define LWIP_X_STM32_ETH_FAMILY STM32_ETH_H7
#elif defined(STM32N6xx) || defined(STM32N6)
#define LWIP_X_STM32_ETH_FAMILY STM32_ETH_N6
#else
#define LWIP_X_STM32_ETH_FAMILY 0
#endif
#endif

/** Where the MAC's registers are; 0: where the family has them (H5 and N6: the non-secure alias). */
#ifndef LWIP_X_STM32_ETH_BASE
#define LWIP_X_STM32_ETH_BASE 0
#endif

/** Descriptors of the receive ring, at least 3; one of them is always the driver's. */
#ifndef LWIP_X_STM32_ETH_RX_DESCS
#define LWIP_X_STM32_ETH_RX_DESCS 5
#endif

/** Buffers of 1536 octets: one for each receive descriptor but one, the others for frames the stack has not freed yet and for
 *  frames that have to be copied before they can be sent. */
#ifndef LWIP_X_STM32_ETH_BUFS
#define LWIP_X_STM32_ETH_BUFS (LWIP_X_STM32_ETH_RX_DESCS + 5)
#endif

/** Descriptors of the transmit ring, at least 4: one for each piece of a frame, and one spare.  All fragments of a datagram are
 *  queued at once; those that do not fit are refused (12: 11 fragments, 16 KB). */
#ifndef LWIP_X_STM32_ETH_TX_DESCS
#define LWIP_X_STM32_ETH_TX_DESCS 12
#endif

/** Frames handed to the stack by one call of stm32_eth_poll(). */
#ifndef LWIP_X_STM32_ETH_RX_BUDGET
#define LWIP_X_STM32_ETH_RX_BUDGET 8
#endif

/** Checksums by the MAC: made per packet where it can, and believed per packet when it says so.  0: all in software. */
#ifndef LWIP_X_STM32_ETH_CHECKSUMS
#define LWIP_X_STM32_ETH_CHECKSUMS LWIP_CHECKSUM_CTRL_PER_NETIF
#endif

/** The processor has a data cache: buffers and descriptors are cleaned and invalidated while it is on. */
#ifndef LWIP_X_STM32_ETH_DCACHE
#define LWIP_X_STM32_ETH_DCACHE                                                          \
  (LWIP_X_STM32_ETH_FAMILY == STM32_ETH_F7 || LWIP_X_STM32_ETH_FAMILY == STM32_ETH_H7 || \
   LWIP_X_STM32_ETH_FAMILY == STM32_ETH_H7RS || LWIP_X_STM32_ETH_FAMILY == STM32_ETH_N6)
#endif

/** 1: take the MPU region LWIP_X_STM32_ETH_MPU_REGION and make the descriptors uncacheable; 0: maintain them like buffers. */
#ifndef LWIP_X_STM32_ETH_MPU
#define LWIP_X_STM32_ETH_MPU 0
#endif
#ifndef LWIP_X_STM32_ETH_MPU_REGION
#define LWIP_X_STM32_ETH_MPU_REGION 7
#endif

/** Attributes of the descriptors and of the buffers, to place them: __attribute__((section(".RxDecripSection"))).  The section may be one that nobody zeroes. */
#ifndef LWIP_X_STM32_ETH_DESC_ATTR
#define LWIP_X_STM32_ETH_DESC_ATTR
#endif
#ifndef LWIP_X_STM32_ETH_BUF_ATTR
#define LWIP_X_STM32_ETH_BUF_ATTR
#endif

/** Define ETH_IRQHandler().  0: the program's own handler calls stm32_eth_irq().  2: weak, for libraries: another one wins, and
 *  a program that does not use the driver does not carry it. */
#ifndef LWIP_X_STM32_ETH_HANDLER
#define LWIP_X_STM32_ETH_HANDLER 1
#endif

/** Advertise and obey PAUSE frames. */
#ifndef LWIP_X_STM32_ETH_PAUSE
#define LWIP_X_STM32_ETH_PAUSE 0
#endif

/** H5, H7: let the MAC cut TCP text into segments (LWIP_X_TCP_TSO), at most so many octets at once: one transmit descriptor for each
 *  segment among them, and two.  Off: an erratum of H7 is said to halt the DMA over it under load; the driver's watch restarts it. */
#ifndef LWIP_X_STM32_ETH_TSO
#define LWIP_X_STM32_ETH_TSO 0
#endif
#ifndef LWIP_X_STM32_ETH_TSO_MAX
#define LWIP_X_STM32_ETH_TSO_MAX (LWIP_X_STM32_ETH_TX_DESCS / 2u * 1460u)
#endif

/** VLANs by the MAC: only frames of one come up (stm32_eth_vlan()); on H5 and H7 it also takes 802.1Q tags off and puts them on
 *  (LWIP_X_VLAN_OFFLOAD). */
#ifndef LWIP_X_STM32_ETH_VLAN
#define LWIP_X_STM32_ETH_VLAN 0
#endif

/** ms between two looks at the PHY. */
#ifndef LWIP_X_STM32_ETH_LINK_MS
#define LWIP_X_STM32_ETH_LINK_MS 200
#endif

/** The clock of IEEE 1588 and timestamps (not F1). */
#ifndef LWIP_X_STM32_ETH_PTP
#define LWIP_X_STM32_ETH_PTP 0
#endif

/** ethernetif_init() and ethernetif_input(), as programs made by STM32CubeMX call them. */
#ifndef LWIP_X_STM32_ETH_CUBE
#define LWIP_X_STM32_ETH_CUBE 1
#endif

/** NO_SYS 0: stack of the receive thread, in the port's unit, and its priority. */
#ifndef LWIP_X_STM32_ETH_THREAD_STACK
#define LWIP_X_STM32_ETH_THREAD_STACK 1024
#endif
#ifndef LWIP_X_STM32_ETH_THREAD_PRIO
#define LWIP_X_STM32_ETH_THREAD_PRIO (TCPIP_THREAD_PRIO + 1)
#endif

/** NO_SYS 0: what sys_mbox_trypost_fromisr() of the port returns when a thread of higher priority has woken up, and what is
 *  called then at the end of the interrupt, for instance portYIELD_FROM_ISR(pdTRUE). */
#ifndef LWIP_X_STM32_ETH_NEED_SCHED
#define LWIP_X_STM32_ETH_NEED_SCHED 123
#endif
#ifndef LWIP_X_STM32_ETH_YIELD
#if LWIP_X_PORT_FREERTOS
#define LWIP_X_STM32_ETH_YIELD() portYIELD_FROM_ISR(pdTRUE)
#else
#define LWIP_X_STM32_ETH_YIELD()
#endif
#endif

/** A driver may mark received packets whose checksums the hardware found right (PBUF_FLAG_X_CHECKED): these are believed, all
 *  others checked as ever. */
#ifndef LWIP_X_RX_CHECKED
#define LWIP_X_RX_CHECKED (LWIP_X_STM32_ETH && LWIP_X_STM32_ETH_CHECKSUMS)
#endif

/** lwip_x_connect(): ms after an attempt began until the other address is tried too (RFC 8305 section 5). */
#ifndef LWIP_X_CONNECT_ATTEMPT_DELAY_MS
#define LWIP_X_CONNECT_ATTEMPT_DELAY_MS 250
#endif
/** lwip_x_connect(): ms to wait for the IPv6 address when the other is known (RFC 8305 section 3). */
#ifndef LWIP_X_CONNECT_RESOLUTION_DELAY_MS
#define LWIP_X_CONNECT_RESOLUTION_DELAY_MS 50
#endif

#endif
