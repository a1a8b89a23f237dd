/** Sending and receiving on TCP sockets: POSIX's rules around the steps of the netconn. */
#include "sock.h"

#if LWIP_SOCKET && LWIP_TCP

/** Never connected, and not connecting. */
static bool is_fresh(const struct netconn *conn)
{
  return !(conn->x_state & NETCONN_X_OPENED) && conn->pcb.tcp != NULL && conn->pcb.tcp->state <= LISTEN;
}

/* ---- Receiving ---- */

static u8_t read_flags(const struct sock_call *c)
{
  return (u8_t)(((c->flags & MSG_DONTWAIT) ? NETCONN_DONTBLOCK : 0) | ((c->flags & MSG_PEEK) ? NETCONN_X_PEEK : 0) |
                ((c->flags & MSG_WAITALL) ? NETCONN_X_WAITALL : 0));
}

static void begin_read(struct api_msg *m)
{
  struct sock_call *c = call_of(m);
  const struct netconn_room *vec = (const struct netconn_room *)(const void *)c->iov;
  u16_t cnt = (u16_t)c->iovcnt;

  if (c->flags & MSG_TRUNC) {
    c->discard.ptr = NULL;
    c->discard.len = c->len;
    vec = &c->discard;
    cnt = 1;
  }
  while (cnt > 0 && vec->len == 0) {
    vec++;
    cnt--;
  }
  m->msg.rd.vec = vec;
  m->msg.rd.cnt = cnt;
  m->msg.rd.off = 0;
  m->msg.rd.got = 0;
  m->msg.rd.flags = read_flags(c);
#if LWIP_SO_RCVTIMEO
  m->timeout = m->conn->recv_timeout;
#endif
}

/** Nothing waits and nothing will come.  @return false: not so */
static bool is_over(struct api_msg *m)
{
  struct sock_call *c = call_of(m);
  const struct netconn *conn = m->conn;

  if (conn->x_rx.len > 0) {
    return false;
  }
  if (m->msg.rd.got == 0) {
    c->error = sock_take_error(c->sock);
  }
  return c->error != 0 || conn->pcb.tcp == NULL;
}

err_t sock_step_recv(struct api_msg *m)
{
  struct sock_call *c = call_of(m);
  err_t err;

  if (is_fresh(m->conn)) {
    return sock_fail(m, ENOTCONN);
  }
  if (m->waits == 0) {
    begin_read(m);
  }
  err = is_over(m) ? ERR_OK : netconn_step_read(m);
  c->done = m->msg.rd.got;
  return err == ERR_CLSD || err == ERR_CONN ? ERR_OK : err;
}

size_t sock_recv_avail(const struct lwip_sock *sock)
{
  const struct pbuf *p;
  size_t n = 0;

  if (sock->conn->x_rx.len > 0) {
    for (p = sock->conn->x_rx.first.p; p != NULL; p = p->next) {
      n += p->len;
    }
  }
  return n;
}

/* ---- Sending ---- */

static void begin_write(struct api_msg *m)
{
  struct sock_call *c = call_of(m);

  m->msg.w.vector = (const struct netvector *)(const void *)c->iov;
  m->msg.w.cnt = (u16_t)c->iovcnt;
  m->msg.w.off = m->msg.w.queued = 0;
  m->msg.w.all = false;
  m->msg.w.flags = (u8_t)(NETCONN_COPY | ((c->flags & MSG_DONTWAIT) ? NETCONN_DONTBLOCK : 0) |
                          ((c->flags & MSG_MORE) ? NETCONN_MORE : 0));
#if LWIP_SO_SNDTIMEO
  m->timeout = m->conn->send_timeout > 0 ? (u32_t)m->conn->send_timeout : 0;
#endif
}

/** @return errno, 0: it may */
static int may_send(struct sock_call *c)
{
  const struct netconn *conn = c->sock->conn;
  int error = sock_take_error(c->sock);

  if (error != 0) {
    return error;
  }
  if (is_fresh(conn)) {
    return ENOTCONN;
  }
  return conn->pcb.tcp == NULL || (c->sock->flags & SOCK_F_SHUT_WR) ? EPIPE : 0;
}

err_t sock_step_send(struct api_msg *m)
{
  struct sock_call *c = call_of(m);
  err_t err = ERR_OK;

  if (m->waits == 0) {
    begin_write(m);
  }
  if (m->msg.w.queued > 0 && m->conn->pcb.tcp == NULL) {
    return ERR_OK; /* what was queued is the result; the error is for the next call */
  }
  c->error = may_send(c);
  if (c->error == 0) {
    err = netconn_step_write(m);
  }
  c->done = m->msg.w.queued;
  return err == ERR_INPROGRESS ? ERR_WOULDBLOCK : err;
}

#endif
