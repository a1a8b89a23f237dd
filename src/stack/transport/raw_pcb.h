/** Raw pcbs, as the stack uses them. */
#ifndef LWIP_STACK_TRANSPORT_RAW_PCB_H
#define LWIP_STACK_TRANSPORT_RAW_PCB_H

#include "../base/core.h"
#include "../link/link_up.h"
#include "lwip/priv/raw_priv.h"
#include "lwip/raw.h"

#if LWIP_RAW

/** raw_pcb.x_live of an allocated pcb. */
#define RAW_LIVE 0xa5

/** All pcbs, the youngest first. */
extern struct raw_pcb *raw_pcbs;

/** Somebody who walks the list while callbacks may remove pcbs: @c next stays right. */
struct raw_walk {
  struct raw_pcb *next;
  struct raw_walk *outer;
};
/** The walks under way, the innermost first. */
extern struct raw_walk *raw_walks;

static inline void raw_walk_begin(struct raw_walk *w)
{
  w->next = raw_pcbs;
  w->outer = raw_walks;
  raw_walks = w;
}

static inline struct raw_pcb *raw_walk_next(struct raw_walk *w)
{
  struct raw_pcb *pcb = w->next;

  if (pcb != NULL) {
    w->next = pcb->next;
  }
  return pcb;
}

static inline void raw_walk_end(const struct raw_walk *w)
{
  raw_walks = w->outer;
}

/** Open a public function about @p pcb.  @return false: it is no (living) pcb, or another context is inside */
bool raw_enter(const struct raw_pcb *pcb);

/** Move bound pcbs along with an address, forget an interface (link_observers[]). */
void raw_netif_changed(const struct link_change *c);

#endif

#endif
