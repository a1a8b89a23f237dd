/* The bare-metal main loop of the old books: every timer function called by hand, DHCP brings the address.  A toy server
 * sits on the other end of the wire. */
#include <string.h>

#include "host.h"
#include "lwip/autoip.h"
#include "lwip/dhcp.h"
#include "lwip/dns.h"
#include "lwip/etharp.h"
#include "lwip/igmp.h"
#include "lwip/init.h"
#include "lwip/ip4_frag.h"
#include "lwip/netif.h"
#include "lwip/priv/tcp_priv.h"
#include "lwip/prot/dhcp.h"
#include "lwip/tcp.h"
#include "netif/ethernet.h"

static struct netif board;
static u8_t answer[400];
static u16_t answer_len;
static int discovers, requests, releases;

static void be16(u8_t *p, unsigned v)
{
  p[0] = (u8_t)(v >> 8);
  p[1] = (u8_t)v;
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

/* OFFER or ACK for the client's message m */
static void serve(const u8_t *m, u8_t type)
{
  static const u8_t ip[] = { 0x45, 0, 0, 0, 0, 7, 0, 0, 64, 17, 0, 0, 10, 0, 0, 1, 255, 255, 255, 255 };
  static const u8_t options[] = { 99, 130, 83,  99,  53,  1, 0, 54, 4,  10, 0, 0, 1, 51, 4,  0, 0, 14, 16,
                                  1,  4,   255, 255, 255, 0, 3, 4,  10, 0,  0, 1, 6, 4,  10, 0, 0, 1,  255 };
  u8_t *f = answer;
  unsigned udp_len = 8 + 236 + sizeof(options);
  memset(f, 0, sizeof(answer));
  memset(f, 0xff, 6);
  memcpy(f + 6, "\2\0\0\0\0\1", 6);
  be16(f + 12, 0x0800);
  memcpy(f + 14, ip, sizeof(ip));
  be16(f + 16, 20 + udp_len);
  be16(f + 24, sum(f + 14, 20));
  be16(f + 34, 67);
  be16(f + 36, 68);
  be16(f + 38, udp_len);
  memcpy(f + 42, m, 236);
  f[42] = DHCP_BOOTREPLY;
  memcpy(f + 42 + 16, "\12\0\0\62", 4); /* 10.0.0.50 */
  memcpy(f + 42 + 236, options, sizeof(options));
  f[42 + 236 + 6] = type;
  answer_len = (u16_t)(42 + 236 + sizeof(options));
}

/* who has 10.0.0.1? */
static void answer_arp(const u8_t *q)
{
  static const u8_t server[] = { 2, 0, 0, 0, 0, 1, 10, 0, 0, 1 };
  if (memcmp(q + 38, server + 6, 4) != 0 || q[21] != 1) {
    return;
  }
  memcpy(answer, q + 6, 6);
  memcpy(answer + 6, server, 6);
  memcpy(answer + 12, q + 12, 8);
  be16(answer + 20, 2);
  memcpy(answer + 22, server, 10);
  memcpy(answer + 32, q + 22, 10);
  answer_len = 42;
}

static err_t wire(struct netif *netif, struct pbuf *p)
{
  u8_t f[600];
  u16_t n = pbuf_copy_partial(p, f, sizeof(f), 0);
  LWIP_UNUSED_ARG(netif);
  if (n >= 42 && f[12] == 8 && f[13] == 6) {
    answer_arp(f);
  }
  if (n < 42 + 240 || f[12] != 8 || f[13] != 0 || f[23] != 17 || f[37] != 67) {
    return ERR_OK;
  }
  EXPECT(f[42 + 236] == 99 && f[42 + 240] == DHCP_OPTION_MESSAGE_TYPE);
  switch (f[42 + 242]) {
    case DHCP_DISCOVER:
      discovers++;
      serve(f + 42, DHCP_OFFER);
      break;
    case DHCP_REQUEST:
      requests++;
      serve(f + 42, DHCP_ACK);
      break;
    case DHCP_RELEASE:
      releases++;
      break;
    default:
      break;
  }
  return ERR_OK;
}

static err_t board_init(struct netif *netif)
{
  netif->output = etharp_output;
  netif->linkoutput = wire;
  netif->mtu = 1500;
  netif->hwaddr_len = 6;
  netif->hwaddr[0] = 2;
  netif->hwaddr[5] = 7;
  netif->flags = NETIF_FLAG_BROADCAST | NETIF_FLAG_ETHARP | NETIF_FLAG_ETHERNET | NETIF_FLAG_LINK_UP;
  return ERR_OK;
}

static void receive(void)
{
  struct pbuf *p;
  if (answer_len == 0) {
    return;
  }
  p = pbuf_alloc(PBUF_RAW, answer_len, PBUF_POOL);
  EXPECT(p != NULL);
  EXPECT(pbuf_take(p, answer, answer_len) == ERR_OK);
  answer_len = 0;
  if (board.input(p, &board) != ERR_OK) {
    pbuf_free(p);
  }
}

static void timers(void)
{
  if (host_ms % TCP_TMR_INTERVAL == 0) {
    tcp_tmr();
  }
  if (host_ms % ARP_TMR_INTERVAL == 0) {
    etharp_tmr();
  }
  if (host_ms % IP_TMR_INTERVAL == 0) {
    ip_reass_tmr();
  }
  if (host_ms % DHCP_FINE_TIMER_MSECS == 0) {
    dhcp_fine_tmr();
  }
  if (host_ms % (DHCP_COARSE_TIMER_SECS * 1000) == 0) {
    dhcp_coarse_tmr();
  }
  if (host_ms % AUTOIP_TMR_INTERVAL == 0) {
    autoip_tmr();
  }
  if (host_ms % IGMP_TMR_INTERVAL == 0) {
    igmp_tmr();
  }
  if (host_ms % DNS_TMR_INTERVAL == 0) {
    dns_tmr();
  }
}

int main(void)
{
  struct dhcp *dhcp;
  u32_t i;

  lwip_init();
  EXPECT(netif_add(&board, IP4_ADDR_ANY4, IP4_ADDR_ANY4, IP4_ADDR_ANY4, NULL, board_init, ethernet_input) != NULL);
  netif_set_default(&board);
  netif_set_up(&board);
  netif_set_hostname(&board, "byhand");
  EXPECT(dhcp_start(&board) == ERR_OK);
  for (i = 0; i < 30000 && !dhcp_supplied_address(&board); i++) {
    host_turn();
    receive();
    timers();
  }
  EXPECT(dhcp_supplied_address(&board));
  EXPECT(ip4_addr_get_u32(netif_ip4_addr(&board)) == PP_HTONL(0x0A000032UL));
  EXPECT(discovers >= 1 && requests >= 1);
  dhcp = netif_dhcp_data(&board);
  EXPECT(dhcp->state == DHCP_STATE_BOUND);
  EXPECT(ip_2_ip4(&dhcp->server_ip_addr)->addr == PP_HTONL(0x0A000001UL));
  EXPECT(dhcp->offered_t0_lease == 3600);
  EXPECT(ip_2_ip4(dns_getserver(0))->addr == PP_HTONL(0x0A000001UL));

  /* half the lease later it is renewed */
  requests = 0;
  for (i = 0; i < 2000u * 1000 && requests == 0; i++) {
    host_turn();
    receive();
    timers();
  }
  EXPECT(requests >= 1);
  for (i = 0; i < 100; i++) {
    host_turn();
    receive();
  }
  EXPECT(dhcp->state == DHCP_STATE_BOUND);
  dhcp_release_and_stop(&board);
  dhcp_cleanup(&board);
  EXPECT(!dhcp_supplied_address(&board));
  printf("bound after %d discovers, renewed\n", discovers);
  return 0;
}
