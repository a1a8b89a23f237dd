/**
 * The calls a script makes and what it expects of the callbacks.  One "current" TCP connection: the
 * last one made or accepted; `use LOCAL REMOTE` goes back to an earlier one by its ports.
 */
#include "script.h"
#include "lwip/x_tcp.h"
#include "lwip/dhcp.h"
#include "lwip/dns.h"
#include "lwip/etharp.h"
#include "lwip/igmp.h"
#include "lwip/icmp.h"
#include "lwip/netif.h"
#include "lwip/stats.h"
#include "lwip/tcp.h"
#include "lwip/timeouts.h"
#include "lwip/udp.h"
#include "lwip/x_drop.h"
#include <stdio.h>
#include <string.h>

enum { CONNS = 32, WRITE_MAX = 200000 };

extern struct netif script_netif;

/** A connection as the script sees it. */
struct conn {
  struct tcp_pcb *pcb;
  u16_t local, remote;
  uint32_t written; /**< octets given to tcp_write(): the next relative number is 1 + written */
  uint32_t got, sent, unread;
  bool connected, accepted, fin, failed, closed;
  bool manual_read; /**< the script calls recved itself */
  bool abort_in_recv, close_in_recv, refuse;
  err_t err;
  unsigned polls;
};
static struct conn conns[CONNS];
static int n_conns;
static struct conn *cur;
static struct tcp_pcb *listener;
static struct udp_pcb *udp;
static uint32_t udp_got, udp_count, opened;
static bool manual_read_next, refuse_next;
static uint8_t lent[WRITE_MAX];
static ip_addr_t dns_result;
static int dns_done;

/* ------------------------------------------------------------------ callbacks */

static void check_text(struct conn *c, const struct pbuf *p)
{
  u16_t i;

  for (; p != NULL; p = p->next) {
    for (i = 0; i < p->len; i++) {
      if (((const u8_t *)p->payload)[i] != octet_at(1 + c->got + i)) {
        fail("wrong octet %u received", (unsigned)(c->got + i));
      }
    }
    c->got += p->len;
  }
}

static err_t on_recv(void *arg, struct tcp_pcb *pcb, struct pbuf *p, err_t err)
{
  struct conn *c = arg;
  u16_t len;

  LWIP_UNUSED_ARG(err);
  if (p == NULL) {
    c->fin = true;
    return ERR_OK;
  }
  if (c->refuse) {
    return ERR_MEM;
  }
  len = p->tot_len;
  check_text(c, p);
  pbuf_free(p);
  if (c->abort_in_recv) {
    c->pcb = NULL;
    c->closed = true;
    tcp_abort(pcb);
    return ERR_ABRT;
  }
  if (c->manual_read) {
    c->unread += len;
  } else {
    tcp_recved(pcb, len);
  }
  if (c->close_in_recv) {
    tcp_arg(pcb, NULL);
    tcp_recv(pcb, NULL);
    tcp_err(pcb, NULL);
    tcp_sent(pcb, NULL);
    c->pcb = NULL;
    c->closed = true;
    tcp_close(pcb);
  }
  return ERR_OK;
}

static err_t on_sent(void *arg, struct tcp_pcb *pcb, u16_t len)
{
  struct conn *c = arg;

  LWIP_UNUSED_ARG(pcb);
  c->sent += len;
  return ERR_OK;
}

static err_t on_poll(void *arg, struct tcp_pcb *pcb)
{
  struct conn *c = arg;

  LWIP_UNUSED_ARG(pcb);
  c->polls++;
  return ERR_OK;
}

static void on_err(void *arg, err_t err)
{
  struct conn *c = arg;

  c->pcb = NULL;
  c->failed = true;
  c->err = err;
}

static struct conn *new_conn(struct tcp_pcb *pcb)
{
  if (n_conns == CONNS) {
    fail("too many connections");
  }
  cur = &conns[n_conns++];
  cur->pcb = pcb;
  cur->manual_read = manual_read_next;
  cur->refuse = refuse_next;
  tcp_arg(pcb, cur);
  tcp_recv(pcb, on_recv);
  tcp_sent(pcb, on_sent);
  tcp_err(pcb, on_err);
  return cur;
}

