/**
 * What TCP can do beyond lwIP's API.  Each part has an option in lwip/x_opt.h; what is not switched on costs nothing.
 *
 * Context of all functions: core thread, or with the core locked.
 */
#ifndef LWIP_X_TCP_H
#define LWIP_X_TCP_H

#include "lwip/tcp.h"

#ifdef __cplusplus
extern "C" {
#endif

#if LWIP_TCP && LWIP_X_TCP_USER_TIMEOUT
/** The longest user timeout, ms. */
#define LWIP_X_TCP_USER_TIMEOUT_MAX (4UL * 3600 * 1000)
/**
 * Limit how long data (or a SYN, a FIN, a keepalive probe) may wait for the peer: then the connection is reset, and the
 * error callback called with ERR_ABRT.  Takes the place of TCP_MAXRTX, TCP_SYNMAXRTX and the number of keepalive probes; a
 * peer whose window stays closed for so long is given up too.  RFC 9293 3.8.3 (R2), RFC 5482 3.1 (local; the option that
 * tells the peer is not sent).
 *
 * @param ms  0: no limit of its own; more than LWIP_X_TCP_USER_TIMEOUT_MAX counts as that
 * @retval ERR_OK    set
 * @retval ERR_VAL   a listener
 * @retval ERR_ARG, ERR_CLSD, ERR_INPROGRESS  no pcb, one that is gone, another context is inside
 */
err_t lwip_x_tcp_user_timeout(struct tcp_pcb *pcb, u32_t ms);
#endif

#if LWIP_TCP && LWIP_X_TCP_REPORTS
/** What a program may want to know, although the connection goes on (RFC 9293 3.9.1.8, 3.9.2.2, RFC 5927). */
enum lwip_x_tcp_report {
  LWIP_X_TCP_NET_UNREACHABLE,
  LWIP_X_TCP_HOST_UNREACHABLE,
  LWIP_X_TCP_PROTO_UNREACHABLE,
  LWIP_X_TCP_PORT_UNREACHABLE,
  LWIP_X_TCP_PROHIBITED, /**< by an administrator */
  LWIP_X_TCP_TTL_EXCEEDED,
  LWIP_X_TCP_PARAMETER, /**< a parameter problem, or an error unknown here */
  LWIP_X_TCP_SLOW       /**< sent three times without an answer (R1 of RFC 9293 3.8.3) */
};
/** @p arg: tcp_arg()'s; @p what: enum lwip_x_tcp_report.  May do with @p pcb what any callback may. */
typedef void (*lwip_x_tcp_report_fn)(void *arg, struct tcp_pcb *pcb, u8_t what);
/** Have @p report called for soft errors; NULL: not any more.  Errors as lwip_x_tcp_user_timeout(). */
err_t lwip_x_tcp_reports(struct tcp_pcb *pcb, lwip_x_tcp_report_fn report);
#endif

#if LWIP_TCP && LWIP_X_TCP_FASTOPEN
/**
 * Let @p listener take text from SYNs of peers that were here before (Fast Open, RFC 7413), one round trip earlier.  The accept
 * and recv callbacks may then be called twice for the same request, if the network repeats a SYN: only for servers whose
 * requests may come twice.
 * @param pending  not while so many connections of this kind that came by this listener wait for the end of their handshake
 *                 (RFC 7413 4.2, 5.1; at most LWIP_X_TCP_FASTOPEN_PENDING); others are opened the usual way.  0: never
 * @retval ERR_OK   set
 * @retval ERR_VAL  not a listener
 * @retval ERR_ARG, ERR_CLSD, ERR_INPROGRESS  no pcb, one that is gone, another context is inside
 */
err_t lwip_x_tcp_fastopen_listen(struct tcp_pcb *listener, int pending);
/**
 * tcp_connect() and tcp_write() in one: if the server has given us a cookie before, the beginning of the text goes out with
 * the SYN; if not, it follows when the connection is there, and a cookie is asked for.  The server may get the text twice.
 * @param data, len, apiflags  as tcp_write(); @p len may be 0
 * @return as tcp_connect(); ERR_MEM: it connects, but no text was queued
 */
err_t lwip_x_tcp_fastopen_connect(struct tcp_pcb *pcb, const ip_addr_t *ipaddr, u16_t port, tcp_connected_fn connected,
                                  const void *data, u16_t len, u8_t apiflags);
/**
 * tcp_connect() whose SYN waits for the first tcp_write() if the server has given us a cookie before: *deferred is 1 then, and text
 * may be written at once.  If not, it goes out now and asks for one: *deferred is 0.
 * @return as tcp_connect()
 */
err_t lwip_x_tcp_fastopen_defer(struct tcp_pcb *pcb, const ip_addr_t *ipaddr, u16_t port, tcp_connected_fn connected,
                                int *deferred);
#endif

#if LWIP_TCP && LWIP_X_TCP_ECN
/**
 * Offer explicit congestion notification (RFC 3168) when this pcb connects: to be called before tcp_connect().  Peers that offer
 * it get it anyway.
 * @retval ERR_OK   set
 * @retval ERR_VAL  a listener, or it has connected already
 * @retval ERR_ARG, ERR_CLSD, ERR_INPROGRESS  no pcb, one that is gone, another context is inside
 */
err_t lwip_x_tcp_ecn(struct tcp_pcb *pcb, int on);
#endif

#if LWIP_TCP && LWIP_X_TCP_PACING
/**
 * Send the text of @p pcb at a rate, 1.25 congestion windows in a round trip (2 in slow start), instead of as fast as the interface
 * takes it.  For paths with short queues: each burst that does not overflow them saves a recovery.
 * @retval ERR_OK   set (with LWIP_X_TCP_PACING 2 all connections are paced anyway)
 * @retval ERR_VAL  a listener
 * @retval ERR_ARG, ERR_CLSD, ERR_INPROGRESS  no pcb, one that is gone, another context is inside
 */
err_t lwip_x_tcp_pacing(struct tcp_pcb *pcb, int on);
#endif

#if LWIP_TCP && LWIP_X_TCP_AUTOSIZE
/**
 * Let the buffers of @p pcb size themselves, beginning with a receive window of @p wnd octets (at least TCP_MSS, at most TCP_WND and
 * 65535) and a send buffer of @p snd_buf octets (at least 2 * TCP_MSS, at most TCP_SND_BUF): to be called before tcp_connect().
 * @retval ERR_OK   set
 * @retval ERR_VAL  a size out of range, a listener, or it has connected already
 * @retval ERR_ARG, ERR_CLSD, ERR_INPROGRESS  no pcb, one that is gone, another context is inside
 */
err_t lwip_x_tcp_autosize(struct tcp_pcb *pcb, u32_t wnd, u32_t snd_buf);
/** No more of that for @p pcb: its window stays what it is, and its send buffer has @p snd_buf octets from now on if that is more and
 *  there is memory.  Errors as lwip_x_tcp_pacing(). */
err_t lwip_x_tcp_autosize_end(struct tcp_pcb *pcb, u32_t snd_buf);
#endif

#if LWIP_TCP && LWIP_X_TCP_INFO
/** A connection, seen from outside. */
struct lwip_x_tcp_info {
  enum tcp_state state;
  u32_t rtt_ms, rttvar_ms; /**< smoothed round trip and its variation (RFC 6298); 0: not measured */
  u32_t rto_ms;            /**< retransmission timeout, backoff included */
  u32_t cwnd, ssthresh;    /**< octets */
  u32_t snd_wnd, rcv_wnd;  /**< octets: the peer's window and ours */
  u32_t in_flight;         /**< octets sent and not acknowledged, SYN and FIN included */
  u32_t queued;            /**< octets written and not acknowledged */
  u32_t lost;              /**< octets in flight that count as lost */
  u32_t sacked;            /**< octets in flight that the peer reported (LWIP_X_TCP_SACK) */
  u32_t resent;            /**< segments with text sent again since the connection began */
  u32_t delivered;         /**< octets the peer has got since then */
  u32_t delivery_rate;     /**< ... a second, in the last full round trip with text in flight; 0: not measured */
  u32_t rtt_min_ms;        /**< shortest round trip of the last five minutes (LWIP_X_TCP_RACK); 0: not measured */
  u16_t mss;               /**< octets of text in the largest segment */
  u8_t retransmits;        /**< timeouts, or probes, in a row without an answer */
  u8_t probes;             /**< keepalive probes without an answer */
  u8_t options;            /**< LWIP_X_TCP_INFO_* */
  u8_t snd_wscale, rcv_wscale;
};
enum { LWIP_X_TCP_INFO_TIMESTAMPS = 1, LWIP_X_TCP_INFO_SACK = 2, LWIP_X_TCP_INFO_WSCALE = 4, LWIP_X_TCP_INFO_ECN = 8 };
/**
 * @retval ERR_OK   *info is filled in; of a listener only the state
 * @retval ERR_ARG, ERR_CLSD, ERR_INPROGRESS  NULL, a pcb that is gone, another context is inside
 */
err_t lwip_x_tcp_info(struct tcp_pcb *pcb, struct lwip_x_tcp_info *info);
#endif

#ifdef __cplusplus
}
#endif

#endif
