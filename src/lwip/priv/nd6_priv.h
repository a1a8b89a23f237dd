/** Neighbour discovery from the inside: so far only the packets that wait for an address. */
#ifndef LWIP_PRIV_ND6_PRIV_H
#define LWIP_PRIV_ND6_PRIV_H

#include "lwip/opt.h"
#include "lwip/pbuf.h"

#ifdef __cplusplus
extern "C" {
#endif

#if LWIP_IPV6 && LWIP_ND6_QUEUEING
/** A packet that waits. */
struct nd6_q_entry {
  struct nd6_q_entry *next;
  struct pbuf *p;
};
#endif

#ifdef __cplusplus
}
#endif
#endif
