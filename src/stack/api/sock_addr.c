/** struct sockaddr from and to addresses and ports of the stack. */
#include "sock.h"

#if LWIP_SOCKET

#include "lwip/netif.h"

/* ---- IPv4 ---- */

#if LWIP_IPV4

enum { LEN4 = sizeof(struct sockaddr_in) };

/** @return errno, 0 */
static int get4(const struct sockaddr *sa, socklen_t len, ip_addr_t *addr, u16_t *port)
{
  struct sockaddr_in in;

  if (len < LEN4) {
    return EINVAL;
  }
  memcpy(&in, sa, sizeof(in));
  inet_addr_to_ip4addr(ip_2_ip4(addr), &in.sin_addr);
  IP_SET_TYPE_VAL(*addr, IPADDR_TYPE_V4);
  *port = lwip_ntohs(in.sin_port);
  return 0;
}

static size_t put4(void *out, const ip_addr_t *addr, u16_t port)
{
  struct sockaddr_in in;

  memset(&in, 0, sizeof(in));
  in.sin_len = sizeof(in);
  in.sin_family = AF_INET;
  in.sin_port = lwip_htons(port);
  inet_addr_from_ip4addr(&in.sin_addr, ip_2_ip4(addr));
  memcpy(out, &in, sizeof(in));
  return sizeof(in);
}

static bool netif_has4(const struct netif *nif, const ip_addr_t *addr, bool datagram)
{
  return ip4_addr_cmp(ip_2_ip4(addr), netif_ip4_addr(nif)) || (datagram && ip4_addr_isbroadcast(ip_2_ip4(addr), nif));
}

#else

enum { LEN4 = 0 };

static int get4(const struct sockaddr *sa, socklen_t len, ip_addr_t *addr, u16_t *port)
{
  LWIP_UNUSED_ARG(sa);
  LWIP_UNUSED_ARG(len);
  LWIP_UNUSED_ARG(addr);
  LWIP_UNUSED_ARG(port);
  return EAFNOSUPPORT;
}

static size_t put4(void *out, const ip_addr_t *addr, u16_t port)
{
  LWIP_UNUSED_ARG(out);
  LWIP_UNUSED_ARG(addr);
  LWIP_UNUSED_ARG(port);
  return 0;
}

static bool netif_has4(const struct netif *nif, const ip_addr_t *addr, bool datagram)
{
  LWIP_UNUSED_ARG(nif);
  LWIP_UNUSED_ARG(addr);
  LWIP_UNUSED_ARG(datagram);
  return false;
}

#endif

/* ---- Addresses of IPv4 on a socket of IPv6: ::ffff:A.B.C.D ---- */

#if LWIP_IPV4 && LWIP_IPV6

static void unmap(ip_addr_t *addr)
{
  if (IP_IS_V6(addr) && ip6_addr_isipv4mappedipv6(ip_2_ip6(addr))) {
    ip4_addr_t a;

    unmap_ipv4_mapped_ipv6(&a, ip_2_ip6(addr));
    ip_addr_copy_from_ip4(*addr, a);
  }
}

static void copy6(struct in6_addr *out, const ip_addr_t *addr)
{
  ip6_addr_t a;

  if (IP_IS_V6(addr)) {
    inet6_addr_from_ip6addr(out, ip_2_ip6(addr));
    return;
  }
  ip6_addr_set_zero(&a);
  if (!ip4_addr_isany(ip_2_ip4(addr))) {
    ip4_2_ipv4_mapped_ipv6(&a, ip_2_ip4(addr));
  }
  inet6_addr_from_ip6addr(out, &a);
}

#elif LWIP_IPV6

static void unmap(ip_addr_t *addr)
{
  LWIP_UNUSED_ARG(addr);
}

static void copy6(struct in6_addr *out, const ip_addr_t *addr)
{
  inet6_addr_from_ip6addr(out, ip_2_ip6(addr));
}

#endif

/* ---- IPv6 ---- */

#if LWIP_IPV6

enum { LEN6 = sizeof(struct sockaddr_in6) };

