/** What the fuzzers of neighbour discovery, MLD and DHCPv6 share: the whole stack on one Ethernet, an address of its own, a clock. */
#ifndef TEST_FUZZ_FUZZ_ND6_H
#define TEST_FUZZ_FUZZ_ND6_H

#include "base/timer.h"
#include "lwip/dhcp6.h"
#include "lwip/dns.h"
#include "lwip/etharp.h"
#include "lwip/ethip6.h"
#include "lwip/init.h"
#include "lwip/ip6.h"
#include "lwip/memp.h"
#include "lwip/mld6.h"
#include "lwip/nd6.h"
#include "lwip/priv/nd6_priv.h"
#include "lwip/stats.h"
#include "lwip/sys.h"
#include "lwip/udp.h"
#include "netif/ethernet.h"
#include "wire/wire_ip6.h"
#include "wire/wire_nd6.h"
#include <stdlib.h>
#include <string.h>

static u32_t fuzz_now = 1000;
static struct netif fuzz_nif;
static unsigned fuzz_sent;
static u32_t fuzz_xid; /**< of the DHCPv6 message sent last */
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

static inline u32_t fuzz_sum(u32_t sum, const u8_t *b, size_t len)
{
  size_t i;

  for (i = 0; i < len; i++) {
    sum += (i & 1) != 0 ? b[i] : (u32_t)b[i] << 8;
  }
  while (sum >> 16 != 0) {
    sum = (sum & 0xffff) + (sum >> 16);
  }
  return sum;
}

/** Nothing leaves that should not: from us, to a station or a proper group, lengths and checksums true, options of ND whole. */
static inline err_t fuzz_linkoutput(struct netif *nif, struct pbuf *p)
{
  static u8_t f[70000];
  const u8_t *h = f + 14, *m = h + 40;
  size_t len = pbuf_copy_partial(p, f, p->tot_len, 0);
  u8_t next;

  (void)nif;
  fuzz_check(len == p->tot_len && len > 14 && memcmp(f + 6, fuzz_us, 6) == 0);
  fuzz_check((f[0] & 1) == 0 ? memcmp(f, fuzz_us, 6) != 0 : (f[0] == 0x33 || f[0] == 0xff));
  fuzz_sent++;
  if (f[12] != 0x86) {
    return ERR_OK;
  }
  fuzz_check(len == 54u + ip6_wire_plen(h) && h[0] >> 4 == 6);
  next = h[6];
  len -= 54;
  if (next == 0) {
    next = m[0];
    m += 8;
    len -= 8;
  }
  fuzz_check(fuzz_sum((u32_t)len + next + fuzz_sum(0, h + 8, 32), m, len) == 0xffff);
  if (next == 58 && nd6_wire_fixed_len(m[0]) != 0) {
    fuzz_check(h[7] == 255 && nd6_wire_check(m, len));
  }
  if (next == 17 && m[3] == (547 & 255)) {
    fuzz_xid = be32_get(m + 8);
  }
  return ERR_OK;
}

static inline err_t fuzz_nif_init(struct netif *nif)
{
  nif->name[0] = 'f';
  nif->name[1] = 'z';
#if LWIP_IPV4
  nif->output = etharp_output;
#endif
  nif->output_ip6 = ethip6_output;
  nif->linkoutput = fuzz_linkoutput;
  nif->mtu = 1500;
  nif->hwaddr_len = 6;
  memcpy(nif->hwaddr, fuzz_us, 6);
  nif->flags = NETIF_FLAG_BROADCAST | NETIF_FLAG_ETHARP | NETIF_FLAG_ETHERNET | NETIF_FLAG_MLD6 | NETIF_FLAG_LINK_UP;
  return ERR_OK;
}

static inline void fuzz_pass(u32_t ms)
{
  const u32_t end = fuzz_now + ms;
  unsigned rings = 0;

  while (timers_sleep(fuzz_now) != TIMERS_NEVER && timers_sleep(fuzz_now) <= end - fuzz_now) {
    fuzz_now += timers_sleep(fuzz_now);
    timers_run(fuzz_now);
    fuzz_check(++rings < 10000); /* nothing may spin */
  }
  fuzz_now = end;
}

