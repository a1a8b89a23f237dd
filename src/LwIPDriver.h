/**
 * What LwIPEthernet wants of an Ethernet driver.  On STM32 with a MAC it brings its own (LwIPSTM32.h); for other hardware fill in an
 * LwIPDriver and give it to LwIPEthernet.setDriver() before begin(), or build with
 *   -DLWIP_X_ARDUINO_DRIVER=<MyDriver.h>
 * where MyDriver.h defines `static inline LwIPDriver lwip_x_arduino_driver() { return { my_init, my_poll, nullptr }; }`.
 */
#ifndef LWIP_DRIVER_H
#define LWIP_DRIVER_H

#include "lwip/netif.h"

struct LwIPDriver {
  /**
   * Called by begin(): set mtu, flags, output, linkoutput and start the hardware, as for netif_add() (docs/PORTING.md).
   * hwaddr is set if hwaddr_len is 6: use it; else fill both in.
   */
  netif_init_fn init;
  /** Called again and again: give received frames to netif->input(), follow the cable (netif_set_link_up/down()). */
  void (*poll)(struct netif *netif);
  /** Becomes netif->state. */
  void *state;
  /** Called by end(), before netif_remove(): stop the hardware.  May be left out. */
  void (*stop)(struct netif *netif) = nullptr;
};

#endif
