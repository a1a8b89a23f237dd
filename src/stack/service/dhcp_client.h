/** The DHCP client inside: what its four files know of each other, and the observer for init/wiring.c. */
#ifndef LWIP_STACK_SERVICE_DHCP_CLIENT_H
#define LWIP_STACK_SERVICE_DHCP_CLIENT_H

#include "lwip/dhcp.h"
#include "../link/link_up.h"

#if LWIP_DHCP

#include "../base/timer.h"
#include "../wire/wire_dhcp.h"
#include <stdbool.h>

#define DHCP_FOREVER 0xFFFFFFFFu

/** Values are lwIP's, dhcp_state_enum_t. */
enum dhcp_client_state {
  DHCP_OFF = 0,
  DHCP_REQUESTING = 1,
  DHCP_INIT = 2,
  DHCP_REBOOTING = 3,
  DHCP_REBINDING = 4,
  DHCP_RENEWING = 5,
  DHCP_SELECTING = 6,
  DHCP_INFORMING = 7,
  DHCP_CHECKING = 8,
  DHCP_PERMANENT = 9,
  DHCP_BOUND = 10,
  DHCP_BACKING_OFF = 12
};

/** One bit a state, to ask for several at once. */
#define DHCP_IN(d, states) (((states) >> (d)->state) & 1u)
#define DHCP_BIT(state) (1u << (state))
#define DHCP_LEASED (DHCP_BIT(DHCP_BOUND) | DHCP_BIT(DHCP_RENEWING) | DHCP_BIT(DHCP_REBINDING))

static inline u32_t dhcp_address(const struct dhcp *d)
{
  return d->offered_ip_addr.addr;
}

/* dhcp_fsm.c */
/** Look for servers, or wait for the link to do so. */
void dhcp_discover(struct dhcp *d);
/** Ask whether the leased address is still good here. */
void dhcp_reboot(struct dhcp *d);
/** Ask for parameters. */
void dhcp_ask_parameters(struct dhcp *d);
/** Ask for the address that was offered. */
void dhcp_request(struct dhcp *d);
/** Ask our server for more time. */
void dhcp_start_renewing(struct dhcp *d);
/** The offered address is acknowledged: check that nobody has it, then take it. */
void dhcp_check(struct dhcp *d);
/** Take the address and keep it as long as the lease says.  The last thing to do: it calls the program back. */
void dhcp_bind(struct dhcp *d);
/** Nothing to renew: rest until somebody asks. */
void dhcp_rest(struct dhcp *d);
/** The server says no: give the address up and start over. */
void dhcp_refused(struct dhcp *d);
/** Somebody has the address: tell the server, give it up and start over later. */
void dhcp_decline(struct dhcp *d);
/** Back to DHCP_OFF; the address stays. */
void dhcp_halt(struct dhcp *d);
/** Take the address from the interface. */
void dhcp_drop_address(struct dhcp *d);

/* dhcp_out.c */
/** Send a message (DHCP_WIRE_*) with what its type and the state call for; lost if there is no memory. */
void dhcp_send(struct dhcp *d, u8_t type);
/** One UDP pcb on port 68 for all clients.  @return false: none free */
bool dhcp_open_port(struct dhcp *d);
void dhcp_close_port(struct dhcp *d);

/* dhcp_in.c: udp_recv_fn.  Takes p. */
void dhcp_recv(void *arg, struct udp_pcb *pcb, struct pbuf *p, const ip_addr_t *addr, u16_t port);

/** A link_observer_fn. */
void dhcp_netif_changed(const struct link_change *c);

#else

static inline void dhcp_netif_changed(const struct link_change *c)
{
  (void)c;
}

#endif
#endif
