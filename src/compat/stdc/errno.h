/** The standard name of lwip/errno.h: put this folder on the include path. */
#include "lwip/errno.h"
