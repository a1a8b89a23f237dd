/**
 * Netconns over a loop: instructions per operation under callgrind, ours beside Debian's liblwip (lwIP 2.1.3 with threads).
 * Two threads exchange text or datagrams through an interface that sends to itself; everything counts that is not harness:
 * netconns, the protocols below, the stack's thread, the port and the C library's locks.
 *
 *   threads "bulk n=4000 len=1460"   one-way, an operation is 1460 octets
 *   threads "rr n=2000 len=64"       request and response
 *   threads "udp n=2000 len=64"      the same by datagrams
 *   threads "sbulk ...", "srr ...", "sudp ..."   the first three by sockets
 *   threads "conn n=300"             connect, accept, close both ends
 */
#include "lwip/api.h"
#include "lwip/ip.h"
#include "lwip/netif.h"
#include "lwip/sockets.h"
#include "lwip/tcpip.h"
#include "mark.h"
#include <pthread.h>

static struct netif nif;
static ip_addr_t self;
static int copy = NETCONN_COPY;
static char text[65536];

/* ---- The loop ---- */

static err_t h_output(struct netif *netif, struct pbuf *p, const ip4_addr_t *ip)
{
  (void)netif;
  (void)p;
  (void)ip;
  return ERR_OK; /* nothing is for others */
}

static err_t h_netif_init(struct netif *netif)
{
  netif->name[0] = 'l';
  netif->name[1] = 'p';
  netif->mtu = 1500;
  netif->output = h_output;
  netif->flags |= NETIF_FLAG_LINK_UP;
  return ERR_OK;
}

static void h_ready(void *arg)
{
  ip4_addr_t ip, mask, gw;

  IP4_ADDR(&ip, 10, 0, 0, 1);
  IP4_ADDR(&mask, 255, 255, 255, 0);
  IP4_ADDR(&gw, 0, 0, 0, 0);
  netif_add(&nif, &ip, &mask, &gw, NULL, h_netif_init, ip_input);
  netif_set_default(&nif);
  netif_set_up(&nif);
  netif_set_link_up(&nif);
  sys_sem_signal((sys_sem_t *)arg);
}

static void h_start(void)
{
  h_start_stack(h_ready);
  IP_ADDR4(&self, 10, 0, 0, 1);
}

/* ---- What is measured ---- */

static struct netconn *h_listen(void)
{
  struct netconn *l = netconn_new(NETCONN_TCP);

  netconn_bind(l, NULL, 5000);
  netconn_listen(l);
  return l;
}

static void *h_connect(void *arg)
{
  struct netconn *c = netconn_new(NETCONN_TCP);

  (void)arg;
  if (netconn_connect(c, &self, 5000) != ERR_OK) {
    bad++;
  }
  return c;
}

static void h_pair(struct netconn **a, struct netconn **b)
{
  struct netconn *l = h_listen();
  pthread_t t;

  pthread_create(&t, NULL, h_connect, NULL);
  netconn_accept(l, b);
  pthread_join(t, (void **)a);
  netconn_delete(l);
}

static void *b_sender(void *arg)
{
  unsigned long i;
  size_t done;

  for (i = 0; i < n; i++) {
    b_expect(netconn_write_partly(arg, text, len, (u8_t)copy, &done) == ERR_OK);
  }
  return NULL;
}

static unsigned long b_receive(struct netconn *conn, unsigned long want)
{
  unsigned long got = 0;
  struct pbuf *p;

  while (got < want && netconn_recv_tcp_pbuf(conn, &p) == ERR_OK) {
    got += p->tot_len;
    pbuf_free(p);
  }
  return got;
}

static void b_bulk(void)
{
  struct netconn *a, *b;
  pthread_t t;

  h_pair(&a, &b);
  b_begin();
  pthread_create(&t, NULL, b_sender, a);
  b_expect(b_receive(b, n * len) == n * len);
  pthread_join(t, NULL);
  b_end("bulk", n);
}

