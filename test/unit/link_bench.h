/**
 * An Ethernet on the bench: one interface, a virtual clock, what it sent, what it handed up.  For the tests of the link
 * floor; each program includes it once and links the files named below, with fakes for everything above.
 *
 * LINK: link/acd.c link/arp_cache.c link/arp_in.c link/arp_out.c link/arp_table.c link/ethernet.c link/ethernet_out.c
 * link/ip_text.c link/ip6_text.c link/netif.c link/netif_events.c link/netif_input.c link/netif_ip4.c link/netif_ip6.c
 * link/netif_loop.c link/netif_loopif.c link/netif_names.c base/ip4_addr.c base/ip4_text.c base/def.c base/core.c
 * base/random.c base/siphash.c base/stats.c base/timer.c mem/core_defer.c mem/drop.c mem/heap.c mem/heap_calloc.c
 * mem/mem_guard.c mem/memp.c mem/pbuf.c mem/pbuf_copy.c mem/pbuf_ctrl.c mem/pbuf_pull.c
 * mem/pbuf_queue.c
 */
#ifndef TEST_UNIT_LINK_BENCH_H
#define TEST_UNIT_LINK_BENCH_H

#include "base/core.h"
#include "base/timer.h"
#include "link/arp.h"
#include "link/link_up.h"
#include "lwip/etharp.h"
#include "lwip/mem.h"
#include "lwip/memp.h"
#include "lwip/sys.h"
#include "lwip/x_drop.h"
#include "mem/pbuf_hook.h"
#include "netif/ethernet.h"
#include <check.h>
#include <stdlib.h>
#include <string.h>

#define US "\x02\x00\x00\x00\x00\x01"
#define PEER "\x02\x00\x00\x00\x00\x02"
#define EVIL "\xde\xad\xde\xad\xde\xad"
#define ALL "\xff\xff\xff\xff\xff\xff"
#define NIL "\x00\x00\x00\x00\x00\x00"
#define IP(a, b, c, d) PP_HTONL(LWIP_MAKEU32(a, b, c, d))

enum { SENT_MAX = 300, FRAME_MAX = 1600 };

static u32_t clock_ms = 1000;
static struct netif en;
static struct {
  u16_t len;
  u8_t octets[FRAME_MAX];
} sent[SENT_MAX];
static unsigned sent_n;
static unsigned up_n; /**< IPv4 packets handed up */
static u16_t up_len;
static u8_t up_flags;

u32_t sys_now(void)
{
  return clock_ms;
}

static void up4(struct pbuf *p, struct netif *nif)
{
  LWIP_UNUSED_ARG(nif);
  up_n++;
  up_len = p->tot_len;
  up_flags = p->flags;
  ck_assert_uint_eq(p->if_idx, netif_get_index(nif));
  pbuf_free(p);
}

const struct link_proto link_protos[] = {
  { 0x0800, up4 },
  { 0x0806, arp_rx },
  { 0, NULL },
};

static void log_event(const struct link_change *c);
const link_observer_fn link_observers[] = { arp_netif_changed, log_event, NULL };

#if LWIP_IPV6
static void no_ip6(struct netif *nif, s8_t slot, u8_t old_state)
{
  LWIP_UNUSED_ARG(nif);
  LWIP_UNUSED_ARG(slot);
  LWIP_UNUSED_ARG(old_state);
}
void (*const link_ip6_addr_changed)(struct netif *nif, s8_t slot, u8_t old_state) = no_ip6;
#endif

static struct {
  enum link_event what;
  u32_t old, now;
} events[64];
static unsigned events_n;

static void log_event(const struct link_change *c)
{
  ck_assert_uint_lt(events_n, 64);
  events[events_n].what = c->what;
  events[events_n].old = c->old == NULL ? 0 : ip_2_ip4(c->old)->addr;
  events[events_n].now = c->now == NULL ? 0 : ip_2_ip4(c->now)->addr;
  events_n++;
}

#if PBUF_FREES_OOSEQ
static void nothing_to_give(void)
{
}
void (*const pbuf_pool_empty_hook)(void) = nothing_to_give;
#endif

static err_t wire_out(struct netif *nif, struct pbuf *p)
{
  LWIP_UNUSED_ARG(nif);
  ck_assert_uint_lt(sent_n, SENT_MAX);
  sent[sent_n].len = pbuf_copy_partial(p, sent[sent_n].octets, FRAME_MAX, 0);
  sent_n++;
  return ERR_OK;
}

static err_t en_init(struct netif *nif)
{
  nif->name[0] = 'e';
  nif->name[1] = 'n';
  nif->output = etharp_output;
  nif->linkoutput = wire_out;
  nif->mtu = 1500;
  memcpy(nif->hwaddr, US, 6);
  nif->hwaddr_len = 6;
  nif->flags = NETIF_FLAG_BROADCAST | NETIF_FLAG_ETHARP | NETIF_FLAG_ETHERNET | NETIF_FLAG_IGMP;
  return ERR_OK;
}

/** 192.168.0.1/24, gateway .254, up, with a carrier. */
static inline void bench_up(void)
{
  static const ip4_addr_t ip = { IP(192, 168, 0, 1) }, mask = { IP(255, 255, 255, 0) }, gw = { IP(192, 168, 0, 254) };

  mem_init();
  memp_init();
  ck_assert_ptr_eq(netif_add(&en, &ip, &mask, &gw, NULL, en_init, netif_input), &en);
  netif_set_default(&en);
  netif_set_link_up(&en);
  netif_set_up(&en);
  sent_n = 0;
  events_n = 0;
}

