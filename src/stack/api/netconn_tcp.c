/** Connections of TCP: what the engine tells, opening, listening. */
#include "netconn_core.h"

#if LWIP_NETCONN && LWIP_TCP

#include "../mem/drop.h"
#include "lwip/netif.h"
#include "lwip/x_tcp.h"

/* ---- What the engine tells ---- */

static err_t got_text(void *arg, struct tcp_pcb *pcb, struct pbuf *p, err_t err)
{
  struct netconn *conn = (struct netconn *)arg;
  u16_t len = p != NULL ? p->tot_len : 0;

  LWIP_UNUSED_ARG(err);
  if (p != NULL && (conn->x_state & NETCONN_X_SHUT_RX)) {
    tcp_recved(pcb, len);
    pbuf_free(p);
    return ERR_OK;
  }
  if (p == NULL) {
    netconn_note(conn, NETCONN_FLAG_MBOXCLOSED);
  }
  if (p == NULL || netconn_queue_text(conn, p)) {
    netconn_event(conn, NETCONN_EVT_RCVPLUS, len);
  }
  netconn_changed(conn, NETCONN_WAITS_RX);
  return ERR_OK;
}

static void failed(void *arg, err_t err)
{
  struct netconn *conn = (struct netconn *)arg;
  bool was_shut = (conn->x_state & NETCONN_X_SHUT_TX) != 0 && err == ERR_CLSD;

  conn->pcb.tcp = NULL;
  conn->x_why = err;
  conn->state = NETCONN_NONE;
  netconn_note(conn, NETCONN_FLAG_MBOXCLOSED);
  netconn_unnote(conn, NETCONN_FLAG_IN_NONBLOCKING_CONNECT);
  if (!was_shut) { /* else both sides have closed: no failure */
    conn->pending_err = err;
    netconn_event(conn, NETCONN_EVT_ERROR, 0);
  }
  netconn_event(conn, NETCONN_EVT_RCVPLUS, 0);
  netconn_event(conn, NETCONN_EVT_SENDPLUS, 0);
  netconn_changed(conn, NETCONN_WAITS_ANY);
}

void netconn_tcp_attach(struct netconn *conn)
{
  struct tcp_pcb *pcb = conn->pcb.tcp;

  tcp_arg(pcb, conn);
  tcp_recv(pcb, got_text);
  tcp_sent(pcb, netconn_sent_tcp);
  tcp_err(pcb, failed);
}

struct tcp_pcb *netconn_tcp_detach(struct netconn *conn, err_t why)
{
  struct tcp_pcb *pcb = conn->pcb.tcp;

  if (pcb->state == LISTEN) {
    tcp_arg(pcb, NULL);
    tcp_accept(pcb, NULL);
  } else {
    tcp_arg(pcb, NULL);
    tcp_recv(pcb, NULL);
    tcp_sent(pcb, NULL);
    tcp_poll(pcb, NULL, 0);
    tcp_err(pcb, NULL);
  }
  conn->pcb.tcp = NULL;
  conn->x_why = why;
  conn->state = NETCONN_NONE;
  return pcb;
}

/* ---- Connect ---- */

static err_t opened(void *arg, struct tcp_pcb *pcb, err_t err)
{
  struct netconn *conn = (struct netconn *)arg;

  LWIP_UNUSED_ARG(pcb);
  LWIP_UNUSED_ARG(err);
  conn->state = NETCONN_NONE;
  conn->x_state |= NETCONN_X_OPENED;
  netconn_unnote(conn, NETCONN_FLAG_IN_NONBLOCKING_CONNECT);
  netconn_event(conn, NETCONN_EVT_SENDPLUS, 0);
  netconn_changed(conn, NETCONN_WAITS_OPEN | NETCONN_WAITS_TX | NETCONN_WAITS_RX);
  return ERR_OK;
}

/* *deferred: there is nothing to wait for, the first text opens it. */
static err_t connect_pcb(struct api_msg *m, int *deferred)
{
#if LWIP_X_TCP_FASTOPEN
  if (m->conn->x_state & NETCONN_X_FASTOPEN) {
    return lwip_x_tcp_fastopen_defer(m->conn->pcb.tcp, m->msg.bc.ipaddr, m->msg.bc.port, opened, deferred);
  }
#endif
  LWIP_UNUSED_ARG(deferred);
  return tcp_connect(m->conn->pcb.tcp, m->msg.bc.ipaddr, m->msg.bc.port, opened);
}

