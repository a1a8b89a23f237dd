/** The way out that all ICMPv6 messages share but those of MLD, which have a header more. */
#include "icmp6_send.h"

#if LWIP_IPV6

#include "../wire/wire_icmp6.h"
#include "../wire/wire_ip6.h"
#include "ip_chksum.h"
#include "lwip/inet_chksum.h"

void icmp6_send(struct pbuf *p, const ip6_addr_t *src, const ip6_addr_t *dest, u8_t hl, u8_t tc, struct netif *nif)
{
  /* No hardware sums up what leaves in fragments. */
  if (ip_chksum_on(nif, GEN_ICMP6) || p->tot_len > nif->mtu - IP6_WIRE_HLEN) {
    icmp6_wire_chksum_put((u8_t *)p->payload, ip6_chksum_pseudo(p, IP6_WIRE_ICMP6, p->tot_len, src, dest));
  }
  (void)ip6_output_if_src(p, src, dest, hl, tc, IP6_WIRE_ICMP6, nif);
  pbuf_free(p);
}

#endif
