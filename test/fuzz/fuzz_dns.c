/**
 * Answers to a DNS query.  An input is what follows id and question of an honest answer (mode 0: they are made to fit), or
 * the whole datagram (mode 1); the first octet is the mode, the second the flags to put in.
 */
#include "lwip/dns.h"
#include "lwip/mem.h"
#include "lwip/memp.h"
#include "lwip/stats.h"
#include "lwip/sys.h"
#include "lwip/udp.h"
#include "base/random.h"
#include "base/timer.h"
#include "service/dns_client.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static u32_t now_ms;
static u8_t query[300];
static u16_t query_len;
static struct udp_pcb pcb;

u32_t sys_now(void)
{
  return now_ms;
}

struct udp_pcb *udp_new_ip_type(u8_t type)
{
  LWIP_UNUSED_ARG(type);
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
  p->recv = fn;
  p->recv_arg = arg;
}

void udp_remove(struct udp_pcb *p)
{
  p->recv = NULL;
}

err_t udp_sendto(struct udp_pcb *p, struct pbuf *q, const ip_addr_t *dst, u16_t port)
{
  LWIP_UNUSED_ARG(p);
  LWIP_UNUSED_ARG(dst);
  LWIP_UNUSED_ARG(port);
  query_len = pbuf_copy_partial(q, query, sizeof query, 0);
  return ERR_OK;
}

static int told;

static void found(const char *name, const ip_addr_t *addr, void *arg)
{
  LWIP_UNUSED_ARG(name);
  LWIP_UNUSED_ARG(addr);
  LWIP_UNUSED_ARG(arg);
  told++;
}

static void start(void)
{
  static int done;
  ip_addr_t server;

  if (!done) {
    mem_init();
    memp_init();
    random_init();
    dns_init();
    ip_addr_set_ip4_u32_val(server, PP_HTONL(0x0A000001u));
    dns_setserver(0, &server);
    done = 1;
  }
}

/** The datagram, in a pbuf of exactly its size. */
static struct pbuf *make(const uint8_t *data, size_t size)
{
  u16_t head = data[0] & 1 ? 0 : query_len;
  struct pbuf *p = pbuf_alloc(PBUF_RAW, (u16_t)(head + size - 2), PBUF_RAM);
  u8_t *m = (u8_t *)p->payload;

  memcpy(m, query, head);
  memcpy(m + head, data + 2, size - 2);
  if (head != 0) {
    m[2] = 0x80 | (data[1] >> 4 & 2);
    m[3] = data[1] & 0x0F;
    m[6] = m[10] = 0;
    m[7] = data[1] >> 6;
    m[9] = data[1] >> 4 & 1;
  }
  return p;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  static unsigned n;
  char name[] = "ab.cd.00000000";
  ip_addr_t addr, server;

  if (size < 3 || size > 1500) {
    return 0;
  }
  start();
  for (int i = 0; i < 8; i++) { /* a new name each time: no answer from the cache */
    name[13 - i] = (char)('a' + (n >> (4 * i) & 15));
  }
  n++;
  told = 0;
  if (dns_gethostbyname(name, &addr, found, NULL) != ERR_INPROGRESS) {
    abort();
  }
  ip_addr_set_ip4_u32_val(server, PP_HTONL(0x0A000001u));
  pcb.recv(pcb.recv_arg, &pcb, make(data, size), &server, 53);
  for (int i = 0; i < 8 && told == 0; i++) {
    now_ms += 60000;
    timers_run(now_ms);
  }
  if (told != 1 || lwip_stats.mem.used != 0) {
    abort(); /* the callback is called exactly once, and nothing leaks */
  }
  return 0;
}