static err_t on_connected(void *arg, struct tcp_pcb *pcb, err_t err)
{
  struct conn *c = arg;

  LWIP_UNUSED_ARG(pcb);
  c->connected = err == ERR_OK;
  return ERR_OK;
}

static err_t on_accept(void *arg, struct tcp_pcb *pcb, err_t err)
{
  struct conn *c;

  LWIP_UNUSED_ARG(arg);
  if (err != ERR_OK || pcb == NULL) {
    return ERR_VAL;
  }
  c = new_conn(pcb);
  c->accepted = true;
  c->local = pcb->local_port;
  c->remote = pcb->remote_port;
  return ERR_OK;
}

static void on_datagram(void *arg, struct udp_pcb *pcb, struct pbuf *p, const ip_addr_t *addr, u16_t port)
{
  u16_t i;

  for (i = 0; i < p->tot_len; i++) {
    if (pbuf_get_at(p, i) != octet_at(i)) {
      fail("wrong octet %u in a datagram received", i);
    }
  }
  udp_got = p->tot_len;
  udp_count++;
  if (arg != NULL) {
    udp_sendto(pcb, p, addr, port);
  }
  pbuf_free(p);
}

/* ------------------------------------------------------------------ TCP calls */

static void want(err_t err, struct line *l, const char *what)
{
  static const struct {
    const char *name;
    err_t err;
  } names[] = { { "ok", ERR_OK },     { "mem", ERR_MEM }, { "conn", ERR_CONN }, { "arg", ERR_ARG },
                { "use", ERR_USE },   { "val", ERR_VAL }, { "rte", ERR_RTE },   { "isconn", ERR_ISCONN },
                { "clsd", ERR_CLSD }, { "rst", ERR_RST }, { "abrt", ERR_ABRT }, { "buf", ERR_BUF } };
  err_t expected = ERR_OK;
  size_t i;

  if (line_take(l, "=")) {
    const char *w = line_next(l);

    for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
      if (w != NULL && strcmp(names[i].name, w) == 0) {
        expected = names[i].err;
      }
    }
  }
  if (err != expected) {
    fail("%s returned %d, not %d", what, err, expected);
  }
}

static void run_listen(struct line *l)
{
  struct tcp_pcb *pcb = tcp_new();
  u8_t backlog = TCP_DEFAULT_LISTEN_BACKLOG;

  if (pcb == NULL || tcp_bind(pcb, IP_ANY_TYPE, (u16_t)line_number(l)) != ERR_OK) {
    fail("tcp_bind");
  }
  if (line_take(l, "backlog")) {
    backlog = (u8_t)line_number(l);
  }
  manual_read_next = line_take(l, "manual-read");
  refuse_next = line_take(l, "refuse");
  listener = tcp_listen_with_backlog(pcb, backlog);
  if (listener == NULL) {
    fail("tcp_listen");
  }
  if (line_take(l, "fastopen") &&
      lwip_x_tcp_fastopen_listen(listener, l->at < l->n ? (int)line_number(l) : 100) != ERR_OK) {
    fail("lwip_x_tcp_fastopen_listen");
  }
  tcp_accept(listener, on_accept);
  opened++;
}

/** [to ADDRESS]: else the peer. */
static ip_addr_t destination(struct line *l)
{
  ip_addr_t to = IPADDR4_INIT(0);
  uint8_t ip[16];

  if (!over_ip6) {
    ip_addr_set_ip4_u32(&to, lwip_htonl(line_take(l, "to") ? line_address(l) : peer_ip));
    return to;
  }
  memcpy(ip, peer_ip6, 16);
  if (line_take(l, "to")) {
    line_address6(l, ip);
  }
  ip_addr_set_zero_ip6(&to);
  memcpy(ip_2_ip6(&to)->addr, ip, 16);
  return to;
}

