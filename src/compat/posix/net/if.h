/** The POSIX name of lwip/if_api.h: put this folder on the include path. */
#include "lwip/if_api.h"
