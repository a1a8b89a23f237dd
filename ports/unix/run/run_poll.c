/**
 * poll, select and epoll over descriptors of both kinds.
 *
 * The stack is asked for its own, the kernel for the others.  Who has to wait for both waits in the kernel, together with an
 * eventfd that run_socket_event() rings when anything happened to a socket; then it asks again.
 */
#define _GNU_SOURCE
#include "run.h"
#include "run_lwip.h"
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/select.h>
#include <time.h>
#include <unistd.h>

/* ---- Threads that wait ---- */

struct waiter {
  int bell;
  struct waiter *next;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct waiter *waiters;
static __thread int own_bell; /**< plus one; 0: none yet */

static int bell(void)
{
  if (own_bell == 0) {
    own_bell = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK) + 1;
  }
  return own_bell - 1;
}

void run_socket_event(void)
{
  struct waiter *w;
  uint64_t one = 1;

  pthread_mutex_lock(&lock);
  for (w = waiters; w != NULL; w = w->next) {
    (void)!REAL(write)(w->bell, &one, sizeof one);
  }
  pthread_mutex_unlock(&lock);
}

static void enlist(struct waiter *w)
{
  uint64_t rung;

  w->bell = bell();
  (void)!REAL(read)(w->bell, &rung, sizeof rung);
  pthread_mutex_lock(&lock);
  w->next = waiters;
  waiters = w;
  pthread_mutex_unlock(&lock);
}

static void delist(struct waiter *w)
{
  struct waiter **link;

  pthread_mutex_lock(&lock);
  for (link = &waiters; *link != w; link = &(*link)->next) {}
  *link = w->next;
  pthread_mutex_unlock(&lock);
}

/* ---- poll ---- */

