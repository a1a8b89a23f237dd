/** The end of a TCP netconn: one direction, both, and waiting for the peer to have everything (linger). */
#include "netconn_core.h"

#if LWIP_NETCONN

#if LWIP_TCP

#include "lwip/memp.h"

/** Everybody who waits in @p conn goes on with x_why. */
static void wake_all(struct netconn *conn)
{
  netconn_note(conn, NETCONN_FLAG_MBOXCLOSED);
  netconn_event(conn, NETCONN_EVT_RCVPLUS, 0);
  netconn_event(conn, NETCONN_EVT_SENDPLUS, 0);
  netconn_changed(conn, NETCONN_WAITS_ANY);
}

/** The pcb goes its own way. */
static void let_go(struct netconn *conn, bool reset)
{
  struct tcp_pcb *pcb = netconn_tcp_detach(conn, ERR_ABRT);

  if (reset) {
    tcp_abort(pcb);
  } else {
    (void)tcp_close(pcb);
  }
  netconn_queue_clear(conn);
}

#if LWIP_SO_LINGER

static bool lingers(const struct netconn *conn)
{
  return conn->linger > 0 && conn->pcb.tcp->state >= SYN_RCVD;
}

static bool resets(const struct netconn *conn)
{
  return conn->linger == 0 && conn->state != NETCONN_LISTEN;
}

#else

static inline bool lingers(const struct netconn *conn)
{
  LWIP_UNUSED_ARG(conn);
  return false;
}

static inline bool resets(const struct netconn *conn)
{
  LWIP_UNUSED_ARG(conn);
  return false;
}

#endif

static bool peer_has_all(const struct tcp_pcb *pcb)
{
  return pcb->unsent == NULL && pcb->unacked == NULL;
}

/** Send the rest and the FIN; the others go, the closing thread may wait. */
static err_t begin_linger(struct api_msg *m)
{
  struct netconn *conn = m->conn;

  (void)tcp_shutdown(conn->pcb.tcp, 0, 1);
  conn->x_state |= NETCONN_X_SHUT_RX | NETCONN_X_SHUT_TX;
  if (conn->pcb.tcp == NULL || peer_has_all(conn->pcb.tcp) || netconn_no_wait(conn, 0)) {
    return ERR_OK;
  }
  conn->state = NETCONN_CLOSE;
  conn->x_why = ERR_ABRT;
  wake_all(conn);
  return netconn_wait_for(m, NETCONN_WAITS_END);
}

static err_t close_now(struct netconn *conn, bool reset)
{
  if (conn->pcb.tcp != NULL) {
    let_go(conn, reset);
  }
  wake_all(conn);
  return ERR_OK;
}

static err_t close_both(struct api_msg *m)
{
  struct netconn *conn = m->conn;
  err_t err;

  if (conn->pcb.tcp == NULL) {
    return m->waits ? ERR_OK : ERR_CONN; /* ended while we waited for it: good */
  }
  if (m->waits != 0) {
    return peer_has_all(conn->pcb.tcp) ? close_now(conn, false) : NETCONN_PENDING;
  }
  if (conn->state == NETCONN_CLOSE) { /* another thread lingers: not any more */
    return close_now(conn, false);
  }
  if (!lingers(conn)) {
    return close_now(conn, resets(conn));
  }
  err = begin_linger(m);
  return err == NETCONN_PENDING ? err : close_now(conn, false);
}

err_t netconn_close_late(struct api_msg *m)
{
  u8_t waits = m->waits;

  m->waits = 0; /* wake_all() is not for us */
  (void)close_now(m->conn, true);
  m->waits = waits;
  return ERR_WOULDBLOCK;
}

err_t netconn_step_close(struct api_msg *m)
{
  return netconn_is(m->conn, NETCONN_TCP) ? close_both(m) : ERR_VAL;
}

/* ---- One direction ---- */

err_t netconn_step_shutdown(struct api_msg *m)
{
  struct netconn *conn = m->conn;
  u8_t how = m->msg.sd.shut;

  if (!netconn_is(conn, NETCONN_TCP)) {
    return ERR_VAL;
  }
  if (conn->pcb.tcp == NULL || conn->pcb.tcp->state <= LISTEN || conn->state == NETCONN_CONNECT) {
    return ERR_CONN;
  }
  if (how & NETCONN_SHUT_RD) {
    conn->x_state |= NETCONN_X_SHUT_RX;
    netconn_event(conn, NETCONN_EVT_RCVPLUS, 0);
  }
  if (how & NETCONN_SHUT_WR) {
    conn->x_state |= NETCONN_X_SHUT_TX;
    (void)tcp_shutdown(conn->pcb.tcp, 0, 1);
    netconn_event(conn, NETCONN_EVT_SENDPLUS, 0);
  }
  netconn_changed(conn, NETCONN_WAITS_RX | NETCONN_WAITS_TX);
  return ERR_OK;
}

err_t netconn_shutdown(struct netconn *conn, u8_t shut_rx, u8_t shut_tx)
{
  struct api_msg m = { .conn = conn, .step = netconn_step_shutdown };

  if (conn == NULL) {
    return ERR_ARG;
  }
  m.msg.sd.shut = (u8_t)((shut_rx ? NETCONN_SHUT_RD : 0) | (shut_tx ? NETCONN_SHUT_WR : 0));
  return netconn_call(&m);
}

#else

err_t netconn_step_close(struct api_msg *m)
{
  LWIP_UNUSED_ARG(m);
  return ERR_VAL;
}

err_t netconn_shutdown(struct netconn *conn, u8_t shut_rx, u8_t shut_tx)
{
  LWIP_UNUSED_ARG(shut_rx);
  LWIP_UNUSED_ARG(shut_tx);
  return conn == NULL ? ERR_ARG : ERR_VAL;
}

#endif

#endif
