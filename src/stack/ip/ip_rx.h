/** A received network packet, parsed once; lives on the stack of the input function and is passed by const pointer. */
#ifndef LWIP_STACK_IP_IP_RX_H
#define LWIP_STACK_IP_IP_RX_H

#include "lwip/ip_addr.h"
#include "lwip/netif.h"
#include "lwip/pbuf.h"
#include <stdbool.h>

/* What no packet of this build can be is 0, and to ask for it costs nothing. */
enum {
  IP_RX_V6 = LWIP_IPV6 ? 0x01 : 0,           /**< hdr is an IPv6 header */
  IP_RX_BROADCAST = 0x02,                    /**< dst is a broadcast address of nif */
  IP_RX_MULTICAST = 0x04,                    /**< dst is a group */
  IP_RX_LINK_GROUP = 0x08,                   /**< came in a link-layer broadcast or multicast frame */
  IP_RX_REASSEMBLED = 0x10,                  /**< put together from fragments: no checksum by hardware covers it */
  IP_RX_LOOPED = ENABLE_LOOPBACK ? 0x20 : 0, /**< sent by this host to itself */
  IP_RX_FRAGMENT = 0x40, /**< IPv6: has or had a Fragment header, be it the only fragment: nothing for ND (RFC 6980) */
  IP_RX_ALERT = 0x80,    /**< IPv6: has a Router Alert option (RFC 2711) */
  IP_RX_ODD_SOURCE = 0x200, /**< IPv6: from nobody, or from an address of inp: nothing but ICMPv6 may be */
  /** The hardware found its checksums right; never of what was put together from fragments. */
  IP_RX_CHECKED = LWIP_X_RX_CHECKED ? 0x100 : 0
};

struct ip_rx {
  struct netif *nif; /**< whose address dst is (or the one it came in by, for groups) */
  struct netif *inp; /**< it came in by this one */
  const u8_t *hdr;   /**< the network header, contiguous: hlen octets in front of the payload */
  ip_addr_t src, dst;
  u16_t hlen; /**< octets of network header with options or extension headers */
  u16_t len;  /**< octets of payload: p->tot_len when handed on */
  u8_t proto; /**< the payload's protocol (IANA) */
  u8_t ttl, tos;
  u16_t flags; /**< IP_RX_* */
#if LWIP_IPV6
  u8_t nexth_at; /**< IPv6: where the octet lies that says proto */
#endif
};

enum ip_error_what {
  IP_ERR_UNREACH_NET,
  IP_ERR_UNREACH_HOST,
  IP_ERR_UNREACH_PROTO,
  IP_ERR_UNREACH_PORT,
  IP_ERR_TOO_BIG,
  IP_ERR_TIME,
  IP_ERR_ADMIN,
  IP_ERR_OTHER
};

/** An ICMP error about a packet of ours; addresses and ports as in that packet (local is ours). */
struct ip_error {
  enum ip_error_what what;
  const ip_addr_t *local, *remote;
  const u8_t *quoted; /**< the first octets of the transport header we sent */
  u16_t quoted_len;   /**< how many of them, at least 8 */
  u16_t mtu;          /**< IP_ERR_TOO_BIG: the next hop's MTU, octets, 0 if not told */
  u8_t proto;
};

/** A protocol over IP; filled in init/wiring.c, so that ip/ includes nothing of transport/. */
struct ip_proto {
  u8_t proto;
  /** Takes @p p: payload at the transport header, tot_len == rx->len, network header in front of it. */
  void (*input)(struct pbuf *p, const struct ip_rx *rx);
  /** May be NULL. */
  void (*error)(const struct ip_error *e);
};
/** Ends with an entry whose input is NULL. */
extern const struct ip_proto ip_protos[];

#if LWIP_TCP && LWIP_X_TCP_ON_USE
/** One more, that came after the start; NULL: not yet. */
extern const struct ip_proto *ip_proto_late;
#else
#define ip_proto_late ((const struct ip_proto *)NULL)
#endif

/** Tell the protocol it is about. */
void ip_tell_error(const struct ip_error *what);

/** What the raw pcbs made of a packet. */
enum ip_raw_verdict { IP_RAW_NONE, IP_RAW_SEEN, IP_RAW_TAKEN };

/** How many raw pcbs there are: nothing is asked of them while there are none. */
extern u8_t ip_raw_count;

/** Offer @p p (payload at the network header) to the raw pcbs before everybody else.  Lends @p p unless the answer is IP_RAW_TAKEN. */
extern enum ip_raw_verdict (*const ip_raw_input)(struct pbuf *p, const struct ip_rx *rx);

#endif
