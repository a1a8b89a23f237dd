/* A raw HTTP client: name, connect, request, response in pieces, close; against a server of its own. */
#include <string.h>

#include "host.h"
#include "lwip/dns.h"
#include "lwip/init.h"
#include "lwip/tcp.h"

static const char page[] = "HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nHello from a small stack.\n";

/* the server: answers the first line end, then closes */

static err_t server_recv(void *arg, struct tcp_pcb *pcb, struct pbuf *p, err_t err)
{
  LWIP_UNUSED_ARG(arg);
  LWIP_UNUSED_ARG(err);
  if (p == NULL) {
    return tcp_close(pcb);
  }
  tcp_recved(pcb, p->tot_len);
  if (pbuf_memfind(p, "\r\n\r\n", 4, 0) != 0xFFFF) {
    EXPECT(pbuf_memcmp(p, 0, "GET / HTTP/1.0\r\n", 16) == 0);
    EXPECT(tcp_write(pcb, page, sizeof(page) - 1, 0) == ERR_OK);
    tcp_recv(pcb, NULL);
    EXPECT(tcp_close(pcb) == ERR_OK);
  }
  pbuf_free(p);
  return ERR_OK;
}

static err_t server_accept(void *arg, struct tcp_pcb *pcb, err_t err)
{
  LWIP_UNUSED_ARG(arg);
  LWIP_UNUSED_ARG(err);
  tcp_recv(pcb, server_recv);
  return ERR_OK;
}

/* the client */

enum state { RESOLVING, CONNECTING, READING, DONE, FAILED };

struct request {
  enum state state;
  ip_addr_t server;
  struct tcp_pcb *pcb;
  char body[256];
  u16_t len;
};

static err_t got(void *arg, struct tcp_pcb *pcb, struct pbuf *p, err_t err)
{
  struct request *r = (struct request *)arg;
  if (err != ERR_OK) {
    return err;
  }
  if (p == NULL) {
    r->state = DONE;
    r->pcb = NULL;
    tcp_arg(pcb, NULL);
    return tcp_close(pcb);
  }
  r->len = (u16_t)(r->len + pbuf_copy_partial(p, r->body + r->len, (u16_t)(sizeof(r->body) - 1 - r->len), 0));
  tcp_recved(pcb, p->tot_len);
  pbuf_free(p);
  return ERR_OK;
}

static err_t connected(void *arg, struct tcp_pcb *pcb, err_t err)
{
  struct request *r = (struct request *)arg;
  static const char ask[] = "GET / HTTP/1.0\r\nHost: localhost\r\n\r\n";
  EXPECT(err == ERR_OK);
  r->state = READING;
  EXPECT(tcp_write(pcb, ask, 10, TCP_WRITE_FLAG_MORE) == ERR_OK);
  EXPECT(tcp_write(pcb, ask + 10, sizeof(ask) - 1 - 10, 0) == ERR_OK);
  return tcp_output(pcb);
}

static void failed(void *arg, err_t err)
{
  struct request *r = (struct request *)arg;
  LWIP_UNUSED_ARG(err);
  if (r != NULL) {
    r->state = FAILED;
    r->pcb = NULL;
  }
}

static void go(struct request *r)
{
  r->pcb = tcp_new();
  EXPECT(r->pcb != NULL);
  tcp_arg(r->pcb, r);
  tcp_recv(r->pcb, got);
  tcp_err(r->pcb, failed);
  r->state = CONNECTING;
  EXPECT(tcp_connect(r->pcb, &r->server, 80, connected) == ERR_OK);
}

static void resolved(const char *name, const ip_addr_t *addr, void *arg)
{
  struct request *r = (struct request *)arg;
  LWIP_UNUSED_ARG(name);
  if (addr == NULL) {
    r->state = FAILED;
    return;
  }
  ip_addr_copy(r->server, *addr);
  go(r);
}

static void run(struct request *r)
{
  int turns;
  for (turns = 0; turns < 200000 && r->state != DONE && r->state != FAILED; turns++) {
    host_turn();
  }
}

int main(void)
{
  struct tcp_pcb *server;
  struct request r;
  err_t err;

  lwip_init();
  server = tcp_new();
  EXPECT(tcp_bind(server, IP4_ADDR_ANY, 80) == ERR_OK);
  server = tcp_listen_with_backlog(server, 2);
  EXPECT(server != NULL);
  tcp_accept(server, server_accept);

  memset(&r, 0, sizeof(r));
  r.state = RESOLVING;
  err = dns_gethostbyname("127.0.0.1", &r.server, resolved, &r);
  EXPECT(err == ERR_OK);
  go(&r);
  run(&r);
  EXPECT(r.state == DONE);
  EXPECT(strcmp(r.body, page) == 0);

  /* nobody listens any more: the connection is refused */
  EXPECT(tcp_close(server) == ERR_OK);
  memset(&r, 0, sizeof(r));
  IP_ADDR4(&r.server, 127, 0, 0, 1);
  go(&r);
  run(&r);
  EXPECT(r.state == FAILED && r.pcb == NULL);
  printf("fetched %u octets\n", (unsigned)strlen(page));
  return 0;
}
