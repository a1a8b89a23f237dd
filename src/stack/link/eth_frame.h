/** The Ethernet header on a packet that goes out, in line for the two that send: eth_send() and ethernet_output(). */
#ifndef LWIP_STACK_LINK_ETH_FRAME_H
#define LWIP_STACK_LINK_ETH_FRAME_H

#include "lwip/netif.h"
#include "netif/ethernet.h"

#include "../base/hooks.h"
#include "../mem/pbuf_push.h"
#include "../mem/pbuf_tag.h"
#include "../wire/wire_eth.h"

/** Octets of a header without tag, with the padding in front of it. */
enum { ETH_FRAME_HLEN = ETH_PAD_SIZE + ETH_WIRE_HLEN };

#if LWIP_X_VLAN_OFFLOAD
/** Leave the tag @p tci, or that there is none, to the driver.  @return false: it cannot put it on */
static inline bool eth_leave_tag(const struct netif *nif, struct pbuf *p, s32_t tci)
{
  pbuf_set_tag(p, nif->x_tags ? tci : PBUF_TAG_NONE);
  return nif->x_tags != 0;
}
#else
#define eth_leave_tag(nif, p, tci) false
#endif

#if ETHARP_SUPPORT_VLAN && defined(LWIP_HOOK_VLAN_SET)
/** Put the tag the program wants into @p p, or leave it to the driver.  @return false: no room */
static inline bool eth_put_tag(struct netif *nif, struct pbuf *p, const u8_t *src, const u8_t *dest, u16_t *type)
{
  s32_t tci;

  LWIP_UNUSED_ARG(nif); /* unless the hook looks at them */
  LWIP_UNUSED_ARG(src);
  LWIP_UNUSED_ARG(dest);
  tci = LWIP_HOOK_VLAN_SET(nif, p, (const struct eth_addr *)src, (const struct eth_addr *)dest, *type);
  if (eth_leave_tag(nif, p, tci) || tci < 0) {
    return true;
  }
  if (!pbuf_push(p, ETH_WIRE_TAGLEN)) {
    return false;
  }
  eth_wire_put_tag((u8_t *)p->payload, (u16_t)tci, *type);
  *type = ETH_WIRE_TYPE_VLAN;
  return true;
}
#else
static inline bool eth_put_tag(struct netif *nif, struct pbuf *p, const u8_t *src, const u8_t *dest, const u16_t *type)
{
  LWIP_UNUSED_ARG(nif);
  (void)eth_leave_tag(nif, p, PBUF_TAG_NONE);
  LWIP_UNUSED_ARG(p);
  LWIP_UNUSED_ARG(src);
  LWIP_UNUSED_ARG(dest);
  LWIP_UNUSED_ARG(type);
  return true;
}
#endif

/** Put the header in front of @p p and send it. */
static inline err_t eth_frame_send(struct netif *nif, struct pbuf *p, const u8_t *src, const u8_t *dest, u16_t type)
{
  u8_t *h;

  if (!eth_put_tag(nif, p, src, dest, &type) || !pbuf_push(p, ETH_FRAME_HLEN)) {
    LINK_STATS_INC(link.lenerr);
    return ERR_BUF;
  }
  h = (u8_t *)p->payload + ETH_PAD_SIZE;
  eth_addr_put(h, dest);
  eth_addr_put(h + ETH_WIRE_ALEN, src);
  be16_put(h + 2 * ETH_WIRE_ALEN, type);
  return nif->linkoutput(nif, p);
}

#endif
