/**
 * The MIB-II's view of an interface: its type and counters (MIB2_STATS), and calls that tell an agent what changed
 * (LWIP_MIB2_CALLBACKS; the agent implements them).
 */
#ifndef LWIP_HDR_SNMP_H
#define LWIP_HDR_SNMP_H

#include "lwip/opt.h"

#include "lwip/ip_addr.h"
#include "lwip/sys.h"

#ifdef __cplusplus
extern "C" {
#endif

struct udp_pcb;
struct netif;

#if MIB2_STATS

/** RFC 1213 ifType. */
enum snmp_ifType {
  snmp_ifType_other = 1,
  snmp_ifType_regular1822,
  snmp_ifType_hdh1822,
  snmp_ifType_ddn_x25,
  snmp_ifType_rfc877_x25,
  snmp_ifType_ethernet_csmacd,
  snmp_ifType_iso88023_csmacd,
  snmp_ifType_iso88024_tokenBus,
  snmp_ifType_iso88025_tokenRing,
  snmp_ifType_iso88026_man,
  snmp_ifType_starLan,
  snmp_ifType_proteon_10Mbit,
  snmp_ifType_proteon_80Mbit,
  snmp_ifType_hyperchannel,
  snmp_ifType_fddi,
  snmp_ifType_lapb,
  snmp_ifType_sdlc,
  snmp_ifType_ds1,
  snmp_ifType_e1,
  snmp_ifType_basicISDN,
  snmp_ifType_primaryISDN,
  snmp_ifType_propPointToPointSerial,
  snmp_ifType_ppp,
  snmp_ifType_softwareLoopback,
  snmp_ifType_eon,
  snmp_ifType_ethernet_3Mbit,
  snmp_ifType_nsip,
  snmp_ifType_slip,
  snmp_ifType_ultra,
  snmp_ifType_ds3,
  snmp_ifType_sip,
  snmp_ifType_frame_relay
};

/** The time since start in hundredths of a second. */
#ifndef MIB2_COPY_SYSUPTIME_TO
#define MIB2_COPY_SYSUPTIME_TO(ptrToVal) (*(ptrToVal) = (sys_now() / 10))
#endif

#define MIB2_STATS_NETIF_INC(n, x) \
  do {                             \
    ++(n)->mib2_counters.x;        \
  } while (0)
#define MIB2_STATS_NETIF_ADD(n, x, val) \
  do {                                  \
    (n)->mib2_counters.x += (val);      \
  } while (0)

/** A driver's init function says what it is: an snmp_ifType and bits a second. */
#define MIB2_INIT_NETIF(netif, type, speed)       \
  do {                                            \
    (netif)->link_type = (type);                  \
    (netif)->link_speed = (speed);                \
    (netif)->ts = 0;                              \
    (netif)->mib2_counters.ifinoctets = 0;        \
    (netif)->mib2_counters.ifinucastpkts = 0;     \
    (netif)->mib2_counters.ifinnucastpkts = 0;    \
    (netif)->mib2_counters.ifindiscards = 0;      \
    (netif)->mib2_counters.ifinerrors = 0;        \
    (netif)->mib2_counters.ifinunknownprotos = 0; \
    (netif)->mib2_counters.ifoutoctets = 0;       \
    (netif)->mib2_counters.ifoutucastpkts = 0;    \
    (netif)->mib2_counters.ifoutnucastpkts = 0;   \
    (netif)->mib2_counters.ifoutdiscards = 0;     \
    (netif)->mib2_counters.ifouterrors = 0;       \
  } while (0)

#else

#ifndef MIB2_COPY_SYSUPTIME_TO
#define MIB2_COPY_SYSUPTIME_TO(ptrToVal)
#endif
#define MIB2_INIT_NETIF(netif, type, speed)
#define MIB2_STATS_NETIF_INC(n, x)
#define MIB2_STATS_NETIF_ADD(n, x, val)

#endif

#if LWIP_MIB2_CALLBACKS

void mib2_netif_added(struct netif *ni);
void mib2_netif_removed(struct netif *ni);

#if LWIP_IPV4 && LWIP_ARP
void mib2_add_arp_entry(struct netif *ni, ip4_addr_t *ip);
void mib2_remove_arp_entry(struct netif *ni, ip4_addr_t *ip);
#else
#define mib2_add_arp_entry(ni, ip)
#define mib2_remove_arp_entry(ni, ip)
#endif

#if LWIP_IPV4
void mib2_add_ip4(struct netif *ni);
void mib2_remove_ip4(struct netif *ni);
void mib2_add_route_ip4(u8_t dflt, struct netif *ni);
void mib2_remove_route_ip4(u8_t dflt, struct netif *ni);
#endif

#if LWIP_UDP
void mib2_udp_bind(struct udp_pcb *pcb);
void mib2_udp_unbind(struct udp_pcb *pcb);
#endif

#else

#define mib2_netif_added(ni)
#define mib2_netif_removed(ni)
#define mib2_add_arp_entry(ni, ip)
#define mib2_remove_arp_entry(ni, ip)
#define mib2_add_ip4(ni)
#define mib2_remove_ip4(ni)
#define mib2_add_route_ip4(dflt, ni)
#define mib2_remove_route_ip4(dflt, ni)
#define mib2_udp_bind(pcb)
#define mib2_udp_unbind(pcb)

#endif

/* The names drivers used before MIB2_*. */
#define NETIF_INIT_SNMP MIB2_INIT_NETIF
#define snmp_add_ifinoctets(ni, value) MIB2_STATS_NETIF_ADD(ni, ifinoctets, value)
#define snmp_inc_ifinucastpkts(ni) MIB2_STATS_NETIF_INC(ni, ifinucastpkts)
#define snmp_inc_ifinnucastpkts(ni) MIB2_STATS_NETIF_INC(ni, ifinnucastpkts)
#define snmp_inc_ifindiscards(ni) MIB2_STATS_NETIF_INC(ni, ifindiscards)
#define snmp_inc_ifinerrors(ni) MIB2_STATS_NETIF_INC(ni, ifinerrors)
#define snmp_inc_ifinunknownprotos(ni) MIB2_STATS_NETIF_INC(ni, ifinunknownprotos)
#define snmp_add_ifoutoctets(ni, value) MIB2_STATS_NETIF_ADD(ni, ifoutoctets, value)
#define snmp_inc_ifoutucastpkts(ni) MIB2_STATS_NETIF_INC(ni, ifoutucastpkts)
#define snmp_inc_ifoutnucastpkts(ni) MIB2_STATS_NETIF_INC(ni, ifoutnucastpkts)
#define snmp_inc_ifoutdiscards(ni) MIB2_STATS_NETIF_INC(ni, ifoutdiscards)
#define snmp_inc_ifouterrors(ni) MIB2_STATS_NETIF_INC(ni, ifouterrors)

#ifdef __cplusplus
}
#endif
#endif
