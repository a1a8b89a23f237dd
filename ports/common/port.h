/** What the example program asks of the port it runs on. */
#ifndef PORTS_COMMON_PORT_H
#define PORTS_COMMON_PORT_H

#include "lwip/arch.h"

/** Counted since boot. */
struct port_counters {
  u32_t rx_frames, tx_frames; /**< handed to the stack, given to the network */
  u32_t rx_dropped;           /**< lost for want of a buffer, or by the hardware */
  u32_t tx_dropped;           /**< could not be given to the network */
  u32_t wakeups;              /**< times the main loop woke up */
};

extern struct port_counters port_counters;

/** The name of the board or system, for people. */
extern const char port_name[];

/** Milliseconds since boot, of which asleep. */
u32_t port_asleep_ms(void);

#endif
