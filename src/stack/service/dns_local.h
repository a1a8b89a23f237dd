/** Names known without asking (DNS_LOCAL_HOSTLIST, DNS_LOOKUP_LOCAL_EXTERN). */
#ifndef LWIP_STACK_SERVICE_DNS_LOCAL_H
#define LWIP_STACK_SERVICE_DNS_LOCAL_H

#include "lwip/dns.h"
#include "../base/hooks.h" /* may declare what DNS_LOOKUP_LOCAL_EXTERN calls */
#include <stdbool.h>

#if LWIP_DNS

#if DNS_LOCAL_HOSTLIST
/** Look in the list only. */
bool dns_local_list_find(const char *name, ip_addr_t *addr, u8_t addrtype);
#else
static inline bool dns_local_list_find(const char *name, ip_addr_t *addr, u8_t addrtype)
{
  return (void)name, (void)addr, (void)addrtype, false;
}
#endif

#ifdef DNS_LOOKUP_LOCAL_EXTERN
#define DNS_LOCAL_ASK_PROGRAM(name, addr, addrtype) (DNS_LOOKUP_LOCAL_EXTERN(name, addr, addrtype) == ERR_OK)
#else
#define DNS_LOCAL_ASK_PROGRAM(name, addr, addrtype) false
#endif

/** Look in the list, then ask the program. */
static inline bool dns_local_find(const char *name, ip_addr_t *addr, u8_t addrtype)
{
  return dns_local_list_find(name, addr, addrtype) || DNS_LOCAL_ASK_PROGRAM(name, addr, addrtype);
}

#endif
#endif
