/**
 * TCP between the engine (stack/tcp/) and the world: what the files of this folder ask of each other.
 *
 *   tcp_in.c        a packet: checksum, parse, whose is it, verdict
 *   tcp_tell.c      callbacks, always last, the pcb pinned: freeing it in a callback only marks it
 *   tcp_out.c       send what tcp_next() yields
 *   tcp_pool.c      pcbs: allocate, free, who gives way
 *   tcp_lookup.c    which connection, which listener
 *   tcp_closed.c    segments for which there is no pcb
 *   tcp_mini.c      half-open and TIME-WAIT connections, without a pcb
 */
#ifndef LWIP_STACK_TRANSPORT_TCP_CORE_H
#define LWIP_STACK_TRANSPORT_TCP_CORE_H

#include "../ip/ip_rx.h"
#include "../tcp/tcp_engine.h"
#include "lwip/sys.h"

#if LWIP_TCP

/** The two ends of a connection, seen from here. */
struct tcp_ends {
  const ip_addr_t *local_ip, *remote_ip;
  u16_t local_port, remote_port;
};

static inline void tcp_ends_of(const struct tcp_pcb *pcb, struct tcp_ends *e)
{
  e->local_ip = &pcb->local_ip;
  e->remote_ip = &pcb->remote_ip;
  e->local_port = pcb->local_port;
  e->remote_port = pcb->remote_port;
}

/* tcp_lookup.c */

/** Many pcbs are found by tables, few by a walk. */
#define TCP_TABLES (LWIP_X_TCP_HASH > 1 || LWIP_X_TCP_LISTEN_HASH > 1)

/** Draw the keys of the hash. */
void tcp_lookup_init(void);
/** A keyed hash of 32 bits; use the upper ones. */
#if TCP_TABLES
u32_t tcp_hash(const ip_addr_t *remote_ip, u16_t remote_port, u16_t local_port);
#else
static inline u32_t tcp_hash(const ip_addr_t *remote_ip, u16_t remote_port, u16_t local_port)
{
  (void)remote_ip, (void)remote_port, (void)local_port;
  return 0;
}
#endif
/** The connection between @p e, or NULL. */
struct tcp_pcb *tcp_active_find(const struct tcp_ends *e);
/** What tcp_active_find() found last, if it is there still, or NULL. */
extern struct tcp_pcb *tcp_last_found;
/** Put @p pcb into the list for its state: tcp_active_pcbs, or tcp_listen_pcbs. */
void tcp_list_add(struct tcp_pcb *pcb);
void tcp_list_remove(struct tcp_pcb *pcb);
/** Take @p pcb out of the list that begins at @p link, if it is there. */
void tcp_unlink(struct tcp_pcb **link, struct tcp_pcb *pcb);
/** The listener for a connection to @p e that came in by @p inp: the most specific one. */
struct tcp_pcb_listen *tcp_listen_find(const struct tcp_ends *e, const struct netif *inp);
/** Any listener on @p port? */
bool tcp_listen_on(u16_t port);

/* tcp_pool.c */

/** End @p pcb's stay in lists, timers and queues and free it (when its callbacks are done).  Takes @p pcb. */
void tcp_pcb_free(struct tcp_pcb *pcb);
/** As tcp_pcb_free(), and tell the program why. */
void tcp_pcb_end(struct tcp_pcb *pcb, err_t why);
/** No callbacks below this until tcp_unpin() ... */
static inline void tcp_pin(struct tcp_pcb *pcb)
{
  pcb->flags |= TF_X_PINNED;
}
/** Is @p pcb as good as freed? */
static inline bool tcp_is_dead(const struct tcp_pcb *pcb)
{
  return (pcb->flags & TF_X_DEAD) != 0;
}
/** Free what was freed while it was pinned. */
void tcp_bury(struct tcp_pcb *pcb);
/** @return false: it is gone */
static inline bool tcp_unpin(struct tcp_pcb *pcb)
{
  pcb->flags &= (tcpflags_t)~TF_X_PINNED;
  if (tcp_is_dead(pcb)) {
    tcp_bury(pcb);
    return false;
  }
  return true;
}

/** As tcp_alloc(); @p remote_ip (or NULL) is who the connection is for: who holds many may only replace its own. */
struct tcp_pcb *tcp_alloc_for(u8_t prio, const ip_addr_t *remote_ip);

/** An element of the pcb pool for half-open connections: at the cost of one that has closed or is stalled, if need be. */
void *tcp_pool_element(void);

/* tcp_shut.c */

/** After the callbacks: send what is due; what is over on both sides needs a pcb no longer, unless the program holds it. */
void tcp_settle(struct tcp_pcb *pcb, u32_t now_ms);
/** tcp_abandon() from inside. */
void tcp_abandon_now(struct tcp_pcb *pcb, bool reset);

/* tcp_set.c */

/** The next poll is one interval from now. */
void tcp_poll_restart(struct tcp_pcb *pcb);
/** @p pcb is taken over, or gone: it no longer counts against its listener's backlog. */
#if TCP_LISTEN_BACKLOG
void tcp_backlog_leave(struct tcp_pcb *pcb);
#else
static inline void tcp_backlog_leave(struct tcp_pcb *pcb)
{
  (void)pcb;
}
#endif

/* tcp_guard.c */

