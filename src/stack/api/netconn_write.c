/**
 * Writing to a TCP connection: as much as fits, straight from the caller's memory, and the rest as room comes back.
 */
#include "netconn_core.h"

#if LWIP_NETCONN && LWIP_TCP

#include "lwip/def.h"

/** Half a second, the unit of tcp_poll(), after which memory is tried again that nobody will tell us about. */
#define POLL_INTERVAL 1

/** What is left of the first vector that has something.  @return false: all is queued */
static bool next_piece(struct api_msg *m, size_t *left)
{
  while (m->msg.w.cnt > 0) {
    *left = m->msg.w.vector->len - m->msg.w.off;
    if (*left > 0) {
      return true;
    }
    m->msg.w.vector++;
    m->msg.w.cnt--;
    m->msg.w.off = 0;
  }
  return false;
}

static bool is_last(const struct api_msg *m, size_t left, u16_t piece)
{
  return left == piece && m->msg.w.cnt == 1;
}

/** Queue up to @p left octets.  @return how many; 0: no room, or an error */
static u16_t write_piece(struct api_msg *m, size_t left, err_t *err)
{
  struct tcp_pcb *pcb = m->conn->pcb.tcp;
  const u8_t *from = (const u8_t *)m->msg.w.vector->ptr + m->msg.w.off;
  u16_t piece = (u16_t)LWIP_MIN(left, tcp_sndbuf(pcb));

  *err = ERR_MEM;
  while (piece > 0 && *err == ERR_MEM) {
    u8_t more = is_last(m, left, piece) ? m->msg.w.flags & NETCONN_MORE : NETCONN_MORE;

    *err = tcp_write(pcb, from, piece, (u8_t)((m->msg.w.flags & NETCONN_COPY) | more | LWIP_X_TCP_WRITE_OUTPUT));
    if (*err == ERR_MEM) {
      piece = piece > tcp_mss(pcb) ? piece / 2 : 0; /* the heap has no such long piece: a shorter one? */
    }
  }
  return *err == ERR_OK ? piece : 0;
}

/** @return ERR_OK all is queued; ERR_MEM no room for the rest; an error of tcp_write() */
static err_t write_some(struct api_msg *m)
{
  size_t left;
  err_t err = ERR_OK;

  while (next_piece(m, &left)) {
    u16_t n = write_piece(m, left, &err);

    if (n == 0) {
      return err;
    }
    m->msg.w.off += n;
    m->msg.w.queued += n;
  }
  return ERR_OK;
}

/** No room: the program may be told when there is some. */
static void announce_full(struct netconn *conn)
{
  netconn_note(conn, NETCONN_FLAG_CHECK_WRITESPACE);
  netconn_event(conn, NETCONN_EVT_SENDMINUS, 0);
  tcp_poll(conn->pcb.tcp, netconn_poll_tcp, POLL_INTERVAL);
}

static err_t full(struct api_msg *m)
{
  struct netconn *conn = m->conn;

  if (netconn_no_wait(conn, m->msg.w.flags)) {
    announce_full(conn);
    return m->msg.w.queued > 0 ? ERR_OK : ERR_WOULDBLOCK;
  }
  if (m->waits == 0) {
    conn->state = conn->state == NETCONN_NONE ? NETCONN_WRITE : conn->state;
    tcp_poll(conn->pcb.tcp, netconn_poll_tcp, POLL_INTERVAL);
  }
  return netconn_wait_for(m, NETCONN_WAITS_TX);
}

static void not_writing(struct netconn *conn)
{
  if (conn->state == NETCONN_WRITE) {
    conn->state = NETCONN_NONE;
  }
}

#if LWIP_X_SO_SNDBUF

u16_t netconn_low_water(const struct netconn *conn)
{
  return (u16_t)LWIP_MIN(TCP_SNDLOWAT, (tcpwnd_size_t)(LWIP_X_TCP_SND_SIZE(conn->pcb.tcp) - conn->x_withheld) / 2);
}

#else

u16_t netconn_low_water(const struct netconn *conn)
{
  LWIP_UNUSED_ARG(conn);
  return LWIP_X_TCP_AUTOSIZE ? (u16_t)LWIP_MIN(TCP_SNDLOWAT, LWIP_X_TCP_SND_SIZE(conn->pcb.tcp) / 2) : TCP_SNDLOWAT;
}

#endif

/** Small pieces of room are not worth a segment while more is on its way. */
static bool worth_it(const struct api_msg *m)
{
  const struct tcp_pcb *pcb = m->conn->pcb.tcp;
  u16_t room;

  if (m->waits == 0 || pcb->unacked == NULL) {
    return true;
  }
  room = tcp_sndbuf(pcb);
  return room > netconn_low_water(m->conn) || (m->msg.w.cnt == 1 && room >= m->msg.w.vector->len - m->msg.w.off);
}

