/** The socket functions of the C library, for descriptors of ours; all others go on to the C library. */
#define _GNU_SOURCE
#include "run.h"
#include "run_lwip.h"
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdarg.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

/* ---- Addresses: the family is 16 bits here, and 8 bits behind a length there ---- */

static const void *to_stack(const struct sockaddr *sa, socklen_t len, struct sockaddr_storage *room)
{
  uint8_t *b = (uint8_t *)room;

  if (sa == NULL || len < sizeof(sa_family_t)) {
    return sa;
  }
  memcpy(room, sa, len < sizeof *room ? len : sizeof *room);
  b[0] = (uint8_t)len;
  b[1] = (uint8_t)sa->sa_family;
  return room;
}

static void from_stack(struct sockaddr *sa, socklen_t room)
{
  const uint8_t *b = (const uint8_t *)sa;

  if (sa != NULL && room >= sizeof(sa_family_t)) {
    sa->sa_family = b[1];
  }
}

/* ---- Flags and options ---- */

struct pair {
  int here, there;
};

static const struct pair msg_flags[] = {
  { MSG_PEEK, 0x01 }, { MSG_WAITALL, 0x02 },  { MSG_TRUNC, 0x04 }, { MSG_DONTWAIT, 0x08 },
  { MSG_MORE, 0x10 }, { MSG_NOSIGNAL, 0x20 }, { MSG_OOB, 0x40 },
};

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static int flags_there(int flags)
{
  int there = 0;
  size_t i;

  for (i = 0; i < COUNT(msg_flags); i++) {
    there |= (flags & msg_flags[i].here) ? msg_flags[i].there : 0;
  }
  return there;
}

static int flags_here(int flags)
{
  return ((flags & 0x04) ? MSG_TRUNC : 0) | ((flags & 0x08) ? MSG_CTRUNC : 0);
}

struct option {
  int level, here, there;
};

#define SOL_THERE 0xfff

static const struct option options[] = {
  { SOL_SOCKET, SO_DEBUG, 0x0001 },
  { SOL_SOCKET, SO_REUSEADDR, 0x0004 },
  { SOL_SOCKET, SO_TYPE, 0x1008 },
  { SOL_SOCKET, SO_ERROR, 0x1007 },
  { SOL_SOCKET, SO_DONTROUTE, 0x0010 },
  { SOL_SOCKET, SO_BROADCAST, 0x0020 },
  { SOL_SOCKET, SO_SNDBUF, 0x1001 },
  { SOL_SOCKET, SO_RCVBUF, 0x1002 },
  { SOL_SOCKET, SO_KEEPALIVE, 0x0008 },
  { SOL_SOCKET, SO_OOBINLINE, 0x0100 },
  { SOL_SOCKET, SO_NO_CHECK, 0x100a },
  { SOL_SOCKET, SO_LINGER, 0x0080 },
  { SOL_SOCKET, SO_REUSEPORT, 0x0200 },
  { SOL_SOCKET, SO_RCVLOWAT, 0x1004 },
  { SOL_SOCKET, SO_SNDLOWAT, 0x1003 },
  { SOL_SOCKET, SO_RCVTIMEO, 0x1006 },
  { SOL_SOCKET, SO_SNDTIMEO, 0x1005 },
  { SOL_SOCKET, SO_ACCEPTCONN, 0x0002 },
  { SOL_SOCKET, SO_BINDTODEVICE, 0x100b },
  { SOL_SOCKET, SO_PROTOCOL, 0x100d },
  { SOL_SOCKET, SO_DOMAIN, 0x100c },
  { IPPROTO_TCP, TCP_NODELAY, 0x01 },
  { IPPROTO_TCP, TCP_MAXSEG, 0x06 },
  { IPPROTO_TCP, TCP_KEEPIDLE, 0x03 },
  { IPPROTO_TCP, TCP_KEEPINTVL, 0x04 },
  { IPPROTO_TCP, TCP_KEEPCNT, 0x05 },
  { IPPROTO_TCP, TCP_CONGESTION, 0x08 },
  { IPPROTO_TCP, TCP_USER_TIMEOUT, 0x07 },
  { IPPROTO_IP, IP_TOS, 1 },
  { IPPROTO_IP, IP_TTL, 2 },
  { IPPROTO_IP, IP_MULTICAST_IF, 6 },
  { IPPROTO_IP, IP_MULTICAST_TTL, 5 },
  { IPPROTO_IP, IP_MULTICAST_LOOP, 7 },
  { IPPROTO_IP, IP_ADD_MEMBERSHIP, 3 },
  { IPPROTO_IP, IP_DROP_MEMBERSHIP, 4 },
  { IPPROTO_IPV6, IPV6_V6ONLY, 27 },
  { IPPROTO_IPV6, IPV6_UNICAST_HOPS, 16 },
  { IPPROTO_IPV6, IPV6_MULTICAST_IF, 17 },
  { IPPROTO_IPV6, IPV6_MULTICAST_HOPS, 18 },
  { IPPROTO_IPV6, IPV6_MULTICAST_LOOP, 19 },
  { IPPROTO_IPV6, IPV6_JOIN_GROUP, 12 },
  { IPPROTO_IPV6, IPV6_LEAVE_GROUP, 13 },
  { IPPROTO_IPV6, IPV6_TCLASS, 67 },
};

