/**
 * TCP on the wire (RFC 9293 section 3.1).  This file knows octets only: no pcb, no pbuf, no netif.
 *
 *  0       2       4         8         12  13  14    16       18    20
 *  | sport | dport |   seq   |   ack   |off|flg| wnd | chksum | urg | options
 */
#ifndef LWIP_STACK_WIRE_WIRE_TCP_H
#define LWIP_STACK_WIRE_WIRE_TCP_H

#include "../base/bytes.h"
#include "lwip/opt.h"
#include <stdbool.h>
#include <stddef.h>

enum {
  TCP_WIRE_HLEN = 20, /**< octets without options */
  TCP_WIRE_HLEN_MAX = 60,
  TCP_WIRE_CHKSUM = 16, /**< where the checksum is */
  TCP_WIRE_TS_LEN = 12, /**< octets of a timestamp option with its padding */
  TCP_WIRE_SACK_MAX = 4 /**< SACK blocks an option can hold */
};

/** Is SACK of use in this build, to tell the peer or to be told? */
#define TCP_WIRE_SACK (LWIP_TCP_SACK_OUT || LWIP_X_TCP_SACK)

/** Flags of octet 13. */
enum {
  TCP_F_FIN = 0x01,
  TCP_F_SYN = 0x02,
  TCP_F_RST = 0x04,
  TCP_F_PSH = 0x08,
  TCP_F_ACK = 0x10,
  TCP_F_URG = 0x20,
  TCP_F_ECE = 0x40,
  TCP_F_CWR = 0x80
};

/** Which options are there. */
enum {
  TCP_O_MSS = 0x01,
  TCP_O_WSCALE = 0x02,
  TCP_O_SACK_PERM = 0x04,
  TCP_O_TS = 0x08,
  TCP_O_SACK = 0x10,
  TCP_O_FASTOPEN = 0x20
};

/** A segment in host byte order, options decoded: all that the state machine sees of it. */
struct tcp_repr {
  u32_t seq, ack;
  u16_t sport, dport;
  u16_t wnd;   /**< as on the wire, not scaled */
  u16_t len;   /**< octets of text; tcp_wire_parse() leaves it alone */
  u8_t flags;  /**< TCP_F_* */
  u8_t opts;   /**< TCP_O_*: which of the following are valid */
  u8_t wscale; /**< shift count, 0 to 14 */
  u8_t nsack;  /**< blocks at sack */
  u16_t mss;   /**< octets */
  u32_t tsval, tsecr;
  const u8_t *sack; /**< nsack times 8 octets, in network order: tcp_wire_sack() */
#if LWIP_X_TCP_FASTOPEN
  u8_t cookie_len;    /**< octets, 0: the option asks for one */
  const u8_t *cookie; /**< in the packet */
#endif
#if LWIP_X_TCP_ECN
  u8_t ecn; /**< of the IP header, received; tcp_wire_parse() leaves it alone */
#endif
};

static inline u8_t tcp_wire_hlen(const u8_t *h)
{
  return (u8_t)((h[12] >> 4) * 4);
}

/** Left edge of SACK block @p i; its right edge lies 4 octets behind. */
static inline u32_t tcp_wire_sack_left(const struct tcp_repr *r, u8_t i)
{
  return be32_get(r->sack + 8 * i);
}

static inline u32_t tcp_wire_sack_right(const struct tcp_repr *r, u8_t i)
{
  return be32_get(r->sack + 8 * i + 4);
}

/**
 * Parse the header at @p h, which stays lent as long as r->sack is used.
 * @param len  octets there, at least
 * @return header length in octets; 0: cut, or an option is malformed (RFC 9293 MUST-7: then nothing of the segment is believed)
 */
u8_t tcp_wire_parse(const u8_t *h, size_t len, struct tcp_repr *r);

/** Octets of the header tcp_wire_emit() will write: 20 to 60. */
u8_t tcp_wire_len(const struct tcp_repr *r);

/**
 * The inverse of tcp_wire_parse(): write the header to @p h, checksum and urgent pointer 0.
 * MSS, window scale and SACK-permitted go in front, then timestamps, then as many SACK blocks as fit.
 * @return tcp_wire_len()
 */
u8_t tcp_wire_emit(u8_t *h, const struct tcp_repr *r);

#endif
