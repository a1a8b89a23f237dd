/** getsockopt and setsockopt: arguments in and out, and the level SOL_SOCKET. */
#include "sock.h"

#if LWIP_SOCKET

#include "../base/hooks.h"
#include "lwip/netif.h"
#include "lwip/x_tcp.h"

/* ---- Times ---- */

#if LWIP_SO_SNDTIMEO || LWIP_SO_RCVTIMEO

#if LWIP_SO_SNDRCVTIMEO_NONSTANDARD

static int time_get(union sock_value *v, socklen_t *len, u32_t ms)
{
  v->i = (int)ms;
  *len = sizeof(v->i);
  return 0;
}

static int time_set(const union sock_value *v, socklen_t len, u32_t *ms)
{
  *ms = (u32_t)v->i;
  return len < sizeof(v->i) || v->i < 0 ? EINVAL : 0;
}

#else

static int time_get(union sock_value *v, socklen_t *len, u32_t ms)
{
  v->tv.tv_sec = (long)(ms / 1000u);
  v->tv.tv_usec = (long)(ms % 1000u) * 1000L;
  *len = sizeof(v->tv);
  return 0;
}

static int time_set(const union sock_value *v, socklen_t len, u32_t *ms)
{
  if (len < sizeof(v->tv)) {
    return EINVAL;
  }
  if (v->tv.tv_usec < 0 || v->tv.tv_usec >= 1000000) {
    return EDOM;
  }
  if (v->tv.tv_sec < 0) {
    *ms = 1; /* as Linux does: the time is over already */
  } else if (v->tv.tv_sec >= 0x7FFFFFFF / 1000) {
    *ms = 0; /* for ever */
  } else {
    *ms = (u32_t)v->tv.tv_sec * 1000u + ((u32_t)v->tv.tv_usec + 999u) / 1000u;
  }
  return 0;
}

#endif

#endif

static int timeout_get(const struct lwip_sock *sock, int name, union sock_value *v, socklen_t *len)
{
#if LWIP_SO_SNDTIMEO
  if (name == SO_SNDTIMEO) {
    return time_get(v, len, (u32_t)sock->conn->send_timeout);
  }
#endif
#if LWIP_SO_RCVTIMEO
  if (name == SO_RCVTIMEO) {
    return time_get(v, len, sock->conn->recv_timeout);
  }
#endif
  LWIP_UNUSED_ARG(sock);
  LWIP_UNUSED_ARG(name);
  LWIP_UNUSED_ARG(v);
  LWIP_UNUSED_ARG(len);
  return ENOPROTOOPT;
}

static int timeout_set(struct lwip_sock *sock, int name, const union sock_value *v, socklen_t len)
{
#if LWIP_SO_SNDTIMEO || LWIP_SO_RCVTIMEO
  u32_t ms = 0;
  int error = time_set(v, len, &ms);

  if (error != 0) {
    return error;
  }
#if LWIP_SO_SNDTIMEO
  if (name == SO_SNDTIMEO) {
    sock->conn->send_timeout = (s32_t)ms;
    return 0;
  }
#endif
#if LWIP_SO_RCVTIMEO
  if (name == SO_RCVTIMEO) {
    sock->conn->recv_timeout = ms;
    return 0;
  }
#endif
#endif
  LWIP_UNUSED_ARG(sock);
  LWIP_UNUSED_ARG(name);
  LWIP_UNUSED_ARG(v);
  LWIP_UNUSED_ARG(len);
  return ENOPROTOOPT;
}

/* ---- Linger ---- */

#if LWIP_SO_LINGER

static int linger_get(const struct lwip_sock *sock, union sock_value *v, socklen_t *len)
{
  v->linger.l_onoff = sock->conn->linger >= 0;
  v->linger.l_linger = sock->conn->linger >= 0 ? sock->conn->linger : 0;
  *len = sizeof(v->linger);
  return 0;
}

