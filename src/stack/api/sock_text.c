/** inet_pton and inet_ntop (RFC 3493 section 6.3): addresses as text, strictly. */
#include "sock.h"

#if LWIP_SOCKET

#include <string.h>

#if LWIP_IPV4

/** A decimal octet without leading zeros, up to @p end.  @return behind it, NULL: it is none */
static const char *octet(const char *s, u8_t *out)
{
  unsigned value = 0, digits = 0;

  while (lwip_isdigit(*s) && digits < 3) {
    if (digits > 0 && value == 0) {
      return NULL;
    }
    value = value * 10 + (unsigned)(*s++ - '0');
    digits++;
  }
  *out = (u8_t)value;
  return digits > 0 && value <= 0xFF ? s : NULL;
}

static int pton4(const char *s, void *dst)
{
  u8_t a[4];
  int i;

  for (i = 0; i < 4; i++) {
    s = octet(s, &a[i]);
    if (s == NULL || *s != (i < 3 ? '.' : '\0')) {
      return 0;
    }
    s++;
  }
  memcpy(dst, a, sizeof(a));
  return 1;
}

#endif

#if LWIP_IPV6

static int pton6(const char *s, void *dst)
{
  struct in6_addr out;
  ip6_addr_t a;

  if (strchr(s, '%') != NULL || strchr(s, ':') == NULL || !ip6addr_aton(s, &a)) {
    return 0;
  }
  inet6_addr_from_ip6addr(&out, &a);
  memcpy(dst, &out, sizeof(out));
  return 1;
}

#endif

int lwip_inet_pton(int af, const char *src, void *dst)
{
  switch (af) {
#if LWIP_IPV4
    case AF_INET:
      return pton4(src, dst);
#endif
#if LWIP_IPV6
    case AF_INET6:
      return pton6(src, dst);
#endif
    default:
      LWIP_UNUSED_ARG(src);
      LWIP_UNUSED_ARG(dst);
      set_errno(EAFNOSUPPORT);
      return -1;
  }
}

#if LWIP_IPV4

static const char *ntop4(const void *src, char *dst, socklen_t size)
{
  ip4_addr_t a;

  memcpy(&a.addr, src, sizeof(a.addr));
  return ip4addr_ntoa_r(&a, dst, (int)LWIP_MIN(size, INET_ADDRSTRLEN));
}

#endif

#if LWIP_IPV6

static const char *ntop6(const void *src, char *dst, socklen_t size)
{
  struct in6_addr in;
  ip6_addr_t a;

  memcpy(&in, src, sizeof(in));
  inet6_addr_to_ip6addr(&a, &in);
  return ip6addr_ntoa_r(&a, dst, (int)LWIP_MIN(size, INET6_ADDRSTRLEN));
}

#endif

const char *lwip_inet_ntop(int af, const void *src, char *dst, socklen_t size)
{
  const char *text;

  switch (af) {
#if LWIP_IPV4
    case AF_INET:
      text = ntop4(src, dst, size);
      break;
#endif
#if LWIP_IPV6
    case AF_INET6:
      text = ntop6(src, dst, size);
      break;
#endif
    default:
      LWIP_UNUSED_ARG(src);
      LWIP_UNUSED_ARG(dst);
      LWIP_UNUSED_ARG(size);
      set_errno(EAFNOSUPPORT);
      return NULL;
  }
  if (text == NULL) {
    set_errno(ENOSPC);
  }
  return text;
}

#endif
