/**
 * Bulk TCP transfers whose every octet is checked, for the interoperability tests.
 * Octet number i of a transfer is i modulo 251: a prime, so that blocks that are swapped, lost or repeated show.
 *
 * Each transfer ends with a line on stdout that begins with "send", "recv" or "serve" and says "ok" or "FAILED".
 */
#ifndef PORTS_UNIX_TRAFFIC_H
#define PORTS_UNIX_TRAFFIC_H

#include "lwip/ip_addr.h"

/** Connect to @p addr, send @p octets, shut down, wait for the peer to close. */
void traffic_send(const ip_addr_t *addr, u16_t port, unsigned long octets);

/** Listen, check what comes in on each connection up to its end; expect @p octets of it unless 0. */
void traffic_recv(u16_t port, unsigned long octets);

/** Listen, send @p octets to whoever connects, close. */
void traffic_serve(u16_t port, unsigned long octets);

/** Connect to @p addr, check what comes in; expect @p octets of it unless 0. */
void traffic_fetch(const ip_addr_t *addr, u16_t port, unsigned long octets);

/** Transfers that were begun and have not ended, listeners not counted. */
unsigned traffic_pending(void);

/** Transfers that failed. */
unsigned traffic_failed(void);

#endif
