/** From a link up to the network protocols. */
#include "netif_input.h"

#include "../base/core.h"
#include "../mem/drop.h"
#include "../wire/wire_eth.h"
#include "netif/ethernet.h"

const struct link_proto *link_proto_find(u16_t ethertype)
{
  const struct link_proto *proto;

  for (proto = link_protos; proto->input != NULL; proto++) {
    if (proto->ethertype == ethertype) {
      return proto;
    }
  }
  return NULL;
}

void link_rx_ip(struct pbuf *p, struct netif *nif)
{
  const struct link_proto *proto = NULL;

  if (p->len > 0) {
    bool v6 = *(const u8_t *)p->payload >> 4 == 6;
    proto = link_proto_find(v6 ? ETH_WIRE_TYPE_IP6 : ETH_WIRE_TYPE_IP4);
  }
  if (proto == NULL) {
    drop(p, DROP_ETH_TYPE);
    return;
  }
  if (p->if_idx == NETIF_NO_INDEX) {
    p->if_idx = netif_get_index(nif);
  }
  proto->input(p, nif);
}

static err_t ip_packet_input(struct pbuf *p, struct netif *nif)
{
  core_input(p, nif, link_rx_ip);
  return ERR_OK;
}

#if LWIP_ETHERNET || LWIP_ARP
err_t netif_input(struct pbuf *p, struct netif *inp)
{
  if (inp->flags & (NETIF_FLAG_ETHARP | NETIF_FLAG_ETHERNET)) {
    return ethernet_input(p, inp);
  }
  return ip_packet_input(p, inp);
}
#else
err_t netif_input(struct pbuf *p, struct netif *inp)
{
  return ip_packet_input(p, inp);
}
#endif