/** @return errno, 0 */
static int get6(const struct sockaddr *sa, socklen_t len, ip_addr_t *addr, u16_t *port)
{
  struct sockaddr_in6 in;
  ip6_addr_t a;

  if (len < LEN6) {
    return EINVAL;
  }
  memcpy(&in, sa, sizeof(in));
  inet6_addr_to_ip6addr(&a, &in.sin6_addr);
  if (ip6_addr_has_scope(&a, IP6_UNKNOWN)) {
    if (in.sin6_scope_id > 0xFF) {
      return ENODEV;
    }
    ip6_addr_set_zone(&a, (u8_t)in.sin6_scope_id);
  }
  ip_addr_copy_from_ip6(*addr, a);
  *port = lwip_ntohs(in.sin6_port);
  unmap(addr);
  return 0;
}

static size_t put6(void *out, const ip_addr_t *addr, u16_t port)
{
  struct sockaddr_in6 in;

  memset(&in, 0, sizeof(in));
  in.sin6_len = sizeof(in);
  in.sin6_family = AF_INET6;
  in.sin6_port = lwip_htons(port);
  copy6(&in.sin6_addr, addr);
  if (IP_IS_V6(addr)) {
    in.sin6_scope_id = ip6_addr_zone(ip_2_ip6(addr));
  }
  memcpy(out, &in, sizeof(in));
  return sizeof(in);
}

static bool netif_has6(const struct netif *nif, const ip_addr_t *addr)
{
  return netif_get_ip6_addr_match((struct netif *)LWIP_CONST_CAST(void *, nif), ip_2_ip6(addr)) >= 0;
}

#else

enum { LEN6 = 0 };

static int get6(const struct sockaddr *sa, socklen_t len, ip_addr_t *addr, u16_t *port)
{
  LWIP_UNUSED_ARG(sa);
  LWIP_UNUSED_ARG(len);
  LWIP_UNUSED_ARG(addr);
  LWIP_UNUSED_ARG(port);
  return EAFNOSUPPORT;
}

static size_t put6(void *out, const ip_addr_t *addr, u16_t port)
{
  LWIP_UNUSED_ARG(out);
  LWIP_UNUSED_ARG(addr);
  LWIP_UNUSED_ARG(port);
  return 0;
}

static bool netif_has6(const struct netif *nif, const ip_addr_t *addr)
{
  LWIP_UNUSED_ARG(nif);
  LWIP_UNUSED_ARG(addr);
  return false;
}

#endif

/* ---- Both ---- */

/* Without IPv6 AF_INET6 is AF_UNSPEC, of no length. */
socklen_t sock_addr_len(int family)
{
  if (family == AF_INET) {
    return LEN4;
  }
  return family == AF_INET6 ? LEN6 : 0;
}

int sock_addr_get(const struct sockaddr *sa, socklen_t len, bool v6, ip_addr_t *addr, u16_t *port)
{
  int family;

  if (sa == NULL) {
    return EFAULT;
  }
  if (len < offsetof(struct sockaddr, sa_data)) {
    return EINVAL;
  }
  family = sa->sa_family;
  if (family == AF_INET && !v6) {
    return get4(sa, len, addr, port);
  }
  if (family == AF_INET6 && v6) {
    return get6(sa, len, addr, port);
  }
  return sock_addr_len(family) != 0 && v6 ? EINVAL : EAFNOSUPPORT;
}

void sock_addr_put(struct sockaddr *sa, socklen_t *len, bool v6, const ip_addr_t *addr, u16_t port)
{
  struct sockaddr_storage room;
  size_t n = v6 ? put6(&room, addr, port) : put4(&room, addr, port);

  memcpy(sa, &room, LWIP_MIN(n, *len));
  *len = (socklen_t)n;
}

static bool netif_has(const struct netif *nif, const ip_addr_t *addr, bool datagram)
{
  return IP_IS_V6(addr) ? netif_has6(nif, addr) : netif_has4(nif, addr, datagram);
}

bool sock_addr_is_ours(const ip_addr_t *addr, bool datagram)
{
  const struct netif *nif;

  if (ip_addr_isany(addr) || ip_addr_isloopback(addr) || (datagram && ip_addr_ismulticast(addr))) {
    return true;
  }
  NETIF_FOREACH(nif)
  {
    if (netif_has(nif, addr, datagram)) {
      return true;
    }
  }
  return false;
}

#endif
