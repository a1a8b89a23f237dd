/**
 * Why packets were dropped: one counter a reason, always compiled in.  An extension of ours; lwIP has no such thing.
 *
 * The list is the only place that names a reason: X(name, group, field, text).  With LWIP_STATS the
 * counter field of the protocol's group in lwip_stats goes up too (and .drop with it).
 */
#ifndef LWIP_X_DROP_H
#define LWIP_X_DROP_H

#include "lwip/opt.h"
#include "lwip/arch.h"

#ifdef __cplusplus
extern "C" {
#endif

/* clang-format off */
#if LWIP_IGMP
#define LWIP_X_DROP_LIST_IGMP(X)                                                               \
  X(IGMP_SHORT,       igmp,    lenerr,  "IGMP message too short")                              \
  X(IGMP_CHKSUM,      igmp,    chkerr,  "IGMP checksum")                                       \
  X(IGMP_TYPE,        igmp,    proterr, "IGMP type not handled")                               \
  X(IGMP_SOURCE,      igmp,    drop,    "IGMP TTL, source or destination not allowed")         \
  X(IGMP_GROUP,       igmp,    drop,    "not a member of the group")
#else
#define LWIP_X_DROP_LIST_IGMP(X)
#endif

#if LWIP_NETIF_LOOPBACK || LWIP_HAVE_LOOPIF
#define LWIP_X_DROP_LIST_LOOP(X) \
  X(LOOP_FULL,        link,    memerr,  "loopback queue full")
#else
#define LWIP_X_DROP_LIST_LOOP(X)
#endif

#if LWIP_IPV4 && IP_FORWARD
#define LWIP_X_DROP_LIST_FORWARD4(X) \
  X(IP4_NO_FORWARD,   ip,      drop,    "may not be forwarded")
#else
#define LWIP_X_DROP_LIST_FORWARD4(X)
#endif

#if LWIP_IPV6 && LWIP_IPV6_FORWARD
#define LWIP_X_DROP_LIST_FORWARD6(X) \
  X(IP6_NO_FORWARD,   ip6,     drop,    "may not be forwarded")
#else
#define LWIP_X_DROP_LIST_FORWARD6(X)
#endif

#if LWIP_IPV6 && LWIP_IPV6_DHCP6
#define LWIP_X_DROP_LIST_DHCP6(X) \
  X(DHCP6_FORMAT,     none,    none,    "DHCPv6 message malformed or not ours")
#else
#define LWIP_X_DROP_LIST_DHCP6(X)
#endif

#if LWIP_NETCONN
#define LWIP_X_DROP_LIST_NETCONN(X)                                                            \
  X(NETCONN_FULL,     none,    none,    "too many datagrams wait in a netconn")                \
  X(NETCONN_MEM,      none,    none,    "no netbuf or netconn for what came")                  \
  X(SOCKET_SOURCE,    udp,     drop,    "from a source the socket did not choose")
#else
#define LWIP_X_DROP_LIST_NETCONN(X)
#endif

#define LWIP_X_DROP_LIST(X)                                                                    \
  X(NONE,             none,    none,    "not dropped")                                         \
  X(CORE_BUSY,        link,    memerr,  "input queue of the busy core full")                   \
  X(WRONG_CONTEXT,    none,    none,    "calls refused: another context was inside")           \
  X(STALE_PCB,        none,    none,    "calls refused: pcb already freed")                    \
  X(DOUBLE_FREE,      none,    none,    "pbufs freed that were free already")                  \
  X(PULL,             ip,      memerr,  "no memory to put a header into one piece")                 \
  X(ETH_SHORT,        link,    lenerr,  "frame shorter than its header")                       \
  X(ETH_SOURCE,       link,    err,     "source address is a group, zero or ours")             \
  X(ETH_DEST,         link,    drop,    "unicast frame for another station")                   \
  X(ETH_TYPE,         link,    proterr, "EtherType not spoken")                                \
  X(ETH_VLAN,         link,    drop,    "VLAN not ours")                                       \
  X(NETIF_DOWN,       link,    drop,    "interface down or removed")                           \
  LWIP_X_DROP_LIST_LOOP(X)                                                                     \
  X(ARP_SHORT,        etharp,  lenerr,  "ARP packet too short")                                \
  X(ARP_FORMAT,       etharp,  proterr, "ARP for another hardware, protocol or operation")     \
  X(ARP_SENDER,       etharp,  proterr, "ARP sender address impossible or off-link")           \
  X(ARP_QUEUE,        etharp,  memerr,  "packet queue for an unresolved address full")         \
  X(ARP_TABLE,        etharp,  memerr,  "ARP table full")                                      \
  X(ARP_UNRESOLVED,   etharp,  rterr,   "nobody answered the ARP requests")                    \
  X(IP4_SHORT,        ip,      lenerr,  "IPv4 packet shorter than its header")                 \
  X(IP4_VERSION,      ip,      err,     "version is not 4")                                    \
  X(IP4_HLEN,         ip,      lenerr,  "header length impossible")                            \
  X(IP4_LEN,          ip,      lenerr,  "total length impossible")                             \
  X(IP4_CHKSUM,       ip,      chkerr,  "IPv4 header checksum")                                \
  X(IP4_OPTIONS,      ip,      opterr,  "IPv4 options malformed or source route")              \
  X(IP4_SOURCE,       ip,      err,     "source address impossible")                           \
  X(IP4_DEST,         ip,      drop,    "not for us")                                          \
  X(IP4_TTL,          ip,      drop,    "time to live expired")                                \
  X(IP4_NO_ROUTE,     ip,      rterr,   "no route")                                            \
  LWIP_X_DROP_LIST_FORWARD4(X)                                                                 \
  X(IP4_DF,           ip,      drop,    "too big and Don't Fragment set")                      \
  X(IP_PROTO,         ip,      proterr, "protocol not spoken")                                 \
  X(IP_MEM,           ip,      memerr,  "no memory to send or forward")                        \
  X(FRAG_SIZE,        ip_frag, lenerr,  "fragment too small, not in eights or past 65535")     \
  X(FRAG_OVERLAP,     ip_frag, err,     "fragments overlap")                                   \
  X(FRAG_ECN,         ip_frag, err,     "fragments marked by routers, and others that must not be")  \
  X(FRAG_MEM,         ip_frag, memerr,  "no room to reassemble")                               \
  X(FRAG_TIMEOUT,     ip_frag, drop,    "fragments missing")                                   \
  X(ICMP_SHORT,       icmp,    lenerr,  "ICMP message too short")                              \
  X(ICMP_CHKSUM,      icmp,    chkerr,  "ICMP checksum")                                       \
  X(ICMP_TYPE,        icmp,    proterr, "ICMP type not handled")                               \
  X(ICMP_GROUP,       icmp,    err,     "ICMP echo to a group address")                        \
  X(ICMP_RATE,        icmp,    drop,    "ICMP message not sent: rate limit")                   \
  X(ICMP_MEM,         icmp,    memerr,  "no memory for an ICMP message")                       \
  X(ICMP_EMBEDDED,    icmp,    err,     "packet quoted by an ICMP error impossible")           \
  LWIP_X_DROP_LIST_IGMP(X)                                                                     \
  X(UDP_SHORT,        udp,     lenerr,  "UDP header cut")                                      \
  X(UDP_LEN,          udp,     lenerr,  "UDP length impossible")                               \
  X(UDP_CHKSUM,       udp,     chkerr,  "UDP checksum")                                        \
  X(UDP_NO_PORT,      udp,     proterr, "no UDP pcb for the port")                             \
  X(UDP_NO_RECV,      udp,     drop,    "UDP pcb without a receive callback")                  \
  X(TCP_SHORT,        tcp,     lenerr,  "TCP header cut")                                      \
  X(TCP_CHKSUM,       tcp,     chkerr,  "TCP checksum")                                        \
  X(TCP_OPTIONS,      tcp,     opterr,  "TCP options malformed")                               \
  X(TCP_GROUP,        tcp,     proterr, "TCP from or to a group address or link broadcast")    \
  X(TCP_NO_PCB,       tcp,     proterr, "no TCP connection for the segment")                   \
  X(TCP_SEQ,          tcp,     drop,    "segment outside the window")                          \
  X(TCP_ACK,          tcp,     drop,    "acknowledgement not acceptable")                      \
  X(TCP_PAWS,         tcp,     drop,    "timestamp too old (PAWS)")                            \
  X(TCP_FLAGS,        tcp,     proterr, "flags make no sense in this state")                   \
  X(TCP_DUP,          tcp,     drop,    "text received before")                                \
  X(TCP_OOSEQ,        tcp,     memerr,  "out-of-order text over its limit")                    \
  X(TCP_CLOSED_DATA,  tcp,     drop,    "text for a receiver that was closed")                 \
  X(TCP_BACKLOG,      tcp,     memerr,  "no room for another half-open or accepted connection") \
  X(TCP_MEM,          tcp,     memerr,  "no memory for a segment")                             \
  X(TCP_RATE,         tcp,     drop,    "reset or challenge ACK not sent: rate limit")         \
  LWIP_X_DROP_LIST_NETCONN(X)                                                                  \
  X(DHCP_FORMAT,      none,    none,    "DHCP message malformed or not ours")                  \
  X(DNS_FORMAT,       none,    none,    "DNS answer malformed or not asked for")               \
  X(ACD_CONFLICT,     none,    none,    "address conflicts seen")                              \
  LWIP_X_DROP_LIST_IP6(X)

#if LWIP_IPV6
#define LWIP_X_DROP_LIST_IP6(X)                                                                \
  X(IP6_SHORT,        ip6,     lenerr,  "IPv6 packet shorter than its header")                 \
  X(IP6_VERSION,      ip6,     err,     "version is not 6")                                    \
  X(IP6_LEN,          ip6,     lenerr,  "payload length impossible")                           \
  X(IP6_SOURCE,       ip6,     err,     "source or destination address impossible")            \
  X(IP6_DEST,         ip6,     drop,    "not for us")                                          \
  X(IP6_EXT,          ip6,     lenerr,  "extension headers malformed, misplaced or too many")  \
  X(IP6_OPTION,       ip6,     opterr,  "IPv6 option unknown that must be known")              \
  X(IP6_ROUTING,      ip6,     opterr,  "source route")                                        \
  X(IP6_HOPS,         ip6,     drop,    "hop limit exceeded")                                  \
  X(IP6_NO_ROUTE,     ip6,     rterr,   "no route, or no address to send from")                \
  LWIP_X_DROP_LIST_FORWARD6(X)                                                                 \
  X(IP6_TOO_BIG,      ip6,     drop,    "too big for the next link")                           \
  X(ND6_FORMAT,       nd6,     lenerr,  "neighbour discovery malformed or impossible")         \
  X(ND6_SOURCE,       nd6,     proterr, "router advertisement or redirect from one who has no say") \
  X(ND6_TARGET,       nd6,     drop,    "neighbour discovery about an address nobody asked for") \
  X(ND6_ROUTER,       nd6,     drop,    "for routers")                                         \
  X(ND6_CONFLICT,     nd6,     err,     "another station claims our address")                  \
  X(ND6_QUEUE,        nd6,     memerr,  "packet queue for an unresolved neighbour full")       \
  X(ND6_TABLE,        nd6,     memerr,  "neighbour table full")                                \
  X(ND6_UNRESOLVED,   nd6,     rterr,   "nobody answered the neighbour solicitations")         \
  X(MLD6_FORMAT,      mld6,    lenerr,  "multicast listener discovery malformed")              \
  X(MLD6_GROUP,       mld6,    drop,    "not a member of the group")                           \
  LWIP_X_DROP_LIST_DHCP6(X)                                                                    \
  X(ND6_ORIGIN,       nd6,     proterr, "neighbour discovery not from the link itself, or in fragments") \
  X(MLD6_ORIGIN,      mld6,    proterr, "multicast listener discovery not from the link itself")
#else
#define LWIP_X_DROP_LIST_IP6(X)
#endif
/* clang-format on */

enum lwip_x_drop {
#define LWIP_X_DROP_ENUM(name, group, field, text) DROP_##name,
  LWIP_X_DROP_LIST(LWIP_X_DROP_ENUM)
#undef LWIP_X_DROP_ENUM
    DROP_MAX
};

#if LWIP_STATS
typedef u32_t lwip_x_drop_count_t;
#else
typedef u16_t lwip_x_drop_count_t;
#endif

/** Packets dropped since boot, by reason; wraps. */
extern lwip_x_drop_count_t lwip_x_drops[DROP_MAX];

/** The reason in words, for people.  @return "" for a number out of range */
const char *lwip_x_drop_text(unsigned reason);

#ifdef __cplusplus
}
#endif
#endif
