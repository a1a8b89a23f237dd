/** Frames out with a source of the program's choice. */
#include "netif/ethernet.h"

#if LWIP_ARP || LWIP_ETHERNET

#include "eth_frame.h"

err_t ethernet_output(struct netif *netif, struct pbuf *p, const struct eth_addr *src, const struct eth_addr *dst,
                      u16_t eth_type)
{
  return eth_frame_send(netif, p, src->addr, dst->addr, eth_type);
}

#endif
