/* UDP: a server that answers every datagram with itself, and a client that checks. */
#include <string.h>

#include "host.h"
#include "lwip/init.h"
#include "lwip/pbuf.h"
#include "lwip/udp.h"

#define ECHO_PORT 7

static int answers;
static char last[64];

static void echo_recv(void *arg, struct udp_pcb *pcb, struct pbuf *p, const ip_addr_t *addr, u16_t port)
{
  LWIP_UNUSED_ARG(arg);
  if (p != NULL) {
    EXPECT(ip_current_netif() != NULL);
    EXPECT(ip_addr_cmp(ip_current_src_addr(), addr));
    udp_sendto(pcb, p, addr, port);
    pbuf_free(p);
  }
}

static void client_recv(void *arg, struct udp_pcb *pcb, struct pbuf *p, const ip_addr_t *addr, u16_t port)
{
  EXPECT(arg == &answers);
  EXPECT(port == ECHO_PORT);
  EXPECT(ip_addr_isloopback(addr));
  EXPECT(pcb->local_port != 0);
  memset(last, 0, sizeof(last));
  pbuf_copy_partial(p, last, (u16_t)(sizeof(last) - 1), 0);
  answers++;
  pbuf_free(p);
}

int main(void)
{
  struct udp_pcb *server, *client;
  struct pbuf *p;
  ip_addr_t to;
  int i;

  lwip_init();
  server = udp_new();
  EXPECT(server != NULL);
  EXPECT(udp_bind(server, IP_ADDR_ANY, ECHO_PORT) == ERR_OK);
  udp_recv(server, echo_recv, NULL);

  client = udp_new_ip_type(IPADDR_TYPE_V4);
  EXPECT(client != NULL);
  udp_recv(client, client_recv, &answers);
  IP_ADDR4(&to, 127, 0, 0, 1);
  EXPECT(udp_connect(client, &to, ECHO_PORT) == ERR_OK);

  for (i = 0; i < 100; i++) {
    char text[32];
    sprintf(text, "datagram %d", i);
    p = pbuf_alloc(PBUF_TRANSPORT, (u16_t)strlen(text), PBUF_RAM);
    EXPECT(p != NULL);
    pbuf_take(p, text, (u16_t)strlen(text));
    EXPECT(udp_send(client, p) == ERR_OK);
    EXPECT(pbuf_free(p) == 1);
    host_turn();
    host_turn();
    EXPECT(answers == i + 1);
    EXPECT(strcmp(last, text) == 0);
  }
  udp_disconnect(client);
  udp_remove(client);
  udp_remove(server);
  printf("%d answers\n", answers);
  return 0;
}
