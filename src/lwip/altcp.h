/**
 * One interface for a byte stream, whatever it runs over: TCP (altcp_tcp.h), TLS (altcp_tls.h), a proxy, or a layer of
 * your own (priv/altcp_priv.h).  The functions mean what their namesakes in lwip/tcp.h mean, with the same context
 * and errors; a conn argument of NULL is ignored or answered with ERR_VAL (0 for a number).
 *
 * Without LWIP_ALTCP every name here is another name of lwip/tcp.h's: programs written for altcp use TCP directly.
 */
#ifndef LWIP_HDR_ALTCP_H
#define LWIP_HDR_ALTCP_H

#include "lwip/opt.h"

#if LWIP_ALTCP

#include "lwip/tcpbase.h"
#include "lwip/err.h"
#include "lwip/pbuf.h"
#include "lwip/ip_addr.h"

#ifdef __cplusplus
extern "C" {
#endif

struct altcp_pcb;
struct altcp_functions;

/** A listener has a new connection; ERR_OK takes it, anything else refuses it (ERR_ABRT: already aborted). */
typedef err_t (*altcp_accept_fn)(void *arg, struct altcp_pcb *new_conn, err_t err);
/** altcp_connect() succeeded. */
typedef err_t (*altcp_connected_fn)(void *arg, struct altcp_pcb *conn, err_t err);
/** Gives @p p to the application; NULL: the peer has closed. */
typedef err_t (*altcp_recv_fn)(void *arg, struct altcp_pcb *conn, struct pbuf *p, err_t err);
/** @p len octets of the application's have reached the peer. */
typedef err_t (*altcp_sent_fn)(void *arg, struct altcp_pcb *conn, u16_t len);
/** Called every interval of altcp_poll() (half seconds). */
typedef err_t (*altcp_poll_fn)(void *arg, struct altcp_pcb *conn);
/** The connection is gone and its memory too. */
typedef void (*altcp_err_fn)(void *arg, err_t err);

/** Gives a connection: the kind an altcp_allocator_t makes. */
typedef struct altcp_pcb *(*altcp_new_fn)(void *arg, u8_t ip_type);

/** One layer of a connection.  The members are for writers of layers; applications use the functions. */
struct altcp_pcb {
  const struct altcp_functions *fns; /**< what this layer does */
  struct altcp_pcb *inner_conn;      /**< the layer below, or NULL */
  void *arg;                         /**< first argument of the callbacks below */
  void *state;                       /**< the layer's own */
  altcp_accept_fn accept;
  altcp_connected_fn connected;
  altcp_recv_fn recv;
  altcp_sent_fn sent;
  altcp_poll_fn poll;
  altcp_err_fn err;
  u8_t pollinterval; /**< half seconds */
};

/** How to make connections, handed to programs that should not care over what they run. */
typedef struct altcp_allocator_s {
  altcp_new_fn alloc; /**< e.g. altcp_tcp_alloc, altcp_tls_alloc */
  void *arg;          /**< its argument */
} altcp_allocator_t;

/** Give a connection made by @p allocator; NULL: over TCP. */
struct altcp_pcb *altcp_new(altcp_allocator_t *allocator);
struct altcp_pcb *altcp_new_ip6(altcp_allocator_t *allocator);
struct altcp_pcb *altcp_new_ip_type(altcp_allocator_t *allocator, u8_t ip_type);

void altcp_arg(struct altcp_pcb *conn, void *arg);
void altcp_accept(struct altcp_pcb *conn, altcp_accept_fn accept);
void altcp_recv(struct altcp_pcb *conn, altcp_recv_fn recv);
void altcp_sent(struct altcp_pcb *conn, altcp_sent_fn sent);
void altcp_poll(struct altcp_pcb *conn, altcp_poll_fn poll, u8_t interval);
void altcp_err(struct altcp_pcb *conn, altcp_err_fn err);

void altcp_recved(struct altcp_pcb *conn, u16_t len);
err_t altcp_bind(struct altcp_pcb *conn, const ip_addr_t *ipaddr, u16_t port);
err_t altcp_connect(struct altcp_pcb *conn, const ip_addr_t *ipaddr, u16_t port, altcp_connected_fn connected);

/** @return the listener: use it instead of @p conn from now on.  NULL: @p conn is unchanged, *err (if any) says why */
struct altcp_pcb *altcp_listen_with_backlog_and_err(struct altcp_pcb *conn, u8_t backlog, err_t *err);
#define altcp_listen_with_backlog(conn, backlog) altcp_listen_with_backlog_and_err(conn, backlog, NULL)
#define altcp_listen(conn) altcp_listen_with_backlog_and_err(conn, TCP_DEFAULT_LISTEN_BACKLOG, NULL)

void altcp_abort(struct altcp_pcb *conn);
err_t altcp_close(struct altcp_pcb *conn);
err_t altcp_shutdown(struct altcp_pcb *conn, int shut_rx, int shut_tx);

err_t altcp_write(struct altcp_pcb *conn, const void *dataptr, u16_t len, u8_t apiflags);
err_t altcp_output(struct altcp_pcb *conn);

u16_t altcp_mss(struct altcp_pcb *conn);
u16_t altcp_sndbuf(struct altcp_pcb *conn);
u16_t altcp_sndqueuelen(struct altcp_pcb *conn);
void altcp_nagle_disable(struct altcp_pcb *conn);
void altcp_nagle_enable(struct altcp_pcb *conn);
int altcp_nagle_disabled(struct altcp_pcb *conn);

void altcp_setprio(struct altcp_pcb *conn, u8_t prio);

err_t altcp_get_tcp_addrinfo(struct altcp_pcb *conn, int local, ip_addr_t *addr, u16_t *port);
ip_addr_t *altcp_get_ip(struct altcp_pcb *conn, int local);
u16_t altcp_get_port(struct altcp_pcb *conn, int local);

#if LWIP_TCP_KEEPALIVE
void altcp_keepalive_disable(struct altcp_pcb *conn);
/** Times in milliseconds; 0 leaves a value as it is. */
void altcp_keepalive_enable(struct altcp_pcb *conn, u32_t idle, u32_t intvl, u32_t count);
#endif

#ifdef LWIP_DEBUG
enum tcp_state altcp_dbg_get_tcp_state(struct altcp_pcb *conn);
#endif

#ifdef __cplusplus
}
#endif

