/**
 * IPv6 addresses as text: read any form of RFC 4291 section 2.2 and zones of RFC 4007 section 11, write the one
 * form of RFC 5952.  On this floor because a zone is the name of an interface.
 */
#include "lwip/ip6_addr.h"
#include "lwip/ip4_addr.h"
#include "lwip/netif.h"

#if LWIP_IPV6

#include "../base/bytes.h"
#include "../base/ip4_text.h"
#include <string.h>

enum { GROUPS = 8 };

/** @return the value of hexadecimal digit @p c, or -1 */
static int hex_value(char c)
{
  if (c >= '0' && c <= '9') {
    return c - '0';
  }
  c = (char)(c | 0x20);
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/** Read one to four hexadecimal digits.  @return where they end, or NULL: none, or too many */
static const char *group_read(const char *s, u16_t *group)
{
  unsigned v = 0;
  int digits, value;

  for (digits = 0; (value = hex_value(s[digits])) >= 0; digits++) {
    if (digits == 4) {
      return NULL;
    }
    v = v << 4 | (unsigned)value;
  }
  *group = (u16_t)v;
  return digits == 0 ? NULL : s + digits;
}

/** Read a dotted IPv4 address, decimal only, into two groups.  @return where it ends, or NULL */
static const char *tail_read(const char *s, u16_t groups[2])
{
  u8_t octets[4];
  int i;

  for (i = 0; i < 4; i++) {
    unsigned v = 0;
    const char *from = s;
    while (*s >= '0' && *s <= '9' && s - from < 3) {
      v = v * 10 + (unsigned)(*s++ - '0');
    }
    /* One way to write each octet: no leading zeros. */
    if (s == from || v > 255 || (*from == '0' && s - from > 1) || (i < 3 && *s++ != '.')) {
      return NULL;
    }
    octets[i] = (u8_t)v;
  }
  groups[0] = be16_get(octets);
  groups[1] = be16_get(octets + 2);
  return s;
}

/** Does a dotted IPv4 address start here? */
static bool is_tail(const char *s)
{
  while (*s >= '0' && *s <= '9') {
    s++;
  }
  return *s == '.';
}

/**
 * Read the groups.  @p gap gets how many stand in front of "::", or -1 without one.
 * @return where the address ends, or NULL; @p n gets the number of groups
 */
static const char *groups_read(const char *s, u16_t groups[GROUPS], int *n, int *gap)
{
  *n = 0;
  *gap = -1;
  if (*s == ':' && *++s != ':') {
    return NULL;
  }
  for (;;) { /* behind a colon, or at the beginning */
    if (*s == ':') {
      if (*gap >= 0) {
        return NULL;
      }
      *gap = *n;
      if (hex_value(*++s) < 0) {
        return s;
      }
    }
    if (*n == GROUPS) {
      return NULL;
    }
    if (*n <= GROUPS - 2 && is_tail(s)) {
      s = tail_read(s, groups + *n);
      *n += 2;
      return s;
    }
    s = group_read(s, groups + *n);
    if (s == NULL) {
      return NULL;
    }
    ++*n;
    if (*s != ':') {
      return s;
    }
    s++;
  }
}

#if LWIP_IPV6_SCOPES
/** Read "%zone", if there is one: the name or the index of an interface.  @return false: no such zone */
static bool zone_read(const char **s, u8_t *zone)
{
  char name[NETIF_NAMESIZE];
  unsigned index = 0;
  size_t i;

  *zone = IP6_NO_ZONE;
  if (**s != '%') {
    return true;
  }
  for (i = 0, ++*s; !ip_text_ends(**s); i++, ++*s) {
    if (i == sizeof name - 1) {
      return false;
    }
    name[i] = **s;
    index = **s >= '0' && **s <= '9' ? index * 10 + (unsigned)(**s - '0') : 256;
    index = index > 256 ? 256 : index;
  }
  name[i] = '\0';
  *zone = index < 256 ? (u8_t)index : netif_name_to_index(name);
  return *zone != IP6_NO_ZONE;
}
#else
static bool zone_read(const char **s, u8_t *zone)
{
  *zone = IP6_NO_ZONE;
  return **s != '%';
}
#endif

int ip6addr_aton(const char *cp, ip6_addr_t *addr)
{
  u16_t groups[GROUPS];
  u8_t octets[2 * GROUPS] = { 0 };
  u8_t zone;
  int n, gap, i;

  if (cp == NULL) {
    return 0;
  }
  cp = groups_read(cp, groups, &n, &gap);
  /* "::" stands for one group of zeros at least. */
  if (cp == NULL || (gap < 0 ? n != GROUPS : n >= GROUPS) || !zone_read(&cp, &zone) || !ip_text_ends(*cp)) {
    return 0;
  }
  for (i = 0; i < n; i++) {
    int at = gap >= 0 && i >= gap ? GROUPS - n + i : i;
    be16_put(octets + 2 * at, groups[i]);
  }
  if (addr != NULL) {
    memcpy(addr->addr, octets, sizeof octets);
    ip6_addr_set_zone(addr, zone);
  }
  return 1;
}

/** The first of the longest runs of two or more groups of zeros (RFC 5952 section 4.2).  @return its length, or 0 */
static int zeros_find(const u8_t *octets, int *at)
{
  int i, run = 0, best = 1;

  *at = -1;
  for (i = 0; i < GROUPS; i++) {
    run = be16_get(octets + 2 * i) == 0 ? run + 1 : 0;
    if (run > best) {
      best = run;
      *at = i - run + 1;
    }
  }
  return *at < 0 ? 0 : best;
}

/** A group without leading zeros, lower case (RFC 5952 sections 4.1 and 4.3). */
static char *group_write(char *to, u16_t v)
{
  int shift;

  for (shift = 12; shift > 0 && v >> shift == 0; shift -= 4) {}
  for (; shift >= 0; shift -= 4) {
    *to++ = "0123456789abcdef"[(v >> shift) & 0xF];
  }
  return to;
}

/** @return where the terminating 0 is */
static char *text_write(char *to, const ip6_addr_t *addr)
{
  const u8_t *octets = (const u8_t *)addr->addr;
  int zeros_at, i;
  int zeros = zeros_find(octets, &zeros_at);
  bool mapped = ip6_addr_isipv4mappedipv6(addr);

  for (i = 0; i < GROUPS;) {
    if (i == zeros_at) {
      *to++ = ':';
      if (i == 0) {
        *to++ = ':';
      }
      i += zeros;
      continue;
    }
    if (mapped && i == GROUPS - 2) {
      return ip4_text_write(to, octets + 12);
    }
    to = group_write(to, be16_get(octets + 2 * i));
    if (++i < GROUPS) {
      *to++ = ':';
    }
  }
  *to = '\0';
  return to;
}

char *ip6addr_ntoa_r(const ip6_addr_t *addr, char *buf, int buflen)
{
  char text[IP6ADDR_STRLEN_MAX];
  int len = (int)(text_write(text, addr) - text);

  if (len >= buflen) {
    return NULL;
  }
  memcpy(buf, text, (size_t)len + 1);
  return buf;
}

char *ip6addr_ntoa(const ip6_addr_t *addr)
{
  static char text[IP6ADDR_STRLEN_MAX];

  return ip6addr_ntoa_r(addr, text, IP6ADDR_STRLEN_MAX);
}

#endif
