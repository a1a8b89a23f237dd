/**
 * Who is called by whom when the call goes against the includes: packets that travel up, news of
 * interfaces, memory that runs out.  The only file that sees every floor: what is in these tables
 * is what is in a build.
 */
#include "lwip/opt.h"
#include "../link/acd.h"
#include "../link/arp.h"
#include "../link/link_up.h"
#include "../mem/pbuf_hook.h"
#include "../ip/icmp6_in.h"
#include "../ip/icmp_in.h"
#include "../ip/igmp_host.h"
#include "../ip/ip4_in.h"
#include "../ip/ip4_out.h"
#include "../ip/ip_reass.h"
#include "../ip/ip6_in.h"
#include "../ip/ip_rx.h"
#include "../ip/mld6_host.h"
#include "../ip/nd6_host.h"
#include "../transport/raw_in.h"
#include "../transport/raw_pcb.h"
#include "../transport/tcp_in.h"
#include "../transport/tcp_use.h"
#include "../transport/udp_in.h"
#include "../transport/udp_pcb.h"
#include "../api/netconn_core.h"
#include "../service/autoip_client.h"
#include "../service/dhcp6_client.h"
#include "../service/dhcp_client.h"
#include "../service/dns_from6.h"
#include "../wire/wire_eth.h"
#include "../wire/wire_ip4.h"
#include "../wire/wire_ip6.h"

#if LWIP_TCP && LWIP_X_TCP_ON_USE

const struct tcp_wiring *tcp_wiring;

static void tcp_changed(const struct link_change *c)
{
  if (tcp_wiring != NULL) {
    tcp_wiring->netif_changed(c);
  }
}

#if PBUF_FREES_OOSEQ
static void tcp_sheds(void)
{
  if (tcp_wiring != NULL) {
    tcp_wiring->shed_ooseq();
  }
}
#endif

#else
#define tcp_changed tcp_netif_changed
#define tcp_sheds tcp_shed_ooseq
#endif

/* Up from a link, by EtherType. */
const struct link_proto link_protos[] = {
#if LWIP_IPV4
  { ETH_WIRE_TYPE_IP4, ip4_rx },
#endif
#if LWIP_IPV6
  { ETH_WIRE_TYPE_IP6, ip6_rx },
#endif
#if LWIP_IPV4 && LWIP_ARP
  { ETH_WIRE_TYPE_ARP, arp_rx },
#endif
  { 0, NULL }
};

/* Up from IP, by protocol number; the busiest first. */
const struct ip_proto ip_protos[] = {
#if LWIP_TCP && !LWIP_X_TCP_ON_USE
  { IP4_WIRE_TCP, tcp_rx, tcp_ip_error },
#endif
#if LWIP_UDP
  { IP4_WIRE_UDP, udp_rx, udp_ip_error },
#endif
#if LWIP_UDP && LWIP_UDPLITE
  { IP4_WIRE_UDPLITE, udp_rx, NULL },
#endif
#if LWIP_IPV6 && LWIP_ICMP6
  { IP6_WIRE_ICMP6, icmp6_rx, NULL },
#endif
#if LWIP_IPV4 && LWIP_ICMP
  { IP4_WIRE_ICMP, icmp_rx, NULL },
#endif
#if LWIP_IPV4 && LWIP_IGMP
  { IP4_WIRE_IGMP, igmp_rx, NULL },
#endif
  { 0, NULL, NULL }
};

/* Up from IP, before everybody else. */
#if LWIP_RAW
enum ip_raw_verdict (*const ip_raw_input)(struct pbuf *p, const struct ip_rx *rx) = raw_rx;
#endif

/* News of interfaces.  The order matters: an address is resolved anew before anybody sends from it, and the
 * pcbs have moved before DHCP tells the program. */
const link_observer_fn link_observers[] = {
#if LWIP_IPV4 && LWIP_ARP
  arp_netif_changed,
#endif
#if LWIP_IPV4 && LWIP_IGMP
  igmp_netif_changed,
#endif
#if LWIP_IPV6
  nd6_netif_changed,
#endif
#if LWIP_IPV6 && LWIP_IPV6_MLD
  mld6_netif_changed,
#endif
#if LWIP_IPV4 && LWIP_MULTICAST_TX_OPTIONS
  ip4_route_netif_changed,
#endif
#if LWIP_RAW
  raw_netif_changed,
#endif
#if LWIP_UDP
  udp_netif_changed,
#endif
#if LWIP_TCP
  tcp_changed,
#endif
#if LWIP_IPV4 && LWIP_AUTOIP
  autoip_netif_changed,
#endif
#if LWIP_IPV4 && LWIP_DHCP
  dhcp_netif_changed,
#endif
#if LWIP_IPV6 && LWIP_IPV6_DHCP6
  dhcp6_netif_changed,
#endif
  NULL
};

/* Datagrams that nobody took. */
#if LWIP_UDP && LWIP_NETCONN
void (*const udp_refused_hook)(struct udp_pcb *pcb) = netconn_udp_refused;
#endif

#if LWIP_IPV6
void (*const link_ip6_addr_changed)(struct netif *nif, s8_t slot, u8_t old_state) = nd6_addr_changed;

/* What routers say about services. */
const struct nd6_news nd6_news = { dhcp6_nd6_ra_trigger, dns_from6, dhcp6_lease_taken };
#endif

/* Received packets that can be sent again, when the pool of buffers is empty. */
#if PBUF_FREES_OOSEQ
void (*const pbuf_pool_empty_hook)(void) = tcp_sheds;
#endif
