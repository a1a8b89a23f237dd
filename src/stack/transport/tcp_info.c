/** What the engine knows about a connection, for those above that only want to tell. */
#include "tcp_core.h"

#if LWIP_TCP

#include "lwip/priv/tcp_priv.h"

u32_t lwip_x_tcp_rto(const struct tcp_pcb *pcb)
{
  return tcp_rto(pcb);
}

#endif
