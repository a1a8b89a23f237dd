/**
 * Whole frames into a live stack: a listener, an open connection, one being opened, UDP and raw pcbs, DHCP
 * and DNS waiting for answers.  After each input everything is closed and time passes; then memory must be
 * what it was, whatever came in.
 *
 * An input is a sequence of steps.  A step is an octet of repairs and one of length (in units of 8), then the
 * octets.  Repairs (REPAIR_*) make checksums, addresses and numbers fit, so that mutation reaches what lies
 * behind them; length 0 is a call of the program or a pause instead (see act()).
 */
#include "../../src/stack/mem/pbuf_ctrl.h"
#include "lwip/autoip.h"
#include "lwip/dhcp.h"
#include "lwip/dns.h"
#include "lwip/etharp.h"
#include "lwip/igmp.h"
#include "lwip/init.h"
#include "lwip/memp.h"
#include "lwip/netif.h"
#include "lwip/pbuf.h"
#include "lwip/raw.h"
#include "lwip/stats.h"
#include "lwip/tcp.h"
#include "lwip/timeouts.h"
#include "lwip/udp.h"
#include "netif/ethernet.h"
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
  REPAIR_ETHERNET = 0x01, /* to us, IPv4 or ARP by the first octet */
  REPAIR_IP = 0x02,       /* length, checksum, from the peer to us */
  REPAIR_SUM = 0x04,      /* the transport's checksum */
  REPAIR_TCP = 0x08,      /* ports of the open connection, numbers relative to what it expects */
  REPAIR_DNS = 0x10,      /* UDP from port 53 with the id and port of the question */
  SECOND = 0x20,          /* in by the interface that waits for DHCP */
  REPAIR_DHCP = 0x40      /* the transaction id of the last DHCP message */
};

enum { PORT = 80, PEER_PORT = 40000, FRAME_MAX = 1514 };

static struct netif nif, dhcp_nif;
static uint32_t clock_ms = 1000;
static struct tcp_pcb *listener, *conns[8];
static struct udp_pcb *udp;
static struct raw_pcb *raw;
static uint16_t dns_id, dns_port;
static uint8_t dhcp_xid[4];
static uint32_t pools[64], heap_used;
static bool closing;

u32_t sys_now(void)
{
  return clock_ms;
}

u32_t sys_jiffies(void)
{
  return clock_ms;
}

static void put16(uint8_t *p, uint32_t v)
{
  p[0] = (uint8_t)(v >> 8);
  p[1] = (uint8_t)v;
}

static void put32(uint8_t *p, uint32_t v)
{
  put16(p, v >> 16);
  put16(p + 2, v & 0xFFFF);
}

static uint32_t get16(const uint8_t *p)
{
  return (uint32_t)(p[0] << 8 | p[1]);
}

static uint32_t sum16(const uint8_t *d, size_t n, uint32_t s)
{
  for (; n > 1; n -= 2, d += 2) {
    s += get16(d);
  }
  if (n) {
    s += (uint32_t)d[0] << 8;
  }
  while (s >> 16) {
    s = (s & 0xFFFF) + (s >> 16);
  }
  return s;
}

/* ------------------------------------------------------------------ the program */

static err_t on_recv(void *arg, struct tcp_pcb *pcb, struct pbuf *p, err_t err)
{
  size_t i;

  (void)arg;
  (void)err;
  if (p == NULL) {
    for (i = 0; i < 8; i++) {
      if (conns[i] == pcb) {
        conns[i] = NULL;
      }
    }
    tcp_arg(pcb, NULL);
    tcp_err(pcb, NULL);
    tcp_recv(pcb, NULL);
    if (tcp_close(pcb) != ERR_OK) {
      tcp_abort(pcb);
      return ERR_ABRT;
    }
    return ERR_OK;
  }
  tcp_recved(pcb, p->tot_len);
  if (p->len > 0 && ((uint8_t *)p->payload)[0] < 16) {
    tcp_write(pcb, "hello, whoever you are", 22, TCP_WRITE_FLAG_COPY);
  }
  pbuf_free(p);
  return ERR_OK;
}

static void on_err(void *arg, err_t err)
{
  (void)err;
  *(struct tcp_pcb **)arg = NULL;
}

static bool remember(struct tcp_pcb *pcb)
{
  size_t i;

  for (i = 0; i < 8; i++) {
    if (conns[i] == NULL) {
      conns[i] = pcb;
      tcp_arg(pcb, &conns[i]);
      tcp_err(pcb, on_err);
      tcp_recv(pcb, on_recv);
      return true;
    }
  }
  return false;
}