static err_t may_write(struct api_msg *m)
{
  struct netconn *conn = m->conn;

  if (conn->pcb.tcp == NULL) {
    return netconn_gone(m);
  }
  if (conn->state == NETCONN_CLOSE) {
    return ERR_ABRT;
  }
  if ((conn->x_state & NETCONN_X_SHUT_TX) || conn->state == NETCONN_LISTEN || conn->pcb.tcp->state == CLOSED) {
    return ERR_CONN;
  }
  if (conn->state == NETCONN_CONNECT && netconn_no_wait(conn, m->msg.w.flags)) {
    return ERR_INPROGRESS;
  }
  return ERR_OK;
}

/** Who wants no count and will not wait gets all or nothing. */
static err_t may_write_all(struct api_msg *m)
{
  struct netconn *conn = m->conn;

  if (!m->msg.w.all || !netconn_no_wait(conn, m->msg.w.flags)) {
    return ERR_OK;
  }
  if (m->msg.w.cnt > 1) {
    return ERR_VAL;
  }
  if (m->msg.w.vector->len <= tcp_sndbuf(conn->pcb.tcp)) {
    return ERR_OK;
  }
  announce_full(conn);
  return ERR_WOULDBLOCK;
}

err_t netconn_step_write(struct api_msg *m)
{
  struct netconn *conn = m->conn;
  err_t err = may_write(m);

  if (err != ERR_OK) {
    return m->msg.w.queued > 0 && m->waits == 0 ? ERR_OK : err;
  }
  if (conn->state == NETCONN_CONNECT) {
    return netconn_wait_for(m, NETCONN_WAITS_TX);
  }
  if (!worth_it(m)) {
    return NETCONN_PENDING;
  }
  err = may_write_all(m);
  if (err != ERR_OK) {
    return err;
  }
  err = write_some(m);
  (void)tcp_output(conn->pcb.tcp);
  if (conn->pcb.tcp == NULL) {
    return netconn_gone(m);
  }
  if (err == ERR_MEM) {
    return full(m);
  }
  not_writing(conn);
  return err;
}

err_t netconn_write_late(struct api_msg *m)
{
  not_writing(m->conn);
  return m->msg.w.queued > 0 ? ERR_OK : ERR_WOULDBLOCK;
}

/* ---- Room came back ---- */

static void room(struct netconn *conn, const struct tcp_pcb *pcb)
{
  if (netconn_noted(conn, NETCONN_FLAG_CHECK_WRITESPACE) && tcp_sndbuf(pcb) > netconn_low_water(conn) &&
      tcp_sndqueuelen(pcb) < TCP_SNDQUEUELOWAT) {
    netconn_unnote(conn, NETCONN_FLAG_CHECK_WRITESPACE);
    netconn_event(conn, NETCONN_EVT_SENDPLUS, 0);
  }
  netconn_changed(conn, NETCONN_WAITS_TX | NETCONN_WAITS_END);
}

err_t netconn_sent_tcp(void *arg, struct tcp_pcb *pcb, u16_t len)
{
  struct netconn *conn = (struct netconn *)arg;

  LWIP_UNUSED_ARG(len);
  if (conn->current_msg != NULL || netconn_noted(conn, NETCONN_FLAG_CHECK_WRITESPACE)) {
    room(conn, pcb);
  }
  return ERR_OK;
}

err_t netconn_poll_tcp(void *arg, struct tcp_pcb *pcb)
{
  struct netconn *conn = (struct netconn *)arg;

  room(conn, pcb);
  if (conn->pcb.tcp != NULL && conn->current_msg == NULL && !netconn_noted(conn, NETCONN_FLAG_CHECK_WRITESPACE)) {
    tcp_poll(pcb, NULL, 0);
  }
  return ERR_OK;
}

/* ---- The API ---- */

static u32_t send_timeout(const struct netconn *conn)
{
#if LWIP_SO_SNDTIMEO
  return conn->send_timeout > 0 ? (u32_t)conn->send_timeout : 0;
#else
  LWIP_UNUSED_ARG(conn);
  return 0;
#endif
}

err_t netconn_write_vectors_partly(struct netconn *conn, struct netvector *vectors, u16_t vectorcnt, u8_t apiflags,
                                   size_t *bytes_written)
{
  struct api_msg m = { .conn = conn, .step = netconn_step_write };
  err_t err;

  if (bytes_written != NULL) {
    *bytes_written = 0;
  }
  if (conn == NULL || !netconn_is(conn, NETCONN_TCP) || (vectors == NULL && vectorcnt > 0)) {
    return ERR_VAL;
  }
  if (vectorcnt == 0) {
    return ERR_OK;
  }
  m.timeout = send_timeout(conn);
  m.msg.w.vector = vectors;
  m.msg.w.cnt = vectorcnt;
  m.msg.w.flags = apiflags;
  m.msg.w.all = bytes_written == NULL;
  err = netconn_call(&m);
  if (bytes_written != NULL && (err == ERR_OK || m.msg.w.queued > 0)) {
    *bytes_written = m.msg.w.queued;
  }
  return err;
}

err_t netconn_write_partly(struct netconn *conn, const void *dataptr, size_t size, u8_t apiflags, size_t *bytes_written)
{
  struct netvector vector = { dataptr, size };

  return netconn_write_vectors_partly(conn, &vector, 1, apiflags, bytes_written);
}

#endif
