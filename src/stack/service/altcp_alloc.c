/** New connections from an allocator: plain TCP unless the caller brought another (lwip/altcp.h); and TLS over TCP. */
#include "lwip/altcp.h"

#if LWIP_ALTCP

#include "lwip/altcp_tcp.h"
#include "lwip/altcp_tls.h"
#include "lwip/priv/altcp_priv.h"

struct altcp_pcb *altcp_new_ip_type(altcp_allocator_t *allocator, u8_t ip_type)
{
  if (allocator == NULL) {
    return altcp_tcp_new_ip_type(ip_type);
  }
  return allocator->alloc != NULL ? allocator->alloc(allocator->arg, ip_type) : NULL;
}

struct altcp_pcb *altcp_new(altcp_allocator_t *allocator)
{
  return altcp_new_ip_type(allocator, IPADDR_TYPE_V4);
}

struct altcp_pcb *altcp_new_ip6(altcp_allocator_t *allocator)
{
  return altcp_new_ip_type(allocator, IPADDR_TYPE_V6);
}

#if LWIP_ALTCP_TLS

struct altcp_pcb *altcp_tls_new(struct altcp_tls_config *config, u8_t ip_type)
{
  struct altcp_pcb *inner = altcp_tcp_new_ip_type(ip_type);
  struct altcp_pcb *conn;

  if (inner == NULL) {
    return NULL;
  }
  conn = altcp_tls_wrap(config, inner);
  if (conn == NULL) {
    altcp_close(inner);
  }
  return conn;
}

struct altcp_pcb *altcp_tls_alloc(void *arg, u8_t ip_type)
{
  return altcp_tls_new((struct altcp_tls_config *)arg, ip_type);
}

#endif
#endif