/** Packets that one neighbour's queue keeps. */
#define KEPT (ARP_QUEUEING ? ARP_QUEUE_LEN : 1u)

#if ARP_QUEUEING
#define waiting() (lwip_stats.memp[MEMP_ARP_QUEUE]->used)
#else
/** Packets that wait for neighbours. */
static inline unsigned waiting(void)
{
  unsigned i, n = 0;

  for (i = 0; i < ARP_TABLE_SIZE; i++) {
    n += arp_table[i].queue != NULL;
  }
  return n;
}
#endif

/** Let time pass, timer by timer. */
static inline void pass(u32_t ms)
{
  const u32_t end = clock_ms + ms;

  for (;;) {
    u32_t sleep = timers_sleep(clock_ms);
    if (sleep > end - clock_ms) {
      break;
    }
    clock_ms += sleep;
    timers_run(clock_ms);
  }
  clock_ms = end;
}

/** Nothing was leaked: every pool is as full as after memp_init(), every packet freed. */
static inline void bench_down(void)
{
  netif_remove(&en);
  pass(LWIP_X_ARP_RETRY_MS); /* a timer may outlive what it was armed for, by one round */
  ck_assert_uint_eq(timers_sleep(clock_ms), TIMERS_NEVER);
  ck_assert_uint_eq(lwip_stats.memp[MEMP_PBUF_POOL]->used, 0);
  ck_assert_uint_eq(waiting(), 0);
  ck_assert_uint_eq(lwip_stats.mem.used, 0);
}

/** A frame comes in, in buffers exactly as long as it is. */
static inline void receive(const void *octets, size_t len)
{
  struct pbuf *p = pbuf_alloc(PBUF_RAW, (u16_t)len, PBUF_RAM);

  ck_assert_ptr_nonnull(p);
  pbuf_take(p, octets, (u16_t)len);
  ck_assert_int_eq(en.input(p, &en), ERR_OK);
}

/** Build an Ethernet header.  @return the number of octets */
static inline size_t eth(u8_t *f, const char *dest, const char *src, u16_t type)
{
  memcpy(f, dest, 6);
  memcpy(f + 6, src, 6);
  f[12] = (u8_t)(type >> 8);
  f[13] = (u8_t)type;
  return 14;
}

/** Build an ARP packet behind its Ethernet header. */
static inline size_t arp(u8_t *f, const char *dest, u8_t op, const char *sha, u32_t spa, u32_t tpa)
{
  size_t n = eth(f, dest, sha, 0x0806);
  struct arp_repr r = { (const u8_t *)sha, spa, tpa, op };

  arp_wire_emit(f + n, &r, (const u8_t *)NIL);
  return n + ARP_WIRE_LEN;
}

/** An ARP packet comes in. */
static inline void receive_arp(const char *dest, u8_t op, const char *sha, u32_t spa, u32_t tpa)
{
  u8_t f[64];

  receive(f, arp(f, dest, op, sha, spa, tpa));
}

/** Send an IPv4 packet of @p len octets, each @p fill.  @return what etharp_output() says */
static inline err_t send_to(u32_t dest, u16_t len, u8_t fill)
{
  const ip4_addr_t to = { dest };
  struct pbuf *p = pbuf_alloc(PBUF_LINK, len, PBUF_RAM);
  err_t err;

  memset(p->payload, fill, len);
  err = etharp_output(&en, p, &to);
  pbuf_free(p);
  return err;
}

/** What was sent as number @p i is an ARP packet like this. */
static inline void expect_arp(unsigned i, const char *dest, u8_t op, u32_t spa, u32_t tpa)
{
  struct arp_repr r;

  ck_assert_uint_lt(i, sent_n);
  ck_assert_mem_eq(sent[i].octets, dest, 6);
  ck_assert_mem_eq(sent[i].octets + 6, US, 6);
  ck_assert_mem_eq(sent[i].octets + 12, "\x08\x06", 2);
  ck_assert_uint_eq(sent[i].len, 14 + ARP_WIRE_LEN);
  ck_assert_int_eq(arp_wire_parse(sent[i].octets + 14, sent[i].len - 14u, &r), ARP_WIRE_OK);
  ck_assert_uint_eq(r.op, op);
  ck_assert_mem_eq(r.sha, US, 6);
  ck_assert_uint_eq(r.spa, spa);
  ck_assert_uint_eq(r.tpa, tpa);
}

/** What was sent as number @p i is an IPv4 packet to @p dest that begins with @p fill. */
static inline void expect_ip(unsigned i, const char *dest, u8_t fill)
{
  ck_assert_uint_lt(i, sent_n);
  ck_assert_mem_eq(sent[i].octets, dest, 6);
  ck_assert_mem_eq(sent[i].octets + 6, US "\x08\x00", 8);
  ck_assert_uint_eq(sent[i].octets[14], fill);
}

/** The hardware address in the table for @p ip, or NULL. */
static inline const u8_t *known(u32_t ip)
{
  const ip4_addr_t a = { ip };
  const ip4_addr_t *ip_ret;
  struct eth_addr *mac;

  return etharp_find_addr(&en, &a, &mac, &ip_ret) < 0 ? NULL : mac->addr;
}

static inline int run_suite(Suite *s)
{
  SRunner *r = srunner_create(s);
  int failed;

  srunner_run_all(r, CK_ENV);
  failed = srunner_ntests_failed(r);
  srunner_free(r);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

#endif
