/**
 * How sockets work.
 *
 * A socket is a thin skin over a netconn: the netconn's queues, states and waiting (netconn_core.h), with POSIX's rules and
 * errnos.  Each function packs its arguments into a struct sock_call and runs a step inside the core; the step finds the
 * socket of the descriptor there, so that no other thread can close it meanwhile, and puts errno into the call.
 * A step that has to wait is tried again by the netconn when something changes.  Closing takes the descriptors away first
 * (conn->socket is -1) and then has all steps that wait look at it: they end with EBADF.
 *
 *   sock_fd.c       descriptors: socket, dup, close
 *   sock_addr.c     struct sockaddr from and to ip_addr_t and port
 *   sock_open.c     bind, connect, listen, accept, names, shutdown
 *   sock_stream.c   sending and receiving on TCP
 *   sock_dgram.c    ... on UDP and raw IP
 *   sock_msg.c      the family of send and recv
 *   sock_control.c  ancillary data
 *   sock_poll.c     readiness, poll, select
 *   sock_option.c   getsockopt, setsockopt; sock_option_ip.c, sock_option_tcp.c, sock_group.c
 *   sock_ctl.c      fcntl, ioctl
 */
#ifndef LWIP_STACK_API_SOCK_H
#define LWIP_STACK_API_SOCK_H

#include "lwip/opt.h"

#if LWIP_SOCKET

#include "../base/errnos.h"
#include "netconn_core.h"
#include "lwip/priv/sockets_priv.h"
#include <stdbool.h>

/* lwip_sock.flags */
#define SOCK_F_SHUT_RD 0x01 /**< shutdown(SHUT_RD): an empty queue is the end */
#define SOCK_F_SHUT_WR 0x02 /**< shutdown(SHUT_WR) */

#define SOCK_F_GROUPS 0x08  /**< has joined groups */
#define SOCK_F_FIN 0x10     /**< the peer's end was received */
#define SOCK_F_NODELAY 0x20 /**< a listener whose connections get TCP_NODELAY */

/* lwip_sock.tell */
#define SOCK_TELL_PKTINFO 0x01
#define SOCK_TELL_TTL 0x02
#define SOCK_TELL_TOS 0x04
#define SOCK_TELL_TIME 0x08

/** sock_call.phase */
enum { SOCK_BEGINS, SOCK_OPENS, SOCK_SENDS, SOCK_WAITS };

/** A call on a socket.  The api_msg comes first: the steps are given that. */
struct sock_call {
  struct api_msg m;
  struct lwip_sock *sock; /**< found by sock_find() */
  int fd;
  int error;   /**< errno; 0: none */
  int flags;   /**< MSG_* or others */
  long result; /**< what the function returns */

  /* An address given or found. */
  ip_addr_t addr;
  u16_t port;
  bool has_addr;
  bool v6; /**< the socket is of IPv6 */

  /* An argument of the program: an address, an option. */
  void *value;
  socklen_t value_len;
  int level, name;
  long command; /**< ioctl() */
  u8_t phase;   /**< MSG_FASTOPEN: SOCK_BEGINS, ... */

  /* Octets to be sent or received. */
  const struct iovec *iov;
  int iovcnt;
  bool cut; /**< the datagram was longer */
  bool control_cut;
  struct netconn_room discard; /**< MSG_TRUNC on a stream: where they go */
  size_t len;                  /**< of all pieces */
  size_t done;                 /**< sent or received */

  /* Ancillary data. */
  bool wants_control; /**< recvmsg() */
  void *control;      /**< NULL: no room */
  socklen_t control_len, control_done;
};

static inline struct sock_call *call_of(struct api_msg *m)
{
  return (struct sock_call *)(void *)m;
}

/* ---- sock_fd.c ---- */

/** Run @p step for descriptor @p fd.  @return c->result; -1: errno says why */
long sock_run(struct sock_call *c, int fd, err_t (*step)(struct api_msg *));
/**
 * Begin a step: find the socket, or if the step was waiting, see whether it still is there.
 * @return false: c->error is EBADF, or that the connection is gone; end the step
 */
bool sock_find(struct api_msg *m);
/** End a step with errno @p error.  @return ERR_OK, for `return sock_fail(m, EINVAL);` */
err_t sock_fail(struct api_msg *m, int error);
/** The result of a function of the core as errno. */
int sock_errno(err_t err);
/** Give @p conn the lowest free descriptor.  @return -1: none.  Context: core */
int sock_open_fd(struct netconn *conn);
/** Is a descriptor left?  Context: core */
bool sock_fd_left(void);
/** The socket of a descriptor.  @return NULL: none.  Context: core */
struct lwip_sock *sock_of_fd(int fd);
/** Number of a socket, as in conn->socket. */
int sock_index(const struct lwip_sock *sock);
struct lwip_sock *sock_of_index(int i);
/** A step for arguments that make no sense: EBADF, else EINVAL. */
err_t sock_step_invalid(struct api_msg *m);
/** The error of the connection not told yet, as errno; it is told now.  0: none */
int sock_take_error(struct lwip_sock *sock);
/** Look whether the connection has failed; the error waits in conn->x_errno. */
void sock_note_error(struct lwip_sock *sock);

static inline bool sock_is_tcp(const struct lwip_sock *sock)
{
  return netconn_is(sock->conn, NETCONN_TCP);
}

