/**
 * What came and waits to be received: text, datagrams or connections, in a list that needs no memory of its own.
 *
 * Text is one chain of pbufs.  Each piece keeps its own tot_len, as it came: the piece ends at the first pbuf whose len is
 * its tot_len.
 */
#include "netconn_core.h"

#if LWIP_NETCONN

#include "../mem/drop.h"
#include "lwip/memp.h"
#include <string.h>

/* ---- How many octets wait ---- */

#if LWIP_SO_RCVBUF

static bool octets_fit(const struct netconn *conn, u16_t len)
{
  return conn->recv_avail + len <= conn->recv_bufsize;
}

static void octets_come(struct netconn *conn, u16_t len)
{
  conn->recv_avail += len;
}

static void octets_go(struct netconn *conn, size_t len)
{
  conn->recv_avail -= (int)len;
}

#else

static inline bool octets_fit(const struct netconn *conn, u16_t len)
{
  LWIP_UNUSED_ARG(conn);
  LWIP_UNUSED_ARG(len);
  return true;
}

static inline void octets_come(struct netconn *conn, u16_t len)
{
  LWIP_UNUSED_ARG(conn);
  LWIP_UNUSED_ARG(len);
}

static inline void octets_go(struct netconn *conn, size_t len)
{
  LWIP_UNUSED_ARG(conn);
  LWIP_UNUSED_ARG(len);
}

#endif

static u32_t recv_timeout(const struct netconn *conn)
{
#if LWIP_SO_RCVTIMEO
  return conn->recv_timeout;
#else
  LWIP_UNUSED_ARG(conn);
  return 0;
#endif
}

/* ---- Text ---- */

#if LWIP_TCP

static void link_text(struct netconn *conn, struct pbuf *p)
{
  struct lwip_x_netconn_queue *q = &conn->x_rx;

  if (q->len == 0) {
    q->first.p = p;
  } else {
    q->last.p->next = p;
  }
  while (p->len != p->tot_len) {
    p = p->next;
  }
  if (p->next != NULL) { /* nothing but empty ones */
    pbuf_free(p->next);
    p->next = NULL;
  }
  q->last.p = p;
  q->len++;
  q->room = 0;
}

/** Octets in a piece that gathers small ones. */
#define GATHER_SIZE 256

/** A peer that sends single octets must not take all receive buffers: while others wait, small pieces are copied together. */
static bool worth_gathering(const struct netconn *conn, const struct pbuf *p)
{
  return conn->x_rx.len > 0 && p->next == NULL && p->len <= GATHER_SIZE / 2;
}

bool netconn_queue_text(struct netconn *conn, struct pbuf *p)
{
  struct lwip_x_netconn_queue *q = &conn->x_rx;
  struct pbuf *to = NULL;
  bool more = true;

  octets_come(conn, p->tot_len);
  if (worth_gathering(conn, p)) {
    more = q->room < p->len;
    to = more ? pbuf_alloc(PBUF_RAW, GATHER_SIZE, PBUF_RAM) : q->last.p;
  }
  if (to == NULL) {
    link_text(conn, p);
    return true;
  }
  if (more) {
    to->len = to->tot_len = 0;
    link_text(conn, to);
    q->room = GATHER_SIZE;
  }
  memcpy((u8_t *)to->payload + to->len, p->payload, p->len);
  to->len = to->tot_len = (u16_t)(to->len + p->len);
  q->room = (u16_t)(q->room - p->len);
  pbuf_free(p);
  return more;
}

/** The first piece, cut off from the rest; there is one. */
static struct pbuf *take_text(struct netconn *conn)
{
  struct lwip_x_netconn_queue *q = &conn->x_rx;
  struct pbuf *p = q->first.p, *end = p;

  while (end->len != end->tot_len) {
    end = end->next;
  }
  q->first.p = end->next;
  end->next = NULL;
  q->len--;
  octets_go(conn, p->tot_len);
  return p;
}

static void open_window(struct tcp_pcb *pcb, size_t len)
{
  while (len > 0) {
    u16_t n = (u16_t)LWIP_MIN(len, 0xFFFF);

    tcp_recved(pcb, n);
    len -= n;
  }
}

