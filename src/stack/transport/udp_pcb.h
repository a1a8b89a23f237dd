/** UDP pcbs: how they are found, and whether they are (still) pcbs. */
#ifndef LWIP_STACK_TRANSPORT_UDP_PCB_H
#define LWIP_STACK_TRANSPORT_UDP_PCB_H

#include "../base/core.h"
#include "../ip/ip_rx.h"
#include "../link/link_up.h"
#include "lwip/udp.h"

#if LWIP_UDP

/** udp_pcb.x_live of an allocated pcb. */
#define UDP_LIVE 0xa5

/** Is @p pcb allocated?  A stale pointer is told by its mark until the slot is used again, which happens last. */
static inline bool udp_is_live(const struct udp_pcb *pcb)
{
  return pcb != NULL && pcb->x_live == UDP_LIVE;
}

/** Is @p pcb in udp_pcbs? */
static inline bool udp_is_listed(const struct udp_pcb *pcb)
{
  return pcb->x_bucket != 0;
}

#if LWIP_X_UDP_HASH > 1

/** Where each bucket of udp_pcbs begins. */
extern struct udp_pcb *udp_buckets[LWIP_X_UDP_HASH];

/** The first pcb with a local port of this port's bucket; go on with udp_bucket_next(). */
static inline struct udp_pcb *udp_bucket_first(u16_t port)
{
  return udp_buckets[port & (LWIP_X_UDP_HASH - 1)];
}

/** The next in the same bucket, or NULL. */
static inline struct udp_pcb *udp_bucket_next(const struct udp_pcb *pcb)
{
  struct udp_pcb *next = pcb->next;

  return next != NULL && next->x_bucket == pcb->x_bucket ? next : NULL;
}

#else

/* The list is the bucket. */
static inline struct udp_pcb *udp_bucket_first(u16_t port)
{
  LWIP_UNUSED_ARG(port);
  return udp_pcbs;
}
static inline struct udp_pcb *udp_bucket_next(const struct udp_pcb *pcb)
{
  return pcb->next;
}

#endif

/** Somebody who walks a bucket while callbacks may remove pcbs: @c next stays right. */
struct udp_walk {
  struct udp_pcb *next;
  struct udp_walk *outer;
};
void udp_walk_begin(struct udp_walk *w, struct udp_pcb *first);
struct udp_pcb *udp_walk_next(struct udp_walk *w);
void udp_walk_end(struct udp_walk *w);

/** Give @p pcb a local port if it has none.  @return ERR_OK or as udp_bind() */
err_t udp_pcb_ensure_port(struct udp_pcb *pcb);

/** Move bound pcbs along with an address, forget an interface (link_observers[]). */
void udp_netif_changed(const struct link_change *c);

#endif

#endif
