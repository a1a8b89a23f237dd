/** The loopback interface: 127.0.0.1 and ::1, for programs without another interface. */
#include "lwip/netif.h"
#include "lwip/snmp.h"

#if LWIP_HAVE_LOOPIF

static struct netif loopif;

#if LWIP_IPV4
static err_t loopif_output4(struct netif *nif, struct pbuf *p, const ip4_addr_t *to)
{
  LWIP_UNUSED_ARG(to);
  return netif_loop_output(nif, p);
}

static void loopif_init4(struct netif *nif)
{
  nif->output = loopif_output4;
  IP4_ADDR(ip_2_ip4(&nif->ip_addr), 127, 0, 0, 1);
  IP4_ADDR(ip_2_ip4(&nif->netmask), 255, 0, 0, 0);
  IP4_ADDR(ip_2_ip4(&nif->gw), 127, 0, 0, 1);
}
#else
static void loopif_init4(struct netif *nif)
{
  LWIP_UNUSED_ARG(nif);
}
#endif

#if LWIP_IPV6
static err_t loopif_output6(struct netif *nif, struct pbuf *p, const ip6_addr_t *to)
{
  LWIP_UNUSED_ARG(to);
  return netif_loop_output(nif, p);
}

static void loopif_init6(struct netif *nif)
{
  nif->output_ip6 = loopif_output6;
  IP_ADDR6_HOST(&nif->ip6_addr[0], 0, 0, 0, 1UL);
  nif->ip6_addr_state[0] = IP6_ADDR_PREFERRED;
}
#else
static void loopif_init6(struct netif *nif)
{
  LWIP_UNUSED_ARG(nif);
}
#endif

static err_t loopif_init(struct netif *nif)
{
  MIB2_INIT_NETIF(nif, snmp_ifType_softwareLoopback, 0);
  nif->name[0] = 'l';
  nif->name[1] = 'o';
  loopif_init4(nif);
  loopif_init6(nif);
  if (LWIP_LOOPIF_MULTICAST) {
    netif_set_flags(nif, NETIF_FLAG_IGMP);
  }
  return ERR_OK;
}

void netif_init(void)
{
  if (loopif.input != NULL) {
    return; /* lwip_init() called again */
  }
  netif_add_noaddr(&loopif, NULL, loopif_init, netif_input);
  netif_set_link_up(&loopif);
  netif_set_up(&loopif);
}

#else

void netif_init(void)
{
}

#endif
