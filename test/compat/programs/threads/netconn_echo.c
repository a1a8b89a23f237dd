/* netconns: the echo server and the UDP echo server of every tutorial, each in a thread, and their clients. */
#include <string.h>

#include "../host.h"
#include "lwip/api.h"
#include "lwip/sys.h"
#include "lwip/tcpip.h"

#define TOTAL 40000

static sys_sem_t ready;
static char block[1000];

static void tcp_server(void *arg)
{
  struct netconn *conn, *newconn;
  err_t err;

  LWIP_UNUSED_ARG(arg);
  conn = netconn_new(NETCONN_TCP);
  EXPECT(conn != NULL);
  netconn_bind(conn, IP_ADDR_ANY, 7);
  netconn_listen(conn);
  sys_sem_signal(&ready);
  while ((err = netconn_accept(conn, &newconn)) == ERR_OK) {
    struct netbuf *buf;
    void *data;
    u16_t len;

    while ((err = netconn_recv(newconn, &buf)) == ERR_OK) {
      do {
        netbuf_data(buf, &data, &len);
        err = netconn_write(newconn, data, len, NETCONN_COPY);
        EXPECT(err == ERR_OK);
      } while (netbuf_next(buf) >= 0);
      netbuf_delete(buf);
    }
    EXPECT(err == ERR_CLSD);
    netconn_close(newconn);
    netconn_delete(newconn);
  }
}

static void udp_server(void *arg)
{
  struct netconn *conn = netconn_new(NETCONN_UDP);
  struct netbuf *buf;
  char text[100];
  err_t err;

  LWIP_UNUSED_ARG(arg);
  EXPECT(conn != NULL);
  netconn_bind(conn, IP_ADDR_ANY, 7);
  sys_sem_signal(&ready);
  while ((err = netconn_recv(conn, &buf)) == ERR_OK) {
    EXPECT(netbuf_len(buf) <= sizeof text);
    EXPECT(netbuf_copy(buf, text, sizeof text) == netbuf_len(buf));
    EXPECT(netbuf_fromport(buf) != 0 && ip_addr_isloopback(netbuf_fromaddr(buf)));
    err = netconn_send(conn, buf); /* it carries its sender as its destination */
    EXPECT(err == ERR_OK);
    netbuf_delete(buf);
  }
}

static void read_back(struct netconn *conn)
{
  static char all[TOTAL];
  struct pbuf *p;
  u32_t got = 0, i;

  while (got < TOTAL) {
    EXPECT(netconn_recv_tcp_pbuf(conn, &p) == ERR_OK);
    pbuf_copy_partial(p, all + got, p->tot_len, 0);
    got += p->tot_len;
    pbuf_free(p);
  }
  for (i = 0; i < TOTAL; i++) {
    EXPECT(all[i] == block[i % sizeof block]);
  }
}

static void writer(void *arg)
{
  struct netconn *conn = (struct netconn *)arg;
  size_t written, i;

  for (i = 0; i < TOTAL / sizeof block; i++) {
    EXPECT(netconn_write_partly(conn, block, sizeof block, NETCONN_COPY, &written) == ERR_OK);
    EXPECT(written == sizeof block);
  }
  sys_sem_signal(&ready);
}

static void tcp_client(const ip_addr_t *server)
{
  struct netconn *conn = netconn_new(NETCONN_TCP);
  struct netbuf *buf;
  ip_addr_t addr;
  u16_t port;

  EXPECT(netconn_connect(conn, server, 7) == ERR_OK);
  EXPECT(netconn_peer(conn, &addr, &port) == ERR_OK && port == 7);
  EXPECT(netconn_addr(conn, &addr, &port) == ERR_OK && ip_addr_cmp(&addr, server));
  EXPECT(netconn_type(conn) == NETCONN_TCP);
  sys_thread_new("writer", writer, conn, DEFAULT_THREAD_STACKSIZE, DEFAULT_THREAD_PRIO);
  read_back(conn);
  sys_arch_sem_wait(&ready, 0);
  EXPECT(netconn_shutdown(conn, 0, 1) == ERR_OK);
  EXPECT(netconn_recv(conn, &buf) == ERR_CLSD);
  EXPECT(netconn_delete(conn) == ERR_OK);
}

static void udp_client(const ip_addr_t *server)
{
  struct netconn *conn = netconn_new(NETCONN_UDP);
  struct netbuf *buf = netbuf_new();
  char *data;

  netconn_connect(conn, server, 7);
  data = (char *)netbuf_alloc(buf, 20);
  strcpy(data, "nineteen characters");
  EXPECT(netconn_send(conn, buf) == ERR_OK);
  netbuf_delete(buf);
  netconn_set_recvtimeout(conn, 2000);
  EXPECT(netconn_recv(conn, &buf) == ERR_OK);
  EXPECT(netbuf_len(buf) == 20);
  netbuf_data(buf, (void **)&data, &(u16_t){ 0 });
  EXPECT(strcmp(data, "nineteen characters") == 0);
  netbuf_delete(buf);
  netconn_set_recvtimeout(conn, 20);
  EXPECT(netconn_recv(conn, &buf) == ERR_TIMEOUT);
  netconn_disconnect(conn);
  netconn_delete(conn);
}

int main(void)
{
  ip_addr_t server;
  size_t i;

  for (i = 0; i < sizeof block; i++) {
    block[i] = (char)(i * 7);
  }
  tcpip_init(NULL, NULL);
  EXPECT(sys_sem_new(&ready, 0) == ERR_OK);
  sys_thread_new("tcp", tcp_server, NULL, DEFAULT_THREAD_STACKSIZE, DEFAULT_THREAD_PRIO);
  sys_arch_sem_wait(&ready, 0);
  sys_thread_new("udp", udp_server, NULL, DEFAULT_THREAD_STACKSIZE, DEFAULT_THREAD_PRIO);
  sys_arch_sem_wait(&ready, 0);
  EXPECT(netconn_gethostbyname("127.0.0.1", &server) == ERR_OK);
  tcp_client(&server);
  tcp_client(&server);
  udp_client(&server);
  return 0;
}
