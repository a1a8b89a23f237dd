/**
 * A hook for whoever wants to watch: LWIP_X_TRACE(what, object, value) in lwipopts.h.  Off, it costs nothing.
 * Called from inside the stack: it may record, it may not call back.
 */
#ifndef LWIP_STACK_BASE_TRACE_H
#define LWIP_STACK_BASE_TRACE_H

#include "lwip/opt.h"

enum trace_what {
  TRACE_DROP,    /**< object: the pbuf or NULL; value: enum lwip_x_drop */
  TRACE_REFUSED, /**< object: NULL; value: the context that was refused */
  TRACE_DEFERRED /**< object: the pbuf or NULL for the timers; value: the context it came from */
};

#ifdef LWIP_X_TRACE
#define TRACE(what, object, value) LWIP_X_TRACE((what), (object), (value))
#else
#define TRACE(what, object, value) ((void)0)
#endif

#endif
