/**
 * How often strangers are told that something is wrong, one limit for both families: a bucket of LWIP_X_ICMP_ERROR_RATE
 * tokens that refills at that rate.
 */
#ifndef LWIP_STACK_IP_ICMP_RATE_H
#define LWIP_STACK_IP_ICMP_RATE_H

#include "lwip/opt.h"
#include <stdbool.h>

/** Take a token.  @return false: none left, counted */
bool icmp_rate_take(void);

#if LWIP_X_ICMP_ECHO_RATE
/** May another echo request be answered this second? */
bool icmp_rate_echo(void);
#else
#define icmp_rate_echo() true
#endif

#endif
