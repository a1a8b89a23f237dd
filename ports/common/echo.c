/** Echo, discard and chargen (RFC 862, 863, 864), TCP and UDP. */
#include "webstatus.h"

#include "lwip/mem.h"
#include "lwip/tcp.h"
#include "lwip/udp.h"
#include <stdbool.h>
#include <string.h>

#define PORT_ECHO 7
#define PORT_DISCARD 9
#define PORT_CHARGEN 19

/** Half seconds between looks at a connection that makes no progress. */
#define POLL 4

/* ---- TCP echo: what was received goes out without a copy; a pbuf is freed when the peer has acknowledged it ---- */

struct echo {
  struct pbuf *queue; /**< received; the first octets of it may be in flight */
  u32_t in_flight;    /**< octets at the head of queue that TCP has */
  bool peer_done;
};

static void echo_free(struct echo *e)
{
  if (e->queue != NULL) {
    pbuf_free(e->queue);
  }
  mem_free(e);
}

static void detach(struct tcp_pcb *pcb)
{
  tcp_arg(pcb, NULL);
  tcp_recv(pcb, NULL);
  tcp_sent(pcb, NULL);
  tcp_err(pcb, NULL);
  tcp_poll(pcb, NULL, 0);
}

/** Give TCP what it has not got yet, as far as it takes it. */
static err_t echo_push(struct echo *e, struct tcp_pcb *pcb)
{
  u32_t skip = e->in_flight;
  struct pbuf *q;
  u16_t n;

  for (q = e->queue; q != NULL; q = q->next) {
    if (skip >= q->len) {
      skip -= q->len;
      continue;
    }
    n = (u16_t)(q->len - skip);
    n = (u16_t)LWIP_MIN(n, tcp_sndbuf(pcb));
    if (n == 0 || tcp_write(pcb, (const u8_t *)q->payload + skip, n, 0) != ERR_OK) {
      break;
    }
    e->in_flight += n;
    skip += n;
    if (skip < q->len) {
      break;
    }
    skip = 0;
  }
  if (e->peer_done && e->queue == NULL) {
    detach(pcb);
    echo_free(e);
    if (tcp_close(pcb) != ERR_OK) {
      tcp_abort(pcb);
      return ERR_ABRT;
    }
  }
  return ERR_OK;
}

static err_t echo_recv(void *arg, struct tcp_pcb *pcb, struct pbuf *p, err_t err)
{
  struct echo *e = (struct echo *)arg;

  (void)err;
  if (p == NULL) {
    e->peer_done = true;
  } else if (e->queue != NULL) {
    pbuf_cat(e->queue, p);
  } else {
    e->queue = p;
  }
  return echo_push(e, pcb);
}

static err_t echo_sent(void *arg, struct tcp_pcb *pcb, u16_t len)
{
  struct echo *e = (struct echo *)arg;

  e->in_flight -= len;
  e->queue = pbuf_free_header(e->queue, len);
  tcp_recved(pcb, len);
  return echo_push(e, pcb);
}

static err_t echo_poll(void *arg, struct tcp_pcb *pcb)
{
  return echo_push((struct echo *)arg, pcb);
}

static void echo_err(void *arg, err_t err)
{
  (void)err;
  if (arg != NULL) {
    echo_free((struct echo *)arg);
  }
}

static err_t echo_accept(void *arg, struct tcp_pcb *pcb, err_t err)
{
  struct echo *e;

  (void)arg;
  if (err != ERR_OK || pcb == NULL) {
    return ERR_VAL;
  }
  e = (struct echo *)mem_calloc(1, sizeof *e);
  if (e == NULL) {
    return ERR_MEM;
  }
  tcp_arg(pcb, e);
  tcp_recv(pcb, echo_recv);
  tcp_sent(pcb, echo_sent);
  tcp_err(pcb, echo_err);
  tcp_poll(pcb, echo_poll, POLL);
  return ERR_OK;
}

/* ---- TCP discard ---- */

static err_t discard_recv(void *arg, struct tcp_pcb *pcb, struct pbuf *p, err_t err)
{
  (void)arg;
  (void)err;
  if (p == NULL) {
    return tcp_close(pcb);
  }
  tcp_recved(pcb, p->tot_len);
  pbuf_free(p);
  return ERR_OK;
}

static err_t discard_accept(void *arg, struct tcp_pcb *pcb, err_t err)
{
  (void)arg;
  if (err != ERR_OK || pcb == NULL) {
    return ERR_VAL;
  }
  tcp_recv(pcb, discard_recv);
  return ERR_OK;
}

