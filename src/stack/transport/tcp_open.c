/**
 * The beginnings: new, bind, listen, connect (RFC 9293 3.10.1).
 */
#include "tcp_core.h"

#include "../base/core.h"
#include "../ip/ip_zone.h"
#include "lwip/ip.h"
#include "lwip/memp.h"

#include <string.h>

#if LWIP_TCP

void tcp_init(void)
{
  tcp_lookup_init();
}

struct tcp_pcb *tcp_new(void)
{
  struct tcp_pcb *pcb;

  if (!core_enter()) {
    return NULL;
  }
  pcb = tcp_alloc(TCP_PRIO_NORMAL);
  core_leave();
  return pcb;
}

struct tcp_pcb *tcp_new_ip_type(u8_t type)
{
  struct tcp_pcb *pcb = tcp_new();

  (void)type;
  if (pcb != NULL) {
    IP_SET_TYPE_VAL(pcb->local_ip, type);
    IP_SET_TYPE_VAL(pcb->remote_ip, type);
  }
  return pcb;
}

/* ---- bind ---- */

static void into_bound_list(struct tcp_pcb *pcb)
{
  pcb->next = tcp_bound_pcbs;
  tcp_bound_pcbs = pcb;
}

static err_t bind_now(struct tcp_pcb *pcb, const ip_addr_t *ipaddr, u16_t port)
{
  struct tcp_ends e = { NULL, NULL, port, 0 };
  ip_addr_t zoned;

  if (pcb->state != CLOSED || pcb->local_port != 0) {
    return ERR_VAL;
  }
  ipaddr = ip_zoned(ipaddr, &zoned, pcb->netif_idx, ipaddr);
  e.local_ip = ipaddr;
  if (port == 0) {
    port = tcp_port_pick(&e);
    if (port == 0) {
      return ERR_BUF;
    }
  } else if (tcp_port_taken(pcb, ipaddr, port)) {
    return ERR_USE;
  }
  ip_addr_copy(pcb->local_ip, *ipaddr);
  pcb->local_port = port;
  into_bound_list(pcb);
  return ERR_OK;
}

err_t tcp_bind(struct tcp_pcb *pcb, const ip_addr_t *ipaddr, u16_t port)
{
  err_t err = tcp_enter_api(pcb);

  if (err == ERR_OK) {
    err = bind_now(pcb, ipaddr != NULL ? ipaddr : IP_ADDR_ANY, port);
    core_leave();
  }
  return err;
}

/* ---- listen ---- */

static void copy_ext_args(struct tcp_pcb_listen *l, struct tcp_pcb *pcb)
{
#if LWIP_TCP_PCB_NUM_EXT_ARGS
  memcpy(l->ext_args, pcb->ext_args, sizeof l->ext_args);
  memset(pcb->ext_args, 0, sizeof pcb->ext_args); /* the listener destroys them now */
#else
  (void)l, (void)pcb;
#endif
}

static struct tcp_pcb *make_listener(struct tcp_pcb *pcb, u8_t backlog)
{
  struct tcp_pcb_listen *l = (struct tcp_pcb_listen *)memp_malloc(MEMP_TCP_PCB_LISTEN);

  if (l == NULL) {
    return NULL;
  }
  memset(l, 0, sizeof *l);
  ip_addr_copy(l->local_ip, pcb->local_ip);
  l->local_port = pcb->local_port;
  l->callback_arg = pcb->callback_arg;
  l->netif_idx = pcb->netif_idx;
  l->so_options = pcb->so_options;
  l->tos = pcb->tos;
  l->ttl = pcb->ttl;
  l->prio = pcb->prio;
  l->state = LISTEN;
#if TCP_LISTEN_BACKLOG
  l->backlog = backlog != 0 ? backlog : 1;
#else
  (void)backlog;
#endif
  copy_ext_args(l, pcb);
  tcp_pcb_free(pcb);
  tcp_list_add((struct tcp_pcb *)(void *)l);
  return (struct tcp_pcb *)(void *)l;
}

/* Two may have bound the same port with SO_REUSEADDR; only one may listen on the same address. */
static bool listens_already(const struct tcp_pcb *pcb)
{
  const struct tcp_pcb *l;

  for (l = tcp_listen_pcbs.pcbs; l != NULL && tcp_listen_on(pcb->local_port); l = l->next) {
    if (l->local_port == pcb->local_port && ip_addr_eq(&l->local_ip, &pcb->local_ip) &&
        l->netif_idx == pcb->netif_idx) {
      return true;
    }
  }
  return false;
}

static struct tcp_pcb *listen_now(struct tcp_pcb *pcb, u8_t backlog, err_t *err)
{
  struct tcp_pcb *l;

  if (pcb->state == LISTEN) {
    *err = ERR_ALREADY;
    return pcb;
  }
  if (pcb->state != CLOSED) {
    *err = ERR_CLSD;
    return NULL;
  }
  if (pcb->local_port == 0) {
    *err = bind_now(pcb, &pcb->local_ip, 0);
    if (*err != ERR_OK) {
      return NULL;
    }
  }
  if (listens_already(pcb)) {
    *err = ERR_USE;
    return NULL;
  }
  l = make_listener(pcb, backlog);
  *err = l != NULL ? ERR_OK : ERR_MEM;
  return l;
}