static int linger_set(struct lwip_sock *sock, const union sock_value *v, socklen_t len)
{
  if (len < sizeof(v->linger)) {
    return EINVAL;
  }
  sock->conn->linger = -1;
  if (v->linger.l_onoff) {
    int s = LWIP_MAX(v->linger.l_linger, 0);

    sock->conn->linger = (s16_t)LWIP_MIN(s, 0x7FFF);
  }
  return 0;
}

#else

static int linger_get(const struct lwip_sock *sock, union sock_value *v, socklen_t *len)
{
  LWIP_UNUSED_ARG(sock);
  LWIP_UNUSED_ARG(v);
  LWIP_UNUSED_ARG(len);
  return ENOPROTOOPT;
}

static int linger_set(struct lwip_sock *sock, const union sock_value *v, socklen_t len)
{
  LWIP_UNUSED_ARG(sock);
  LWIP_UNUSED_ARG(v);
  LWIP_UNUSED_ARG(len);
  return ENOPROTOOPT;
}

#endif

/* ---- Buffers ---- */

#if LWIP_TCP && LWIP_X_SO_SNDBUF

/* A program that says a size gets it. */
static void fix_size(struct tcp_pcb *pcb, u32_t wanted)
{
#if LWIP_X_TCP_AUTOSIZE
  (void)lwip_x_tcp_autosize_end(pcb, wanted);
#endif
  LWIP_UNUSED_ARG(pcb);
  LWIP_UNUSED_ARG(wanted);
}

static int sndbuf_get(const struct lwip_sock *sock)
{
  const struct tcp_pcb *pcb = sock_is_tcp(sock) && !sock_listens(sock) ? sock->conn->pcb.tcp : NULL;
  u32_t size = pcb != NULL ? (u32_t)LWIP_X_TCP_SND_SIZE(pcb) : (u32_t)TCP_SND_BUF;

  return sock_is_tcp(sock) ? (int)(size - sock->conn->x_withheld) : 0xFFFF;
}

/** The pcb counts what is free: take away what the program does not want, as far as it is not in use. */
static int sndbuf_set(struct lwip_sock *sock, int octets)
{
  struct netconn *conn = sock->conn;
  long wanted = LWIP_MAX(octets, 2L * TCP_MSS), size, less;

  if (!sock_is_tcp(sock) || conn->pcb.tcp == NULL || sock_listens(sock)) {
    return 0;
  }
  fix_size(conn->pcb.tcp, (u32_t)wanted);
  size = (long)LWIP_X_TCP_SND_SIZE(conn->pcb.tcp);
  less = size - LWIP_MIN(wanted, size) - (long)conn->x_withheld;
  less = LWIP_MIN(less, (long)conn->pcb.tcp->snd_buf);
  conn->pcb.tcp->snd_buf = (tcpwnd_size_t)((long)conn->pcb.tcp->snd_buf - less);
  conn->x_withheld = (tcpwnd_size_t)((long)conn->x_withheld + less);
  return 0;
}

#else

static int sndbuf_get(const struct lwip_sock *sock)
{
  LWIP_UNUSED_ARG(sock);
  return 0xFFFF;
}

static int sndbuf_set(struct lwip_sock *sock, int octets)
{
  LWIP_UNUSED_ARG(sock);
  LWIP_UNUSED_ARG(octets);
  return ENOPROTOOPT;
}

#endif

#if LWIP_SO_RCVBUF

static int rcvbuf_get(const struct lwip_sock *sock, int *value)
{
  *value = sock->conn->recv_bufsize;
  return 0;
}

static int rcvbuf_set(struct lwip_sock *sock, int octets)
{
  netconn_set_recvbufsize(sock->conn, LWIP_MAX(octets, 1));
  return 0;
}

#else

static int rcvbuf_get(const struct lwip_sock *sock, int *value)
{
  LWIP_UNUSED_ARG(sock);
  LWIP_UNUSED_ARG(value);
  return ENOPROTOOPT;
}

static int rcvbuf_set(struct lwip_sock *sock, int octets)
{
  LWIP_UNUSED_ARG(sock);
  LWIP_UNUSED_ARG(octets);
  return ENOPROTOOPT;
}

