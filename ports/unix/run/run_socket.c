/** The socket functions of the C library, for descriptors of ours; all others go on to the C library. */
#define _GNU_SOURCE
#include "run.h"
#include "run_address.h"
#include "run_lwip.h"
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

/* ---- socket, close, dup ---- */

int socket(int domain, int type, int protocol)
{
  int s, fd;

  if (domain != AF_INET && domain != AF_INET6) {
    return REAL(socket)(domain, type, protocol);
  }
  run_stack_start();
  s = lwip_socket(domain, type, protocol);
  if (s < 0) {
    return -1;
  }
  fd = run_fd_for(s);
  if (fd < 0) {
    lwip_close(s);
  }
  return fd;
}

int close(int fd)
{
  int s = run_fd_forget(fd);

  run_poll_closed(fd);
  if (s >= 0) {
    lwip_close(s);
  }
  return REAL(close)(fd);
}

/** The new descriptor @p fd is another one of socket @p s. */
static int share(int s, int fd)
{
  int other = fd >= 0 ? lwip_x_dup(s) : -1;

  if (fd >= 0 && other < 0) {
    REAL(close)(fd);
    return -1;
  }
  run_fd_set(fd, other);
  return fd;
}

int dup(int fd)
{
  int s = run_socket_of(fd);

  return s < 0 ? REAL(dup)(fd) : share(s, REAL(dup)(fd));
}

static int dup_at(int fd, int at, int flags)
{
  int s = run_socket_of(fd), old;

  if (fd == at) {
    return REAL(dup2)(fd, at);
  }
  old = run_fd_forget(at);
  if (old >= 0) {
    lwip_close(old);
  }
  at = REAL(dup3)(fd, at, flags);
  return s < 0 ? at : share(s, at);
}

int dup2(int fd, int at)
{
  return dup_at(fd, at, 0);
}

int dup3(int fd, int at, int flags)
{
  return dup_at(fd, at, flags);
}

/* ---- Both ends ---- */

int bind(int fd, const struct sockaddr *sa, socklen_t len)
{
  struct sockaddr_storage room;
  int s = run_socket_of(fd);

  return s < 0 ? REAL(bind)(fd, sa, len) : lwip_bind(s, to_stack(sa, len, &room), len);
}

int connect(int fd, const struct sockaddr *sa, socklen_t len)
{
  struct sockaddr_storage room;
  int s = run_socket_of(fd);

  return s < 0 ? REAL(connect)(fd, sa, len) : lwip_connect(s, to_stack(sa, len, &room), len);
}

int listen(int fd, int backlog)
{
  int s = run_socket_of(fd);

  return s < 0 ? REAL(listen)(fd, backlog) : lwip_listen(s, backlog);
}

int accept4(int fd, struct sockaddr *sa, socklen_t *len, int flags)
{
  int s = run_socket_of(fd), c;
  socklen_t room = sa != NULL && len != NULL ? *len : 0;

  if (s < 0) {
    return REAL(accept4)(fd, sa, len, flags);
  }
  c = lwip_x_accept4(s, sa, len, flags);
  if (c < 0) {
    return -1;
  }
  from_stack(sa, room);
  fd = run_fd_for(c);
  if (fd < 0) {
    lwip_close(c);
  }
  return fd;
}

int accept(int fd, struct sockaddr *sa, socklen_t *len)
{
  return accept4(fd, sa, len, 0);
}

int shutdown(int fd, int how)
{
  int s = run_socket_of(fd);

  return s < 0 ? REAL(shutdown)(fd, how) : lwip_shutdown(s, how);
}

int getsockname(int fd, struct sockaddr *sa, socklen_t *len)
{
  int s = run_socket_of(fd), r;
  socklen_t room = len != NULL ? *len : 0;

  if (s < 0) {
    return REAL(getsockname)(fd, sa, len);
  }
  r = lwip_getsockname(s, sa, len);
  from_stack(r == 0 ? sa : NULL, room);
  return r;
}

int getpeername(int fd, struct sockaddr *sa, socklen_t *len)
{
  int s = run_socket_of(fd), r;
  socklen_t room = len != NULL ? *len : 0;

  if (s < 0) {
    return REAL(getpeername)(fd, sa, len);
  }
  r = lwip_getpeername(s, sa, len);
  from_stack(r == 0 ? sa : NULL, room);
  return r;
}

/* ---- fcntl, ioctl ---- */

static int control(int fd, int s, int cmd, long arg)
{
  if (cmd == F_DUPFD || cmd == F_DUPFD_CLOEXEC) {
    return share(s, REAL(fcntl)(fd, cmd, arg));
  }
  if (cmd == F_GETFL || cmd == F_SETFL) {
    return lwip_fcntl(s, cmd, (int)arg);
  }
  return REAL(fcntl)(fd, cmd, arg);
}

int fcntl(int fd, int cmd, ...)
{
  int s = run_socket_of(fd);
  va_list ap;
  long arg;

  va_start(ap, cmd);
  arg = va_arg(ap, long);
  va_end(ap);
  return s < 0 ? REAL(fcntl)(fd, cmd, arg) : control(fd, s, cmd, arg);
}

int fcntl64(int fd, int cmd, ...)
{
  va_list ap;
  long arg;

  va_start(ap, cmd);
  arg = va_arg(ap, long);
  va_end(ap);
  return fcntl(fd, cmd, arg);
}

int ioctl(int fd, unsigned long cmd, ...)
{
  int s = run_socket_of(fd);
  va_list ap;
  void *arg;

  va_start(ap, cmd);
  arg = va_arg(ap, void *);
  va_end(ap);
  return s < 0 ? REAL(ioctl)(fd, cmd, arg) : lwip_ioctl(s, (long)cmd, arg);
}
