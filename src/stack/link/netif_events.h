/** The news of an interface: first the stack's own observers, then the program's callbacks. */
#ifndef LWIP_STACK_LINK_NETIF_EVENTS_H
#define LWIP_STACK_LINK_NETIF_EVENTS_H

#include "link_up.h"

/** Tell the observers that @p what happened. */
void netif_tell(struct netif *nif, enum link_event what);

/** Tell the observers that address @p old gives way to @p now. */
void netif_tell_addr(struct netif *nif, const ip_addr_t *old, const ip_addr_t *now);

/** Call the status callback, if there is one. */
void netif_tell_status(struct netif *nif);

/** Call the link callback, if there is one. */
void netif_tell_link(struct netif *nif);

/** Call the remove callback, if there is one. */
void netif_tell_removed(struct netif *nif);

/** Tell the extended callbacks that the interface is or will be @p up (LWIP_NSC_STATUS_CHANGED, LWIP_NSC_LINK_CHANGED). */
void netif_tell_ext_up(struct netif *nif, netif_nsc_reason_t why, u8_t up);

#endif