static err_t on_accept(void *arg, struct tcp_pcb *pcb, err_t err)
{
  (void)arg;
  if (err != ERR_OK || pcb == NULL || closing || !remember(pcb)) {
    return ERR_MEM;
  }
  return ERR_OK;
}

static err_t on_connected(void *arg, struct tcp_pcb *pcb, err_t err)
{
  (void)arg;
  (void)err;
  tcp_write(pcb, "GET / HTTP/1.1\r\n\r\n", 18, TCP_WRITE_FLAG_COPY);
  return ERR_OK;
}

static void on_datagram(void *arg, struct udp_pcb *pcb, struct pbuf *p, const ip_addr_t *addr, u16_t port)
{
  (void)arg;
  udp_sendto(pcb, p, addr, port);
  pbuf_free(p);
}

static u8_t on_raw(void *arg, struct raw_pcb *pcb, struct pbuf *p, const ip_addr_t *addr)
{
  (void)arg;
  (void)pcb;
  (void)addr;
  if (p->tot_len > 20 && pbuf_get_at(p, 20) == 77) {
    pbuf_free(p);
    return 1;
  }
  return 0;
}

static void on_found(const char *name, const ip_addr_t *addr, void *arg)
{
  (void)name;
  (void)addr;
  (void)arg;
}

/* ------------------------------------------------------------------ the wire */

/** Notes what a repair needs later. */
static err_t output(struct netif *n, struct pbuf *p)
{
  uint8_t f[400];
  u16_t len = pbuf_copy_partial(p, f, sizeof(f), 0);

  (void)n;
  if (p->tot_len > FRAME_MAX) {
    abort();
  }
  if (len > 54 && get16(f + 12) == 0x0800 && f[23] == 17) {
    if (get16(f + 36) == 53) {
      dns_port = (uint16_t)get16(f + 34);
      dns_id = (uint16_t)get16(f + 42);
    } else if (get16(f + 36) == 67) {
      memcpy(dhcp_xid, f + 46, 4);
    }
  }
  return ERR_OK;
}

static err_t setup(struct netif *n)
{
  n->name[0] = 'f';
  n->name[1] = 'z';
  n->mtu = 1500;
  n->hwaddr_len = 6;
  memcpy(n->hwaddr, n == &nif ? "\2\0\0\0\0\2" : "\2\0\0\0\0\3", 6);
  n->flags = NETIF_FLAG_BROADCAST | NETIF_FLAG_ETHARP | NETIF_FLAG_ETHERNET | NETIF_FLAG_LINK_UP | NETIF_FLAG_IGMP;
  n->output = etharp_output;
  n->linkoutput = output;
  return ERR_OK;
}

static void input(struct netif *n, const uint8_t *frame, size_t len)
{
  struct pbuf *p = pbuf_alloc(PBUF_RAW, (u16_t)len, PBUF_RAM);

  if (p == NULL) {
    return;
  }
  pbuf_take(p, frame, (u16_t)len);
  if (n->input(p, n) != ERR_OK) {
    pbuf_free(p);
  }
}

static void pass(uint32_t ms)
{
  uint32_t end = clock_ms + ms, rounds = 0;

  for (;;) {
    u32_t sleep = sys_timeouts_sleeptime();

    if (sleep > end - clock_ms) {
      break;
    }
    clock_ms += sleep;
    sys_check_timeouts();
    if (++rounds > 100000) {
      fprintf(stderr, "the timers ring without end\n");
      abort();
    }
  }
  clock_ms = end;
  sys_check_timeouts();
}

static void usage(uint32_t *pool, uint32_t *heap)
{
  int i;

  pbuf_ctrl_forget();
  *heap = (uint32_t)lwip_stats.mem.used;
  for (i = 0; i < MEMP_MAX && i < 64; i++) {
    pool[i] = lwip_stats.memp[i] != NULL ? (uint32_t)lwip_stats.memp[i]->used : 0;
  }
}

