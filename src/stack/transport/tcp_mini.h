/**
 * Connections that need no pcb: half-open ones and those in TIME-WAIT, as records of some 30 octets.
 *
 * The records live in elements of the pcb pool, several in one, so that they take no memory of their own and a
 * pcb that is needed can be had at once by forgetting some.  Each kind has a ring of such elements, the newest
 * first; one that has lost its last record goes back to the pool.  Both kinds are found by one hash.
 */
#ifndef LWIP_STACK_TRANSPORT_TCP_MINI_H
#define LWIP_STACK_TRANSPORT_TCP_MINI_H

#include "tcp_core.h"

#if LWIP_TCP

/** What all records begin with. */
struct tcp_mini {
  struct tcp_mini *next; /**< of the same hash */
  ip_addr_t local_ip, remote_ip;
  u16_t local_port, remote_port; /**< local_port 0: the place is free */
  u16_t at;                      /**< tcp_mini_time(): SYN+ACK due again; TIME-WAIT over */
  u8_t place;                    /**< in its element, and TCP_MINI_WAITS */
  u8_t opts;                     /**< half-open: of the peer's SYN, SYN_* */
};

enum { TCP_MINI_WAITS = 0x80 }; /**< it is in TIME-WAIT */

/** A half-open connection. */
struct tcp_syn {
  struct tcp_mini m;
  u32_t irs;      /**< the peer's first sequence number */
  u32_t iss;      /**< ours */
  u16_t mss;      /**< as the peer said */
  u8_t nrtx;      /**< SYN+ACKs sent again */
  u8_t netif_idx; /**< where the SYN came in */
#if LWIP_TCP_TIMESTAMPS
  u32_t tsval; /**< of the peer's SYN */
#endif
#if LWIP_X_TCP_FASTOPEN
  u8_t cookie[8]; /**< to be given to the peer ... */
  u8_t fastopen;  /**< ... if this is set */
#endif
#if LWIP_X_TCP_ECN
  u8_t ecn; /**< TCP_F_ECE: the peer offers it, and our SYN+ACK says yes; else 0 */
#endif
};

/** A connection in TIME-WAIT. */
struct tcp_tw {
  struct tcp_mini m;
  u32_t rcv_nxt, snd_nxt;
#if LWIP_TCP_TIMESTAMPS
  u32_t ts_recent; /**< 0: the connection had no timestamps */
#endif
};

enum tcp_mini_kind { TCP_MINI_SYN, TCP_MINI_TW, TCP_MINI_KINDS };

static inline enum tcp_mini_kind tcp_mini_kind(const struct tcp_mini *m)
{
  return (m->place & TCP_MINI_WAITS) ? TCP_MINI_TW : TCP_MINI_SYN;
}

/** Records have 16 bits of time, units of 4 ms: enough for two MSL. */
static inline u16_t tcp_mini_time(u32_t ms)
{
  return (u16_t)(ms >> 2);
}

/**
 * A record for @p e, with its struct tcp_mini filled in but for the time, the rest not at all; the oldest ones
 * give way for it.  @return NULL: no memory
 */
struct tcp_mini *tcp_mini_new(enum tcp_mini_kind kind, const struct tcp_ends *e);
/** Would the next one cost an old one its place? */
bool tcp_mini_full(enum tcp_mini_kind kind);
/** @p m is over, or due, in @p ms. */
void tcp_mini_set(struct tcp_mini *m, u32_t ms, u32_t now_ms);
void tcp_mini_remove(struct tcp_mini *m);
/** Forget the oldest element's records and so free it.  @return false: there is none */
bool tcp_mini_shed(enum tcp_mini_kind kind);
/** Records there are. */
u16_t tcp_mini_count(enum tcp_mini_kind kind);

/* tcp_syncache.c */

/** The connection @p s is open: make its pcb.  @return NULL: there is none, or it was refused */
struct tcp_pcb *tcp_syn_open(const struct tcp_syn *s, const struct tcp_ends *e, struct tcp_pcb_listen *l,
                             struct netif *inp, u32_t now_ms);
/** The SYN @p seg opens a connection without a handshake.  @return its pcb, in SYN-RECEIVED; NULL: there is none, or it was refused */
struct tcp_pcb *tcp_syn_at_once(struct tcp_pcb_listen *l, const struct tcp_ends *e, const struct tcp_repr *seg,
                                struct netif *inp, u32_t now_ms);
/** Has @p l as many connections as it may that were not taken over yet? */
bool tcp_backlog_full(const struct tcp_pcb_listen *l);
/** The time of @p m has come. */
void tcp_syn_due(struct tcp_mini *m, u32_t now_ms);

static inline void tcp_mini_ends(const struct tcp_mini *m, struct tcp_ends *e)
{
  e->local_ip = &m->local_ip;
  e->remote_ip = &m->remote_ip;
  e->local_port = m->local_port;
  e->remote_port = m->remote_port;
}

#endif
#endif
