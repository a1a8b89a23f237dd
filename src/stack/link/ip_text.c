/** Addresses of either family as text, and the constant addresses. */
#include "lwip/ip_addr.h"
#include "lwip/inet.h"

#include "../base/ip4_text.h"

#if LWIP_IPV4
#if LWIP_IPV6
const ip_addr_t ip_addr_any = IPADDR4_INIT(IPADDR_ANY);
const ip_addr_t ip_addr_broadcast = IPADDR4_INIT(IPADDR_BROADCAST);
#else
const ip_addr_t ip_addr_any = { IPADDR_ANY };
const ip_addr_t ip_addr_broadcast = { IPADDR_BROADCAST };
#endif
#endif

#if LWIP_IPV6
const ip_addr_t ip6_addr_any = IPADDR6_INIT(0ul, 0ul, 0ul, 0ul);
#endif

const struct in6_addr in6addr_any = IN6ADDR_ANY_INIT;
const struct in6_addr in6addr_loopback = IN6ADDR_LOOPBACK_INIT;

#if LWIP_IPV4 && LWIP_IPV6

const ip_addr_t ip_addr_any_type = IPADDR_ANY_TYPE_INIT;

char *ipaddr_ntoa(const ip_addr_t *addr)
{
  if (addr == NULL) {
    return NULL;
  }
  return IP_IS_V6_VAL(*addr) ? ip6addr_ntoa(ip_2_ip6(addr)) : ip4addr_ntoa(ip_2_ip4(addr));
}

char *ipaddr_ntoa_r(const ip_addr_t *addr, char *buf, int buflen)
{
  if (addr == NULL) {
    return NULL;
  }
  return IP_IS_V6_VAL(*addr) ? ip6addr_ntoa_r(ip_2_ip6(addr), buf, buflen)
                             : ip4addr_ntoa_r(ip_2_ip4(addr), buf, buflen);
}

int ipaddr_aton(const char *cp, ip_addr_t *addr)
{
  const char *c;
  ip4_addr_t a4;
  ip6_addr_t a6;

  if (cp == NULL) {
    return 0;
  }
  for (c = cp; *c != ':' && *c != '%' && !ip_text_ends(*c); c++) {}
  if (*c == ':') {
    if (!ip6addr_aton(cp, &a6)) {
      return 0;
    }
    if (addr != NULL) {
      lwip_x_ip_set_ip6(addr, &a6);
    }
    return 1;
  }
  if (!ip4addr_aton(cp, &a4)) {
    return 0;
  }
  if (addr != NULL) {
    lwip_x_ip_set_ip4_u32(addr, a4.addr);
  }
  return 1;
}

#endif
