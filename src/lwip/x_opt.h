/**
 * Options of our own, all named LWIP_X_*; lwip/opt.h includes this after the options lwIP knows.
 * Set them in lwipopts.h like any other.
 */
#ifndef LWIP_X_OPT_H
#define LWIP_X_OPT_H

/** Refuse calls from a second context, defer input and timers while the core is busy (stack/base/core.h).
 *  Needs LWIP_X_CONTEXT() from the port; Cortex-M has one. */
#ifndef LWIP_X_CORE_GUARD
#if NO_SYS && defined(LWIP_X_CONTEXT)
#define LWIP_X_CORE_GUARD 1
#else
#define LWIP_X_CORE_GUARD 0
#endif
#endif

/** Frames put aside while the core is busy; more are dropped and counted. */
#ifndef LWIP_X_DEFER_QUEUE_LEN
#define LWIP_X_DEFER_QUEUE_LEN 8
#endif

/** Asked at the start of every mem_malloc() and memp_malloc(): true makes it fail (for tests of what happens then). */
#ifndef LWIP_X_ALLOC_FAIL
#define LWIP_X_ALLOC_FAIL() 0
#endif

#endif