/** Nothing is there: what does the caller get, or does he wait? */
static err_t nothing_to_receive(struct api_msg *m, u8_t flags)
{
  struct netconn *conn = m->conn;

  if (conn->pcb.tcp == NULL && conn->x_why != ERR_CLSD) {
    return netconn_gone(m);
  }
  if (conn->state == NETCONN_CLOSE) {
    return ERR_ABRT;
  }
  if (netconn_noted(conn, NETCONN_FLAG_MBOXCLOSED) || (conn->x_state & NETCONN_X_SHUT_RX)) {
    if (flags & NETCONN_NOFIN) {
      netconn_note(conn, NETCONN_FIN_RX_PENDING);
      return ERR_WOULDBLOCK;
    }
    netconn_unnote(conn, NETCONN_FIN_RX_PENDING);
    return ERR_CLSD;
  }
  if (conn->state == NETCONN_LISTEN || conn->pcb.tcp->state == CLOSED) {
    return ERR_CONN;
  }
  return netconn_no_wait(conn, flags) ? ERR_WOULDBLOCK : netconn_wait_for(m, NETCONN_WAITS_RX);
}

static err_t step_recv_text(struct api_msg *m)
{
  struct netconn *conn = m->conn;
  struct pbuf *p;

  if (conn->x_rx.len == 0 || conn->state == NETCONN_LISTEN) {
    return nothing_to_receive(m, m->msg.r.flags);
  }
  p = take_text(conn);
  m->msg.r.got.p = p;
  if (!(m->msg.r.flags & NETCONN_NOAUTORCVD) && conn->pcb.tcp != NULL) {
    tcp_recved(conn->pcb.tcp, p->tot_len);
  }
  netconn_event(conn, NETCONN_EVT_RCVMINUS, p->tot_len);
  return ERR_OK;
}

err_t netconn_recv_tcp_pbuf_flags(struct netconn *conn, struct pbuf **new_buf, u8_t apiflags)
{
  struct api_msg m = { .conn = conn, .step = step_recv_text };
  err_t err;

  if (new_buf == NULL) {
    return ERR_ARG;
  }
  *new_buf = NULL;
  if (conn == NULL || !netconn_is(conn, NETCONN_TCP)) {
    return ERR_ARG;
  }
  m.timeout = recv_timeout(conn);
  m.msg.r.flags = apiflags;
  err = netconn_call(&m);
  if (err == ERR_OK) {
    *new_buf = m.msg.r.got.p;
  }
  return err;
}

err_t netconn_recv_tcp_pbuf(struct netconn *conn, struct pbuf **new_buf)
{
  return netconn_recv_tcp_pbuf_flags(conn, new_buf, 0);
}

static err_t recv_text_as_netbuf(struct netconn *conn, struct netbuf **new_buf)
{
  struct netbuf *buf = netbuf_new();
  err_t err;

  if (buf == NULL) {
    return ERR_MEM;
  }
  err = netconn_recv_tcp_pbuf(conn, &buf->p);
  if (err != ERR_OK) {
    netbuf_delete(buf);
    return err;
  }
  buf->ptr = buf->p;
  *new_buf = buf;
  return ERR_OK;
}

static err_t step_recvd(struct api_msg *m)
{
  if (m->conn->pcb.tcp != NULL) {
    open_window(m->conn->pcb.tcp, m->msg.r.len);
  }
  return ERR_OK;
}

err_t netconn_tcp_recvd(struct netconn *conn, size_t len)
{
  struct api_msg m = { .conn = conn, .step = step_recvd };

  if (conn == NULL || !netconn_is(conn, NETCONN_TCP)) {
    return ERR_ARG;
  }
  m.msg.r.len = len;
  return netconn_call(&m);
}

/* ---- Text into the program's memory ---- */

/** Take @p n octets off the front pbuf, which has them. */
static void consume(struct netconn *conn, u16_t n)
{
  struct lwip_x_netconn_queue *q = &conn->x_rx;
  struct pbuf *p = q->first.p;

  if (n == p->len) {
    bool ends = p->len == p->tot_len;

    q->first.p = p->next;
    p->next = NULL;
    pbuf_free(p);
    if (ends) {
      q->len--;
    }
    return;
  }
  p->payload = (u8_t *)p->payload + n;
  p->len = (u16_t)(p->len - n);
  p->tot_len = (u16_t)(p->tot_len - n);
}