/** @return false: errno is ENOPROTOOPT */
static bool translate(int *level, int *name)
{
  size_t i;

  for (i = 0; i < COUNT(options); i++) {
    if (options[i].level == *level && options[i].here == *name) {
      *level = *level == SOL_SOCKET ? SOL_THERE : *level;
      *name = options[i].there;
      return true;
    }
  }
  errno = ENOPROTOOPT;
  return false;
}

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

int getsockopt(int fd, int level, int name, void *value, socklen_t *len)
{
  int s = run_socket_of(fd);

  if (s < 0) {
    return REAL(getsockopt)(fd, level, name, value, len);
  }
  return translate(&level, &name) ? lwip_getsockopt(s, level, name, value, len) : -1;
}

int setsockopt(int fd, int level, int name, const void *value, socklen_t len)
{
  int s = run_socket_of(fd);

  if (s < 0) {
    return REAL(setsockopt)(fd, level, name, value, len);
  }
  return translate(&level, &name) ? lwip_setsockopt(s, level, name, value, len) : -1;
}

/* ---- Receiving ---- */

static ssize_t receive(int s, struct iovec *iov, size_t cnt, int flags, struct sockaddr *from, socklen_t *fromlen,
                       int *said)
{
  socklen_t room = from != NULL && fromlen != NULL ? *fromlen : 0;
  struct lwip_msghdr m = { from, room, iov, (int)cnt, NULL, 0, 0 };
  ssize_t n = lwip_recvmsg(s, &m, flags_there(flags));

  if (n >= 0 && fromlen != NULL) {
    *fromlen = m.namelen;
    from_stack(m.namelen > 0 ? from : NULL, room);
  }
  if (said != NULL) {
    *said = flags_here(m.flags);
  }
  return n;
}

ssize_t recvfrom(int fd, void *buf, size_t len, int flags, struct sockaddr *from, socklen_t *fromlen)
{
  struct iovec v = { buf, len };
  int s = run_socket_of(fd);

  return s < 0 ? REAL(recvfrom)(fd, buf, len, flags, from, fromlen) : receive(s, &v, 1, flags, from, fromlen, NULL);
}

ssize_t recv(int fd, void *buf, size_t len, int flags)
{
  struct iovec v = { buf, len };
  int s = run_socket_of(fd);

  return s < 0 ? REAL(recv)(fd, buf, len, flags) : receive(s, &v, 1, flags, NULL, NULL, NULL);
}

ssize_t read(int fd, void *buf, size_t len)
{
  struct iovec v = { buf, len };
  int s = run_socket_of(fd);

  return s < 0 ? REAL(read)(fd, buf, len) : receive(s, &v, 1, 0, NULL, NULL, NULL);
}

ssize_t readv(int fd, const struct iovec *iov, int cnt)
{
  int s = run_socket_of(fd);

  return s < 0 ? REAL(readv)(fd, iov, cnt)
               : receive(s, (struct iovec *)(uintptr_t)iov, (size_t)cnt, 0, NULL, NULL, NULL);
}

ssize_t recvmsg(int fd, struct msghdr *m, int flags)
{
  int s = run_socket_of(fd);
  ssize_t n;

  if (s < 0) {
    return REAL(recvmsg)(fd, m, flags);
  }
  n = receive(s, m->msg_iov, m->msg_iovlen, flags, m->msg_name, m->msg_name != NULL ? &m->msg_namelen : NULL,
              &m->msg_flags);
  m->msg_controllen = 0;
  return n;
}

