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

/** IPv6: let the router we send by tell us of a better one (RFC 4861 section 8). */
#ifndef LWIP_X_ND6_REDIRECTS
#define LWIP_X_ND6_REDIRECTS 1
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

/** TCP: the shortest retransmission timeout, ms.  RFC 6298 says 1000; with timestamps a spurious one is cheap. */
#ifndef LWIP_X_TCP_RTO_MIN
#define LWIP_X_TCP_RTO_MIN (LWIP_TCP_TIMESTAMPS ? 200 : 1000)
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

/** TCP: buckets of the table that finds a connection by its addresses and ports; a power of two. */
#ifndef LWIP_X_TCP_HASH
#if MEMP_NUM_TCP_PCB <= 12
#define LWIP_X_TCP_HASH 8
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
#if MEMP_NUM_TCP_PCB_LISTEN <= 8
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

/** TCP: lwip_x_tcp_info(). */
#ifndef LWIP_X_TCP_INFO
#define LWIP_X_TCP_INFO 0
#endif

#endif
