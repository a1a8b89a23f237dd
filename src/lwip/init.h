/** The beginning, and which lwIP this is compatible with. */
#ifndef LWIP_HDR_INIT_H
#define LWIP_HDR_INIT_H

#include "lwip/opt.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The version of lwIP whose programs compile here; programs compare these. */
#define LWIP_VERSION_MAJOR 2
#define LWIP_VERSION_MINOR 1
#define LWIP_VERSION_REVISION 3
/** LWIP_RC_RELEASE, LWIP_RC_DEVELOPMENT or the number of a release candidate. */
#define LWIP_VERSION_RC LWIP_RC_RELEASE

#define LWIP_RC_RELEASE 255
#define LWIP_RC_DEVELOPMENT 0

#define LWIP_VERSION_IS_RELEASE (LWIP_VERSION_RC == LWIP_RC_RELEASE)
#define LWIP_VERSION_IS_DEVELOPMENT (LWIP_VERSION_RC == LWIP_RC_DEVELOPMENT)
#define LWIP_VERSION_IS_RC ((LWIP_VERSION_RC != LWIP_RC_RELEASE) && (LWIP_VERSION_RC != LWIP_RC_DEVELOPMENT))

/** All of it as one number, to compare. */
#define LWIP_VERSION \
  ((LWIP_VERSION_MAJOR) << 24 | (LWIP_VERSION_MINOR) << 16 | (LWIP_VERSION_REVISION) << 8 | (LWIP_VERSION_RC))

#define LWIP_VERSTR2(x) #x
#define LWIP_VERSTR(x) LWIP_VERSTR2(x)
#if LWIP_VERSION_IS_RELEASE
#define LWIP_VERSION_STRING_SUFFIX ""
#elif LWIP_VERSION_IS_DEVELOPMENT
#define LWIP_VERSION_STRING_SUFFIX "d"
#else
#define LWIP_VERSION_STRING_SUFFIX "rc" LWIP_VERSTR(LWIP_VERSION_RC)
#endif
#define LWIP_VERSION_STRING       \
  LWIP_VERSTR(LWIP_VERSION_MAJOR) \
  "." LWIP_VERSTR(LWIP_VERSION_MINOR) "." LWIP_VERSTR(LWIP_VERSION_REVISION) LWIP_VERSION_STRING_SUFFIX

/** The version of this stack, which counts by itself. */
#define LWIP_X_VERSION_STRING "3.0.0"

/**
 * Start the stack (NO_SYS; with threads tcpip_init() does it).  Call it once, before anything else; a second call does
 * no harm.
 */
void lwip_init(void);

#ifdef __cplusplus
}
#endif
#endif