static void *b_echo(void *arg)
{
  unsigned long i;

  for (i = 0; i < n; i++) {
    b_expect(b_receive(arg, len) == len);
    b_expect(netconn_write(arg, text, len, NETCONN_COPY) == ERR_OK);
  }
  return NULL;
}

static void b_rr(void)
{
  struct netconn *a, *b;
  pthread_t t;
  unsigned long i;

  h_pair(&a, &b);
  pthread_create(&t, NULL, b_echo, b);
  b_begin();
  for (i = 0; i < n; i++) {
    b_expect(netconn_write(a, text, len, NETCONN_COPY) == ERR_OK);
    b_expect(b_receive(a, len) == len);
  }
  b_end("rr", n);
  pthread_join(t, NULL);
}

static void b_udp_send(struct netconn *u, u16_t port)
{
  struct netbuf *buf = netbuf_new();

  memcpy(netbuf_alloc(buf, (u16_t)len), text, len);
  b_expect(netconn_sendto(u, buf, &self, port) == ERR_OK);
  netbuf_delete(buf);
}

static int b_udp_receive(struct netconn *u)
{
  struct netbuf *buf;

  if (netconn_recv(u, &buf) != ERR_OK) {
    return 0;
  }
  netbuf_delete(buf);
  return 1;
}

static void *b_udp_echo(void *arg)
{
  unsigned long i;

  for (i = 0; i < n; i++) {
    b_expect(b_udp_receive(arg));
    b_udp_send(arg, 6001);
  }
  return NULL;
}

static void b_udp(void)
{
  struct netconn *a = netconn_new(NETCONN_UDP), *b = netconn_new(NETCONN_UDP);
  pthread_t t;
  unsigned long i;

  netconn_bind(a, &self, 6001);
  netconn_bind(b, &self, 6002);
  pthread_create(&t, NULL, b_udp_echo, b);
  b_begin();
  for (i = 0; i < n; i++) {
    b_udp_send(a, 6002);
    b_expect(b_udp_receive(a));
  }
  b_end("udp", n);
  pthread_join(t, NULL);
}

static void *b_accepter(void *arg)
{
  unsigned long i;

  for (i = 0; i < n; i++) {
    struct netconn *s;
    struct pbuf *p;

    b_expect(netconn_accept(arg, &s) == ERR_OK);
    b_expect(netconn_recv_tcp_pbuf(s, &p) == ERR_CLSD);
    netconn_close(s);
    netconn_delete(s);
  }
  return NULL;
}

static void b_conn(void)
{
  struct netconn *l = h_listen();
  pthread_t t;
  unsigned long i;

  pthread_create(&t, NULL, b_accepter, l);
  b_begin();
  for (i = 0; i < n; i++) {
    struct netconn *c = netconn_new(NETCONN_TCP);

    b_expect(netconn_connect(c, &self, 5000) == ERR_OK);
    netconn_close(c);
    netconn_delete(c);
  }
  pthread_join(t, NULL);
  b_end("conn", n);
}

/* ---- The same by sockets ---- */

#if LWIP_SOCKET

static struct sockaddr_in h_address(u16_t port)
{
  struct sockaddr_in a;

  memset(&a, 0, sizeof(a));
  a.sin_family = AF_INET;
  a.sin_port = lwip_htons(port);
  a.sin_addr.s_addr = ip4_addr_get_u32(ip_2_ip4(&self));
  return a;
}

static void *h_socket_connect(void *arg)
{
  struct sockaddr_in a = h_address(5000);
  int *s = arg;

  *s = lwip_socket(AF_INET, SOCK_STREAM, 0);
  if (lwip_connect(*s, (struct sockaddr *)&a, sizeof(a)) != 0) {
    bad++;
  }
  return NULL;
}

static void h_socket_pair(int *a, int *b)
{
  int l = lwip_socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in any = h_address(5000);
  pthread_t t;

  lwip_bind(l, (struct sockaddr *)&any, sizeof(any));
  lwip_listen(l, 5);
  pthread_create(&t, NULL, h_socket_connect, a);
  *b = lwip_accept(l, NULL, NULL);
  pthread_join(t, NULL);
  lwip_close(l);
}

