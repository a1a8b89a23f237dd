/**
 * Connections that need no pcb: half-open ones and those in TIME-WAIT, as records of some 30 octets.
 *
 * The records live in elements of the pcb pool, several in one, so that they take no memory of their own
 * and a pcb that is needed can be had at once by forgetting some.  Each kind has a ring of such elements;
 * new records go round the ring, so that the next place is the oldest one.
 */
#ifndef LWIP_STACK_TRANSPORT_TCP_MINI_H
#define LWIP_STACK_TRANSPORT_TCP_MINI_H

#include "tcp_core.h"

#if LWIP_TCP

/** What all records begin with; local_port 0: the place is free. */
struct tcp_mini {
  struct tcp_mini *next; /**< of the same hash */
  ip_addr_t local_ip, remote_ip;
  u16_t local_port, remote_port;
};

struct tcp_chunk;

/** All records of one kind. */
struct tcp_minis {
  struct tcp_mini **bucket; /**< LWIP_X_TCP_HASH of them */
  struct tcp_chunk *cur;    /**< where the last record went; a ring */
  u16_t used;               /**< records */
  u16_t chunks, chunks_max;
  u8_t slot;              /**< in cur */
  u8_t size;              /**< octets of a record */
  void *(*element)(void); /**< where an element comes from */
};

/** Where records begin in an element: behind the members that all pcbs share. */
#define TCP_MINIS_OFFSET ((offsetof(struct tcp_pcb, remote_port) + sizeof(void *) - 1) & ~(sizeof(void *) - 1))
/** Records of @p size octets that fit into an element of the pcb pool. */
#define TCP_MINIS_PER_CHUNK(size) ((sizeof(struct tcp_pcb) - TCP_MINIS_OFFSET) / (size))

struct tcp_mini *tcp_mini_find(const struct tcp_minis *t, const struct tcp_ends *e);
/** A zeroed record for @p e; the oldest is forgotten if there is no other place.  @return NULL: no memory at all */
struct tcp_mini *tcp_mini_new(struct tcp_minis *t, const struct tcp_ends *e);
/** Forget @p m; with the last record all elements go back to the pool. */
void tcp_mini_remove(struct tcp_minis *t, struct tcp_mini *m);
/** Forget the oldest element's records and free it.  @return false: there is none */
bool tcp_mini_shed(struct tcp_minis *t);
/** Call @p fn for each record; it may remove that one. */
void tcp_mini_each(struct tcp_minis *t, void (*fn)(struct tcp_mini *m, u32_t now_ms), u32_t now_ms);

static inline void tcp_mini_ends(const struct tcp_mini *m, struct tcp_ends *e)
{
  e->local_ip = &m->local_ip;
  e->remote_ip = &m->remote_ip;
  e->local_port = m->local_port;
  e->remote_port = m->remote_port;
}

#endif
#endif
