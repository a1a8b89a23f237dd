/** Interfaces, for threads. */
#include "lwip/netifapi.h"

#if LWIP_NETIF_API

#include "../base/bytes.h"
#include "lwip/etharp.h"
#include "lwip/memp.h"
#include <string.h>

/* ---- How a call gets there ---- */

#if LWIP_MPU_COMPATIBLE

static err_t call(tcpip_api_call_fn fn, struct netifapi_msg *m)
{
  struct netifapi_msg *shared = (struct netifapi_msg *)memp_malloc(MEMP_NETIFAPI_MSG);
  err_t err;

  if (shared == NULL) {
    return ERR_MEM;
  }
  *shared = *m;
  err = tcpip_api_call(fn, &shared->call);
  *m = *shared;
  memp_free(MEMP_NETIFAPI_MSG, shared);
  return err;
}

#else

static err_t call(tcpip_api_call_fn fn, struct netifapi_msg *m)
{
  return tcpip_api_call(fn, &m->call);
}

#endif

static struct netifapi_msg *msg_of(struct tcpip_api_call_data *call_data)
{
  return (struct netifapi_msg *)(void *)call_data; /* its first member */
}

/* ---- Add, change, anything ---- */

static err_t do_add(struct tcpip_api_call_data *c)
{
  struct netifapi_msg *m = msg_of(c);
  struct netif *added = netif_add(m->netif,
#if LWIP_IPV4
                                  m->msg.add.ipaddr, m->msg.add.netmask, m->msg.add.gw,
#endif
                                  m->msg.add.state, m->msg.add.init, m->msg.add.input);

  return added != NULL ? ERR_OK : ERR_IF;
}

err_t netifapi_netif_add(struct netif *netif,
#if LWIP_IPV4
                         const ip4_addr_t *ipaddr, const ip4_addr_t *netmask, const ip4_addr_t *gw,
#endif
                         void *state, netif_init_fn init, netif_input_fn input)
{
  struct netifapi_msg m;

  m.netif = netif;
#if LWIP_IPV4
  m.msg.add.ipaddr = ipaddr;
  m.msg.add.netmask = netmask;
  m.msg.add.gw = gw;
#endif
  m.msg.add.state = state;
  m.msg.add.init = init;
  m.msg.add.input = input;
  return call(do_add, &m);
}

#if LWIP_IPV4

static err_t do_set_addr(struct tcpip_api_call_data *c)
{
  struct netifapi_msg *m = msg_of(c);

  netif_set_addr(m->netif, m->msg.add.ipaddr, m->msg.add.netmask, m->msg.add.gw);
  return ERR_OK;
}

err_t netifapi_netif_set_addr(struct netif *netif, const ip4_addr_t *ipaddr, const ip4_addr_t *netmask,
                              const ip4_addr_t *gw)
{
  struct netifapi_msg m;

  m.netif = netif;
  m.msg.add.ipaddr = ipaddr;
  m.msg.add.netmask = netmask;
  m.msg.add.gw = gw;
  return call(do_set_addr, &m);
}

#endif

static err_t do_common(struct tcpip_api_call_data *c)
{
  struct netifapi_msg *m = msg_of(c);

  if (m->msg.common.errtfunc != NULL) {
    return m->msg.common.errtfunc(m->netif);
  }
  m->msg.common.voidfunc(m->netif);
  return ERR_OK;
}

err_t netifapi_netif_common(struct netif *netif, netifapi_void_fn voidfunc, netifapi_errt_fn errtfunc)
{
  struct netifapi_msg m;

  if (voidfunc == NULL && errtfunc == NULL) {
    return ERR_ARG;
  }
  m.netif = netif;
  m.msg.common.voidfunc = voidfunc;
  m.msg.common.errtfunc = errtfunc;
  return call(do_common, &m);
}

/* ---- Names ---- */

static err_t do_name_to_index(struct tcpip_api_call_data *c)
{
  struct netifapi_msg *m = msg_of(c);

  m->msg.ifs.index = netif_name_to_index(m->msg.ifs.name);
  return ERR_OK;
}

err_t netifapi_netif_name_to_index(const char *name, u8_t *index)
{
  struct netifapi_msg m;
  err_t err;

  if (name == NULL || index == NULL) {
    return ERR_ARG;
  }
  *index = 0;
  if (strlen(name) >= sizeof(m.msg.ifs.name)) {
    return ERR_OK; /* no interface has such a long name */
  }
  memcpy(m.msg.ifs.name, name, strlen(name) + 1);
  err = call(do_name_to_index, &m);
  if (err == ERR_OK) {
    *index = m.msg.ifs.index;
  }
  return err;
}

static err_t do_index_to_name(struct tcpip_api_call_data *c)
{
  struct netifapi_msg *m = msg_of(c);

  if (netif_index_to_name(m->msg.ifs.index, m->msg.ifs.name) == NULL) {
    m->msg.ifs.name[0] = '\0';
  }
  return ERR_OK;
}

err_t netifapi_netif_index_to_name(u8_t index, char *name)
{
  struct netifapi_msg m;
  err_t err;

  if (name == NULL) {
    return ERR_ARG;
  }
  m.msg.ifs.index = index;
  err = call(do_index_to_name, &m);
  if (err == ERR_OK) {
    memcpy(name, m.msg.ifs.name, sizeof(m.msg.ifs.name));
  }
  return err;
}

/* ---- ARP ---- */

#if LWIP_ARP && LWIP_IPV4

#if ETHARP_SUPPORT_STATIC_ENTRIES

struct arp_call {
  struct tcpip_api_call_data call;
  const ip4_addr_t *ipaddr;
  struct eth_addr *ethaddr; /**< NULL: remove it */
};

static err_t do_arp(struct tcpip_api_call_data *c)
{
  struct arp_call *a = (struct arp_call *)(void *)c;

  return a->ethaddr != NULL ? etharp_add_static_entry(a->ipaddr, a->ethaddr) : etharp_remove_static_entry(a->ipaddr);
}

static err_t arp(const ip4_addr_t *ipaddr, struct eth_addr *ethaddr)
{
  struct arp_call a;

  a.ipaddr = ipaddr;
  a.ethaddr = ethaddr;
  return tcpip_api_call(do_arp, &a.call);
}

#else

static err_t arp(const ip4_addr_t *ipaddr, struct eth_addr *ethaddr)
{
  LWIP_UNUSED_ARG(ipaddr);
  LWIP_UNUSED_ARG(ethaddr);
  return ERR_VAL;
}

#endif

err_t netifapi_arp_add(const ip4_addr_t *ipaddr, struct eth_addr *ethaddr, enum netifapi_arp_entry type)
{
  if (ipaddr == NULL || ethaddr == NULL || type != NETIFAPI_ARP_PERM) {
    return ERR_ARG;
  }
  return arp(ipaddr, ethaddr);
}

err_t netifapi_arp_remove(const ip4_addr_t *ipaddr, enum netifapi_arp_entry type)
{
  if (ipaddr == NULL || type != NETIFAPI_ARP_PERM) {
    return ERR_ARG;
  }
  return arp(ipaddr, NULL);
}

#endif

#endif
