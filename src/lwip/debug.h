/**
 * Assertions, argument checks and debug output.
 *
 * Assertions are on unless LWIP_NOASSERT is defined; output needs LWIP_DEBUG.  Where both end up is the port's choice:
 * LWIP_PLATFORM_ASSERT() and LWIP_PLATFORM_DIAG() in arch/cc.h.
 */
#ifndef LWIP_HDR_DEBUG_H
#define LWIP_HDR_DEBUG_H

#include "lwip/arch.h"
#include "lwip/opt.h"

/** Severity of a message: the lowest two bits. */
#define LWIP_DBG_LEVEL_ALL 0x00
#define LWIP_DBG_LEVEL_WARNING 0x01
#define LWIP_DBG_LEVEL_SERIOUS 0x02
#define LWIP_DBG_LEVEL_SEVERE 0x03
#define LWIP_DBG_MASK_LEVEL 0x03
#define LWIP_DBG_LEVEL_OFF LWIP_DBG_LEVEL_ALL

/** Values of the *_DEBUG options. */
#define LWIP_DBG_ON 0x80U
#define LWIP_DBG_OFF 0x00U

/** Kinds of messages, to be or-ed. */
#define LWIP_DBG_TRACE 0x40U /**< the flow of the program */
#define LWIP_DBG_STATE 0x20U /**< a module changed its state */
#define LWIP_DBG_FRESH 0x10U /**< code not yet proven */
#define LWIP_DBG_HALT 0x08U  /**< stop for good after printing */

/** Stop with @p message unless @p assertion holds: a mistake of ours or of the caller's. */
#ifndef LWIP_NOASSERT
#define LWIP_ASSERT(message, assertion) \
  do {                                  \
    if (!(assertion)) {                 \
      LWIP_PLATFORM_ASSERT(message);    \
    }                                   \
  } while (0)
#else
#define LWIP_ASSERT(message, assertion)
#endif

/** Check an argument, always compiled in: unless @p expression holds, say @p message and do @p handler (a return). */
#ifndef LWIP_ERROR
#ifdef LWIP_DEBUG
#define LWIP_PLATFORM_ERROR(message) LWIP_PLATFORM_DIAG((message))
#else
#define LWIP_PLATFORM_ERROR(message)
#endif
#define LWIP_ERROR(message, expression, handler) \
  do {                                           \
    if (!(expression)) {                         \
      LWIP_PLATFORM_ERROR(message);              \
      handler;                                   \
    }                                            \
  } while (0)
#endif

/** Print @p message, arguments of printf in parentheses, if the bits of @p debug are switched on. */
#ifdef LWIP_DEBUG
#define LWIP_DEBUGF(debug, message)                                     \
  do {                                                                  \
    if (((debug)&LWIP_DBG_ON) && ((debug)&LWIP_DBG_TYPES_ON) &&         \
        ((s16_t)((debug)&LWIP_DBG_MASK_LEVEL) >= LWIP_DBG_MIN_LEVEL)) { \
      LWIP_PLATFORM_DIAG(message);                                      \
      if ((debug)&LWIP_DBG_HALT) {                                      \
        while (1) {}                                                    \
      }                                                                 \
    }                                                                   \
  } while (0)
#else
#define LWIP_DEBUGF(debug, message)
#endif

#endif
