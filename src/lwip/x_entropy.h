/**
 * Where the stack's secrets come from.  A port defines this function, over a hardware random number generator or
 * whatever else an attacker cannot watch; without it LWIP_RAND() of arch/cc.h or lwipopts.h is used, and with
 * neither the program does not link: there is no silent rand().
 */
#ifndef LWIP_X_ENTROPY_H
#define LWIP_X_ENTROPY_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Fill @p len octets at @p buf with bits nobody can guess.  Called once, for 16 octets, before the first packet. */
void lwip_x_entropy(void *buf, size_t len);

#ifdef __cplusplus
}
#endif
#endif
