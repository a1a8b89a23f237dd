/**
 * The life of a pcb: allocated, pinned while callbacks run, freed; and who gives way when there is none.
 *
 * A freed pcb keeps prio 0 until its slot is used again (which the pool does last), so that a stale pointer
 * is recognised.  When the pool is empty, these give way, in this order: connections in TIME-WAIT, half-open
 * ones, ones that the program has closed, ones whose peer has long taken nothing, ones of lower priority.
 * A peer that holds half of what was looked at already may only replace its own.
 */
#include "tcp_core.h"

#include "../base/core.h"
#include "../mem/drop.h"
#include "../tcp/tcp_size.h"
#include "tcp_use.h"
#include "lwip/memp.h"

#include <string.h>

#if LWIP_TCP

enum {
  VICTIMS_SEEN = 64,  /* pcbs looked at: the work is bounded however many there are */
  STALLED_BACKOFF = 5 /* doublings after which a peer that takes nothing counts as stalled: some 30 s */
};

static void destroy_ext_args(struct tcp_pcb *pcb)
{
#if LWIP_TCP_PCB_NUM_EXT_ARGS
  u8_t i;

  for (i = 0; i < LWIP_TCP_PCB_NUM_EXT_ARGS; i++) {
    const struct tcp_ext_arg_callbacks *c = pcb->ext_args[i].callbacks;

    pcb->ext_args[i].callbacks = NULL;
    if (c != NULL && c->destroy != NULL) {
      c->destroy(i, pcb->ext_args[i].data);
    }
  }
#else
  (void)pcb;
#endif
}

static void leave_lists(struct tcp_pcb *pcb)
{
  if (pcb->state != CLOSED) {
    tcp_list_remove(pcb);
  } else if (pcb->local_port != 0) {
    tcp_unlink(&tcp_bound_pcbs, pcb);
  }
}

/* A freed listener: its type is its own, and so is its pool. */
static void free_listener(struct tcp_pcb *pcb)
{
  struct tcp_pcb_listen *l = (struct tcp_pcb_listen *)(void *)pcb;
#if TCP_LISTEN_BACKLOG || LWIP_X_TCP_FASTOPEN
  struct tcp_pcb *p;

  for (p = tcp_active_pcbs; p != NULL; p = p->next) {
    if (p->listener == l) {
      p->listener = NULL;
    }
  }
#endif
  l->state = CLOSED;
  memp_free(MEMP_TCP_PCB_LISTEN, l);
}

void tcp_pcb_free(struct tcp_pcb *pcb)
{
  bool listener = pcb->state == LISTEN;

  leave_lists(pcb);
  if (!listener) {
    timer_stop(tcp_timer_of(pcb));
    tcp_backlog_leave(pcb);
    tcp_queue_purge(pcb);
    tcp_size_leave(pcb);
  }
  pcb->prio = 0; /* stale from now on, for those told next, too */
  destroy_ext_args(pcb);
  if (listener) {
    free_listener(pcb);
    return;
  }
  pcb->state = CLOSED;
  pcb->local_port = 0;
  if (pcb->flags & TF_X_PINNED) {
    pcb->flags |= TF_X_DEAD;
    return;
  }
  memp_free(MEMP_TCP_PCB, pcb);
}

void tcp_bury(struct tcp_pcb *pcb)
{
  memp_free(MEMP_TCP_PCB, pcb);
}

#if LWIP_CALLBACK_API
void tcp_pcb_end(struct tcp_pcb *pcb, err_t why)
{
  tcp_err_fn errf = (pcb->flags & TF_X_ORPHAN) ? NULL : pcb->errf;
  void *arg = pcb->callback_arg;

  tcp_pcb_free(pcb);
  if (errf != NULL) {
    errf(arg, why);
  }
}
#else
void tcp_pcb_end(struct tcp_pcb *pcb, err_t why)
{
  bool tell = !(pcb->flags & TF_X_ORPHAN);
  void *arg = pcb->callback_arg;

  tcp_pcb_free(pcb);
  if (tell) {
    (void)lwip_tcp_event(arg, NULL, LWIP_EVENT_ERR, NULL, 0, why);
  }
}
#endif