/** ... fastopen N: with N octets of text, in the SYN if there is a cookie. */
static void run_fastopen(struct line *l, struct tcp_pcb *pcb, const ip_addr_t *to)
{
  uint32_t n = line_number(l), i;

  for (i = 0; i < n; i++) {
    lent[i] = octet_at(1 + i);
  }
  cur->written = n;
  want(lwip_x_tcp_fastopen_connect(pcb, to, cur->remote, on_connected, lent, (u16_t)n, TCP_WRITE_FLAG_COPY), l,
       "lwip_x_tcp_fastopen_connect");
}

/** connect LOCAL REMOTE [to ADDRESS] [manual-read] [ecn] [autosize WND SNDBUF] [fastopen N] [deferred] */
static void run_connect(struct line *l)
{
  u16_t local = (u16_t)line_number(l), remote = (u16_t)line_number(l);
  struct tcp_pcb *pcb = tcp_new_ip_type(IPADDR_TYPE_ANY);
  ip_addr_t to = destination(l);
  struct conn *c;

  if (pcb == NULL || tcp_bind(pcb, IP_ANY_TYPE, local) != ERR_OK) {
    fail("tcp_bind");
  }
  manual_read_next = line_take(l, "manual-read");
  c = new_conn(pcb);
  c->local = local;
  c->remote = remote;
  if (line_take(l, "ecn") && lwip_x_tcp_ecn(pcb, 1) != ERR_OK) {
    fail("lwip_x_tcp_ecn");
  }
  if (line_take(l, "autosize")) {
    u32_t wnd = line_number(l);

    if (lwip_x_tcp_autosize(pcb, wnd, line_number(l)) != ERR_OK) {
      fail("lwip_x_tcp_autosize");
    }
  }
  if (line_take(l, "deferred")) {
    int deferred = 0;

    want(lwip_x_tcp_fastopen_defer(pcb, &to, remote, on_connected, &deferred), l, "lwip_x_tcp_fastopen_defer");
  } else if (line_take(l, "fastopen")) {
    run_fastopen(l, pcb, &to);
  } else {
    want(tcp_connect(pcb, &to, remote, on_connected), l, "tcp_connect");
  }
}

static void run_use(struct line *l)
{
  u16_t local = (u16_t)line_number(l), remote = (u16_t)line_number(l);
  int i;

  for (i = n_conns - 1; i >= 0; i--) {
    if (conns[i].local == local && conns[i].remote == remote) {
      cur = &conns[i];
      return;
    }
  }
  fail("no connection %u %u", local, remote);
}

static struct tcp_pcb *pcb_here(void)
{
  if (cur == NULL || cur->pcb == NULL) {
    fail("no open connection");
  }
  return cur->pcb;
}

/** write N [lent] [more] [in PARTS] [quiet] [= ERROR]: quiet leaves tcp_output() out. */
static void run_write(struct line *l)
{
  uint32_t n = line_number(l), i, part, done = 0;
  struct tcp_pcb *pcb = pcb_here();
  u8_t flags = TCP_WRITE_FLAG_COPY;
  bool quiet = false;
  err_t err = ERR_OK;

  part = n;
  for (;;) {
    if (line_take(l, "lent")) {
      flags &= (u8_t)~TCP_WRITE_FLAG_COPY;
    } else if (line_take(l, "more")) {
      flags |= TCP_WRITE_FLAG_MORE;
    } else if (line_take(l, "in")) {
      part = line_number(l);
    } else if (line_take(l, "quiet")) {
      quiet = true;
    } else {
      break;
    }
  }
  for (i = 0; i < n; i++) {
    lent[(cur->written + i) % WRITE_MAX] = octet_at(1 + cur->written + i);
  }
  while (done < n && err == ERR_OK) {
    u16_t len = (u16_t)LWIP_MIN(part, n - done);

    err = tcp_write(pcb, lent + (cur->written + done) % WRITE_MAX, len, flags);
    done += err == ERR_OK ? len : 0;
  }
  want(err, l, "tcp_write");
  cur->written += done;
  if (!quiet) {
    tcp_output(pcb);
  }
}

static void run_pacing(struct line *l)
{
  want(lwip_x_tcp_pacing(pcb_here(), 1), l, "lwip_x_tcp_pacing");
}

