/** The news of an interface: first the stack's own observers, then the program's callbacks. */
#ifndef LWIP_STACK_LINK_NETIF_EVENTS_H
#define LWIP_STACK_LINK_NETIF_EVENTS_H

#include "link_up.h"
#include <stdbool.h>

/** Tell the observers that @p what happened; with LINK_EV_ADDR_CHANGED: address @p old gives way to @p now. */
void netif_tell_addr(struct netif *nif, enum link_event what, const ip_addr_t *old, const ip_addr_t *now);

static inline void netif_tell(struct netif *nif, enum link_event what)
{
  netif_tell_addr(nif, what, NULL, NULL);
}

/* The program's callbacks, if there are any. */
#if LWIP_NETIF_STATUS_CALLBACK
void netif_tell_status(struct netif *nif);
#else
static inline void netif_tell_status(struct netif *nif)
{
  (void)nif;
}
#endif
#if LWIP_NETIF_LINK_CALLBACK
void netif_tell_link(struct netif *nif);
#else
static inline void netif_tell_link(struct netif *nif)
{
  (void)nif;
}
#endif
#if LWIP_NETIF_REMOVE_CALLBACK
void netif_tell_removed(struct netif *nif);
#else
static inline void netif_tell_removed(struct netif *nif)
{
  (void)nif;
}
#endif

/** Tell the extended callbacks that the interface is or will be @p up (LWIP_NSC_STATUS_CHANGED, LWIP_NSC_LINK_CHANGED). */
#if LWIP_NETIF_EXT_STATUS_CALLBACK
void netif_tell_ext_up(struct netif *nif, netif_nsc_reason_t why, bool up);
#else
static inline void netif_tell_ext_up(struct netif *nif, netif_nsc_reason_t why, bool up)
{
  (void)nif;
  (void)why;
  (void)up;
}
#endif

#endif
