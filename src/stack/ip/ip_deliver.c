/** The last step of input: raw pcbs first, then the protocol's handler, then an ICMP error. */
#include "ip_deliver.h"

#include "../mem/drop.h"
#include "../wire/wire_ip4.h"
#include "../wire/wire_ip6.h"
#include "icmp_error.h"
#include "ip_header.h"
#include "lwip/icmp.h"
#include "lwip/ip.h"
#include "lwip/stats.h"

struct ip_globals ip_data;
u8_t ip_raw_count;
#if LWIP_TCP && LWIP_X_TCP_ON_USE
const struct ip_proto *ip_proto_late;
#endif

/** For the ip_current_*() macros of the callbacks that run below. */
static void publish(const struct ip_rx *rx)
{
  ip_data.current_netif = rx->nif;
  ip_data.current_input_netif = rx->inp;
#if LWIP_IPV4 && LWIP_IPV6
  ip_data.current_ip4_header = (rx->flags & IP_RX_V6) != 0 ? NULL : (const struct ip_hdr *)(const void *)rx->hdr;
  ip_data.current_ip6_header = (rx->flags & IP_RX_V6) == 0 ? NULL : (struct ip6_hdr *)(uintptr_t)rx->hdr;
#elif LWIP_IPV4
  ip_data.current_ip4_header = (const struct ip_hdr *)(const void *)rx->hdr;
#else
  ip_data.current_ip6_header = (struct ip6_hdr *)(uintptr_t)rx->hdr;
#endif
  ip_data.current_ip_header_tot_len = rx->hlen;
  ip_data.current_iphdr_src = rx->src;
  ip_data.current_iphdr_dest = rx->dst;
}

/** The packet is gone: leave no pointer into it. */
static void unpublish(void)
{
  ip_data.current_netif = NULL;
  ip_data.current_input_netif = NULL;
#if LWIP_IPV4
  ip_data.current_ip4_header = NULL;
#endif
#if LWIP_IPV6
  ip_data.current_ip6_header = NULL;
#endif
}

/** Does @p proto make sense only over the other version of IP? */
static bool is_of_other_version(const struct ip_rx *rx)
{
  if (!LWIP_IPV4 || !LWIP_IPV6) {
    return false;
  }
  return (rx->flags & IP_RX_V6) != 0 ? rx->proto == IP4_WIRE_ICMP || rx->proto == IP4_WIRE_IGMP
                                     : rx->proto == IP6_WIRE_ICMP6;
}

static const struct ip_proto *find(const struct ip_rx *rx)
{
  const struct ip_proto *e = ip_protos;

  while ((e->proto != rx->proto || is_of_other_version(rx)) && e->input != NULL) {
    e++;
  }
  return e->input == NULL && ip_proto_late != NULL && ip_proto_late->proto == rx->proto ? ip_proto_late : e;
}

static void tell(const struct ip_proto *e, const struct ip_error *what)
{
  if (e->proto == what->proto && e->error != NULL) {
    e->error(what);
  }
}

void ip_tell_error(const struct ip_error *what)
{
  const struct ip_proto *e;

  for (e = ip_protos; e->input != NULL; e++) {
    tell(e, what);
  }
  if (ip_proto_late != NULL) {
    tell(ip_proto_late, what);
  }
}

static void refuse(struct pbuf *p, const struct ip_rx *rx, enum ip_raw_verdict seen)
{
  if (seen == IP_RAW_NONE) {
    MIB2_STATS_INC(mib2.ipinunknownprotos);
    icmp_send_unreach(p, rx, ICMP_DUR_PROTO);
  }
  drop(p, DROP_IP_PROTO);
}

void ip_deliver(struct pbuf *p, const struct ip_rx *rx)
{
  enum ip_raw_verdict seen = IP_RAW_NONE;

  publish(rx);
  if (LWIP_RAW && ip_raw_count != 0) {
    seen = ip_raw_input(p, rx);
  }
  if (seen != IP_RAW_TAKEN) {
    const struct ip_proto *e = find(rx);
    ip_header_pop(p, rx->hlen);
    if (e->input != NULL) {
      e->input(p, rx);
    } else {
      refuse(p, rx, seen);
    }
  }
  unpublish();
}
