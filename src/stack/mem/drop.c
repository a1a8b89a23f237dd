/** Drop reasons: the counters, their names, and their share in lwip_stats. */
#include "drop.h"
#include "../base/trace.h"
#include "lwip/pbuf.h"
#include "lwip/stats.h"

lwip_x_drop_count_t lwip_x_drops[DROP_MAX];

#if LWIP_STATS

#define NO_COUNTER 0xFFFFu
#define COUNTER(member) (u16_t) offsetof(struct stats_, member)

/* AT_group(field): where the group's counter lies in lwip_stats. */
#define AT_none(field) NO_COUNTER
#if LINK_STATS
#define AT_link(field) COUNTER(link.field)
#else
#define AT_link(field) NO_COUNTER
#endif
#if ETHARP_STATS
#define AT_etharp(field) COUNTER(etharp.field)
#else
#define AT_etharp(field) NO_COUNTER
#endif
#if IP_STATS
#define AT_ip(field) COUNTER(ip.field)
#else
#define AT_ip(field) NO_COUNTER
#endif
#if IPFRAG_STATS
#define AT_ip_frag(field) COUNTER(ip_frag.field)
#else
#define AT_ip_frag(field) NO_COUNTER
#endif
#if ICMP_STATS
#define AT_icmp(field) COUNTER(icmp.field)
#else
#define AT_icmp(field) NO_COUNTER
#endif
#if IGMP_STATS
#define AT_igmp(field) COUNTER(igmp.field)
#else
#define AT_igmp(field) NO_COUNTER
#endif
#if UDP_STATS
#define AT_udp(field) COUNTER(udp.field)
#else
#define AT_udp(field) NO_COUNTER
#endif
#if TCP_STATS
#define AT_tcp(field) COUNTER(tcp.field)
#else
#define AT_tcp(field) NO_COUNTER
#endif
#if IP6_STATS
#define AT_ip6(field) COUNTER(ip6.field)
#else
#define AT_ip6(field) NO_COUNTER
#endif
#if IP6_FRAG_STATS
#define AT_ip6_frag(field) COUNTER(ip6_frag.field)
#else
#define AT_ip6_frag(field) NO_COUNTER
#endif
#if ICMP6_STATS
#define AT_icmp6(field) COUNTER(icmp6.field)
#else
#define AT_icmp6(field) NO_COUNTER
#endif
#if ND6_STATS
#define AT_nd6(field) COUNTER(nd6.field)
#else
#define AT_nd6(field) NO_COUNTER
#endif
#if MLD6_STATS
#define AT_mld6(field) COUNTER(mld6.field)
#else
#define AT_mld6(field) NO_COUNTER
#endif

static const struct {
  u16_t field, drop;
} counters[DROP_MAX] = {
#define COUNTERS(name, group, field, text) { AT_##group(field), AT_##group(drop) },
  LWIP_X_DROP_LIST(COUNTERS)
#undef COUNTERS
};

static void count_at(u16_t offset)
{
  if (offset != NO_COUNTER) {
    ++*(STAT_COUNTER *)(void *)((u8_t *)&lwip_stats + offset);
  }
}

static void count_stats(enum lwip_x_drop reason)
{
  count_at(counters[reason].field);
  if (counters[reason].drop != counters[reason].field) {
    count_at(counters[reason].drop);
  }
}

#else

static void count_stats(enum lwip_x_drop reason)
{
  (void)reason;
}

#endif

void drop_count(enum lwip_x_drop reason)
{
  lwip_x_drops[reason]++;
  count_stats(reason);
}

void drop(struct pbuf *p, enum lwip_x_drop reason)
{
  TRACE(TRACE_DROP, p, reason);
  drop_count(reason);
  if (p != NULL) {
    pbuf_free(p);
  }
}

const char *lwip_x_drop_text(unsigned reason)
{
  static const char *const text[DROP_MAX] = {
#define TEXT(name, group, field, words) words,
    LWIP_X_DROP_LIST(TEXT)
#undef TEXT
  };

  return reason < DROP_MAX ? text[reason] : "";
}
