/** The end of a packet that goes nowhere, and the count of why (lwip/x_drop.h). */
#ifndef LWIP_STACK_MEM_DROP_H
#define LWIP_STACK_MEM_DROP_H

#include "lwip/x_drop.h"

struct pbuf;

/** Count @p reason, trace it and free @p p (may be NULL: then it only counts).  Takes @p p. */
void drop(struct pbuf *p, enum lwip_x_drop reason);

/** Count only: for a refused call or a message that was not sent. */
void drop_count(enum lwip_x_drop reason);

#endif
