#include "../c/lwipopts.h"
#undef LWIP_DHCP
#define LWIP_IPV4 0
#define LWIP_DHCP 0
