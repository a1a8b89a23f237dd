/**
 * A node: the stack, its interfaces and the entry the host calls.  See sim.h; the TCP application
 * is node_tcp.c, the UDP one node_udp.c.
 */
#include "node.h"
#include "node_twin.h"
#include "../../src/stack/mem/pbuf_ctrl.h"
#include "lwip/etharp.h"
#include "lwip/ethip6.h"
#include "lwip/init.h"
#include "lwip/mem.h"
#include "lwip/memp.h"
#include "lwip/pbuf.h"
#include "lwip/stats.h"
#include "lwip/timeouts.h"
#include "lwip/x_drop.h"
#include "netif/ethernet.h"
#include "test_port.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct sim_host *node_host;
struct sim_node_config node_config;
struct sim_conn *node_conns;
int node_n_conns;

static struct netif netifs[SIM_IFACES_MAX];
static long fail_every;
static unsigned long allocs;
static long fail_countdown = -1;

/** A frame the driver has not sent yet, and what was in it. */
struct held {
  struct held *next;
  struct pbuf *p;
  size_t len;
  uint8_t frame[SIM_FRAME_MAX];
};
static struct held *held_first[SIM_IFACES_MAX], **held_last[SIM_IFACES_MAX];
static uint32_t n_held;

/** A received frame the stack reads in place. */
struct zc {
  struct pbuf_custom pc;
  size_t len;
  uint8_t frame[SIM_FRAME_MAX], copy[SIM_FRAME_MAX];
};

u32_t sys_now(void)
{
  return node_host->now_ms(node_config.number);
}

u32_t sys_jiffies(void)
{
  return sys_now();
}

/** Replaces the one of test_port.c: also "one in k", scattered, so that no pattern of calls meets always the same fate. */
bool test_alloc_fails(void)
{
  allocs++;
  if (fail_every > 0 && ((uint64_t)allocs * 0x9E3779B97F4A7C15u >> 32) % (unsigned long)fail_every == 0) {
    return true;
  }
  return fail_countdown >= 0 && fail_countdown-- == 0;
}

bool node_starves(void)
{
  return fail_every > 0;
}

void node_fail(const char *what)
{
  node_host->fail(node_config.number, what);
}

/** The one write that is allowed: a datagram put together gets its length into its first fragment's header. */
static bool may_be_written(const struct zc *z, size_t i)
{
  bool first_fragment = z->copy[12] == 8 && z->copy[13] == 0 && (z->copy[20] & 0x20) != 0;

  return first_fragment && i >= 16 && i < 26;
}

static void zc_free(struct pbuf *p)
{
  struct zc *z = (struct zc *)(void *)p;

  size_t i;

  for (i = 0; i < z->len && (z->frame[i] == z->copy[i] || may_be_written(z, i)); i++) {}
  if (i < z->len) {
    char text[80];

    snprintf(text, sizeof(text), "a received frame was written to (octet %u of %u, protocol %u)", (unsigned)i,
             (unsigned)z->len, z->copy[23]);
    node_fail(text);
  }
  free(z);
}

static struct pbuf *frame_in_place(const uint8_t *frame, size_t len)
{
  struct zc *z = calloc(1, sizeof(*z));

  if (z == NULL) {
    return NULL;
  }
  z->len = len;
  memcpy(z->frame, frame, len);
  memcpy(z->copy, frame, len);
  z->pc.custom_free_function = zc_free;
  return pbuf_alloced_custom(PBUF_RAW, (u16_t)len, PBUF_REF, &z->pc, z->frame, sizeof(z->frame));
}

static void node_input(int iface, const uint8_t *frame, size_t len)
{
  struct netif *nif = &netifs[iface];
  struct pbuf *p;

  if (NODE_TWIN && iface == 0) {
    node_twin_input(frame, len);
    return;
  }
  if (node_config.zero_copy_rx) {
    p = frame_in_place(frame, len);
  } else {
    p = pbuf_alloc(PBUF_RAW, (u16_t)len, PBUF_POOL);
    if (p != NULL) {
      pbuf_take(p, frame, (u16_t)len);
    }
  }
  if (p != NULL && nif->input(p, nif) != ERR_OK) {
    pbuf_free(p);
  }
}

