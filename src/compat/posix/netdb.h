/** The POSIX name of lwip/netdb.h: put this folder on the include path. */
#include "lwip/netdb.h"
