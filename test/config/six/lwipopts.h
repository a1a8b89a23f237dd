/** The options of test/config/full and the ones of IPv6 that change what a host looks like: tests of test/six. */
#ifndef TEST_CONFIG_SIX_LWIPOPTS_H
#define TEST_CONFIG_SIX_LWIPOPTS_H

#define LWIP_X_IPV6_STABLE_IID 1
#define LWIP_X_IPV6_TEMPORARY 1
#define LWIP_X_IPV6_OPTIMISTIC_DAD 1
#define LWIP_IPV6_FORWARD 1
#define LWIP_X_ND6_ANNOUNCE 1
#define LWIP_X_DHCP6_DUID 1

#include "../full/lwipopts.h"

#endif
