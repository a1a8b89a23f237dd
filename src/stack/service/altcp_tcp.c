/**
 * The bottom layer: a struct altcp_pcb whose state is a struct tcp_pcb.  The tie between the two is undone by untie()
 * or by TCP's own error callback, and nowhere else, so that no callback of TCP can reach a freed layer.
 */
#include "lwip/altcp_tcp.h"

#if LWIP_ALTCP

#include "lwip/priv/altcp_priv.h"
#include "lwip/tcp.h"
#include <stdbool.h>

static struct tcp_pcb *pcb_of(const struct altcp_pcb *conn)
{
  return (struct tcp_pcb *)conn->state;
}

static bool is_listener(const struct tcp_pcb *pcb)
{
  return pcb->state == LISTEN;
}

/** The pcb if it is a whole one: a listener has the first members only.  NULL: it is not, or it is gone. */
static struct tcp_pcb *whole(const struct altcp_pcb *conn)
{
  struct tcp_pcb *pcb = pcb_of(conn);

  return pcb != NULL && !is_listener(pcb) ? pcb : NULL;
}

/* What TCP calls. */

static err_t on_recv(void *arg, struct tcp_pcb *pcb, struct pbuf *p, err_t err)
{
  struct altcp_pcb *conn = (struct altcp_pcb *)arg;

  if (conn->recv != NULL) {
    return conn->recv(conn->arg, conn, p, err);
  }
  if (p != NULL) {
    tcp_recved(pcb, p->tot_len);
    pbuf_free(p);
    return ERR_OK;
  }
  return altcp_close(conn); /* nobody cares: do as TCP does without a callback */
}

static err_t on_sent(void *arg, struct tcp_pcb *pcb, u16_t len)
{
  struct altcp_pcb *conn = (struct altcp_pcb *)arg;

  LWIP_UNUSED_ARG(pcb);
  return conn->sent != NULL ? conn->sent(conn->arg, conn, len) : ERR_OK;
}

static err_t on_poll(void *arg, struct tcp_pcb *pcb)
{
  struct altcp_pcb *conn = (struct altcp_pcb *)arg;

  LWIP_UNUSED_ARG(pcb);
  return conn->poll != NULL ? conn->poll(conn->arg, conn) : ERR_OK;
}

static void on_err(void *arg, err_t err)
{
  struct altcp_pcb *conn = (struct altcp_pcb *)arg;
  altcp_err_fn tell;
  void *tell_arg;

  if (conn == NULL) {
    return;
  }
  tell = conn->err;
  tell_arg = conn->arg;
  conn->state = NULL; /* the pcb is gone already */
  altcp_free(conn);
  if (tell != NULL) {
    tell(tell_arg, err);
  }
}

static err_t on_connected(void *arg, struct tcp_pcb *pcb, err_t err)
{
  struct altcp_pcb *conn = (struct altcp_pcb *)arg;

  LWIP_UNUSED_ARG(pcb);
  return conn->connected != NULL ? conn->connected(conn->arg, conn, err) : ERR_OK;
}

static const struct altcp_functions functions;

static err_t on_accept(void *arg, struct tcp_pcb *new_pcb, err_t err);

static void tie(struct altcp_pcb *conn, struct tcp_pcb *pcb)
{
  conn->state = pcb;
  conn->fns = &functions;
  tcp_arg(pcb, conn);
  if (is_listener(pcb)) {
    tcp_accept(pcb, on_accept);
    return;
  }
  tcp_recv(pcb, on_recv);
  tcp_sent(pcb, on_sent);
  tcp_err(pcb, on_err);
  if (conn->poll != NULL) {
    tcp_poll(pcb, on_poll, conn->pollinterval);
  }
}

static void untie(struct altcp_pcb *conn)
{
  struct tcp_pcb *pcb = pcb_of(conn);

  tcp_arg(pcb, NULL);
  if (!is_listener(pcb)) {
    tcp_recv(pcb, NULL);
    tcp_sent(pcb, NULL);
    tcp_err(pcb, NULL);
    tcp_poll(pcb, NULL, pcb->pollinterval);
  } else {
    tcp_accept(pcb, NULL);
  }
  conn->state = NULL;
}

