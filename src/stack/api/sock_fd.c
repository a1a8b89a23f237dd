/** Descriptors: a table of sockets, and the calls into the core on their behalf. */
#include "sock.h"

#if LWIP_SOCKET

#include "lwip/memp.h"
#include "lwip/tcpip.h"

static struct lwip_sock sockets[NUM_SOCKETS];
static struct lwip_sock *fds[NUM_SOCKETS];
/** No lower descriptor is free. */
static int lowest;

/* ---- Calls ---- */

/* The three ways to the numbers, see base/err.c, which has none to offer for these. */
static const struct {
  err_t err;
  u8_t error;
} errors[] = {
  { ERR_RTE, ENETUNREACH }, { ERR_VAL, EINVAL },    { ERR_ARG, EINVAL },
  { ERR_IF, ENODEV },       { ERR_CLSD, ENOTCONN }, { ERR_INPROGRESS, EINPROGRESS },
};

int sock_errno(err_t err)
{
  size_t i;

  for (i = 0; i < LWIP_ARRAYSIZE(errors); i++) {
    if (errors[i].err == err) {
      return errors[i].error;
    }
  }
  return err_to_errno(err);
}

err_t sock_fail(struct api_msg *m, int error)
{
  call_of(m)->error = error;
  return ERR_OK;
}

long sock_run(struct sock_call *c, int fd, err_t (*step)(struct api_msg *))
{
  err_t err;

  c->m.conn = NULL;
  c->m.step = step;
  c->fd = fd;
  err = netconn_call(&c->m);
  if (c->error == 0 && err != ERR_OK) {
    c->error = sock_errno(err);
  }
  if (c->error != 0) {
    set_errno(c->error);
    return -1;
  }
  return c->result;
}

bool sock_find(struct api_msg *m)
{
  struct sock_call *c = call_of(m);

  if (m->waits != 0) {
    if (m->conn->socket >= 0) {
      return true;
    }
  } else {
    c->sock = sock_of_fd(c->fd);
    if (c->sock != NULL) {
      m->conn = c->sock->conn;
      c->v6 = sock_is_v6(c->sock);
      return true;
    }
  }
  c->error = EBADF;
  return false;
}

err_t sock_step_invalid(struct api_msg *m)
{
  return sock_find(m) ? sock_fail(m, EINVAL) : ERR_OK;
}

/* ---- The table ---- */

struct lwip_sock *sock_of_index(int i)
{
  return &sockets[i];
}

int sock_index(const struct lwip_sock *sock)
{
  return (int)(sock - sockets);
}

struct lwip_sock *sock_of_fd(int fd)
{
  unsigned i = (unsigned)fd - LWIP_SOCKET_OFFSET;

  return i < NUM_SOCKETS ? fds[i] : NULL;
}

struct lwip_sock *lwip_socket_dbg_get_socket(int fd)
{
  return sock_of_fd(fd);
}

static int new_fd(struct lwip_sock *sock)
{
  while (lowest < NUM_SOCKETS && fds[lowest] != NULL) {
    lowest++;
  }
  if (lowest == NUM_SOCKETS || sock->refs == 0xFF) {
    return -1;
  }
  fds[lowest] = sock;
  sock->refs++;
  return lowest + LWIP_SOCKET_OFFSET;
}

/** There are as many as descriptors, so there is one if a descriptor is free; mostly that of the same number. */
static struct lwip_sock *free_slot(void)
{
  int i, n;

  for (n = 0, i = lowest % NUM_SOCKETS; n < NUM_SOCKETS; n++) {
    if (sockets[i].conn == NULL) {
      return &sockets[i];
    }
    i = (i + 1) % NUM_SOCKETS;
  }
  return NULL;
}

bool sock_fd_left(void)
{
  while (lowest < NUM_SOCKETS && fds[lowest] != NULL) {
    lowest++;
  }
  return lowest < NUM_SOCKETS;
}

#if LWIP_MULTICAST_TX_OPTIONS && LWIP_UDP

/** RFC 1112 section 6.1, and POSIX programs expect to hear themselves. */
static void defaults(struct lwip_sock *sock)
{
  if (sock_is_udp(sock)) {
    udp_set_multicast_ttl(sock->conn->pcb.udp, 1);
    udp_set_flags(sock->conn->pcb.udp, UDP_FLAGS_MULTICAST_LOOP);
  }
}

#else

static void defaults(struct lwip_sock *sock)
{
  LWIP_UNUSED_ARG(sock);
}

#endif

int sock_open_fd(struct netconn *conn)
{
  struct lwip_sock *sock = sock_fd_left() ? free_slot() : NULL;

  if (sock == NULL) {
    return -1;
  }
  memset(sock, 0, sizeof(*sock));
  sock->conn = conn;
  conn->socket = sock_index(sock);
  conn->callback = sock_event;
  defaults(sock);
  return new_fd(sock);
}

/* ---- Errors of connections ---- */

/** Why a connection ended, by what it was when it did. */
static int errno_of_end(const struct lwip_sock *sock, err_t err)
{
  bool was_open = (sock->conn->x_state & NETCONN_X_OPENED) != 0;

  if (err == ERR_RST) {
    return !was_open ? ECONNREFUSED : (sock->flags & SOCK_F_FIN) ? EPIPE : ECONNRESET;
  }
  return err == ERR_ABRT ? ETIMEDOUT : sock_errno(err);
}

