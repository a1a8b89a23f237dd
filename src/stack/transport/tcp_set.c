/**
 * What a program sets on a pcb.
 */
#include "tcp_core.h"

#include "../base/core.h"
#include "../tcp/tcp_size.h"
#include "../tcp/tcp_tfo.h"
#include "lwip/x_tcp.h"
#include "lwip/x_tcp_cc.h"

#if LWIP_TCP

void tcp_arg(struct tcp_pcb *pcb, void *arg)
{
  if (tcp_enter_api(pcb) == ERR_OK) {
    pcb->callback_arg = arg;
    core_leave();
  }
}

#if LWIP_CALLBACK_API

void tcp_recv(struct tcp_pcb *pcb, tcp_recv_fn recv)
{
  if (tcp_enter_connection(pcb) == ERR_OK) {
    pcb->recv = recv;
    core_leave();
  }
}

void tcp_sent(struct tcp_pcb *pcb, tcp_sent_fn sent)
{
  if (tcp_enter_connection(pcb) == ERR_OK) {
    pcb->sent = sent;
    core_leave();
  }
}

void tcp_err(struct tcp_pcb *pcb, tcp_err_fn err)
{
  if (tcp_enter_connection(pcb) == ERR_OK) {
    pcb->errf = err;
    core_leave();
  }
}

void tcp_accept(struct tcp_pcb *pcb, tcp_accept_fn accept)
{
  if (tcp_enter_api(pcb) != ERR_OK) {
    return;
  }
  if (pcb->state == LISTEN) {
    ((struct tcp_pcb_listen *)(void *)pcb)->accept = accept;
  }
  core_leave();
}

static void set_poll(struct tcp_pcb *pcb, tcp_poll_fn poll)
{
  pcb->poll = poll;
}

#else

static void set_poll(struct tcp_pcb *pcb, tcp_poll_fn poll)
{
  (void)pcb, (void)poll;
}

#endif

void tcp_poll_restart(struct tcp_pcb *pcb)
{
  u32_t at = sys_now() + 500u * pcb->pollinterval;

  pcb->polltmr = (u16_t)(at >> 3);
  if (pcb->pollinterval != 0 && pcb->state > LISTEN) {
    tcp_due(pcb, at);
  }
}

void tcp_poll(struct tcp_pcb *pcb, tcp_poll_fn poll, u8_t interval)
{
  if (tcp_enter_connection(pcb) == ERR_OK) {
    set_poll(pcb, poll);
    pcb->pollinterval = interval;
    tcp_poll_restart(pcb);
    core_leave();
  }
}

void tcp_setprio(struct tcp_pcb *pcb, u8_t prio)
{
  if (tcp_enter_api(pcb) == ERR_OK) {
    pcb->prio = prio < TCP_PRIO_MIN ? TCP_PRIO_MIN : prio;
    core_leave();
  }
}

void tcp_bind_netif(struct tcp_pcb *pcb, const struct netif *netif)
{
  if (tcp_enter_api(pcb) == ERR_OK) {
    pcb->netif_idx = netif != NULL ? netif_get_index(netif) : NETIF_NO_INDEX;
    core_leave();
  }
}

/* The times may be set after this: the timer looks at them at the next opportunity. */
void lwip_x_keepalive_set(const void *pcb)
{
  struct tcp_pcb *active = tcp_active_pcbs;

  while (active != NULL && active != pcb) {
    active = active->next;
  }
  if (active != NULL) {
    tcp_due(active, sys_now());
  }
}

#if LWIP_X_TCP_CUBIC

err_t lwip_x_tcp_set_cc(struct tcp_pcb *pcb, const struct lwip_x_tcp_cc *cc)
{
  err_t err;

  if (cc == NULL || cc->acked == NULL || cc->reduced == NULL) {
    return ERR_ARG;
  }
  err = tcp_enter_connection(pcb);
  if (err == ERR_OK) {
    pcb->x_cc = cc;
    tcp_cc_forget(pcb);
    core_leave();
  }
  return err;
}

#endif

#if LWIP_X_TCP_PACING

err_t lwip_x_tcp_pacing(struct tcp_pcb *pcb, int on)
{
  err_t err = tcp_enter_connection(pcb);

  if (err == ERR_OK) {
    pcb->x_pace = on != 0;
    tcp_due(pcb, sys_now());
    core_leave();
  }
  return err;
}

#endif

#if LWIP_X_TCP_AUTOSIZE

