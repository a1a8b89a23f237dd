/**
 * Readiness, poll and select.
 *
 * A thread that has to wait leaves two sets of sockets, those it would read and those it would write, in a list of such
 * threads.  An event of a socket that anybody polls looks at these bits and at the socket, and wakes whom it concerns:
 * neither other sockets nor other descriptors are looked at.
 */
#include "sock.h"

#if LWIP_SOCKET

/* ---- What a socket is ready for ---- */

#define READABLE (POLLIN | POLLRDNORM)
#define WRITABLE (POLLOUT | POLLWRNORM)

#if LWIP_TCP

/** Is there room worth waking somebody for?  The same figure as for NETCONN_EVT_SENDPLUS. */
static bool has_room(const struct netconn *conn)
{
  const struct tcp_pcb *pcb = conn->pcb.tcp;

  return tcp_sndbuf(pcb) > netconn_low_water(conn) && tcp_sndqueuelen(pcb) < TCP_SNDQUEUELOWAT;
}

static short ready_open(const struct lwip_sock *sock)
{
  const struct netconn *conn = sock->conn;
  bool no_more_in = netconn_noted(conn, NETCONN_FLAG_MBOXCLOSED) || (sock->flags & SOCK_F_SHUT_RD);
  bool no_more_out = (sock->flags & SOCK_F_SHUT_WR) != 0;
  short is = 0;

  if (no_more_in || conn->x_rx.len > 0) {
    is |= READABLE;
  }
  if (no_more_in) {
    is |= POLLRDHUP;
  }
  if (no_more_out || has_room(conn)) {
    is |= WRITABLE;
  }
  return no_more_in && no_more_out ? is | POLLHUP : is;
}

static short ready_tcp(const struct lwip_sock *sock)
{
  const struct netconn *conn = sock->conn;

  if (sock_listens(sock)) {
    return conn->x_rx.len > 0 ? READABLE : 0;
  }
  if (conn->pcb.tcp == NULL) {
    return READABLE | WRITABLE | POLLHUP | POLLRDHUP;
  }
  if (conn->state == NETCONN_CONNECT) {
    return 0;
  }
  return conn->pcb.tcp->state == CLOSED ? WRITABLE | POLLHUP : ready_open(sock);
}

/** Ask for an event when there is room. */
static void watch_room(const struct lwip_sock *sock)
{
  struct netconn *conn = sock->conn;

  if (sock_is_tcp(sock) && conn->pcb.tcp != NULL && !sock_listens(sock)) {
    netconn_note(conn, NETCONN_FLAG_CHECK_WRITESPACE);
    tcp_poll(conn->pcb.tcp, netconn_poll_tcp, 1);
  }
}

#else

static short ready_tcp(const struct lwip_sock *sock)
{
  LWIP_UNUSED_ARG(sock);
  return 0;
}

static void watch_room(const struct lwip_sock *sock)
{
  LWIP_UNUSED_ARG(sock);
}

#endif

static short ready_dgram(const struct lwip_sock *sock)
{
  short is = WRITABLE;

  if (sock->conn->x_rx.len > 0 || (sock->flags & SOCK_F_SHUT_RD)) {
    is |= READABLE;
  }
  if (sock->flags & SOCK_F_SHUT_RD) {
    is |= POLLRDHUP;
  }
  return (sock->flags & SOCK_F_SHUT_RD) && (sock->flags & SOCK_F_SHUT_WR) ? is | POLLHUP : is;
}

short sock_ready(struct lwip_sock *sock)
{
  short is = sock_is_tcp(sock) ? ready_tcp(sock) : ready_dgram(sock);

  sock_note_error(sock);
  return sock->conn->x_errno != 0 ? is | POLLERR : is;
}

#if LWIP_SOCKET_SELECT || LWIP_SOCKET_POLL

/* ---- The threads that poll ---- */

typedef u8_t sock_set[(NUM_SOCKETS + 7) / 8];

/** A thread that polls.  m.next links them. */
struct poller {
  struct api_msg m;
  sock_set in, out, watched;
  bool registered;
  int ready; /**< descriptors */
  int error;
  u32_t left; /**< ms; 0: for ever */
  bool now;   /**< do not wait */
#if LWIP_SOCKET_POLL
  struct pollfd *fds;
  nfds_t nfds;
#endif
#if LWIP_SOCKET_SELECT
  int top;
  fd_set *sets[3]; /**< read, write, except */
#endif
};

static struct api_msg *pollers;

static struct poller *poller_of(struct api_msg *m)
{
  return (struct poller *)(void *)m;
}

static bool in_set(const u8_t *set, int i)
{
  return (set[i / 8] & (1u << (i % 8))) != 0;
}

static void set_bit(u8_t *set, int i)
{
  set[i / 8] = (u8_t)(set[i / 8] | (1u << (i % 8)));
}

static void clear_bit(u8_t *set, int i)
{
  set[i / 8] = (u8_t)(set[i / 8] & ~(1u << (i % 8)));
}

