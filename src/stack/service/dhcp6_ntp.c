/** Where DHCPv6 leaves time servers if neither SNTP nor the program wants them: nowhere. */
#include "lwip/dhcp6.h"

#if LWIP_IPV6 && LWIP_IPV6_DHCP6 && LWIP_DHCP6_GET_NTP_SRV

__attribute__((weak)) void dhcp6_set_ntp_servers(u8_t num_ntp_servers, const ip_addr_t *ntp_server_addrs)
{
  LWIP_UNUSED_ARG(num_ntp_servers);
  LWIP_UNUSED_ARG(ntp_server_addrs);
}

#endif
