/** Arduino's way in: a sketch includes this page and gets the core of the stack. */
#ifndef LWIP_ARDUINO_LWIP_H
#define LWIP_ARDUINO_LWIP_H

#include "lwip/init.h"
#include "lwip/opt.h"
#include "lwip/netif.h"
#include "lwip/pbuf.h"
#include "lwip/ip_addr.h"
#include "lwip/sys.h"
#include "lwip/timeouts.h"
#include "netif/ethernet.h"

#endif