#else

#include "lwip/tcp.h"

/* clang-format off */
#define altcp_pcb                         tcp_pcb
#define altcp_accept_fn                   tcp_accept_fn
#define altcp_connected_fn                tcp_connected_fn
#define altcp_recv_fn                     tcp_recv_fn
#define altcp_sent_fn                     tcp_sent_fn
#define altcp_poll_fn                     tcp_poll_fn
#define altcp_err_fn                      tcp_err_fn
#define altcp_tcp_new_ip_type             tcp_new_ip_type
#define altcp_tcp_new                     tcp_new
#define altcp_tcp_new_ip6                 tcp_new_ip6
#define altcp_new(allocator)              tcp_new()
#define altcp_new_ip6(allocator)          tcp_new_ip6()
#define altcp_new_ip_type(allocator, ip_type) tcp_new_ip_type(ip_type)
#define altcp_arg                         tcp_arg
#define altcp_accept                      tcp_accept
#define altcp_recv                        tcp_recv
#define altcp_sent                        tcp_sent
#define altcp_poll                        tcp_poll
#define altcp_err                         tcp_err
#define altcp_recved                      tcp_recved
#define altcp_bind                        tcp_bind
#define altcp_connect                     tcp_connect
#define altcp_listen_with_backlog_and_err tcp_listen_with_backlog_and_err
#define altcp_listen_with_backlog         tcp_listen_with_backlog
#define altcp_listen                      tcp_listen
#define altcp_abort                       tcp_abort
#define altcp_close                       tcp_close
#define altcp_shutdown                    tcp_shutdown
#define altcp_write                       tcp_write
#define altcp_output                      tcp_output
#define altcp_mss                         tcp_mss
#define altcp_sndbuf                      tcp_sndbuf
#define altcp_sndqueuelen                 tcp_sndqueuelen
#define altcp_nagle_disable               tcp_nagle_disable
#define altcp_nagle_enable                tcp_nagle_enable
#define altcp_nagle_disabled              tcp_nagle_disabled
#define altcp_setprio                     tcp_setprio
#define altcp_get_tcp_addrinfo            tcp_get_tcp_addrinfo
#define altcp_get_ip(pcb, local)          ((local) ? (&(pcb)->local_ip) : (&(pcb)->remote_ip))
#ifdef LWIP_DEBUG
#define altcp_dbg_get_tcp_state           tcp_dbg_get_tcp_state
#endif
/* clang-format on */

#endif
#endif
