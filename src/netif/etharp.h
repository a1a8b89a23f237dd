/** Where old programs look for ARP; it is in lwip/etharp.h and netif/ethernet.h. */
#ifndef LWIP_NETIF_ETHARP_H
#define LWIP_NETIF_ETHARP_H

#include "lwip/etharp.h"
#include "netif/ethernet.h"

#endif