/* How readily pcb gives way to a new connection of priority prio: 0 not at all. */
static unsigned readiness(const struct tcp_pcb *pcb, u8_t prio)
{
  if (pcb->flags & TF_X_PINNED) {
    return 0;
  }
  if (pcb->flags & TF_X_ORPHAN) {
    return 1000u + pcb->nrtx;
  }
  if (pcb->persist_backoff > STALLED_BACKOFF || pcb->nrtx >= STALLED_BACKOFF) {
    return 500u + pcb->nrtx;
  }
  return pcb->prio < prio ? 256u - pcb->prio : 0;
}

/* The readiest of all, or of those of one peer. */
static struct tcp_pcb *victim(u8_t prio, const ip_addr_t *only)
{
  struct tcp_pcb *pcb, *best = NULL;
  unsigned best_readiness = 0, seen = 0;

  for (pcb = tcp_active_pcbs; pcb != NULL && seen < VICTIMS_SEEN; pcb = pcb->next, seen++) {
    unsigned r = only == NULL || ip_addr_eq(&pcb->remote_ip, only) ? readiness(pcb, prio) : 0;

    if (r >= best_readiness && r > 0) {
      best_readiness = r;
      best = pcb;
    }
  }
  return best;
}

/* Has one peer half of the connections? */
static bool holds_half(const ip_addr_t *remote_ip)
{
  const struct tcp_pcb *pcb;
  unsigned seen = 0, theirs = 0;

  for (pcb = tcp_active_pcbs; pcb != NULL && seen < VICTIMS_SEEN; pcb = pcb->next, seen++) {
    theirs += ip_addr_eq(&pcb->remote_ip, remote_ip) != 0;
  }
  return 2 * theirs >= seen;
}

static struct tcp_pcb *take_free(void)
{
  struct tcp_pcb *pcb = (struct tcp_pcb *)memp_malloc(MEMP_TCP_PCB);

  if (pcb == NULL && (tcp_tw_shed() || tcp_syn_shed())) {
    pcb = (struct tcp_pcb *)memp_malloc(MEMP_TCP_PCB);
  }
  return pcb;
}

/* Have a pcb give way. */
static bool make_room(u8_t prio, const ip_addr_t *remote_ip)
{
  struct tcp_pcb *v = victim(prio, remote_ip != NULL && holds_half(remote_ip) ? remote_ip : NULL);

  if (v == NULL) {
    return false;
  }
  tcp_abandon_now(v, true);
  return true;
}

void *tcp_pool_element(void)
{
  void *e = memp_malloc(MEMP_TCP_PCB);

  if (e == NULL && (tcp_tw_shed() || make_room(0, NULL))) {
    e = memp_malloc(MEMP_TCP_PCB);
  }
  return e;
}

static void set_defaults(struct tcp_pcb *pcb, u8_t prio)
{
  memset(pcb, 0, sizeof *pcb);
  pcb->prio = prio;
  pcb->ttl = TCP_TTL;
  pcb->snd_buf = LWIP_X_TCP_SND_BUF_START;
  pcb->rcv_wnd = pcb->rcv_ann_wnd = TCPWND16(LWIP_MIN(LWIP_X_TCP_WND_START, 0xffff));
  tcp_size_init(pcb);
  pcb->mss = TCP_MSS;
  pcb->cwnd = 1;
  pcb->ssthresh = (tcpwnd_size_t)-1;
  pcb->keep_idle = TCP_KEEPIDLE_DEFAULT;
#if LWIP_TCP_KEEPALIVE
  pcb->keep_intvl = TCP_KEEPINTVL_DEFAULT;
  pcb->keep_cnt = TCP_KEEPCNT_DEFAULT;
#endif
  tcp_timer_of(pcb)->ring = tcp_rang;
}

struct tcp_pcb *tcp_alloc_for(u8_t prio, const ip_addr_t *remote_ip)
{
  struct tcp_pcb *pcb;

  tcp_use();
  pcb = take_free();
  if (pcb == NULL && make_room(prio, remote_ip)) {
    pcb = take_free();
  }
  if (pcb != NULL) {
    set_defaults(pcb, prio);
  }
  return pcb;
}

struct tcp_pcb *tcp_alloc(u8_t prio)
{
  return tcp_alloc_for(prio, NULL);
}

void tcp_free(struct tcp_pcb *pcb)
{
  if (tcp_enter_api(pcb) == ERR_OK) {
    tcp_pcb_free(pcb);
    core_leave();
  }
}

#endif
