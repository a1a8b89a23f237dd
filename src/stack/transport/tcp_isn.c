/**
 * Initial sequence numbers (RFC 6528): a clock that ticks every 4 us plus a secret function of the connection.
 */
#include "tcp_core.h"

#include "../base/random.h"
#include "../base/tcp_hooks.h"

#include <string.h>

#if LWIP_TCP

static u8_t *put_ip(u8_t *o, const ip_addr_t *ip)
{
#if LWIP_IPV6
  if (IP_IS_V6(ip)) {
    memcpy(o, ip_2_ip6(ip)->addr, 16);
    return o + 16;
  }
#endif
#if LWIP_IPV4
  ne32_put(o, ip_2_ip4(ip)->addr);
#endif
  return o + 4;
}

u64_t tcp_prf(const struct tcp_ends *e)
{
  u8_t id[36];
  u8_t *o = put_ip(id, e->local_ip);

  o = put_ip(o, e->remote_ip);
  be16_put(o, e->local_port);
  be16_put(o + 2, e->remote_port);
  return random_prf(RANDOM_ISN, id, (size_t)(o + 4 - id));
}

u32_t tcp_isn(const struct tcp_ends *e, u32_t now_ms)
{
  if (TCP_HAS_ISN_HOOK) {
    return hook_tcp_isn(e->local_ip, e->local_port, e->remote_ip, e->remote_port);
  }
  return (u32_t)tcp_prf(e) + now_ms * 250;
}

u32_t tcp_next_iss(struct tcp_pcb *pcb)
{
  struct tcp_ends e;

  tcp_ends_of(pcb, &e);
  return tcp_isn(&e, sys_now());
}

#endif
