/** The family of send and recv: many shapes of arguments, two calls. */
#include "sock.h"

#if LWIP_SOCKET

/** Datagrams and text go through different steps, which the core finds out. */
static err_t step_recv(struct api_msg *m)
{
  if (!sock_find(m)) {
    return ERR_OK;
  }
#if LWIP_TCP
  if (netconn_is(m->conn, NETCONN_TCP)) {
    return sock_step_recv(m);
  }
#endif
  return sock_step_recv_dgram(m);
}

static err_t step_send(struct api_msg *m)
{
  if (!sock_find(m)) {
    return ERR_OK;
  }
#if LWIP_TCP
  if (netconn_is(m->conn, NETCONN_TCP)) {
    return sock_step_send(m);
  }
#endif
  return sock_step_send_dgram(m);
}

/** Add up the pieces.  @return errno, 0 */
static int measure(struct sock_call *c)
{
  int i;

  c->len = 0;
  for (i = 0; i < c->iovcnt; i++) {
    if (c->iov[i].iov_len > (size_t)SSIZE_MAX - c->len) {
      return EINVAL;
    }
    if (c->iov[i].iov_base == NULL && c->iov[i].iov_len > 0) {
      return EFAULT;
    }
    c->len += c->iov[i].iov_len;
  }
  return 0;
}

/** Run the call, whose result is c->done: part of the octets is better than an error. */
static ssize_t transfer(struct sock_call *c, int s, err_t (*step)(struct api_msg *))
{
  int error = measure(c);
  long r;

  if (error != 0) {
    set_errno(error);
    return -1;
  }
  r = sock_run(c, s, step);
  return r >= 0 || c->done > 0 ? (ssize_t)c->done : -1;
}

static ssize_t receive(struct sock_call *c, int s)
{
  if (c->flags & MSG_OOB) {
    return sock_run(c, s, sock_step_invalid);
  }
  return transfer(c, s, step_recv);
}

static void put_from(const struct sock_call *c, struct sockaddr *from, socklen_t *fromlen)
{
  if (from == NULL || fromlen == NULL) {
    return;
  }
  if (c->has_addr) {
    sock_addr_put(from, fromlen, c->v6, &c->addr, c->port);
  } else {
    *fromlen = 0; /* text has no sender */
  }
}

/* ---- Receiving ---- */

ssize_t lwip_recvfrom(int s, void *mem, size_t len, int flags, struct sockaddr *from, socklen_t *fromlen)
{
  struct iovec v = { mem, len };
  struct sock_call c = { .iov = &v, .iovcnt = 1, .flags = flags };
  ssize_t n = receive(&c, s);

  if (n >= 0) {
    put_from(&c, from, fromlen);
  }
  return n;
}

ssize_t lwip_recv(int s, void *mem, size_t len, int flags)
{
  struct iovec v = { mem, len };
  struct sock_call c = { .iov = &v, .iovcnt = 1, .flags = flags };

  return receive(&c, s);
}

ssize_t lwip_read(int s, void *mem, size_t len)
{
  return lwip_recv(s, mem, len, 0);
}

static bool count_is_good(int iovcnt)
{
  return iovcnt >= 0 && iovcnt <= IOV_MAX;
}

ssize_t lwip_readv(int s, const struct iovec *iov, int iovcnt)
{
  struct sock_call c = { .iov = iov, .iovcnt = iovcnt };

  return count_is_good(iovcnt) ? receive(&c, s) : sock_run(&c, s, sock_step_invalid);
}

static int check_message(const struct msghdr *message)
{
  if (message == NULL) {
    return EFAULT;
  }
  return message->msg_iovlen < 0 || message->msg_iovlen > IOV_MAX ? EMSGSIZE : 0;
}

ssize_t lwip_recvmsg(int s, struct msghdr *message, int flags)
{
  struct sock_call c = { .flags = flags, .wants_control = true };
  int error = check_message(message);
  ssize_t n;

  if (error != 0) {
    set_errno(error);
    return -1;
  }
  c.iov = message->msg_iov;
  c.iovcnt = message->msg_iovlen;
  c.control = message->msg_control;
  c.control_len = message->msg_controllen;
  n = receive(&c, s);
  if (n < 0) {
    return n;
  }
  message->msg_flags = (c.cut ? MSG_TRUNC : 0) | (c.control_cut ? MSG_CTRUNC : 0);
  message->msg_controllen = c.control_done;
  if (message->msg_name != NULL) {
    put_from(&c, (struct sockaddr *)message->msg_name, &message->msg_namelen);
  } else {
    message->msg_namelen = 0;
  }
  return n;
}

