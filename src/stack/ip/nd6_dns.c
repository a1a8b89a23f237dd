/** DNS servers from router advertisements (RFC 8106), and how long they may be used. */
#include "nd6_internal.h"

#if LWIP_IPV6 && LWIP_ND6_RDNSS_MAX_DNS_SERVERS > 0

static struct dns {
  ip6_addr_t addr;
  struct netif *nif; /**< NULL: free */
  u32_t until_s;
} servers[LWIP_ND6_RDNSS_MAX_DNS_SERVERS];

static void forget(struct dns *d)
{
  nd6_news.dns(&d->addr, false);
  d->nif = NULL;
}

/** The entry of @p addr, or a free one, or NULL. */
static struct dns *find(const struct netif *nif, const ip6_addr_t *addr)
{
  struct dns *at = NULL, *d;

  for (d = servers; d < servers + LWIP_ND6_RDNSS_MAX_DNS_SERVERS; d++) {
    if (d->nif == nif && lwip_x_ip6_same(&d->addr, addr)) {
      return d;
    }
    at = d->nif == NULL && at == NULL ? d : at;
  }
  return at;
}

static void set(struct netif *nif, const ip6_addr_t *addr, u32_t life_s)
{
  struct dns *d = find(nif, addr);

  if (d == NULL || ip6_addr_ismulticast(addr) || ip6_addr_isany(addr)) {
    return;
  }
  if (life_s == 0) {
    if (d->nif != NULL) {
      forget(d);
    }
    return;
  }
  d->nif = nif;
  d->until_s = nd6_until(life_s);
  d->addr = *addr;
  nd6_news.dns(addr, true);
}

void nd6_dns_option(struct netif *nif, const u8_t *o)
{
  const size_t len = nd6_wire_opt_len(o);
  ip6_addr_t addr;
  size_t at;

  if (len < 24 || len % 16 != 8) {
    return;
  }
  for (at = 8; at < len; at += 16) {
    nd6_addr_get(&addr, o + at, nif);
    set(nif, &addr, be32_get(o + 4));
  }
  nd6_wake();
}

void nd6_forget_dns(const struct netif *nif)
{
  struct dns *d;

  for (d = servers; d < servers + LWIP_ND6_RDNSS_MAX_DNS_SERVERS; d++) {
    if (d->nif == nif) {
      forget(d);
    }
  }
}

u32_t nd6_dns_expire(u32_t now_s)
{
  u32_t next = ND6_X_FOREVER;
  struct dns *d;

  for (d = servers; d < servers + LWIP_ND6_RDNSS_MAX_DNS_SERVERS; d++) {
    if (d->nif == NULL || d->until_s == ND6_X_FOREVER) {
      continue;
    }
    if (d->until_s <= now_s) {
      forget(d);
    } else {
      next = LWIP_MIN(next, d->until_s - now_s);
    }
  }
  return next;
}

#endif