#endif

/* ---- Flags of the pcb ---- */

/** The SOF_* bit of an option; 0: none of these. */
static u8_t sof_bit(int name)
{
  switch (name) {
#if SO_REUSE
    case SO_REUSEADDR:
    case SO_REUSEPORT:
      return SOF_REUSEADDR;
#endif
    case SO_KEEPALIVE:
      return SOF_KEEPALIVE;
    case SO_BROADCAST:
      return SOF_BROADCAST;
    default:
      return 0;
  }
}

static int flag_set(struct lwip_sock *sock, u8_t bit, int on)
{
  struct ip_pcb *pcb = sock->conn->pcb.ip;

  if (pcb == NULL) {
    return EINVAL;
  }
  if (on) {
    ip_set_option(pcb, bit);
  } else {
    ip_reset_option(pcb, bit);
  }
  return 0;
}

/* ---- Interface ---- */

/** All of a netif's traffic, or none other. */
static void bind_if(struct lwip_sock *sock, const struct netif *nif)
{
  struct netconn *conn = sock->conn;

#if LWIP_TCP
  if (sock_is_tcp(sock)) {
    tcp_bind_netif(conn->pcb.tcp, nif);
  }
#endif
#if LWIP_UDP
  if (sock_is_udp(sock)) {
    udp_bind_netif(conn->pcb.udp, nif);
  }
#endif
#if LWIP_RAW
  if (sock_is_raw(sock)) {
    raw_bind_netif(conn->pcb.raw, nif);
  }
#endif
  LWIP_UNUSED_ARG(conn);
  LWIP_UNUSED_ARG(nif);
}

static int device_set(struct lwip_sock *sock, const char *name, socklen_t len)
{
  char text[IFNAMSIZ];
  const struct netif *nif = NULL;
  size_t n = LWIP_MIN(len, sizeof(text) - 1);

  memcpy(text, name, n);
  text[n] = '\0';
  if (text[0] != '\0') {
    nif = netif_find(text);
    if (nif == NULL) {
      return ENODEV;
    }
  }
  if (sock->conn->pcb.ip == NULL) {
    return EINVAL;
  }
  bind_if(sock, nif);
  return 0;
}

/* ---- SOL_SOCKET ---- */

static int type_of(const struct lwip_sock *sock)
{
  return sock_is_tcp(sock) ? SOCK_STREAM : sock_is_raw(sock) ? SOCK_RAW : SOCK_DGRAM;
}

static int protocol_of(const struct lwip_sock *sock)
{
  if (sock_is_tcp(sock)) {
    return IPPROTO_TCP;
  }
#if LWIP_RAW
  if (sock_is_raw(sock)) {
    return sock->conn->pcb.raw->protocol;
  }
#endif
  return NETCONNTYPE_ISUDPLITE(sock->conn->type) ? IPPROTO_UDPLITE : IPPROTO_UDP;
}

#if LWIP_UDP

/** The flags of a UDP socket's pcb; NULL: it is none. */
static u8_t *udp_flags_of(const struct lwip_sock *sock)
{
  return sock_is_udp(sock) ? &sock->conn->pcb.udp->flags : NULL;
}

#else

#define UDP_FLAGS_NOCHKSUM 0
static u8_t *udp_flags_of(const struct lwip_sock *sock)
{
  LWIP_UNUSED_ARG(sock);
  return NULL;
}

#endif

static int no_check_set(const struct lwip_sock *sock, int on)
{
  u8_t *flags = udp_flags_of(sock);

  if (flags == NULL || NETCONNTYPE_ISUDPLITE(sock->conn->type)) {
    return ENOPROTOOPT;
  }
  *flags = (u8_t)(on ? *flags | UDP_FLAGS_NOCHKSUM : *flags & ~UDP_FLAGS_NOCHKSUM);
  return 0;
}

