/** Headers in one piece, whatever a driver or a peer made of the packet. */
#ifndef LWIP_STACK_MEM_PBUF_PULL_H
#define LWIP_STACK_MEM_PBUF_PULL_H

#include "lwip/pbuf.h"

/** The most octets that can be pulled: an IPv4 header with all options and a TCP header with all options, twice over for a quoted packet. */
#define PBUF_PULL_MAX 256

/**
 * Make the first @p n octets contiguous.  Takes @p p and gives the same pbuf (the usual case, nothing is done) or a new head
 * with the rest chained to it; nothing that was received is written to.
 *
 * Up to PBUF_IP octets in front of the payload (headers already parsed) are in front of it in a new head too; pointers into the old one stay good.
 *
 * @param n  at most PBUF_PULL_MAX and p->tot_len
 * @return NULL: no memory, the packet was dropped and counted
 */
struct pbuf *pbuf_pull_slow(struct pbuf *p, u16_t n);

static inline struct pbuf *pbuf_pull(struct pbuf *p, u16_t n)
{
  return p->len >= n ? p : pbuf_pull_slow(p, n);
}

#endif
