/**
 * The TCP application of a node: both roles run the same code.  Each side sends its octets, checks
 * every octet it gets against what the other one was told to send, and ends the connection as its
 * sim_conn says.  Errors that a bad link may cause are retried; any other is a failure.
 */
#include "node.h"
#include "lwip/tcp.h"
#include "lwip/x_tcp.h"
#include <stdio.h>
#include <string.h>

enum { POLL_INTERVAL = 1, GIVE_UP_POLLS = 7200 };

/** What a pcb's argument points to. */
struct end {
  struct sim_conn *c;
  struct sim_side *my;
  struct tcp_pcb *pcb;
  int role; /**< 0 client, 1 server */
};
static struct end ends[SIM_CONNS_MAX][2];
static struct tcp_pcb *listener;
static uint32_t connect_ip;
static uint16_t connect_port;

static err_t on_recv(void *arg, struct tcp_pcb *pcb, struct pbuf *p, err_t err);
static err_t on_sent(void *arg, struct tcp_pcb *pcb, u16_t len);
static err_t on_poll(void *arg, struct tcp_pcb *pcb);
static void on_err(void *arg, err_t err);

static void fail(const struct end *e, const char *what)
{
  char text[128];

  snprintf(text, sizeof(text), "connection %u %s: %s", (unsigned)e->c->id, e->role ? "server" : "client", what);
  node_fail(text);
}

static void trace(const struct end *e, const char *what)
{
  char text[160];

  snprintf(text, sizeof(text), "connection %u %s: %s (queued %u acked %u got %u)", (unsigned)e->c->id,
           e->role ? "server" : "client", what, (unsigned)e->my->queued, (unsigned)e->my->acked, (unsigned)e->my->got);
  node_host->trace(node_config.number, text);
}

static bool all_queued(const struct end *e)
{
  return e->my->queued == e->c->bytes[e->role];
}

static bool all_got(const struct end *e)
{
  return e->my->got == e->c->bytes[!e->role];
}

static void attach(struct end *e, struct tcp_pcb *pcb)
{
  e->pcb = pcb;
  tcp_arg(pcb, e);
  tcp_recv(pcb, on_recv);
  tcp_sent(pcb, on_sent);
  tcp_err(pcb, on_err);
  tcp_poll(pcb, on_poll, POLL_INTERVAL);
  if (e->c->paced) {
    lwip_x_tcp_pacing(pcb, 1);
  }
  if (!e->c->nagle) {
    tcp_nagle_disable(pcb);
  }
}

static void detach(struct tcp_pcb *pcb)
{
  tcp_arg(pcb, NULL);
  tcp_recv(pcb, NULL);
  tcp_sent(pcb, NULL);
  tcp_err(pcb, NULL);
  tcp_poll(pcb, NULL, 0);
}

/** Give room back to the peer, but for @p keep octets: that makes the window smaller. */
static void read_up(struct end *e, uint32_t keep)
{
  uint32_t n = e->my->unread > keep ? e->my->unread - keep : 0;

  e->my->unread -= n;
  while (n > 0 && e->pcb != NULL) {
    u16_t part = (u16_t)(n > 0xffff ? 0xffff : n);

    tcp_recved(e->pcb, part);
    n -= part;
  }
}

static uint32_t kept(const struct end *e)
{
  uint32_t most = TCP_WND_MAX(e->pcb), window = LWIP_MAX(e->c->window[e->role], TCP_MSS);

  return e->c->window[e->role] != 0 && window < most ? most - window : 0;
}

static void fill(struct end *e)
{
  const struct sim_conn *c = e->c;
  u8_t flags = c->copy[e->role] ? TCP_WRITE_FLAG_COPY : 0;

  while (!all_queued(e)) {
    uint32_t n = c->bytes[e->role] - e->my->queued;

    n = LWIP_MIN(n, c->chunk[e->role]);
    n = LWIP_MIN(n, tcp_sndbuf(e->pcb));
    if (n == 0 || tcp_write(e->pcb, c->data[e->role] + e->my->queued, (u16_t)n, flags) != ERR_OK) {
      break;
    }
    e->my->queued += n;
    e->my->idle = 0;
  }
  tcp_output(e->pcb);
}

/** Close for good; tried again from poll while there is no memory for the FIN. */
static void finish(struct end *e)
{
  struct tcp_pcb *pcb = e->pcb;

  read_up(e, 0);
  detach(pcb);
  if (tcp_close(pcb) != ERR_OK) {
    attach(e, pcb);
    return;
  }
  e->pcb = NULL;
  e->my->closed = true;
  trace(e, "closed");
}

