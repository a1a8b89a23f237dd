/**
 * TCP, the raw API: one callback an event, no threads, no copies that were not asked for.
 *
 * Rules that hold for every function here:
 * - Call from the core only: the main loop (NO_SYS), a callback of the stack, or the tcpip thread
 *   with the core locked.  A call from an interrupt that finds the core busy is refused
 *   (ERR_INPROGRESS, or NULL) and counted.
 * - A pcb belongs to the program from tcp_new() or the accept callback until it calls tcp_close()
 *   or tcp_abort(), or until its error callback is called: that callback means the pcb is gone.
 *   After tcp_close() no callback is called for it any more.
 * - A pcb that is gone is recognised as long as its slot was not given out again (slots are reused
 *   last): the call returns ERR_CLSD or does nothing, and is counted as DROP_STALE_PCB.
 * - tcp_close() and tcp_abort() may be called in any callback.  ERR_ABRT as the callback's result
 *   after an abort is welcome, but not needed.
 */
#ifndef LWIP_HDR_TCP_H
#define LWIP_HDR_TCP_H

#include "lwip/opt.h"

#if LWIP_TCP

#include "lwip/tcpbase.h"
#include "lwip/x_timer.h"
#include "lwip/mem.h"
#include "lwip/pbuf.h"
#include "lwip/ip.h"
#include "lwip/icmp.h"
#include "lwip/err.h"
#include "lwip/ip6.h"
#include "lwip/ip6_addr.h"

