/** Room for one address conflict detection inside a public structure.  What is in it is the stack's business. */
#ifndef LWIP_X_ACD_H
#define LWIP_X_ACD_H

#include "lwip/ip4_addr.h"
#include "lwip/x_timer.h"

struct netif;

struct lwip_x_acd {
  struct lwip_x_timer timer;
  struct lwip_x_acd *next;
  struct netif *nif;
  void (*on_event)(void);
  u32_t addr;
  u8_t state, sent, conflicts, quick;
};

#endif
