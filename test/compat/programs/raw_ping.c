/* Ping by a raw pcb: build the request, recognise the reply. */
#include "host.h"
#include "lwip/icmp.h"
#include "lwip/inet_chksum.h"
#include "lwip/init.h"
#include "lwip/ip.h"
#include "lwip/prot/icmp.h"
#include "lwip/prot/ip4.h"
#include "lwip/raw.h"
#include "lwip/sys.h"
#include "lwip/timeouts.h"

#define PING_ID 0xAFAF
#define PING_DATA 32

static u16_t seq;
static int replies;
static u32_t sent_at;

static void ping_send(struct raw_pcb *pcb)
{
  ip_addr_t to;
  u16_t i, size = (u16_t)(sizeof(struct icmp_echo_hdr) + PING_DATA);
  struct pbuf *p = pbuf_alloc(PBUF_IP, size, PBUF_RAM);
  struct icmp_echo_hdr *echo;

  EXPECT(p != NULL);
  EXPECT(p->len == p->tot_len && p->next == NULL);
  echo = (struct icmp_echo_hdr *)p->payload;
  ICMPH_TYPE_SET(echo, ICMP_ECHO);
  ICMPH_CODE_SET(echo, 0);
  echo->chksum = 0;
  echo->id = PING_ID;
  echo->seqno = lwip_htons(++seq);
  for (i = 0; i < PING_DATA; i++) {
    ((u8_t *)echo)[sizeof(*echo) + i] = (u8_t)i;
  }
  echo->chksum = inet_chksum(echo, size);
  IP_ADDR4(&to, 127, 0, 0, 1);
  sent_at = sys_now();
  EXPECT(raw_sendto(pcb, p, &to) == ERR_OK);
  pbuf_free(p);
}

static u8_t ping_recv(void *arg, struct raw_pcb *pcb, struct pbuf *p, const ip_addr_t *addr)
{
  struct icmp_echo_hdr *echo;
  const struct ip_hdr *ip = (const struct ip_hdr *)p->payload;
  LWIP_UNUSED_ARG(arg);
  LWIP_UNUSED_ARG(pcb);

  EXPECT(addr != NULL && ip_addr_isloopback(addr));
  EXPECT(IPH_V(ip) == 4 && IPH_PROTO(ip) == IP_PROTO_ICMP);
  if (p->tot_len >= IP_HLEN + sizeof(struct icmp_echo_hdr) && pbuf_remove_header(p, IP_HLEN) == 0) {
    echo = (struct icmp_echo_hdr *)p->payload;
    if (ICMPH_TYPE(echo) == ICMP_ER && echo->id == PING_ID && echo->seqno == lwip_htons(seq)) {
      EXPECT(sys_now() - sent_at < 10);
      replies++;
      pbuf_free(p);
      return 1;
    }
    EXPECT(pbuf_add_header(p, IP_HLEN) == 0);
  }
  return 0;
}

static void ping_timeout(void *arg)
{
  struct raw_pcb *pcb = (struct raw_pcb *)arg;
  ping_send(pcb);
  sys_timeout(1000, ping_timeout, pcb);
}

int main(void)
{
  struct raw_pcb *pcb;
  int turns;

  lwip_init();
  pcb = raw_new(IP_PROTO_ICMP);
  EXPECT(pcb != NULL);
  raw_recv(pcb, ping_recv, NULL);
  EXPECT(raw_bind(pcb, IP_ADDR_ANY) == ERR_OK);
  sys_timeout(1000, ping_timeout, pcb);
  for (turns = 0; turns < 10500; turns++) {
    EXPECT(sys_timeouts_sleeptime() <= 1000);
    host_turn();
  }
  EXPECT(replies == 10);
  sys_untimeout(ping_timeout, pcb);
  raw_remove(pcb);
  printf("%d replies\n", replies);
  return 0;
}