static err_t on_accept(void *arg, struct tcp_pcb *new_pcb, err_t err)
{
  struct altcp_pcb *listener = (struct altcp_pcb *)arg, *conn;

  if (new_pcb == NULL) {
    return ERR_VAL;
  }
  if (listener == NULL || listener->accept == NULL) {
    return ERR_ARG;
  }
  conn = altcp_tcp_wrap(new_pcb);
  if (conn == NULL) {
    return ERR_MEM;
  }
  return listener->accept(listener->arg, conn, err);
}

/* The layer's functions.  Each tolerates a connection whose pcb is gone. */

static void do_set_poll(struct altcp_pcb *conn, u8_t interval)
{
  if (whole(conn) != NULL) {
    tcp_poll(pcb_of(conn), on_poll, interval);
  }
}

static void do_recved(struct altcp_pcb *conn, u16_t len)
{
  if (whole(conn) != NULL) {
    tcp_recved(pcb_of(conn), len);
  }
}

static err_t do_bind(struct altcp_pcb *conn, const ip_addr_t *ipaddr, u16_t port)
{
  return conn->state != NULL ? tcp_bind(pcb_of(conn), ipaddr, port) : ERR_VAL;
}

static err_t do_connect(struct altcp_pcb *conn, const ip_addr_t *ipaddr, u16_t port, altcp_connected_fn connected)
{
  if (conn->state == NULL) {
    return ERR_VAL;
  }
  conn->connected = connected;
  return tcp_connect(pcb_of(conn), ipaddr, port, on_connected);
}

/** TCP gives a listener in place of the pcb; the connection stays the same. */
static struct altcp_pcb *do_listen(struct altcp_pcb *conn, u8_t backlog, err_t *err)
{
  struct tcp_pcb *listener;

  if (conn->state == NULL) {
    return NULL;
  }
  listener = tcp_listen_with_backlog_and_err(pcb_of(conn), backlog, err);
  if (listener == NULL) {
    return NULL;
  }
  tie(conn, listener);
  return conn;
}

/** The error callback runs, as it does for tcp_abort(), and frees the connection. */
static void do_abort(struct altcp_pcb *conn)
{
  if (conn->state != NULL) {
    tcp_abort(pcb_of(conn));
  }
}

static err_t do_close(struct altcp_pcb *conn)
{
  struct tcp_pcb *pcb = pcb_of(conn);
  err_t err;

  if (pcb == NULL) {
    altcp_free(conn);
    return ERR_OK;
  }
  untie(conn);
  err = tcp_close(pcb);
  if (err != ERR_OK) { /* still ours: the caller will try again */
    tie(conn, pcb);
    return err;
  }
  altcp_free(conn);
  return ERR_OK;
}

static err_t do_shutdown(struct altcp_pcb *conn, int shut_rx, int shut_tx)
{
  if (conn->state == NULL) {
    return ERR_VAL;
  }
  if (shut_rx && shut_tx) {
    return do_close(conn);
  }
  return tcp_shutdown(pcb_of(conn), shut_rx, shut_tx);
}

static err_t do_write(struct altcp_pcb *conn, const void *dataptr, u16_t len, u8_t apiflags)
{
  return conn->state != NULL ? tcp_write(pcb_of(conn), dataptr, len, apiflags) : ERR_VAL;
}

static err_t do_output(struct altcp_pcb *conn)
{
  return conn->state != NULL ? tcp_output(pcb_of(conn)) : ERR_VAL;
}

static u16_t do_mss(struct altcp_pcb *conn)
{
  return whole(conn) != NULL ? tcp_mss(pcb_of(conn)) : 0;
}

static u16_t do_sndbuf(struct altcp_pcb *conn)
{
  return whole(conn) != NULL ? (u16_t)tcp_sndbuf(pcb_of(conn)) : 0;
}

static u16_t do_sndqueuelen(struct altcp_pcb *conn)
{
  return whole(conn) != NULL ? tcp_sndqueuelen(pcb_of(conn)) : 0;
}

static void do_nagle_disable(struct altcp_pcb *conn)
{
  if (whole(conn) != NULL) {
    tcp_nagle_disable(pcb_of(conn));
  }
}

static void do_nagle_enable(struct altcp_pcb *conn)
{
  if (whole(conn) != NULL) {
    tcp_nagle_enable(pcb_of(conn));
  }
}

