/** The POSIX name of lwip/sockets.h: put this folder on the include path. */
#include "lwip/sockets.h"
