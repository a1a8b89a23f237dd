/**
 * UDP pcbs.  udp_pcbs is one list, as programs know it, kept sorted by bucket: all pcbs whose local ports
 * share the lower bits lie together, and a table says where each bucket begins.  A look-up walks one bucket; taking a
 * pcb out needs no walk, as each knows what points to it.  With one bucket, the choice for a handful of pcbs, there is only the list.
 */
#include "udp_pcb.h"

#include "../base/random.h"
#include "../ip/ip_zone.h"
#include "../mem/drop.h"
#include "lwip/memp.h"

#if LWIP_UDP

/** Ports for those who do not care (RFC 6335). */
#define PORT_FIRST 0xc000u
#define PORT_COUNT 0x4000u

struct udp_pcb *udp_pcbs;
#if SO_REUSE && SO_REUSE_RXTOALL
static struct udp_walk *walks;

void udp_walk_begin(struct udp_walk *w, struct udp_pcb *first)
{
  w->next = first;
  w->outer = walks;
  walks = w;
}

struct udp_pcb *udp_walk_next(struct udp_walk *w)
{
  struct udp_pcb *pcb = w->next;

  if (pcb != NULL) {
    w->next = udp_bucket_next(pcb);
  }
  return pcb;
}

void udp_walk_end(struct udp_walk *w)
{
  walks = w->outer;
}

/** @p pcb goes: whoever stands before it steps to @p next. */
static void walks_skip(const struct udp_pcb *pcb, struct udp_pcb *next)
{
  struct udp_walk *w;

  for (w = walks; w != NULL; w = w->outer) {
    if (w->next == pcb) {
      w->next = next;
    }
  }
}
#else
static void walks_skip(const struct udp_pcb *pcb, struct udp_pcb *next)
{
  (void)pcb;
  (void)next;
}
#endif

#if LWIP_X_UDP_HASH > 1

struct udp_pcb *udp_buckets[LWIP_X_UDP_HASH];

static void list_remove(struct udp_pcb *pcb)
{
  struct udp_pcb **bucket = &udp_buckets[pcb->x_bucket - 1];

  if (*bucket == pcb) {
    *bucket = udp_bucket_next(pcb);
  }
  *pcb->x_at = pcb->next;
  if (pcb->next != NULL) {
    pcb->next->x_at = pcb->x_at;
  }
}

static void list_add(struct udp_pcb *pcb)
{
  const u16_t b = (u16_t)(pcb->local_port & (LWIP_X_UDP_HASH - 1));
  struct udp_pcb *first = udp_buckets[b];

  pcb->x_bucket = (u16_t)(b + 1);
  pcb->x_at = first != NULL ? first->x_at : &udp_pcbs;
  pcb->next = *pcb->x_at;
  *pcb->x_at = pcb;
  if (pcb->next != NULL) {
    pcb->next->x_at = &pcb->next;
  }
  udp_buckets[b] = pcb;
}

#else

static void list_remove(const struct udp_pcb *pcb)
{
  struct udp_pcb **at = &udp_pcbs;

  while (*at != pcb) {
    at = &(*at)->next;
  }
  *at = pcb->next;
}

static void list_add(struct udp_pcb *pcb)
{
  pcb->x_bucket = 1;
  pcb->next = udp_pcbs;
  udp_pcbs = pcb;
}

#endif

static void unlist(struct udp_pcb *pcb)
{
  if (udp_is_listed(pcb)) {
    walks_skip(pcb, udp_bucket_next(pcb));
    list_remove(pcb);
    pcb->next = NULL;
    pcb->x_bucket = 0;
  }
}

/** Set the local port; the pcb is in the list afterwards, in front of its bucket: the youngest is found first. */
static void set_port(struct udp_pcb *pcb, u16_t port)
{
  unlist(pcb);
  pcb->local_port = port;
  list_add(pcb);
}