static inline void fuzz_begin(void)
{
  static int up;

  if (!up) {
    lwip_init();
    up = 1;
  }
#if LWIP_IPV4
  netif_add(&fuzz_nif, NULL, NULL, NULL, NULL, fuzz_nif_init, netif_input);
#else
  netif_add(&fuzz_nif, NULL, fuzz_nif_init, netif_input);
#endif
  netif_set_default(&fuzz_nif);
  netif_create_ip6_linklocal_address(&fuzz_nif, 1);
  fuzz_nif.ip6_autoconfig_enabled = 1;
  netif_set_up(&fuzz_nif);
}

/** Everything is given back when the interface goes. */
static inline void fuzz_end(void)
{
  unsigned i;

  dhcp6_cleanup(&fuzz_nif);
  netif_remove(&fuzz_nif);
  fuzz_pass(100000);
  fuzz_check(lwip_stats.memp[MEMP_PBUF_POOL]->used == 0 && lwip_stats.memp[MEMP_MLD6_GROUP]->used == 0);
#if LWIP_ND6_QUEUEING
  fuzz_check(lwip_stats.memp[MEMP_ND6_QUEUE]->used == 0);
#endif
  fuzz_check(lwip_stats.mem.used == 0);
  for (i = 0; i < LWIP_ND6_NUM_NEIGHBORS; i++) {
    fuzz_check(neighbor_cache[i].state == ND6_NO_ENTRY && neighbor_cache[i].q == NULL);
  }
}

/** The addresses of a packet: who says it, to whom. */
static inline void fuzz_addr(u8_t *to, u8_t which)
{
  static const u8_t addrs[8][16] = {
    { 0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xfe, 0, 0, 2 }, /* a neighbour */
    { 0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xfe, 0, 0, 1 }, /* us */
    { 0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 },          /* all nodes */
    { 0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0xff, 0, 0, 1 },       /* our group */
    { 0 },
    { 0x20, 1, 0xd, 0xb8, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2 },        /* somebody of a prefix */
    { 0x20, 1, 0xd, 0xb8, 0, 1, 0, 0, 0, 0, 0, 0xff, 0xfe, 0, 0, 1 },  /* us in that prefix */
    { 0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xfe, 0, 0, 0xaa }, /* a router */
  };

  memcpy(to, addrs[which & 7], 16);
}

/** A packet comes in: @p next behind @p ext octets of headers at @p data; @p sum_at: where its checksum is made, 0: it is left. */
static inline void fuzz_rx(const u8_t src[16], const u8_t dst[16], u8_t hoplim, u8_t first, u8_t proto,
                           const u8_t *data, size_t len, size_t ext, size_t sum_at)
{
  static u8_t f[2000];
  u8_t *h = f + 14;
  struct pbuf *p;

  if (len > 1500) {
    return;
  }
  memset(f, 0, 54);
  if (dst[0] == 0xff) {
    f[0] = f[1] = 0x33;
    memcpy(f + 2, dst + 12, 4);
  } else {
    memcpy(f, fuzz_us, 6);
  }
  f[6] = 2;
  f[11] = 2;
  f[12] = 0x86;
  f[13] = 0xdd;
  h[0] = 0x60;
  be16_put(h + 4, (u16_t)len);
  h[6] = first;
  h[7] = hoplim;
  memcpy(h + 8, src, 16);
  memcpy(h + 24, dst, 16);
  memcpy(h + 40, data, len);
  if (sum_at != 0 && len >= ext + sum_at + 2) {
    be16_put(h + 40 + ext + sum_at, 0);
    be16_put(h + 40 + ext + sum_at,
             (u16_t)~fuzz_sum((u32_t)(len - ext) + proto + fuzz_sum(0, h + 8, 32), h + 40 + ext, len - ext));
  }
  p = pbuf_alloc(PBUF_RAW, (u16_t)(54 + len), PBUF_RAM);
  fuzz_check(p != NULL);
  pbuf_take(p, f, p->len);
  fuzz_check(fuzz_nif.input(p, &fuzz_nif) == ERR_OK);
}

#endif
