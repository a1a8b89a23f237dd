/*
  UDP echo without any network hardware: at the other end of a wire made of two functions stands a mirror, so that the
  questions this sketch asks 192.168.7.2 come back as questions from 192.168.7.2, and so do the answers.
  Replace fakeSend() and fakeReceive() by your driver, and set the address by dhcp_start(), to talk to the world.

  Watch it on the serial monitor at 115200 baud.
*/
#include <LwIP.h>
#include <lwip/udp.h>

static struct netif wire;
static struct udp_pcb *echo;
static struct udp_pcb *asker;
static struct pbuf *onTheWire;
static unsigned long lastQuestion;

// The clock of the stack
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

// The driver: one packet fits on the wire.  The mirror swaps source and destination (octets 12 and 16 of the IP header).
static err_t fakeSend(struct netif *, struct pbuf *p, const ip4_addr_t *)
{
  if (onTheWire != NULL) {
    return ERR_WOULDBLOCK;
  }
  onTheWire = pbuf_clone(PBUF_RAW, PBUF_RAM, p);
  if (onTheWire == NULL) {
    return ERR_MEM;
  }
  u8_t *ip = (u8_t *)onTheWire->payload;
  u8_t from[4];
  memcpy(from, ip + 12, 4);
  memcpy(ip + 12, ip + 16, 4);
  memcpy(ip + 16, from, 4);
  return ERR_OK;
}

static void fakeReceive()
{
  struct pbuf *p = onTheWire;
  if (p != NULL) {
    onTheWire = NULL;
    if (wire.input(p, &wire) != ERR_OK) {
      pbuf_free(p);
    }
  }
}

static err_t wireInit(struct netif *n)
{
  n->name[0] = 'w';
  n->name[1] = 'r';
  n->mtu = 1500;
  n->output = fakeSend;
  n->flags = NETIF_FLAG_LINK_UP;
  return ERR_OK;
}

static void onQuestion(void *, struct udp_pcb *pcb, struct pbuf *p, const ip_addr_t *from, u16_t port)
{
  udp_sendto(pcb, p, from, port);
  pbuf_free(p);
}

static void onAnswer(void *, struct udp_pcb *, struct pbuf *p, const ip_addr_t *from, u16_t)
{
  char text[40];
  u16_t n = pbuf_copy_partial(p, text, sizeof(text) - 1, 0);
  text[n] = 0;
  pbuf_free(p);
  Serial.print(ipaddr_ntoa(from));
  Serial.print(" says: ");
  Serial.println(text);
}

void setup()
{
  ip4_addr_t ip, mask, gw;

  Serial.begin(115200);
  lwip_init();
  IP4_ADDR(&ip, 192, 168, 7, 1);
  IP4_ADDR(&mask, 255, 255, 255, 0);
  IP4_ADDR(&gw, 192, 168, 7, 254);
  netif_add(&wire, &ip, &mask, &gw, NULL, wireInit, netif_input);
  netif_set_default(&wire);
  netif_set_up(&wire);

  echo = udp_new();
  udp_bind(echo, IP_ADDR_ANY, 7);
  udp_recv(echo, onQuestion, NULL);

  asker = udp_new();
  udp_recv(asker, onAnswer, NULL);
}

void loop()
{
  fakeReceive();
  sys_check_timeouts();

  if (millis() - lastQuestion >= 1000) {
    lastQuestion = millis();
    ip_addr_t mirror;
    IP_ADDR4(&mirror, 192, 168, 7, 2);
    struct pbuf *p = pbuf_alloc(PBUF_TRANSPORT, 5, PBUF_RAM);
    if (p != NULL) {
      pbuf_take(p, "hello", 5);
      udp_sendto(asker, p, &mirror, 7);
      pbuf_free(p);
    }
  }
}
