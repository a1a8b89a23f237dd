/*
  A TCP echo server on port 7 with the raw interface: callbacks, no threads, no blocking.
  The interface is made of functions that do nothing; put your Ethernet driver there.
*/
#include <LwIP.h>
#include <lwip/etharp.h>
#include <lwip/tcp.h>

static struct netif eth;

extern "C" u32_t sys_now(void)
{
  return millis();
}

// Numbers nobody can guess: take them from the RNG of your chip
extern "C" void lwip_x_entropy(void *buf, size_t len)
{
  uint8_t *b = (uint8_t *)buf;
  while (len-- > 0) {
    *b++ = (uint8_t)(analogRead(A0) ^ micros());
  }
}

// Give the frame to the hardware; p may be a chain
static err_t driverSend(struct netif *, struct pbuf *p)
{
  for (struct pbuf *q = p; q != NULL; q = q->next) {
    // copy q->len octets from q->payload
  }
  return ERR_OK;
}

// Take a frame from the hardware: pbuf_alloc(PBUF_RAW, length, PBUF_POOL), pbuf_take(); NULL if there is none
static struct pbuf *driverReceive()
{
  return NULL;
}

static err_t driverInit(struct netif *n)
{
  static const u8_t mac[6] = { 0x02, 0x80, 0xE1, 0x00, 0x00, 0x01 };
  memcpy(n->hwaddr, mac, sizeof(mac));
  n->hwaddr_len = sizeof(mac);
  n->name[0] = 'e';
  n->name[1] = 'n';
  n->mtu = 1500;
  n->output = etharp_output;
  n->linkoutput = driverSend;
  n->flags = NETIF_FLAG_BROADCAST | NETIF_FLAG_ETHARP | NETIF_FLAG_ETHERNET | NETIF_FLAG_LINK_UP;
  return ERR_OK;
}

// Text came (or, with p == NULL, the peer's end of it)
static err_t onText(void *, struct tcp_pcb *pcb, struct pbuf *p, err_t)
{
  if (p == NULL) {
    return tcp_close(pcb);
  }
  // a whole pbuf at a time; what does not fit is refused and offered again
  if (p->tot_len > tcp_sndbuf(pcb)) {
    return ERR_MEM;
  }
  for (struct pbuf *q = p; q != NULL; q = q->next) {
    if (tcp_write(pcb, q->payload, q->len, TCP_WRITE_FLAG_COPY) != ERR_OK) {
      tcp_abort(pcb);
      pbuf_free(p);
      return ERR_ABRT;
    }
  }
  tcp_recved(pcb, p->tot_len);
  pbuf_free(p);
  return tcp_output(pcb);
}

// Nothing happened for ten seconds
static err_t onIdle(void *, struct tcp_pcb *pcb)
{
  return tcp_close(pcb);
}

static err_t onConnection(void *, struct tcp_pcb *pcb, err_t err)
{
  if (err != ERR_OK || pcb == NULL) {
    return ERR_VAL;
  }
  tcp_recv(pcb, onText);
  tcp_poll(pcb, onIdle, 20);
  return ERR_OK;
}

void setup()
{
  ip4_addr_t ip, mask, gw;

  Serial.begin(115200);
  lwip_init();
  IP4_ADDR(&ip, 192, 168, 1, 50);
  IP4_ADDR(&mask, 255, 255, 255, 0);
  IP4_ADDR(&gw, 192, 168, 1, 1);
  netif_add(&eth, &ip, &mask, &gw, NULL, driverInit, ethernet_input);
  netif_set_default(&eth);
  netif_set_up(&eth);

  struct tcp_pcb *listener = tcp_new();
  tcp_bind(listener, IP_ADDR_ANY, 7);
  listener = tcp_listen(listener);
  tcp_accept(listener, onConnection);
  Serial.print("echo server at ");
  Serial.println(ip4addr_ntoa(netif_ip4_addr(&eth)));
}

void loop()
{
  struct pbuf *p = driverReceive();
  if (p != NULL && eth.input(p, &eth) != ERR_OK) {
    pbuf_free(p);
  }
  sys_check_timeouts();
}