static int no_check_get(const struct lwip_sock *sock, int *value)
{
  const u8_t *flags = udp_flags_of(sock);

  *value = flags != NULL && (*flags & UDP_FLAGS_NOCHKSUM);
  return flags != NULL ? 0 : ENOPROTOOPT;
}

#if LWIP_X_SO_TIMESTAMP
#define TIMESTAMPS 1
#else
#define TIMESTAMPS 0
#endif

static int timestamp_set(struct lwip_sock *sock, int on)
{
  sock->tell = (u8_t)(on ? sock->tell | SOCK_TELL_TIME : sock->tell & ~SOCK_TELL_TIME);
  return TIMESTAMPS ? 0 : ENOPROTOOPT;
}

/** Options that are an int.  @return errno, 0 */
static int int_get(struct lwip_sock *sock, int name, int *value)
{
  u8_t bit = sof_bit(name);

  *value = 0;
  if (bit != 0) {
    *value = sock->conn->pcb.ip != NULL && ip_get_option(sock->conn->pcb.ip, bit);
    return 0;
  }
  switch (name) {
    case SO_ACCEPTCONN:
      *value = sock_listens(sock);
      return 0;
    case SO_ERROR:
      *value = sock_take_error(sock);
      return 0;
    case SO_TYPE:
      *value = type_of(sock);
      return 0;
    case SO_DOMAIN:
      *value = sock_is_v6(sock) ? AF_INET6 : AF_INET;
      return 0;
    case SO_PROTOCOL:
      *value = protocol_of(sock);
      return 0;
    case SO_SNDBUF:
      *value = sndbuf_get(sock);
      return 0;
    case SO_RCVBUF:
      return rcvbuf_get(sock, value);
    case SO_SNDLOWAT:
    case SO_RCVLOWAT:
      *value = 1;
      return 0;
    case SO_NO_CHECK:
      return no_check_get(sock, value);
    case SO_TIMESTAMP:
      *value = (sock->tell & SOCK_TELL_TIME) != 0;
      return TIMESTAMPS ? 0 : ENOPROTOOPT;
    case SO_DEBUG:
    case SO_DONTROUTE:
    case SO_USELOOPBACK:
    case SO_OOBINLINE:
      return 0;
    default:
      return ENOPROTOOPT;
  }
}

static int socket_get(struct lwip_sock *sock, int name, union sock_value *v, socklen_t *len)
{
  if (name == SO_LINGER) {
    return linger_get(sock, v, len);
  }
  if (name == SO_SNDTIMEO || name == SO_RCVTIMEO) {
    return timeout_get(sock, name, v, len);
  }
  return int_get(sock, name, &v->i);
}

static int int_set(struct lwip_sock *sock, int name, int value)
{
  u8_t bit = sof_bit(name);

  if (bit != 0) {
    return flag_set(sock, bit, value);
  }
  switch (name) {
    case SO_SNDBUF:
      return sndbuf_set(sock, value);
    case SO_RCVBUF:
      return rcvbuf_set(sock, value);
    case SO_NO_CHECK:
      return no_check_set(sock, value);
    case SO_TIMESTAMP:
      return timestamp_set(sock, value);
    case SO_DEBUG:
    case SO_DONTROUTE:
    case SO_USELOOPBACK:
    case SO_OOBINLINE:
      return 0;
    default:
      return ENOPROTOOPT;
  }
}

static int socket_set(struct lwip_sock *sock, int name, const union sock_value *v, socklen_t len)
{
  if (name == SO_LINGER) {
    return linger_set(sock, v, len);
  }
  if (name == SO_SNDTIMEO || name == SO_RCVTIMEO) {
    return timeout_set(sock, name, v, len);
  }
  if (name == SO_BINDTODEVICE) {
    return device_set(sock, v->text, len);
  }
  return len < sizeof(int) ? EINVAL : int_set(sock, name, v->i);
}

/* ---- Both calls ---- */

