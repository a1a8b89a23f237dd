/** Names, for threads that can wait for the answer. */
#include "netconn_core.h"

#if LWIP_NETCONN && LWIP_DNS

#include "../base/core.h"
#include "../mem/drop.h"
#include "lwip/dns.h"

static void found(const char *name, const ip_addr_t *addr, void *arg)
{
  struct api_msg *m = (struct api_msg *)arg;

  LWIP_UNUSED_ARG(name);
  m->err = ERR_VAL;
  if (addr != NULL) {
    m->err = ERR_OK;
    ip_addr_copy(m->msg.dns.addr, *addr);
  }
  netconn_done(m);
}

static err_t step_resolve(struct api_msg *m)
{
  err_t err = dns_gethostbyname_addrtype(m->msg.dns.name, &m->msg.dns.addr, found, m, m->msg.dns.addrtype);

  return err == ERR_INPROGRESS ? netconn_wait_for(m, NETCONN_WAITS_NAME) : err;
}

static err_t resolve(const char *name, ip_addr_t *addr, u8_t addrtype)
{
  struct api_msg m = { .step = step_resolve };
  err_t err;

  if (name == NULL || addr == NULL) {
    return ERR_ARG;
  }
#ifdef LWIP_HOOK_NETCONN_EXTERNAL_RESOLVE
  if (LWIP_HOOK_NETCONN_EXTERNAL_RESOLVE(name, addr, addrtype, &err)) {
    return err;
  }
#endif
  if (core_inside()) {
    drop_count(DROP_WRONG_CONTEXT); /* the answer could not come in */
    return ERR_INPROGRESS;
  }
  m.msg.dns.name = name;
  m.msg.dns.addrtype = addrtype;
  err = netconn_call(&m);
  if (err == ERR_OK) {
    ip_addr_copy(*addr, m.msg.dns.addr);
  }
  return err;
}

#if LWIP_IPV4 && LWIP_IPV6

err_t netconn_gethostbyname_addrtype(const char *name, ip_addr_t *addr, u8_t dns_addrtype)
{
  return resolve(name, addr, dns_addrtype);
}

#else

err_t netconn_gethostbyname(const char *name, ip_addr_t *addr)
{
  return resolve(name, addr, LWIP_DNS_ADDRTYPE_DEFAULT);
}

#endif

#endif
