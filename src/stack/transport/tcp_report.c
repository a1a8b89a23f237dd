/**
 * Soft errors: the connection goes on, but the program may want to know (RFC 9293 3.9.1.8).
 */
#include "tcp_report.h"

#include "../base/core.h"
#include "lwip/x_tcp.h"
#include "tcp_core.h"

#if LWIP_TCP && LWIP_X_TCP_REPORTS

enum { R1 = 3 }; /* RFC 9293 SHLD-10 */

static const u8_t report_for[] = { [IP_ERR_UNREACH_NET] = LWIP_X_TCP_NET_UNREACHABLE,
                                   [IP_ERR_UNREACH_HOST] = LWIP_X_TCP_HOST_UNREACHABLE,
                                   [IP_ERR_UNREACH_PROTO] = LWIP_X_TCP_PROTO_UNREACHABLE,
                                   [IP_ERR_UNREACH_PORT] = LWIP_X_TCP_PORT_UNREACHABLE,
                                   [IP_ERR_TOO_BIG] = LWIP_X_TCP_PARAMETER,
                                   [IP_ERR_TIME] = LWIP_X_TCP_TTL_EXCEEDED,
                                   [IP_ERR_ADMIN] = LWIP_X_TCP_PROHIBITED,
                                   [IP_ERR_OTHER] = LWIP_X_TCP_PARAMETER };

static void tell(struct tcp_pcb *pcb, u8_t what)
{
  if (pcb->x_report != NULL && !(pcb->flags & (TF_X_DEAD | TF_X_ORPHAN))) {
    pcb->x_report(pcb->callback_arg, pcb, what);
  }
}

void tcp_report_error(struct tcp_pcb *pcb, enum ip_error_what what)
{
  tcp_pin(pcb);
  tell(pcb, report_for[what]);
  tcp_settle(pcb, sys_now());
  (void)tcp_unpin(pcb);
}

void tcp_report_slow(struct tcp_pcb *pcb, u8_t before)
{
  if (before < R1 && pcb->nrtx >= R1) {
    tell(pcb, LWIP_X_TCP_SLOW);
  }
}

err_t lwip_x_tcp_reports(struct tcp_pcb *pcb, lwip_x_tcp_report_fn report)
{
  err_t err = tcp_enter_connection(pcb);

  if (err == ERR_OK) {
    pcb->x_report = report;
    core_leave();
  }
  return err;
}

#endif
