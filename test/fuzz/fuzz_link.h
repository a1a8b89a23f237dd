/** What the fuzzers of the link floor share: an Ethernet interface whose frames are checked as they leave, and a clock. */
#ifndef TEST_FUZZ_FUZZ_LINK_H
#define TEST_FUZZ_FUZZ_LINK_H

#include "base/timer.h"
#include "link/arp.h"
#include "lwip/init.h"
#include "lwip/stats.h"
#include "lwip/sys.h"
#include "netif/ethernet.h"

#include <stdlib.h>
#include <string.h>

#define FUZZ_IP(d) PP_HTONL(LWIP_MAKEU32(10, 0, 0, d))

static u32_t fuzz_now = 1000;
static struct netif fuzz_nif;
static unsigned fuzz_sent, fuzz_announced;
static const u8_t fuzz_us[6] = { 2, 0, 0, 0, 0, 1 };

int LLVMFuzzerTestOneInput(const u8_t *data, size_t size);

u32_t sys_now(void);
u32_t sys_now(void)
{
  return fuzz_now;
}

static inline void fuzz_check(int holds)
{
  if (!holds) {
    abort();
  }
}

/** Nothing leaves that should not: from us, to a station or a proper group, ARP packets whole and true. */
static inline err_t fuzz_linkoutput(struct netif *nif, struct pbuf *p)
{
  static u8_t f[70000];
  struct arp_repr r;
  u16_t len = pbuf_copy_partial(p, f, p->tot_len, 0);

  fuzz_check(len == p->tot_len && len > 14);
  fuzz_check(!eth_addr_is_zero(f) && !eth_addr_same(f, fuzz_us) && eth_addr_same(f + 6, fuzz_us));
  if (eth_wire_type(f) == ETH_WIRE_TYPE_ARP) {
    fuzz_check(arp_wire_parse(f + 14, len - 14u, &r) == ARP_WIRE_OK && len == 14 + ARP_WIRE_LEN);
    fuzz_check(eth_addr_same(r.sha, fuzz_us) && (r.spa == 0 || r.spa == netif_ip4_addr(nif)->addr));
    fuzz_announced += r.spa == r.tpa;
  }
  fuzz_sent++;
  return ERR_OK;
}

static inline err_t fuzz_nif_init(struct netif *nif)
{
  nif->output = etharp_output;
  nif->linkoutput = fuzz_linkoutput;
  nif->mtu = 1500;
  nif->hwaddr_len = 6;
  memcpy(nif->hwaddr, fuzz_us, 6);
  nif->flags = NETIF_FLAG_BROADCAST | NETIF_FLAG_ETHARP | NETIF_FLAG_ETHERNET | NETIF_FLAG_LINK_UP;
  return ERR_OK;
}

static inline void fuzz_begin(void)
{
  static const ip4_addr_t ip = { FUZZ_IP(1) }, mask = { PP_HTONL(0xffffff00UL) }, gw = { FUZZ_IP(254) };
  static int up;

  if (!up) {
    lwip_init();
    up = 1;
  }
  netif_add(&fuzz_nif, &ip, &mask, &gw, NULL, fuzz_nif_init, netif_input);
  netif_set_default(&fuzz_nif);
  netif_set_up(&fuzz_nif);
  fuzz_sent = 0;
  fuzz_announced = 0;
}

static inline void fuzz_pass(u32_t ms)
{
  fuzz_now += ms;
  timers_run(fuzz_now);
}

/** What the table promises, whatever came in. */
static inline void fuzz_check_table(void)
{
  unsigned i, pending = 0;

  for (i = 0; i < ARP_TABLE_SIZE; i++) {
    const struct arp_entry *e = &arp_table[i];
    if (e->state == ARP_FREE) {
      fuzz_check(e->queue == NULL);
      continue;
    }
    fuzz_check(e->nif == &fuzz_nif && arp_find(&fuzz_nif, e->ip) == e);
    fuzz_check(e->ip != 0 && e->ip != netif_ip4_addr(&fuzz_nif)->addr && !ip4_addr_isbroadcast_u32(e->ip, &fuzz_nif));
    if (e->state == ARP_PENDING) {
      pending++;
    } else {
      fuzz_check(eth_addr_is_station(e->mac) && !eth_addr_same(e->mac, fuzz_us) && e->queue == NULL);
    }
  }
  fuzz_check(pending <= ARP_TABLE_SIZE);
}

/** Everything is given back when the interface goes. */
static inline void fuzz_end(void)
{
  netif_remove(&fuzz_nif);
  fuzz_pass(70000);
  fuzz_check(lwip_stats.memp[MEMP_ARP_QUEUE]->used == 0 && lwip_stats.memp[MEMP_PBUF_POOL]->used == 0);
  fuzz_check(lwip_stats.mem.used == 0);
}

/** A frame comes in, in pieces of @p piece octets (0: in one). */
static inline void fuzz_receive(const u8_t *octets, size_t len, size_t piece)
{
  struct pbuf *p = NULL;
  size_t at;

  piece = piece == 0 || piece > len ? len : piece;
  for (at = 0; at < len; at += piece) {
    size_t n = LWIP_MIN(piece, len - at);
    struct pbuf *q = pbuf_alloc(PBUF_RAW, (u16_t)n, PBUF_RAM);
    fuzz_check(q != NULL);
    pbuf_take(q, octets + at, (u16_t)n);
    if (p == NULL) {
      p = q;
    } else {
      pbuf_cat(p, q);
    }
  }
  if (p != NULL && fuzz_nif.input(p, &fuzz_nif) != ERR_OK) {
    abort();
  }
}

#endif
