/** DNS servers that IPv6 tells us of, beside those of IPv4. */
#include "dns_from6.h"

#if LWIP_IPV6 && LWIP_DNS && DNS_FROM6

#include "lwip/dns.h"

/** The place of @p server in the list; DNS_MAX_SERVERS: it is not there. */
static u8_t place_of(const ip_addr_t *server)
{
  u8_t i = 0;

  while (i < DNS_MAX_SERVERS && !ip_addr_eq(dns_getserver(i), server)) {
    i++;
  }
  return i;
}

/** A free place, or the next in turn with an IPv6 server; DNS_MAX_SERVERS: none. */
static u8_t choose(void)
{
  static u8_t turn;
  u8_t i;

  for (i = 0; i < DNS_MAX_SERVERS; i++) {
    if (ip_addr_isany(dns_getserver(i))) {
      return i;
    }
  }
  for (i = 0; i < DNS_MAX_SERVERS; i++) {
    turn = (u8_t)((turn + 1) % DNS_MAX_SERVERS);
    if (IP_IS_V6(dns_getserver(turn))) {
      return turn;
    }
  }
  return DNS_MAX_SERVERS;
}

void dns_from6(const ip6_addr_t *server, bool use)
{
  ip_addr_t addr;
  u8_t i;

  ip_addr_copy_from_ip6(addr, *server);
  i = place_of(&addr);
  if (!use) {
    dns_setserver(i, NULL);
  } else if (i == DNS_MAX_SERVERS) {
    dns_setserver(choose(), &addr);
  }
}

#endif
