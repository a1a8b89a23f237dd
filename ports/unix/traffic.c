/** Checked bulk transfers. */
#include "traffic.h"

#include "lwip/sys.h"
#include "lwip/tcp.h"
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PERIOD 251u
/** A whole number of periods, more than a segment. */
#define BLOCK (PERIOD * 64u)

struct transfer {
  const char *what;
  unsigned long to_send, sent, acked; /**< octets */
  unsigned long got, expected;        /**< octets; expected 0: any number */
  u32_t begun_ms;
  u16_t port;
  bool wrong;     /**< an octet was not what it should be */
  bool shut;      /**< our side is shut down */
  bool peer_done; /**< the peer's is */
};

/** What a listener makes of a connection. */
struct service {
  unsigned long to_send, expected;
};

static u8_t pattern[BLOCK];
static unsigned pending, failed;

static void make_pattern(void)
{
  unsigned i;

  for (i = 0; i < BLOCK; i++) {
    pattern[i] = (u8_t)(i % PERIOD);
  }
}

static struct transfer *transfer_new(const char *what, u16_t port, unsigned long to_send, unsigned long expected)
{
  struct transfer *t = (struct transfer *)calloc(1, sizeof *t);

  if (t == NULL) {
    abort();
  }
  make_pattern();
  t->what = what;
  t->port = port;
  t->to_send = to_send;
  t->expected = expected;
  t->begun_ms = sys_now();
  pending++;
  return t;
}

static void transfer_end(struct transfer *t, err_t err)
{
  u32_t ms = sys_now() - t->begun_ms;
  bool ok = err == ERR_OK && !t->wrong && t->acked == t->to_send && (t->expected == 0 || t->got == t->expected);

  printf("%s %u %s: %lu octets out, %lu in, %lu ms%s (err %d)\n", t->what, t->port, ok ? "ok" : "FAILED", t->acked,
         t->got, (unsigned long)ms, t->wrong ? ", WRONG DATA" : "", err);
  fflush(stdout);
  failed += !ok;
  pending--;
  free(t);
}

static void on_err(void *arg, err_t err)
{
  if (arg != NULL) {
    transfer_end((struct transfer *)arg, err);
  }
}

static void push(struct transfer *t, struct tcp_pcb *pcb)
{
  unsigned long n;

  if (t->to_send == 0) {
    return;
  }
  while (t->sent < t->to_send) {
    n = BLOCK - t->sent % PERIOD;
    n = LWIP_MIN(n, t->to_send - t->sent);
    n = LWIP_MIN(n, (unsigned long)tcp_sndbuf(pcb));
    if (n == 0 || tcp_write(pcb, pattern + t->sent % PERIOD, (u16_t)n, 0) != ERR_OK) {
      return;
    }
    t->sent += n;
  }
  if (!t->shut && tcp_shutdown(pcb, 0, 1) == ERR_OK) {
    t->shut = true;
  }
}

/** Over, if both sides have said what they had to say. */
static err_t end_if_done(struct transfer *t, struct tcp_pcb *pcb)
{
  if (!t->peer_done || t->acked != t->to_send) {
    return ERR_OK;
  }
  tcp_arg(pcb, NULL);
  tcp_recv(pcb, NULL);
  tcp_sent(pcb, NULL);
  tcp_err(pcb, NULL);
  tcp_poll(pcb, NULL, 0);
  transfer_end(t, ERR_OK);
  return tcp_close(pcb);
}

static err_t on_sent(void *arg, struct tcp_pcb *pcb, u16_t len)
{
  struct transfer *t = (struct transfer *)arg;

  t->acked += len;
  push(t, pcb);
  return end_if_done(t, pcb);
}

static err_t on_poll(void *arg, struct tcp_pcb *pcb)
{
  push((struct transfer *)arg, pcb);
  return ERR_OK;
}

static void check(struct transfer *t, const struct pbuf *p)
{
  const struct pbuf *q;
  unsigned at, n, i;

  for (q = p; q != NULL; q = q->next) {
    for (i = 0; i < q->len; i += n) {
      at = (unsigned)(t->got % PERIOD);
      n = LWIP_MIN(BLOCK - at, q->len - i);
      if (memcmp((const u8_t *)q->payload + i, pattern + at, n) != 0) {
        t->wrong = true;
      }
      t->got += n;
    }
  }
}

static err_t on_recv(void *arg, struct tcp_pcb *pcb, struct pbuf *p, err_t err)
{
  struct transfer *t = (struct transfer *)arg;

  (void)err;
  if (p == NULL) {
    t->peer_done = true;
    return end_if_done(t, pcb);
  }
  check(t, p);
  tcp_recved(pcb, p->tot_len);
  pbuf_free(p);
  return ERR_OK;
}

static void attach(struct transfer *t, struct tcp_pcb *pcb)
{
  tcp_arg(pcb, t);
  tcp_recv(pcb, on_recv);
  tcp_sent(pcb, on_sent);
  tcp_err(pcb, on_err);
  tcp_poll(pcb, on_poll, 2);
}

static err_t on_connected(void *arg, struct tcp_pcb *pcb, err_t err)
{
  struct transfer *t = (struct transfer *)arg;

  (void)err;
  push(t, pcb);
  return ERR_OK;
}

static err_t on_accept(void *arg, struct tcp_pcb *pcb, err_t err)
{
  const struct service *s = (const struct service *)arg;
  struct transfer *t;

  if (err != ERR_OK || pcb == NULL) {
    return ERR_VAL;
  }
  t = transfer_new(s->to_send != 0 ? "serve" : "recv", pcb->local_port, s->to_send, s->expected);
  attach(t, pcb);
  push(t, pcb);
  return ERR_OK;
}

static void start(const char *what, const ip_addr_t *addr, u16_t port, unsigned long to_send, unsigned long expected)
{
  struct transfer *t = transfer_new(what, port, to_send, expected);
  struct tcp_pcb *pcb = tcp_new_ip_type(IPADDR_TYPE_ANY);
  err_t err = ERR_MEM;

  if (pcb != NULL) {
    attach(t, pcb);
    err = tcp_connect(pcb, addr, port, on_connected);
    if (err != ERR_OK) {
      tcp_err(pcb, NULL);
      tcp_abort(pcb);
    }
  }
  if (err != ERR_OK) {
    transfer_end(t, err);
  }
}

static void serve(u16_t port, unsigned long to_send, unsigned long expected)
{
  struct service *s = (struct service *)calloc(1, sizeof *s);
  struct tcp_pcb *pcb = tcp_new_ip_type(IPADDR_TYPE_ANY);

  if (s != NULL && pcb != NULL && tcp_bind(pcb, IP_ANY_TYPE, port) == ERR_OK && (pcb = tcp_listen(pcb)) != NULL) {
    s->to_send = to_send;
    s->expected = expected;
    tcp_arg(pcb, s);
    tcp_accept(pcb, on_accept);
    return;
  }
  printf("listen %u FAILED\n", port);
  fflush(stdout);
  failed++;
}

void traffic_send(const ip_addr_t *addr, u16_t port, unsigned long octets)
{
  start("send", addr, port, octets, 0);
}

void traffic_fetch(const ip_addr_t *addr, u16_t port, unsigned long octets)
{
  start("fetch", addr, port, 0, octets);
}

void traffic_recv(u16_t port, unsigned long octets)
{
  serve(port, 0, octets);
}

void traffic_serve(u16_t port, unsigned long octets)
{
  serve(port, octets, 0);
}

unsigned traffic_pending(void)
{
  return pending;
}

unsigned traffic_failed(void)
{
  return failed;
}