static void boot(void)
{
  ip4_addr_t ip, mask, gw;
  ip_addr_t server = IPADDR4_INIT_BYTES(10, 0, 0, 1);

  lwip_init();
  IP4_ADDR(&ip, 10, 0, 0, 2);
  IP4_ADDR(&mask, 255, 255, 255, 0);
  IP4_ADDR(&gw, 10, 0, 0, 1);
  netif_add(&nif, &ip, &mask, &gw, NULL, setup, ethernet_input);
  netif_add(&dhcp_nif, NULL, NULL, NULL, NULL, setup, ethernet_input);
  netif_set_default(&nif);
  netif_set_up(&nif);
  netif_set_up(&dhcp_nif);
  udp = udp_new();
  udp_bind(udp, IP4_ADDR_ANY, 7);
  udp_recv(udp, on_datagram, NULL);
  raw = raw_new(IP_PROTO_ICMP);
  raw_recv(raw, on_raw, NULL);
  listener = tcp_new();
  tcp_bind(listener, IP_ANY_TYPE, PORT);
  listener = tcp_listen(listener);
  tcp_accept(listener, on_accept);
  dns_setserver(0, &server);
}

/** The peer asks who we are, so that answers find it. */
static void introduce(void)
{
  static const uint8_t who[42] = { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 2, 0,  0, 0, 0, 1, 8, 6, 0, 1, 8, 0,  6, 4, 0,
                                   1,    2,    0,    0,    0,    0,    1, 10, 0, 0, 1, 0, 0, 0, 0, 0, 0, 10, 0, 0, 2 };

  input(&nif, who, sizeof(who));
}

/** What is open and waiting at the beginning of every input. */
static void open_all(void)
{
  ip_addr_t peer = IPADDR4_INIT_BYTES(10, 0, 0, 1), found;
  struct tcp_pcb *pcb;

  closing = false;
  introduce();
  dhcp_start(&dhcp_nif);
  dns_gethostbyname("www.example.org", &found, on_found, NULL);
  pcb = tcp_new();
  if (pcb != NULL && tcp_bind(pcb, IP_ANY_TYPE, 5000) == ERR_OK && remember(pcb)) {
    tcp_connect(pcb, &peer, 6000, on_connected);
  } else if (pcb != NULL) {
    tcp_abort(pcb);
  }
}

static void close_all(void)
{
  size_t i;

  closing = true;
  for (i = 0; i < 8; i++) {
    if (conns[i] != NULL) {
      tcp_abort(conns[i]);
      conns[i] = NULL;
    }
  }
  dhcp_release_and_stop(&dhcp_nif);
  dhcp_cleanup(&dhcp_nif);
}

static void check(void)
{
  uint32_t now[64], heap;
  int i;

  pass(700000);
  etharp_cleanup_netif(&nif);
  etharp_cleanup_netif(&dhcp_nif);
  usage(now, &heap);
  for (i = 0; i < MEMP_MAX && i < 64; i++) {
    if (now[i] > pools[i]) {
      fprintf(stderr, "leak: pool %s %u, was %u\n", lwip_stats.memp[i]->name, (unsigned)now[i], (unsigned)pools[i]);
      abort();
    }
  }
  if (heap > heap_used) {
    fprintf(stderr, "leak: heap %u, was %u\n", (unsigned)heap, (unsigned)heap_used);
    abort();
  }
}

/* ------------------------------------------------------------------ repairs */

static void repair_tcp(uint8_t *t, size_t len)
{
  const struct tcp_pcb *pcb = NULL;
  size_t i;

  for (i = 0; i < 8 && pcb == NULL; i++) {
    pcb = conns[i];
  }
  if (len < 20) {
    return;
  }
  if (pcb == NULL) {
    put16(t, PEER_PORT);
    put16(t + 2, PORT);
    return;
  }
  put16(t, pcb->remote_port);
  put16(t + 2, pcb->local_port);
  put32(t + 4, pcb->rcv_nxt + (uint32_t)(int32_t)(int8_t)t[7]);
  put32(t + 8, pcb->snd_nxt + (uint32_t)(int32_t)(int8_t)t[11]);
}

static void repair_sum(uint8_t *ip, size_t hlen, size_t len)
{
  static const struct {
    uint8_t proto, at;
    bool pseudo;
  } where[] = { { 6, 16, true }, { 17, 6, true }, { 1, 2, false }, { 2, 2, false } };
  uint8_t *d = ip + hlen;
  size_t i;

  for (i = 0; i < 4; i++) {
    if (ip[9] == where[i].proto && len > where[i].at + 1u) {
      uint32_t s = where[i].pseudo ? sum16(ip + 12, 8, ip[9] + (uint32_t)len) : 0;

      put16(d + where[i].at, 0);
      put16(d + where[i].at, ~sum16(d, len, s) & 0xFFFF);
    }
  }
}

