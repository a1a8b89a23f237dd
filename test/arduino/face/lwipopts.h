/* The options a sketch gets (lwip/x_defaults.h), with a loopback interface to talk to itself over, and counters. */
#include "lwip/x_defaults.h"
#undef LWIP_STATS
#define LWIP_STATS 1
#define LWIP_HAVE_LOOPIF 1
#define LWIP_NETIF_LOOPBACK 1
