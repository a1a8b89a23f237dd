/**
 * Connections in layers: each public function is a call into the layer's table (lwip/priv/altcp_priv.h), and each
 * altcp_default_*() the same call on the layer below.
 */
#include "lwip/altcp.h"

#if LWIP_ALTCP

#include "lwip/altcp_tcp.h"
#include "lwip/memp.h"
#include "lwip/priv/altcp_priv.h"
#include "lwip/tcp.h"
#include <string.h>

struct altcp_pcb *altcp_alloc(void)
{
  struct altcp_pcb *conn = (struct altcp_pcb *)memp_malloc(MEMP_ALTCP_PCB);

  if (conn != NULL) {
    memset(conn, 0, sizeof *conn);
  }
  return conn;
}

void altcp_free(struct altcp_pcb *conn)
{
  if (conn == NULL) {
    return;
  }
  if (conn->fns != NULL && conn->fns->dealloc != NULL) {
    conn->fns->dealloc(conn);
  }
  memp_free(MEMP_ALTCP_PCB, conn);
}

/* The application's side: its callbacks are members. */

void altcp_arg(struct altcp_pcb *conn, void *arg)
{
  if (conn != NULL) {
    conn->arg = arg;
  }
}

void altcp_accept(struct altcp_pcb *conn, altcp_accept_fn accept)
{
  if (conn != NULL) {
    conn->accept = accept;
  }
}

void altcp_recv(struct altcp_pcb *conn, altcp_recv_fn recv)
{
  if (conn != NULL) {
    conn->recv = recv;
  }
}

void altcp_sent(struct altcp_pcb *conn, altcp_sent_fn sent)
{
  if (conn != NULL) {
    conn->sent = sent;
  }
}

void altcp_err(struct altcp_pcb *conn, altcp_err_fn err)
{
  if (conn != NULL) {
    conn->err = err;
  }
}

void altcp_poll(struct altcp_pcb *conn, altcp_poll_fn poll, u8_t interval)
{
  if (conn == NULL) {
    return;
  }
  conn->poll = poll;
  conn->pollinterval = interval;
  if (conn->fns != NULL && conn->fns->set_poll != NULL) {
    conn->fns->set_poll(conn, interval);
  }
}

/* Calls into the layer. */

#define HAS(conn, fn) ((conn) != NULL && (conn)->fns != NULL && (conn)->fns->fn != NULL)

void altcp_recved(struct altcp_pcb *conn, u16_t len)
{
  if (HAS(conn, recved)) {
    conn->fns->recved(conn, len);
  }
}

err_t altcp_bind(struct altcp_pcb *conn, const ip_addr_t *ipaddr, u16_t port)
{
  return HAS(conn, bind) ? conn->fns->bind(conn, ipaddr, port) : ERR_VAL;
}

err_t altcp_connect(struct altcp_pcb *conn, const ip_addr_t *ipaddr, u16_t port, altcp_connected_fn connected)
{
  return HAS(conn, connect) ? conn->fns->connect(conn, ipaddr, port, connected) : ERR_VAL;
}

struct altcp_pcb *altcp_listen_with_backlog_and_err(struct altcp_pcb *conn, u8_t backlog, err_t *err)
{
  if (HAS(conn, listen)) {
    return conn->fns->listen(conn, backlog, err);
  }
  if (err != NULL) {
    *err = ERR_VAL;
  }
  return NULL;
}

void altcp_abort(struct altcp_pcb *conn)
{
  if (HAS(conn, abort)) {
    conn->fns->abort(conn);
  }
}

err_t altcp_close(struct altcp_pcb *conn)
{
  return HAS(conn, close) ? conn->fns->close(conn) : ERR_VAL;
}

err_t altcp_shutdown(struct altcp_pcb *conn, int shut_rx, int shut_tx)
{
  return HAS(conn, shutdown) ? conn->fns->shutdown(conn, shut_rx, shut_tx) : ERR_VAL;
}

err_t altcp_write(struct altcp_pcb *conn, const void *dataptr, u16_t len, u8_t apiflags)
{
  return HAS(conn, write) ? conn->fns->write(conn, dataptr, len, apiflags) : ERR_VAL;
}

err_t altcp_output(struct altcp_pcb *conn)
{
  return HAS(conn, output) ? conn->fns->output(conn) : ERR_VAL;
}

u16_t altcp_mss(struct altcp_pcb *conn)
{
  return HAS(conn, mss) ? conn->fns->mss(conn) : 0;
}

u16_t altcp_sndbuf(struct altcp_pcb *conn)
{
  return HAS(conn, sndbuf) ? conn->fns->sndbuf(conn) : 0;
}

u16_t altcp_sndqueuelen(struct altcp_pcb *conn)
{
  return HAS(conn, sndqueuelen) ? conn->fns->sndqueuelen(conn) : 0;
}

void altcp_nagle_disable(struct altcp_pcb *conn)
{
  if (HAS(conn, nagle_disable)) {
    conn->fns->nagle_disable(conn);
  }
}

void altcp_nagle_enable(struct altcp_pcb *conn)
{
  if (HAS(conn, nagle_enable)) {
    conn->fns->nagle_enable(conn);
  }
}

