/** What programs may ask of and do to the table of neighbours. */
#include "arp.h"

#if LWIP_IPV4 && LWIP_ARP

#include "../base/core.h"
#include "lwip/sys.h"

ssize_t etharp_find_addr(struct netif *netif, const ip4_addr_t *ipaddr, struct eth_addr **eth_ret,
                         const ip4_addr_t **ip_ret)
{
  struct arp_entry *e = arp_find(netif, ipaddr->addr);

  if (e == NULL || !arp_usable(e, sys_now())) {
    return -1;
  }
  *eth_ret = (struct eth_addr *)e->mac;
  *ip_ret = (const ip4_addr_t *)&e->ip;
  return e - arp_table;
}

int etharp_get_entry(size_t i, ip4_addr_t **ipaddr, struct netif **netif, struct eth_addr **eth_ret)
{
  struct arp_entry *e;

  if (i >= ARP_TABLE_SIZE || !arp_usable(&arp_table[i], sys_now())) {
    return 0;
  }
  e = &arp_table[i];
  *ipaddr = (ip4_addr_t *)&e->ip;
  *netif = e->nif;
  *eth_ret = (struct eth_addr *)e->mac;
  return 1;
}

void etharp_cleanup_netif(struct netif *netif)
{
  if (core_enter()) {
    arp_forget(netif, true);
    core_leave();
  }
}

#if ETHARP_SUPPORT_STATIC_ENTRIES

/** The interface whose neighbour @p ip can be, or NULL. */
static struct netif *neighbour_netif(const ip4_addr_t *ip)
{
  struct netif *nif;

  NETIF_FOREACH(nif)
  {
    if ((nif->flags & NETIF_FLAG_ETHARP) && arp_on_link(nif, ip->addr) && !ip4_addr_isbroadcast(ip, nif) &&
        !ip4_addr_eq(ip, netif_ip4_addr(nif))) {
      return nif;
    }
  }
  return NULL;
}

static err_t static_add(const ip4_addr_t *ip, const struct eth_addr *mac)
{
  struct netif *nif = neighbour_netif(ip);
  u32_t now_ms = sys_now();
  struct arp_entry *e;

  if (nif == NULL) {
    return ERR_RTE;
  }
  e = arp_find(nif, ip->addr);
  if (e != NULL && e->state != ARP_PENDING) {
    arp_free(e);
    e = NULL;
  }
  if (e == NULL) {
    e = arp_make(nif, ip->addr, ARP_CLAIM_OWN, now_ms);
  }
  if (e == NULL) {
    return ERR_MEM;
  }
  arp_heard(e, mac->addr, now_ms);
  e->state = ARP_STATIC;
  return ERR_OK;
}

err_t etharp_add_static_entry(const ip4_addr_t *ipaddr, struct eth_addr *ethaddr)
{
  err_t err;

  if (!core_enter()) {
    return ERR_INPROGRESS;
  }
  err = static_add(ipaddr, ethaddr);
  core_leave();
  return err;
}

static err_t static_remove(const ip4_addr_t *ip)
{
  struct arp_entry *e;

  for (e = arp_table; e < arp_table + ARP_TABLE_SIZE; e++) {
    if (e->state == ARP_STATIC && e->ip == ip->addr) {
      arp_free(e);
      return ERR_OK;
    }
    if (e->state != ARP_FREE && e->ip == ip->addr) {
      return ERR_ARG;
    }
  }
  return ERR_MEM;
}

err_t etharp_remove_static_entry(const ip4_addr_t *ipaddr)
{
  err_t err;

  if (!core_enter()) {
    return ERR_INPROGRESS;
  }
  err = static_remove(ipaddr);
  core_leave();
  return err;
}

#endif

#endif