/**
 * Every public function that takes a pcb opens with this; core_leave() closes it if it was ERR_OK.
 * @retval ERR_ARG         NULL
 * @retval ERR_CLSD        freed already (counted)
 * @retval ERR_INPROGRESS  another context is inside (counted)
 */
err_t tcp_enter_api(const void *pcb);
/** The same for functions that want a connection.  @retval ERR_VAL  a listener */
err_t tcp_enter_connection(const struct tcp_pcb *pcb);

/* tcp_tell.c */

/** Call the program back about @p ev.  @p listener: whose new connection this is, or NULL.  The pcb is pinned. */
void tcp_tell(struct tcp_pcb *pcb, struct tcp_events *ev, struct tcp_pcb_listen *listener);
/** Give it text.  Takes @p p. */
void tcp_tell_text(struct tcp_pcb *pcb, struct pbuf *p);
/** ... and about text that waited for a gap and did not fit into one pbuf chain. */
void tcp_tell_more(struct tcp_pcb *pcb, u32_t now_ms);
/** Offer refused data again. */
void tcp_tell_refused(struct tcp_pcb *pcb);

/* tcp_out.c */

/** Send what may be sent. */
err_t tcp_push(struct tcp_pcb *pcb, u32_t now_ms);
/** Send a segment without text that belongs to no pcb.  @p nif NULL: by route. */
err_t tcp_send_control(const struct tcp_ends *e, struct netif *nif, u8_t ttl, u8_t tos, struct tcp_repr *r);
/** The interface @p pcb sends by, or NULL. */
struct netif *tcp_route(const struct tcp_pcb *pcb);
/** What a SYN of ours offers. */
void tcp_syn_options(struct tcp_repr *r, u16_t mss);

/* tcp_rst.c */

/** Begin a segment without text and options. */
void tcp_control_init(struct tcp_repr *r, u8_t flags, u32_t seq, u32_t ack);
/** Answer @p seg, which belongs to nothing, with a reset (RFC 9293 3.10.7.1); rate limited. */
void tcp_rst_for(const struct tcp_ends *e, const struct tcp_repr *seg, struct netif *nif);
/** Reset the connection @p pcb. */
void tcp_rst_pcb(struct tcp_pcb *pcb);
/** May another answer to a stranger go out? */
bool tcp_answer_allowed(void);

/* tcp_open.c */

/** tcp_connect(), but for sending the SYN. */
err_t tcp_connect_now(struct tcp_pcb *pcb, const ip_addr_t *ipaddr, u16_t port, tcp_connected_fn connected);

/* tcp_isn.c */

/** The pseudorandom function of RFC 6528: low half for sequence numbers, high half for timestamps. */
u64_t tcp_prf(const struct tcp_ends *e);
u32_t tcp_isn(const struct tcp_ends *e, u32_t now_ms);
static inline u32_t tcp_ts_offset(const struct tcp_ends *e)
{
  return (u32_t)(tcp_prf(e) >> 32);
}

/* tcp_closed.c */

/**
 * A segment for which there is no pcb.
 * @return the connection that it opens, which takes over the segment (*listener: whose it is); NULL: @p p is taken
 */
struct tcp_pcb *tcp_closed(struct pbuf *p, const struct tcp_ends *e, const struct tcp_repr *seg, struct netif *inp,
                           u32_t now_ms, struct tcp_pcb_listen **listener);

struct tcp_mini; /* tcp_mini.h: a half-open connection, or one in TIME-WAIT */
/** The one for @p e, or NULL. */
struct tcp_mini *tcp_mini_find(const struct tcp_ends *e);

/* tcp_syncache.c */

/** A SYN for @p listener.  @p above: a sequence number ours must be above, or NULL. */
void tcp_syn_new(struct tcp_pcb_listen *listener, const struct tcp_ends *e, const struct tcp_repr *seg,
                 struct netif *inp, u32_t now_ms, const u32_t *above);
/** A segment for the half-open connection @p m.  @return NULL, or what it is now that it is open: go on there */
struct tcp_pcb *tcp_syn_arrives(struct tcp_mini *m, const struct tcp_ends *e, const struct tcp_repr *seg,
                                struct netif *inp, u32_t now_ms, struct tcp_pcb_listen **listener);
/** Give memory back. @return false: there was nothing */
bool tcp_syn_shed(void);
/** Half-open connections (for tests and people). */
u16_t tcp_syn_count(void);

/* tcp_timewait.c */

/** Remember @p pcb, which has closed, for two MSL. */
void tcp_tw_add(const struct tcp_pcb *pcb, u32_t now_ms);
/**
 * A segment for @p m, which is in TIME-WAIT.
 * @return true: a SYN that may open it anew, with a sequence number above *least; @p m is gone
 */
bool tcp_tw_reopens(struct tcp_mini *m, const struct tcp_ends *e, const struct tcp_repr *seg, u32_t now_ms,
                    u32_t *least);
bool tcp_tw_shed(void);
u16_t tcp_tw_count(void);

/* tcp_port.c */

/** A local port for a connection to a known peer, or for any (@p e->remote_ip NULL); 0: none free. */
u16_t tcp_port_pick(const struct tcp_ends *e);
/** May @p pcb have @p port at @p ip? */
bool tcp_port_taken(const struct tcp_pcb *pcb, const ip_addr_t *ip, u16_t port);

/* tcp_ring.c */

/** The timer of a pcb rang. */
void tcp_rang(struct timer *t);

#endif /* LWIP_TCP */

#endif
