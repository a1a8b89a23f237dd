/** Options of IPPROTO_TCP. */
#include "sock.h"

#if LWIP_SOCKET

#if LWIP_TCP

#include "lwip/priv/tcp_priv.h"
#include "lwip/x_tcp.h"
#include "lwip/x_tcp_cc.h"

/* ---- Keepalive ---- */

#if LWIP_TCP_KEEPALIVE

/** An interval in s kept in ms. */
static int seconds_set(struct tcp_pcb *pcb, u32_t *ms, int value)
{
  if (value < 1 || value > 0x7FFFFFFF / 1000) {
    return EINVAL;
  }
  *ms = (u32_t)value * 1000u;
  lwip_x_keepalive_set(pcb);
  return 0;
}

static int keep_value(int name, u32_t idle_ms, u32_t intvl_ms, u32_t cnt, int *value)
{
  switch (name) {
    case TCP_KEEPIDLE:
      *value = (int)(idle_ms / 1000u);
      return 0;
    case TCP_KEEPINTVL:
      *value = (int)(intvl_ms / 1000u);
      return 0;
    case TCP_KEEPCNT:
      *value = (int)cnt;
      return 0;
    default:
      return ENOPROTOOPT;
  }
}

static int keep_get(const struct tcp_pcb *pcb, int name, int *value)
{
  return keep_value(name, pcb->keep_idle, pcb->keep_intvl, pcb->keep_cnt, value);
}

static int keep_default(int name, int *value)
{
  return keep_value(name, TCP_KEEPIDLE_DEFAULT, TCP_KEEPINTVL_DEFAULT, TCP_KEEPCNT_DEFAULT, value);
}

static int keep_set(struct tcp_pcb *pcb, int name, int value)
{
  switch (name) {
    case TCP_KEEPIDLE:
      return seconds_set(pcb, &pcb->keep_idle, value);
    case TCP_KEEPINTVL:
      return seconds_set(pcb, &pcb->keep_intvl, value);
    case TCP_KEEPCNT:
      if (value < 1 || value > 127) {
        return EINVAL;
      }
      pcb->keep_cnt = (u32_t)value;
      return 0;
    default:
      return ENOPROTOOPT;
  }
}

#else

static int keep_get(const struct tcp_pcb *pcb, int name, int *value)
{
  LWIP_UNUSED_ARG(pcb);
  LWIP_UNUSED_ARG(name);
  LWIP_UNUSED_ARG(value);
  return ENOPROTOOPT;
}

static int keep_default(int name, int *value)
{
  LWIP_UNUSED_ARG(name);
  LWIP_UNUSED_ARG(value);
  return ENOPROTOOPT;
}

static int keep_set(struct tcp_pcb *pcb, int name, int value)
{
  LWIP_UNUSED_ARG(pcb);
  LWIP_UNUSED_ARG(name);
  LWIP_UNUSED_ARG(value);
  return ENOPROTOOPT;
}

#endif

/* ---- TCP_INFO ---- */

/** By enum tcp_state. */
static const u8_t linux_state[] = { 7, 10, 2, 3, 1, 4, 5, 8, 11, 9, 6 };

static u32_t segments(const struct tcp_pcb *pcb, u32_t octets)
{
  return pcb->mss != 0 ? octets / pcb->mss + (octets % pcb->mss != 0) : 0;
}

/** As Linux has it where nothing was lost yet. */
static u32_t slow_start_ends(const struct tcp_pcb *pcb)
{
  return pcb->ssthresh == (tcpwnd_size_t)-1 ? 0x7FFFFFFF : segments(pcb, pcb->ssthresh);
}

