/* TCP: the echo server everybody starts from, with poll and error callbacks, and a client that checks 50000 octets. */
#include <string.h>

#include "host.h"
#include "lwip/init.h"
#include "lwip/stats.h"
#include "lwip/tcp.h"

#define ECHO_PORT 7
#define TOTAL 50000

struct echo {
  struct pbuf *waiting;
  int closing;
  int retries;
};

static int served, polls;

static void echo_close(struct tcp_pcb *pcb, struct echo *e)
{
  tcp_arg(pcb, NULL);
  tcp_sent(pcb, NULL);
  tcp_recv(pcb, NULL);
  tcp_err(pcb, NULL);
  tcp_poll(pcb, NULL, 0);
  if (e != NULL) {
    mem_free(e);
  }
  tcp_close(pcb);
  served++;
}

static void echo_send(struct tcp_pcb *pcb, struct echo *e)
{
  while (e->waiting != NULL && e->waiting->len <= tcp_sndbuf(pcb)) {
    struct pbuf *p = e->waiting;
    err_t err = tcp_write(pcb, p->payload, p->len, TCP_WRITE_FLAG_COPY);
    u16_t len = p->len;
    if (err != ERR_OK) {
      EXPECT(err == ERR_MEM);
      return;
    }
    e->waiting = p->next;
    if (e->waiting != NULL) {
      pbuf_ref(e->waiting);
    }
    pbuf_free(p);
    tcp_recved(pcb, len);
  }
  tcp_output(pcb);
}

static err_t echo_recv(void *arg, struct tcp_pcb *pcb, struct pbuf *p, err_t err)
{
  struct echo *e = (struct echo *)arg;
  EXPECT(err == ERR_OK);
  if (p == NULL) {
    e->closing = 1;
    if (e->waiting == NULL) {
      echo_close(pcb, e);
    }
    return ERR_OK;
  }
  if (e->waiting == NULL) {
    e->waiting = p;
  } else {
    pbuf_cat(e->waiting, p);
  }
  echo_send(pcb, e);
  return ERR_OK;
}

static err_t echo_sent(void *arg, struct tcp_pcb *pcb, u16_t len)
{
  struct echo *e = (struct echo *)arg;
  EXPECT(len > 0);
  e->retries = 0;
  if (e->waiting != NULL) {
    echo_send(pcb, e);
  } else if (e->closing) {
    echo_close(pcb, e);
  }
  return ERR_OK;
}

static err_t echo_poll(void *arg, struct tcp_pcb *pcb)
{
  struct echo *e = (struct echo *)arg;
  polls++;
  if (e == NULL) {
    tcp_abort(pcb);
    return ERR_ABRT;
  }
  if (e->waiting != NULL) {
    echo_send(pcb, e);
  }
  return ERR_OK;
}

static void echo_err(void *arg, err_t err)
{
  LWIP_UNUSED_ARG(err);
  if (arg != NULL) {
    mem_free(arg);
  }
}

static err_t echo_accept(void *arg, struct tcp_pcb *pcb, err_t err)
{
  struct echo *e;
  LWIP_UNUSED_ARG(arg);
  if (err != ERR_OK || pcb == NULL) {
    return ERR_VAL;
  }
  tcp_setprio(pcb, TCP_PRIO_MIN);
  e = (struct echo *)mem_calloc(1, sizeof(*e));
  if (e == NULL) {
    return ERR_MEM;
  }
  tcp_arg(pcb, e);
  tcp_recv(pcb, echo_recv);
  tcp_sent(pcb, echo_sent);
  tcp_err(pcb, echo_err);
  tcp_poll(pcb, echo_poll, 1);
  tcp_nagle_disable(pcb);
  EXPECT(tcp_nagle_disabled(pcb));
  return ERR_OK;
}

/* the client */

static u32_t written, read_back;
static int connected, closed;

static void client_write(struct tcp_pcb *pcb)
{
  static u8_t piece[700];
  while (written < TOTAL && tcp_sndbuf(pcb) >= sizeof(piece)) {
    u16_t i, n = (u16_t)LWIP_MIN(sizeof(piece), TOTAL - written);
    for (i = 0; i < n; i++) {
      piece[i] = (u8_t)((written + i) * 31);
    }
    if (tcp_write(pcb, piece, n, TCP_WRITE_FLAG_COPY) != ERR_OK) {
      break;
    }
    written += n;
  }
  tcp_output(pcb);
}

static err_t client_recv(void *arg, struct tcp_pcb *pcb, struct pbuf *p, err_t err)
{
  struct pbuf *q;
  LWIP_UNUSED_ARG(arg);
  EXPECT(err == ERR_OK);
  if (p == NULL) {
    closed = 1;
    return ERR_OK;
  }
  for (q = p; q != NULL; q = q->next) {
    u16_t i;
    for (i = 0; i < q->len; i++, read_back++) {
      EXPECT(((u8_t *)q->payload)[i] == (u8_t)(read_back * 31));
    }
  }
  tcp_recved(pcb, p->tot_len);
  pbuf_free(p);
  if (read_back == TOTAL) {
    EXPECT(tcp_close(pcb) == ERR_OK);
    closed = 1;
  }
  return ERR_OK;
}

static err_t client_sent(void *arg, struct tcp_pcb *pcb, u16_t len)
{
  LWIP_UNUSED_ARG(arg);
  LWIP_UNUSED_ARG(len);
  client_write(pcb);
  return ERR_OK;
}

static err_t client_connected(void *arg, struct tcp_pcb *pcb, err_t err)
{
  LWIP_UNUSED_ARG(arg);
  EXPECT(err == ERR_OK);
  EXPECT(pcb->state == ESTABLISHED);
  EXPECT(pcb->remote_port == ECHO_PORT);
  connected = 1;
  client_write(pcb);
  return ERR_OK;
}

static void client_err(void *arg, err_t err)
{
  LWIP_UNUSED_ARG(arg);
  printf("client: error %d\n", err);
  exit(1);
}

int main(void)
{
  struct tcp_pcb *listener, *client;
  ip_addr_t to = IPADDR4_INIT_BYTES(127, 0, 0, 1);
  int turns;

  lwip_init();
  listener = tcp_new();
  EXPECT(listener != NULL);
  EXPECT(tcp_bind(listener, IP_ANY_TYPE, ECHO_PORT) == ERR_OK);
  listener = tcp_listen(listener);
  EXPECT(listener != NULL && listener->state == LISTEN);
  tcp_err(listener, NULL);
  tcp_accept(listener, echo_accept);

  client = tcp_new_ip_type(IPADDR_TYPE_V4);
  EXPECT(client != NULL);
  tcp_recv(client, client_recv);
  tcp_sent(client, client_sent);
  tcp_err(client, client_err);
  EXPECT(tcp_connect(client, &to, ECHO_PORT, client_connected) == ERR_OK);

  for (turns = 0; turns < 60000 && !(closed && served == 1); turns++) {
    host_turn();
  }
  EXPECT(connected);
  EXPECT(read_back == TOTAL);
  EXPECT(served == 1);

  /* a server nobody listens to: the error callback is told, the pcb is gone */
  client = tcp_new();
  EXPECT(client != NULL);
  tcp_abort(client);
  EXPECT(tcp_close(listener) == ERR_OK);
  printf("%u octets in %d ms, polled %d times\n", (unsigned)read_back, turns, polls);
  return 0;
}