/** Fill the rest of the vector from pbuf @p p from octet @p from on.  @return octets copied */
static u16_t copy_out(struct api_msg *m, const struct pbuf *p, u16_t from)
{
  u16_t done = 0;

  while (m->msg.rd.cnt > 0 && from + done < p->len) {
    const struct netconn_room *v = m->msg.rd.vec;
    size_t room = v->len - m->msg.rd.off;
    u16_t n = (u16_t)LWIP_MIN(room, (size_t)(p->len - from - done));

    if (v->ptr != NULL) { /* NULL: the program wants to be rid of them */
      memcpy((u8_t *)v->ptr + m->msg.rd.off, (const u8_t *)p->payload + from + done, n);
    }
    done = (u16_t)(done + n);
    m->msg.rd.off += n;
    if (m->msg.rd.off == v->len) {
      m->msg.rd.vec++;
      m->msg.rd.cnt--;
      m->msg.rd.off = 0;
    }
  }
  m->msg.rd.got += done;
  return done;
}

static void peek(struct api_msg *m)
{
  const struct pbuf *p;
  const struct netconn_room *vec = m->msg.rd.vec;
  u16_t cnt = m->msg.rd.cnt;

  m->msg.rd.got = 0;
  for (p = m->conn->x_rx.len > 0 ? m->conn->x_rx.first.p : NULL; p != NULL && m->msg.rd.cnt > 0; p = p->next) {
    copy_out(m, p, 0);
  }
  if (m->msg.rd.cnt > 0) { /* perhaps later, from the beginning */
    m->msg.rd.vec = vec;
    m->msg.rd.cnt = cnt;
    m->msg.rd.off = 0;
  }
}

static void drain(struct api_msg *m)
{
  struct netconn *conn = m->conn;
  size_t before = m->msg.rd.got, n;

  while (conn->x_rx.len > 0 && m->msg.rd.cnt > 0) {
    consume(conn, copy_out(m, conn->x_rx.first.p, 0));
  }
  n = m->msg.rd.got - before;
  if (n == 0) {
    return;
  }
  octets_go(conn, n);
  if (conn->pcb.tcp != NULL) {
    open_window(conn->pcb.tcp, n);
  }
  netconn_event(conn, NETCONN_EVT_RCVMINUS, (u16_t)LWIP_MIN(n, 0xFFFF));
}

err_t netconn_step_read(struct api_msg *m)
{
  err_t err;

  if (m->conn->state != NETCONN_LISTEN) {
    if (m->msg.rd.flags & NETCONN_X_PEEK) {
      peek(m);
    } else {
      drain(m);
    }
  }
  if (m->msg.rd.cnt == 0 || (m->msg.rd.got > 0 && !(m->msg.rd.flags & NETCONN_X_WAITALL))) {
    return ERR_OK;
  }
  err = nothing_to_receive(m, m->msg.rd.flags);
  return err != NETCONN_PENDING && m->msg.rd.got > 0 ? ERR_OK : err;
}

err_t netconn_read(struct netconn *conn, const struct netconn_room *vec, u16_t cnt, u8_t flags, size_t *got)
{
  struct api_msg m = { .conn = conn, .step = netconn_step_read };
  err_t err;

  m.timeout = recv_timeout(conn);
  while (cnt > 0 && vec->len == 0) {
    vec++;
    cnt--;
  }
  m.msg.rd.vec = vec;
  m.msg.rd.cnt = cnt;
  m.msg.rd.flags = flags;
  err = netconn_call(&m);
  *got = m.msg.rd.got;
  return err == ERR_TIMEOUT && m.msg.rd.got > 0 ? ERR_OK : err;
}

/* ---- Connections ---- */

void netconn_queue_conn(struct netconn *conn, struct netconn *newconn)
{
  struct lwip_x_netconn_queue *q = &conn->x_rx;

  if (q->len == 0) {
    q->first.conn = newconn;
  } else {
    q->last.conn->x_next = newconn;
  }
  q->last.conn = newconn;
  q->len++;
}