static bool wants_to_close(const struct end *e)
{
  switch (e->c->end) {
    case SIM_END_BOTH:
      return all_queued(e) && all_got(e);
    case SIM_END_HALF:
      return e->my->shut && e->my->fin_seen;
    case SIM_END_CUT:
      return e->my->cut || (all_queued(e) && e->my->fin_seen);
    default:
      return all_queued(e) && (e->my->fin_seen || (e->c->ender == e->role && all_got(e)));
  }
}

/** Whatever can be done now: send, shut, close. */
static void progress(struct end *e)
{
  if (!e->my->opened) {
    return;
  }
  if (!e->my->cut) {
    fill(e);
  }
  if (e->c->end == SIM_END_HALF && all_queued(e) && !e->my->shut) {
    e->my->shut = tcp_shutdown(e->pcb, 0, 1) == ERR_OK;
  }
  if (wants_to_close(e)) {
    finish(e);
  }
}

static bool abort_now(const struct end *e)
{
  return e->c->end == SIM_END_ABORT && e->c->ender == e->role && e->my->got >= e->c->abort_after;
}

static void abandon(struct end *e)
{
  struct tcp_pcb *pcb = e->pcb;

  trace(e, "aborts");
  detach(pcb);
  e->pcb = NULL;
  e->my->closed = true;
  tcp_abort(pcb);
}

void node_tcp_stop(struct sim_conn *c, int role)
{
  struct end *e = &ends[c->id][role];

  c->bytes[role] = c->side[role].queued;
  c->abort_after = LWIP_MIN(c->abort_after, c->bytes[!c->ender]);
  if (e->pcb != NULL) {
    progress(e);
  }
}

/** What is queued is still to arrive if this side closes; one that is not open yet ends when it is. */
void node_tcp_cut(struct sim_conn *c, int role)
{
  struct end *e = &ends[c->id][role];

  if (c->end == SIM_END_ABORT) {
    c->abort_after = 0;
    if (e->pcb != NULL) {
      abandon(e);
    }
    return;
  }
  c->side[role].cut = true;
  c->bytes[role] = c->side[role].queued;
  if (e->pcb != NULL) {
    finish(e);
  }
}

static void check_text(struct end *e, const struct pbuf *p)
{
  const struct sim_conn *c = e->c;
  int from = !e->role;

  for (; p != NULL; p = p->next) {
    if (e->my->got + p->len > c->bytes[from]) {
      fail(e, "more octets than were sent");
      return;
    }
    if (memcmp(p->payload, c->data[from] + e->my->got, p->len) != 0) {
      fail(e, "wrong octets");
      return;
    }
    e->my->got += p->len;
  }
}

static err_t on_recv(void *arg, struct tcp_pcb *pcb, struct pbuf *p, err_t err)
{
  struct end *e = arg;

  LWIP_UNUSED_ARG(err);
  if (e == NULL || e->pcb != pcb) {
    node_fail("recv callback for a detached pcb");
    return ERR_OK;
  }
  e->my->idle = 0;
  if (p == NULL) {
    e->my->fin_seen = true;
    if (!all_got(e)) {
      fail(e, "FIN before the last octet");
    }
  } else {
    check_text(e, p);
    e->my->unread += p->tot_len;
    pbuf_free(p);
    if (!e->c->slow[e->role]) {
      read_up(e, kept(e));
    }
  }
  if (abort_now(e)) {
    abandon(e);
    return ERR_ABRT;
  }
  progress(e);
  return ERR_OK;
}

static err_t on_sent(void *arg, struct tcp_pcb *pcb, u16_t len)
{
  struct end *e = arg;

  if (e == NULL || e->pcb != pcb) {
    node_fail("sent callback for a detached pcb");
    return ERR_OK;
  }
  e->my->idle = 0;
  e->my->acked += len;
  if (e->my->acked > e->my->queued) {
    fail(e, "more octets acknowledged than queued");
  }
  progress(e);
  return ERR_OK;
}

static err_t on_poll(void *arg, struct tcp_pcb *pcb)
{
  struct end *e = arg;

  if (e == NULL || e->pcb != pcb) {
    node_fail("poll callback for a detached pcb");
    return ERR_OK;
  }
  read_up(e, kept(e));
  if (abort_now(e) || ++e->my->idle > GIVE_UP_POLLS) {
    if (e->c->end != SIM_END_ABORT && e->c->end != SIM_END_CUT && !node_starves()) {
      fail(e, "no progress for an hour");
    }
    abandon(e);
    return ERR_ABRT;
  }
  progress(e);
  return ERR_OK;
}

