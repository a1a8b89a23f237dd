/** Search domains from router advertisements (RFC 8106 section 5.2), and how long they may be used. */
#include "nd6_internal.h"

#if LWIP_IPV6 && LWIP_X_ND6_DNSSL

#include "lwip/x_dns_search.h"

static struct domain {
  struct netif *nif; /**< NULL: free; those in use come first, the oldest first */
  u32_t until_s;
  char name[LWIP_X_DNS_SEARCH_LEN];
} domains[LWIP_X_ND6_DNSSL];

static void forget(struct domain *d)
{
  struct domain *const last = domains + LWIP_X_ND6_DNSSL - 1;

  memmove(d, d + 1, (size_t)(last - d) * sizeof *d);
  last->nif = NULL;
}

/** The entry of @p name, or a free one, or NULL. */
static struct domain *find(const struct netif *nif, const char *name)
{
  struct domain *d;

  for (d = domains; d < domains + LWIP_X_ND6_DNSSL; d++) {
    if (d->nif == NULL || (d->nif == nif && strcmp(d->name, name) == 0)) {
      return d;
    }
  }
  return NULL;
}

static void set(struct netif *nif, const char *name, u32_t life_s)
{
  struct domain *d = find(nif, name);

  if (d == NULL) {
    return; /* those that were there first stay */
  }
  if (life_s == 0) {
    if (d->nif != NULL) {
      forget(d);
    }
    return;
  }
  d->nif = nif;
  d->until_s = nd6_until(life_s);
  strcpy(d->name, name);
}

/** What a host name may consist of (RFC 1123 section 2.1), and the underscore: nobody gets control characters or dots into our texts. */
static bool is_letter(u8_t c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

/**
 * Read one name (RFC 1035 section 3.1, not compressed) as text.
 * @return octets it takes in front of @p end, 0: malformed, or padding
 */
static size_t read_name(const u8_t *at, const u8_t *end, char to[LWIP_X_DNS_SEARCH_LEN], bool *fits)
{
  const u8_t *o = at;
  size_t n = 0;

  *fits = true;
  while (o < end && *o != 0) {
    const u8_t len = *o++;
    u8_t i;
    if (len > 63 || len >= end - o) {
      return 0;
    }
    for (i = 0; i < len; i++) {
      if (!is_letter(o[i])) {
        return 0;
      }
    }
    *fits = *fits && n + 1 + len < LWIP_X_DNS_SEARCH_LEN;
    if (*fits) {
      if (n != 0) {
        to[n++] = '.';
      }
      memcpy(to + n, o, len);
      n += len;
    }
    o += len;
  }
  to[n] = '\0';
  return o < end && o != at ? (size_t)(o + 1 - at) : 0;
}

void nd6_dnssl_option(struct netif *nif, const u8_t *o)
{
  const u8_t *const end = o + nd6_wire_opt_len(o);
  const u8_t *at = o + 8;
  char name[LWIP_X_DNS_SEARCH_LEN];
  bool fits;
  size_t n;

  while (at < end && (n = read_name(at, end, name, &fits)) != 0) {
    if (fits) {
      set(nif, name, be32_get(o + 4));
    }
    at += n;
  }
  nd6_wake();
}

void nd6_forget_dnssl(const struct netif *nif)
{
  struct domain *d = domains;

  while (d < domains + LWIP_X_ND6_DNSSL) {
    if (d->nif == nif && nif != NULL) {
      forget(d);
    } else {
      d++;
    }
  }
}

u32_t nd6_dnssl_expire(u32_t now_s)
{
  u32_t next = ND6_X_FOREVER;
  struct domain *d = domains;

  while (d < domains + LWIP_X_ND6_DNSSL && d->nif != NULL) {
    if (d->until_s <= now_s) {
      forget(d);
      continue;
    }
    if (d->until_s != ND6_X_FOREVER) {
      next = LWIP_MIN(next, d->until_s - now_s);
    }
    d++;
  }
  return next;
}

const char *lwip_x_dns_search(u8_t n)
{
  return n < LWIP_X_ND6_DNSSL && domains[n].nif != NULL ? domains[n].name : NULL;
}

#endif
