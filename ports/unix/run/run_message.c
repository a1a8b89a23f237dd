/** The family of send and recv, for descriptors of ours; all others go on to the C library. */
#define _GNU_SOURCE
#include "run.h"
#include "run_address.h"
#include "run_control.h"
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

/* ---- Flags ---- */

struct pair {
  int here, there;
};

#define MORE_THERE 0x10

static const struct pair msg_flags[] = {
  { MSG_PEEK, 0x01 },       { MSG_WAITALL, 0x02 },  { MSG_TRUNC, 0x04 }, { MSG_DONTWAIT, 0x08 },
  { MSG_MORE, MORE_THERE }, { MSG_NOSIGNAL, 0x20 }, { MSG_OOB, 0x40 },   { MSG_FASTOPEN, 0x80 },
};

static int flags_there(int flags)
{
  int there = 0;
  size_t i;

  for (i = 0; i < sizeof msg_flags / sizeof msg_flags[0]; i++) {
    there |= (flags & msg_flags[i].here) ? msg_flags[i].there : 0;
  }
  return there;
}

static int flags_here(int flags)
{
  return ((flags & 0x04) ? MSG_TRUNC : 0) | ((flags & 0x08) ? MSG_CTRUNC : 0);
}

/* ---- Receiving ---- */

/** All the others are this. */
static ssize_t receive(int s, struct run_message *m, int flags)
{
  socklen_t room = m->namelen;
  ssize_t n;

  if (flags & MSG_ERRQUEUE) {
    errno = EAGAIN; /* there is none */
    return -1;
  }
  n = run_receive(s, m, flags_there(flags));
  if (n >= 0 && m->name != NULL && m->namelen > 0) {
    from_stack(m->name, room);
  }
  return n;
}

static ssize_t receive_vector(int s, const struct iovec *iov, int cnt, int flags)
{
  struct run_message m = { .iov = (struct iovec *)(uintptr_t)iov, .iovlen = cnt };

  return receive(s, &m, flags);
}

ssize_t recvfrom(int fd, void *buf, size_t len, int flags, struct sockaddr *from, socklen_t *fromlen)
{
  struct iovec v = { buf, len };
  struct run_message m = { .name = from, .namelen = fromlen != NULL ? *fromlen : 0, .iov = &v, .iovlen = 1 };
  int s = run_socket_of(fd);
  ssize_t n;

  if (s < 0) {
    return REAL(recvfrom)(fd, buf, len, flags, from, fromlen);
  }
  m.name = fromlen != NULL ? m.name : NULL;
  n = receive(s, &m, flags);
  if (n >= 0 && fromlen != NULL) {
    *fromlen = m.namelen;
  }
  return n;
}

ssize_t recv(int fd, void *buf, size_t len, int flags)
{
  struct iovec v = { buf, len };
  int s = run_socket_of(fd);

  return s < 0 ? REAL(recv)(fd, buf, len, flags) : receive_vector(s, &v, 1, flags);
}

ssize_t read(int fd, void *buf, size_t len)
{
  struct iovec v = { buf, len };
  int s = run_socket_of(fd);

  return s < 0 ? REAL(read)(fd, buf, len) : receive_vector(s, &v, 1, 0);
}

ssize_t readv(int fd, const struct iovec *iov, int cnt)
{
  int s = run_socket_of(fd);

  return s < 0 ? REAL(readv)(fd, iov, cnt) : receive_vector(s, iov, cnt, 0);
}

ssize_t recvmsg(int fd, struct msghdr *message, int flags)
{
  int s = run_socket_of(fd);
  struct run_control control;
  struct run_message m;
  ssize_t n;

  if (s < 0) {
    return REAL(recvmsg)(fd, message, flags);
  }
  m.name = message->msg_name;
  m.namelen = message->msg_namelen;
  m.iov = message->msg_iov;
  m.iovlen = (int)message->msg_iovlen;
  m.control = &control;
  n = receive(s, &m, flags);
  if (n >= 0) {
    message->msg_namelen = m.namelen;
    message->msg_flags = flags_here(m.flags);
    run_control_put(message, &control);
  }
  return n;
}

static bool is_over(const struct timespec *end)
{
  struct timespec now;

  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec > end->tv_sec || (now.tv_sec == end->tv_sec && now.tv_nsec >= end->tv_nsec);
}

static struct timespec from_now(const struct timespec *t)
{
  struct timespec end;

