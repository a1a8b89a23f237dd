/* A driver without copies: frames arrive in its own buffers as custom pbufs and come back by their free function. */
#include <string.h>

#include "host.h"
#include "lwip/etharp.h"
#include "lwip/init.h"
#include "lwip/memp.h"
#include "lwip/netif.h"
#include "lwip/prot/iana.h"
#include "lwip/udp.h"
#include "netif/ethernet.h"

#define BUFFERS 6
#define BUFFER_SIZE 1536

struct rx_buffer {
  struct pbuf_custom pc; /* must be first */
  int in_use;
  u8_t data[BUFFER_SIZE];
};

LWIP_MEMPOOL_DECLARE(TX_NOTES, 4, 32, "notes of the driver")

static struct rx_buffer rx[BUFFERS];
static struct netif board;
static u8_t out[BUFFER_SIZE];
static u16_t out_len;
static int frees, received;

static const u8_t peer[6] = { 0x02, 0, 0, 0, 0, 0x99 };

static void rx_free(struct pbuf *p)
{
  struct rx_buffer *b = (struct rx_buffer *)p;
  EXPECT(b->in_use);
  b->in_use = 0;
  frees++;
}

static struct pbuf *rx_take(const u8_t *frame, u16_t len)
{
  int i;
  for (i = 0; i < BUFFERS; i++) {
    if (!rx[i].in_use) {
      rx[i].in_use = 1;
      rx[i].pc.custom_free_function = rx_free;
      memcpy(rx[i].data, frame, len);
      return pbuf_alloced_custom(PBUF_RAW, len, PBUF_REF, &rx[i].pc, rx[i].data, BUFFER_SIZE);
    }
  }
  return NULL;
}

static err_t tx(struct netif *netif, struct pbuf *p)
{
  struct pbuf *q;
  LWIP_UNUSED_ARG(netif);
  out_len = 0;
  for (q = p; q != NULL; q = q->next) {
    memcpy(out + out_len, q->payload, q->len);
    out_len = (u16_t)(out_len + q->len);
  }
  EXPECT(out_len == p->tot_len);
  return ERR_OK;
}

static err_t board_init(struct netif *netif)
{
  netif->output = etharp_output;
  netif->linkoutput = tx;
  netif->mtu = 1500;
  netif->hwaddr_len = 6;
  netif->hwaddr[0] = 2;
  netif->hwaddr[5] = 1;
  netif->flags |= NETIF_FLAG_BROADCAST | NETIF_FLAG_ETHARP | NETIF_FLAG_ETHERNET | NETIF_FLAG_LINK_UP;
  return ERR_OK;
}

static void give(const u8_t *frame, u16_t len)
{
  struct pbuf *p = rx_take(frame, len);
  EXPECT(p != NULL);
  if (board.input(p, &board) != ERR_OK) {
    pbuf_free(p);
  }
  host_turn();
}

static void sink(void *arg, struct udp_pcb *pcb, struct pbuf *p, const ip_addr_t *addr, u16_t port)
{
  struct udp_hdr *udp;
  LWIP_UNUSED_ARG(arg);
  LWIP_UNUSED_ARG(pcb);
  LWIP_UNUSED_ARG(addr);
  EXPECT(port == 4660);
  EXPECT(p->len == p->tot_len);
  /* the headers are still in front */
  udp = (struct udp_hdr *)((u8_t *)p->payload - UDP_HLEN);
  EXPECT(udp->dest == PP_HTONS(5000));
  EXPECT(memcmp(p->payload, "zero copy", 9) == 0);
  received++;
  pbuf_free(p);
}

static u16_t sum(const u8_t *p, int n)
{
  u32_t s = 0;
  int i;
  for (i = 0; i + 1 < n; i += 2) {
    s += (u32_t)(p[i] << 8 | p[i + 1]);
  }
  while (s >> 16) {
    s = (s & 0xFFFF) + (s >> 16);
  }
  return (u16_t)~s;
}

static u16_t udp_frame(u8_t *f)
{
  static const u8_t ip[] = { 0x45, 0, 0, 37, 0, 1, 0, 0, 64, 17, 0, 0, 10, 0, 0, 9, 10, 0, 0, 1 };
  static const u8_t udp[] = { 0x12, 0x34, 0x13, 0x88, 0, 17, 0, 0 };
  u16_t c;
  memset(f, 0, 60);
  memcpy(f, board.hwaddr, 6);
  memcpy(f + 6, peer, 6);
  f[12] = 0x08;
  memcpy(f + 14, ip, sizeof(ip));
  c = sum(f + 14, 20);
  f[24] = (u8_t)(c >> 8);
  f[25] = (u8_t)c;
  memcpy(f + 34, udp, sizeof(udp));
  memcpy(f + 42, "zero copy", 9);
  return 60;
}

int main(void)
{
  static const u8_t arp[] = { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2,    0,  0, 0, 0, 0x99, 8, 6, 0, 1, 8, 0,  6, 4, 0,
                              1,    2,    0,    0,    0,    0,    0x99, 10, 0, 0, 9, 0,    0, 0, 0, 0, 0, 10, 0, 0, 1 };
  u8_t frame[BUFFER_SIZE];
  ip4_addr_t ip, mask, gw;
  struct udp_pcb *pcb;
  struct pbuf *held;
  void *note;
  int i;

  lwip_init();
  LWIP_MEMPOOL_INIT(TX_NOTES);
  note = LWIP_MEMPOOL_ALLOC(TX_NOTES);
  EXPECT(note != NULL);
  LWIP_MEMPOOL_FREE(TX_NOTES, note);

  IP4_ADDR(&ip, 10, 0, 0, 1);
  IP4_ADDR(&mask, 255, 255, 255, 0);
  IP4_ADDR(&gw, 10, 0, 0, 9);
  EXPECT(netif_add(&board, &ip, &mask, &gw, NULL, board_init, netif_input) != NULL);
  netif_set_default(&board);
  netif_set_up(&board);

  out_len = 0;
  give(arp, sizeof(arp));
  EXPECT(out_len >= 42 && out[12] == 8 && out[13] == 6 && out[21] == 2);
  EXPECT(memcmp(out, peer, 6) == 0);

  pcb = udp_new();
  EXPECT(udp_bind(pcb, IP_ADDR_ANY, 5000) == ERR_OK);
  udp_recv(pcb, sink, NULL);
  for (i = 0; i < 100; i++) {
    give(frame, udp_frame(frame));
  }
  EXPECT(received == 100);

  /* nobody there: port unreachable, and the buffer comes back all the same */
  udp_remove(pcb);
  give(frame, udp_frame(frame));
  EXPECT(out[23] == 1 && out[34] == 3 && out[35] == 3);

  held = rx_take(frame, 60);
  pbuf_ref(held);
  EXPECT(pbuf_free(held) == 0);
  EXPECT(pbuf_free(held) == 1);
  for (i = 0; i < BUFFERS; i++) {
    EXPECT(!rx[i].in_use);
  }
  printf("%d frames, %d buffers freed\n", received, frees);
  return 0;
}
