/**
 * What raw TCP, altcp and the netconn API have in common: states, priorities, write flags.
 */
#ifndef LWIP_HDR_TCPBASE_H
#define LWIP_HDR_TCPBASE_H

#include "lwip/opt.h"

#if LWIP_TCP

#include "lwip/arch.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A count of octets in a window or buffer: wider than the wire's 16 bits only with window scaling. */
#if LWIP_WND_SCALE
typedef u32_t tcpwnd_size_t;
#else
typedef u16_t tcpwnd_size_t;
#endif

/** The states of RFC 9293 section 3.3.2.  Programs compare them as numbers. */
enum tcp_state {
  CLOSED = 0,
  LISTEN = 1,
  SYN_SENT = 2,
  SYN_RCVD = 3,
  ESTABLISHED = 4,
  FIN_WAIT_1 = 5,
  FIN_WAIT_2 = 6,
  CLOSE_WAIT = 7,
  CLOSING = 8,
  LAST_ACK = 9,
  TIME_WAIT = 10
};

/** Has this side said that it will send no more? (CLOSE_WAIT counts, as it always did.) */
#define TCP_STATE_IS_CLOSING(state) ((state) >= FIN_WAIT_1)

/* For tcp_write(). */
#define TCP_WRITE_FLAG_COPY 0x01 /**< copy the data; without it they are lent until the sent callback */
#define TCP_WRITE_FLAG_MORE 0x02 /**< more follows at once: no PSH on this piece */
/** Ours: tcp_output() follows at once, so no timer need be set for programs that forget it. */
#define LWIP_X_TCP_WRITE_OUTPUT 0x40

/* For tcp_setprio(): when pcbs run out, a connection of lower priority gives way to a new one of higher. */
#define TCP_PRIO_MIN 1
#define TCP_PRIO_NORMAL 64
#define TCP_PRIO_MAX 127

/** The name of @p s for people, e.g. "ESTABLISHED". */
const char *tcp_debug_state_str(enum tcp_state s);

#ifdef __cplusplus
}
#endif

#endif /* LWIP_TCP */

#endif
