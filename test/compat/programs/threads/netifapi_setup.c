/* netifapi: an interface set up, changed and removed from a thread that is not the stack's. */
#include <string.h>

#include "../host.h"
#include "lwip/dhcp.h"
#include "lwip/if_api.h"
#include "lwip/netifapi.h"
#include "lwip/tcpip.h"

static struct netif nif;
static sys_sem_t ready;
static int sent;

static err_t output(struct netif *netif, struct pbuf *p, const ip4_addr_t *to)
{
  LWIP_UNUSED_ARG(netif);
  LWIP_UNUSED_ARG(p);
  LWIP_UNUSED_ARG(to);
  sent++;
  return ERR_OK;
}

static err_t init(struct netif *netif)
{
  netif->name[0] = 'n';
  netif->name[1] = 'i';
  netif->mtu = 1500;
  netif->output = output;
  netif->flags = NETIF_FLAG_BROADCAST;
  return ERR_OK;
}

static void started(void *arg)
{
  sys_sem_signal((sys_sem_t *)arg);
}

static void in_core(void *arg)
{
  EXPECT(netif_default == &nif);
  EXPECT(netif_is_up(&nif) && netif_is_link_up(&nif));
  started(arg);
}

int main(void)
{
  ip4_addr_t ip, mask, gw;
  char name[NETIF_NAMESIZE];
  u8_t index;

  EXPECT(sys_sem_new(&ready, 0) == ERR_OK);
  tcpip_init(started, &ready);
  sys_arch_sem_wait(&ready, 0);

  IP4_ADDR(&ip, 192, 168, 7, 2);
  IP4_ADDR(&mask, 255, 255, 255, 0);
  IP4_ADDR(&gw, 192, 168, 7, 1);
  EXPECT(netifapi_netif_add(&nif, &ip, &mask, &gw, NULL, init, tcpip_input) == ERR_OK);
  EXPECT(netifapi_netif_set_default(&nif) == ERR_OK);
  EXPECT(netifapi_netif_set_up(&nif) == ERR_OK);
  EXPECT(netifapi_netif_set_link_up(&nif) == ERR_OK);
  EXPECT(tcpip_callback(in_core, &ready) == ERR_OK);
  sys_arch_sem_wait(&ready, 0);

  EXPECT(netifapi_netif_index_to_name(netif_get_index(&nif), name) == ERR_OK);
  EXPECT(netifapi_netif_name_to_index(name, &index) == ERR_OK && index == netif_get_index(&nif));
  EXPECT(if_nametoindex(name) == index);
  EXPECT(if_indextoname(index, name) == name);

  IP4_ADDR(&ip, 192, 168, 7, 3);
  EXPECT(netifapi_netif_set_addr(&nif, &ip, &mask, &gw) == ERR_OK);
  LOCK_TCPIP_CORE();
  EXPECT(ip4_addr_cmp(netif_ip4_addr(&nif), &ip));
  UNLOCK_TCPIP_CORE();

  EXPECT(netifapi_dhcp_start(&nif) == ERR_OK);
  EXPECT(netifapi_dhcp_release_and_stop(&nif) == ERR_OK);
  EXPECT(netifapi_netif_set_link_down(&nif) == ERR_OK);
  EXPECT(netifapi_netif_set_down(&nif) == ERR_OK);
  EXPECT(netifapi_netif_remove(&nif) == ERR_OK);
  EXPECT(if_nametoindex(name) == 0);
  return 0;
}