/* ---- Sending ---- */

#if LWIP_TCP && LWIP_X_TCP_FASTOPEN

/* It is on its way; whoever may wait hears whether it was refused. */
static err_t await_open(struct api_msg *m)
{
  struct sock_call *c = call_of(m);
  const struct tcp_pcb *pcb = m->conn->pcb.tcp;

  if (pcb != NULL && pcb->state == SYN_SENT &&
      !netconn_no_wait(m->conn, (c->flags & MSG_DONTWAIT) ? NETCONN_DONTBLOCK : 0)) {
    return netconn_wait_for(m, NETCONN_WAITS_OPEN);
  }
  if (pcb == NULL) {
    c->error = sock_take_error(c->sock);
    c->done = 0;
  }
  return ERR_OK;
}

/* connect() and send() in one: the text waits for no handshake if there is a cookie. */
static err_t step_fastopen(struct api_msg *m)
{
  struct sock_call *c = call_of(m);
  err_t err;

  if (c->phase == SOCK_BEGINS) {
    m->conn->x_state |= NETCONN_X_FASTOPEN;
    c->phase = SOCK_OPENS;
  }
  if (c->phase == SOCK_OPENS) {
    err = sock_step_connect(m);
    if (err != ERR_OK || c->error != 0) {
      return err;
    }
    m->waits = 0;
    c->phase = SOCK_SENDS;
  }
  if (c->phase == SOCK_SENDS) {
    err = step_send(m);
    if (err != ERR_OK || c->error != 0) {
      return err;
    }
    c->phase = SOCK_WAITS;
  }
  return sock_find(m) ? await_open(m) : ERR_OK;
}

#else

static err_t step_fastopen(struct api_msg *m)
{
  return sock_fail(m, EOPNOTSUPP);
}

#endif

static err_t step_sendto(struct api_msg *m)
{
  struct sock_call *c = call_of(m);

  if ((c->flags & MSG_FASTOPEN) && (c->phase != SOCK_BEGINS || (sock_find(m) && sock_is_tcp(c->sock)))) {
    return step_fastopen(m);
  }

  if (m->waits == 0 && c->value != NULL) {
    if (!sock_find(m)) {
      return ERR_OK;
    }
    if (!sock_is_tcp(c->sock)) {
      c->error = sock_addr_get((const struct sockaddr *)c->value, c->value_len, c->v6, &c->addr, &c->port);
      c->has_addr = true;
    }
    if (c->error != 0) {
      return ERR_OK;
    }
  }
  return step_send(m);
}

ssize_t lwip_sendto(int s, const void *dataptr, size_t size, int flags, const struct sockaddr *to, socklen_t tolen)
{
  struct iovec v = { LWIP_CONST_CAST(void *, dataptr), size };
  struct sock_call c = {
    .iov = &v, .iovcnt = 1, .flags = flags, .value = LWIP_CONST_CAST(void *, to), .value_len = tolen
  };

  return transfer(&c, s, step_sendto);
}

ssize_t lwip_send(int s, const void *dataptr, size_t size, int flags)
{
  struct iovec v = { LWIP_CONST_CAST(void *, dataptr), size };
  struct sock_call c = { .iov = &v, .iovcnt = 1, .flags = flags };

  return transfer(&c, s, step_send);
}

ssize_t lwip_write(int s, const void *dataptr, size_t size)
{
  return lwip_send(s, dataptr, size, 0);
}

ssize_t lwip_writev(int s, const struct iovec *iov, int iovcnt)
{
  struct sock_call c = { .iov = iov, .iovcnt = iovcnt };

  return count_is_good(iovcnt) ? transfer(&c, s, step_send) : sock_run(&c, s, sock_step_invalid);
}

ssize_t lwip_sendmsg(int s, const struct msghdr *message, int flags)
{
  struct sock_call c = { .flags = flags };
  int error = check_message(message);

  if (error != 0) {
    set_errno(error);
    return -1;
  }
  c.iov = message->msg_iov;
  c.iovcnt = message->msg_iovlen;
  c.value = message->msg_name;
  c.value_len = message->msg_namelen;
  c.control = message->msg_control;
  c.control_len = message->msg_controllen;
  return transfer(&c, s, step_sendto);
}

#endif
