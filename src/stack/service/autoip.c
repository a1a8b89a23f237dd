/**
 * Link-local addresses (RFC 3927).  All the waiting, probing, announcing and defending is link/acd.h's; here an
 * address is chosen, given to the interface when it is free, and left for the next candidate when it is lost.
 */
#include "autoip_client.h"

#if LWIP_IPV4 && LWIP_AUTOIP

#include "lwip/def.h"
#include "lwip/mem.h"
#include "../base/core.h"
#include "../link/acd.h"
#include "../mem/timeouts_run.h"
#include <string.h>

/* Values are lwIP's, autoip_state_enum_t. */
enum { OFF = 0, PROBING = 1, BOUND = 3 };

#define FIRST 0xA9FE0100u /* 169.254.1.0: the first and the last 256 addresses are reserved (section 2.1) */
#define COUNT (254u * 256u)

static struct acd *acd_of(struct autoip *a)
{
  LWIP_ASSERT("struct lwip_x_acd has room", sizeof(struct acd) == sizeof(struct lwip_x_acd));
  return (struct acd *)(void *)&a->x_acd;
}

static void set_data(struct netif *nif, struct autoip *a)
{
  netif_set_client_data(nif, LWIP_NETIF_CLIENT_DATA_INDEX_AUTOIP, a);
}

static struct autoip *running(const struct netif *nif)
{
  struct autoip *a = nif != NULL ? netif_autoip_data(nif) : NULL;

  return a != NULL && a->state != OFF ? a : NULL;
}

/** Candidate number @p n for this hardware address: the same after each boot, to keep the address (section 2.1). */
static u32_t candidate(const struct netif *nif, u8_t n)
{
  u32_t h = 2166136261u ^ n;
  u8_t i;

  for (i = 0; i < nif->hwaddr_len; i++) {
    h = (h ^ nif->hwaddr[i]) * 16777619u;
  }
  h ^= h >> 16;
  return lwip_htonl(FIRST + h % COUNT);
}

static void drop_address(struct netif *nif, const struct autoip *a)
{
  if (ip4_addr_cmp(netif_ip4_addr(nif), &a->llipaddr)) {
    netif_set_addr(nif, IP4_ADDR_ANY4, IP4_ADDR_ANY4, IP4_ADDR_ANY4);
  }
}

static void on_acd(struct acd *m, enum acd_event e);

static void probe(struct netif *nif, struct autoip *a)
{
  a->state = PROBING;
  a->sent_num = 0;
  acd_start(acd_of(a), nif, &a->llipaddr, on_acd);
}

static void try_next(struct netif *nif, struct autoip *a)
{
  a->tried_llipaddr++;
  a->llipaddr.addr = candidate(nif, a->tried_llipaddr);
  probe(nif, a);
}

static void take(struct netif *nif, struct autoip *a)
{
  ip4_addr_t mask;

  a->state = BOUND;
  a->sent_num = LWIP_X_ACD_PROBE_NUM;
  mask.addr = PP_HTONL(0xFFFF0000u);
  netif_set_addr(nif, &a->llipaddr, &mask, IP4_ADDR_ANY4);
}

/** Leave the address, and the interface without one, before the next is tried. */
static void leave(struct netif *nif, struct autoip *a)
{
  ip4_addr_t old = a->llipaddr;

  try_next(nif, a);
  if (ip4_addr_cmp(netif_ip4_addr(nif), &old)) {
    netif_set_addr(nif, IP4_ADDR_ANY4, IP4_ADDR_ANY4, IP4_ADDR_ANY4);
  }
}

static void on_acd(struct acd *m, enum acd_event e)
{
  struct autoip *a = (struct autoip *)(void *)((u8_t *)m - offsetof(struct autoip, x_acd));

  if (e != ACD_FREE) {
    leave(m->nif, a);
  } else if (a->state == PROBING) {
    take(m->nif, a);
  }
}

static void stop(struct netif *nif)
{
  struct autoip *a = running(nif);

  if (a == NULL) {
    return;
  }
  acd_stop(acd_of(a));
  a->state = OFF;
  drop_address(nif, a);
}

static err_t start(struct netif *nif)
{
  struct autoip *a = netif_autoip_data(nif);

  if (a == NULL) {
    a = (struct autoip *)mem_malloc(sizeof *a);
    if (a == NULL) {
      return ERR_MEM;
    }
    memset(a, 0, sizeof *a);
    set_data(nif, a);
  }
  acd_stop(acd_of(a));
  if (a->llipaddr.addr == 0) {
    a->llipaddr.addr = candidate(nif, a->tried_llipaddr);
  }
  probe(nif, a);
  drop_address(nif, a);
  return ERR_OK;
}

void autoip_netif_changed(const struct link_change *c)
{
  if (c->what == LINK_EV_REMOVED) {
    stop(c->nif);
  } else if ((c->what == LINK_EV_UP || c->what == LINK_EV_LINK_UP) && running(c->nif) != NULL && netif_is_up(c->nif) &&
             netif_is_link_up(c->nif)) {
    start(c->nif);
  }
}

void autoip_set_struct(struct netif *netif, struct autoip *autoip)
{
  if (netif_autoip_data(netif) == autoip) {
    autoip_stop(netif);
  }
  memset(autoip, 0, sizeof *autoip);
  set_data(netif, autoip);
}

void autoip_x_remove_struct(struct netif *netif)
{
  autoip_stop(netif);
  set_data(netif, NULL);
}

err_t autoip_start(struct netif *netif)
{
  err_t err;

  if (netif == NULL || !netif_is_up(netif)) {
    return ERR_ARG;
  }
  if (!core_enter()) {
    return ERR_INPROGRESS;
  }
  err = start(netif);
  core_leave();
  return err;
}

err_t autoip_stop(struct netif *netif)
{
  if (!core_enter()) {
    return ERR_INPROGRESS;
  }
  stop(netif);
  core_leave();
  return ERR_OK;
}

void autoip_network_changed(struct netif *netif)
{
  if (running(netif) != NULL && core_enter()) {
    start(netif);
    core_leave();
  }
}

u8_t autoip_supplied_address(const struct netif *netif)
{
  const struct autoip *a = running(netif);

  return a != NULL && a->state == BOUND;
}

u8_t autoip_accept_packet(struct netif *netif, const ip4_addr_t *addr)
{
  const struct autoip *a = running(netif);

  return a != NULL && ip4_addr_cmp(addr, &a->llipaddr);
}

void autoip_arp_reply(struct netif *netif, struct etharp_hdr *hdr)
{
  LWIP_UNUSED_ARG(netif);
  LWIP_UNUSED_ARG(hdr);
}

void autoip_tmr(void)
{
  timeouts_poll_by_hand();
}

#endif
