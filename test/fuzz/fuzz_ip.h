/** What the fuzzers of the IP floor share: one interface that swallows what is sent, a clock, pbufs of any shape. */
#ifndef TEST_FUZZ_FUZZ_IP_H
#define TEST_FUZZ_FUZZ_IP_H

#include "lwip/igmp.h"
#include "lwip/init.h"
#include "lwip/ip.h"
#include "lwip/netif.h"
#include "lwip/raw.h"
#include "lwip/stats.h"
#include "lwip/sys.h"
#include "lwip/udp.h"
#include "base/timer.h"
#include "wire/wire_ip4.h"

#include <stdlib.h>
#include <string.h>

#define FUZZ_US 0x0a000001u
#define FUZZ_PEER 0x0a000002u

static u32_t fuzz_now = 1000;
static struct netif fuzz_nif;
static u8_t fuzz_sink[70000];

int LLVMFuzzerTestOneInput(const u8_t *data, size_t size);

u32_t sys_now(void);
u32_t sys_now(void)
{
  return fuzz_now;
}

/** Every octet that is sent is read: an uninitialised or stray one shows. */
static inline err_t fuzz_output(struct netif *nif, struct pbuf *p, const ip4_addr_t *to)
{
  (void)nif;
  (void)to;
  if (pbuf_copy_partial(p, fuzz_sink, p->tot_len, 0) != p->tot_len || ip4_wire_len(fuzz_sink) != p->tot_len) {
    abort();
  }
  return ERR_OK;
}

static inline err_t fuzz_nif_init(struct netif *nif)
{
  nif->output = fuzz_output;
  nif->mtu = 1500;
  nif->flags = NETIF_FLAG_BROADCAST | NETIF_FLAG_IGMP | NETIF_FLAG_LINK_UP;
  return ERR_OK;
}

static inline void fuzz_on_udp(void *arg, struct udp_pcb *pcb, struct pbuf *p, const ip_addr_t *addr, u16_t port)
{
  (void)arg;
  if (udp_sendto(pcb, p, addr, port) != ERR_OK) {
    /* no answer then */
  }
  pbuf_free(p);
}

static inline u8_t fuzz_on_raw(void *arg, struct raw_pcb *pcb, struct pbuf *p, const ip_addr_t *addr)
{
  (void)arg;
  (void)pcb;
  (void)addr;
  pbuf_copy_partial(p, fuzz_sink, p->tot_len, 0);
  return 0;
}

/** Once: the stack with an echoing UDP port 7, a raw pcb for ICMP and membership of 233.1.2.3. */
static inline void fuzz_start(void)
{
  static bool started;
  const ip4_addr_t us = { PP_HTONL(FUZZ_US) }, mask = { PP_HTONL(0xffffff00u) }, gw = { PP_HTONL(0x0a0000feu) };
  const ip4_addr_t group = { PP_HTONL(0xe9010203u) };
  struct udp_pcb *pcb;
  struct raw_pcb *raw;

  if (started) {
    return;
  }
  started = true;
  lwip_init();
  netif_add(&fuzz_nif, &us, &mask, &gw, NULL, fuzz_nif_init, ip4_input);
  netif_set_default(&fuzz_nif);
  netif_set_up(&fuzz_nif);
  pcb = udp_new();
  ip_set_option(pcb, SOF_BROADCAST);
  udp_bind(pcb, IP_ADDR_ANY, 7);
  udp_recv(pcb, fuzz_on_udp, NULL);
  raw = raw_new(1);
  raw_recv(raw, fuzz_on_raw, NULL);
  igmp_joingroup_netif(&fuzz_nif, &group);
}

/** A pbuf of the pool with @p len octets, in pieces of @p piece if that is not 0. */
static inline struct pbuf *fuzz_pbuf(const u8_t *b, size_t len, u16_t piece)
{
  struct pbuf *p = NULL;
  size_t at = 0;

  do {
    const u16_t n = (u16_t)(piece == 0 || len - at < piece ? len - at : piece);
    struct pbuf *q = pbuf_alloc(PBUF_LINK, n, PBUF_POOL);
    if (q == NULL) {
      if (p != NULL) {
        pbuf_free(p);
      }
      return NULL;
    }
    pbuf_take(q, b + at, n);
    if (p == NULL) {
      p = q;
    } else {
      pbuf_cat(p, q);
    }
    at += n;
  } while (at < len);
  return p;
}

/** Make the header checksum right, so that the fuzzer need not guess it. */
static inline void fuzz_fix_header(u8_t *b, size_t len)
{
  if (len >= 20 && ip4_wire_hlen(b) >= 20 && ip4_wire_hlen(b) <= len) {
    ip4_wire_chksum_put(b, ip4_wire_hlen(b));
  }
}

/** Receive an IP packet. */
static inline void fuzz_rx(const u8_t *b, size_t len, u16_t piece, u8_t pbuf_flags)
{
  struct pbuf *p = fuzz_pbuf(b, len, piece);

  if (p != NULL) {
    p->flags |= pbuf_flags;
    p->if_idx = netif_get_index(&fuzz_nif);
    ip4_input(p, &fuzz_nif);
  }
}

/** Let time pass. */
static inline void fuzz_wait(u32_t ms)
{
  fuzz_now += ms;
  timers_run(fuzz_now);
}

/** After long enough nothing may be held. */
static inline void fuzz_no_leak(void)
{
  unsigned i;

  for (i = 0; i < 40; i++) {
    fuzz_wait(1000);
  }
  if (lwip_stats.memp[MEMP_PBUF_POOL]->used != 0 || lwip_stats.memp[MEMP_REASSDATA]->used != 0) {
    abort();
  }
}

/** Wrap @p len octets in an IPv4 packet from the peer and receive it. */
static inline void fuzz_rx_proto(u8_t proto, u32_t dst, u8_t ttl, u16_t frag, const u8_t *payload, size_t len,
                                 u16_t piece)
{
  static u8_t b[2100];

  if (len > 2000) {
    len = 2000;
  }
  ip4_wire_emit(b, 20, 0, (u16_t)(20 + len), 1, frag, ttl, proto, PP_HTONL(FUZZ_PEER), lwip_htonl(dst));
  ip4_wire_chksum_put(b, 20);
  memcpy(b + 20, payload, len);
  fuzz_rx(b, 20 + len, piece, 0);
}

/** The ones' complement sum of @p len octets, complemented: put it where the checksum is 0. */
static inline u16_t fuzz_chksum(const u8_t *b, size_t len)
{
  u32_t sum = 0;
  size_t i;

  for (i = 0; i < len; i++) {
    sum += (i & 1) != 0 ? b[i] : (u32_t)b[i] << 8;
  }
  while (sum >> 16 != 0) {
    sum = (sum & 0xffff) + (sum >> 16);
  }
  return (u16_t)~sum;
}

#endif
