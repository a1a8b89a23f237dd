/** Which descriptors are sockets of the stack. */
#define _GNU_SOURCE
#include "run.h"
#include "run_lwip.h"
#include <dlfcn.h>
#include <sys/eventfd.h>

#define FDS_MAX 65536

/** The socket plus one; 0: not ours. */
static int sockets[FDS_MAX];
static uint8_t notes[FDS_MAX];

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
    notes[at] = 0;
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

void run_fd_note(int fd, unsigned what, bool on)
{
  if (on) {
    __atomic_fetch_or(&notes[fd], (uint8_t)what, __ATOMIC_RELAXED);
  } else {
    __atomic_fetch_and(&notes[fd], (uint8_t)~what, __ATOMIC_RELAXED);
  }
}

bool run_fd_noted(int fd, unsigned what)
{
  return (__atomic_load_n(&notes[fd], __ATOMIC_RELAXED) & what) != 0;
}

void run_fd_close_all(void)
{
  int fd;

  for (fd = 0; fd < FDS_MAX; fd++) {
    if (run_socket_of(fd) >= 0) {
      lwip_close(run_fd_forget(fd));
    }
  }
}