/** Leave a note that this thread waits for @p sock. */
static void watch(struct poller *p, struct lwip_sock *sock, short events)
{
  int i = sock_index(sock);

  if (!in_set(p->watched, i)) {
    set_bit(p->watched, i);
    sock->pollers++;
  }
  if (events & READABLE) {
    set_bit(p->in, i);
  }
  if (events & WRITABLE) {
    set_bit(p->out, i);
    watch_room(sock);
  }
}

static bool concerns(const struct poller *p, int i, short is)
{
  return ((is & READABLE) && in_set(p->in, i)) || ((is & WRITABLE) && in_set(p->out, i)) ||
         ((is & (POLLERR | POLLHUP | POLLRDHUP)) && in_set(p->watched, i));
}

static void wake(struct lwip_sock *sock, short is)
{
  struct api_msg *m;
  int i = sock_index(sock);

  for (m = pollers; m != NULL; m = m->next) {
    if (m->waits != 0 && concerns(poller_of(m), i, is)) {
      m->err = ERR_OK;
      netconn_done(m);
    }
  }
}

void sock_poll_wake(struct lwip_sock *sock)
{
  if (sock->pollers > 0) {
    wake(sock, sock_ready(sock));
  }
}

/** They find out what became of the descriptor, and come back if the socket has others. */
void sock_poll_closed(struct lwip_sock *sock)
{
  struct api_msg *m;
  int i = sock_index(sock);

  if (sock->pollers == 0) {
    return;
  }
  wake(sock, POLLHUP);
  for (m = pollers; m != NULL; m = m->next) {
    clear_bit(poller_of(m)->watched, i);
  }
  sock->pollers = 0;
}

static void enlist(struct poller *p)
{
  p->registered = true;
  p->m.next = pollers;
  pollers = &p->m;
}

static void delist(struct poller *p)
{
  struct api_msg **link;
  int i;

  if (!p->registered) {
    return;
  }
  p->registered = false;
  for (link = &pollers; *link != &p->m; link = &(*link)->next) {}
  *link = p->m.next;
  for (i = 0; i < NUM_SOCKETS; i++) {
    if (in_set(p->watched, i)) {
      sock_of_index(i)->pollers--;
    }
  }
  memset(p->in, 0, sizeof(p->in));
  memset(p->out, 0, sizeof(p->out));
  memset(p->watched, 0, sizeof(p->watched));
}

/* ---- One call ---- */

/* What to do with each descriptor. */
enum scan {
  LOOK,  /**< count those that are ready */
  NOTE,  /**< leave notes at the sockets */
  RESULT /**< tell the program */
};

/** Do it with all descriptors of @p p. */
typedef void (*scan_fn)(struct poller *p, enum scan what);

struct poll_call {
  struct poller p;
  scan_fn scan;
};

static scan_fn scan_of(struct api_msg *m)
{
  return ((struct poll_call *)(void *)m)->scan;
}

/** Nothing ready: wait. */
static err_t step_wait(struct api_msg *m)
{
  struct poller *p = poller_of(m);

  p->ready = 0;
  scan_of(m)(p, LOOK);
  if (p->ready > 0 || p->error != 0 || p->now) {
    scan_of(m)(p, RESULT);
    return ERR_OK;
  }
  enlist(p);
  scan_of(m)(p, NOTE);
  m->timeout = p->left;
  return netconn_wait_for(m, NETCONN_WAITS_RX);
}

/** Taking a poller out of the list is a call of its own: the poller's is looked at by others until then. */
struct leave_call {
  struct api_msg m;
  struct poller *p;
};

static err_t step_leave(struct api_msg *m)
{
  delist(((struct leave_call *)(void *)m)->p);
  return ERR_OK;
}

static void leave(struct poller *p)
{
  struct leave_call c = { .m = { .step = step_leave }, .p = p };

  (void)netconn_call(&c.m);
}

static u32_t spent(u32_t *since)
{
  u32_t now = sys_now(), ms = now - *since;

  *since = now;
  return ms;
}

/** @return descriptors that are ready; -1: errno says why */
static int poll_until(struct poll_call *c)
{
  struct poller *p = &c->p;
  u32_t since = sys_now();
  err_t err;

  do {
    p->m.step = step_wait;
    err = netconn_call(&p->m);
    if (!p->registered) {
      break;
    }
    leave(p);
    if (p->left != 0) {
      u32_t ms = spent(&since);

      p->now = err == ERR_TIMEOUT || ms >= p->left;
      p->left -= LWIP_MIN(ms, p->left);
    }
  } while (err == ERR_OK ||
           err == ERR_TIMEOUT); /* who was woken looks; who was late looks once more, and does not wait */
  if (p->error == 0 && err != ERR_OK) {
    p->error = sock_errno(err);
  }
  if (p->error != 0) {
    set_errno(p->error);
    return -1;
  }
  return p->ready;
}

/* ---- poll ---- */

#if LWIP_SOCKET_POLL