static void run_close(struct line *l)
{
  struct tcp_pcb *pcb = pcb_here();

  tcp_arg(pcb, NULL);
  tcp_recv(pcb, NULL);
  tcp_sent(pcb, NULL);
  tcp_err(pcb, NULL);
  tcp_poll(pcb, NULL, 0);
  cur->pcb = NULL;
  cur->closed = true;
  want(tcp_close(pcb), l, "tcp_close");
}

static void run_shutdown(struct line *l)
{
  int rx = line_take(l, "rx"), tx = line_take(l, "tx");

  want(tcp_shutdown(pcb_here(), rx, tx), l, "tcp_shutdown");
}

static void run_abort(struct line *l)
{
  struct tcp_pcb *pcb = pcb_here();

  LWIP_UNUSED_ARG(l);
  tcp_err(pcb, NULL);
  cur->pcb = NULL;
  cur->closed = true;
  tcp_abort(pcb);
}

static void run_recved(struct line *l)
{
  uint32_t n = line_number(l);

  if (n > cur->unread) {
    fail("only %u octets are unread", (unsigned)cur->unread);
  }
  cur->unread -= n;
  tcp_recved(pcb_here(), (u16_t)n);
}

static void run_close_listener(struct line *l)
{
  LWIP_UNUSED_ARG(l);
  if (listener == NULL || tcp_close(listener) != ERR_OK) {
    fail("closing the listener");
  }
  listener = NULL;
  opened--;
}

static void run_nodelay(struct line *l)
{
  LWIP_UNUSED_ARG(l);
  tcp_nagle_disable(pcb_here());
}

static void run_output(struct line *l)
{
  want(tcp_output(pcb_here()), l, "tcp_output");
}

/** keepalive IDLE INTERVAL COUNT, seconds */
static void run_keepalive(struct line *l)
{
  struct tcp_pcb *pcb = pcb_here();

  ip_set_option(pcb, SOF_KEEPALIVE);
  pcb->keep_idle = line_number(l) * 1000;
  pcb->keep_intvl = line_number(l) * 1000;
  pcb->keep_cnt = line_number(l);
}

static void run_user_timeout(struct line *l)
{
  (void)lwip_x_tcp_user_timeout(pcb_here(), line_number(l) * 1000);
}

static void run_poll(struct line *l)
{
  tcp_poll(pcb_here(), on_poll, (u8_t)line_number(l));
}

static void run_refuse(struct line *l)
{
  cur->refuse = !line_take(l, "off");
}

static void run_abort_in_recv(struct line *l)
{
  LWIP_UNUSED_ARG(l);
  cur->abort_in_recv = true;
}

static void run_close_in_recv(struct line *l)
{
  LWIP_UNUSED_ARG(l);
  cur->close_in_recv = true;
}

/* ------------------------------------------------------------------ other calls */

/** udp bind PORT [echo] | udp send REMOTE LEN [to ADDRESS] | udp connect REMOTE | udp close */
static void run_udp(struct line *l)
{
  ip_addr_t to;
  struct pbuf *p;
  u16_t port, len, i;

  if (line_take(l, "bind")) {
    port = (u16_t)line_number(l);
    udp = udp_new_ip_type(over_ip6 ? IPADDR_TYPE_V6 : IPADDR_TYPE_V4);
    opened++;
    want(udp_bind(udp, over_ip6 ? IP6_ADDR_ANY : IP4_ADDR_ANY, port), l, "udp_bind");
    udp_recv(udp, on_datagram, line_take(l, "echo") ? udp : NULL);
    ip_set_option(udp, SOF_BROADCAST);
  } else if (line_take(l, "connect")) {
    to = destination(l);
    want(udp_connect(udp, &to, (u16_t)line_number(l)), l, "udp_connect");
  } else if (line_take(l, "close")) {
    udp_remove(udp);
    udp = NULL;
    opened--;
  } else if (line_take(l, "send")) {
    port = (u16_t)line_number(l);
    len = (u16_t)line_number(l);
    to = destination(l);
    p = pbuf_alloc(PBUF_TRANSPORT, len, PBUF_RAM);
    if (p == NULL) {
      fail("pbuf_alloc");
    }
    for (i = 0; i < len; i++) {
      pbuf_put_at(p, i, octet_at(i));
    }
    want(udp_sendto(udp, p, &to, port), l, "udp_sendto");
    pbuf_free(p);
  } else {
    fail("udp bind|send|connect|close");
  }
}

