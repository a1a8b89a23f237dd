/** Where DHCP leaves time servers if neither SNTP nor the program wants them: nowhere. */
#include "lwip/dhcp.h"

#if LWIP_DHCP && LWIP_DHCP_GET_NTP_SRV

__attribute__((weak)) void dhcp_set_ntp_servers(u8_t num_ntp_servers, const ip4_addr_t *ntp_server_addrs)
{
  LWIP_UNUSED_ARG(num_ntp_servers);
  LWIP_UNUSED_ARG(ntp_server_addrs);
}

#endif
