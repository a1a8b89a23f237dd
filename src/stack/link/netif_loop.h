/** Packets that an interface sends to its own address. */
#ifndef LWIP_STACK_LINK_NETIF_LOOP_H
#define LWIP_STACK_LINK_NETIF_LOOP_H

#include "lwip/netif.h"

#if ENABLE_LOOPBACK
/** Nothing waits. */
void netif_loop_init(struct netif *nif);
/** Drop what waits. */
void netif_loop_clear(struct netif *nif);
#else
static inline void netif_loop_init(struct netif *nif)
{
  (void)nif;
}
static inline void netif_loop_clear(struct netif *nif)
{
  (void)nif;
}
#endif

#endif
