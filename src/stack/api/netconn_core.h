/**
 * How netconns work.
 *
 * Each call of the API is a step, run inside the core: in the caller's thread with the core locked, or in the stack's thread.
 * A step that cannot be done yet says NETCONN_PENDING; then the call is put into its netconn's list and its thread waits for a
 * semaphore.  When something changes, whoever brings the change runs the steps in the list again, and wakes the threads of
 * those that are done.  So a long write goes on from acknowledgement to acknowledgement without waking anybody, and nothing
 * but the step itself knows what it waits for.
 *
 *   netconn_call.c   calls: run, wait, give up
 *   netconn.c        make, delete, bind, addresses, errors
 *   netconn_tcp.c    the callbacks of TCP; connect, listen, accept
 *   netconn_write.c  writing
 *   netconn_close.c  shutdown, close, linger
 *   netconn_recv.c   queues of what came, receiving
 *   netconn_dgram.c  UDP and raw IP
 */
#ifndef LWIP_STACK_API_NETCONN_CORE_H
#define LWIP_STACK_API_NETCONN_CORE_H

#include "lwip/opt.h"

#if LWIP_NETCONN

#include "lwip/api.h"
#include "lwip/priv/api_msg.h"
#include "lwip/tcp.h"
#include "lwip/udp.h"
#include "lwip/raw.h"

/** What a step returns that has to wait: no error code. */
#define NETCONN_PENDING ((err_t)1)

/* What a call waits for: api_msg.waits. */
#define NETCONN_WAITS_RX 0x01   /**< something to receive or accept */
#define NETCONN_WAITS_TX 0x02   /**< room to write */
#define NETCONN_WAITS_OPEN 0x04 /**< the connection */
#define NETCONN_WAITS_END 0x08  /**< the peer to have it all */
#define NETCONN_WAITS_NAME 0x10 /**< the answer of a name server */
#define NETCONN_WAITS_ANY 0xFF

/* netconn.x_state */
#define NETCONN_X_SHUT_RX 0x01  /**< shut down for receiving by this side */
#define NETCONN_X_SHUT_TX 0x02  /**< ... for sending */
#define NETCONN_X_OPENED 0x04   /**< TCP: was connected once */
#define NETCONN_X_LISTENED 0x08 /**< TCP: what waits are connections */
#define NETCONN_X_STEPPING 0x10 /**< netconn_changed() is at work ... */
#define NETCONN_X_AGAIN 0x20    /**< ... and has to begin anew */
#define NETCONN_X_FASTOPEN 0x40 /**< TCP: the SYN is to wait for text, if that can go with it (LWIP_X_TCP_FASTOPEN) */

/* netconn.x_sem */
#define NETCONN_SEM_BUSY 1
#define NETCONN_SEM_ORPHAN 2 /**< the netconn was deleted; who leaves the semaphore frees it */

/* ---- netconn_call.c ---- */

/** Run m->step, waiting m->timeout ms (0: for ever) if it must.  Context: a thread, not inside the core.  @return m->err */
err_t netconn_call(struct api_msg *m);
/** Something changed: run the steps again that wait for any of @p what.  Context: core, as all below. */
void netconn_changed(struct netconn *conn, u8_t what);
/** @p m, which is in no list, is done; its thread may go on, and @p m is gone. */
void netconn_done(struct api_msg *m);
/** Free @p conn, now or when its last waiting thread has left.  Context: any. */
void netconn_release(struct netconn *conn);

/** Shall a call on @p conn with these flags not wait? */
static inline bool netconn_no_wait(const struct netconn *conn, u8_t apiflags)
{
  return (conn->flags & NETCONN_FLAG_NON_BLOCKING) != 0 || (apiflags & NETCONN_DONTBLOCK) != 0;
}

/** The netconn has no pcb (any more): why.  A failure is told once, but to everybody who waits. */
err_t netconn_gone(struct api_msg *m);

static inline err_t netconn_wait_for(struct api_msg *m, u8_t what)
{
  m->waits = what;
  return NETCONN_PENDING;
}

/* The flags that only the core changes; those of netconn.flags are the program's, who may set them at any time. */
static inline void netconn_note(struct netconn *conn, u8_t flag)
{
  conn->x_flags |= flag;
}
static inline void netconn_unnote(struct netconn *conn, u8_t flag)
{
  conn->x_flags &= (u8_t)~flag;
}
static inline bool netconn_noted(const struct netconn *conn, u8_t flag)
{
  return (conn->x_flags & flag) != 0;
}

