/** TCP's place in the tables of init/wiring.c, taken at start or by the first pcb (LWIP_X_TCP_ON_USE). */
#ifndef LWIP_STACK_TRANSPORT_TCP_USE_H
#define LWIP_STACK_TRANSPORT_TCP_USE_H

#include "tcp_in.h"

#if LWIP_TCP && LWIP_X_TCP_ON_USE

/** What init/wiring.c must not name, or every program would carry it. */
struct tcp_wiring {
  struct ip_proto proto;
  link_observer_fn netif_changed;
  void (*shed_ooseq)(void);
};
/** NULL: no program has asked for TCP yet. */
extern const struct tcp_wiring *tcp_wiring;

/** Somebody needs TCP: whatever arrives for it is handed to it from now on. */
void tcp_use(void);

#else
static inline void tcp_use(void)
{
}
#endif
#endif
