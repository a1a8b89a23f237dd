/** Which checksums are the software's work: the options, and with LWIP_CHECKSUM_CTRL_PER_NETIF the interface. */
#ifndef LWIP_STACK_IP_IP_CHKSUM_H
#define LWIP_STACK_IP_IP_CHKSUM_H

#include "ip_rx.h"

/** ip_chksum_on(nif, GEN_UDP): has the stack to make (GEN_*) or check (CHECK_*) it? */
#if LWIP_CHECKSUM_CTRL_PER_NETIF
#define ip_chksum_on(nif, what) (CHECKSUM_##what && ((nif)->chksum_flags & NETIF_CHECKSUM_##what) != 0)
#else
#define ip_chksum_on(nif, what) ((void)(nif), CHECKSUM_##what)
#endif

/** Nothing has to be checked: it was never on a wire, or the hardware has looked (at fragments it has not). */
static inline bool ip_rx_is_trusted(const struct ip_rx *rx)
{
  if (LWIP_X_RX_CHECKED && (rx->flags & (IP_RX_CHECKED | IP_RX_REASSEMBLED)) == IP_RX_CHECKED) {
    return true;
  }
  return (rx->flags & IP_RX_LOOPED) != 0;
}

#endif