static int get_by_level(struct lwip_sock *sock, int level, int name, union sock_value *v, socklen_t *len)
{
  switch (level) {
    case SOL_SOCKET:
      return socket_get(sock, name, v, len);
    case IPPROTO_IP:
      return sock_ip_get(sock, name, v, len);
    case IPPROTO_TCP:
      return sock_tcp_get(sock, name, v, len);
#if LWIP_IPV6
    case IPPROTO_IPV6:
      return sock_ip6_get(sock, name, v, len);
#endif
    case IPPROTO_UDPLITE:
      return sock_udplite_get(sock, name, v, len);
    default:
      return ENOPROTOOPT;
  }
}

static int set_by_level(struct lwip_sock *sock, int level, int name, const union sock_value *v, socklen_t len)
{
  int error = sock_group_set(sock, level, name, v, len);

  if (error != ENOPROTOOPT) {
    return error;
  }
  switch (level) {
    case SOL_SOCKET:
      return socket_set(sock, name, v, len);
    case IPPROTO_IP:
      return sock_ip_set(sock, name, v, len);
    case IPPROTO_TCP:
      return sock_tcp_set(sock, name, v, len);
#if LWIP_IPV6
    case IPPROTO_IPV6:
      return sock_ip6_set(sock, name, v, len);
#endif
    case IPPROTO_UDPLITE:
      return sock_udplite_set(sock, name, v, len);
    default:
      return ENOPROTOOPT;
  }
}

#ifdef LWIP_HOOK_SOCKETS_GETSOCKOPT

static bool hook_get(struct sock_call *c)
{
  return LWIP_HOOK_SOCKETS_GETSOCKOPT(c->fd, c->sock, c->level, c->name, c->value, &c->value_len, &c->error);
}

#else

static bool hook_get(struct sock_call *c)
{
  LWIP_UNUSED_ARG(c);
  return false;
}

#endif

static err_t step_get(struct api_msg *m)
{
  struct sock_call *c = call_of(m);
  union sock_value v;
  socklen_t len = sizeof(int);

  if (!sock_find(m) || hook_get(c)) {
    return ERR_OK;
  }
  memset(&v, 0, sizeof(v));
  c->error = get_by_level(c->sock, c->level, c->name, &v, &len);
  if (c->error == 0) {
    c->value_len = LWIP_MIN(c->value_len, len);
    memcpy(c->value, &v, c->value_len);
  }
  return ERR_OK;
}

int lwip_getsockopt(int s, int level, int optname, void *optval, socklen_t *optlen)
{
  struct sock_call c = { .level = level, .name = optname, .value = optval };
  long r;

  if (optval == NULL || optlen == NULL) {
    set_errno(EFAULT);
    return -1;
  }
  c.value_len = *optlen;
  r = sock_run(&c, s, step_get);
  if (r == 0) {
    *optlen = c.value_len;
  }
  return (int)r;
}

#ifdef LWIP_HOOK_SOCKETS_SETSOCKOPT

static bool hook_set(struct sock_call *c)
{
  return LWIP_HOOK_SOCKETS_SETSOCKOPT(c->fd, c->sock, c->level, c->name, c->value, c->value_len, &c->error);
}

#else

static bool hook_set(struct sock_call *c)
{
  LWIP_UNUSED_ARG(c);
  return false;
}

#endif

static err_t step_set(struct api_msg *m)
{
  struct sock_call *c = call_of(m);
  union sock_value v;
  socklen_t len = (socklen_t)LWIP_MIN(c->value_len, sizeof(v));

  if (!sock_find(m) || hook_set(c)) {
    return ERR_OK;
  }
  memset(&v, 0, sizeof(v));
  memcpy(&v, c->value, len);
  c->error = set_by_level(c->sock, c->level, c->name, &v, len);
  return ERR_OK;
}

int lwip_setsockopt(int s, int level, int optname, const void *optval, socklen_t optlen)
{
  struct sock_call c = {
    .level = level, .name = optname, .value = LWIP_CONST_CAST(void *, optval), .value_len = optlen
  };

  if (optval == NULL && optlen > 0) {
    set_errno(EFAULT);
    return -1;
  }
  return (int)sock_run(&c, s, step_set);
}

#endif