  clock_gettime(CLOCK_MONOTONIC, &end);
  end.tv_sec += t->tv_sec + (end.tv_nsec + t->tv_nsec) / 1000000000;
  end.tv_nsec = (end.tv_nsec + t->tv_nsec) % 1000000000;
  return end;
}

/* As in the system, the time is looked at after each datagram only. */
int recvmmsg(int fd, struct mmsghdr *v, unsigned n, int flags, struct timespec *timeout)
{
  struct timespec end = { 0, 0 };
  unsigned i;

  if (run_socket_of(fd) < 0) {
    return REAL(recvmmsg)(fd, v, n, flags, timeout);
  }
  end = timeout != NULL ? from_now(timeout) : end;
  for (i = 0; i < n; i++) {
    ssize_t len = recvmsg(fd, &v[i].msg_hdr, flags & ~MSG_WAITFORONE);

    if (len < 0) {
      return i > 0 ? (int)i : -1;
    }
    v[i].msg_len = (unsigned)len;
    flags |= (flags & MSG_WAITFORONE) ? MSG_DONTWAIT : 0;
    if (timeout != NULL && is_over(&end)) {
      return (int)i + 1;
    }
  }
  return (int)n;
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

static ssize_t transmit(int fd, int s, struct run_message *m, int flags)
{
  struct sockaddr_storage room;
  int more = run_fd_noted(fd, RUN_CORKED) ? MORE_THERE : 0;
  ssize_t n;

  m->name = (void *)(uintptr_t)to_stack(m->name, m->namelen, &room);
  n = run_transmit(s, m, flags_there(flags) | more);
  if (n < 0 && errno == EPIPE && !(flags & MSG_NOSIGNAL)) {
    raise(SIGPIPE);
    errno = EPIPE;
  }
  return n;
}

static ssize_t transmit_vector(int fd, int s, const struct iovec *iov, int cnt, int flags)
{
  struct run_message m = { .iov = (struct iovec *)(uintptr_t)iov, .iovlen = cnt };

  return transmit(fd, s, &m, flags);
}

ssize_t sendto(int fd, const void *buf, size_t len, int flags, const struct sockaddr *to, socklen_t tolen)
{
  struct iovec v = { (void *)(uintptr_t)buf, len };
  struct run_message m = { .name = (void *)(uintptr_t)to, .namelen = tolen, .iov = &v, .iovlen = 1 };
  int s = run_socket_of(fd);

  return s < 0 ? REAL(sendto)(fd, buf, len, flags, to, tolen) : transmit(fd, s, &m, flags);
}

ssize_t send(int fd, const void *buf, size_t len, int flags)
{
  struct iovec v = { (void *)(uintptr_t)buf, len };
  int s = run_socket_of(fd);

  return s < 0 ? REAL(send)(fd, buf, len, flags) : transmit_vector(fd, s, &v, 1, flags);
}

ssize_t write(int fd, const void *buf, size_t len)
{
  struct iovec v = { (void *)(uintptr_t)buf, len };
  int s = run_socket_of(fd);

  return s < 0 ? REAL(write)(fd, buf, len) : transmit_vector(fd, s, &v, 1, 0);
}

ssize_t writev(int fd, const struct iovec *iov, int cnt)
{
  int s = run_socket_of(fd);

  return s < 0 ? REAL(writev)(fd, iov, cnt) : transmit_vector(fd, s, iov, cnt, 0);
}

ssize_t sendmsg(int fd, const struct msghdr *message, int flags)
{
  int s = run_socket_of(fd);
  struct run_control control;
  struct run_message m;

  if (s < 0) {
    return REAL(sendmsg)(fd, message, flags);
  }
  if (!run_control_get(message, &control)) {
    return -1;
  }
  m.name = message->msg_name;
  m.namelen = message->msg_namelen;
  m.iov = message->msg_iov;
  m.iovlen = (int)message->msg_iovlen;
  m.control = &control;
  return transmit(fd, s, &m, flags);
}

int sendmmsg(int fd, struct mmsghdr *v, unsigned n, int flags)
{
  unsigned i;

  if (run_socket_of(fd) < 0) {
    return REAL(sendmmsg)(fd, v, n, flags);
  }
  for (i = 0; i < n; i++) {
    ssize_t len = sendmsg(fd, &v[i].msg_hdr, flags);

    if (len < 0) {
      return i > 0 ? (int)i : -1;
    }
    v[i].msg_len = (unsigned)len;
  }
  return (int)n;
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
