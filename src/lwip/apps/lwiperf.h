/**
 * Measure TCP throughput against iperf 2: server and client.
 *
 * Context: core thread, or with the core locked.
 */
#ifndef LWIP_HDR_APPS_LWIPERF_H
#define LWIP_HDR_APPS_LWIPERF_H

#include "lwip/opt.h"
#include "lwip/ip_addr.h"

#ifdef __cplusplus
extern "C" {
#endif

#define LWIPERF_TCP_PORT_DEFAULT 5001

/** How a test ended. */
enum lwiperf_report_type {
  LWIPERF_TCP_DONE_SERVER,             /**< we received, the peer finished */
  LWIPERF_TCP_DONE_CLIENT,             /**< we sent, all of it */
  LWIPERF_TCP_ABORTED_LOCAL,           /**< ended by us: lwiperf_abort(), no memory, silence */
  LWIPERF_TCP_ABORTED_LOCAL_DATAERROR, /**< the peer sent something else than iperf does */
  LWIPERF_TCP_ABORTED_LOCAL_TXERROR,   /**< TCP refused to send */
  LWIPERF_TCP_ABORTED_REMOTE           /**< the connection was reset or never came up */
};

/** Which way the octets of a client's test go. */
enum lwiperf_client_type {
  LWIPERF_CLIENT,  /**< from us to the peer */
  LWIPERF_DUAL,    /**< both ways at once (iperf -d) */
  LWIPERF_TRADEOFF /**< first from us, then to us (iperf -r) */
};

/**
 * A test is over.
 * @param bytes_transferred   octets of payload in the direction measured
 * @param ms_duration         milliseconds
 * @param bandwidth_kbitpsec  1000 bits per second
 */
typedef void (*lwiperf_report_fn)(void *arg, enum lwiperf_report_type report_type, const ip_addr_t *local_addr,
                                  u16_t local_port, const ip_addr_t *remote_addr, u16_t remote_port,
                                  u32_t bytes_transferred, u32_t ms_duration, u32_t bandwidth_kbitpsec);

/** Answer tests on @p local_addr, @p local_port.  @return the session, NULL: no memory or the port is taken */
void *lwiperf_start_tcp_server(const ip_addr_t *local_addr, u16_t local_port, lwiperf_report_fn report_fn,
                               void *report_arg);

/** lwiperf_start_tcp_server() on all addresses, port 5001. */
void *lwiperf_start_tcp_server_default(lwiperf_report_fn report_fn, void *report_arg);

/** Send to an iperf server for ten seconds.  @return the session, NULL: no memory or no route */
void *lwiperf_start_tcp_client(const ip_addr_t *remote_addr, u16_t remote_port, enum lwiperf_client_type type,
                               lwiperf_report_fn report_fn, void *report_arg);

/** lwiperf_start_tcp_client() to port 5001, LWIPERF_CLIENT. */
void *lwiperf_start_tcp_client_default(const ip_addr_t *remote_addr, lwiperf_report_fn report_fn, void *report_arg);

/** End a session and whatever it started; no report.  Harmless for a session that has ended. */
void lwiperf_abort(void *lwiperf_session);

#ifdef __cplusplus
}
#endif

#endif
