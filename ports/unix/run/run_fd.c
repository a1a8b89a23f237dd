/** Which descriptors are sockets of the stack. */
#define _GNU_SOURCE
#include "run.h"
#include <dlfcn.h>
#include <sys/eventfd.h>

#define FDS_MAX 65536

/** The socket plus one; 0: not ours. */
static int sockets[FDS_MAX];

void *run_real(const char *name)
{
  return dlsym(RTLD_NEXT, name);
}

int run_socket_of(int fd)
{
  return fd >= 0 && fd < FDS_MAX ? __atomic_load_n(&sockets[fd], __ATOMIC_ACQUIRE) - 1 : -1;
}

void run_fd_set(int at, int s)
{
  if (at >= 0 && at < FDS_MAX) {
    __atomic_store_n(&sockets[at], s + 1, __ATOMIC_RELEASE);
  }
}

int run_fd_for(int s)
{
  int fd = eventfd(0, EFD_CLOEXEC);

  if (fd >= FDS_MAX) {
    return -1;
  }
  run_fd_set(fd, s);
  return fd;
}

int run_fd_forget(int fd)
{
  return fd >= 0 && fd < FDS_MAX ? __atomic_exchange_n(&sockets[fd], 0, __ATOMIC_ACQ_REL) - 1 : -1;
}
