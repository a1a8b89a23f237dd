/** IPv4 addresses as text, after inet_aton(3) and inet_ntoa(3). */
#include "ip4_text.h"

#include "lwip/ip4_addr.h"
#include <limits.h>

/* --- what IPv6 needs of it too, even when it is alone --- */

bool ip_text_ends(char c)
{
  return c == '\0' || c == ' ' || (c >= '\t' && c <= '\r');
}

static char *octet_write(char *to, unsigned v)
{
  if (v >= 100) {
    *to++ = (char)('0' + v / 100);
  }
  if (v >= 10) {
    *to++ = (char)('0' + v / 10 % 10);
  }
  *to++ = (char)('0' + v % 10);
  return to;
}

char *ip4_text_write(char *to, const u8_t *octets)
{
  int i;

  for (i = 0; i < 4; i++) {
    to = octet_write(to, octets[i]);
    *to++ = '.';
  }
  *--to = '\0';
  return to;
}

#if LWIP_IPV4

/* --- addresses --- */

static int digit_value(char c)
{
  if (c >= '0' && c <= '9') {
    return c - '0';
  }
  c = (char)(c | 0x20);
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : INT_MAX;
}

/** Read a number in C notation at *@p cp and step over it.  @return false: there is none, or it exceeds 32 bits */
static bool number_read(const char **cp, u32_t *value)
{
  const char *s = *cp;
  u32_t v = 0;
  int base = 10;

  if (*s == '0') {
    base = 8;
    if (s[1] == 'x' || s[1] == 'X') {
      base = 16;
      s += 2;
    }
  }
  if (digit_value(*s) >= base) {
    return false;
  }
  for (; digit_value(*s) < base; s++) {
    u32_t d = (u32_t)digit_value(*s);
    if (v > (0xFFFFFFFFu - d) / (u32_t)base) {
      return false;
    }
    v = v * (u32_t)base + d;
  }
  *cp = s;
  *value = v;
  return true;
}

int ip4addr_aton(const char *cp, ip4_addr_t *addr)
{
  u32_t part;
  u32_t high = 0;
  unsigned parts;

  if (cp == NULL) {
    return 0;
  }
  /* All numbers but the last are one octet; the last fills the rest. */
  for (parts = 0;; parts++, cp++) {
    if (!number_read(&cp, &part)) {
      return 0;
    }
    if (*cp != '.') {
      break;
    }
    if (parts == 3 || part > 0xFF) {
      return 0;
    }
    high |= part << (24 - 8 * parts);
  }
  if (!ip_text_ends(*cp) || part > 0xFFFFFFFFu >> (8 * parts)) {
    return 0;
  }
  if (addr != NULL) {
    addr->addr = lwip_htonl(high | part);
  }
  return 1;
}

u32_t ipaddr_addr(const char *cp)
{
  ip4_addr_t a;

  return ip4addr_aton(cp, &a) ? a.addr : IPADDR_NONE;
}

char *ip4addr_ntoa_r(const ip4_addr_t *addr, char *buf, int buflen)
{
  char text[IP4ADDR_STRLEN_MAX];
  int len = (int)(ip4_text_write(text, (const u8_t *)&addr->addr) - text);

  if (len >= buflen) {
    return NULL;
  }
  MEMCPY(buf, text, (size_t)len + 1);
  return buf;
}

char *ip4addr_ntoa(const ip4_addr_t *addr)
{
  static char text[IP4ADDR_STRLEN_MAX];

  return ip4addr_ntoa_r(addr, text, IP4ADDR_STRLEN_MAX);
}

#endif
