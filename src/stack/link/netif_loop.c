/**
 * Packets to ourselves.  netif_loop_output() puts a copy into the interface's queue, and a timer that
 * is due at once delivers it: the sender has left the protocol by then, and neither a program's main
 * loop nor a thread needs to call netif_poll().  One round delivers what waited when it began, so two
 * chatting connections cannot keep the loop from returning.
 */
#include "netif_loop.h"
#include "lwip/snmp.h"

#if ENABLE_LOOPBACK

#include "../base/core.h"
#include "../base/timer.h"
#include "../mem/drop.h"
#include "netif_input.h"

static struct timer loop_timer;

#if LWIP_LOOPBACK_MAX_PBUFS
static bool loop_count(struct netif *nif)
{
  if (nif->loop_cnt_current >= LWIP_LOOPBACK_MAX_PBUFS) {
    return false;
  }
  nif->loop_cnt_current++;
  return true;
}

static void loop_uncount(struct netif *nif)
{
  nif->loop_cnt_current--;
}

static void loop_count_init(struct netif *nif)
{
  nif->loop_cnt_current = 0;
}
#else
static bool loop_count(struct netif *nif)
{
  LWIP_UNUSED_ARG(nif);
  return true;
}

static void loop_uncount(struct netif *nif)
{
  LWIP_UNUSED_ARG(nif);
}

static void loop_count_init(struct netif *nif)
{
  LWIP_UNUSED_ARG(nif);
}
#endif

/** The next packet that waits, or NULL. */
static struct pbuf *loop_take(struct netif *nif)
{
  struct pbuf *p = nif->loop_first;

  if (p == NULL) {
    return NULL;
  }
  nif->loop_first = p->next;
  if (p->next == NULL) {
    nif->loop_last = NULL;
  }
  p->next = NULL;
  loop_uncount(nif);
  return p;
}

static void loop_deliver(struct netif *nif)
{
  const struct pbuf *last = nif->loop_last;
  struct pbuf *p;
  bool more = last != NULL;

  while (more && (p = loop_take(nif)) != NULL) {
    more = p != last;
    LINK_STATS_INC(link.recv);
    MIB2_STATS_NETIF_ADD(nif, ifinoctets, p->tot_len);
    MIB2_STATS_NETIF_INC(nif, ifinucastpkts);
    link_rx_ip(p, nif);
  }
}

static void loop_deliver_all(void)
{
  struct netif *nif;

  NETIF_FOREACH(nif)
  {
    loop_deliver(nif);
  }
}

static void loop_ring(struct timer *t)
{
  LWIP_UNUSED_ARG(t);
  loop_deliver_all();
}

void netif_loop_init(struct netif *nif)
{
  nif->loop_first = NULL;
  nif->loop_last = NULL;
  loop_count_init(nif);
}

void netif_loop_clear(struct netif *nif)
{
  struct pbuf *p;

  while ((p = loop_take(nif)) != NULL) {
    drop(p, DROP_NETIF_DOWN);
  }
}

/** A copy in one piece, so that pbuf.next is free to link the queue. */
static err_t loop_queue(struct netif *nif, const struct pbuf *p)
{
  struct pbuf *copy = pbuf_alloc(PBUF_LINK, p->tot_len, PBUF_RAM);

  if (copy == NULL || !loop_count(nif)) {
    MIB2_STATS_NETIF_INC(nif, ifoutdiscards);
    drop(copy, DROP_LOOP_FULL);
    return ERR_MEM;
  }
  pbuf_copy_partial(p, copy->payload, p->tot_len, 0);
  copy->flags |= PBUF_FLAG_X_LOOPED;
  if (nif->loop_last != NULL) {
    nif->loop_last->next = copy;
  } else {
    nif->loop_first = copy;
  }
  nif->loop_last = copy;
  LINK_STATS_INC(link.xmit);
  MIB2_STATS_NETIF_ADD(nif, ifoutoctets, copy->tot_len);
  MIB2_STATS_NETIF_INC(nif, ifoutucastpkts);
  if (!timer_pending(&loop_timer)) {
    timer_set(&loop_timer, 0, loop_ring);
  }
  return ERR_OK;
}

err_t netif_loop_output(struct netif *netif, struct pbuf *p)
{
  err_t err;

  if (netif == NULL || p == NULL) {
    return ERR_ARG;
  }
  if (!core_enter()) {
    return ERR_INPROGRESS;
  }
  err = loop_queue(netif, p);
  core_leave();
  return err;
}

void netif_poll(struct netif *netif)
{
  /* While another context is inside, the timer will do it. */
  if (netif != NULL && !core_busy() && core_enter()) {
    loop_deliver(netif);
    core_leave();
  }
}

#if !LWIP_NETIF_LOOPBACK_MULTITHREADING
void netif_poll_all(void)
{
  if (!core_busy() && core_enter()) {
    loop_deliver_all();
    core_leave();
  }
}
#endif

#endif
