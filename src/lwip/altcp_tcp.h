/** Connections of lwip/altcp.h that are plain TCP: the bottom of every stack of layers. */
#ifndef LWIP_HDR_ALTCP_TCP_H
#define LWIP_HDR_ALTCP_TCP_H

#include "lwip/opt.h"

#if LWIP_ALTCP

#include "lwip/altcp.h"

#ifdef __cplusplus
extern "C" {
#endif

struct tcp_pcb;

/** Give a new, unbound connection over TCP, for addresses of @p ip_type.  @return NULL if there is no memory */
struct altcp_pcb *altcp_tcp_new_ip_type(u8_t ip_type);

#define altcp_tcp_new() altcp_tcp_new_ip_type(IPADDR_TYPE_V4)
#define altcp_tcp_new_ip6() altcp_tcp_new_ip_type(IPADDR_TYPE_V6)

/** An altcp_new_fn for altcp_allocator_t; @p arg is not used. */
struct altcp_pcb *altcp_tcp_alloc(void *arg, u8_t ip_type);

/** Make a connection of @p tpcb, whose callbacks it takes over.  @return NULL if @p tpcb is NULL or memory is short
 *  (then @p tpcb is untouched) */
struct altcp_pcb *altcp_tcp_wrap(struct tcp_pcb *tpcb);

#ifdef __cplusplus
}
#endif

#endif
#endif
