// The emulated boards' driver for LwIPEthernet.
#ifndef MPS2ETHERNET_H
#define MPS2ETHERNET_H

#include "LwIPDriver.h"

extern "C" {
#include "lan9118.h"
}

static inline LwIPDriver lwip_x_arduino_driver()
{
  return { lan9118_init, lan9118_poll, nullptr };
}

#endif