static bool is_port_used(u16_t port)
{
  const struct udp_pcb *pcb;

  for (pcb = udp_bucket_first(port); pcb != NULL; pcb = udp_bucket_next(pcb)) {
    if (pcb->local_port == port) {
      return true;
    }
  }
  return false;
}

/** A free port nobody can guess (RFC 6056 algorithm 1).  @return 0: none */
static u16_t random_port(void)
{
  u32_t at = random_below(PORT_COUNT);
  u32_t tries;

  for (tries = 0; tries < PORT_COUNT; tries++) {
    const u16_t port = (u16_t)(PORT_FIRST + at);
    if (!is_port_used(port)) {
      return port;
    }
    at = (at + 1) % PORT_COUNT;
  }
  return 0;
}

/** Would two pcbs with these local addresses take each other's datagrams? */
static bool overlap(const ip_addr_t *a, const ip_addr_t *b)
{
  if (IP_GET_TYPE(a) != IP_GET_TYPE(b) && !IP_IS_ANY_TYPE_VAL(*a) && !IP_IS_ANY_TYPE_VAL(*b)) {
    return false;
  }
  return ip_addr_isany_val(*a) || ip_addr_isany_val(*b) || ip_addr_eq(a, b);
}

static bool may_share(const struct udp_pcb *a, const struct udp_pcb *b)
{
  return SO_REUSE && ip_get_option(a, SOF_REUSEADDR) && ip_get_option(b, SOF_REUSEADDR);
}

static bool is_taken(const struct udp_pcb *self, const ip_addr_t *ip, u16_t port)
{
  const struct udp_pcb *pcb;

  for (pcb = udp_bucket_first(port); pcb != NULL; pcb = udp_bucket_next(pcb)) {
    if (pcb != self && pcb->local_port == port && !may_share(self, pcb) && overlap(&pcb->local_ip, ip) &&
        (pcb->netif_idx == self->netif_idx || pcb->netif_idx == NETIF_NO_INDEX || self->netif_idx == NETIF_NO_INDEX)) {
      return true;
    }
  }
  return false;
}

/** Open a public function about @p pcb: false if it is none or another context is inside. */
static bool enter(const struct udp_pcb *pcb)
{
  LWIP_ASSERT_CORE_LOCKED();
  if (!core_enter()) {
    return false;
  }
  if (udp_is_live(pcb)) {
    return true;
  }
  if (pcb != NULL) {
    drop_count(DROP_STALE_PCB);
  }
  core_leave();
  return false;
}

static err_t bind(struct udp_pcb *pcb, const ip_addr_t *ip, u16_t port)
{
  ip_addr_t zoned;

  ip = ip_zoned(ip, &zoned, pcb->netif_idx, ip);
  if (!IP_ADDR_PCB_VERSION_MATCH(pcb, ip)) {
    return ERR_VAL;
  }
  if (port == 0) {
    port = random_port();
    if (port == 0) {
      return ERR_USE;
    }
  } else if (is_taken(pcb, ip, port)) {
    return ERR_USE;
  }
  ip_addr_copy(pcb->local_ip, *ip);
  set_port(pcb, port);
  return ERR_OK;
}

err_t udp_pcb_ensure_port(struct udp_pcb *pcb)
{
  return udp_is_listed(pcb) ? ERR_OK : bind(pcb, &pcb->local_ip, pcb->local_port);
}

err_t udp_bind(struct udp_pcb *pcb, const ip_addr_t *ipaddr, u16_t port)
{
  err_t err;

  if (!enter(pcb)) {
    return ERR_ARG;
  }
  err = bind(pcb, ipaddr != NULL ? ipaddr : IP_ADDR_ANY, port);
  core_leave();
  return err;
}

void udp_bind_netif(struct udp_pcb *pcb, const struct netif *netif)
{
  if (!enter(pcb)) {
    return;
  }
  pcb->netif_idx = netif != NULL ? netif_get_index(netif) : NETIF_NO_INDEX;
  core_leave();
}