/** dhcp start|stop|renew|release|inform */
static void run_dhcp(struct line *l)
{
  if (line_take(l, "start")) {
    opened++;
    want(dhcp_start(&script_netif), l, "dhcp_start");
  } else if (line_take(l, "release")) {
    dhcp_release_and_stop(&script_netif);
  } else if (line_take(l, "renew")) {
    want(dhcp_renew(&script_netif), l, "dhcp_renew");
  } else if (line_take(l, "inform")) {
    opened++;
    dhcp_inform(&script_netif);
  } else {
    fail("dhcp start|renew|release|inform");
  }
}

static void on_found(const char *name, const ip_addr_t *addr, void *arg)
{
  LWIP_UNUSED_ARG(name);
  LWIP_UNUSED_ARG(arg);
  dns_done = addr != NULL ? 1 : -1;
  if (addr != NULL) {
    dns_result = *addr;
  }
}

/** resolve NAME */
static void run_resolve(struct line *l)
{
  ip_addr_t server = IPADDR4_INIT(lwip_htonl(peer_ip));
  err_t err;

  opened++;
  dns_setserver(0, &server);
  dns_done = 0;
  err = dns_gethostbyname(line_next(l), &dns_result, on_found, NULL);
  if (err == ERR_OK) {
    dns_done = 1;
  } else if (err != ERR_INPROGRESS) {
    dns_done = -1;
  }
}

static void run_igmp(struct line *l)
{
  bool join = line_take(l, "join");
  ip4_addr_t group;

  if (!join && !line_take(l, "leave")) {
    fail("igmp join|leave GROUP");
  }
  ip4_addr_set_u32(&group, lwip_htonl(line_address(l)));
  opened++;
  want(join ? igmp_joingroup_netif(&script_netif, &group) : igmp_leavegroup_netif(&script_netif, &group), l, "igmp");
}

static void run_link(struct line *l)
{
  stack_link(line_take(l, "up") || !line_take(l, "down"));
}

bool api_run(struct line *l, const char *verb)
{
  static const struct {
    const char *name;
    void (*run)(struct line *);
  } verbs[] = { { "listen", run_listen },
                { "connect", run_connect },
                { "use", run_use },
                { "write", run_write },
                { "close", run_close },
                { "shutdown", run_shutdown },
                { "abort", run_abort },
                { "recved", run_recved },
                { "unlisten", run_close_listener },
                { "nodelay", run_nodelay },
                { "pacing", run_pacing },
                { "output", run_output },
                { "keepalive", run_keepalive },
                { "user-timeout", run_user_timeout },
                { "poll", run_poll },
                { "refuse", run_refuse },
                { "abort-in-recv", run_abort_in_recv },
                { "close-in-recv", run_close_in_recv },
                { "udp", run_udp },
                { "dhcp", run_dhcp },
                { "resolve", run_resolve },
                { "igmp", run_igmp },
                { "link", run_link } };
  size_t i;

  for (i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++) {
    if (strcmp(verbs[i].name, verb) == 0) {
      verbs[i].run(l);
      return true;
    }
  }
  return false;
}

/* ------------------------------------------------------------------ expectations */

static void expect_equal(const char *what, uint32_t is, uint32_t should)
{
  if (is != should) {
    fail("%s is %u, not %u", what, (unsigned)is, (unsigned)should);
  }
}

static void expect_state(struct line *l)
{
  static const char *const names[] = { "CLOSED",     "LISTEN",     "SYN-SENT", "SYN-RCVD", "ESTABLISHED", "FIN-WAIT-1",
                                       "FIN-WAIT-2", "CLOSE-WAIT", "CLOSING",  "LAST-ACK", "TIME-WAIT" };
  const char *w = line_next(l);
  const struct tcp_pcb *pcb = pcb_here();

  if (w == NULL || strcmp(names[pcb->state], w) != 0) {
    fail("the state is %s", names[pcb->state]);
  }
}

