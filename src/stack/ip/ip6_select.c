/**
 * Choice of the source address (RFC 6724 section 5) among those of the interface a packet leaves by.
 *
 * Rules 4 (home addresses) and 5 (another interface) have nothing to decide here; nor has 5.5, as addresses do not remember which
 * router's prefix they are from.
 */
#include "ip6_select.h"

#include "lwip/ip6.h"
#include "lwip/netif.h"

#if LWIP_IPV6

/** RFC 6724 section 3.1: scopes compare like those of groups. */
static u8_t scope_of(const ip6_addr_t *a)
{
  if (ip6_addr_ismulticast(a)) {
    return (u8_t)ip6_addr_multicast_scope(a);
  }
  if (ip6_addr_islinklocal(a) || ip6_addr_isloopback(a)) {
    return IP6_MULTICAST_SCOPE_LINK_LOCAL;
  }
  return ip6_addr_issitelocal(a) ? IP6_MULTICAST_SCOPE_SITE_LOCAL : IP6_MULTICAST_SCOPE_GLOBAL;
}

/** The labels of RFC 6724 section 2.1: the longest prefix that matches counts, hence the longest come first. */
static const struct policy {
  u32_t first; /**< word, host order */
  u8_t bits, label;
} policies[] = {
  { 0x20010000, 32, 5 },  /* Teredo */
  { 0x20020000, 16, 2 },  /* 6to4 */
  { 0x3ffe0000, 16, 12 }, /* 6bone */
  { 0xfec00000, 10, 11 }, /* site-local */
  { 0xfc000000, 7, 13 },  /* unique local */
  { 0, 0, 1 }             /* all others */
};
enum { LABEL_LOOPBACK = 0, LABEL_COMPATIBLE = 3, LABEL_MAPPED = 4 }; /* ::1, ::/96, ::ffff:0:0/96 */

static u8_t label_of(const ip6_addr_t *a)
{
  const u32_t first = lwip_ntohl(a->addr[0]);
  const struct policy *p = policies;

  if ((a->addr[0] | a->addr[1]) == 0) {
    if (a->addr[2] == 0) {
      return ip6_addr_isloopback(a) ? LABEL_LOOPBACK : LABEL_COMPATIBLE;
    }
    if (ip6_addr_isipv4mappedipv6(a)) {
      return LABEL_MAPPED;
    }
  }
  while (p->bits != 0 && (first ^ p->first) >> (32 - p->bits) != 0) {
    p++;
  }
  return p->label;
}

/** Leading bits that are the same, at most those of a prefix (64). */
static u8_t common_bits(const ip6_addr_t *a, const ip6_addr_t *b)
{
  u8_t n = 0;
  int i;

  for (i = 0; i < 2; i++) {
    u32_t differ = lwip_ntohl(a->addr[i] ^ b->addr[i]);
    if (differ != 0) {
      while ((differ & 0x80000000u) == 0) {
        differ <<= 1;
        n++;
      }
      return n;
    }
    n = (u8_t)(n + 32);
  }
  return n;
}

/** Rule 2: the smaller scope that still reaches; one that does not reach is worse, the larger the better. */
static int by_scope(u8_t a, u8_t b, u8_t dest)
{
  if (a == b) {
    return 0;
  }
  return a < b ? (a < dest ? -1 : 1) : (b < dest ? 1 : -1);
}

/** An address that might be the source. */
struct candidate {
  const ip6_addr_t *addr;
  bool preferred; /**< not deprecated */
  bool temporary; /**< RFC 8981 */
};

/** > 0: @p a is better than @p b to talk to @p dest. */
static int compare(const struct candidate *a, const struct candidate *b, const ip6_addr_t *dest)
{
  int d = lwip_x_ip6_same(a->addr, dest) - lwip_x_ip6_same(b->addr, dest); /* 1: the same address */

  if (d == 0) {
    d = by_scope(scope_of(a->addr), scope_of(b->addr), scope_of(dest)); /* 2 */
  }
  if (d == 0) {
    d = a->preferred - b->preferred; /* 3 */
  }
  if (d == 0) {
    d = (label_of(a->addr) == label_of(dest)) - (label_of(b->addr) == label_of(dest)); /* 6 */
  }
  if (d == 0) {
    d = a->temporary - b->temporary; /* 7 */
  }
  if (d == 0) {
    d = common_bits(a->addr, dest) - common_bits(b->addr, dest); /* 8 */
  }
  return d;
}

const ip_addr_t *ip6_select_source_address(struct netif *netif, const ip6_addr_t *dest)
{
  struct candidate best = { NULL, false, false };
  const ip_addr_t *chosen = NULL;
  int i;

  for (i = 0; i < LWIP_IPV6_NUM_ADDRESSES; i++) {
    const u8_t state = netif_ip6_addr_state(netif, i);
    const struct candidate c = { netif_ip6_addr(netif, i), ip6_addr_ispreferred(state) != 0,
                                 ip6_is_temporary(netif, i) };
    if (ip6_addr_isvalid(state) && (chosen == NULL || compare(&c, &best, dest) > 0)) {
      best = c;
      chosen = netif_ip_addr6(netif, i);
    }
  }
  return chosen;
}

#endif
