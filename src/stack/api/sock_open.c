/** bind, connect, listen, accept, shutdown, and the names of both ends. */
#include "sock.h"

#if LWIP_SOCKET

#include "lwip/netif.h"
#include "lwip/x_tcp.h"

/* ---- bind ---- */

static bool is_bound(const struct lwip_sock *sock)
{
  const struct netconn *conn = sock->conn;

#if LWIP_TCP
  if (sock_is_tcp(sock)) {
    return conn->pcb.tcp == NULL || conn->pcb.tcp->local_port != 0;
  }
#endif
#if LWIP_UDP
  if (sock_is_udp(sock)) {
    return conn->pcb.udp->local_port != 0;
  }
#endif
  LWIP_UNUSED_ARG(conn);
  return false;
}

static err_t step_bind(struct api_msg *m)
{
  struct sock_call *c = call_of(m);

  if (!sock_find(m)) {
    return ERR_OK;
  }
  c->error = sock_addr_get((const struct sockaddr *)c->value, c->value_len, sock_is_v6(c->sock), &c->addr, &c->port);
  if (c->error != 0) {
    return ERR_OK;
  }
  if (is_bound(c->sock)) {
    return sock_fail(m, EINVAL);
  }
  if (!sock_addr_is_ours(&c->addr, !sock_is_tcp(c->sock))) {
    return sock_fail(m, EADDRNOTAVAIL);
  }
  m->msg.bc.ipaddr = netconn_any_of_both(m->conn, &c->addr);
  m->msg.bc.port = c->port;
  return netconn_step_bind(m);
}

int lwip_bind(int s, const struct sockaddr *name, socklen_t namelen)
{
  struct sock_call c = { .value = LWIP_CONST_CAST(void *, name), .value_len = namelen };

  return (int)sock_run(&c, s, step_bind);
}

/* ---- connect ---- */

#if LWIP_TCP

/** A connection that could not be opened may be tried again, with a new pcb. */
static err_t renew(struct lwip_sock *sock)
{
  struct netconn *conn = sock->conn;

  if (conn->pcb.tcp != NULL || (conn->x_state & NETCONN_X_OPENED)) {
    return ERR_OK;
  }
  conn->pcb.tcp = tcp_new_ip_type(sock_is_v6(sock) ? IPADDR_TYPE_ANY : IPADDR_TYPE_V4);
  if (conn->pcb.tcp == NULL) {
    return ERR_MEM;
  }
  netconn_tcp_attach(conn);
  netconn_unnote(conn, NETCONN_FLAG_MBOXCLOSED);
  conn->x_why = ERR_CONN;
  return ERR_OK;
}

/** @return errno for a socket that is no fresh one, 0 */
static int may_connect(struct lwip_sock *sock)
{
  const struct netconn *conn = sock->conn;

  if (sock_listens(sock)) {
    return EISCONN;
  }
  if (conn->state == NETCONN_CONNECT) {
    return EALREADY;
  }
  if (conn->x_state & NETCONN_X_OPENED) {
    return conn->pcb.tcp != NULL && conn->pcb.tcp->state != CLOSED ? EISCONN : ECONNABORTED;
  }
  return 0;
}

static u32_t connect_timeout(const struct netconn *conn)
{
#if LWIP_SO_SNDTIMEO
  return conn->send_timeout > 0 ? (u32_t)conn->send_timeout : 0;
#else
  LWIP_UNUSED_ARG(conn);
  return 0;
#endif
}

/** Any is this host. */
static void any_to_loopback(ip_addr_t *addr)
{
  if (!ip_addr_isany(addr)) {
    return;
  }
#if LWIP_IPV6
  if (IP_IS_V6(addr)) {
    ip6_addr_set_loopback(ip_2_ip6(addr));
    return;
  }
#endif
#if LWIP_IPV4
  ip_addr_set_loopback(false, addr);
#endif
}