static struct netconn *take_conn(struct netconn *conn)
{
  struct lwip_x_netconn_queue *q = &conn->x_rx;
  struct netconn *newconn = q->first.conn;

  q->first.conn = newconn->x_next;
  newconn->x_next = NULL;
  q->len--;
  return newconn;
}

err_t netconn_step_accept(struct api_msg *m)
{
  struct netconn *conn = m->conn;

  if (conn->pcb.ip == NULL && conn->x_why != ERR_CONN) {
    return netconn_gone(m);
  }
  if (conn->state != NETCONN_LISTEN) {
    return ERR_CLSD;
  }
  if (conn->x_rx.len == 0) {
    return netconn_no_wait(conn, 0) ? ERR_WOULDBLOCK : netconn_wait_for(m, NETCONN_WAITS_RX);
  }
  m->msg.r.got.conn = take_conn(conn);
  if (m->msg.r.got.conn->pcb.tcp != NULL) {
    tcp_backlog_accepted(m->msg.r.got.conn->pcb.tcp);
  }
  netconn_event(conn, NETCONN_EVT_RCVMINUS, 0);
  return ERR_OK;
}

/** Nobody will ever accept it. */
static void discard(struct netconn *newconn)
{
  if (newconn->pcb.tcp != NULL) {
    tcp_abort(netconn_tcp_detach(newconn, ERR_ABRT));
  }
  netconn_queue_clear(newconn);
  netconn_release(newconn);
}

static void clear_tcp(struct netconn *conn, bool listened)
{
  while (listened && conn->x_rx.len > 0) {
    discard(take_conn(conn));
  }
  while (conn->x_rx.len > 0) {
    pbuf_free(take_text(conn));
  }
}

#else

static err_t recv_text_as_netbuf(struct netconn *conn, struct netbuf **new_buf)
{
  LWIP_UNUSED_ARG(conn);
  LWIP_UNUSED_ARG(new_buf);
  return ERR_VAL;
}

static void clear_tcp(struct netconn *conn, bool listened)
{
  LWIP_UNUSED_ARG(conn);
  LWIP_UNUSED_ARG(listened);
}

#endif

/* ---- Datagrams ---- */

static u16_t datagrams_allowed(const struct netconn *conn)
{
  return netconn_is(conn, NETCONN_RAW) ? LWIP_X_NETCONN_RAW_QUEUE : LWIP_X_NETCONN_UDP_QUEUE;
}

#if LWIP_NETBUF_RECVINFO

static void note_header(struct netbuf *buf)
{
#if LWIP_IPV6
  const u8_t *h6 = (const u8_t *)ip6_current_header();

  if (h6 != NULL) {
    buf->x_tos = (u8_t)(h6[0] << 4 | h6[1] >> 4);
    buf->x_ttl = h6[7];
    return;
  }
#endif
#if LWIP_IPV4
  buf->x_tos = ((const u8_t *)ip4_current_header())[1];
  buf->x_ttl = ((const u8_t *)ip4_current_header())[8];
#endif
}

#if LWIP_UDP

static u16_t local_port(const struct netconn *conn)
{
  return netconn_is(conn, NETCONN_UDP) ? conn->pcb.udp->local_port : 0;
}

#else

static u16_t local_port(const struct netconn *conn)
{
  LWIP_UNUSED_ARG(conn);
  return 0;
}

#endif

static void note_destination(struct netconn *conn, struct netbuf *buf)
{
  if (conn->flags & NETCONN_FLAG_PKTINFO) {
    note_header(buf);
    buf->x_if_idx = netif_get_index(ip_current_input_netif());
    buf->flags |= NETBUF_FLAG_DESTADDR;
    ip_addr_copy(buf->toaddr, *ip_current_dest_addr());
    buf->toport_chksum = local_port(conn);
  }
}

#else

static inline void note_destination(struct netconn *conn, struct netbuf *buf)
{
  LWIP_UNUSED_ARG(conn);
  LWIP_UNUSED_ARG(buf);
}

#endif

#if LWIP_X_SO_TIMESTAMP

static void note_time(struct netbuf *buf)
{
  LWIP_X_WALL_TIME(buf->x_sec, buf->x_usec);
}

#else

static inline void note_time(struct netbuf *buf)
{
  LWIP_UNUSED_ARG(buf);
}