err_t lwip_x_tcp_autosize(struct tcp_pcb *pcb, u32_t wnd, u32_t snd_buf)
{
  err_t err = tcp_enter_connection(pcb);

  if (err != ERR_OK) {
    return err;
  }
  if (pcb->state != CLOSED || wnd < TCP_MSS || wnd > LWIP_MIN((u32_t)TCP_WND, 0xffffu) || snd_buf < 2 * TCP_MSS ||
      snd_buf > TCP_SND_BUF) {
    err = ERR_VAL;
  } else {
    pcb->rcv_wnd = pcb->rcv_ann_wnd = pcb->x_rcv_size = (tcpwnd_size_t)wnd;
    pcb->snd_buf = pcb->x_snd_size = (tcpwnd_size_t)snd_buf;
    pcb->x_autosize = 1;
  }
  core_leave();
  return err;
}

err_t lwip_x_tcp_autosize_end(struct tcp_pcb *pcb, u32_t snd_buf)
{
  err_t err = tcp_enter_connection(pcb);

  if (err == ERR_OK) {
    tcp_size_fix(pcb, snd_buf);
    core_leave();
  }
  return err;
}

#endif

err_t tcp_tcp_get_tcp_addrinfo(struct tcp_pcb *pcb, int local, ip_addr_t *addr, u16_t *port)
{
  if (tcp_enter_api(pcb) != ERR_OK) {
    return ERR_VAL;
  }
  if (addr != NULL) {
    ip_addr_copy(*addr, *(local ? &pcb->local_ip : &pcb->remote_ip));
  }
  if (port != NULL) {
    *port = local ? pcb->local_port : (pcb->state == LISTEN ? 0 : pcb->remote_port);
  }
  core_leave();
  return ERR_OK;
}

#if TCP_LISTEN_BACKLOG

void tcp_backlog_leave(struct tcp_pcb *pcb)
{
  if (pcb->flags & TF_BACKLOGPEND) {
    pcb->flags &= (tcpflags_t)~TF_BACKLOGPEND;
    if (pcb->listener != NULL) {
      pcb->listener->accepts_pending--;
    }
  }
}

void tcp_backlog_delayed(struct tcp_pcb *pcb)
{
  struct tcp_ends e;

  if (tcp_enter_connection(pcb) != ERR_OK) {
    return;
  }
  if (!(pcb->flags & TF_BACKLOGPEND)) {
    if (!tcp_tfo_is_open(pcb)) { /* else it is counted by the one that accepted it, if that still exists */
      tcp_ends_of(pcb, &e);
      pcb->listener = tcp_listen_find(&e, tcp_route(pcb));
    }
    if (pcb->listener != NULL) {
      pcb->listener->accepts_pending++;
      pcb->flags |= TF_BACKLOGPEND;
    }
  }
  core_leave();
}

void tcp_backlog_accepted(struct tcp_pcb *pcb)
{
  if (tcp_enter_connection(pcb) == ERR_OK) {
    tcp_backlog_leave(pcb);
    core_leave();
  }
}

#endif

#if LWIP_TCP_PCB_NUM_EXT_ARGS

static u8_t ext_args_used;

u8_t tcp_ext_arg_alloc_id(void)
{
  return ext_args_used < LWIP_TCP_PCB_NUM_EXT_ARGS ? ext_args_used++ : LWIP_TCP_PCB_NUM_EXT_ARG_ID_INVALID;
}

void tcp_ext_arg_set_callbacks(struct tcp_pcb *pcb, uint8_t id, const struct tcp_ext_arg_callbacks *const callbacks)
{
  if (id < LWIP_TCP_PCB_NUM_EXT_ARGS && tcp_enter_api(pcb) == ERR_OK) {
    pcb->ext_args[id].callbacks = callbacks;
    core_leave();
  }
}

void tcp_ext_arg_set(struct tcp_pcb *pcb, uint8_t id, void *arg)
{
  if (id < LWIP_TCP_PCB_NUM_EXT_ARGS && tcp_enter_api(pcb) == ERR_OK) {
    pcb->ext_args[id].data = arg;
    core_leave();
  }
}

void *tcp_ext_arg_get(const struct tcp_pcb *pcb, uint8_t id)
{
  void *data;

  if (id >= LWIP_TCP_PCB_NUM_EXT_ARGS || tcp_enter_api(pcb) != ERR_OK) {
    return NULL;
  }
  data = pcb->ext_args[id].data;
  core_leave();
  return data;
}

#endif

#endif
