/** A node whose first interface is the STM32 driver on the twin of a MAC (test/twin), in the variants built so. */
#ifndef TEST_SIM_NODE_TWIN_H
#define TEST_SIM_NODE_TWIN_H

#include "node.h"

#ifdef SIM_TWIN
#define NODE_TWIN 1
/** The interface's init function: driver, MAC, PHY; the link comes up later. */
err_t node_twin_setup(struct netif *nif, const struct sim_iface *iface);
/** A frame comes in by the wire. */
void node_twin_input(const uint8_t *frame, size_t len);
/** The node's clock has gone on, or the program has done something: let the hardware and the driver follow. */
void node_twin_settle(void);
#else
#define NODE_TWIN 0
#define node_twin_setup(nif, iface) ((void)(nif), (void)(iface), ERR_IF)
#define node_twin_input(frame, len) ((void)(frame), (void)(len))
#define node_twin_settle() (void)0
#endif

#endif
