/** What the stack remembers of a packet that comes in fragments; of either version of IP.  An extension of ours. */
#ifndef LWIP_X_REASS_H
#define LWIP_X_REASS_H

#include "lwip/opt.h"
#include "lwip/pbuf.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A datagram being put together. */
struct ip_reassdata {
  struct ip_reassdata *next; /**< younger one */
  struct pbuf
    *p; /**< fragments, each with its IPv4 or Fragment header, the highest offset first; one packet after the other */
  struct pbuf *x_first; /**< the one with offset 0, NULL: not there yet */
  u32_t x_key
    [3]; /**< IPv4: source, destination, id and protocol; IPv6: of the source's /64, and a keyed hash of addresses and id */
  u16_t datagram_len; /**< octets of payload in the whole datagram, 0: last fragment not seen */
  u8_t flags;         /**< internal */
#if LWIP_X_TCP_ECN
  u8_t x_ecn; /**< bit n: a fragment had n in the ECN field */
#endif
  u8_t x_front; /**< IPv6: octets in front of the first fragment's Fragment header */
  u32_t due;    /**< given up then, ms */
  u16_t got;    /**< octets of payload there are */
  u16_t pbufs;  /**< length of the chain */
};

#ifdef __cplusplus
}
#endif

#endif
