/* An interface that goes up and down and comes and goes, and everybody who wants to know. */
#include <string.h>

#include "host.h"
#include "lwip/init.h"
#include "lwip/etharp.h"
#include "lwip/netif.h"
#include "lwip/snmp.h"
#include "netif/ethernet.h"

static int status_calls, link_calls, removed, ext_calls;
static netif_nsc_reason_t reasons;
static int sent, went_up;

static err_t send_frame(struct netif *netif, struct pbuf *p)
{
  LWIP_UNUSED_ARG(netif);
  EXPECT(p->tot_len >= 14);
  sent++;
  return ERR_OK;
}

static err_t board_init(struct netif *netif)
{
  EXPECT(strcmp((const char *)netif->state, "the driver") == 0);
#if LWIP_NETIF_HOSTNAME
  netif->hostname = "board";
#endif
  MIB2_INIT_NETIF(netif, snmp_ifType_ethernet_csmacd, 100000000);
  netif->name[0] = 'e';
  netif->name[1] = 'n';
  netif->output = etharp_output;
  netif->linkoutput = send_frame;
  netif->hwaddr_len = ETH_HWADDR_LEN;
  netif->hwaddr[0] = 0x02;
  netif->hwaddr[5] = 0x33;
  netif->mtu = 1500;
  netif->flags = NETIF_FLAG_BROADCAST | NETIF_FLAG_ETHARP | NETIF_FLAG_ETHERNET | NETIF_FLAG_IGMP;
  return ERR_OK;
}

static void status(struct netif *netif)
{
  LWIP_UNUSED_ARG(netif);
  status_calls++;
}

static void link_changed(struct netif *netif)
{
  LWIP_UNUSED_ARG(netif);
  link_calls++;
}

static void gone(struct netif *netif)
{
  LWIP_UNUSED_ARG(netif);
  removed++;
}

static void ext(struct netif *netif, netif_nsc_reason_t reason, const netif_ext_callback_args_t *args)
{
  LWIP_UNUSED_ARG(netif);
  if (reason & LWIP_NSC_LINK_CHANGED) {
    EXPECT(args->link_changed.state == netif_is_link_up(netif));
  }
  if (reason & LWIP_NSC_STATUS_CHANGED) {
    EXPECT(netif_is_up(netif)); /* told after it went up, and before it goes down */
    went_up += args->status_changed.state;
  }
  reasons = (netif_nsc_reason_t)(reasons | reason);
  ext_calls++;
}

NETIF_DECLARE_EXT_CALLBACK(watcher)

int main(void)
{
  static struct netif board;
  static char driver[] = "the driver";
  ip4_addr_t ip, mask, gw;
  int round;

  lwip_init();
  netif_add_ext_callback(&watcher, ext);
  netif_remove(&board); /* never added */

  for (round = 0; round < 50; round++) {
    IP4_ADDR(&ip, 192, 168, 1, 10);
    IP4_ADDR(&mask, 255, 255, 255, 0);
    IP4_ADDR(&gw, 192, 168, 1, 1);
    EXPECT(netif_add(&board, &ip, &mask, &gw, driver, board_init, ethernet_input) == &board);
    netif_set_status_callback(&board, status);
    netif_set_link_callback(&board, link_changed);
    netif_set_remove_callback(&board, gone);
    netif_set_default(&board);
    EXPECT(netif_default == &board);
    EXPECT(!netif_is_up(&board));
    netif_set_up(&board);
    netif_set_link_up(&board);
    EXPECT(netif_is_up(&board) && netif_is_link_up(&board));
    EXPECT(netif_find("en0") == &board || netif_get_index(&board) > 1);
    EXPECT(netif_get_by_index(netif_get_index(&board)) == &board);

    IP4_ADDR(&ip, 192, 168, 1, 11);
    netif_set_ipaddr(&board, &ip);
    EXPECT(ip4_addr_cmp(netif_ip4_addr(&board), &ip));
    EXPECT(ip4_addr_netcmp(netif_ip4_addr(&board), netif_ip4_gw(&board), netif_ip4_netmask(&board)));
    netif_set_addr(&board, IP4_ADDR_ANY4, IP4_ADDR_ANY4, IP4_ADDR_ANY4);
    EXPECT(ip4_addr_isany_val(*netif_ip4_addr(&board)));
    netif_set_addr(&board, &ip, &mask, &gw);
    netif_set_link_down(&board);
    netif_set_down(&board);
    netif_remove(&board);
    EXPECT(netif_default == NULL);
    EXPECT(removed == round + 1);
  }
  EXPECT(status_calls >= 50 * 3);
  EXPECT(link_calls == 50 * 2);
  EXPECT(went_up == 50);
  EXPECT(reasons & LWIP_NSC_NETIF_ADDED);
  EXPECT(reasons & LWIP_NSC_NETIF_REMOVED);
  EXPECT(reasons & LWIP_NSC_LINK_CHANGED);
  EXPECT(reasons & LWIP_NSC_STATUS_CHANGED);
  EXPECT(reasons & LWIP_NSC_IPV4_ADDRESS_CHANGED);
  netif_remove_ext_callback(&watcher);
  EXPECT(netif_list != NULL); /* the loopback interface */
  printf("status %d, link %d, ext %d, frames %d\n", status_calls, link_calls, ext_calls, sent);
  return 0;
}
