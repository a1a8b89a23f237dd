/** The DHCPv6 client inside: what its files know of each other, and what init/wiring.c needs. */
#ifndef LWIP_STACK_SERVICE_DHCP6_CLIENT_H
#define LWIP_STACK_SERVICE_DHCP6_CLIENT_H

#include "lwip/dhcp6.h"
#include "../link/link_up.h"
#include "lwip/udp.h"

#if LWIP_IPV6 && LWIP_IPV6_DHCP6

#include "../base/timer.h"
#include "../wire/wire_dhcp6.h"
#include <stdbool.h>

enum dhcp6_client_state {
  DHCP6_OFF = DHCP6_STATE_OFF,
  DHCP6_IDLE = DHCP6_STATE_STATELESS_IDLE, /**< until a router says something, or the parameters grow old */
  DHCP6_INFORMING = DHCP6_STATE_REQUESTING_CONFIG,
  DHCP6_SOLICITING = DHCP6_X_STATE_SOLICITING,
  DHCP6_REQUESTING = DHCP6_X_STATE_REQUESTING,
  DHCP6_BOUND = DHCP6_X_STATE_BOUND,
  DHCP6_RENEWING = DHCP6_X_STATE_RENEWING,
  DHCP6_REBINDING = DHCP6_X_STATE_REBINDING,
  DHCP6_CONFIRMING = DHCP6_X_STATE_CONFIRMING,
  DHCP6_DECLINING = DHCP6_X_STATE_DECLINING,
  DHCP6_RELEASING = DHCP6_X_STATE_RELEASING
};

#define DHCP6_IN(d, states) (((states) >> (d)->state) & 1u)
#define DHCP6_BIT(state) (1u << (state))
/** With leased addresses. */
#define DHCP6_LEASED \
  (DHCP6_BIT(DHCP6_BOUND) | DHCP6_BIT(DHCP6_RENEWING) | DHCP6_BIT(DHCP6_REBINDING) | DHCP6_BIT(DHCP6_CONFIRMING))

/** Octets of our own DUID: DUID-LL, or what the program wants. */
#define DHCP6_DUID_OWN (LWIP_X_DHCP6_DUID ? DHCP6_X_DUID_MAX : 4 + NETIF_MAX_HWADDR_LEN)

/* dhcp6_fsm.c */
/** Begin an exchange in @p state. */
void dhcp6_begin(struct dhcp6 *d, u8_t state);
/** Nothing to do until a router says something; @p refresh_s: or until the parameters are that old. */
void dhcp6_rest(struct dhcp6 *d, u32_t refresh_s);
/** Back to DHCP6_OFF. */
void dhcp6_halt(struct dhcp6 *d);

#if LWIP_IPV6_DHCP6_STATEFUL
/* dhcp6_lease.c: leased addresses are the slots of the interface with origin LWIP_X_IP6_LEASED. */
/** The next slot behind @p slot with a leased address, or -1; begin with -1. */
s8_t dhcp6_leased_slot(const struct netif *nif, s8_t slot);
/** Take over what the IA in @p r says.  @return what its status is, DHCP6_WIRE_NO_BINDING if there is none of ours */
u16_t dhcp6_take_ia(struct dhcp6 *d, const struct dhcp6_repr *r);
/** The first usable address of the IA in @p r, or NULL. */
const u8_t *dhcp6_offered(const struct dhcp6 *d, const struct dhcp6_repr *r);
/** Remove all. */
void dhcp6_drop_leases(struct netif *nif);
/** Remove all and remember them in x_gone. */
void dhcp6_give_up_leases(struct dhcp6 *d);
/** When the last lease ends, s from now. */
u32_t dhcp6_lease_left(const struct netif *nif);
/** Wait for T1. */
void dhcp6_bind(struct dhcp6 *d);
/** For nd6_news. */
void dhcp6_lease_taken(struct netif *nif, s8_t slot);
#else
static inline void dhcp6_drop_leases(struct netif *nif)
{
  (void)nif;
}
static inline void dhcp6_give_up_leases(struct dhcp6 *d)
{
  (void)d;
}
#endif

/** Our identity association on @p d's interface. */
static inline u32_t dhcp6_iaid(const struct dhcp6 *d)
{
  return d->x_netif->num;
}

/* dhcp6_out.c */
/** Send a message (DHCP6_WIRE_*) with what its type calls for; lost if there is no memory. */
void dhcp6_send(struct dhcp6 *d, u8_t type);
/** Our DUID at @p to, the same whichever interface asks first.  @return octets */
size_t dhcp6_duid(const struct netif *nif, u8_t *to);
/** One UDP pcb on port 546 for all clients.  @return false: none free */
bool dhcp6_open_port(struct dhcp6 *d);
void dhcp6_close_port(struct dhcp6 *d);

/* dhcp6_in.c: udp_recv_fn.  Takes p. */
void dhcp6_recv(void *arg, struct udp_pcb *pcb, struct pbuf *p, const ip_addr_t *addr, u16_t port);

/** A link_observer_fn. */
void dhcp6_netif_changed(const struct link_change *c);

#elif LWIP_IPV6

static inline void dhcp6_nd6_ra_trigger(struct netif *netif, u8_t managed_addr_config, u8_t other_config)
{
  (void)netif;
  (void)managed_addr_config;
  (void)other_config;
}

#endif

#if LWIP_IPV6 && !(LWIP_IPV6_DHCP6 && LWIP_IPV6_DHCP6_STATEFUL)
static inline void dhcp6_lease_taken(struct netif *nif, s8_t slot)
{
  (void)nif;
  (void)slot;
}
#endif

#endif