static void info_of_connection(const struct tcp_pcb *pcb, struct tcp_info *i)
{
  i->tcpi_retransmits = pcb->nrtx;
  i->tcpi_probes = pcb->keep_cnt_sent;
  i->tcpi_backoff = pcb->persist_backoff;
  i->tcpi_options = (u8_t)(((pcb->flags & TF_TIMESTAMP) ? 1 : 0) | ((pcb->flags & TF_SACK) ? 2 : 0) |
                           ((pcb->flags & TF_WND_SCALE) ? 4 : 0));
#if LWIP_WND_SCALE
  i->tcpi_snd_wscale = pcb->snd_scale;
  i->tcpi_rcv_wscale = pcb->rcv_scale;
#endif
  i->tcpi_rto = lwip_x_tcp_rto(pcb) * 1000u;
  i->tcpi_snd_mss = tcp_mss(pcb);
  i->tcpi_advmss = pcb->mss;
  i->tcpi_unacked = segments(pcb, pcb->snd_nxt - pcb->lastack);
  i->tcpi_rtt = (u32_t)pcb->sa * 500u;
  i->tcpi_rttvar = (u32_t)pcb->sv * 500u;
  i->tcpi_snd_ssthresh = slow_start_ends(pcb);
  i->tcpi_snd_cwnd = segments(pcb, pcb->cwnd);
  i->tcpi_rcv_space = TCP_WND_MAX(pcb);
  i->tcpi_snd_wnd = pcb->snd_wnd;
  i->tcpi_rcv_wnd = pcb->rcv_wnd;
}

static int info_get(const struct tcp_pcb *pcb, union sock_value *v, socklen_t *len)
{
  v->info.tcpi_state = linux_state[CLOSED];
  if (pcb != NULL) {
    v->info.tcpi_state = linux_state[pcb->state];
  }
  if (pcb != NULL && pcb->state != LISTEN) {
    info_of_connection(pcb, &v->info);
  }
  *len = sizeof(v->info);
  return 0;
}

/* ---- Congestion control, by the names Linux has ---- */

#define RENO "reno"
#define CUBIC "cubic"

#if LWIP_X_TCP_CUBIC

static const char *algorithm(const struct tcp_pcb *pcb)
{
  return pcb != NULL && pcb->state != LISTEN && pcb->x_cc == &lwip_x_tcp_newreno ? RENO : CUBIC;
}

static int algorithm_set(struct tcp_pcb *pcb, const char *name)
{
  const struct lwip_x_tcp_cc *cc = strcmp(name, CUBIC) == 0  ? &lwip_x_tcp_cubic
                                   : strcmp(name, RENO) == 0 ? &lwip_x_tcp_newreno
                                                             : NULL;

  if (cc == NULL) {
    return ENOENT;
  }
  if (pcb == NULL || pcb->state == LISTEN) {
    return EINVAL;
  }
  lwip_x_tcp_set_cc(pcb, cc);
  return 0;
}

#else

static const char *algorithm(const struct tcp_pcb *pcb)
{
  LWIP_UNUSED_ARG(pcb);
  return RENO;
}

static int algorithm_set(struct tcp_pcb *pcb, const char *name)
{
  LWIP_UNUSED_ARG(pcb);
  return strcmp(name, RENO) == 0 ? 0 : ENOENT;
}

#endif

static int congestion_get(const struct tcp_pcb *pcb, union sock_value *v, socklen_t *len)
{
  const char *name = algorithm(pcb);

  memset(v->text, 0, sizeof(v->text));
  memcpy(v->text, name, LWIP_MIN(strlen(name), sizeof(v->text) - 1));
  *len = sizeof(v->text);
  return 0;
}

static int congestion_set(struct tcp_pcb *pcb, const union sock_value *v, socklen_t len)
{
  char name[sizeof(v->text)] = "";

  if (len == 0) {
    return EINVAL;
  }
  memcpy(name, v->text, LWIP_MIN(len, sizeof(name) - 1));
  return algorithm_set(pcb, name);
}

/* ---- The rest ---- */

enum { MSS_LOWEST = 88, MSS_HIGHEST = 0x7FFF }; /* what Linux takes */

