/** The resolver's public functions. */
#include "lwip/dns.h"

#if LWIP_DNS

#include "lwip/def.h"
#include "dns_client.h"
#include "dns_local.h"
#include "../base/core.h"
#include "../base/text_len.h"
#include "../wire/wire_dns.h"
#include "../mem/timeouts_run.h"
#include <string.h>

#ifndef DNS_MQUERY_IPV4_GROUP_INIT
#define DNS_MQUERY_IPV4_GROUP_INIT IPADDR4_INIT_BYTES(224, 0, 0, 251)
#endif
#ifndef DNS_MQUERY_IPV6_GROUP_INIT
#define DNS_MQUERY_IPV6_GROUP_INIT IPADDR6_INIT_HOST(0xFF020000, 0, 0, 0xFB)
#endif

#if LWIP_IPV4
const ip_addr_t dns_mquery_v4group = DNS_MQUERY_IPV4_GROUP_INIT;
#endif
#if LWIP_IPV6
const ip_addr_t dns_mquery_v6group = DNS_MQUERY_IPV6_GROUP_INIT;
#endif

/** Is @p name an address written out, or this host?  Then no server is needed. */
static bool is_literal(const char *name, ip_addr_t *addr, u8_t addrtype)
{
  if (LWIP_HAVE_LOOPIF && lwip_stricmp(name, "localhost") == 0) {
    ip_addr_set_loopback(!dns_wants_v4_first(addrtype), addr);
    return true;
  }
  if (!ipaddr_aton(name, addr)) {
    return false;
  }
  return !LWIP_IPV4 || !LWIP_IPV6 || addrtype != (IP_IS_V6(addr) ? LWIP_DNS_ADDRTYPE_IPV4 : LWIP_DNS_ADDRTYPE_IPV6);
}

/** The query that asks for @p name, started if there is none yet; NULL: no room. */
static struct dns_query *query_for(struct dns_entry *e, const char *name, size_t len, u8_t addrtype)
{
  if (e == NULL) {
    e = dns_table_add(name, len, addrtype);
    return e != NULL ? dns_query_start(e) : NULL;
  }
  return e->u.query;
}

static err_t look_up(const char *name, ip_addr_t *addr, dns_found_callback found, void *arg, u8_t addrtype)
{
  size_t len = text_len(name, DNS_MAX_NAME_LENGTH + 1); /* a dot at the end does not count */
  struct dns_entry *e;
  struct dns_query *q;

  if (is_literal(name, addr, addrtype) || dns_local_find(name, addr, addrtype)) {
    return ERR_OK;
  }
  if (len > 1 && name[len - 1] == '.') {
    len--;
  }
  if (len >= DNS_MAX_NAME_LENGTH || !dns_wire_name_ok(name, len)) {
    return ERR_ARG;
  }
  e = dns_table_find(name, len, addrtype);
  if (e != NULL && e->state == DNS_KNOWN) {
    *addr = e->addr;
    return ERR_OK;
  }
  if (e != NULL && e->state == DNS_NO_SUCH) {
    return ERR_VAL;
  }
  if (!dns_can_ask(name)) {
    return ERR_VAL;
  }
  q = query_for(e, name, len, addrtype);
  return q != NULL && dns_query_join(q, found, arg) ? ERR_INPROGRESS : ERR_MEM;
}

void dns_init(void)
{
  dns_table_seed();
#ifdef DNS_SERVER_ADDRESS
  if (ip_addr_isany(dns_getserver(0))) {
    ip_addr_t server;

    DNS_SERVER_ADDRESS(&server);
    dns_setserver(0, &server);
  }
#endif
}

void dns_tmr(void)
{
  timeouts_poll_by_hand();
}

void dns_setserver(u8_t numdns, const ip_addr_t *dnsserver)
{
  if (numdns >= DNS_MAX_SERVERS || !core_enter()) {
    return;
  }
  dns_servers[numdns] = dnsserver != NULL ? *dnsserver : *IP_ADDR_ANY;
  core_leave();
}

const ip_addr_t *dns_getserver(u8_t numdns)
{
  return numdns < DNS_MAX_SERVERS ? &dns_servers[numdns] : IP_ADDR_ANY;
}

err_t dns_gethostbyname(const char *hostname, ip_addr_t *addr, dns_found_callback found, void *callback_arg)
{
  return dns_gethostbyname_addrtype(hostname, addr, found, callback_arg, LWIP_DNS_ADDRTYPE_DEFAULT);
}

err_t dns_gethostbyname_addrtype(const char *hostname, ip_addr_t *addr, dns_found_callback found, void *callback_arg,
                                 u8_t dns_addrtype)
{
  err_t err;

  if (hostname == NULL || addr == NULL || hostname[0] == 0) {
    return ERR_ARG;
  }
  if (!core_enter()) {
    return ERR_WOULDBLOCK; /* not ERR_INPROGRESS: no callback will come */
  }
  err = look_up(hostname, addr, found, callback_arg, dns_addrtype);
  core_leave();
  return err;
}

#endif
