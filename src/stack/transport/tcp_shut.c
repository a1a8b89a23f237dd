/**
 * The ends of a connection: close, shutdown, abort (RFC 9293 3.10.4, 3.10.5).
 */
#include "tcp_core.h"

#include "../base/core.h"
#include "../mem/drop.h"

#if LWIP_TCP

void tcp_settle(struct tcp_pcb *pcb, u32_t now_ms)
{
  if (tcp_is_dead(pcb)) {
    return;
  }
  (void)tcp_push(pcb, now_ms);
  if (pcb->state == TIME_WAIT && (pcb->flags & TF_X_ORPHAN)) {
    tcp_tw_add(pcb, now_ms);
    tcp_pcb_free(pcb);
  }
}

void tcp_abandon_now(struct tcp_pcb *pcb, bool reset)
{
  bool known = pcb->state > LISTEN && pcb->state != SYN_SENT && pcb->state != TIME_WAIT;

  if (reset && known) {
    tcp_rst_pcb(pcb);
  }
  tcp_pcb_end(pcb, ERR_ABRT);
}

void tcp_abandon(struct tcp_pcb *pcb, int reset)
{
  if (tcp_enter_api(pcb) != ERR_OK) {
    return;
  }
  if (pcb->state == LISTEN) {
    tcp_pcb_free(pcb);
  } else {
    tcp_abandon_now(pcb, reset != 0);
  }
  core_leave();
}

void tcp_abort(struct tcp_pcb *pcb)
{
  tcp_abandon(pcb, 1);
}

/* Received, but never used: closing now loses it, and the peer has to know (RFC 9293 3.6.1, SHLD-3). */
static bool loses_text(const struct tcp_pcb *pcb)
{
  return (pcb->state == ESTABLISHED || pcb->state == CLOSE_WAIT) &&
         (pcb->refused_data != NULL || pcb->rcv_wnd != TCP_WND_MAX(pcb));
}

/* The program is through with pcb. */
static void close_now(struct tcp_pcb *pcb, u32_t now_ms)
{
  if (pcb->state == LISTEN) {
    tcp_pcb_free(pcb);
    return;
  }
  pcb->flags |= TF_X_ORPHAN | TF_RXCLOSED;
  tcp_backlog_leave(pcb);
  if (loses_text(pcb)) {
    tcp_rst_pcb(pcb);
    tcp_pcb_free(pcb);
    return;
  }
  if (tcp_finish(pcb, now_ms) == TCP_DONE) {
    tcp_pcb_free(pcb);
  } else if (!(pcb->flags & TF_X_PINNED)) {
    tcp_settle(pcb, now_ms);
  }
}

err_t tcp_close(struct tcp_pcb *pcb)
{
  err_t err = tcp_enter_api(pcb);

  if (err == ERR_OK) {
    close_now(pcb, sys_now());
    core_leave();
  }
  return err;
}

static err_t shutdown_now(struct tcp_pcb *pcb, bool rx, bool tx)
{
  u32_t now_ms = sys_now();

  if (pcb->state == LISTEN || pcb->state == CLOSED) {
    return ERR_CONN;
  }
  if (rx && tx) {
    close_now(pcb, now_ms);
    return ERR_OK;
  }
  if (rx) {
    pcb->flags |= TF_RXCLOSED;
    if (pcb->refused_data != NULL) {
      drop(pcb->refused_data, DROP_TCP_CLOSED_DATA);
      pcb->refused_data = NULL;
    }
  }
  if (!tx) {
    return ERR_OK;
  }
  if (pcb->state < SYN_RCVD) {
    return ERR_CONN;
  }
  (void)tcp_finish(pcb, now_ms);
  if (!(pcb->flags & TF_X_PINNED)) {
    tcp_settle(pcb, now_ms);
  }
  return ERR_OK;
}

err_t tcp_shutdown(struct tcp_pcb *pcb, int shut_rx, int shut_tx)
{
  err_t err = tcp_enter_api(pcb);

  if (err == ERR_OK) {
    err = shutdown_now(pcb, shut_rx != 0, shut_tx != 0);
    core_leave();
  }
  return err;
}

#endif
