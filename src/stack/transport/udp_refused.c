/** Telling the layer above that nobody listens at the other end of a connected UDP pcb (RFC 1122 section 4.1.3.3). */
#include "udp_in.h"

#if LWIP_UDP && LWIP_NETCONN

#include "udp_pcb.h"
#include "../wire/wire_udp.h"

static bool is_about(const struct udp_pcb *pcb, const struct ip_error *e)
{
  return (pcb->flags & UDP_FLAGS_CONNECTED) && pcb->local_port == udp_wire_sport(e->quoted) &&
         pcb->remote_port == udp_wire_dport(e->quoted) && ip_addr_eq(&pcb->remote_ip, e->remote);
}

void udp_refused(const struct ip_error *e)
{
  struct udp_pcb *pcb;

  for (pcb = udp_bucket_first(udp_wire_sport(e->quoted)); pcb != NULL; pcb = udp_bucket_next(pcb)) {
    if (is_about(pcb, e)) {
      udp_refused_hook(pcb);
      return;
    }
  }
}

#endif
