/**
 * What an interface can do beyond lwIP's, for drivers.
 *
 * Large sends (LWIP_X_TCP_TSO): a driver whose hardware cuts TCP text into segments says how much it takes at once, in its
 * init function:
 *
 *     netif->x_tso_max = 16000;
 *
 * Then netif->linkoutput() may be given one packet with the text of several segments, known by p->x_seg_len != 0:
 *
 *   the first pbuf      all headers and nothing else: link, IP (4 or 6), TCP with its options
 *   those behind it     text, p->tot_len - p->len octets, more than p->x_seg_len and at most x_tso_max
 *   p->x_seg_len        octets of text in each frame to be made of it; the last one has the rest
 *
 * The hardware repeats the headers in front of each piece and sets in them: the total length (IPv4, its identification may
 * stay or count up, Don't Fragment is set) or payload length (IPv6), the sequence number, FIN and PSH in the last frame only,
 * and all checksums (they are 0).  CWR is never set.  The pbufs are held with pbuf_ref() until they are sent, like any other:
 * a segment that is still in the driver's hands is not sent again.
 *
 * ERR_MEM and ERR_BUF mean "again soon", as ever.  A driver that cannot send a packet like that at the moment (too many pieces
 * for its ring) calls lwip_x_tso_split().  The interface has to send what the program gave it with its own linkoutput(): VLANs,
 * bridges and the like in between have x_tso_max 0 and never see such packets.
 *
 * VLAN tags (LWIP_X_VLAN_OFFLOAD): a driver whose hardware takes 802.1Q tags off received frames notes them, VID 0 too:
 *
 *     p->x_tci = tci;     (host order; negative, as pbufs are made: there was none)
 *
 * and netif->input() asks LWIP_HOOK_VLAN_CHECK about them as if they were in the frame.  A driver whose hardware puts tags on
 * says so by netif->x_tags = 1; then a tag that LWIP_HOOK_VLAN_SET wants is not in the frame either: linkoutput() finds it in
 * p->x_tci.  The frame without its tag has 1514 octets at most.
 */
#ifndef LWIP_HDR_X_NETIF_H
#define LWIP_HDR_X_NETIF_H

#include "lwip/netif.h"

#if LWIP_TCP && LWIP_X_TCP_TSO

#ifdef __cplusplus
extern "C" {
#endif

/**
 * In software: make frames of @p p, which has x_seg_len, and give each to @p output, with all lengths, flags and checksums as
 * they belong.  Copies the text.
 * @param nif       passed on to @p output
 * @param link_len  octets of the link's header in front of the IP header
 * @return ERR_OK; ERR_MEM: no memory for a frame; ERR_ARG: not such a packet; or what @p output said.  On an error the rest is not
 *         sent: to TCP it is as good as lost.  Lends @p p
 * Context: core, as netif->linkoutput().
 */
err_t lwip_x_tso_split(struct netif *nif, struct pbuf *p, u16_t link_len, netif_linkoutput_fn output);

#ifdef __cplusplus
}
#endif

#endif

#endif