static int maxseg_set(struct tcp_pcb *pcb, int value)
{
  if (value < MSS_LOWEST || value > MSS_HIGHEST) {
    return EINVAL;
  }
  pcb->mss = (u16_t)LWIP_MIN(value, pcb->state == CLOSED ? TCP_MSS : pcb->mss);
  return 0;
}

#if LWIP_X_TCP_USER_TIMEOUT

static int user_timeout_get(const struct tcp_pcb *pcb, int *value)
{
  *value = (int)pcb->x_user_timeout;
  return 0;
}

static int user_timeout_set(struct tcp_pcb *pcb, int ms)
{
  return ms < 0 ? EINVAL : sock_errno(lwip_x_tcp_user_timeout(pcb, (u32_t)ms));
}

#else

static int user_timeout_get(const struct tcp_pcb *pcb, int *value)
{
  LWIP_UNUSED_ARG(pcb);
  LWIP_UNUSED_ARG(value);
  return ENOPROTOOPT;
}

static int user_timeout_set(struct tcp_pcb *pcb, int ms)
{
  LWIP_UNUSED_ARG(pcb);
  LWIP_UNUSED_ARG(ms);
  return ENOPROTOOPT;
}

#endif

#if LWIP_X_TCP_FASTOPEN

/** @return errno; ENOENT: not one of these */
static int fastopen_get(const struct lwip_sock *sock, int name, int *value)
{
  if (name == TCP_FASTOPEN) {
    *value = sock->fastopen;
    return 0;
  }
  *value = (sock->conn->x_state & NETCONN_X_FASTOPEN) != 0;
  return name == TCP_FASTOPEN_CONNECT ? 0 : ENOENT;
}

static int fastopen_set(struct lwip_sock *sock, int name, int value)
{
  struct tcp_pcb *pcb = sock->conn->pcb.tcp;
  bool listens = pcb->state == LISTEN;

  if (name == TCP_FASTOPEN) {
    if (value < 0 || (!listens && pcb->state != CLOSED)) {
      return EINVAL;
    }
    sock->fastopen = (u8_t)LWIP_MIN(value, 255);
    if (listens) {
      (void)lwip_x_tcp_fastopen_listen(pcb, value);
    }
    return 0;
  }
  if (name != TCP_FASTOPEN_CONNECT) {
    return ENOENT;
  }
  if (value < 0 || value > 1 || pcb->state != CLOSED) {
    return EINVAL;
  }
  sock->conn->x_state =
    (u8_t)(value ? sock->conn->x_state | NETCONN_X_FASTOPEN : sock->conn->x_state & ~NETCONN_X_FASTOPEN);
  return 0;
}

#else

static int fastopen_get(const struct lwip_sock *sock, int name, int *value)
{
  LWIP_UNUSED_ARG(sock);
  LWIP_UNUSED_ARG(value);
  return name == TCP_FASTOPEN || name == TCP_FASTOPEN_CONNECT ? ENOPROTOOPT : ENOENT;
}

static int fastopen_set(struct lwip_sock *sock, int name, int value)
{
  LWIP_UNUSED_ARG(value);
  return fastopen_get(sock, name, NULL);
}

#endif

static int nodelay_set(struct tcp_pcb *pcb, int on)
{
  if (on) {
    tcp_nagle_disable(pcb);
    (void)tcp_output(pcb);
  } else {
    tcp_nagle_enable(pcb);
  }
  return 0;
}

/** What a new connection has; so says a socket whose connection is over, too. */
static int listener_get(const struct lwip_sock *sock, int name, int *value)
{
  switch (name) {
    case TCP_NODELAY:
      *value = (sock->flags & SOCK_F_NODELAY) != 0;
      return 0;
    case TCP_MAXSEG:
      *value = TCP_MSS;
      return 0;
    case TCP_USER_TIMEOUT:
      *value = 0;
      return LWIP_X_TCP_USER_TIMEOUT ? 0 : ENOPROTOOPT;
    case TCP_KEEPALIVE:
      *value = (int)TCP_KEEPIDLE_DEFAULT;
      return 0;
    default:
      return keep_default(name, value);
  }
}

