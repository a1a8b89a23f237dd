/* The options a sketch gets (lwip/x_defaults.h), with IPv6, a loopback interface to talk to itself over, names it knows, and counters. */
#include "lwip/x_defaults.h"
#undef LWIP_STATS
#define LWIP_STATS 1
#define LWIP_HAVE_LOOPIF 1
#define LWIP_NETIF_LOOPBACK 1
#define LWIP_IPV6 1
#define DNS_LOCAL_HOSTLIST 1
#define DNS_LOCAL_HOSTLIST_INIT                                                                  \
  {                                                                                              \
    DNS_LOCAL_HOSTLIST_ELEM("both", IPADDR4_INIT_BYTES(127, 0, 0, 1)),                           \
      DNS_LOCAL_HOSTLIST_ELEM("both", IPADDR6_INIT(0, 0, 0, PP_HTONL(1))),                       \
      DNS_LOCAL_HOSTLIST_ELEM("lame", IPADDR4_INIT_BYTES(127, 0, 0, 1)),                         \
      DNS_LOCAL_HOSTLIST_ELEM("lame", IPADDR6_INIT(PP_HTONL(0x20010db8), 0, 0, PP_HTONL(0x99))), \
      DNS_LOCAL_HOSTLIST_ELEM("dead", IPADDR4_INIT_BYTES(192, 168, 7, 99))                       \
  }