/* What programs compiled with _FORTIFY_SOURCE call. */
ssize_t __recv_chk(int fd, void *buf, size_t len, size_t room, int flags);
ssize_t __recv_chk(int fd, void *buf, size_t len, size_t room, int flags)
{
  return recv(fd, buf, len < room ? len : room, flags);
}

ssize_t __recvfrom_chk(int fd, void *buf, size_t len, size_t room, int flags, struct sockaddr *from,
                       socklen_t *fromlen);
ssize_t __recvfrom_chk(int fd, void *buf, size_t len, size_t room, int flags, struct sockaddr *from, socklen_t *fromlen)
{
  return recvfrom(fd, buf, len < room ? len : room, flags, from, fromlen);
}

ssize_t __read_chk(int fd, void *buf, size_t len, size_t room);
ssize_t __read_chk(int fd, void *buf, size_t len, size_t room)
{
  return read(fd, buf, len < room ? len : room);
}

/* ---- Sending ---- */

static ssize_t transmit(int s, const struct iovec *iov, size_t cnt, int flags, const struct sockaddr *to,
                        socklen_t tolen)
{
  struct sockaddr_storage room;
  struct lwip_msghdr m = {
    (void *)(uintptr_t)to_stack(to, tolen, &room), tolen, (struct iovec *)(uintptr_t)iov, (int)cnt, NULL, 0, 0
  };
  ssize_t n = lwip_sendmsg(s, &m, flags_there(flags));

  if (n < 0 && errno == EPIPE && !(flags & MSG_NOSIGNAL)) {
    raise(SIGPIPE);
    errno = EPIPE;
  }
  return n;
}

ssize_t sendto(int fd, const void *buf, size_t len, int flags, const struct sockaddr *to, socklen_t tolen)
{
  struct iovec v = { (void *)(uintptr_t)buf, len };
  int s = run_socket_of(fd);

  return s < 0 ? REAL(sendto)(fd, buf, len, flags, to, tolen) : transmit(s, &v, 1, flags, to, tolen);
}

ssize_t send(int fd, const void *buf, size_t len, int flags)
{
  struct iovec v = { (void *)(uintptr_t)buf, len };
  int s = run_socket_of(fd);

  return s < 0 ? REAL(send)(fd, buf, len, flags) : transmit(s, &v, 1, flags, NULL, 0);
}

ssize_t write(int fd, const void *buf, size_t len)
{
  struct iovec v = { (void *)(uintptr_t)buf, len };
  int s = run_socket_of(fd);

  return s < 0 ? REAL(write)(fd, buf, len) : transmit(s, &v, 1, 0, NULL, 0);
}

ssize_t writev(int fd, const struct iovec *iov, int cnt)
{
  int s = run_socket_of(fd);

  return s < 0 ? REAL(writev)(fd, iov, cnt) : transmit(s, iov, (size_t)cnt, 0, NULL, 0);
}

ssize_t sendmsg(int fd, const struct msghdr *m, int flags)
{
  int s = run_socket_of(fd);

  return s < 0 ? REAL(sendmsg)(fd, m, flags)
               : transmit(s, m->msg_iov, m->msg_iovlen, flags, m->msg_name, m->msg_namelen);
}

ssize_t sendfile(int out, int in, off_t *offset, size_t count)
{
  static __thread char block[16384];
  int s = run_socket_of(out);
  size_t want = count < sizeof block ? count : sizeof block;
  ssize_t n, sent;

  if (s < 0) {
    return REAL(sendfile)(out, in, offset, count);
  }
  n = offset != NULL ? pread(in, block, want, *offset) : pread(in, block, want, lseek(in, 0, SEEK_CUR));
  if (n <= 0) {
    return n;
  }
  sent = send(out, block, (size_t)n, 0);
  if (sent > 0 && offset != NULL) {
    *offset += sent;
  } else if (sent > 0) {
    lseek(in, sent, SEEK_CUR);
  }
  return sent;
}

ssize_t sendfile64(int out, int in, off64_t *offset, size_t count)
{
  return sendfile(out, in, offset, count);
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