static err_t begin_connect(struct api_msg *m)
{
  struct netconn *conn = m->conn;
  int deferred = 0;
  err_t err;

  if (conn->state == NETCONN_CONNECT) {
    return ERR_ALREADY;
  }
  if (conn->state != NETCONN_NONE) {
    return ERR_ISCONN;
  }
  err = connect_pcb(m, &deferred);
  if (err != ERR_OK) {
    return err;
  }
  if (deferred) {
    conn->x_state |= NETCONN_X_OPENED;
    return ERR_OK;
  }
  conn->state = NETCONN_CONNECT;
  if (netconn_no_wait(conn, 0)) {
    netconn_note(conn, NETCONN_FLAG_IN_NONBLOCKING_CONNECT);
    return ERR_INPROGRESS;
  }
  return netconn_wait_for(m, NETCONN_WAITS_OPEN);
}

err_t netconn_step_connect_tcp(struct api_msg *m)
{
  struct netconn *conn = m->conn;

  if (conn->pcb.tcp == NULL) {
    return netconn_gone(m);
  }
  if (m->waits == 0) {
    return begin_connect(m);
  }
  return conn->state == NETCONN_CONNECT ? NETCONN_PENDING : ERR_OK;
}

/* ---- Listen ---- */

static err_t accepted(void *arg, struct tcp_pcb *newpcb, err_t err)
{
  struct netconn *conn = (struct netconn *)arg, *newconn;

  LWIP_UNUSED_ARG(err);
  newconn = conn != NULL ? netconn_alloc(conn->type, conn->callback) : NULL;
  if (newconn == NULL) {
    drop_count(DROP_NETCONN_MEM);
    return ERR_MEM;
  }
#if LWIP_IPV6
  newconn->flags = conn->flags & NETCONN_FLAG_IPV6_V6ONLY;
#endif
  newconn->x_state = NETCONN_X_OPENED;
  newconn->pcb.tcp = newpcb;
  netconn_tcp_attach(newconn);
  tcp_backlog_delayed(newpcb);
  netconn_queue_conn(conn, newconn);
  netconn_event(conn, NETCONN_EVT_RCVPLUS, 0);
  netconn_changed(conn, NETCONN_WAITS_RX);
  return ERR_OK;
}

/** Listen, and tell why it failed; the pcb stays as it was then. */
static err_t begin_listen(struct netconn *conn, u8_t backlog)
{
  struct tcp_pcb *lpcb;
  err_t err = ERR_MEM;

#if LWIP_IPV4 && LWIP_IPV6
  if (ip_addr_cmp(&conn->pcb.ip->local_ip, IP6_ADDR_ANY) && NETCONNTYPE_ISIPV6(conn->type) &&
      !(conn->flags & NETCONN_FLAG_IPV6_V6ONLY)) {
    IP_SET_TYPE_VAL(conn->pcb.ip->local_ip, IPADDR_TYPE_ANY);
    IP_SET_TYPE_VAL(conn->pcb.ip->remote_ip, IPADDR_TYPE_ANY);
  }
#endif
  lpcb = tcp_listen_with_backlog_and_err(conn->pcb.tcp, backlog, &err);
  if (lpcb == NULL) {
    return err;
  }
  conn->pcb.tcp = lpcb;
  conn->state = NETCONN_LISTEN;
  conn->x_state |= NETCONN_X_LISTENED;
  tcp_arg(lpcb, conn);
  tcp_accept(lpcb, accepted);
  return ERR_OK;
}

err_t netconn_step_listen(struct api_msg *m)
{
  struct netconn *conn = m->conn;

  if (conn->pcb.ip == NULL || !netconn_is(conn, NETCONN_TCP)) {
    return ERR_CONN;
  }
  if (conn->state == NETCONN_LISTEN) {
    tcp_backlog_set(conn->pcb.tcp, m->msg.lb.backlog);
    return ERR_OK;
  }
  if (conn->state != NETCONN_NONE || conn->pcb.tcp->state != CLOSED) {
    return ERR_CONN;
  }
  return begin_listen(conn, m->msg.lb.backlog);
}

err_t netconn_listen_with_backlog(struct netconn *conn, u8_t backlog)
{
  struct api_msg m = { .conn = conn, .step = netconn_step_listen };

  if (conn == NULL) {
    return ERR_ARG;
  }
  m.msg.lb.backlog = backlog;
  return netconn_call(&m);
}

static u32_t accept_timeout(const struct netconn *conn)
{
#if LWIP_SO_RCVTIMEO
  return conn->recv_timeout;
#else
  LWIP_UNUSED_ARG(conn);
  return 0;
#endif
}

err_t netconn_accept(struct netconn *conn, struct netconn **new_conn)
{
  struct api_msg m = { .conn = conn, .step = netconn_step_accept };
  err_t err;

  if (new_conn == NULL) {
    return ERR_ARG;
  }
  *new_conn = NULL;
  if (conn == NULL) {
    return ERR_ARG;
  }
  m.timeout = accept_timeout(conn);
  err = netconn_call(&m);
  if (err == ERR_OK) {
    *new_conn = m.msg.r.got.conn;
  }
  return err;
}

#endif
