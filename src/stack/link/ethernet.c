/**
 * Ethernet frames: in, with the checks that need no protocol, and out from our own address.
 *
 * What comes in is refused when it is cut short, when its source cannot be a station or is ourselves, and
 * when it was meant for another station; what is left goes by EtherType to link_protos[].
 */
#include "netif/ethernet.h"

#if LWIP_ARP || LWIP_ETHERNET

#include "../base/core.h"
#include "../base/hooks.h"
#include "../mem/drop.h"
#include "../mem/pbuf_tag.h"
#include "../wire/wire_eth.h"
#include "eth_frame.h"
#include "eth_send.h"
#include "netif_input.h"

const struct eth_addr ethbroadcast = { { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff } };
const struct eth_addr ethzero = { { 0, 0, 0, 0, 0, 0 } };

#if LWIP_ARP_FILTER_NETIF
static struct netif *filter(struct pbuf *p, struct netif *nif, u16_t type)
{
  return LWIP_ARP_FILTER_NETIF_FN(p, nif, type);
}
#else
static inline struct netif *filter(struct pbuf *p, struct netif *nif, u16_t type)
{
  LWIP_UNUSED_ARG(p);
  LWIP_UNUSED_ARG(type);
  return nif;
}
#endif

/** Note in @p p that a group frame is one.  @return DROP_NONE, or DROP_ETH_DEST if it is for another station */
static enum lwip_x_drop check_dest(struct pbuf *p, const struct netif *nif, const u8_t *dest)
{
  if (eth_addr_same(dest, nif->hwaddr)) {
    return DROP_NONE;
  }
  if (eth_addr_is_group(dest)) {
    p->flags |= eth_addr_is_broadcast(dest) ? PBUF_FLAG_LLBCAST : PBUF_FLAG_LLMCAST;
    return DROP_NONE;
  }
  /* A driver that never told its address gets everything. */
  return LWIP_X_ETH_ACCEPT_ALL || eth_addr_is_zero(nif->hwaddr) ? DROP_NONE : DROP_ETH_DEST;
}

/** A group, nobody, or ourselves cannot have sent it: to answer would be a loop or worse. */
static enum lwip_x_drop check_source(const struct netif *nif, const u8_t *src)
{
  return eth_addr_is_station(src) && !eth_addr_same(src, nif->hwaddr) ? DROP_NONE : DROP_ETH_SOURCE;
}

/** May a frame with this tag, wherever that is, come in? */
static bool accepts_tag(struct pbuf *p, struct netif *nif, u8_t *tag)
{
  const u16_t vid = eth_wire_vid(tag);

  LWIP_UNUSED_ARG(p); /* unless there is a hook */
  LWIP_UNUSED_ARG(nif);
  return vid != ETH_WIRE_VID_RESERVED &&
         hook_vlan_accepts(nif, (struct eth_hdr *)p->payload, (struct eth_vlan_hdr *)(void *)tag, vid);
}

/** The driver has taken the tag off.  One behind it is none of ours: the type stays that of a tag, which nobody takes. */
static enum lwip_x_drop check_taken_tag(struct pbuf *p, struct netif *nif, u16_t type)
{
  u8_t tag[ETH_WIRE_TAGLEN];

  eth_wire_put_tag(tag, (u16_t)pbuf_tag(p), type);
  return accepts_tag(p, nif, tag) ? DROP_NONE : DROP_ETH_VLAN;
}

/** The busiest protocols come first, and need no search. */
static inline const struct link_proto *proto_for(u16_t type)
{
  if (link_protos[0].ethertype == type) {
    return &link_protos[0];
  }
  if (LWIP_IPV4 && LWIP_IPV6 && link_protos[1].ethertype == type) {
    return &link_protos[1];
  }
  return link_proto_find(type);
}

/** Look behind a VLAN tag: *@p type becomes the real one, *@p hlen counts the tag. */
static enum lwip_x_drop check_tag(struct pbuf *p, struct netif *nif, u16_t *type, u16_t *hlen)
{
  u8_t *tag = (u8_t *)p->payload + ETH_FRAME_HLEN;

  if (p->len <= ETH_FRAME_HLEN + ETH_WIRE_TAGLEN) {
    return DROP_ETH_SHORT;
  }
  if (!accepts_tag(p, nif, tag)) {
    return DROP_ETH_VLAN;
  }
  *type = eth_wire_tagged_type(tag);
  *hlen = ETH_FRAME_HLEN + ETH_WIRE_TAGLEN;
  return DROP_NONE;
}

static enum lwip_x_drop check(struct pbuf *p, struct netif *nif, u16_t *type, u16_t *hlen)
{
  const u8_t *h = (const u8_t *)p->payload + ETH_PAD_SIZE;
  enum lwip_x_drop why = check_dest(p, nif, eth_wire_dest(h));

  if (why == DROP_NONE) {
    why = check_source(nif, eth_wire_src(h));
  }
  if (why != DROP_NONE) {
    return why;
  }
  if (pbuf_tag(p) >= 0) {
    return check_taken_tag(p, nif, *type);
  }
  return *type == ETH_WIRE_TYPE_VLAN ? check_tag(p, nif, type, hlen) : DROP_NONE;
}

/** Nobody here speaks the protocol; perhaps the program does.  Takes @p p: payload at the Ethernet header. */
static void unknown(struct pbuf *p, struct netif *nif)
{
  LWIP_UNUSED_ARG(nif); /* unless there is a hook */
  if (!hook_unknown_eth(p, nif)) {
    drop(p, DROP_ETH_TYPE);
  }
}

/** Takes @p p: payload at the Ethernet header. */
static void eth_rx(struct pbuf *p, struct netif *nif)
{
  const struct link_proto *proto;
  enum lwip_x_drop why;
  u16_t hlen = ETH_FRAME_HLEN;
  u16_t type;

  if (p->len <= ETH_FRAME_HLEN) {
    drop(p, DROP_ETH_SHORT);
    return;
  }
  type = eth_wire_type((const u8_t *)p->payload + ETH_PAD_SIZE);
  nif = filter(p, nif, type);
  why = netif_is_up(nif) ? check(p, nif, &type, &hlen) : DROP_NETIF_DOWN;
  if (why != DROP_NONE) {
    drop(p, why);
    return;
  }
  if (p->if_idx == NETIF_NO_INDEX) {
    p->if_idx = netif_get_index(nif);
  }
  proto = proto_for(type);
  if (proto == NULL) {
    unknown(p, nif);
    return;
  }
  pbuf_step_over(p, hlen);
  proto->input(p, nif);
}

err_t ethernet_input(struct pbuf *p, struct netif *netif)
{
  core_input(p, netif, eth_rx);
  return ERR_OK;
}

err_t eth_send(struct netif *nif, struct pbuf *p, const u8_t *dest, u16_t type)
{
  return eth_frame_send(nif, p, nif->hwaddr, dest, type);
}

#endif