#endif

static struct netbuf *datagram(struct netconn *conn, struct pbuf *p, const ip_addr_t *addr, u16_t port)
{
  struct netbuf *buf;

  if (conn->x_rx.len >= datagrams_allowed(conn) || !octets_fit(conn, p->tot_len)) {
    drop(p, DROP_NETCONN_FULL);
    return NULL;
  }
  buf = netbuf_new();
  if (buf == NULL) {
    drop(p, DROP_NETCONN_MEM);
    return NULL;
  }
  buf->p = buf->ptr = p;
  ip_addr_set(&buf->addr, addr);
  buf->port = port;
  note_destination(conn, buf);
  note_time(buf);
  return buf;
}

void netconn_queue_datagram(struct netconn *conn, struct pbuf *p, const ip_addr_t *addr, u16_t port)
{
  struct lwip_x_netconn_queue *q = &conn->x_rx;
  u16_t len = p->tot_len;
  struct netbuf *buf = datagram(conn, p, addr, port);

  if (buf == NULL) {
    return;
  }
  if (q->len == 0) {
    q->first.buf = buf;
  } else {
    q->last.buf->x_next = buf;
  }
  q->last.buf = buf;
  q->len++;
  octets_come(conn, len);
  netconn_event(conn, NETCONN_EVT_RCVPLUS, len);
  netconn_changed(conn, NETCONN_WAITS_RX);
}

struct netbuf *netconn_take_datagram(struct netconn *conn)
{
  struct lwip_x_netconn_queue *q = &conn->x_rx;
  struct netbuf *buf = q->first.buf;

  q->first.buf = buf->x_next;
  buf->x_next = NULL;
  q->len--;
  octets_go(conn, buf->p->tot_len);
  return buf;
}

static err_t step_recv_datagram(struct api_msg *m)
{
  struct netconn *conn = m->conn;

  if (conn->x_rx.len > 0) {
    m->msg.r.got.buf = netconn_take_datagram(conn);
    netconn_event(conn, NETCONN_EVT_RCVMINUS, m->msg.r.got.buf->p->tot_len);
    return ERR_OK;
  }
  if (conn->pcb.ip == NULL) {
    return netconn_gone(m);
  }
  if (conn->pending_err != ERR_OK) {
    err_t err = conn->pending_err;

    conn->pending_err = ERR_OK;
    return err;
  }
  return netconn_no_wait(conn, m->msg.r.flags) ? ERR_WOULDBLOCK : netconn_wait_for(m, NETCONN_WAITS_RX);
}

err_t netconn_recv_udp_raw_netbuf_flags(struct netconn *conn, struct netbuf **new_buf, u8_t apiflags)
{
  struct api_msg m = { .conn = conn, .step = step_recv_datagram };
  err_t err;

  if (new_buf == NULL) {
    return ERR_ARG;
  }
  *new_buf = NULL;
  if (conn == NULL || netconn_is(conn, NETCONN_TCP)) {
    return ERR_ARG;
  }
  m.timeout = recv_timeout(conn);
  m.msg.r.flags = apiflags;
  err = netconn_call(&m);
  if (err == ERR_OK) {
    *new_buf = m.msg.r.got.buf;
  }
  return err;
}

err_t netconn_recv_udp_raw_netbuf(struct netconn *conn, struct netbuf **new_buf)
{
  return netconn_recv_udp_raw_netbuf_flags(conn, new_buf, 0);
}

err_t netconn_recv(struct netconn *conn, struct netbuf **new_buf)
{
  if (new_buf == NULL) {
    return ERR_ARG;
  }
  *new_buf = NULL;
  if (conn == NULL) {
    return ERR_ARG;
  }
  return netconn_is(conn, NETCONN_TCP) ? recv_text_as_netbuf(conn, new_buf)
                                       : netconn_recv_udp_raw_netbuf(conn, new_buf);
}

void netconn_queue_clear(struct netconn *conn)
{
  if (netconn_is(conn, NETCONN_TCP)) {
    clear_tcp(conn, (conn->x_state & NETCONN_X_LISTENED) != 0);
    return;
  }
  while (conn->x_rx.len > 0) {
    netbuf_delete(netconn_take_datagram(conn));
  }
}

#endif
