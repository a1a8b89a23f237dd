/**
 * Text to send, room for it, and text that was used.
 */
#include "tcp_core.h"

#include "../base/core.h"
#include "../tcp/tcp_size.h"

#if LWIP_TCP

/* RFC 9293 3.10.2. */
static bool may_send(const struct tcp_pcb *pcb)
{
  return (pcb->state == SYN_SENT || pcb->state == SYN_RCVD || pcb->state == ESTABLISHED || pcb->state == CLOSE_WAIT) &&
         !(pcb->flags & TF_FIN);
}

static err_t write_now(struct tcp_pcb *pcb, const void *data, u16_t len, u8_t apiflags)
{
  err_t err;

  if (!may_send(pcb)) {
    return ERR_CONN;
  }
  if (data == NULL) {
    return ERR_ARG;
  }
  if (len == 0) {
    return ERR_OK;
  }
  err = len <= pcb->snd_buf ? tcp_queue_append(pcb, data, len, apiflags) : ERR_MEM;
  if (err != ERR_OK) {
    pcb->flags |= TF_NAGLEMEMERR;
    TCP_STATS_INC(tcp.memerr);
    tcp_due(pcb, sys_now() + TCP_NO_MEMORY_RETRY);
  } else if (!(pcb->flags & TF_X_PINNED) && !(apiflags & LWIP_X_TCP_WRITE_OUTPUT)) {
    tcp_due(pcb, sys_now()); /* a program that forgets tcp_output() is served by the next look at the clock */
  }
  return err;
}

err_t tcp_write(struct tcp_pcb *pcb, const void *dataptr, u16_t len, u8_t apiflags)
{
  err_t err = tcp_enter_api(pcb);

  if (err == ERR_OK) {
    err = write_now(pcb, dataptr, len, apiflags);
    core_leave();
  }
  return err;
}

u16_t lwip_x_tcp_sndbuf(const struct tcp_pcb *pcb)
{
  tcpwnd_size_t room;

  if (pcb == NULL || pcb->prio == 0 || pcb->state == LISTEN) {
    return 0;
  }
  room = tcp_queue_room(pcb);
  return TCPWND16(room);
}

void tcp_recved(struct tcp_pcb *pcb, u16_t len)
{
  if (tcp_enter_api(pcb) != ERR_OK) {
    return;
  }
  if (pcb->state > LISTEN && tcp_window_opened(pcb, tcp_size_read(pcb, len, LWIP_X_TCP_AUTOSIZE ? sys_now() : 0))) {
    pcb->flags |= TF_ACK_NOW;
    if (!(pcb->flags & TF_X_PINNED)) {
      (void)tcp_push(pcb, sys_now());
    }
  }
  core_leave();
}

#endif