int sock_tcp_get(struct lwip_sock *sock, int name, union sock_value *v, socklen_t *len)
{
  const struct tcp_pcb *pcb = sock->conn->pcb.tcp;
  int error;

  if (!sock_is_tcp(sock)) {
    return ENOPROTOOPT;
  }
  if (name == TCP_INFO) {
    return info_get(pcb, v, len);
  }
  if (name == TCP_CONGESTION) {
    return congestion_get(pcb, v, len);
  }
  error = fastopen_get(sock, name, &v->i);
  if (error != ENOENT) {
    return error;
  }
  if (pcb == NULL || pcb->state == LISTEN) {
    return listener_get(sock, name, &v->i);
  }
  switch (name) {
    case TCP_NODELAY:
      v->i = tcp_nagle_disabled(pcb);
      return 0;
    case TCP_MAXSEG:
      v->i = pcb->mss;
      return 0;
    case TCP_KEEPALIVE:
      v->i = (int)pcb->keep_idle;
      return 0;
    case TCP_USER_TIMEOUT:
      return user_timeout_get(pcb, &v->i);
    default:
      return keep_get(pcb, name, &v->i);
  }
}

static int connection_set(struct tcp_pcb *pcb, int name, int value)
{
  switch (name) {
    case TCP_NODELAY:
      return nodelay_set(pcb, value);
    case TCP_MAXSEG:
      return maxseg_set(pcb, value);
    case TCP_KEEPALIVE:
      if (value < 1) {
        return EINVAL;
      }
      pcb->keep_idle = (u32_t)value;
      lwip_x_keepalive_set(pcb);
      return 0;
    case TCP_USER_TIMEOUT:
      return user_timeout_set(pcb, value);
    default:
      return keep_set(pcb, name, value);
  }
}

/** A listener keeps what its connections are to have. */
static int listener_set(struct lwip_sock *sock, int name, int value)
{
  if (name == TCP_NODELAY) {
    sock->flags = (u8_t)(value ? sock->flags | SOCK_F_NODELAY : sock->flags & ~SOCK_F_NODELAY);
  }
  if (name == TCP_NODELAY || name == TCP_MAXSEG) {
    return 0;
  }
  return listener_get(sock, name, &value) == 0 ? EINVAL : ENOPROTOOPT;
}

int sock_tcp_set(struct lwip_sock *sock, int name, const union sock_value *v, socklen_t len)
{
  struct tcp_pcb *pcb = sock->conn->pcb.tcp;
  int error;

  if (!sock_is_tcp(sock)) {
    return ENOPROTOOPT;
  }
  if (name == TCP_CONGESTION) {
    return congestion_set(pcb, v, len);
  }
  if (name == TCP_INFO || len < sizeof(int)) {
    return name == TCP_INFO ? ENOPROTOOPT : EINVAL;
  }
  if (pcb == NULL) {
    return EINVAL;
  }
  error = fastopen_set(sock, name, v->i);
  if (error != ENOENT) {
    return error;
  }
  return pcb->state == LISTEN ? listener_set(sock, name, v->i) : connection_set(pcb, name, v->i);
}

#else

int sock_tcp_get(struct lwip_sock *sock, int name, union sock_value *v, socklen_t *len)
{
  LWIP_UNUSED_ARG(sock);
  LWIP_UNUSED_ARG(name);
  LWIP_UNUSED_ARG(v);
  LWIP_UNUSED_ARG(len);
  return ENOPROTOOPT;
}

int sock_tcp_set(struct lwip_sock *sock, int name, const union sock_value *v, socklen_t len)
{
  LWIP_UNUSED_ARG(sock);
  LWIP_UNUSED_ARG(name);
  LWIP_UNUSED_ARG(v);
  LWIP_UNUSED_ARG(len);
  return ENOPROTOOPT;
}

#endif

#endif
