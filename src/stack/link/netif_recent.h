/**
 * Two answers that hold until an interface changes; packets come in runs, and so the last answer is usually the next one.
 *
 * Whatever changes an interface by a function of netif.h forgets both.  They say nothing about a flag or an address that a
 * program writes to its struct netif itself, so whoever uses them looks at the flags again.
 */
#ifndef LWIP_STACK_LINK_NETIF_RECENT_H
#define LWIP_STACK_LINK_NETIF_RECENT_H

#include "lwip/netif.h"

#if LWIP_IPV4

struct netif_recent {
  u32_t src;              /**< network order: a unicast packet from there ... */
  const struct netif *in; /**< ... may come in by this one (ip4_in.c); NULL: nothing known */
  u32_t dest;             /**< network order: the way there ... */
  struct netif *out;      /**< ... is this one (ip4_route.c); NULL: nothing known */
};
extern struct netif_recent netif_recent;

void netif_recent_forget(void);

#else

static inline void netif_recent_forget(void)
{
}

#endif
#endif