static int sock_a, sock_b;

static void *b_socket_sender(void *arg)
{
  unsigned long i;

  (void)arg;
  for (i = 0; i < n; i++) {
    b_expect(lwip_send(sock_a, text, len, 0) == (ssize_t)len);
  }
  return NULL;
}

static unsigned long b_socket_receive(int s, unsigned long want)
{
  static __thread char room[65536];
  unsigned long got = 0;
  ssize_t r;

  while (got < want && (r = lwip_recv(s, room, want - got < sizeof(room) ? want - got : sizeof(room), 0)) > 0) {
    got += (unsigned long)r;
  }
  return got;
}

static void b_sbulk(void)
{
  pthread_t t;

  h_socket_pair(&sock_a, &sock_b);
  b_begin();
  pthread_create(&t, NULL, b_socket_sender, NULL);
  b_expect(b_socket_receive(sock_b, n * len) == n * len);
  pthread_join(t, NULL);
  b_end("sbulk", n);
}

static void *b_socket_echo(void *arg)
{
  unsigned long i;

  (void)arg;
  for (i = 0; i < n; i++) {
    b_expect(b_socket_receive(sock_b, len) == len);
    b_expect(lwip_send(sock_b, text, len, 0) == (ssize_t)len);
  }
  return NULL;
}

static void b_srr(void)
{
  pthread_t t;
  unsigned long i;

  h_socket_pair(&sock_a, &sock_b);
  pthread_create(&t, NULL, b_socket_echo, NULL);
  b_begin();
  for (i = 0; i < n; i++) {
    b_expect(lwip_send(sock_a, text, len, 0) == (ssize_t)len);
    b_expect(b_socket_receive(sock_a, len) == len);
  }
  b_end("srr", n);
  pthread_join(t, NULL);
}

static void b_datagram(int s, u16_t to)
{
  struct sockaddr_in a = h_address(to);

  b_expect(lwip_sendto(s, text, len, 0, (struct sockaddr *)&a, sizeof(a)) == (ssize_t)len);
}

static void *b_socket_udp_echo(void *arg)
{
  static char room[2048];
  unsigned long i;

  (void)arg;
  for (i = 0; i < n; i++) {
    b_expect(lwip_recv(sock_b, room, sizeof(room), 0) == (ssize_t)len);
    b_datagram(sock_b, 6001);
  }
  return NULL;
}

static void b_sudp(void)
{
  static char room[2048];
  struct sockaddr_in a = h_address(6001), b = h_address(6002);
  pthread_t t;
  unsigned long i;

  sock_a = lwip_socket(AF_INET, SOCK_DGRAM, 0);
  sock_b = lwip_socket(AF_INET, SOCK_DGRAM, 0);
  lwip_bind(sock_a, (struct sockaddr *)&a, sizeof(a));
  lwip_bind(sock_b, (struct sockaddr *)&b, sizeof(b));
  pthread_create(&t, NULL, b_socket_udp_echo, NULL);
  b_begin();
  for (i = 0; i < n; i++) {
    b_datagram(sock_a, 6002);
    b_expect(lwip_recv(sock_a, room, sizeof(room), 0) == (ssize_t)len);
  }
  b_end("sudp", n);
  pthread_join(t, NULL);
}

#else

static void b_sbulk(void)
{
}
static void b_srr(void)
{
}
static void b_sudp(void)
{
}

#endif

int main(int argc, char **argv)
{
  static const struct bench_case cases[] = {
    { "bulk", b_bulk },   { "rr", b_rr },   { "udp", b_udp },   { "conn", b_conn },
    { "sbulk", b_sbulk }, { "srr", b_srr }, { "sudp", b_sudp },
  };
  const char *what = argc > 1 ? argv[1] : "bulk";

  h_figures(what);
  if (strstr(what, "copy=0") != NULL) {
    copy = NETCONN_NOCOPY;
  }
  h_start();
  exit(h_run(cases, sizeof(cases) / sizeof(cases[0]), what));
}
