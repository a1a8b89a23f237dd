/**
 * Who is called by whom when the call goes against the includes: packets that travel up, news of
 * interfaces, memory that runs out.  The only file that sees every floor; read it to know what is
 * in a build.
 */
#include "lwip/opt.h"
#include "lwip/prot/ethernet.h"
#include "../link/link_up.h"
#include "../link/arp.h"
#include "../link/acd.h"
#include "../ip/ip_rx.h"
#include "../ip/ip4_in.h"
#include "../ip/ip4_reass.h"
#include "../ip/icmp_in.h"
#include "../ip/igmp_host.h"
#include "../transport/udp_in.h"
#include "../transport/udp_pcb.h"
#include "../transport/raw_in.h"
#include "../transport/raw_pcb.h"
#include "../transport/tcp_in.h"
#include "../transport/tcp_error.h"
#include "../service/dhcp_client.h"
#include "../service/autoip_client.h"

const struct link_proto link_protos[] = {
#if LWIP_IPV4
  { ETHTYPE_IP, ip4_rx },
#endif
#if LWIP_IPV4 && LWIP_ARP
  { ETHTYPE_ARP, arp_rx },
#endif
  { 0, NULL }
};

const struct ip_proto ip_protos[] = {
#if LWIP_TCP
  { IP_PROTO_TCP, tcp_rx, tcp_ip_error },
#endif
#if LWIP_UDP
  { IP_PROTO_UDP, udp_rx, udp_ip_error },
#endif
#if LWIP_UDPLITE
  { IP_PROTO_UDPLITE, udp_rx, NULL },
#endif
#if LWIP_IPV4 && LWIP_ICMP
  { IP_PROTO_ICMP, icmp_rx, NULL },
#endif
#if LWIP_IPV4 && LWIP_IGMP
  { IP_PROTO_IGMP, igmp_rx, NULL },
#endif
  { 0, NULL, NULL }
};