static err_t connect_tcp(struct api_msg *m)
{
  struct sock_call *c = call_of(m);
  err_t err;

  if (m->waits == 0) {
    c->error = may_connect(c->sock);
    if (c->error == 0) {
      c->error = sock_take_error(c->sock); /* of the attempt before, if nobody has asked */
    }
    if (c->error != 0) {
      return ERR_OK;
    }
    err = renew(c->sock);
    if (err != ERR_OK) {
      return err;
    }
    any_to_loopback(&c->addr);
    m->msg.bc.ipaddr = &c->addr;
    m->msg.bc.port = c->port;
    m->timeout = connect_timeout(m->conn);
  } else {
    c->error = sock_take_error(c->sock);
    if (c->error != 0) {
      return ERR_OK;
    }
  }
  return netconn_step_connect_tcp(m);
}

#else

static err_t connect_tcp(struct api_msg *m)
{
  return sock_fail(m, EOPNOTSUPP);
}

#endif

static err_t connect_dgram(struct api_msg *m)
{
  struct sock_call *c = call_of(m);
  struct netconn *conn = m->conn;

  LWIP_UNUSED_ARG(conn);
#if LWIP_UDP
  if (sock_is_udp(c->sock)) {
    if (!c->has_addr) {
      udp_disconnect(conn->pcb.udp);
      return ERR_OK;
    }
    return udp_connect(conn->pcb.udp, &c->addr, c->port);
  }
#endif
#if LWIP_RAW
  if (!c->has_addr) {
    raw_disconnect(conn->pcb.raw);
    return ERR_OK;
  }
  return raw_connect(conn->pcb.raw, &c->addr);
#else
  return ERR_VAL;
#endif
}

static bool is_unspec(const struct sockaddr *sa, socklen_t len)
{
  return sa != NULL && len >= offsetof(struct sockaddr, sa_data) && sa->sa_family == AF_UNSPEC;
}

err_t sock_step_connect(struct api_msg *m)
{
  struct sock_call *c = call_of(m);
  const struct sockaddr *sa = (const struct sockaddr *)c->value;

  if (!sock_find(m)) {
    return ERR_OK;
  }
  if (m->waits == 0) {
    c->has_addr = sock_is_tcp(c->sock) || !is_unspec(sa, c->value_len);
    if (c->has_addr) {
      c->error = sock_addr_get(sa, c->value_len, sock_is_v6(c->sock), &c->addr, &c->port);
    }
    if (c->error != 0) {
      return ERR_OK;
    }
  }
  return sock_is_tcp(c->sock) ? connect_tcp(m) : connect_dgram(m);
}

int lwip_connect(int s, const struct sockaddr *name, socklen_t namelen)
{
  struct sock_call c = { .value = LWIP_CONST_CAST(void *, name), .value_len = namelen };
  long r = sock_run(&c, s, sock_step_connect);

  if (r < 0 && c.m.err == ERR_TIMEOUT) {
    set_errno(EINPROGRESS); /* SO_SNDTIMEO was over; it goes on */
  }
  return (int)r;
}

/* ---- listen, accept ---- */

#if LWIP_TCP

static err_t step_listen(struct api_msg *m)
{
  struct sock_call *c = call_of(m);
  err_t err;

  if (!sock_find(m)) {
    return ERR_OK;
  }
  if (!sock_is_tcp(c->sock)) {
    return sock_fail(m, EOPNOTSUPP);
  }
  if (m->conn->pcb.tcp == NULL || (!sock_listens(c->sock) && m->conn->pcb.tcp->state != CLOSED)) {
    return sock_fail(m, EINVAL);
  }
  if (!is_bound(c->sock)) {
    err = tcp_bind(m->conn->pcb.tcp, NULL, 0);

    if (err != ERR_OK) {
      return err;
    }
  }
  if (!sock_listens(c->sock) && tcp_nagle_disabled(m->conn->pcb.tcp)) {
    c->sock->flags |= SOCK_F_NODELAY;
  }
  m->msg.lb.backlog = (u8_t)c->flags;
  err = netconn_step_listen(m);
#if LWIP_X_TCP_FASTOPEN
  if (err == ERR_OK && c->sock->fastopen != 0) {
    (void)lwip_x_tcp_fastopen_listen(m->conn->pcb.tcp, c->sock->fastopen);
  }
#endif
  return err;
}

