/** fcntl and ioctl. */
#include "sock.h"

#if LWIP_SOCKET

#include "lwip/netbuf.h"

static err_t step_fcntl(struct api_msg *m)
{
  struct sock_call *c = call_of(m);

  if (!sock_find(m)) {
    return ERR_OK;
  }
  switch (c->name) {
    case F_GETFL:
      c->result = O_RDWR | (netconn_is_nonblocking(m->conn) ? O_NONBLOCK : 0);
      return ERR_OK;
    case F_SETFL:
      netconn_set_nonblocking(m->conn, (c->flags & O_NONBLOCK) != 0);
      return ERR_OK;
    default:
      return sock_fail(m, EINVAL);
  }
}

int lwip_fcntl(int s, int cmd, int val)
{
  struct sock_call c = { .name = cmd, .flags = val };

  return (int)sock_run(&c, s, step_fcntl);
}

#if LWIP_COMPAT_SOCKETS == 2 && LWIP_POSIX_SOCKETS_IO_NAMES

#include <stdarg.h>

int fcntl(int s, int cmd, ...)
{
  va_list ap;
  int val;

  va_start(ap, cmd);
  val = va_arg(ap, int);
  va_end(ap);
  return lwip_fcntl(s, cmd, val);
}

#endif

/* ---- ioctl ---- */

#if LWIP_FIONREAD_LINUXMODE

static size_t datagram_octets(const struct netconn *conn)
{
  return conn->x_rx.len > 0 ? conn->x_rx.first.buf->p->tot_len : 0;
}

#else

static size_t datagram_octets(const struct netconn *conn)
{
  const struct netbuf *buf = conn->x_rx.first.buf;
  size_t n = 0;
  u16_t i;

  for (i = 0; i < conn->x_rx.len; i++) {
    n += buf->p->tot_len;
    buf = buf->x_next;
  }
  return n;
}

#endif

static err_t fionread(struct api_msg *m)
{
  struct sock_call *c = call_of(m);

  if (c->value == NULL) {
    return sock_fail(m, EFAULT);
  }
  if (sock_listens(c->sock)) {
    return sock_fail(m, EINVAL);
  }
  *(int *)c->value = (int)(sock_is_tcp(c->sock) ? sock_recv_avail(c->sock) : datagram_octets(m->conn));
  return ERR_OK;
}

static err_t step_ioctl(struct api_msg *m)
{
  struct sock_call *c = call_of(m);

  if (!sock_find(m)) {
    return ERR_OK;
  }
  if (c->command == (long)FIONREAD) {
    return fionread(m);
  }
  if (c->command == (long)FIONBIO) {
    if (c->value == NULL) {
      return sock_fail(m, EFAULT);
    }
    netconn_set_nonblocking(m->conn, *(int *)c->value != 0);
    return ERR_OK;
  }
  return sock_fail(m, ENOTTY);
}

int lwip_ioctl(int s, long cmd, void *argp)
{
  struct sock_call c = { .value = argp };

  c.command = cmd;
  return (int)sock_run(&c, s, step_ioctl);
}

#endif
