/** What a socket takes, as sizes of symbols. */
#include "lwip/api.h"
#include "lwip/netbuf.h"
#include "lwip/priv/api_msg.h"
#include "lwip/priv/sockets_priv.h"
#include "lwip/tcp.h"
#include "lwip/udp.h"

#define SIZE(name, type)               \
  extern char sz_##name[sizeof(type)]; \
  char sz_##name[sizeof(type)];

SIZE(socket, struct lwip_sock)
SIZE(netconn, struct netconn)
SIZE(tcp_pcb, struct tcp_pcb)
SIZE(tcp_pcb_listen, struct tcp_pcb_listen)
SIZE(udp_pcb, struct udp_pcb)
#ifdef RAM_OURS
SIZE(netbuf, struct netbuf)
#else
/** ...and its place in the mailbox. */
struct waiting {
  struct netbuf buf;
  void *slot;
};
SIZE(netbuf, struct waiting)
#endif
