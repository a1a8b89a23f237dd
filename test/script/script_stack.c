/** The stack under a script: one Ethernet interface in memory, a clock that only the script moves. */
#include "script.h"
#include "../../src/stack/mem/pbuf_ctrl.h"
#include "lwip/etharp.h"
#include "lwip/ethip6.h"
#include "lwip/init.h"
#include "lwip/memp.h"
#include "lwip/netif.h"
#include "lwip/pbuf.h"
#include "lwip/stats.h"
#include "lwip/timeouts.h"
#include "netif/ethernet.h"
#include <stdlib.h>
#include <string.h>

uint64_t now_us = 1000000;
uint32_t peer_ip = 0x0A000001u, stack_ip = 0x0A000002u;
bool arp_manual;
struct netif script_netif;

static struct sent *first, **last = &first;
static uint32_t pool_at_boot[64];
static size_t heap_at_boot;

u32_t sys_now(void)
{
  return (u32_t)(now_us / 1000);
}

u32_t sys_jiffies(void)
{
  return sys_now();
}

struct sent *sent_first(void)
{
  return first;
}

void sent_drop(void)
{
  struct sent *s = first;

  first = s->next;
  if (first == NULL) {
    last = &first;
  }
  free(s);
}

void stack_forget(void)
{
  while (first != NULL) {
    sent_drop();
  }
}

/** Everybody's hardware address follows from the IPv4 address. */
void mac_of(uint32_t ip, uint8_t mac[6])
{
  static const uint8_t stack_mac[6] = { 2, 0, 0, 0, 0xFF, 2 };

  if (ip == stack_ip) {
    memcpy(mac, stack_mac, 6);
    return;
  }
  mac[0] = 2;
  mac[1] = 0;
  mac[2] = (uint8_t)(ip >> 24);
  mac[3] = (uint8_t)(ip >> 16);
  mac[4] = (uint8_t)(ip >> 8);
  mac[5] = (uint8_t)ip;
}

/** Answer a request the script does not want to see.  @return false: the script wants to see it */
static bool answer_arp(const uint8_t *f, size_t len)
{
  uint8_t r[42];
  uint32_t target;

  if (arp_manual || len < 42 || f[12] != 8 || f[13] != 6 || f[21] != 1) {
    return false;
  }
  target = (uint32_t)f[38] << 24 | (uint32_t)f[39] << 16 | (uint32_t)f[40] << 8 | f[41];
  if (target == stack_ip || memcmp(f + 28, f + 38, 4) == 0) {
    return true;
  }
  memcpy(r, f + 6, 6);
  mac_of(target, r + 6);
  memcpy(r + 12, f + 12, 8);
  r[20] = 0;
  r[21] = 2;
  mac_of(target, r + 22);
  memcpy(r + 28, f + 38, 4);
  memcpy(r + 32, f + 22, 10);
  stack_input(r, sizeof(r));
  return true;
}

/** The same for neighbour discovery: a solicitation of a neighbour is answered. */
static bool answer_nd(const uint8_t *f, size_t len)
{
  struct packet k = { .kind = PK_ND, .v6 = true, .type = 136, .ttl = 255, .flags = 0x60, .quote_sport = -1 };
  uint8_t r[FRAME_MAX];

  if (arp_manual || len < 78 || f[12] != 0x86 || f[13] != 0xdd || f[20] != 58 || f[54] != 135) {
    return false;
  }
  memcpy(k.target6, f + 62, 16);
  memcpy(k.src6, k.target6, 16);
  memcpy(k.dst6, f + 22, 16);
  if (k.dst6[0] == 0) {
    return true; /* he looks whether the address is his alone */
  }
  stack_input(r, packet_build(&k, r));
  return true;
}

static err_t capture(struct netif *nif, struct pbuf *p)
{
  struct sent *s = calloc(1, sizeof(*s));

  LWIP_UNUSED_ARG(nif);
  if (s == NULL || p->tot_len > FRAME_MAX) {
    fail("a frame of %u octets", p->tot_len);
  }
  s->at_us = now_us;
  s->len = p->tot_len;
  pbuf_copy_partial(p, s->frame, p->tot_len, 0);
  if (answer_arp(s->frame, s->len) || answer_nd(s->frame, s->len)) {
    free(s);
    return ERR_OK;
  }
  if (verbose) {
    struct packet k;
    char text[400];

    packet_read(s->frame, s->len, &k);
    packet_print(&k, text, sizeof(text));
    say("out %s", text);
  } else {
    struct packet k;

    packet_read(s->frame, s->len, &k);
  }
  *last = s;
  last = &s->next;
  return ERR_OK;
}

static err_t setup(struct netif *nif)
{
  nif->name[0] = 's';
  nif->name[1] = 'c';
  nif->mtu = 1500;
  nif->hwaddr_len = 6;
  mac_of(stack_ip, nif->hwaddr);
  nif->flags = NETIF_FLAG_BROADCAST | NETIF_FLAG_ETHARP | NETIF_FLAG_ETHERNET | NETIF_FLAG_LINK_UP | NETIF_FLAG_IGMP |
               NETIF_FLAG_MLD6;
  nif->output = etharp_output;
  nif->output_ip6 = ethip6_output;
  nif->linkoutput = capture;
  return ERR_OK;
}

