/** IPv6 packets into Ethernet frames (RFC 2464): groups by their address, neighbours by neighbour discovery. */
#include "lwip/ethip6.h"

#include "../link/eth_send.h"
#include "../wire/wire_eth.h"
#include "lwip/nd6.h"

#if LWIP_IPV6 && LWIP_ETHERNET

/** Section 7: 33:33 and the last four octets of the group. */
static err_t send_to_group(struct netif *nif, struct pbuf *p, const ip6_addr_t *group)
{
  u8_t mac[ETH_WIRE_ALEN] = { 0x33, 0x33 };

  __builtin_memcpy(mac + 2, &group->addr[3], 4);
  return eth_send(nif, p, mac, ETH_WIRE_TYPE_IP6);
}

err_t ethip6_output(struct netif *netif, struct pbuf *q, const ip6_addr_t *ip6addr)
{
  const u8_t *mac;
  err_t err;

  if (ip6_addr_ismulticast(ip6addr)) {
    return send_to_group(netif, q, ip6addr);
  }
  err = nd6_get_next_hop_addr_or_queue(netif, q, ip6addr, &mac);
  return err == ERR_OK && mac != NULL ? eth_send(netif, q, mac, ETH_WIRE_TYPE_IP6) : err;
}

#endif
