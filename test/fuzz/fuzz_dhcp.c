/**
 * A server's messages to the DHCP client.  An input is a sequence of steps: an octet that says what is made to fit (FIT_*), one
 * of length in units of 4, then that many octets of options (or of the whole message).
 */
#include "lwip/autoip.h"
#include "lwip/dhcp.h"
#include "lwip/dns.h"
#include "lwip/mem.h"
#include "lwip/memp.h"
#include "lwip/stats.h"
#include "lwip/sys.h"
#include "base/random.h"
#include "base/timer.h"
#include "link/acd.h"
#include "service/dhcp_client.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum {
  FIT_HEADER = 0x01,  /* what follows are options; the fixed part fits the client */
  FIT_SERVER = 0x02,  /* begin with our server's id */
  FIT_TYPE = 0x0C,    /* none, offer, ACK or NAK */
  FIT_ADDRESS = 0x10, /* the address the client has in mind, or a good one */
  FIELDS = 0x20,      /* the first octets go to file and sname too */
  WAIT = 0x40,        /* first let time pass */
  PROBED = 0x80       /* first the probing ends */
};

static u32_t now_ms;
static struct netif nif;
static struct udp_pcb pcb;
static unsigned sent;

struct netif *netif_list;
static struct acd *acd;
static void (*acd_event)(struct acd *, enum acd_event);

u32_t sys_now(void)
{
  return now_ms;
}

struct udp_pcb *udp_new(void)
{
  return &pcb;
}

err_t udp_bind(struct udp_pcb *p, const ip_addr_t *ipaddr, u16_t port)
{
  LWIP_UNUSED_ARG(p);
  LWIP_UNUSED_ARG(ipaddr);
  LWIP_UNUSED_ARG(port);
  return ERR_OK;
}

void udp_recv(struct udp_pcb *p, udp_recv_fn fn, void *arg)
{
  LWIP_UNUSED_ARG(arg);
  p->recv = fn;
}

void udp_remove(struct udp_pcb *p)
{
  p->recv = NULL;
}

err_t udp_sendto_if_src(struct udp_pcb *u, struct pbuf *p, const ip_addr_t *dst, u16_t port, struct netif *n,
                        const ip_addr_t *src)
{
  LWIP_UNUSED_ARG(u);
  LWIP_UNUSED_ARG(p);
  LWIP_UNUSED_ARG(dst);
  LWIP_UNUSED_ARG(port);
  LWIP_UNUSED_ARG(n);
  LWIP_UNUSED_ARG(src);
  sent++;
  return ERR_OK;
}

void acd_start(struct acd *a, struct netif *n, const ip4_addr_t *addr, void (*fn)(struct acd *, enum acd_event))
{
  LWIP_UNUSED_ARG(n);
  LWIP_UNUSED_ARG(addr);
  acd = a;
  acd_event = fn;
}

void acd_stop(struct acd *a)
{
  LWIP_UNUSED_ARG(a);
  acd = NULL;
}

void netif_set_addr(struct netif *n, const ip4_addr_t *ip, const ip4_addr_t *mask, const ip4_addr_t *gw)
{
  u8_t top = (u8_t)(lwip_ntohl(ip->addr) >> 24);

  if (ip->addr != 0 && (top == 0 || top == 127 || top >= 224 || mask->addr == 0)) {
    abort(); /* an address no host can have */
  }
  ip_addr_copy_from_ip4(n->ip_addr, *ip);
  ip_addr_copy_from_ip4(n->netmask, *mask);
  ip_addr_copy_from_ip4(n->gw, *gw);
}

void dns_setserver(u8_t i, const ip_addr_t *server)
{
  LWIP_UNUSED_ARG(i);
  LWIP_UNUSED_ARG(server);
}

void dhcp_set_ntp_servers(u8_t n, const ip4_addr_t *list)
{
  u32_t sum = 0;

  while (n-- > 0) {
    sum += list[n].addr; /* read them all */
  }
  if (sum == 1) {
    sent++;
  }
}

