#include "lwip/opt.h"
#include "lwip/netif.h"
#include "lwip/pbuf.h"
#include "lwip/tcp.h"
#include "lwip/udp.h"
#include "lwip/raw.h"
#include "lwip/priv/tcp_priv.h"
#include "lwip/dhcp.h"
#define S(n, t) char sz_##n[sizeof(t)];
S(netif, struct netif)
S(pbuf, struct pbuf)
S(udp_pcb, struct udp_pcb)
S(dhcp, struct dhcp)
S(pbuf_custom, struct pbuf_custom)
#if LWIP_TCP
S(tcp_pcb, struct tcp_pcb) S(tcp_pcb_listen, struct tcp_pcb_listen) S(tcp_seg, struct tcp_seg)
#endif
