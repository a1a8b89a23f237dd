/** lwIP's defaults fit; ours brings its own header, which this one must not hide. */
#ifdef RAM_OURS
#include_next "arch/cc.h"
#else
#include <sys/time.h>
#define LWIP_ERRNO_STDINCLUDE 1
#endif