static err_t connect(struct udp_pcb *pcb, const ip_addr_t *ip, u16_t port)
{
  ip_addr_t zoned;
  err_t err;

  if (ip == NULL || !IP_ADDR_PCB_VERSION_MATCH(pcb, ip)) {
    return ERR_VAL;
  }
  ip = ip_zoned(ip, &zoned, pcb->netif_idx, &pcb->local_ip);
  err = udp_pcb_ensure_port(pcb);
  if (err != ERR_OK) {
    return err;
  }
  ip_addr_copy(pcb->remote_ip, *ip);
  pcb->remote_port = port;
  pcb->flags |= UDP_FLAGS_CONNECTED;
  return ERR_OK;
}

err_t udp_connect(struct udp_pcb *pcb, const ip_addr_t *ipaddr, u16_t port)
{
  err_t err;

  if (!enter(pcb)) {
    return ERR_ARG;
  }
  err = connect(pcb, ipaddr, port);
  core_leave();
  return err;
}

void udp_disconnect(struct udp_pcb *pcb)
{
  if (!enter(pcb)) {
    return;
  }
  ip_addr_set_any(IP_IS_V6_VAL(pcb->local_ip), &pcb->remote_ip);
  pcb->remote_port = 0;
  pcb->netif_idx = NETIF_NO_INDEX;
  udp_clear_flags(pcb, UDP_FLAGS_CONNECTED);
  core_leave();
}

void udp_recv(struct udp_pcb *pcb, udp_recv_fn recv, void *recv_arg)
{
  if (!enter(pcb)) {
    return;
  }
  pcb->recv = recv;
  pcb->recv_arg = recv_arg;
  core_leave();
}

void udp_remove(struct udp_pcb *pcb)
{
  if (!enter(pcb)) {
    return;
  }
  unlist(pcb);
  pcb->x_live = 0;
  memp_free(MEMP_UDP_PCB, pcb);
  core_leave();
}

static void set_multicast_ttl(struct udp_pcb *pcb)
{
#if LWIP_MULTICAST_TX_OPTIONS /* the member exists only then */
  udp_set_multicast_ttl(pcb, UDP_TTL);
#else
  (void)pcb;
#endif
}

struct udp_pcb *udp_new(void)
{
  struct udp_pcb *pcb;

  LWIP_ASSERT_CORE_LOCKED();
  pcb = (struct udp_pcb *)memp_malloc(MEMP_UDP_PCB);
  if (pcb != NULL) {
    memset(pcb, 0, sizeof *pcb);
    pcb->ttl = UDP_TTL;
    pcb->x_live = UDP_LIVE;
    set_multicast_ttl(pcb);
  }
  return pcb;
}

struct udp_pcb *udp_new_ip_type(u8_t type)
{
  struct udp_pcb *pcb = udp_new();

  (void)type;
  if (pcb != NULL) {
    IP_SET_TYPE_VAL(pcb->local_ip, type);
    IP_SET_TYPE_VAL(pcb->remote_ip, type);
  }
  return pcb;
}

void udp_netif_ip_addr_changed(const ip_addr_t *old_addr, const ip_addr_t *new_addr)
{
  struct udp_pcb *pcb;

  if (ip_addr_isany(old_addr) || ip_addr_isany(new_addr)) { /* NULL is any, too */
    return;
  }
  for (pcb = udp_pcbs; pcb != NULL; pcb = pcb->next) {
    if (ip_addr_eq(&pcb->local_ip, old_addr)) {
      ip_addr_copy(pcb->local_ip, *new_addr);
    }
  }
}

void udp_netif_changed(const struct link_change *c)
{
  struct udp_pcb *pcb;

  if (c->what == LINK_EV_ADDR_CHANGED) {
    udp_netif_ip_addr_changed(c->old, c->now);
  } else if (c->what == LINK_EV_REMOVED) {
    for (pcb = udp_pcbs; pcb != NULL; pcb = pcb->next) {
      if (pcb->netif_idx == netif_get_index(c->nif)) {
        pcb->netif_idx = NETIF_NO_INDEX;
      }
    }
  }
}

void udp_init(void)
{
}

#endif