static long now_ms(void)
{
  struct timespec t;

  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/** Ask both once, and wait in the kernel @p ms at most.  @return descriptors ready */
static int ask(struct pollfd *fds, nfds_t n, struct pollfd *kernel, int bell_fd, int ms, const sigset_t *mask)
{
  struct timespec t = { ms / 1000, (ms % 1000) * 1000000L };
  int ready = 0, r;
  nfds_t i;

  for (i = 0; i < n; i++) {
    int s = run_socket_of(fds[i].fd);

    kernel[i] = fds[i];
    fds[i].revents = 0;
    if (s >= 0) {
      struct pollfd p = { s, fds[i].events, 0 };

      kernel[i].fd = -1;
      ready += lwip_poll(&p, 1, 0) > 0;
      fds[i].revents = p.revents;
    }
  }
  kernel[n].fd = bell_fd;
  kernel[n].events = POLLIN;
  if (ready > 0) {
    t.tv_sec = t.tv_nsec = 0;
    ms = 0;
  }
  r = REAL(ppoll)(kernel, n + 1, ms < 0 ? NULL : &t, mask);
  if (r < 0) {
    return ready > 0 ? ready : -1;
  }
  for (i = 0; i < n; i++) {
    if (kernel[i].fd >= 0 && kernel[i].revents != 0) {
      fds[i].revents = kernel[i].revents;
      ready++;
    }
  }
  return ready;
}

static int poll_both(struct pollfd *fds, nfds_t n, int timeout, const sigset_t *mask)
{
  struct pollfd *kernel = calloc(n + 1, sizeof *kernel);
  long end = now_ms() + timeout;
  struct waiter w;
  uint64_t rung;
  int ready, left = timeout;

  if (kernel == NULL) {
    errno = ENOMEM;
    return -1;
  }
  enlist(&w);
  for (;;) {
    ready = ask(fds, n, kernel, w.bell, left, mask);
    if (timeout > 0) {
      left = end - now_ms() > 0 ? (int)(end - now_ms()) : 0;
    }
    if (ready != 0 || (left == 0 && kernel[n].revents == 0)) {
      break;
    }
    (void)!REAL(read)(w.bell, &rung, sizeof rung);
  }
  delist(&w);
  free(kernel);
  return ready;
}

static bool any_ours(struct pollfd *fds, nfds_t n)
{
  nfds_t i;

  for (i = 0; i < n; i++) {
    if (run_socket_of(fds[i].fd) >= 0) {
      return true;
    }
  }
  return false;
}

int poll(struct pollfd *fds, nfds_t n, int timeout)
{
  return any_ours(fds, n) ? poll_both(fds, n, timeout, NULL) : REAL(poll)(fds, n, timeout);
}

static int ms_of(const struct timespec *t)
{
  return t == NULL ? -1 : (int)(t->tv_sec * 1000 + (t->tv_nsec + 999999) / 1000000);
}

int ppoll(struct pollfd *fds, nfds_t n, const struct timespec *t, const sigset_t *mask)
{
  return any_ours(fds, n) ? poll_both(fds, n, ms_of(t), mask) : REAL(ppoll)(fds, n, t, mask);
}

int __poll_chk(struct pollfd *fds, nfds_t n, int timeout, size_t room);
int __poll_chk(struct pollfd *fds, nfds_t n, int timeout, size_t room)
{
  (void)room;
  return poll(fds, n, timeout);
}

/* ---- select ---- */

static bool in(const fd_set *set, int fd)
{
  return set != NULL && FD_ISSET(fd, set);
}

static bool select_has_ours(int top, const fd_set *r, const fd_set *w, const fd_set *e)
{
  int fd;

  for (fd = 0; fd < top; fd++) {
    if ((in(r, fd) || in(w, fd) || in(e, fd)) && run_socket_of(fd) >= 0) {
      return true;
    }
  }
  return false;
}

/** Take @p fd out of @p set unless it is there and @p ready.  @return 1: it stays */
static int keep(fd_set *set, int fd, bool ready)
{
  if (!in(set, fd)) {
    return 0;
  }
  if (!ready) {
    FD_CLR(fd, set);
  }
  return ready;
}

static int select_both(int top, fd_set *r, fd_set *w, fd_set *e, int ms, const sigset_t *mask)
{
  struct pollfd p[FD_SETSIZE];
  nfds_t n = 0, i;
  int fd, ready = 0;

  for (fd = 0; fd < top && fd < FD_SETSIZE; fd++) {
    short events = (short)((in(r, fd) ? POLLIN : 0) | (in(w, fd) ? POLLOUT : 0) | (in(e, fd) ? POLLPRI : 0));

    if (events != 0) {
      p[n].fd = fd;
      p[n++].events = events;
    }
  }
  if (poll_both(p, n, ms, mask) < 0) {
    return -1;
  }
  for (i = 0; i < n; i++) {
    short is = p[i].revents;

    if (is & POLLNVAL) {
      errno = EBADF;
      return -1;
    }
    ready += keep(r, p[i].fd, (is & (POLLIN | POLLHUP | POLLERR)) != 0);
    ready += keep(w, p[i].fd, (is & (POLLOUT | POLLERR)) != 0);
    ready += keep(e, p[i].fd, (is & POLLPRI) != 0);
  }
  return ready;
}

int select(int top, fd_set *r, fd_set *w, fd_set *e, struct timeval *tv)
{
  if (!select_has_ours(top, r, w, e)) {
    return REAL(select)(top, r, w, e, tv);
  }
  return select_both(top, r, w, e, tv == NULL ? -1 : (int)(tv->tv_sec * 1000 + (tv->tv_usec + 999) / 1000), NULL);
}

int pselect(int top, fd_set *r, fd_set *w, fd_set *e, const struct timespec *t, const sigset_t *mask)
{
  if (!select_has_ours(top, r, w, e)) {
    return REAL(pselect)(top, r, w, e, t, mask);
  }
  return select_both(top, r, w, e, ms_of(t), mask);
}

/* ---- epoll: what a program has registered, by epoll descriptor; the kernel keeps its own ---- */

struct interest {
  int epfd, fd;
  struct epoll_event event;
  uint32_t told; /**< with EPOLLET, EPOLLONESHOT: told already */
  struct interest *next;
};

static pthread_mutex_t interests_lock = PTHREAD_MUTEX_INITIALIZER;
static struct interest *interests;

static struct interest **find(int epfd, int fd)
{
  struct interest **link;

  for (link = &interests; *link != NULL; link = &(*link)->next) {
    if ((*link)->epfd == epfd && (*link)->fd == fd) {
      break;
    }
  }
  return link;
}

static int change(int epfd, int op, int fd, const struct epoll_event *event)
{
  struct interest **link = find(epfd, fd), *i = *link;

  if (op == EPOLL_CTL_ADD ? i != NULL : i == NULL) {
    errno = op == EPOLL_CTL_ADD ? EEXIST : ENOENT;
    return -1;
  }
  if (op == EPOLL_CTL_DEL) {
    *link = i->next;
    free(i);
    return 0;
  }
  if (i == NULL) {
    i = calloc(1, sizeof *i);
    if (i == NULL) {
      errno = ENOMEM;
      return -1;
    }
    i->epfd = epfd;
    i->fd = fd;
    i->next = interests;
    interests = i;
  }
  i->event = *event;
  i->told = 0;
  return 0;
}

int epoll_ctl(int epfd, int op, int fd, struct epoll_event *event)
{
  int r;

  if (run_socket_of(fd) < 0) {
    return REAL(epoll_ctl)(epfd, op, fd, event);
  }
  pthread_mutex_lock(&interests_lock);
  r = change(epfd, op, fd, event);
  pthread_mutex_unlock(&interests_lock);
  run_socket_event(); /* who waits there has to look anew */
  return r;
}

void run_poll_closed(int fd)
{
  struct interest **link = &interests, *i;

  pthread_mutex_lock(&interests_lock);
  while ((i = *link) != NULL) {
    if (i->fd == fd || i->epfd == fd) {
      *link = i->next;
      free(i);
    } else {
      link = &i->next;
    }
  }
  pthread_mutex_unlock(&interests_lock);
}

/** The numbers of EPOLLIN and its sisters are those of POLLIN and its. */
static uint32_t ready_now(struct interest *i)
{
  struct pollfd p = { run_socket_of(i->fd), (short)i->event.events, 0 };
  uint32_t is;

  if (lwip_poll(&p, 1, 0) <= 0) {
    i->told = i->event.events & EPOLLONESHOT ? i->told : 0;
    return 0;
  }
  is = (uint32_t)(unsigned short)p.revents;
  if (i->event.events & EPOLLET) {
    uint32_t fresh = is & ~i->told;

    i->told = is;
    return fresh;
  }
  if ((i->event.events & EPOLLONESHOT) && i->told != 0) {
    return 0;
  }
  i->told = is;
  return is;
}

static int collect(int epfd, struct epoll_event *events, int max)
{
  struct interest *i;
  int n = 0;

  pthread_mutex_lock(&interests_lock);
  for (i = interests; i != NULL && n < max; i = i->next) {
    uint32_t is = i->epfd == epfd ? ready_now(i) : 0;

    if (is != 0) {
      events[n].events = is;
      events[n++].data = i->event.data;
    }
  }
  pthread_mutex_unlock(&interests_lock);
  return n;
}

static bool epoll_has_ours(int epfd)
{
  struct interest *i;

  pthread_mutex_lock(&interests_lock);
  for (i = interests; i != NULL && i->epfd != epfd; i = i->next) {}
  pthread_mutex_unlock(&interests_lock);
  return i != NULL;
}

static int epoll_both(int epfd, struct epoll_event *events, int max, int timeout, const sigset_t *mask)
{
  struct pollfd p[2];
  long end = now_ms() + timeout;
  struct waiter w;
  uint64_t rung;
  int n, r, left = timeout;

  enlist(&w);
  p[0].fd = epfd;
  p[1].fd = w.bell;
  p[0].events = p[1].events = POLLIN;
  for (;;) {
    struct timespec t = { left / 1000, (left % 1000) * 1000000L };

    n = collect(epfd, events, max);
    if (n < max) {
      r = REAL(epoll_wait)(epfd, events + n, max - n, 0);
      n += r > 0 ? r : 0;
    }
    if (n > 0 || left == 0) {
      break;
    }
    r = REAL(ppoll)(p, 2, left < 0 ? NULL : &t, mask);
    if (r < 0) {
      n = -1;
      break;
    }
    (void)!REAL(read)(w.bell, &rung, sizeof rung);
    if (timeout > 0) {
      left = end - now_ms() > 0 ? (int)(end - now_ms()) : 0;
    }
  }
  delist(&w);
  return n;
}

int epoll_wait(int epfd, struct epoll_event *events, int max, int timeout)
{
  return epoll_pwait(epfd, events, max, timeout, NULL);
}

int epoll_pwait(int epfd, struct epoll_event *events, int max, int timeout, const sigset_t *mask)
{
  if (max <= 0 || !epoll_has_ours(epfd)) {
    return REAL(epoll_pwait)(epfd, events, max, timeout, mask);
  }
  return epoll_both(epfd, events, max, timeout, mask);
}
