/** The driver of a TAP device, the same for every stack.  All of it is harness. */
#ifndef BENCH_THREADS_TAP_DRIVER_H
#define BENCH_THREADS_TAP_DRIVER_H

#include "lwip/netif.h"

/** For netif_add(): open tap0 and start the thread that hands its frames to the stack.  Ends the program if there is none. */
err_t h_tap_init(struct netif *netif);

#endif
