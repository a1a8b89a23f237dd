/** The SMSC LAN9118 Ethernet controller, as an interface of the stack. */
#ifndef PORTS_QEMU_LAN9118_H
#define PORTS_QEMU_LAN9118_H

#include "lwip/netif.h"
#include <stdbool.h>

/** For netif_add().  @retval ERR_IF there is no such controller */
err_t lan9118_init(struct netif *netif);

/** Hand received frames to the stack and follow the cable.  From the main loop. */
void lan9118_poll(struct netif *netif);

/** Is there something for lan9118_poll()?  Interrupts may be off. */
bool lan9118_pending(void);

#endif