struct tcp_pcb *tcp_listen_with_backlog_and_err(struct tcp_pcb *pcb, u8_t backlog, err_t *err)
{
  struct tcp_pcb *l = NULL;
  err_t res = tcp_enter_api(pcb);

  if (res == ERR_OK) {
    l = listen_now(pcb, backlog, &res);
    core_leave();
  }
  if (err != NULL) {
    *err = res;
  }
  return l;
}

struct tcp_pcb *tcp_listen_with_backlog(struct tcp_pcb *pcb, u8_t backlog)
{
  return tcp_listen_with_backlog_and_err(pcb, backlog, NULL);
}

/* ---- connect ---- */

static struct netif *route_to(const struct tcp_pcb *pcb, const ip_addr_t *ipaddr)
{
  if (pcb->netif_idx != NETIF_NO_INDEX) {
    return netif_get_by_index(pcb->netif_idx);
  }
  return ip_route(&pcb->local_ip, ipaddr);
}

/* RFC 9293 MUST-46. */
static bool connectable(const ip_addr_t *ipaddr, struct netif *nif)
{
  LWIP_UNUSED_ARG(nif); /* IPv6 knows no broadcast */
  return !ip_addr_isany(ipaddr) && !ip_addr_ismulticast(ipaddr) && !ip_addr_isbroadcast(ipaddr, nif);
}

/* The pair of ends: the peer's is given, ours by route (RFC 9293 MUST-44) and at random unless it was bound. */
static err_t choose_ends(struct tcp_pcb *pcb, const ip_addr_t *ipaddr, u16_t port, struct netif *nif)
{
  const ip_addr_t *local = ip_addr_isany(&pcb->local_ip) ? ip_netif_get_local_ip(nif, ipaddr) : &pcb->local_ip;
  struct tcp_ends e = { local, ipaddr, pcb->local_port, port };

  if (local == NULL || ip_addr_isany(local)) {
    return ERR_RTE;
  }
  if (e.local_port == 0) {
    e.local_port = tcp_port_pick(&e);
    if (e.local_port == 0) {
      return ERR_BUF;
    }
  } else if (tcp_active_find(&e) != NULL || tcp_mini_find(&e) != NULL) {
    return ERR_USE;
  }
  if (pcb->local_port != 0) {
    tcp_unlink(&tcp_bound_pcbs, pcb);
  }
  ip_addr_copy(pcb->local_ip, *local);
  ip_addr_copy(pcb->remote_ip, *ipaddr);
  pcb->local_port = e.local_port;
  pcb->remote_port = port;
  return ERR_OK;
}

static void open_actively(struct tcp_pcb *pcb, struct netif *nif)
{
  u32_t now_ms = sys_now();
  struct tcp_ends e;

  tcp_ends_of(pcb, &e);
  pcb->lastack = pcb->snd_nxt = pcb->rto_end = tcp_isn(&e, now_ms);
#if LWIP_TCP_TIMESTAMPS
  pcb->x_ts_offset = tcp_ts_offset(&e);
#endif
  pcb->mss = tcp_eff_send_mss_netif(TCP_MSS, nif, &pcb->remote_ip);
  tcp_enter(pcb, SYN_SENT, now_ms);
  tcp_list_add(pcb);
  tcp_poll_restart(pcb);
  MIB2_STATS_INC(mib2.tcpactiveopens);
}

err_t tcp_connect_now(struct tcp_pcb *pcb, const ip_addr_t *ipaddr, u16_t port, tcp_connected_fn connected)
{
  ip_addr_t zoned;
  struct netif *nif;
  err_t err;

  if (pcb->state != CLOSED) {
    return ERR_ISCONN;
  }
  if (port == 0) {
    return ERR_VAL;
  }
  ipaddr = ip_zoned(ipaddr, &zoned, pcb->netif_idx, &pcb->local_ip);
  nif = route_to(pcb, ipaddr);
  if (nif == NULL) {
    return ERR_RTE;
  }
  if (!connectable(ipaddr, nif)) {
    return ERR_VAL;
  }
  err = choose_ends(pcb, ipaddr, port, nif);
  if (err != ERR_OK) {
    return err;
  }
#if LWIP_CALLBACK_API
  pcb->connected = connected;
#else
  (void)connected;
#endif
  open_actively(pcb, nif);
  return ERR_OK;
}

err_t tcp_connect(struct tcp_pcb *pcb, const ip_addr_t *ipaddr, u16_t port, tcp_connected_fn connected)
{
  err_t err = ipaddr != NULL ? tcp_enter_api(pcb) : ERR_ARG;

  if (err == ERR_OK) {
    err = tcp_connect_now(pcb, ipaddr, port, connected);
    if (err == ERR_OK) {
      (void)tcp_push(pcb, sys_now());
    }
    core_leave();
  }
  return err;
}

#endif
