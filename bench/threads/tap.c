/**
 * Netconns and sockets over a TAP device with the kernel as the peer: instructions per operation under callgrind, ours beside
 * Debian's liblwip.
 *
 *   tap "send n=2000 len=1460"       one-way to the peer, until it has told that all has arrived
 *   tap "receive n=2000 len=1460"    one-way from the peer
 *   tap "rr n=2000 len=64"           request and response
 *   tap "ssend ...", "sreceive ...", "srr ..."   the same by sockets
 *
 * The device is tap0, the peer 10.7.0.1: `tap_peer.py` makes the one and is the other.
 */
#include "lwip/api.h"
#include "lwip/sockets.h"
#include "lwip/tcpip.h"
#include "mark.h"
#include "tap_driver.h"

enum {
  PORT_ECHO = 7,   /**< gives back what it gets */
  PORT_SINK = 9,   /**< takes all, and closes when that ends */
  PORT_SOURCE = 19 /**< is told a number in a line, sends as many octets and closes */
};

static struct netif nif;
static ip_addr_t peer;
static char text[65536];

static void h_ready(void *arg)
{
  ip4_addr_t ip, mask, gw;

  IP4_ADDR(&ip, 10, 7, 0, 2);
  IP4_ADDR(&mask, 255, 255, 255, 0);
  IP4_ADDR(&gw, 10, 7, 0, 1);
  netif_add(&nif, &ip, &mask, &gw, NULL, h_tap_init, tcpip_input);
  netif_set_default(&nif);
  netif_set_up(&nif);
  sys_sem_signal((sys_sem_t *)arg);
}

static void h_start(void)
{
  h_start_stack(h_ready);
  IP_ADDR4(&peer, 10, 7, 0, 1);
}

/* ---- Two faces of one connection ---- */

/** What a case does with its connection; a failure counts as bad. */
struct face {
  void (*open)(u16_t port);
  void (*send)(const void *octets, size_t length);
  void (*end)(void);                 /**< no more to send */
  size_t (*receive)(size_t at_most); /**< @return octets, 0: the end */
};

static struct netconn *conn;

static void h_netconn_open(u16_t port)
{
  conn = netconn_new(NETCONN_TCP);
  b_expect(netconn_connect(conn, &peer, port) == ERR_OK);
}

static void b_netconn_send(const void *octets, size_t length)
{
  b_expect(netconn_write(conn, octets, length, NETCONN_COPY) == ERR_OK);
}

static void b_netconn_end(void)
{
  b_expect(netconn_shutdown(conn, 0, 1) == ERR_OK);
}

static size_t b_netconn_receive(size_t at_most)
{
  struct pbuf *p;
  size_t got;

  (void)at_most;
  if (netconn_recv_tcp_pbuf(conn, &p) != ERR_OK) {
    return 0;
  }
  got = p->tot_len;
  pbuf_free(p);
  return got;
}

static int sock;

static void h_socket_open(u16_t port)
{
  struct sockaddr_in a;

  memset(&a, 0, sizeof(a));
  a.sin_family = AF_INET;
  a.sin_port = lwip_htons(port);
  a.sin_addr.s_addr = ip4_addr_get_u32(ip_2_ip4(&peer));
  sock = lwip_socket(AF_INET, SOCK_STREAM, 0);
  b_expect(lwip_connect(sock, (struct sockaddr *)&a, sizeof(a)) == 0);
}

static void b_socket_send(const void *octets, size_t length)
{
  b_expect(lwip_send(sock, octets, length, 0) == (ssize_t)length);
}

static void b_socket_end(void)
{
  b_expect(lwip_shutdown(sock, SHUT_WR) == 0);
}

static size_t b_socket_receive(size_t at_most)
{
  static char room[65536];
  ssize_t got = lwip_recv(sock, room, at_most < sizeof(room) ? at_most : sizeof(room), 0);

  return got > 0 ? (size_t)got : 0;
}

static const struct face by_netconn = { h_netconn_open, b_netconn_send, b_netconn_end, b_netconn_receive };
static const struct face by_socket = { h_socket_open, b_socket_send, b_socket_end, b_socket_receive };

/* ---- What is measured ---- */

static size_t b_take(const struct face *face, size_t want)
{
  size_t got = 0, r;

  while (got < want && (r = face->receive(want - got)) > 0) {
    got += r;
  }
  return got;
}

/** Both directions end, and the peer has all that was sent. */
static void b_finish(const struct face *face)
{
  face->end();
  b_expect(face->receive(1) == 0);
}

static void b_one_way(const struct face *face)
{
  unsigned long i;

  face->open(PORT_SINK);
  b_begin();
  for (i = 0; i < n; i++) {
    face->send(text, len);
  }
  b_finish(face);
  b_end("send", n);
}

static void b_other_way(const struct face *face)
{
  char count[24];

  face->open(PORT_SOURCE);
  snprintf(count, sizeof(count), "%lu\n", n * len);
  b_begin();
  face->send(count, strlen(count));
  b_expect(b_take(face, n * len) == n * len);
  b_end("receive", n);
  b_finish(face);
}

static void b_request(const struct face *face)
{
  unsigned long i;

  face->open(PORT_ECHO);
  b_begin();
  for (i = 0; i < n; i++) {
    face->send(text, len);
    b_expect(b_take(face, len) == len);
  }
  b_end("rr", n);
  b_finish(face);
}

static void b_send(void)
{
  b_one_way(&by_netconn);
}

static void b_receive(void)
{
  b_other_way(&by_netconn);
}

static void b_rr(void)
{
  b_request(&by_netconn);
}

static void b_ssend(void)
{
  b_one_way(&by_socket);
}

static void b_sreceive(void)
{
  b_other_way(&by_socket);
}

static void b_srr(void)
{
  b_request(&by_socket);
}

int main(int argc, char **argv)
{
  static const struct bench_case cases[] = {
    { "send", b_send },   { "receive", b_receive },   { "rr", b_rr },
    { "ssend", b_ssend }, { "sreceive", b_sreceive }, { "srr", b_srr },
  };
  const char *what = argc > 1 ? argv[1] : "send";

  h_figures(what);
  h_start();
  exit(h_run(cases, sizeof(cases) / sizeof(cases[0]), what));
}
