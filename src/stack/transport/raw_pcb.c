/** Raw pcbs: a short list, walked for each packet while there are any. */
#include "raw_pcb.h"

#include "../ip/ip_zone.h"
#include "../ip/ip_rx.h"
#include "../mem/drop.h"
#include "lwip/memp.h"

#if LWIP_RAW

struct raw_pcb *raw_pcbs;
struct raw_walk *raw_walks;

bool raw_enter(const struct raw_pcb *pcb)
{
  LWIP_ASSERT_CORE_LOCKED();
  if (!core_enter()) {
    return false;
  }
  if (pcb != NULL && pcb->x_live == RAW_LIVE) {
    return true;
  }
  if (pcb != NULL) {
    drop_count(DROP_STALE_PCB);
  }
  core_leave();
  return false;
}

err_t raw_bind(struct raw_pcb *pcb, const ip_addr_t *ipaddr)
{
  ip_addr_t zoned;

  if (ipaddr == NULL || !raw_enter(pcb)) {
    return ERR_VAL;
  }
  ipaddr = ip_zoned(ipaddr, &zoned, pcb->netif_idx, ipaddr);
  ip_addr_copy(pcb->local_ip, *ipaddr);
  core_leave();
  return ERR_OK;
}

void raw_bind_netif(struct raw_pcb *pcb, const struct netif *netif)
{
  if (!raw_enter(pcb)) {
    return;
  }
  pcb->netif_idx = netif != NULL ? netif_get_index(netif) : NETIF_NO_INDEX;
  core_leave();
}

err_t raw_connect(struct raw_pcb *pcb, const ip_addr_t *ipaddr)
{
  ip_addr_t zoned;

  if (ipaddr == NULL || !raw_enter(pcb)) {
    return ERR_VAL;
  }
  ipaddr = ip_zoned(ipaddr, &zoned, pcb->netif_idx, &pcb->local_ip);
  ip_addr_copy(pcb->remote_ip, *ipaddr);
  raw_set_flags(pcb, RAW_FLAGS_CONNECTED);
  core_leave();
  return ERR_OK;
}

void raw_disconnect(struct raw_pcb *pcb)
{
  if (!raw_enter(pcb)) {
    return;
  }
  ip_addr_set_any(IP_IS_V6_VAL(pcb->remote_ip), &pcb->remote_ip);
  pcb->netif_idx = NETIF_NO_INDEX;
  raw_clear_flags(pcb, RAW_FLAGS_CONNECTED);
  core_leave();
}

void raw_recv(struct raw_pcb *pcb, raw_recv_fn recv, void *recv_arg)
{
  if (!raw_enter(pcb)) {
    return;
  }
  pcb->recv = recv;
  pcb->recv_arg = recv_arg;
  core_leave();
}

static void unlink_pcb(struct raw_pcb *pcb)
{
  struct raw_pcb **at = &raw_pcbs;
  struct raw_walk *w;

  for (w = raw_walks; w != NULL; w = w->outer) {
    if (w->next == pcb) {
      w->next = pcb->next;
    }
  }
  while (*at != NULL && *at != pcb) {
    at = &(*at)->next;
  }
  if (*at == pcb) {
    *at = pcb->next;
    ip_raw_count--;
  }
}

void raw_remove(struct raw_pcb *pcb)
{
  if (!raw_enter(pcb)) {
    return;
  }
  unlink_pcb(pcb);
  pcb->x_live = 0;
  memp_free(MEMP_RAW_PCB, pcb);
  core_leave();
}

static void set_multicast_ttl(struct raw_pcb *pcb)
{
#if LWIP_MULTICAST_TX_OPTIONS /* the member exists only then */
  raw_set_multicast_ttl(pcb, RAW_TTL);
#else
  (void)pcb;
#endif
}

struct raw_pcb *raw_new(u8_t proto)
{
  struct raw_pcb *pcb;

  LWIP_ASSERT_CORE_LOCKED();
  if (!core_enter()) {
    return NULL;
  }
  pcb = (struct raw_pcb *)memp_malloc(MEMP_RAW_PCB);
  if (pcb != NULL) {
    memset(pcb, 0, sizeof *pcb);
    pcb->protocol = proto;
    pcb->ttl = RAW_TTL;
    pcb->x_live = RAW_LIVE;
    set_multicast_ttl(pcb);
    pcb->next = raw_pcbs;
    raw_pcbs = pcb;
    ip_raw_count++;
  }
  core_leave();
  return pcb;
}

struct raw_pcb *raw_new_ip_type(u8_t type, u8_t proto)
{
  struct raw_pcb *pcb = raw_new(proto);

  (void)type;
  if (pcb != NULL) {
    IP_SET_TYPE_VAL(pcb->local_ip, type);
    IP_SET_TYPE_VAL(pcb->remote_ip, type);
  }
  return pcb;
}

void raw_netif_ip_addr_changed(const ip_addr_t *old_addr, const ip_addr_t *new_addr)
{
  struct raw_pcb *pcb;

  if (ip_addr_isany(old_addr) || ip_addr_isany(new_addr)) { /* NULL is any, too */
    return;
  }
  for (pcb = raw_pcbs; pcb != NULL; pcb = pcb->next) {
    if (ip_addr_eq(&pcb->local_ip, old_addr)) {
      ip_addr_copy(pcb->local_ip, *new_addr);
    }
  }
}

void raw_netif_changed(const struct link_change *c)
{
  struct raw_pcb *pcb;

  if (c->what == LINK_EV_ADDR_CHANGED) {
    raw_netif_ip_addr_changed(c->old, c->now);
  } else if (c->what == LINK_EV_REMOVED) {
    for (pcb = raw_pcbs; pcb != NULL; pcb = pcb->next) {
      if (pcb->netif_idx == netif_get_index(c->nif)) {
        pcb->netif_idx = NETIF_NO_INDEX;
      }
    }
  }
}

#endif