int altcp_nagle_disabled(struct altcp_pcb *conn)
{
  return HAS(conn, nagle_disabled) ? conn->fns->nagle_disabled(conn) : 0;
}

void altcp_setprio(struct altcp_pcb *conn, u8_t prio)
{
  if (HAS(conn, setprio)) {
    conn->fns->setprio(conn, prio);
  }
}

err_t altcp_get_tcp_addrinfo(struct altcp_pcb *conn, int local, ip_addr_t *addr, u16_t *port)
{
  return HAS(conn, addrinfo) ? conn->fns->addrinfo(conn, local, addr, port) : ERR_VAL;
}

ip_addr_t *altcp_get_ip(struct altcp_pcb *conn, int local)
{
  return HAS(conn, getip) ? conn->fns->getip(conn, local) : NULL;
}

u16_t altcp_get_port(struct altcp_pcb *conn, int local)
{
  return HAS(conn, getport) ? conn->fns->getport(conn, local) : 0;
}

#if LWIP_TCP_KEEPALIVE

void altcp_keepalive_disable(struct altcp_pcb *conn)
{
  if (HAS(conn, keepalive_disable)) {
    conn->fns->keepalive_disable(conn);
  }
}

void altcp_keepalive_enable(struct altcp_pcb *conn, u32_t idle, u32_t intvl, u32_t count)
{
  if (HAS(conn, keepalive_enable)) {
    conn->fns->keepalive_enable(conn, idle, intvl, count);
  }
}

void altcp_default_keepalive_disable(struct altcp_pcb *conn)
{
  altcp_keepalive_disable(conn->inner_conn);
}

void altcp_default_keepalive_enable(struct altcp_pcb *conn, u32_t idle, u32_t intvl, u32_t count)
{
  altcp_keepalive_enable(conn->inner_conn, idle, intvl, count);
}

#endif

#ifdef LWIP_DEBUG

enum tcp_state altcp_dbg_get_tcp_state(struct altcp_pcb *conn)
{
  return HAS(conn, dbg_get_tcp_state) ? conn->fns->dbg_get_tcp_state(conn) : CLOSED;
}

enum tcp_state altcp_default_dbg_get_tcp_state(struct altcp_pcb *conn)
{
  return altcp_dbg_get_tcp_state(conn->inner_conn);
}

#endif

/* The layer below. */

void altcp_default_set_poll(struct altcp_pcb *conn, u8_t interval)
{
  if (conn->inner_conn != NULL) {
    altcp_poll(conn->inner_conn, conn->inner_conn->poll, interval);
  }
}

void altcp_default_recved(struct altcp_pcb *conn, u16_t len)
{
  altcp_recved(conn->inner_conn, len);
}

err_t altcp_default_bind(struct altcp_pcb *conn, const ip_addr_t *ipaddr, u16_t port)
{
  return altcp_bind(conn->inner_conn, ipaddr, port);
}

err_t altcp_default_shutdown(struct altcp_pcb *conn, int shut_rx, int shut_tx)
{
  return altcp_shutdown(conn->inner_conn, shut_rx, shut_tx);
}

err_t altcp_default_write(struct altcp_pcb *conn, const void *dataptr, u16_t len, u8_t apiflags)
{
  return altcp_write(conn->inner_conn, dataptr, len, apiflags);
}

err_t altcp_default_output(struct altcp_pcb *conn)
{
  return altcp_output(conn->inner_conn);
}

u16_t altcp_default_mss(struct altcp_pcb *conn)
{
  return altcp_mss(conn->inner_conn);
}

u16_t altcp_default_sndbuf(struct altcp_pcb *conn)
{
  return altcp_sndbuf(conn->inner_conn);
}

u16_t altcp_default_sndqueuelen(struct altcp_pcb *conn)
{
  return altcp_sndqueuelen(conn->inner_conn);
}

void altcp_default_nagle_disable(struct altcp_pcb *conn)
{
  altcp_nagle_disable(conn->inner_conn);
}

void altcp_default_nagle_enable(struct altcp_pcb *conn)
{
  altcp_nagle_enable(conn->inner_conn);
}

int altcp_default_nagle_disabled(struct altcp_pcb *conn)
{
  return altcp_nagle_disabled(conn->inner_conn);
}

void altcp_default_setprio(struct altcp_pcb *conn, u8_t prio)
{
  altcp_setprio(conn->inner_conn, prio);
}

/** The layer below is freed by its own owner. */
void altcp_default_dealloc(struct altcp_pcb *conn)
{
  LWIP_UNUSED_ARG(conn);
}

err_t altcp_default_get_tcp_addrinfo(struct altcp_pcb *conn, int local, ip_addr_t *addr, u16_t *port)
{
  return altcp_get_tcp_addrinfo(conn->inner_conn, local, addr, port);
}

ip_addr_t *altcp_default_get_ip(struct altcp_pcb *conn, int local)
{
  return altcp_get_ip(conn->inner_conn, local);
}

u16_t altcp_default_get_port(struct altcp_pcb *conn, int local)
{
  return altcp_get_port(conn->inner_conn, local);
}

#endif