static void scan_pollfd(struct poller *p, struct pollfd *f, enum scan what)
{
  struct lwip_sock *sock = f->fd < 0 ? NULL : sock_of_fd(f->fd);

  if (what == NOTE) {
    if (sock != NULL) {
      watch(p, sock, f->events);
    }
    return;
  }
  f->revents = f->fd < 0 ? 0 : POLLNVAL;
  if (sock != NULL) {
    f->revents = (short)(sock_ready(sock) & (f->events | POLLERR | POLLHUP));
    if ((f->events & WRITABLE) && !(f->revents & WRITABLE)) {
      watch_room(sock); /* the program may wait for it elsewhere */
    }
  }
  p->ready += f->revents != 0;
}

static void scan_poll(struct poller *p, enum scan what)
{
  nfds_t i;

  for (i = 0; what != RESULT && i < p->nfds; i++) {
    scan_pollfd(p, &p->fds[i], what);
  }
}

int lwip_poll(struct pollfd *fds, nfds_t nfds, int timeout)
{
  struct poll_call c = { .scan = scan_poll };

  if (fds == NULL && nfds > 0) {
    set_errno(EFAULT);
    return -1;
  }
  c.p.fds = fds;
  c.p.nfds = nfds;
  c.p.now = timeout == 0;
  c.p.left = timeout > 0 ? (u32_t)timeout : 0;
  return poll_until(&c);
}

#endif

/* ---- select ---- */

#if LWIP_SOCKET_SELECT

/* Some C libraries' macros for sets convert signs. */
#if defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"
#endif

static bool is_member(const fd_set *set, int fd)
{
  return set != NULL && FD_ISSET(fd, set);
}

static void remove_member(fd_set *set, int fd)
{
  FD_CLR(fd, set);
}

#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif

static const short select_events[3] = { READABLE | POLLHUP | POLLERR, WRITABLE | POLLERR, 0 };

/** Do it with descriptor @p fd of set @p k, which has it.  @return false: it is not ready */
static bool scan_member(struct poller *p, int fd, int k, enum scan what)
{
  struct lwip_sock *sock = sock_of_fd(fd);

  if (sock == NULL) {
    p->error = EBADF;
    return true;
  }
  if (what == NOTE) {
    watch(p, sock, select_events[k]);
    return true;
  }
  return (sock_ready(sock) & select_events[k]) != 0;
}

static void scan_set(struct poller *p, int fd, int k, enum scan what)
{
  if (!is_member(p->sets[k], fd)) {
    return;
  }
  if (scan_member(p, fd, k, what)) {
    p->ready += what == LOOK;
  } else if (what == RESULT) {
    remove_member(p->sets[k], fd);
  }
}

static void scan_select(struct poller *p, enum scan what)
{
  int fd, k;

  for (fd = LWIP_SOCKET_OFFSET; fd < p->top; fd++) {
    for (k = 0; k < 3; k++) {
      scan_set(p, fd, k, what);
    }
  }
}

/** @return false: no time a thread can wait for */
static bool take_timeout(struct poller *p, const struct timeval *tv)
{
  if (tv == NULL) {
    return true;
  }
  if (tv->tv_sec < 0 || tv->tv_usec < 0 || tv->tv_usec >= 1000000) {
    return false;
  }
  if (tv->tv_sec >= 0x7FFFFFFF / 1000) {
    p->left = 0x7FFFFFFF;
  } else {
    p->left = (u32_t)tv->tv_sec * 1000u + ((u32_t)tv->tv_usec + 999u) / 1000u;
  }
  p->now = p->left == 0;
  return true;
}

int lwip_select(int maxfdp1, fd_set *readset, fd_set *writeset, fd_set *exceptset, struct timeval *timeout)
{
  struct poll_call c = { .scan = scan_select };

  if (maxfdp1 < 0 || maxfdp1 > LWIP_SELECT_MAXNFDS || !take_timeout(&c.p, timeout)) {
    set_errno(EINVAL);
    return -1;
  }
  c.p.top = maxfdp1;
  c.p.sets[0] = readset;
  c.p.sets[1] = writeset;
  c.p.sets[2] = exceptset;
  return poll_until(&c);
}

#endif

#else

void sock_poll_wake(struct lwip_sock *sock)
{
  LWIP_UNUSED_ARG(sock);
}

void sock_poll_closed(struct lwip_sock *sock)
{
  LWIP_UNUSED_ARG(sock);
}

#endif

/* ---- Events ---- */

void sock_event(struct netconn *conn, enum netconn_evt evt, u16_t len)
{
  struct lwip_sock *sock = conn->socket >= 0 ? sock_of_index(conn->socket) : NULL;

  LWIP_UNUSED_ARG(len);
  if (sock == NULL || evt == NETCONN_EVT_RCVMINUS || evt == NETCONN_EVT_SENDMINUS) {
    return;
  }
  if (evt == NETCONN_EVT_ERROR) {
    sock_note_error(sock);
  } else if (evt == NETCONN_EVT_RCVPLUS && netconn_noted(conn, NETCONN_FLAG_MBOXCLOSED) && conn->pcb.ip != NULL) {
    sock->flags |= SOCK_F_FIN;
  }
  sock_poll_wake(sock);
  LWIP_X_HOOK_SOCKET_EVENT();
}

#endif
