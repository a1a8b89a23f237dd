/**
 * Interfaces change: connections from an address that is gone are ended, listeners move with it.
 */
#include "tcp_core.h"

#include "../base/core.h"
#include "tcp_in.h"

#if LWIP_TCP

/* Each look ends one, and an error callback may do anything to the list: begin anew. */
static void end_active(const ip_addr_t *ip)
{
  struct tcp_pcb *pcb = tcp_active_pcbs;

  while (pcb != NULL) {
    if (ip_addr_eq(&pcb->local_ip, ip)) {
      tcp_abandon_now(pcb, true);
      pcb = tcp_active_pcbs;
    } else {
      pcb = pcb->next;
    }
  }
}

static void end_bound(const ip_addr_t *ip)
{
  struct tcp_pcb *pcb = tcp_bound_pcbs;

  while (pcb != NULL) {
    if (ip_addr_eq(&pcb->local_ip, ip)) {
      tcp_abandon_now(pcb, false);
      pcb = tcp_bound_pcbs;
    } else {
      pcb = pcb->next;
    }
  }
}

static void move_listeners(const ip_addr_t *ip, const ip_addr_t *to)
{
  struct tcp_pcb_listen *l;

  for (l = tcp_listen_pcbs.listen_pcbs; l != NULL; l = l->next) {
    if (ip_addr_eq(&l->local_ip, ip)) {
      ip_addr_copy(l->local_ip, *to);
    }
  }
}

static void address_changed(const ip_addr_t *old, const ip_addr_t *now)
{
  if (old == NULL || ip_addr_isany(old)) {
    return;
  }
  end_active(old);
  end_bound(old);
  if (now != NULL && !ip_addr_isany(now)) {
    move_listeners(old, now);
  }
}

void tcp_netif_ip_addr_changed(const ip_addr_t *old_addr, const ip_addr_t *new_addr)
{
  if (core_enter()) {
    address_changed(old_addr, new_addr);
    core_leave();
  }
}

void tcp_netif_changed(const struct link_change *c)
{
  if (c->what == LINK_EV_ADDR_CHANGED) {
    address_changed(c->old, c->now);
  }
}

void tcp_shed_ooseq(void)
{
#if TCP_QUEUE_OOSEQ
  struct tcp_pcb *pcb;

  for (pcb = tcp_active_pcbs; pcb != NULL && tcp_ooseq_count > 0; pcb = pcb->next) {
    if (pcb->ooseq != NULL) {
      tcp_free_ooseq(pcb);
      return;
    }
  }
#endif
}

#endif