static int do_nagle_disabled(struct altcp_pcb *conn)
{
  return whole(conn) != NULL ? tcp_nagle_disabled(pcb_of(conn)) != 0 : 0;
}

static void do_setprio(struct altcp_pcb *conn, u8_t prio)
{
  if (conn->state != NULL) {
    tcp_setprio(pcb_of(conn), prio);
  }
}

static err_t do_addrinfo(struct altcp_pcb *conn, int local, ip_addr_t *addr, u16_t *port)
{
  return conn->state != NULL ? tcp_tcp_get_tcp_addrinfo(pcb_of(conn), local, addr, port) : ERR_VAL;
}

static ip_addr_t *do_getip(struct altcp_pcb *conn, int local)
{
  struct tcp_pcb *pcb = pcb_of(conn);

  if (pcb == NULL || (!local && is_listener(pcb))) {
    return NULL;
  }
  return local ? &pcb->local_ip : &pcb->remote_ip;
}

static u16_t do_getport(struct altcp_pcb *conn, int local)
{
  struct tcp_pcb *pcb = pcb_of(conn);

  if (pcb == NULL || (!local && is_listener(pcb))) {
    return 0;
  }
  return local ? pcb->local_port : pcb->remote_port;
}

#if LWIP_TCP_KEEPALIVE

static void do_keepalive_disable(struct altcp_pcb *conn)
{
  if (conn->state != NULL) {
    ip_reset_option(pcb_of(conn), SOF_KEEPALIVE);
  }
}

static void do_keepalive_enable(struct altcp_pcb *conn, u32_t idle, u32_t intvl, u32_t count)
{
  struct tcp_pcb *pcb = whole(conn);

  if (pcb == NULL) {
    return;
  }
  ip_set_option(pcb, SOF_KEEPALIVE);
  pcb->keep_idle = idle != 0 ? idle : pcb->keep_idle;
  pcb->keep_intvl = intvl != 0 ? intvl : pcb->keep_intvl;
  pcb->keep_cnt = count != 0 ? count : pcb->keep_cnt;
}

#endif

#ifdef LWIP_DEBUG
static enum tcp_state do_get_state(struct altcp_pcb *conn)
{
  return conn->state != NULL ? pcb_of(conn)->state : CLOSED;
}
#endif

static const struct altcp_functions functions = {
  .set_poll = do_set_poll,
  .recved = do_recved,
  .bind = do_bind,
  .connect = do_connect,
  .listen = do_listen,
  .abort = do_abort,
  .close = do_close,
  .shutdown = do_shutdown,
  .write = do_write,
  .output = do_output,
  .mss = do_mss,
  .sndbuf = do_sndbuf,
  .sndqueuelen = do_sndqueuelen,
  .nagle_disable = do_nagle_disable,
  .nagle_enable = do_nagle_enable,
  .nagle_disabled = do_nagle_disabled,
  .setprio = do_setprio,
  .addrinfo = do_addrinfo,
  .getip = do_getip,
  .getport = do_getport,
#if LWIP_TCP_KEEPALIVE
  .keepalive_disable = do_keepalive_disable,
  .keepalive_enable = do_keepalive_enable,
#endif
#ifdef LWIP_DEBUG
  .dbg_get_tcp_state = do_get_state,
#endif
};

struct altcp_pcb *altcp_tcp_wrap(struct tcp_pcb *tpcb)
{
  struct altcp_pcb *conn;

  if (tpcb == NULL) {
    return NULL;
  }
  conn = altcp_alloc();
  if (conn != NULL) {
    tie(conn, tpcb);
  }
  return conn;
}

struct altcp_pcb *altcp_tcp_new_ip_type(u8_t ip_type)
{
  struct tcp_pcb *pcb = tcp_new_ip_type(ip_type);
  struct altcp_pcb *conn = altcp_tcp_wrap(pcb);

  if (conn == NULL && pcb != NULL) {
    tcp_close(pcb);
  }
  return conn;
}

struct altcp_pcb *altcp_tcp_alloc(void *arg, u8_t ip_type)
{
  LWIP_UNUSED_ARG(arg);
  return altcp_tcp_new_ip_type(ip_type);
}

#endif
