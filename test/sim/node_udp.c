/** The UDP application: datagrams of any size whose octets follow from a tag; a lost one is no failure, a wrong one is. */
#include "node.h"
#include "lwip/pbuf.h"
#include "lwip/udp.h"

enum { PORT = 6000 };
static struct udp_pcb *pcb;
static uint32_t good;

static uint8_t octet(uint32_t tag, size_t i)
{
  return (uint8_t)((tag * 2654435761u + i * 40503u) >> 11);
}

static void on_datagram(void *arg, struct udp_pcb *upcb, struct pbuf *p, const ip_addr_t *addr, u16_t port)
{
  uint32_t tag = 0;
  size_t i;

  LWIP_UNUSED_ARG(arg);
  for (i = 0; i < 4; i++) {
    tag = tag << 8 | pbuf_get_at(p, (u16_t)i);
  }
  for (i = 4; i < p->tot_len; i++) {
    if (pbuf_get_at(p, (u16_t)i) != octet(tag, i)) {
      if (!node_config.damage || p->tot_len < 1472) {
        node_fail("a datagram with wrong octets");
      }
      break;
    }
  }
  good++;
  if (node_config.udp_echo) {
    udp_sendto(upcb, p, addr, port);
  }
  pbuf_free(p);
}

void node_udp_boot(bool echo)
{
  LWIP_UNUSED_ARG(echo);
  pcb = udp_new_ip_type(IPADDR_TYPE_ANY);
  if (pcb == NULL || udp_bind(pcb, IP_ANY_TYPE, PORT) != ERR_OK) {
    node_fail("udp_bind");
    return;
  }
  udp_recv(pcb, on_datagram, NULL);
}

void node_udp_send(uint32_t to_ip, uint16_t port, uint32_t tag, size_t len)
{
  const ip_addr_t to = node_address(to_ip);
  struct pbuf *p = pbuf_alloc(PBUF_TRANSPORT, (u16_t)len, PBUF_RAM);
  size_t i;

  if (p == NULL) {
    return;
  }
  for (i = 0; i < len; i++) {
    pbuf_put_at(p, (u16_t)i, (u8_t)(i < 4 ? tag >> (24 - 8 * i) : octet(tag, i)));
  }
  udp_sendto(pcb, p, &to, port);
  pbuf_free(p);
}

uint32_t node_udp_good(void)
{
  return good;
}