#ifdef __cplusplus
extern "C" {
#endif

struct tcp_pcb;
struct tcp_pcb_listen;
struct tcp_seg;

/**
 * A listener has a new connection.
 * @param arg     of the listener (tcp_arg())
 * @param newpcb  the connection, now the program's
 * @param err     ERR_OK
 * @return ERR_OK, or an error: then the connection is reset (not if it was closed or aborted here)
 */
typedef err_t (*tcp_accept_fn)(void *arg, struct tcp_pcb *newpcb, err_t err);

/**
 * Data came in, or the peer will send no more (@p p is NULL).
 * @param p    gives the data: free them and tell tcp_recved() when they were used
 * @param err  ERR_OK
 * @return ERR_OK.  ERR_ABRT: the pcb was aborted here.  Anything else: not now; @p p stays with the
 *         stack, which offers it again when something arrives or 250 ms later
 */
typedef err_t (*tcp_recv_fn)(void *arg, struct tcp_pcb *tpcb, struct pbuf *p, err_t err);

/** The peer has acknowledged @p len octets of what tcp_write() queued: that memory is free again.  @p len 0: tcp_write() had refused
 *  with ERR_MEM while nothing was queued, and there is memory now. */
typedef err_t (*tcp_sent_fn)(void *arg, struct tcp_pcb *tpcb, u16_t len);

/** The interval of tcp_poll() has passed. */
typedef err_t (*tcp_poll_fn)(void *arg, struct tcp_pcb *tpcb);

/**
 * The connection ended and its pcb is gone: there is none to use any more.
 * @param err  ERR_RST: reset by the peer.  ERR_ABRT: given up (tcp_abort(), too many retransmissions,
 *             another connection needed the pcb, the local address went away).  ERR_CLSD: closed
 *             by both sides after tcp_shutdown() had closed only sending
 */
typedef void (*tcp_err_fn)(void *arg, err_t err);

/** The connection asked for by tcp_connect() is there; @p err is ERR_OK. */
typedef err_t (*tcp_connected_fn)(void *arg, struct tcp_pcb *tpcb, err_t err);

#if LWIP_WND_SCALE
#define RCV_WND_SCALE(pcb, wnd) (((wnd) >> (pcb)->rcv_scale))
#define SND_WND_SCALE(pcb, wnd) (((wnd) << (pcb)->snd_scale))
#define TCPWND16(x) ((u16_t)LWIP_MIN((x), 0xFFFF))
#define TCP_WND_MAX(pcb) ((tcpwnd_size_t)(((pcb)->flags & TF_WND_SCALE) ? TCP_WND : TCPWND16(TCP_WND)))
#else
#define RCV_WND_SCALE(pcb, wnd) (wnd)
#define SND_WND_SCALE(pcb, wnd) (wnd)
#define TCPWND16(x) (x)
#define TCP_WND_MAX(pcb) TCP_WND
#endif

#if LWIP_X_TCP_AUTOSIZE
#undef TCP_WND_MAX
#define TCP_WND_MAX(pcb) ((pcb)->x_rcv_size)
/** Octets of text @p pcb may have queued at most. */
#define LWIP_X_TCP_SND_SIZE(pcb) ((pcb)->x_snd_size)
#else
#define LWIP_X_TCP_SND_SIZE(pcb) TCP_SND_BUF
#endif

/** Add to a window, saturating. */
#define TCP_WND_INC(wnd, inc)                                                                                 \
  do {                                                                                                        \
    (wnd) = (tcpwnd_size_t)(((tcpwnd_size_t)((wnd) + (inc)) >= (wnd)) ? ((wnd) + (inc)) : (tcpwnd_size_t)-1); \
  } while (0)

/** Highest snd_queuelen that can be counted. */
#define TCP_SNDQUEUELEN_OVERFLOW (0xffffU - 3)

#if LWIP_TCP_SACK_OUT
/** Sequence numbers received out of order: left <= x < right; unused when both are equal. */
struct tcp_sack_range {
  u32_t left;
  u32_t right;
};
#endif

/* Extended arguments: data that libraries hang on a pcb beside the program's callback_arg. */

/** The pcb is about to be freed; @p data is what tcp_ext_arg_set() stored under @p id. */
typedef void (*tcp_extarg_callback_pcb_destroyed_fn)(u8_t id, void *data);
/** @p cpcb was made from the listener @p lpcb; an error refuses the connection. */
typedef err_t (*tcp_extarg_callback_passive_open_fn)(u8_t id, struct tcp_pcb_listen *lpcb, struct tcp_pcb *cpcb);

struct tcp_ext_arg_callbacks {
  tcp_extarg_callback_pcb_destroyed_fn destroy;
  tcp_extarg_callback_passive_open_fn passive_open;
};

#define LWIP_TCP_PCB_NUM_EXT_ARG_ID_INVALID 0xFF

#if LWIP_TCP_PCB_NUM_EXT_ARGS
struct tcp_pcb_ext_args {
  const struct tcp_ext_arg_callbacks *callbacks;
  void *data;
};
#define TCP_PCB_EXTARGS struct tcp_pcb_ext_args ext_args[LWIP_TCP_PCB_NUM_EXT_ARGS];
#else
#define TCP_PCB_EXTARGS
#endif

typedef u16_t tcpflags_t;
#define TCP_ALLFLAGS 0xffffU

/** Members that a connection and a listener share, after IP_PCB. */
#define TCP_PCB_COMMON(type)                                 \
  type *next;         /* the list it is in */                \
  void *callback_arg; /* tcp_arg() */                        \
  TCP_PCB_EXTARGS                                            \
  enum tcp_state state;                                      \
  u8_t prio;       /* tcp_setprio(); 0: this slot is free */ \
  u16_t local_port /* host order, 0: not bound */

/** A listener: what tcp_listen() returns (as a struct tcp_pcb *, whose first members these are). */
struct tcp_pcb_listen {
  IP_PCB;
  TCP_PCB_COMMON(struct tcp_pcb_listen);
#if LWIP_CALLBACK_API
  tcp_accept_fn accept;
#endif
#if TCP_LISTEN_BACKLOG
  u8_t backlog;         /**< connections it may have that were not taken over yet */
  u8_t accepts_pending; /**< how many there are: those of tcp_backlog_delayed() */
#endif
#if LWIP_X_TCP_FASTOPEN
  u8_t x_fastopen;     /**< lwip_x_tcp_fastopen_listen(): how many may wait (RFC 7413's PendingFastOpenRequests) */
  u8_t x_fast_waiting; /**< how many there are: opened by a cookie, the handshake not finished */
#endif
};

#if LWIP_X_TCP_CUBIC || LWIP_X_TCP_HYSTART || LWIP_X_TCP_PRR
/** CUBIC's variables (RFC 9438 4.1.2). */
struct lwip_x_tcp_cubic_state {
  u32_t w_max; /**< the window before the last reduction, octets */
  u32_t w_est; /**< what NewReno would have, octets */
  u32_t at_ms; /**< when w_max is, or was, reached again: the epoch's begin and K; 0: there is no epoch */
};
/** HyStart++'s (RFC 9406 4.2). */
struct lwip_x_tcp_hystart_state {
  u32_t round_end;                 /**< sequence number that ends the round */
  u16_t last_ms, this_ms, base_ms; /**< the shortest round trips: of the last round, of this one, when growth slowed */
  u8_t samples, slow_rounds;
};
/** PRR's (RFC 9937 5), while recovering. */
struct lwip_x_tcp_prr_state {
  u32_t kept; /**< w_max: what is before and after recovery */
  u32_t delivered, out;
};
/** What the first slow start, congestion avoidance and recovery keep: none of them needs the others', but for w_max. */
union lwip_x_tcp_cc_state {
  tcpwnd_size_t bytes_acked; /**< NewReno: towards the next increase of cwnd (RFC 3465) */
  struct lwip_x_tcp_cubic_state cubic;
  struct lwip_x_tcp_hystart_state hystart;
  struct lwip_x_tcp_prr_state prr;
};
struct lwip_x_tcp_cc;
#endif

/** A connection.  Programs may read every member and write so_options, tos, ttl, mss, keep_*. */
struct tcp_pcb {
  IP_PCB;
  TCP_PCB_COMMON(struct tcp_pcb);
  u16_t remote_port; /**< host order */

  tcpflags_t flags;
#define TF_ACK_DELAY 0x01U     /**< an ACK is due at ack_at */
#define TF_ACK_NOW 0x02U       /**< an ACK is due now */
#define TF_INFR 0x04U          /**< in fast recovery, until rto_end is acknowledged */
#define TF_CLOSEPEND 0x08U     /**< the peer's FIN has not been told to the program yet */
#define TF_RXCLOSED 0x10U      /**< the program does not want to receive any more */
#define TF_FIN 0x20U           /**< the program has closed sending: a FIN follows the last octet */
#define TF_NODELAY 0x40U       /**< no Nagle */
#define TF_NAGLEMEMERR 0x80U   /**< memory was short: do not wait for more before sending */
#define TF_WND_SCALE 0x0100U   /**< both sides scale their windows */
#define TF_BACKLOGPEND 0x0200U /**< counted in the listener's accepts_pending */
#define TF_TIMESTAMP 0x0400U   /**< both sides send timestamps */
#define TF_RTO 0x0800U         /**< recovering from a retransmission timeout, until rto_end is acknowledged */
#define TF_SACK 0x1000U        /**< both sides allow SACK */
#define TF_X_ORPHAN 0x2000U    /**< the program has closed it: no callbacks, it ends by itself */
#define TF_X_PINNED 0x4000U    /**< callbacks are running: free it later */
#define TF_X_DEAD 0x8000U      /**< freed while pinned */

  /* Octets first, then what is often used, then the rest: Cortex-M reaches the first with short instructions. */
  /** The window is closed and is being probed: how often the interval was doubled, plus 1; else 0. */
  u8_t persist_backoff;
  u8_t nrtx;         /**< retransmissions, or probes, without an answer */
  u8_t dupacks;      /**< duplicate ACKs that told of segments beyond SND.UNA, until it moves past them */
  u8_t pollinterval; /**< units of 500 ms, 0: no polling */

  u16_t mss;                 /**< octets of text and options in the largest segment to send */
  u16_t snd_queuelen;        /**< pieces queued, at most TCP_SND_QUEUELEN */
  tcpwnd_size_t snd_buf;     /**< octets that may be queued; tcp_sndbuf() also knows about segments */
  tcpwnd_size_t snd_wnd;     /**< the peer's, unscaled */
  tcpwnd_size_t snd_wnd_max; /**< the largest seen */
  tcpwnd_size_t rcv_wnd;     /**< room for that many more */
  tcpwnd_size_t rcv_ann_wnd; /**< announced to the peer and not yet used */
  tcpwnd_size_t cwnd;
  tcpwnd_size_t ssthresh;
#if LWIP_X_TCP_CUBIC || LWIP_X_TCP_HYSTART || LWIP_X_TCP_PRR
  union lwip_x_tcp_cc_state x_cc_state;
#else
  tcpwnd_size_t bytes_acked; /**< towards the next increase of cwnd (RFC 3465) */
#endif
  tcpwnd_size_t x_lost; /**< octets in flight that count as lost and were not sent again yet */
  u16_t ack_at;         /**< low 16 bits of the ms when a delayed ACK is due */
  s16_t sa;             /**< smoothed round trip, units of 0.5 ms; 0: never measured */
  s16_t sv;             /**< its variation, units of 0.5 ms */

  u16_t polltmr;      /**< when to poll next, units of 8 ms */
  u8_t keep_cnt_sent; /**< keepalive probes not answered */
  u8_t x_challenge;   /**< challenge ACKs: second (high half) and how many in it */
#if LWIP_WND_SCALE
  u8_t snd_scale;
  u8_t rcv_scale;
#endif

  u32_t rcv_nxt; /**< next octet expected */
  u32_t lastack; /**< SND.UNA */
  u32_t snd_nxt;
  u32_t snd_wl1; /**< SEG.SEQ of the last window update */
  u32_t rto_end; /**< SND.NXT when the window was reduced last: recovery began (RFC 6582 "recover"), or a mark came */
  /** ms.  Something in flight, or probing a closed window: when to retransmit.  Else: when the peer was heard last. */
  u32_t tmr;
  struct tcp_seg *unsent;  /**< first segment not sent yet */
  struct tcp_seg *unacked; /**< first segment in flight; its chain goes on into unsent */
  struct tcp_seg *x_last;  /**< end of that chain */
#if TCP_QUEUE_OOSEQ
  struct tcp_seg *ooseq; /**< received out of order, by sequence number, not overlapping */
#endif
  struct pbuf *refused_data; /**< received, acknowledged, and not taken by the program yet */
#if LWIP_CALLBACK_API
  tcp_recv_fn recv;
  tcp_sent_fn sent;
  tcp_connected_fn connected;
  tcp_poll_fn poll;
  tcp_err_fn errf;
#endif
  struct lwip_x_timer timer;
#if LWIP_X_TCP_SACK
  tcpwnd_size_t x_sacked; /**< octets in flight that the peer reported */
  struct tcp_seg *x_retx; /**< nothing in front of it is lost; NULL: nothing is known */
  struct tcp_seg *x_far;  /**< the farthest of those reported; NULL: there is none */
  u32_t x_far_left;       /**< everything from here to its end was reported */
#endif
#if LWIP_X_TCP_RACK
  u32_t x_rack_ms;     /**< of the segment sent last among those that arrived: when */
  u32_t x_rack_end;    /**< ... and its end */
  u32_t x_tlp_end;     /**< of what the loss probe is about */
  u32_t x_dsack_round; /**< D-SACKs tell of reordering again when this is acknowledged */
#endif
#if LWIP_X_TCP_UNDO
#if LWIP_TCP_TIMESTAMPS
  u32_t x_undo_ts; /**< timestamp of the first segment sent again, when it was; 0: there is none */
#endif
  tcpwnd_size_t x_undo_cwnd, x_undo_ssthresh; /**< what they were before recovery began; 0: nothing to undo */
#endif
#if LWIP_X_TCP_CUBIC
  const struct lwip_x_tcp_cc *x_cc; /**< lwip/x_tcp_cc.h; NULL: not opened yet */
#endif
#if LWIP_X_TCP_DSACK
  u32_t x_dsack_left; /**< x_dsack_len octets from here were received twice: to be told once */
#endif
#if LWIP_TCP_TIMESTAMPS
  u32_t ts_lastacksent; /**< Last.ACK.sent */
  u32_t ts_recent;      /**< TS.Recent */
  u32_t x_ts_offset;    /**< of our clock, for this connection */
#endif
#if TCP_LISTEN_BACKLOG || LWIP_X_TCP_FASTOPEN
  struct tcp_pcb_listen *listener; /**< whose accepts_pending (with TF_BACKLOGPEND) or x_fast_waiting counts this */
#endif
  u32_t keep_idle; /**< ms of silence before the first keepalive probe */
#if LWIP_TCP_KEEPALIVE
  u32_t keep_intvl; /**< ms between probes */
  u32_t keep_cnt;   /**< probes without an answer before giving up */
#endif
  /* lwip/x_tcp.h */
#if LWIP_X_TCP_USER_TIMEOUT
  u32_t x_user_timeout; /**< ms; 0: TCP_MAXRTX decides */
  u32_t x_progress;     /**< ms: since when the peer has owed an answer */
#endif
#if LWIP_X_TCP_REPORTS
  void (*x_report)(void *arg, struct tcp_pcb *pcb, u8_t what); /**< lwip_x_tcp_reports() */
#endif
#if LWIP_X_TCP_INFO
  u32_t x_resent;    /**< segments sent again */
  u32_t x_delivered; /**< octets that arrived */
  u32_t x_rate;      /**< ... a second, lately */
  u32_t x_rate_from; /**< x_delivered when the measurement began */
  u32_t x_rate_at;   /**< ms: when that was; 0: there is none */
#endif
#if LWIP_X_TCP_PACING
  u32_t x_pace_at; /**< when the next segment may leave, units of 1/32 ms */
#endif
#if LWIP_X_TCP_AUTOSIZE
  tcpwnd_size_t x_rcv_size;               /**< the receive window, when the program has taken everything */
  tcpwnd_size_t x_snd_size;               /**< octets that may be queued altogether */
  tcpwnd_size_t x_rcv_extra, x_snd_extra; /**< ... of which so many are shared with other connections */
  u32_t x_rcv_read;                       /**< octets the program took ... */
  u32_t x_rcv_since;                      /**< ... since then, ms */
#endif

  /* What is smaller than a word comes last: no holes. */
#if LWIP_X_TCP_RACK
  u16_t x_rack_rtt; /**< the round trip of the segment that ends at x_rack_end, ms */
#endif
#if LWIP_X_TCP_RACK || LWIP_X_TCP_UNDO
  u16_t x_rtt_min;    /**< the shortest round trip of the last minutes, ms */
  u16_t x_rtt_min_at; /**< when that was, units of 1024 ms */
#endif
#if LWIP_X_TCP_PRR
  u16_t x_prr_share; /**< of what arrives in recovery, so much may be sent: ssthresh / RecoverFS, units of 1/256 */
#endif
#if LWIP_X_TCP_UNDO
  u16_t
    x_undo_left; /**< segments sent again since recovery began that may have been needed; 0xffff: it was all for nothing */
#endif
#if LWIP_X_TCP_DSACK
  u16_t x_dsack_len;
#endif
#if LWIP_X_TCP_FASTOPEN
  u16_t x_tfo_room; /**< octets of text our SYN may have */
#endif
#if LWIP_X_TCP_PLPMTUD
  u16_t x_mss_full;  /**< mss before it was lowered; 0: it was not */
  u16_t x_mss_since; /**< when it was, units of 1024 ms */
#endif
#if LWIP_X_TCP_PACING
  u16_t x_pace_free; /**< octets that need not wait */
  u8_t x_pace;       /**< lwip_x_tcp_pacing() */
#endif
#if LWIP_X_TCP_RACK
  u8_t x_reo_steps;  /**< reordering was seen: the time allowed for it, units of a quarter round trip; else 0 */
  u8_t x_reo_rounds; /**< recoveries until that is forgotten */
  u8_t x_timer;      /**< what tmr is: enum tcp_timer_kind */
  u8_t x_tlp;        /**< a loss probe is out, until x_tlp_end: TCP_TLP_* */
#endif
#if LWIP_X_TCP_FASTOPEN
  u8_t x_tfo; /**< TCP_TFO_* */
#endif
#if LWIP_X_TCP_ECN
  u8_t x_ecn; /**< TCP_ECN_* */
#endif
#if LWIP_X_TCP_AUTOSIZE
  u8_t x_autosize;
#endif
};

#if LWIP_EVENT_API
/** With LWIP_EVENT_API the program defines lwip_tcp_event() and gets everything there. */
enum lwip_event {
  LWIP_EVENT_ACCEPT,
  LWIP_EVENT_SENT,
  LWIP_EVENT_RECV,
  LWIP_EVENT_CONNECTED,
  LWIP_EVENT_POLL,
  LWIP_EVENT_ERR
};
err_t lwip_tcp_event(void *arg, struct tcp_pcb *pcb, enum lwip_event, struct pbuf *p, u16_t size, err_t err);
#endif

/** @return a new pcb, CLOSED, not bound, TCP_PRIO_NORMAL; NULL: none free and none that could give way */
struct tcp_pcb *tcp_new(void);

/** As tcp_new(), for addresses of @p type: IPADDR_TYPE_V4, _V6, or _ANY for both. */
struct tcp_pcb *tcp_new_ip_type(u8_t type);
#define tcp_new_ip6() tcp_new_ip_type(IPADDR_TYPE_V6)

/** Set the first argument of all callbacks of @p pcb. */
void tcp_arg(struct tcp_pcb *pcb, void *arg);

#if LWIP_CALLBACK_API
/** Set what is called when data come in.  With none, data are dropped and acknowledged, and a FIN closes. */
void tcp_recv(struct tcp_pcb *pcb, tcp_recv_fn recv);
/** Set what is called when data were acknowledged. */
void tcp_sent(struct tcp_pcb *pcb, tcp_sent_fn sent);
/** Set what is called when the connection is lost.  Not for listeners: ignored there. */
void tcp_err(struct tcp_pcb *pcb, tcp_err_fn err);
/** Set what is called for a new connection.  Only for listeners: ignored elsewhere. */
void tcp_accept(struct tcp_pcb *pcb, tcp_accept_fn accept);
#endif

/** Call @p poll every @p interval times 500 ms; 0: never (and no timer runs). */
void tcp_poll(struct tcp_pcb *pcb, tcp_poll_fn poll, u8_t interval);

#define tcp_set_flags(pcb, set_flags)                        \
  do {                                                       \
    (pcb)->flags = (tcpflags_t)((pcb)->flags | (set_flags)); \
  } while (0)
#define tcp_clear_flags(pcb, clr_flags)                                                  \
  do {                                                                                   \
    (pcb)->flags = (tcpflags_t)((pcb)->flags & (tcpflags_t)(~(clr_flags)&TCP_ALLFLAGS)); \
  } while (0)
#define tcp_is_flag_set(pcb, flag) (((pcb)->flags & (flag)) != 0)

#if LWIP_TCP_TIMESTAMPS
/** Octets of text in the largest segment. */
#define tcp_mss(pcb) (((pcb)->flags & TF_TIMESTAMP) ? ((pcb)->mss - 12) : (pcb)->mss)
#else
                             /** Octets of text in the largest segment. */
#define tcp_mss(pcb) ((pcb)->mss)
#endif

/** Octets that tcp_write() would take now; 0 for a pcb that is gone or NULL. */
#define tcp_sndbuf(pcb) lwip_x_tcp_sndbuf(pcb)
u16_t lwip_x_tcp_sndbuf(const struct tcp_pcb *pcb);

/** Pieces in the send queue. */
#define tcp_sndqueuelen(pcb) ((pcb)->snd_queuelen)

#define tcp_nagle_disable(pcb) tcp_set_flags(pcb, TF_NODELAY)
#define tcp_nagle_enable(pcb) tcp_clear_flags(pcb, TF_NODELAY)
#define tcp_nagle_disabled(pcb) tcp_is_flag_set(pcb, TF_NODELAY)

/** Does nothing; from lwIP 1. */
#define tcp_accepted(pcb) \
  do {                    \
    LWIP_UNUSED_ARG(pcb); \
  } while (0)

#if TCP_LISTEN_BACKLOG
#define tcp_backlog_set(pcb, new_backlog)                                                          \
  do {                                                                                             \
    LWIP_ASSERT("tcp_backlog_set: a listener", (pcb)->state == LISTEN);                            \
    ((struct tcp_pcb_listen *)(void *)(pcb))->backlog = (u8_t)((new_backlog) ? (new_backlog) : 1); \
  } while (0)
/** In the accept callback: the program will take @p pcb over later; until then it counts against the backlog. */
void tcp_backlog_delayed(struct tcp_pcb *pcb);
/** The program has taken over a connection for which it called tcp_backlog_delayed(). */
void tcp_backlog_accepted(struct tcp_pcb *pcb);
#else
#define tcp_backlog_set(pcb, new_backlog)
#define tcp_backlog_delayed(pcb)
#define tcp_backlog_accepted(pcb)
#endif

/** Data given to the recv callback were used: open the window by @p len octets. */
void tcp_recved(struct tcp_pcb *pcb, u16_t len);

/**
 * Bind @p pcb to a local address and port.
 * @param ipaddr  NULL or any: all addresses
 * @param port    host order; 0: a free one is chosen at random (RFC 6056)
 * @retval ERR_VAL  @p pcb is not CLOSED
 * @retval ERR_USE  port taken
 * @retval ERR_BUF  no free port
 */
err_t tcp_bind(struct tcp_pcb *pcb, const ip_addr_t *ipaddr, u16_t port);

/** Send and receive by @p netif only; NULL undoes it. */
void tcp_bind_netif(struct tcp_pcb *pcb, const struct netif *netif);

/**
 * Open a connection (RFC 9293 3.10.1); binds to a free port first if needed.
 * @param port       the peer's, host order
 * @param connected  called when it is there; tcp_err()'s callback is called if that fails.  May be NULL
 * @retval ERR_OK    the SYN is on its way
 * @retval ERR_VAL   an address nobody can connect to (group, broadcast, any)
 * @retval ERR_ISCONN  @p pcb is not CLOSED
 * @retval ERR_RTE   no route or no address of ours for it
 * @retval ERR_BUF   no free port
 * @retval ERR_USE   the same connection exists
 */
err_t tcp_connect(struct tcp_pcb *pcb, const ip_addr_t *ipaddr, u16_t port, tcp_connected_fn connected);

/**
 * Turn a bound pcb into a listener.  Takes @p pcb unless it fails; use the returned one from then on.
 * @param backlog  connections waiting to be taken over, with TCP_LISTEN_BACKLOG; at least 1
 * @param err      where to say why it failed (NULL: nowhere): ERR_CLSD not CLOSED, ERR_USE taken, ERR_MEM
 * @return the listener, NULL on error
 */
struct tcp_pcb *tcp_listen_with_backlog_and_err(struct tcp_pcb *pcb, u8_t backlog, err_t *err);
struct tcp_pcb *tcp_listen_with_backlog(struct tcp_pcb *pcb, u8_t backlog);
#define tcp_listen(pcb) tcp_listen_with_backlog(pcb, TCP_DEFAULT_LISTEN_BACKLOG)

/** Reset the connection and free @p pcb; the error callback is called with ERR_ABRT.  Takes @p pcb. */
void tcp_abort(struct tcp_pcb *pcb);

/**
 * Close: what is queued will be sent, then a FIN.  With received data not yet recved, the peer gets a reset
 * instead (RFC 9293 3.6.1).  Takes @p pcb: no callback is called any more.
 * @retval ERR_OK    always, for a living pcb; closing needs no memory
 * @retval ERR_CLSD  @p pcb was gone already
 */
err_t tcp_close(struct tcp_pcb *pcb);

/**
 * Close one direction; both: tcp_close().
 * @retval ERR_CONN  not connected
 */
err_t tcp_shutdown(struct tcp_pcb *pcb, int shut_rx, int shut_tx);

/**
 * Queue @p len octets for sending.  All or nothing: on error the queue is as it was.
 * They go out with the next tcp_output(), at the end of the running callback, or at the next
 * sys_check_timeouts().
 *
 * @param pcb       a connection in SYN-SENT, SYN-RECEIVED, ESTABLISHED or CLOSE-WAIT
 * @param dataptr   the octets.  Without TCP_WRITE_FLAG_COPY they are lent, not copied: leave them
 *                  alone until the sent callback has counted them
 * @param len       octets, at most tcp_sndbuf(pcb)
 * @param apiflags  TCP_WRITE_FLAG_COPY, TCP_WRITE_FLAG_MORE (more to come: no PSH yet), LWIP_X_TCP_WRITE_OUTPUT
 *                  (tcp_output() follows in any case), or 0
 * @retval ERR_OK    queued
 * @retval ERR_MEM   no room: wait for the sent callback, then try again
 * @retval ERR_CONN  the state allows no sending
 * @retval ERR_ARG   no data
 */
err_t tcp_write(struct tcp_pcb *pcb, const void *dataptr, u16_t len, u8_t apiflags);

/** Set the priority of @p pcb, TCP_PRIO_MIN to TCP_PRIO_MAX. */
void tcp_setprio(struct tcp_pcb *pcb, u8_t prio);

/** Send what may be sent now.  @retval ERR_OK  also when nothing may */
err_t tcp_output(struct tcp_pcb *pcb);

/** The address and port of this end (@p local != 0) or the other.  @retval ERR_VAL @p pcb is NULL or gone */
err_t tcp_tcp_get_tcp_addrinfo(struct tcp_pcb *pcb, int local, ip_addr_t *addr, u16_t *port);
#define tcp_get_tcp_addrinfo(pcb, local, addr, port) tcp_tcp_get_tcp_addrinfo(pcb, local, addr, port)

#define tcp_dbg_get_tcp_state(pcb) ((pcb)->state)

#if LWIP_TCP_PCB_NUM_EXT_ARGS
/** Reserve an index for tcp_ext_arg_set(); there are LWIP_TCP_PCB_NUM_EXT_ARGS, and no way back. */
u8_t tcp_ext_arg_alloc_id(void);
void tcp_ext_arg_set_callbacks(struct tcp_pcb *pcb, uint8_t id, const struct tcp_ext_arg_callbacks *const callbacks);
void tcp_ext_arg_set(struct tcp_pcb *pcb, uint8_t id, void *arg);
void *tcp_ext_arg_get(const struct tcp_pcb *pcb, uint8_t id);
#endif

#ifdef __cplusplus
}
#endif

#endif /* LWIP_TCP */

#endif
