/**
 * Congestion control of a TCP connection, to choose.
 */
#ifndef LWIP_HDR_X_TCP_CC_H
#define LWIP_HDR_X_TCP_CC_H

#include "lwip/opt.h"

#if LWIP_TCP && LWIP_X_TCP_CUBIC

#include "lwip/tcp.h"

#ifdef __cplusplus
extern "C" {
#endif

/** An algorithm: what of the congestion window is its own; slow start and recovery are the same for all. */
struct lwip_x_tcp_cc {
  const char *name;
  /** @p octets were acknowledged in congestion avoidance: let the window grow. */
  void (*acked)(struct tcp_pcb *pcb, u32_t octets, u32_t now_ms);
  /** Something was lost with @p window octets in flight.  @return the new ssthresh, octets */
  u32_t (*reduced)(struct tcp_pcb *pcb, u32_t window);
};

extern const struct lwip_x_tcp_cc lwip_x_tcp_newreno; /**< RFC 5681, 6582 */
extern const struct lwip_x_tcp_cc lwip_x_tcp_cubic;   /**< RFC 9438: the default */

/**
 * Use @p cc for @p pcb from now on; @p cc is lent until the connection ends.  Context: core.
 * @retval ERR_OK    set
 * @retval ERR_ARG   no pcb, no algorithm, or one without both functions
 * @retval ERR_VAL   a listener
 * @retval ERR_CLSD, ERR_INPROGRESS  a pcb that is gone; another context is inside
 */
err_t lwip_x_tcp_set_cc(struct tcp_pcb *pcb, const struct lwip_x_tcp_cc *cc);

#ifdef __cplusplus
}
#endif

#endif

#endif