static void expect_address(struct line *l, uint32_t is, const char *what)
{
  uint32_t should = line_address(l);

  if (is != should) {
    fail("%s is %u.%u.%u.%u", what, is >> 24, is >> 16 & 255, is >> 8 & 255, is & 255);
  }
}

/** drop NAME [N]: packets dropped for this reason since boot. */
static void expect_drop(struct line *l)
{
  static const char *const names[] = {
#define NAME(name, group, field, text) #name,
    LWIP_X_DROP_LIST(NAME)
#undef NAME
  };
  const char *w = line_next(l);
  uint32_t n = l->at < l->n ? line_number(l) : 1;
  unsigned i;

  for (i = 0; i < DROP_MAX; i++) {
    if (w != NULL && strcmp(names[i], w) == 0) {
      expect_equal(w, lwip_x_drops[i], n);
      return;
    }
  }
  fail("no drop reason %s", w != NULL ? w : "");
}

static void expect_error(struct line *l)
{
  static const struct {
    const char *name;
    err_t err;
  } names[] = { { "rst", ERR_RST }, { "abrt", ERR_ABRT }, { "timeout", ERR_TIMEOUT }, { "clsd", ERR_CLSD } };
  const char *w = line_next(l);
  size_t i;

  if (!cur->failed) {
    fail("the err callback has not come");
  }
  for (i = 0; w != NULL && i < sizeof(names) / sizeof(names[0]); i++) {
    if (strcmp(names[i].name, w) == 0 && names[i].err != cur->err) {
      fail("the error is %d", cur->err);
    }
  }
}

bool api_expect(struct line *l)
{
  if (line_take(l, "state")) {
    expect_state(l);
  } else if (line_take(l, "got")) {
    expect_equal("octets received", cur->got, line_number(l));
  } else if (line_take(l, "sent")) {
    expect_equal("octets acknowledged", cur->sent, line_number(l));
  } else if (line_take(l, "connected")) {
    expect_equal("connected", cur != NULL && cur->connected, 1);
  } else if (line_take(l, "accepted")) {
    expect_equal("connections accepted", (uint32_t)n_conns, l->at < l->n ? line_number(l) : 1);
  } else if (line_take(l, "fin")) {
    expect_equal("FIN seen", cur->fin, 1);
  } else if (line_take(l, "no-fin")) {
    expect_equal("FIN seen", cur->fin, 0);
  } else if (line_take(l, "error")) {
    expect_error(l);
  } else if (line_take(l, "no-error")) {
    expect_equal("err callback", cur->failed, 0);
  } else if (line_take(l, "polls")) {
    expect_equal("polls", cur->polls, line_number(l));
  } else if (line_take(l, "udp")) {
    expect_equal("datagrams", udp_count, line_number(l));
    if (line_take(l, "len")) {
      expect_equal("length", udp_got, line_number(l));
    }
  } else if (line_take(l, "ip")) {
    expect_address(l, lwip_ntohl(ip4_addr_get_u32(netif_ip4_addr(&script_netif))), "the address");
  } else if (line_take(l, "resolved")) {
    expect_equal("resolved", dns_done == 1, 1);
    expect_address(l, lwip_ntohl(ip4_addr_get_u32(ip_2_ip4(&dns_result))), "the address resolved");
  } else if (line_take(l, "unresolved")) {
    expect_equal("look-up failed", dns_done == -1, 1);
  } else if (line_take(l, "pending")) {
    expect_equal("look-up pending", dns_done == 0, 1);
  } else if (line_take(l, "drop")) {
    expect_drop(l);
  } else if (line_take(l, "idle")) {
    expect_equal("next deadline, ms", sys_timeouts_sleeptime(), SYS_TIMEOUTS_SLEEPTIME_INFINITE);
  } else if (line_take(l, "quiet")) {
    if (sys_timeouts_sleeptime() < line_number(l)) {
      fail("the next deadline is in %u ms", (unsigned)sys_timeouts_sleeptime());
    }
  } else {
    return false;
  }
  return true;
}

bool api_closed(void)
{
  int i;

  for (i = 0; i < n_conns; i++) {
    if (conns[i].pcb != NULL) {
      return false;
    }
  }
  return opened == 0;
}