/* ---- Chargen: lines of 72 characters out of the 95 printable ones, each line begins one further ---- */

#define LINES 95
#define LINE_LEN 74
static char chargen[LINES * LINE_LEN];

static void chargen_fill(void)
{
  int line, i;
  char *to = chargen;

  for (line = 0; line < LINES; line++) {
    for (i = 0; i < LINE_LEN - 2; i++) {
      *to++ = (char)(' ' + (line + i) % 95);
    }
    *to++ = '\r';
    *to++ = '\n';
  }
}

/** The position in the text is carried in the argument itself. */
static err_t chargen_push(void *arg, struct tcp_pcb *pcb)
{
  mem_ptr_t at = (mem_ptr_t)arg;
  u16_t n;

  for (;;) {
    n = (u16_t)LWIP_MIN(sizeof chargen - at, 2u * tcp_mss(pcb));
    n = (u16_t)LWIP_MIN(n, tcp_sndbuf(pcb));
    if (n == 0 || tcp_write(pcb, chargen + at, n, 0) != ERR_OK) {
      break;
    }
    at = (at + n) % sizeof chargen;
  }
  tcp_arg(pcb, (void *)at);
  return ERR_OK;
}

static err_t chargen_sent(void *arg, struct tcp_pcb *pcb, u16_t len)
{
  (void)len;
  return chargen_push(arg, pcb);
}

static err_t chargen_accept(void *arg, struct tcp_pcb *pcb, err_t err)
{
  (void)arg;
  if (err != ERR_OK || pcb == NULL) {
    return ERR_VAL;
  }
  tcp_arg(pcb, NULL);
  tcp_recv(pcb, discard_recv);
  tcp_sent(pcb, chargen_sent);
  tcp_poll(pcb, chargen_push, POLL);
  return chargen_push(NULL, pcb);
}

/* ---- UDP ---- */

/** Ports of services that answer anything: never talk to them, or two of us would talk for ever (CERT CA-1996-01). */
static bool may_answer(u16_t port)
{
  return port >= 1024;
}

static void udp_echo(void *arg, struct udp_pcb *pcb, struct pbuf *p, const ip_addr_t *addr, u16_t port)
{
  (void)arg;
  if (may_answer(port)) {
    udp_sendto(pcb, p, addr, port);
  }
  pbuf_free(p);
}

static void udp_discard(void *arg, struct udp_pcb *pcb, struct pbuf *p, const ip_addr_t *addr, u16_t port)
{
  (void)arg;
  (void)pcb;
  (void)addr;
  (void)port;
  pbuf_free(p);
}

/** One line, not the 512 octets RFC 864 allows: nobody shall use us to amplify. */
static void udp_chargen(void *arg, struct udp_pcb *pcb, struct pbuf *p, const ip_addr_t *addr, u16_t port)
{
  struct pbuf *q;

  (void)arg;
  if (may_answer(port) && p->tot_len >= LINE_LEN) {
    q = pbuf_alloc(PBUF_TRANSPORT, LINE_LEN, PBUF_ROM);
    if (q != NULL) {
      q->payload = chargen;
      udp_sendto(pcb, q, addr, port);
      pbuf_free(q);
    }
  }
  pbuf_free(p);
}

static void udp_serve(u16_t port, udp_recv_fn fn)
{
  struct udp_pcb *pcb = udp_new_ip_type(IPADDR_TYPE_ANY);

  if (pcb != NULL && udp_bind(pcb, IP_ANY_TYPE, port) == ERR_OK) {
    udp_recv(pcb, fn, NULL);
  }
}

static void tcp_serve(u16_t port, tcp_accept_fn fn)
{
  struct tcp_pcb *pcb = tcp_new_ip_type(IPADDR_TYPE_ANY);

  if (pcb != NULL && tcp_bind(pcb, IP_ANY_TYPE, port) == ERR_OK) {
    pcb = tcp_listen(pcb);
    if (pcb != NULL) {
      tcp_accept(pcb, fn);
    }
  }
}

void echo_start(void)
{
  chargen_fill();
  tcp_serve(PORT_ECHO, echo_accept);
  tcp_serve(PORT_DISCARD, discard_accept);
  tcp_serve(PORT_CHARGEN, chargen_accept);
  udp_serve(PORT_ECHO, udp_echo);
  udp_serve(PORT_DISCARD, udp_discard);
  udp_serve(PORT_CHARGEN, udp_chargen);
}
