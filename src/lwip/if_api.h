/** Names and numbers of interfaces as RFC 3493 section 4 has them, for threads. */
#ifndef LWIP_HDR_IF_H
#define LWIP_HDR_IF_H

#include "lwip/opt.h"

#if LWIP_SOCKET

#include "lwip/netif.h"

#ifdef __cplusplus
extern "C" {
#endif

#ifndef IF_NAMESIZE
#define IF_NAMESIZE NETIF_NAMESIZE
#endif

/** Write the name of interface @p ifindex, at most IF_NAMESIZE octets, to @p ifname.  @return @p ifname; NULL: there is none */
char *lwip_if_indextoname(unsigned int ifindex, char *ifname);
/** @return the number of the interface @p ifname, 0: there is none */
unsigned int lwip_if_nametoindex(const char *ifname);

#if LWIP_COMPAT_SOCKETS
#define if_indextoname(ifindex, ifname) lwip_if_indextoname(ifindex, ifname)
#define if_nametoindex(ifname) lwip_if_nametoindex(ifname)
#endif

#ifdef __cplusplus
}
#endif

#endif
#endif