void stack_input(const uint8_t *frame, size_t len)
{
  struct pbuf *p = pbuf_alloc(PBUF_RAW, (u16_t)len, PBUF_POOL);

  if (p == NULL) {
    fail("no pbuf for the frame");
  }
  pbuf_take(p, frame, (u16_t)len);
  if (script_netif.input(p, &script_netif) != ERR_OK) {
    pbuf_free(p);
  }
}

/** The peer asks who we are, so that it is in the table. */
static void introduce(void)
{
  struct packet k = { .kind = PK_ARP, .type = 1, .quote_sport = -1 };
  uint8_t frame[FRAME_MAX];

  k.sender = peer_ip;
  k.target = stack_ip;
  stack_input(frame, packet_build(&k, frame));
}

/** The address @p ip in @p slot, proven. */
static void set_address6(s8_t slot, const uint8_t ip[16])
{
  ip6_addr_t a;

  memcpy(a.addr, ip, 16);
  ip6_addr_clear_zone(&a);
  ip6_addr_assign_zone(&a, IP6_UNICAST, &script_netif);
  netif_ip6_addr_set(&script_netif, slot, &a);
  netif_ip6_addr_set_state(&script_netif, slot, IP6_ADDR_PREFERRED);
}

/** Our addresses; the peer is a router, and known. */
static void boot6(bool with_address)
{
  struct packet ra = { .kind = PK_ND, .v6 = true, .type = 134, .ttl = 255, .lease = 9000, .quote_sport = -1 };
  struct packet ns = { .kind = PK_ND, .v6 = true, .type = 135, .ttl = 255, .quote_sport = -1 };
  uint8_t frame[FRAME_MAX];

  set_address6(0, stack_ll6);
  if (with_address) {
    set_address6(1, stack_ip6);
  }
  script_netif.ip6_autoconfig_enabled = 1;
  stack_advance(2000000, false);
  memcpy(ra.src6, peer_ll6, 16);
  memcpy(ra.dst6, stack_ll6, 16);
  memcpy(ns.src6, peer_ip6, 16);
  memcpy(ns.dst6, stack_ip6, 16);
  memcpy(ns.target6, stack_ip6, 16);
  stack_input(frame, packet_build(&ra, frame));
  if (with_address && !arp_manual) {
    stack_input(frame, packet_build(&ns, frame));
  }
}

static void remember_usage(void)
{
  int i;

  heap_at_boot = lwip_stats.mem.used;
  for (i = 0; i < MEMP_MAX && i < 64; i++) {
    pool_at_boot[i] = lwip_stats.memp[i] != NULL ? (uint32_t)lwip_stats.memp[i]->used : 0;
  }
}

void stack_boot(bool with_address)
{
  ip4_addr_t ip, mask, gw;

  lwip_init();
  ip4_addr_set_u32(&ip, with_address ? lwip_htonl(stack_ip) : 0);
  ip4_addr_set_u32(&mask, with_address ? lwip_htonl(0xFFFFFF00u) : 0);
  ip4_addr_set_u32(&gw, with_address ? lwip_htonl(peer_ip) : 0);
  if (netif_add(&script_netif, &ip, &mask, &gw, NULL, setup, ethernet_input) == NULL) {
    fail("netif_add");
  }
  netif_set_default(&script_netif);
  netif_set_up(&script_netif);
  if (with_address && !arp_manual) {
    introduce();
  }
  if (over_ip6) {
    boot6(with_address);
  }
  stack_advance(5000000, false); /* whatever is said on coming up: not this script's matter */
  stack_forget();
  remember_usage();
}

void stack_link(bool up)
{
  if (up) {
    netif_set_link_up(&script_netif);
  } else {
    netif_set_link_down(&script_netif);
  }
}

void stack_advance(uint64_t us, bool stop)
{
  uint64_t target = now_us + us;
  unsigned rounds = 0;

  for (;;) {
    u32_t sleep;
    uint64_t at;

    sys_check_timeouts();
    if (stop && first != NULL) {
      return;
    }
    sleep = sys_timeouts_sleeptime();
    at = (now_us / 1000 + sleep) * 1000;
    if (sleep == SYS_TIMEOUTS_SLEEPTIME_INFINITE || at > target) {
      break;
    }
    now_us = at > now_us ? at : now_us;
    if (++rounds > 1000000) {
      fail("the timers ring without end");
    }
  }
  now_us = target;
}

/** After everything is closed: as after boot.  Scripts that leave connections open are not asked. */
void stack_check_leaks(void)
{
  int i;

  if (!api_closed()) {
    return;
  }
  stack_advance(400000000u, false);
  pbuf_ctrl_forget();
  if (lwip_stats.mem.used > heap_at_boot) {
    fail("leak: heap %u after boot, %u at the end", (unsigned)heap_at_boot, (unsigned)lwip_stats.mem.used);
  }
  for (i = 0; i < MEMP_MAX && i < 64; i++) {
    if (lwip_stats.memp[i] != NULL && lwip_stats.memp[i]->used > pool_at_boot[i]) {
      fail("leak: pool %s %u after boot, %u at the end", lwip_stats.memp[i]->name, (unsigned)pool_at_boot[i],
           (unsigned)lwip_stats.memp[i]->used);
    }
  }
}