static void hold(int iface, struct pbuf *p, const uint8_t *frame, size_t len)
{
  struct held *h = calloc(1, sizeof(*h));

  if (h == NULL) {
    return;
  }
  pbuf_ref(p);
  h->p = p;
  h->len = len;
  memcpy(h->frame, frame, len);
  *held_last[iface] = h;
  held_last[iface] = &h->next;
  n_held++;
}

/** What a DMA engine would have sent must be what was handed over. */
static void node_sent_frame(int iface)
{
  struct held *h = held_first[iface];
  uint8_t now[SIM_FRAME_MAX];

  if (h == NULL) {
    return;
  }
  held_first[iface] = h->next;
  if (h->next == NULL) {
    held_last[iface] = &held_first[iface];
  }
  n_held--;
  if (pbuf_copy_partial(h->p, now, (u16_t)h->len, 0) != h->len || memcmp(now, h->frame, h->len) != 0) {
    node_fail("a frame changed while the driver held it");
  }
  pbuf_free(h->p);
  free(h);
}

static err_t link_output(struct netif *nif, struct pbuf *p)
{
  uint8_t frame[SIM_FRAME_MAX];
  int iface = (int)(nif - netifs);

  if (p->tot_len > sizeof(frame) || p->tot_len > nif->mtu + 14) {
    node_fail("a frame over the MTU");
    return ERR_BUF;
  }
  pbuf_copy_partial(p, frame, p->tot_len, 0);
  if (node_config.hold_tx) {
    hold(iface, p, frame, p->tot_len);
  }
  node_host->transmit(node_config.number, iface, frame, p->tot_len);
  return ERR_OK;
}

ip_addr_t node_address(uint32_t ip)
{
  ip_addr_t a = IPADDR4_INIT(lwip_htonl(ip));

  if (node_config.ip6) {
    IP_ADDR6_HOST(&a, 0x20010db8, ip >> 8 & 0xff, 0, ip & 0xff);
  }
  return a;
}

static void add_ip6(struct netif *nif, uint32_t ip)
{
  const ip_addr_t a = node_address(ip);

  netif_create_ip6_linklocal_address(nif, 1);
  netif_ip6_addr_set(nif, 1, ip_2_ip6(&a));
  netif_ip6_addr_set_state(nif, 1, IP6_ADDR_PREFERRED);
}

static err_t netif_setup(struct netif *nif)
{
  const struct sim_iface *i = &node_config.iface[nif - netifs];

  if (NODE_TWIN && nif == netifs) {
    return node_twin_setup(nif, i);
  }
  nif->name[0] = 's';
  nif->name[1] = 'm';
  nif->mtu = i->mtu;
  nif->hwaddr_len = 6;
  memcpy(nif->hwaddr, i->mac, 6);
  nif->flags = NETIF_FLAG_BROADCAST | NETIF_FLAG_ETHARP | NETIF_FLAG_ETHERNET | NETIF_FLAG_LINK_UP | NETIF_FLAG_IGMP |
               NETIF_FLAG_MLD6;
  nif->output = etharp_output;
  nif->output_ip6 = ethip6_output;
  nif->linkoutput = link_output;
  return ERR_OK;
}

static void iface_up(int number)
{
  const struct sim_iface *i = &node_config.iface[number];
  ip4_addr_t ip, mask, gw;

  ip4_addr_set_u32(&ip, lwip_htonl(i->ip));
  ip4_addr_set_u32(&mask, lwip_htonl(i->mask));
  ip4_addr_set_u32(&gw, lwip_htonl(i->gateway));
  if (netif_add(&netifs[number], &ip, &mask, &gw, NULL, netif_setup, ethernet_input) == NULL) {
    node_fail("netif_add");
    return;
  }
  if (node_config.ip6) {
    add_ip6(&netifs[number], i->ip);
  }
  netif_set_up(&netifs[number]);
}

