/**
 * Room for one timer inside a public structure.  What is in it is the stack's business
 * (stack/base/timer.h); it has a name of its own here so that a program may have a struct timer.
 */
#ifndef LWIP_X_TIMER_H
#define LWIP_X_TIMER_H

#include "lwip/arch.h"

struct lwip_x_timer {
  void *link[3];
  u32_t at;
  void (*ring)(void);
};

#endif
