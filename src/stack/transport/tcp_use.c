/** TCP wires itself in.  Only what makes a pcb refers to this file, so that the linker leaves TCP out of a program that makes none. */
#include "tcp_use.h"

#if LWIP_TCP && LWIP_X_TCP_ON_USE

#include "../mem/pbuf_hook.h"
#include "../wire/wire_ip4.h"
#include "lwip/priv/tcp_priv.h"

static const struct tcp_wiring wiring = { { IP4_WIRE_TCP, tcp_rx, tcp_ip_error },
                                          tcp_netif_changed,
                                          PBUF_FREES_OOSEQ ? tcp_shed_ooseq : NULL };

void tcp_use(void)
{
  if (tcp_wiring == NULL) {
    tcp_init();
    tcp_wiring = &wiring;
    ip_proto_late = &wiring.proto;
  }
}

#endif