static void repair(uint8_t how, uint8_t *f, size_t len)
{
  uint8_t *ip = f + 14;
  size_t hlen;

  if (len < 14) {
    return;
  }
  if (how & REPAIR_ETHERNET) {
    memcpy(f, how & SECOND ? "\2\0\0\0\0\3" : "\2\0\0\0\0\2", 6);
    memcpy(f + 6, "\2\0\0\0\0\1", 6);
    put16(f + 12, f[12] & 1 ? 0x0806 : 0x0800);
  }
  if (len < 34 || get16(f + 12) != 0x0800) {
    return;
  }
  hlen = (size_t)(ip[0] & 15) * 4;
  if (hlen < 20 || 14 + hlen > len) {
    hlen = 20;
  }
  if (how & REPAIR_IP) {
    ip[0] = (uint8_t)(0x40 | hlen / 4);
    put16(ip + 2, (uint32_t)(len - 14));
    put32(ip + 12, 0x0A000001);
    put32(ip + 16, how & SECOND ? 0xFFFFFFFFu : 0x0A000002u);
  }
  if ((how & REPAIR_TCP) && ip[9] == 6) {
    repair_tcp(ip + hlen, len - 14 - hlen);
  }
  if ((how & REPAIR_DNS) && ip[9] == 17 && len >= 14 + hlen + 20) {
    put16(ip + hlen, 53);
    put16(ip + hlen + 2, dns_port);
    put16(ip + hlen + 4, (uint32_t)(len - 14 - hlen));
    put16(ip + hlen + 8, dns_id);
  }
  if ((how & REPAIR_DHCP) && ip[9] == 17 && len >= 14 + hlen + 16) {
    put16(ip + hlen, 67);
    put16(ip + hlen + 2, 68);
    put16(ip + hlen + 4, (uint32_t)(len - 14 - hlen));
    memcpy(ip + hlen + 12, dhcp_xid, 4);
  }
  if (how & REPAIR_SUM) {
    repair_sum(ip, hlen, len - 14 - hlen);
  }
  if (how & REPAIR_IP) {
    put16(ip + 10, 0);
    put16(ip + 10, ~sum16(ip, hlen, 0) & 0xFFFF);
  }
}

/** A step without octets: time, or a call. */
static void act(uint8_t what)
{
  struct tcp_pcb *pcb = conns[what & 1];
  ip4_addr_t group;

  switch (what >> 1 & 7) {
    case 0:
      pass(1 + (uint32_t)what * 10);
      break;
    case 1:
      pass((uint32_t)what * 500);
      break;
    case 2:
      if (pcb != NULL) {
        tcp_write(pcb, "some octets", 11, TCP_WRITE_FLAG_COPY);
        tcp_output(pcb);
      }
      break;
    case 3:
      if (pcb != NULL && tcp_shutdown(pcb, 0, 1) != ERR_OK) {
        tcp_output(pcb);
      }
      break;
    case 4:
      IP4_ADDR(&group, 239, 1, 2, 3);
      if (igmp_joingroup_netif(&nif, &group) == ERR_OK) {
        igmp_leavegroup_netif(&nif, &group);
      }
      break;
    case 5:
      netif_set_link_down(&dhcp_nif);
      netif_set_link_up(&dhcp_nif);
      break;
    default:
      introduce();
      break;
  }
}

static void run(const uint8_t *data, size_t size)
{
  static uint8_t frame[FRAME_MAX];

  while (size >= 2) {
    uint8_t how = data[0];
    size_t len = (size_t)data[1] * 8;

    data += 2;
    size -= 2;
    if (len == 0) {
      act(how);
      continue;
    }
    len = LWIP_MIN(len, LWIP_MIN(size, sizeof(frame)));
    memcpy(frame, data, len);
    repair(how, frame, len);
    input(how & SECOND ? &dhcp_nif : &nif, frame, len);
    data += len;
    size -= len;
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  static bool booted;

  if (!booted) {
    booted = true;
    boot();
    autoip_start(&dhcp_nif); /* DHCP may call it in; its state stays with the interface */
    autoip_stop(&dhcp_nif);
    open_all();
    close_all();
    pass(700000);
    etharp_cleanup_netif(&nif);
    etharp_cleanup_netif(&dhcp_nif);
    usage(pools, &heap_used);
  }
  open_all();
  run(data, size);
  close_all();
  check();
  return 0;
}
