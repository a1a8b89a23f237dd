/**
 * The LWIP_HOOK_TCP_* hooks as expressions that always exist (see hooks.h).  Included by .c files only.
 */
#ifndef LWIP_STACK_BASE_TCP_HOOKS_H
#define LWIP_STACK_BASE_TCP_HOOKS_H

#include "lwip/tcp.h"
#include "lwip/prot/tcp.h"

#ifdef LWIP_HOOK_FILENAME
#include LWIP_HOOK_FILENAME
#endif

/** Octets of options in a segment of @p pcb, given @p internal_len of our own; a multiple of 4. */
#ifdef LWIP_HOOK_TCP_OUT_TCPOPT_LENGTH
#define hook_tcp_option_len(pcb, internal_len) ((u8_t)LWIP_HOOK_TCP_OUT_TCPOPT_LENGTH(pcb, internal_len))
#else
#define hook_tcp_option_len(pcb, internal_len) (internal_len)
#endif

/** Write the hook's options to @p opts; @return where they end. */
#ifdef LWIP_HOOK_TCP_OUT_ADD_TCPOPTS
#define hook_tcp_add_options(p, hdr, pcb, opts) LWIP_HOOK_TCP_OUT_ADD_TCPOPTS(p, hdr, pcb, opts)
#define TCP_HAS_OPTION_HOOK 1
#else
#define hook_tcp_add_options(p, hdr, pcb, opts) (opts)
#define TCP_HAS_OPTION_HOOK 0
#endif

/** true: the segment may go on. */
#ifdef LWIP_HOOK_TCP_INPACKET_PCB
#define hook_tcp_inpacket(pcb, hdr, optlen, opt1len, opt2, p) \
  (LWIP_HOOK_TCP_INPACKET_PCB(pcb, hdr, optlen, opt1len, opt2, p) == ERR_OK)
#define TCP_HAS_INPACKET_HOOK 1
#else
#define hook_tcp_inpacket(pcb, hdr, optlen, opt1len, opt2, p) 1
#define TCP_HAS_INPACKET_HOOK 0
#endif

/** An initial sequence number. */
#ifdef LWIP_HOOK_TCP_ISN
#define hook_tcp_isn(local_ip, local_port, remote_ip, remote_port) \
  LWIP_HOOK_TCP_ISN(local_ip, local_port, remote_ip, remote_port)
#define TCP_HAS_ISN_HOOK 1
#else
#define hook_tcp_isn(local_ip, local_port, remote_ip, remote_port) 0
#define TCP_HAS_ISN_HOOK 0
#endif

#endif
