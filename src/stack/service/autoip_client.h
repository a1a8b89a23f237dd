/** AutoIP's observer for init/wiring.c. */
#ifndef LWIP_STACK_SERVICE_AUTOIP_CLIENT_H
#define LWIP_STACK_SERVICE_AUTOIP_CLIENT_H

#include "lwip/autoip.h"
#include "../link/link_up.h"

#if LWIP_IPV4 && LWIP_AUTOIP
/** A link_observer_fn. */
void autoip_netif_changed(const struct link_change *c);
#else
static inline void autoip_netif_changed(const struct link_change *c)
{
  (void)c;
}
#endif

#endif