static inline bool sock_is_udp(const struct lwip_sock *sock)
{
  return netconn_is(sock->conn, NETCONN_UDP);
}

static inline bool sock_is_raw(const struct lwip_sock *sock)
{
  return netconn_is(sock->conn, NETCONN_RAW);
}

static inline bool sock_is_v6(const struct lwip_sock *sock)
{
  LWIP_UNUSED_ARG(sock);
  return NETCONNTYPE_ISIPV6(sock->conn->type);
}

/** Is it listening? */
static inline bool sock_listens(const struct lwip_sock *sock)
{
  return sock->conn->state == NETCONN_LISTEN;
}

/* ---- sock_addr.c ---- */

/**
 * Read an address the program gave for a socket that is of IPv6 (@p v6) or not.
 * @return errno: EFAULT, EINVAL (too short), EAFNOSUPPORT, ENODEV (sin6_scope_id); 0
 */
int sock_addr_get(const struct sockaddr *sa, socklen_t len, bool v6, ip_addr_t *addr, u16_t *port);
/** Write an address for the program, cut at *@p len, which becomes its real length. */
void sock_addr_put(struct sockaddr *sa, socklen_t *len, bool v6, const ip_addr_t *addr, u16_t port);
/** Is it an address of this host, or one that can be bound to anyway (any, group, broadcast)?  Context: core */
bool sock_addr_is_ours(const ip_addr_t *addr, bool datagram);
/** Octets of an address of a family; 0: no such family. */
socklen_t sock_addr_len(int family);

/* ---- sock_poll.c ---- */

/** POLLIN, POLLOUT, POLLERR, POLLHUP, POLLRDHUP as things are.  Context: core */
short sock_ready(struct lwip_sock *sock);
/** Tell the threads that poll @p sock.  Context: core */
void sock_poll_wake(struct lwip_sock *sock);
/** One of its descriptors is gone: the threads that poll it must look.  Context: core */
void sock_poll_closed(struct lwip_sock *sock);
/** The netconn_callback of sockets. */
void sock_event(struct netconn *conn, enum netconn_evt evt, u16_t len);

/* ---- sock_stream.c, sock_dgram.c ---- */

/* The steps of the family of send and recv, after sock_find(). */
err_t sock_step_recv(struct api_msg *m);
err_t sock_step_send(struct api_msg *m);
/** connect(), in sock_open.c: c->value is the address. */
err_t sock_step_connect(struct api_msg *m);
err_t sock_step_recv_dgram(struct api_msg *m);
err_t sock_step_send_dgram(struct api_msg *m);
/** Octets that wait in a stream socket.  Context: core */
size_t sock_recv_avail(const struct lwip_sock *sock);
/** Copy @p len octets at @p p, offset @p off, to the pieces of the call, behind what is there already. */
size_t sock_scatter(struct sock_call *c, const struct pbuf *p, size_t off, size_t len);

/* ---- sock_control.c ---- */

struct netbuf;
/** Write the ancillary data about @p buf (NULL: none), for @p sock, to c->control. */
void sock_control_put(struct sock_call *c, const struct netbuf *buf);

/** What the ancillary data of sendmsg() asks for. */
struct sock_control {
  ip_addr_t src;
  bool has_src;
  u8_t if_idx;
  s16_t ttl, tos; /**< -1: not given */
};
/** Read c->control.  @return errno, 0 */
int sock_control_get(const struct sock_call *c, struct sock_control *out);

/* ---- sock_option*.c, sock_group.c ---- */

/** What an option is, for getsockopt() and setsockopt(). */
union sock_value {
  int i;
  struct timeval tv;
  struct linger linger;
  char text[16];
#if LWIP_IPV4
  struct in_addr in;
#endif
#if LWIP_IGMP
  struct ip_mreq mreq;
  struct ip_mreq_source source;
#endif
#if LWIP_IPV6_MLD
  struct ipv6_mreq mreq6;
#endif
#if LWIP_IGMP || LWIP_IPV6_MLD
  struct group_req group;
  struct group_source_req group_source;
#endif
#if LWIP_TCP
  struct tcp_info info;
#endif
};

/* Each returns errno or 0.  get: value and *len.  set: value holds len octets, the rest is 0. */
int sock_ip_get(struct lwip_sock *sock, int name, union sock_value *v, socklen_t *len);
int sock_ip_set(struct lwip_sock *sock, int name, const union sock_value *v, socklen_t len);
int sock_ip6_get(struct lwip_sock *sock, int name, union sock_value *v, socklen_t *len);
int sock_ip6_set(struct lwip_sock *sock, int name, const union sock_value *v, socklen_t len);
int sock_tcp_get(struct lwip_sock *sock, int name, union sock_value *v, socklen_t *len);
int sock_tcp_set(struct lwip_sock *sock, int name, const union sock_value *v, socklen_t len);
int sock_udplite_get(struct lwip_sock *sock, int name, union sock_value *v, socklen_t *len);
int sock_udplite_set(struct lwip_sock *sock, int name, const union sock_value *v, socklen_t len);
/** The options whose value is a group.  @retval ENOPROTOOPT not one of them */
int sock_group_set(struct lwip_sock *sock, int level, int name, const union sock_value *v, socklen_t len);
/** Leave all groups, before closing.  Context: core */
void sock_group_drop(struct lwip_sock *sock);

#endif

#endif
