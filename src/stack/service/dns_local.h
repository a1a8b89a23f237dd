/** Names known without asking (DNS_LOCAL_HOSTLIST, DNS_LOOKUP_LOCAL_EXTERN). */
#ifndef LWIP_STACK_SERVICE_DNS_LOCAL_H
#define LWIP_STACK_SERVICE_DNS_LOCAL_H

#include "lwip/dns.h"
#include <stdbool.h>

#if LWIP_DNS

#if DNS_LOCAL_HOSTLIST
bool dns_local_find(const char *name, ip_addr_t *addr, u8_t addrtype);
#elif defined(DNS_LOOKUP_LOCAL_EXTERN)
static inline bool dns_local_find(const char *name, ip_addr_t *addr, u8_t addrtype)
{
  return DNS_LOOKUP_LOCAL_EXTERN(name, addr, addrtype) == ERR_OK;
}
#else
static inline bool dns_local_find(const char *name, ip_addr_t *addr, u8_t addrtype)
{
  return (void)name, (void)addr, (void)addrtype, false;
}
#endif

#endif
#endif