/** What a new connection has from its listener, and what happened to it before it was accepted. */
static void hand_down(const struct lwip_sock *from, struct lwip_sock *to)
{
  struct netconn *conn = to->conn;

  sock_note_error(to);
  if (conn->pcb.tcp == NULL) {
    return;
  }
  if (netconn_noted(conn, NETCONN_FLAG_MBOXCLOSED)) {
    to->flags |= SOCK_F_FIN;
  }
  if (from->flags & SOCK_F_NODELAY) {
    tcp_nagle_disable(conn->pcb.tcp);
  }
}

static err_t step_accept(struct api_msg *m)
{
  struct sock_call *c = call_of(m);
  struct netconn *conn;
  err_t err;

  if (!sock_find(m)) {
    return ERR_OK;
  }
  if (!sock_is_tcp(c->sock)) {
    return sock_fail(m, EOPNOTSUPP);
  }
  if (!sock_listens(c->sock)) {
    return sock_fail(m, EINVAL);
  }
  if (!sock_fd_left()) {
    return sock_fail(m, EMFILE);
  }
#if LWIP_SO_RCVTIMEO
  if (m->waits == 0) { /* later its thread looks at it */
    m->timeout = m->conn->recv_timeout;
  }
#endif
  err = netconn_step_accept(m);
  if (err != ERR_OK) {
    return err;
  }
  conn = m->msg.r.got.conn;
  netconn_set_nonblocking(conn, c->flags & SOCK_NONBLOCK);
  c->result = sock_open_fd(conn);
  hand_down(c->sock, sock_of_fd((int)c->result));
  if (conn->pcb.tcp != NULL) {
    ip_addr_copy(c->addr, conn->pcb.tcp->remote_ip);
    c->port = conn->pcb.tcp->remote_port;
    c->has_addr = true;
  }
  return ERR_OK;
}

#else

static err_t step_listen(struct api_msg *m)
{
  return sock_find(m) ? sock_fail(m, EOPNOTSUPP) : ERR_OK;
}

static err_t step_accept(struct api_msg *m)
{
  return sock_find(m) ? sock_fail(m, EOPNOTSUPP) : ERR_OK;
}

#endif

int lwip_listen(int s, int backlog)
{
  struct sock_call c = { .flags = backlog < 0 ? 0xFF : LWIP_MIN(LWIP_MAX(backlog, 1), 0xFF) };

  return (int)sock_run(&c, s, step_listen);
}

int lwip_x_accept4(int s, struct sockaddr *addr, socklen_t *addrlen, int flags)
{
  struct sock_call c = { .flags = flags };
  long r;

  if (flags & ~(SOCK_NONBLOCK | SOCK_CLOEXEC)) {
    set_errno(EINVAL);
    return -1;
  }
  r = sock_run(&c, s, step_accept);
  if (r >= 0 && addr != NULL && addrlen != NULL) {
    if (c.has_addr) {
      sock_addr_put(addr, addrlen, c.v6, &c.addr, c.port);
    } else {
      *addrlen = 0; /* reset before it was accepted */
    }
  }
  return (int)r;
}

int lwip_accept(int s, struct sockaddr *addr, socklen_t *addrlen)
{
  return lwip_x_accept4(s, addr, addrlen, 0);
}

/* ---- Names ---- */

/** The other end of the call's socket.  @return false: there is none */
static bool peer_of(struct sock_call *c)
{
  const struct netconn *conn = c->sock->conn;

#if LWIP_TCP
  if (sock_is_tcp(c->sock)) {
    if (conn->pcb.tcp == NULL || !(conn->x_state & NETCONN_X_OPENED)) {
      return false;
    }
    ip_addr_copy(c->addr, conn->pcb.tcp->remote_ip);
    c->port = conn->pcb.tcp->remote_port;
    return true;
  }
#endif
#if LWIP_UDP
  if (sock_is_udp(c->sock)) {
    ip_addr_copy(c->addr, conn->pcb.udp->remote_ip);
    c->port = conn->pcb.udp->remote_port;
    return (conn->pcb.udp->flags & UDP_FLAGS_CONNECTED) != 0;
  }
#endif
#if LWIP_RAW
  ip_addr_copy(c->addr, conn->pcb.raw->remote_ip);
  return (conn->pcb.raw->flags & RAW_FLAGS_CONNECTED) != 0;
#else
  LWIP_UNUSED_ARG(conn);
  return false;
#endif
}

