/** Which checksums are the software's work: the options, and with LWIP_CHECKSUM_CTRL_PER_NETIF the interface. */
#ifndef LWIP_STACK_IP_IP_CHKSUM_H
#define LWIP_STACK_IP_IP_CHKSUM_H

#include "lwip/netif.h"

/** ip_chksum_on(nif, GEN_UDP): has the stack to make (GEN_*) or check (CHECK_*) it? */
#if LWIP_CHECKSUM_CTRL_PER_NETIF
#define ip_chksum_on(nif, what) (CHECKSUM_##what && ((nif)->chksum_flags & NETIF_CHECKSUM_##what) != 0)
#else
#define ip_chksum_on(nif, what) ((void)(nif), CHECKSUM_##what)
#endif

#endif
