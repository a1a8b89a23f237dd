/** Headers in one piece, whatever a driver or a peer made of the packet. */
#ifndef LWIP_STACK_MEM_PBUF_PULL_H
#define LWIP_STACK_MEM_PBUF_PULL_H

#include "lwip/pbuf.h"

/** The most octets anybody should want to pull: headers and extensions, twice over for a quoted packet. */
#define PBUF_PULL_MAX 256

/**
 * Make the first @p n octets contiguous.  Takes @p p and gives the same pbuf (the usual case, nothing is done) or a new head
 * with the rest chained to it; nothing that was received is written to.
 *
 * What lies in front of the payload (headers already parsed) stays behind in the old head, and pointers into that stay good.
 *
 * @param n  at most p->tot_len
 * @return NULL: no memory, the packet was dropped and counted
 */
struct pbuf *pbuf_pull_slow(struct pbuf *p, u16_t n);

static inline struct pbuf *pbuf_pull(struct pbuf *p, u16_t n)
{
  return p->len >= n ? p : pbuf_pull_slow(p, n);
}

#endif