static err_t step_getpeername(struct api_msg *m)
{
  if (!sock_find(m)) {
    return ERR_OK;
  }
  return peer_of(call_of(m)) ? ERR_OK : sock_fail(m, ENOTCONN);
}

static err_t step_getsockname(struct api_msg *m)
{
  struct sock_call *c = call_of(m);
  const struct netconn *conn = m->conn;

  if (!sock_find(m)) {
    return ERR_OK;
  }
  conn = m->conn;
  ip_addr_set_any(c->v6, &c->addr);
  c->port = 0;
  if (conn->pcb.ip == NULL) {
    return ERR_OK;
  }
  ip_addr_copy(c->addr, conn->pcb.ip->local_ip);
#if LWIP_TCP
  if (sock_is_tcp(c->sock)) {
    c->port = conn->pcb.tcp->local_port;
  }
#endif
#if LWIP_UDP
  if (sock_is_udp(c->sock)) {
    c->port = conn->pcb.udp->local_port;
  }
#endif
  return ERR_OK;
}

static int get_name(int s, struct sockaddr *name, socklen_t *namelen, err_t (*step)(struct api_msg *))
{
  struct sock_call c = { .port = 0 };

  if (sock_run(&c, s, step) < 0) {
    return -1;
  }
  if (name == NULL || namelen == NULL) {
    set_errno(EFAULT);
    return -1;
  }
  sock_addr_put(name, namelen, c.v6, &c.addr, c.port);
  return 0;
}

int lwip_getpeername(int s, struct sockaddr *name, socklen_t *namelen)
{
  return get_name(s, name, namelen, step_getpeername);
}

int lwip_getsockname(int s, struct sockaddr *name, socklen_t *namelen)
{
  return get_name(s, name, namelen, step_getsockname);
}

/* ---- shutdown ---- */

#if LWIP_TCP

/** Nobody will be accepted any more. */
static err_t stop_listening(struct api_msg *m)
{
  m->timeout = 0;
  return netconn_step_close(m);
}

static err_t shutdown_tcp(struct api_msg *m)
{
  struct sock_call *c = call_of(m);
  const struct tcp_pcb *pcb = m->conn->pcb.tcp;

  if (sock_listens(c->sock)) {
    return (c->flags & SOCK_F_SHUT_RD) ? stop_listening(m) : ERR_OK;
  }
  if (pcb == NULL || pcb->state == CLOSED) {
    return sock_fail(m, ENOTCONN);
  }
  c->sock->flags |= (u8_t)c->flags;
  m->msg.sd.shut =
    (u8_t)(((c->flags & SOCK_F_SHUT_RD) ? NETCONN_SHUT_RD : 0) | ((c->flags & SOCK_F_SHUT_WR) ? NETCONN_SHUT_WR : 0));
  return netconn_step_shutdown(m);
}

#else

static err_t shutdown_tcp(struct api_msg *m)
{
  return sock_fail(m, ENOTCONN);
}

#endif

static err_t step_shutdown(struct api_msg *m)
{
  struct sock_call *c = call_of(m);

  if (!sock_find(m)) {
    return ERR_OK;
  }
  if (sock_is_tcp(c->sock)) {
    return shutdown_tcp(m);
  }
  c->sock->flags |= (u8_t)c->flags;
  netconn_changed(m->conn, NETCONN_WAITS_RX);
  sock_poll_wake(c->sock);
  return peer_of(c) ? ERR_OK : sock_fail(m, ENOTCONN);
}

int lwip_shutdown(int s, int how)
{
  static const u8_t flags[] = { SOCK_F_SHUT_RD, SOCK_F_SHUT_WR, SOCK_F_SHUT_RD | SOCK_F_SHUT_WR };
  struct sock_call c = { .flags = 0 };
  unsigned i = (unsigned)how - SHUT_RD;

  c.flags = i < LWIP_ARRAYSIZE(flags) ? flags[i] : 0;
  return (int)sock_run(&c, s, c.flags != 0 ? step_shutdown : sock_step_invalid);
}

#endif