err_t autoip_start(struct netif *n)
{
  LWIP_UNUSED_ARG(n);
  return ERR_OK;
}

err_t autoip_stop(struct netif *n)
{
  LWIP_UNUSED_ARG(n);
  return ERR_OK;
}

static void start(void)
{
  static int done;

  if (!done) {
    mem_init();
    memp_init();
    random_init();
    nif.flags = NETIF_FLAG_UP | NETIF_FLAG_LINK_UP | NETIF_FLAG_ETHARP;
    nif.mtu = 1500;
    nif.hwaddr_len = 6;
    netif_list = &nif;
    done = 1;
  }
}

static void header(u8_t *m, const struct dhcp *d, uint8_t fit)
{
  dhcp_wire_put(m, d->xid, 0, 0, nif.hwaddr, 6);
  m[0] = 2;
  if (fit & FIT_ADDRESS) {
    ne32_put(m + 16, d->offered_ip_addr.addr != 0 ? d->offered_ip_addr.addr : PP_HTONL(0x0A000042u));
  }
}

/** @return how many octets were used up */
static size_t step(const uint8_t *data, size_t size)
{
  struct dhcp *d = netif_dhcp_data(&nif);
  size_t len = LWIP_MIN((size_t)data[1] * 4, size - 2);
  uint8_t fit = data[0];
  u8_t m[DHCP_WIRE_OPTIONS + 16 + 1020], *at = m, type = (u8_t)(fit >> 2 & 3);
  static const u8_t types[] = { 0, DHCP_WIRE_OFFER, DHCP_WIRE_ACK, DHCP_WIRE_NAK };
  struct pbuf *p;
  ip_addr_t server;

  if (fit & FIT_HEADER) {
    header(m, d, fit);
    memcpy(m + DHCP_WIRE_SNAME, data + 2, fit & FIELDS ? LWIP_MIN(len, 192) : 0);
    at += DHCP_WIRE_OPTIONS;
    at = type != 0 ? dhcp_wire_put_opt(at, DHCP_OPT_TYPE, &types[type], 1) : at;
    at = fit & FIT_SERVER ? dhcp_wire_put_opt(at, DHCP_OPT_SERVER_ID, "\x0a\0\0\1", 4) : at;
  }
  memcpy(at, data + 2, len);
  at += len;
  if (at > m) {
    p = pbuf_alloc(PBUF_RAW, (u16_t)(at - m), PBUF_RAM);
    pbuf_take(p, m, (u16_t)(at - m));
    ip_addr_set_ip4_u32_val(server, PP_HTONL(0x0A000001u));
    pcb.recv(NULL, &pcb, p, &server, 67);
  }
  return 2 + len;
}

/** Ring the next timer if it rings within a day. */
static void wait_a_while(void)
{
  u32_t sleep = timers_sleep(now_ms);

  if (sleep <= 86400000u) {
    unsigned before = sent;

    now_ms += sleep;
    timers_run(now_ms);
    if (sent - before > 1 || timers_sleep(now_ms) == 0) {
      abort(); /* one timer, one message, and no spinning */
    }
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  size_t at = 0;

  start();
  if (dhcp_start(&nif) != ERR_OK) {
    abort();
  }
  while (at + 2 <= size) {
    if (data[at] & PROBED && acd != NULL && !dhcp_supplied_address(&nif)) {
      acd_event(acd, ACD_FREE);
    }
    if (data[at] & WAIT) {
      wait_a_while();
    }
    at += step(data + at, size - at);
  }
  dhcp_release_and_stop(&nif);
  dhcp_cleanup(&nif);
  if (timers_sleep(now_ms) != TIMERS_NEVER || lwip_stats.mem.used != 0 || netif_ip4_addr(&nif)->addr != 0) {
    abort();
  }
  return 0;
}
