/**
 * Connect to a name by whichever version of IP gets there first: Happy Eyeballs (RFC 8305).  An extension of ours.
 *
 * Both addresses are looked up at once; IPv6 has a head start of 250 ms, and if its address is late, of 50 ms.
 */
#ifndef LWIP_X_CONNECT_H
#define LWIP_X_CONNECT_H

#include "lwip/opt.h"

#if LWIP_TCP && LWIP_DNS && LWIP_CALLBACK_API

#include "lwip/altcp.h"
#include "lwip/err.h"

#ifdef __cplusplus
extern "C" {
#endif

/** An attempt under way. */
struct lwip_x_connect;

/**
 * It is over.
 * @param conn  the connection, given to the program, which sets its callbacks now; NULL: none
 * @param err   ERR_OK; or why there is none: ERR_VAL no address, else that of the last attempt
 * @return as tcp_connected_fn: ERR_ABRT if @p conn was aborted here, else ERR_OK
 */
typedef err_t (*lwip_x_connect_fn)(void *arg, struct altcp_pcb *conn, err_t err);

#if LWIP_ALTCP
typedef altcp_allocator_t lwip_x_allocator_t;
#else
typedef void lwip_x_allocator_t;
#endif

/**
 * Connect to @p port of @p host, a name or an address.  @p done is called later, exactly once, unless lwip_x_connect_abort() is
 * called first; never from within this function.
 * @param allocator  what makes the connections: TCP, TLS...; lent until it is over; NULL: TCP
 * @return NULL: an argument missing, or no memory
 * Context: core.
 */
struct lwip_x_connect *lwip_x_connect(const char *host, u16_t port, lwip_x_allocator_t *allocator,
                                      lwip_x_connect_fn done, void *arg);

/** Give up; @p done is not called.  Takes @p c. */
void lwip_x_connect_abort(struct lwip_x_connect *c);

#ifdef __cplusplus
}
#endif

#endif
#endif
