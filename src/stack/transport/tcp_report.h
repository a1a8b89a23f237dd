/** Soft errors told to the program (lwip/x_tcp.h). */
#ifndef LWIP_STACK_TRANSPORT_TCP_REPORT_H
#define LWIP_STACK_TRANSPORT_TCP_REPORT_H

#include "../tcp/tcp_engine.h"
#include "../ip/ip_rx.h"

#if LWIP_TCP
#if LWIP_X_TCP_REPORTS
/** An ICMP error about @p pcb. */
void tcp_report_error(struct tcp_pcb *pcb, enum ip_error_what what);
/** @p pcb, pinned, was at @p before retransmissions. */
void tcp_report_slow(struct tcp_pcb *pcb, u8_t before);
#else
static inline void tcp_report_error(struct tcp_pcb *pcb, enum ip_error_what what)
{
  (void)pcb, (void)what;
}
static inline void tcp_report_slow(struct tcp_pcb *pcb, u8_t before)
{
  (void)pcb, (void)before;
}
#endif
#endif

#endif