/** A connection that never opened is tried again: the SYNs may all have been lost. */
static void on_err(void *arg, err_t err)
{
  struct end *e = arg;

  if (e == NULL) {
    node_fail("err callback without its argument");
    return;
  }
  e->pcb = NULL;
  e->my->err = err;
  if (e->role == 0 && !e->my->opened && e->my->attempts < 15) {
    trace(e, "connecting again");
    node_tcp_connect(e->c, connect_ip, connect_port);
    return;
  }
  e->my->failed = true;
  trace(e, "error");
}

static void keep_alive(struct tcp_pcb *pcb, const struct sim_conn *c)
{
  if (c->end != SIM_END_ABORT && c->end != SIM_END_CUT) {
    return;
  }
  ip_set_option(pcb, SOF_KEEPALIVE);
  pcb->keep_idle = 20000;
  pcb->keep_intvl = 5000;
  pcb->keep_cnt = 12;
}

static err_t on_connected(void *arg, struct tcp_pcb *pcb, err_t err)
{
  struct end *e = arg;

  LWIP_UNUSED_ARG(err);
  e->my->opened = true;
  keep_alive(pcb, e->c);
  if (abort_now(e)) {
    abandon(e);
    return ERR_ABRT;
  }
  progress(e);
  return ERR_OK;
}

static struct end *end_of_peer(const struct tcp_pcb *pcb)
{
  uint32_t id = SIM_CLIENT_ID(pcb->remote_port);

  if (id >= (uint32_t)node_n_conns || node_conns[id].server != node_config.number) {
    return NULL;
  }
  return &ends[id][1];
}

static err_t on_accept(void *arg, struct tcp_pcb *pcb, err_t err)
{
  struct end *e;

  LWIP_UNUSED_ARG(arg);
  if (err != ERR_OK || pcb == NULL) {
    return ERR_VAL;
  }
  e = end_of_peer(pcb);
  if (e == NULL) {
    node_fail("accepted a connection nobody made");
    return ERR_VAL;
  }
  e->c = &node_conns[SIM_CLIENT_ID(pcb->remote_port)];
  e->role = 1;
  e->my = &e->c->side[1];
  if (e->my->opened) {
    node_fail("accepted the same connection twice");
    return ERR_VAL;
  }
  e->my->opened = true;
  attach(e, pcb);
  keep_alive(pcb, e->c);
  if (abort_now(e)) {
    abandon(e);
    return ERR_ABRT;
  }
  progress(e);
  return ERR_OK;
}

void node_tcp_listen(uint16_t port)
{
  struct tcp_pcb *pcb = tcp_new_ip_type(IPADDR_TYPE_ANY);

  if (pcb == NULL || tcp_bind(pcb, IP_ANY_TYPE, port) != ERR_OK) {
    node_fail("listen");
    return;
  }
  listener = tcp_listen(pcb);
  if (listener == NULL) {
    node_fail("listen");
    return;
  }
  tcp_accept(listener, on_accept);
}

/** Without memory for a pcb the host asks again later (side.attempts stays). */
void node_tcp_connect(struct sim_conn *c, uint32_t server_ip, uint16_t server_port)
{
  struct end *e = &ends[c->id][0];
  struct tcp_pcb *pcb = tcp_new_ip_type(IPADDR_TYPE_ANY);
  const ip_addr_t to = node_address(server_ip);

  connect_ip = server_ip;
  connect_port = server_port;
  e->c = c;
  e->role = 0;
  e->my = &c->side[0];
  e->my->failed = true;
  if (pcb == NULL) {
    return;
  }
  e->my->attempts++;
  attach(e, pcb);
  if (c->autosize) {
    lwip_x_tcp_autosize(pcb, LWIP_MIN(2 * TCP_MSS, TCP_WND), 2 * TCP_MSS);
  }
  if (tcp_bind(pcb, IP_ANY_TYPE, SIM_CLIENT_PORT(c->id, e->my->attempts)) != ERR_OK ||
      tcp_connect(pcb, &to, server_port, on_connected) != ERR_OK) {
    detach(pcb);
    e->pcb = NULL;
    tcp_abort(pcb);
    return;
  }
  e->my->failed = false;
}

void node_tcp_check(void)
{
  int i, role;

  for (i = 0; i < node_n_conns; i++) {
    for (role = 0; role < 2; role++) {
      const struct end *e = &ends[i][role];

      if (e->pcb == NULL) {
        continue;
      }
      /* a segment split for a small window or a new option counts its second half too */
      if (tcp_sndqueuelen(e->pcb) > 2 * TCP_SND_QUEUELEN) {
        fail(e, "send queue over its bound");
      }
      if (tcp_sndbuf(e->pcb) > TCP_SND_BUF) {
        fail(e, "send buffer over its bound");
      }
    }
  }
}

void node_tcp_shut(void)
{
  if (listener != NULL) {
    tcp_close(listener);
    listener = NULL;
  }
}