static void node_boot(const struct sim_host *host, const struct sim_node_config *config, struct sim_conn *conns,
                      int n_conns)
{
  int i;

  node_host = host;
  node_config = *config;
  node_conns = conns;
  node_n_conns = n_conns;
  test_rand_seed(config->rand_seed);
  for (i = 0; i < SIM_IFACES_MAX; i++) {
    held_last[i] = &held_first[i];
  }
  lwip_init();
  for (i = 0; i < SIM_IFACES_MAX; i++) {
    if (config->iface[i].used) {
      iface_up(i);
    }
  }
  netif_set_default(&netifs[0]);
  node_udp_boot(config->udp_echo);
}

static uint32_t node_sleeptime(void)
{
  return sys_timeouts_sleeptime();
}

static uint32_t node_run(void)
{
  sys_check_timeouts();
  node_twin_settle();
  return sys_timeouts_sleeptime();
}

static void node_usage(struct sim_usage *u)
{
  int i;

  memset(u, 0, sizeof(*u));
  pbuf_ctrl_forget();
  u->heap = (uint32_t)lwip_stats.mem.used;
  u->held_frames = n_held;
  for (i = 0; i < MEMP_MAX && i < 64; i++) {
    u->pool[i] = lwip_stats.memp[i] != NULL ? (uint32_t)lwip_stats.memp[i]->used : 0;
  }
}

static const char *node_pool_name(int i)
{
  return i < MEMP_MAX && lwip_stats.memp[i] != NULL && lwip_stats.memp[i]->name != NULL ? lwip_stats.memp[i]->name
                                                                                        : NULL;
}

static void node_connect(struct sim_conn *c, uint32_t server_ip, uint16_t server_port)
{
  node_tcp_connect(c, server_ip, server_port);
  node_twin_settle();
}

static void node_stop(struct sim_conn *c, int role)
{
  node_tcp_stop(c, role);
  node_twin_settle();
}

static void node_cut(struct sim_conn *c, int role)
{
  node_tcp_cut(c, role);
  node_twin_settle();
}

static void node_send(uint32_t to_ip, uint16_t port, uint32_t tag, size_t len)
{
  node_udp_send(to_ip, port, tag, len);
  node_twin_settle();
}

static void node_fail_allocation(long countdown, long every)
{
  fail_countdown = countdown;
  fail_every = every;
}

static unsigned long node_allocations(void)
{
  return allocs;
}

static void node_print_drops(void)
{
  static const char *const names[] = {
#define NAME(name, group, field, text) #name,
    LWIP_X_DROP_LIST(NAME)
#undef NAME
  };
  int i;

  for (i = 0; i < DROP_MAX; i++) {
    if (lwip_x_drops[i] != 0) {
      printf("  node %d dropped %s %u\n", node_config.number, names[i], (unsigned)lwip_x_drops[i]);
    }
  }
}

static const struct sim_node_api api = {
  .boot = node_boot,
  .input = node_input,
  .run = node_run,
  .sleeptime = node_sleeptime,
  .listen = node_tcp_listen,
  .connect = node_connect,
  .stop = node_stop,
  .cut = node_cut,
  .sent_frame = node_sent_frame,
  .udp_send = node_send,
  .usage = node_usage,
  .pool_name = node_pool_name,
  .check = node_tcp_check,
  .shut_listeners = node_tcp_shut,
  .fail_allocation = node_fail_allocation,
  .allocations = node_allocations,
  .udp_good = node_udp_good,
  .print_drops = node_print_drops,
};

__attribute__((visibility("default"))) const struct sim_node_api *sim_node_entry(void);
const struct sim_node_api *sim_node_entry(void)
{
  return &api;
}