void sock_note_error(struct lwip_sock *sock)
{
  err_t err = sock->conn->pending_err;

  if (err != ERR_OK) {
    sock->conn->pending_err = ERR_OK;
    sock->conn->x_errno = (u8_t)errno_of_end(sock, err);
  }
}

int sock_take_error(struct lwip_sock *sock)
{
  int error;

  sock_note_error(sock);
  error = sock->conn->x_errno;
  sock->conn->x_errno = 0;
  return error;
}

/* ---- socket ---- */

struct kind {
  u8_t type, proto;
  u8_t netconn; /**< enum netconn_type */
};

static const struct kind kinds[] = {
#if LWIP_TCP
  { SOCK_STREAM, IPPROTO_TCP, NETCONN_TCP },
#endif
#if LWIP_UDP
  { SOCK_DGRAM, IPPROTO_UDP, NETCONN_UDP },
#endif
#if LWIP_UDP && LWIP_UDPLITE
  { SOCK_DGRAM, IPPROTO_UDPLITE, NETCONN_UDPLITE },
#endif
#if LWIP_RAW
  { SOCK_RAW, 0, NETCONN_RAW },
#endif
};

/** @return the netconn type, 0: *@p error says why not */
static unsigned netconn_type_for(int type, int protocol, int *error)
{
  size_t i;

  *error = EINVAL;
  for (i = 0; i < LWIP_ARRAYSIZE(kinds); i++) {
    if (kinds[i].type != type) {
      continue;
    }
    *error = EPROTONOSUPPORT;
    if (type == SOCK_RAW ? protocol > 0 && protocol <= 0xFF : protocol == 0 || protocol == kinds[i].proto) {
      return kinds[i].netconn;
    }
  }
  return 0;
}

/** The bit of enum netconn_type for a family; -1: there is no such family. */
static int family_bit(int domain)
{
#if LWIP_IPV6
  if (domain == AF_INET6) {
    return NETCONN_TYPE_IPV6;
  }
#endif
#if LWIP_IPV4
  if (domain == AF_INET) {
    return 0;
  }
#endif
  LWIP_UNUSED_ARG(domain);
  return -1;
}

static err_t step_open(struct api_msg *m)
{
  struct sock_call *c = call_of(m);

  c->result = sock_open_fd((struct netconn *)c->value);
  return c->result < 0 ? sock_fail(m, EMFILE) : ERR_OK;
}

static int open_socket(unsigned type, int protocol, bool nonblocking)
{
  struct sock_call c = { 0 };
  struct netconn *conn = netconn_new_with_proto_and_callback((enum netconn_type)type, (u8_t)protocol, NULL);
  long fd;

  if (conn == NULL) {
    set_errno(ENOBUFS);
    return -1;
  }
  netconn_set_nonblocking(conn, nonblocking);
  c.value = conn;
  fd = sock_run(&c, 0, step_open);
  if (fd < 0) {
    (void)netconn_delete(conn);
    set_errno(c.error);
  }
  return (int)fd;
}

int lwip_socket(int domain, int type, int protocol)
{
  int error = EAFNOSUPPORT;
  int family = family_bit(domain);
  unsigned kind = 0;

  if (family >= 0) {
    kind = netconn_type_for(type & ~(SOCK_NONBLOCK | SOCK_CLOEXEC), protocol, &error);
  }
  if (kind == 0) {
    set_errno(error);
    return -1;
  }
  return open_socket(kind | (unsigned)family, protocol, (type & SOCK_NONBLOCK) != 0);
}

/* ---- dup, close ---- */

static err_t step_dup(struct api_msg *m)
{
  struct sock_call *c = call_of(m);

  if (!sock_find(m)) {
    return ERR_OK;
  }
  c->result = new_fd(c->sock);
  return c->result < 0 ? sock_fail(m, EMFILE) : ERR_OK;
}

int lwip_x_dup(int s)
{
  struct sock_call c = { 0 };

  return (int)sock_run(&c, s, step_dup);
}

/** Take the descriptor away.  The last one takes the netconn along, and with it everybody who waits. */
static err_t step_close(struct api_msg *m)
{
  struct sock_call *c = call_of(m);
  struct netconn *conn;
  int i = c->fd - LWIP_SOCKET_OFFSET;

  if (!sock_find(m)) {
    return ERR_OK;
  }
  fds[i] = NULL;
  lowest = LWIP_MIN(lowest, i);
  sock_poll_closed(c->sock);
  if (--c->sock->refs > 0) {
    return ERR_OK;
  }
  sock_group_drop(c->sock);
  conn = c->sock->conn;
  c->sock->conn = NULL;
  conn->socket = -1;
  conn->callback = NULL;
  netconn_changed(conn, NETCONN_WAITS_ANY);
  c->value = conn;
  return ERR_OK;
}

int lwip_close(int s)
{
  struct sock_call c = { 0 };

  if (sock_run(&c, s, step_close) < 0) {
    return -1;
  }
  (void)netconn_delete((struct netconn *)c.value);
  return 0;
}

void lwip_socket_thread_init(void)
{
  netconn_thread_init();
}

void lwip_socket_thread_cleanup(void)
{
  netconn_thread_cleanup();
}

#endif
