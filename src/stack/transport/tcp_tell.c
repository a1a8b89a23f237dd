/**
 * Telling the program: the only place from which its callbacks are called, but for the error callback
 * (tcp_pool.c).
 *
 * Whatever a callback does to its own pcb, the memory stays until the pin is drawn; after each callback the
 * pcb may be dead, or closed, and then nothing more is told.
 */
#include "tcp_core.h"

#include "../mem/drop.h"
#include "lwip/nd6.h"

#if LWIP_TCP

#if LWIP_CALLBACK_API

static err_t call_recv(struct tcp_pcb *pcb, struct pbuf *p)
{
  if (pcb->recv != NULL) {
    return pcb->recv(pcb->callback_arg, pcb, p, ERR_OK);
  }
  if (p == NULL) {
    return tcp_close(pcb); /* nobody would ever notice */
  }
  tcp_recved(pcb, p->tot_len);
  pbuf_free(p);
  return ERR_OK;
}

static void call_sent(struct tcp_pcb *pcb, u16_t len)
{
  if (pcb->sent != NULL) {
    (void)pcb->sent(pcb->callback_arg, pcb, len);
  }
}

static void call_connected(struct tcp_pcb *pcb)
{
  if (pcb->connected != NULL) {
    (void)pcb->connected(pcb->callback_arg, pcb, ERR_OK);
  }
}

static void call_poll(struct tcp_pcb *pcb)
{
  if (pcb->poll != NULL) {
    (void)pcb->poll(pcb->callback_arg, pcb);
  }
}

static err_t call_accept(struct tcp_pcb_listen *listener, struct tcp_pcb *pcb)
{
  return listener->accept != NULL ? listener->accept(pcb->callback_arg, pcb, ERR_OK) : ERR_VAL;
}

#else

static err_t call_recv(struct tcp_pcb *pcb, struct pbuf *p)
{
  return lwip_tcp_event(pcb->callback_arg, pcb, LWIP_EVENT_RECV, p, 0, ERR_OK);
}

static void call_sent(struct tcp_pcb *pcb, u16_t len)
{
  (void)lwip_tcp_event(pcb->callback_arg, pcb, LWIP_EVENT_SENT, NULL, len, ERR_OK);
}

static void call_connected(struct tcp_pcb *pcb)
{
  (void)lwip_tcp_event(pcb->callback_arg, pcb, LWIP_EVENT_CONNECTED, NULL, 0, ERR_OK);
}

static void call_poll(struct tcp_pcb *pcb)
{
  (void)lwip_tcp_event(pcb->callback_arg, pcb, LWIP_EVENT_POLL, NULL, 0, ERR_OK);
}

static err_t call_accept(struct tcp_pcb_listen *listener, struct tcp_pcb *pcb)
{
  (void)listener;
  return lwip_tcp_event(pcb->callback_arg, pcb, LWIP_EVENT_ACCEPT, NULL, 0, ERR_OK);
}

#endif

/* Does the program still care? */
static bool listens(const struct tcp_pcb *pcb)
{
  return !(pcb->flags & (TF_X_DEAD | TF_X_ORPHAN));
}

static void tell_opened(struct tcp_pcb *pcb, struct tcp_pcb_listen *listener)
{
  if (listener == NULL) {
    call_connected(pcb);
  } else if (call_accept(listener, pcb) != ERR_OK && listens(pcb)) {
    tcp_abort(pcb);
  }
}

static void tell_sent(struct tcp_pcb *pcb, u32_t acked)
{
  while (acked > 0 && listens(pcb)) {
    u16_t n = (u16_t)LWIP_MIN(acked, 0xffffu);

    call_sent(pcb, n);
    acked -= n;
  }
}

void tcp_tell_text(struct tcp_pcb *pcb, struct pbuf *p)
{
  err_t err;

  if (!listens(pcb)) {
    drop(p, DROP_TCP_CLOSED_DATA);
    return;
  }
  err = call_recv(pcb, p);
  if (err == ERR_OK || err == ERR_ABRT || tcp_is_dead(pcb)) {
    return;
  }
  if (pcb->flags & TF_X_ORPHAN) {
    pbuf_free(p);
    return;
  }
  pcb->refused_data = p;
  tcp_due(pcb, sys_now() + TCP_REFUSED_RETRY);
}

static void tell_fin(struct tcp_pcb *pcb)
{
  if (pcb->refused_data != NULL) {
    pcb->flags |= TF_CLOSEPEND;
  } else if (listens(pcb)) {
    pcb->flags &= (tcpflags_t)~TF_CLOSEPEND;
    (void)call_recv(pcb, NULL);
  }
}

void tcp_tell_refused(struct tcp_pcb *pcb)
{
  struct pbuf *p = pcb->refused_data;

  pcb->refused_data = NULL;
  if (p != NULL) {
    tcp_tell_text(pcb, p);
  }
  if ((pcb->flags & TF_CLOSEPEND) && pcb->refused_data == NULL) {
    tell_fin(pcb);
  }
}

/* RFC 4861 7.3.1: an acknowledgement says that the way there works. */
#if LWIP_IPV6 && LWIP_ND6_TCP_REACHABILITY_HINTS
static void confirm_neighbor(const struct tcp_pcb *pcb)
{
  if (tcp_is_v6(pcb)) {
    nd6_reachability_hint(ip_2_ip6(&pcb->remote_ip));
  }
}
#else
static void confirm_neighbor(const struct tcp_pcb *pcb)
{
  (void)pcb;
}
#endif

void tcp_tell(struct tcp_pcb *pcb, struct tcp_events *ev, struct tcp_pcb_listen *listener)
{
  if (ev->what & TCP_EV_CONNECTED) {
    tell_opened(pcb, listener);
  }
  if (ev->acked > 0) {
    confirm_neighbor(pcb);
    tell_sent(pcb, ev->acked);
  }
  if (ev->what & TCP_EV_TEXT) {
    tcp_tell_text(pcb, ev->p);
    ev->p = NULL;
  }
  if (ev->what & TCP_EV_FIN) {
    tell_fin(pcb);
  }
  if ((ev->what & TCP_EV_ROOM) && listens(pcb)) {
    call_sent(pcb, 0);
  }
  if ((ev->what & TCP_EV_RETRY) && listens(pcb)) {
    tcp_tell_refused(pcb);
  }
  if ((ev->what & TCP_EV_POLL) && listens(pcb)) {
    call_poll(pcb);
  }
}

void tcp_tell_more(struct tcp_pcb *pcb, u32_t now_ms)
{
  struct tcp_events more = { NULL, 0, 0, DROP_NONE };

  while (!tcp_is_dead(pcb) && tcp_text_more(pcb, &more, now_ms)) {
    tcp_tell(pcb, &more, NULL);
    more.what = 0;
  }
}

#endif