static inline void netconn_event(struct netconn *conn, enum netconn_evt evt, u16_t len){ API_EVENT(conn, evt, len) }

/* ---- netconn.c ---- */

/** The step of netconn_bind(). */
err_t netconn_step_bind(struct api_msg *m);
/** "Any" of a netconn for both versions is any of both. */
const ip_addr_t *netconn_any_of_both(const struct netconn *conn, const ip_addr_t *addr);
/** A netconn without a pcb.  @return NULL: no memory */
struct netconn *netconn_alloc(enum netconn_type t, netconn_callback callback);
/** Is its protocol TCP, UDP or raw (NETCONN_TCP, _UDP, _RAW)? */
static inline bool netconn_is(const struct netconn *conn, enum netconn_type group)
{
  return ((unsigned)conn->type & 0xF0u) == (unsigned)group;
}

/* ---- netconn_recv.c ---- */

#if LWIP_TCP
/** Put text behind what waits.  Takes @p p.  @return false: it went into the last piece, there is not one more to receive */
bool netconn_queue_text(struct netconn *conn, struct pbuf *p);
/** Put @p newconn behind the connections that wait to be accepted. */
void netconn_queue_conn(struct netconn *conn, struct netconn *newconn);
/** The step of netconn_accept(). */
err_t netconn_step_accept(struct api_msg *m);
#endif
/** Put a datagram behind those that wait.  Takes @p p. */
void netconn_queue_datagram(struct netconn *conn, struct pbuf *p, const ip_addr_t *addr, u16_t port);
/** Take the first datagram out of the queue, which has one. */
struct netbuf *netconn_take_datagram(struct netconn *conn);
/** Free all that waits. */
void netconn_queue_clear(struct netconn *conn);

/**
 * TCP: receive into @p vec, without pbufs in between; for the socket layer.
 * @param flags  NETCONN_DONTBLOCK, NETCONN_X_PEEK, NETCONN_X_WAITALL
 * @param got    octets copied
 * @return as netconn_recv_tcp_pbuf_flags(); ERR_OK with *got 0: @p vec is empty
 */
struct netconn_room {
  void *ptr;
  size_t len;
};
/** Its step: m->msg.rd. */
err_t netconn_step_read(struct api_msg *m);
#define NETCONN_X_PEEK 0x40    /**< leave them there */
#define NETCONN_X_WAITALL 0x80 /**< wait until @p vec is full, or nothing more will come */
err_t netconn_read(struct netconn *conn, const struct netconn_room *vec, u16_t cnt, u8_t flags, size_t *got);

/* ---- netconn_tcp.c ---- */

#if LWIP_TCP
/** Have the callbacks of conn->pcb.tcp come here. */
void netconn_tcp_attach(struct netconn *conn);
/** No callbacks any more.  @return the pcb; conn->pcb is NULL because of @p why */
struct tcp_pcb *netconn_tcp_detach(struct netconn *conn, err_t why);
err_t netconn_step_connect_tcp(struct api_msg *m);
err_t netconn_step_listen(struct api_msg *m);
#endif

/* ---- netconn_write.c ---- */

#if LWIP_TCP
/** The step of netconn_write(): m->msg.w. */
err_t netconn_step_write(struct api_msg *m);
/** More octets than this free: worth telling the program. */
u16_t netconn_low_water(const struct netconn *conn);
/** The time of a write is over.  @return its result */
err_t netconn_write_late(struct api_msg *m);
/** Memory may be there again. */
err_t netconn_poll_tcp(void *arg, struct tcp_pcb *pcb);
/** Octets were acknowledged. */
err_t netconn_sent_tcp(void *arg, struct tcp_pcb *pcb, u16_t len);
#endif

/* ---- netconn_close.c ---- */

/** The step of closing and deleting. */
err_t netconn_step_close(struct api_msg *m);
#if LWIP_TCP
/** The step of netconn_shutdown(). */
err_t netconn_step_shutdown(struct api_msg *m);
/** The linger time is over.  @return the result */
err_t netconn_close_late(struct api_msg *m);
#endif

/* ---- netconn_dgram.c ---- */

/** Make a pcb for @p conn.  @retval ERR_MEM none  @retval ERR_VAL type not built in */
err_t netconn_dgram_new(struct netconn *conn, u8_t proto);
#if LWIP_UDP
/** A connected peer's host says that nobody is there: the next call is told. */
void netconn_udp_refused(struct udp_pcb *pcb);
#endif
void netconn_dgram_remove(struct netconn *conn);

#endif

#endif
